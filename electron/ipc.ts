/** Every message of the renderer passes here: known channel, own page, right form; anything else is refused. */
import type { IpcMain, WebFrameMain } from "electron";
import {
  type Answer,
  type Channel,
  channelSchemas,
  fail,
  type Request,
  type Values,
} from "../renderer/host/contract.ts";
import { isOwnPage } from "./origin.ts";

export type Handlers = {
  readonly [C in Channel]: (request: Request<C>) => Promise<Answer<Values[C]>>;
};

/** Who sends: the page of the frame, and whether it is a page of its own or sits inside another. */
export type Sender = Pick<WebFrameMain, "url" | "parent"> | null;

/**
 * Answers one message.
 *
 * @returns REQUEST_REFUSED for a foreign sender or a wrong form, HOST_FAILED when the handler breaks; never throws,
 * since only the text of an error would reach the renderer
 */
export function answerer(handlers: Handlers) {
  const schemas = channelSchemas();
  return async <C extends Channel>(
    channel: C,
    sender: Sender,
    requests: readonly unknown[],
  ): Promise<Answer<Values[C]>> => {
    if (!sender || sender.parent !== null || !isOwnPage(sender.url))
      return fail("REQUEST_REFUSED", channel, { found: "sender" });
    if (requests.length !== 1) return fail("REQUEST_REFUSED", channel, { found: "arguments" });
    const parsed = schemas[channel].safeParse(requests[0]);
    if (!parsed.success) {
      const place = parsed.error.issues[0]?.path.join("/") ?? "";
      return fail("REQUEST_REFUSED", place === "" ? channel : `${channel}/${place}`);
    }
    try {
      return await handlers[channel](parsed.data as Request<C>);
    } catch (error) {
      return fail("HOST_FAILED", channel, { found: error instanceof Error ? error.message : String(error) });
    }
  };
}

/** Puts the handlers behind their channels. */
export function listen(ipcMain: IpcMain, handlers: Handlers): void {
  const answer = answerer(handlers);
  for (const channel of Object.keys(handlers) as Channel[])
    ipcMain.handle(channel, (event, ...requests) => answer(channel, event.senderFrame, requests));
}
