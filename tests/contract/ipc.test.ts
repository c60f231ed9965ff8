/** The wire between page and main process: only known channels, only our own page, only the right form. */
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { answerer, type Handlers, listen } from "../../electron/ipc.ts";
import { START_PAGE } from "../../electron/origin.ts";
import { type Channel, channelSchemas, fail, LIMITS } from "../../renderer/host/contract.ts";

const schemas = channelSchemas();
const channels = Object.keys(schemas) as Channel[];
const own = { url: START_PAGE, parent: null };
const hash = "a".repeat(64);
const save = { token: null, name: "a", text: "{}", basedOnHash: hash, keepVersion: null };
const draft = { id: "d-1", token: null, name: "a", text: "{}", basedOnHash: null };
const frame = { name: null, unsaved: false, draftId: null, language: "nl" };
const file = { name: "a", content: "a", mime: "text/csv" };

/** One right request per channel. */
const RIGHT: Record<Channel, unknown> = {
  "file:open": null,
  "file:openRecent": "a-1",
  "file:reopen": "0-f",
  "file:save": save,
  "file:saveAs": { name: "a", text: "{}" },
  "file:importCsv": null,
  "file:export": [file, { ...file, content: new Uint8Array([1]) }],
  "recent:list": null,
  "recent:forget": "a-1",
  "draft:list": null,
  "draft:read": "d-1",
  "draft:put": draft,
  "draft:remove": "d-1",
  "window:print": null,
  "window:frame": frame,
  "window:listening": null,
};

function spies() {
  const handler = vi.fn(async () => ({ ok: true, value: null }));
  const handlers = Object.fromEntries(channels.map((channel) => [channel, handler]));
  return { handler, answer: answerer(handlers as unknown as Handlers) };
}

const refused = { ok: false, error: expect.objectContaining({ code: "REQUEST_REFUSED" }) };

describe("a message", () => {
  it.each(channels)("on %s passes in the right form", async (channel) => {
    const { handler, answer } = spies();
    expect(await answer(channel, own, [RIGHT[channel]])).toEqual({ ok: true, value: null });
    expect(handler).toHaveBeenCalledExactlyOnceWith(RIGHT[channel]);
  });

  it.each([
    ["no frame", null],
    ["a frame inside the page", { url: START_PAGE, parent: { url: START_PAGE } as never }],
    ["the network", { url: "https://ontschot/index.html", parent: null }],
    ["a file", { url: "file:///ontschot/index.html", parent: null }],
    ["another host", { url: "app://ontschot.example/index.html", parent: null }],
    ["a host that ends alike", { url: "app://not-ontschot/index.html", parent: null }],
    ["a host in the user name", { url: "app://ontschot@elders/index.html", parent: null }],
    ["our host with a user name", { url: "app://iemand@ontschot/index.html", parent: null }],
    ["our address in a path", { url: "https://elders/app://ontschot/", parent: null }],
    ["our address in a query", { url: "https://elders/?app://ontschot/index.html", parent: null }],
    ["another port", { url: "app://ontschot:8080/index.html", parent: null }],
    ["a blank page", { url: "about:blank", parent: null }],
    ["no address", { url: "", parent: null }],
  ])("from %s is refused on every channel", async (_name, sender) => {
    const { handler, answer } = spies();
    for (const channel of channels) expect(await answer(channel, sender, [RIGHT[channel]])).toEqual(refused);
    expect(handler).not.toHaveBeenCalled();
  });

  it.each(channels)("on %s with more or fewer arguments is refused", async (channel) => {
    const { handler, answer } = spies();
    expect(await answer(channel, own, [])).toEqual(refused);
    expect(await answer(channel, own, [RIGHT[channel], null])).toEqual(refused);
    expect(handler).not.toHaveBeenCalled();
  });

  it.each([
    ["file:open", "/etc/passwd"],
    ["file:openRecent", "../../etc/passwd"],
    ["file:openRecent", "/etc/passwd"],
    ["file:reopen", "C:\\zaak.json"],
    ["file:save", { ...save, path: "/etc/passwd" }],
    ["file:save", { ...save, token: "/etc/passwd" }],
    ["file:save", { ...save, basedOnHash: "a" }],
    ["file:save", { ...save, keepVersion: 1.5 }],
    ["file:save", { ...save, keepVersion: "../1" }],
    ["file:save", { ...save, text: undefined }],
    ["file:saveAs", { name: "", text: "" }],
    ["file:saveAs", { name: "a", text: "x".repeat(LIMITS.caseBytes + 1) }],
    ["file:export", []],
    ["file:export", Array.from({ length: LIMITS.exportFiles + 1 }, () => file)],
    ["file:export", [{ ...file, content: { length: 3 } }]],
    ["file:export", [{ ...file, content: new Uint8Array(LIMITS.exportBytes + 1) }]],
    ["draft:put", { ...draft, id: "../zaak" }],
    ["draft:put", { ...draft, id: "" }],
    ["draft:read", "..%2f"],
    ["draft:remove", "a/b"],
    ["window:frame", { ...frame, language: "fr" }],
    ["window:frame", { ...frame, unsaved: "ja" }],
  ] as const)("on %s of a wrong form is refused (%#)", async (channel, request) => {
    const { handler, answer } = spies();
    expect(await answer(channel, own, [request])).toEqual(refused);
    expect(handler).not.toHaveBeenCalled();
  });

  it("of any other form is refused or parsed, and never breaks the main process", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...channels),
        fc.anything({ withBigInt: true }),
        async (channel, request) => {
          const { handler, answer } = spies();
          const result = await answer(channel, own, [request]);
          expect(handler).toHaveBeenCalledTimes(result.ok ? 1 : 0);
        },
      ),
      { numRuns: 500, seed: 6 },
    );
  });

  it("whose handler breaks gets an answer all the same", async () => {
    const { answer, handler } = spies();
    handler.mockRejectedValueOnce(new Error("stuk"));
    expect(await answer("recent:list", own, [null])).toEqual(
      fail("HOST_FAILED", "recent:list", { found: "stuk" }),
    );
  });
});

describe("the channels", () => {
  it("are all answered, once, and no others", () => {
    const handle = vi.fn();
    const handlers = Object.fromEntries(
      channels.map((channel) => [channel, async () => fail("HOST_FAILED", "")]),
    );
    listen({ handle } as never, handlers as unknown as Handlers);
    expect(handle.mock.calls.map(([channel]) => channel).sort()).toEqual([...channels].sort());
  });

  it("are all in the preload, under their own name", () => {
    const source = readFileSync(new URL("../../electron/preload.ts", import.meta.url), "utf8");
    for (const channel of channels) expect(source).toContain(`"${channel}": ask("${channel}")`);
    expect(source.match(/ask\("/g)).toHaveLength(channels.length);
  });
});
