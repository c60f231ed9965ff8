/** The Chromium behind the double's window: one page, one loopback origin for the scheme, one wire of messages. */
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { chromium } from "@playwright/test";
import { decode, encode, PAGE_SCRIPT, preloadScript } from "./worlds.mjs";

const WORLD = "preload";
const BINDING = "__wire";

/**
 * Opens the page of a window.
 *
 * @param handle answers a request of the scheme, as protocol.handle's handler does
 * @param heard answers a message of the preload: (channel, frame, args) → result
 */
export async function openPage({ settings, preload, origin, handle, heard, navigated, requested }) {
  const server = createServer((request, response) => {
    void handle(new Request(`${origin}${request.url}`, { method: request.method })).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(Buffer.from(await answer.arrayBuffer()));
    });
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const loopback = `http://127.0.0.1:${server.address().port}`;
  const there = (url) => url.replace(origin, loopback);
  const here = (url) => url.replace(loopback, origin);

  const context = await chromium.launchPersistentContext(settings.profile, {
    ...settings.context,
    args: [...settings.args, `--remote-debugging-port=${settings.port}`],
    executablePath: settings.executablePath,
  });
  const page = context.pages()[0] ?? (await context.newPage());
  context.on("page", (other) => void other.close());
  await page.route("**/*", (route, request) => {
    const url = here(request.url());
    const top = request.isNavigationRequest() && request.frame() === page.mainFrame();
    const allowed = requested(url) && (!top || navigated(url));
    // A navigation that is called off leaves the page where it is, as Electron's does.
    return allowed ? route.continue() : route.abort(top ? "aborted" : "blockedbyclient");
  });
  const cdp = await context.newCDPSession(page);
  const worlds = new Set();
  let world = null;
  cdp.on("Runtime.executionContextCreated", ({ context: { id, name, auxData } }) => {
    if (name !== WORLD || auxData?.type !== "isolated") return;
    world = id;
    worlds.add(id);
  });
  const evaluate = (text) =>
    world === null
      ? Promise.resolve()
      : cdp
          .send("Runtime.evaluate", { contextId: world, expression: `globalThis.${BINDING}Heard(${text})` })
          .catch(() => undefined);
  const none = () => {
    throw new TypeError("An object could not be cloned.");
  };
  cdp.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
    if (name !== BINDING || !worlds.has(executionContextId)) return;
    const { id, channel, args } = JSON.parse(payload);
    const frame = { url: here(page.mainFrame().url()), parent: null };
    Promise.resolve()
      .then(() =>
        heard(
          channel,
          frame,
          args.map((item) => decode(item, none)),
        ),
      )
      .then(
        (result) => evaluate(JSON.stringify({ id, result: encode(result, none) })),
        (error) => evaluate(JSON.stringify({ id, error: String(error) })),
      );
  });
  await cdp.send("Page.enable");
  await cdp.send("Runtime.enable");
  await cdp.send("Runtime.addBinding", { name: BINDING, executionContextName: WORLD });
  await cdp.send("Page.addScriptToEvaluateOnNewDocument", { source: PAGE_SCRIPT });
  await cdp.send("Page.addScriptToEvaluateOnNewDocument", {
    source: preloadScript(readFileSync(preload, "utf8"), BINDING),
    worldName: WORLD,
  });
  return {
    load: (url) => page.goto(there(url)),
    reload: () => page.reload(),
    push: (channel, args) =>
      evaluate(JSON.stringify({ push: channel, args: args.map((item) => encode(item, none)) })),
    onCrash: (listener) => page.on("crash", listener),
    close: async () => {
      await context.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
