/**
 * Two scripts that run before any of the page: one in the page's own world, one in the preload's. They see the same
 * document and nothing of each other, and talk in events whose detail is text, as isolated worlds must.
 */

/** A value as plain data: bytes, lists and objects are spelled out; functions and promises are kept where they are. */
export function encode(value, keep) {
  if (value === undefined) return { $: "undefined" };
  if (value instanceof Uint8Array) {
    let text = "";
    for (const byte of value) text += String.fromCharCode(byte);
    return { $: "bytes", text: btoa(text) };
  }
  if (typeof value === "function") return { $: "function", id: keep(value) };
  if (value instanceof Promise) return { $: "promise", id: keep(value) };
  if (Array.isArray(value)) return { $: "list", items: value.map((item) => encode(item, keep)) };
  if (typeof value === "symbol" || typeof value === "bigint")
    throw new TypeError("An object could not be cloned.");
  if (value === null || typeof value !== "object") return value;
  return { $: "object", items: Object.entries(value).map(([key, item]) => [key, encode(item, keep)]) };
}

/** The value again; `far` makes what stayed on the other side callable from here. */
export function decode(value, far) {
  if (value === null || typeof value !== "object") return value;
  if (value.$ === "undefined") return undefined;
  if (value.$ === "bytes") return Uint8Array.from(atob(value.text), (letter) => letter.charCodeAt(0));
  if (value.$ === "list") return value.items.map((item) => decode(item, far));
  if (value.$ === "object")
    return Object.fromEntries(value.items.map(([key, item]) => [key, decode(item, far)]));
  return far(value);
}

/** The same two functions as a script. */
const codec = `${encode}\n${decode}`;

/** One half of the bridge between the worlds: `mine` hears what `theirs` says. Calls return at once, as the bridge's do. */
const half = (mine, theirs) => `
const kept = new Map(); let next = 1;
const keep = (value) => { kept.set(next, value); return next++; };
const say = (message) => document.dispatchEvent(new CustomEvent("double:${theirs}", { detail: JSON.stringify(message) }));
let answer = null; const settling = new Map();
const far = (value) => {
  if (value.$ === "function") return (...args) => {
    answer = null;
    say({ kind: "call", id: value.id, args: args.map((item) => encode(item, keep)) });
    const { error, result } = answer ?? { error: "no answer from the other world" };
    if (error !== undefined) throw new Error(error);
    return decode(result, far);
  };
  return new Promise((resolve, reject) => {
    settling.set(value.id, { resolve, reject });
    say({ kind: "await", id: value.id });
  });
};
document.addEventListener("double:${mine}", (event) => {
  const message = JSON.parse(event.detail);
  if (message.kind === "expose") exposed(message.name, decode(message.value, far));
  if (message.kind === "answer") answer = message;
  if (message.kind === "call")
    try { say({ kind: "answer", result: encode(kept.get(message.id)(...message.args.map((item) => decode(item, far))), keep) }); }
    catch (error) { say({ kind: "answer", error: String(error?.message ?? error) }); }
  if (message.kind === "await")
    kept.get(message.id).then(
      (value) => say({ kind: "settled", id: message.id, value: encode(value, keep) }),
      (error) => say({ kind: "settled", id: message.id, error: String(error?.message ?? error) }));
  if (message.kind === "settled") {
    const { resolve, reject } = settling.get(message.id); settling.delete(message.id);
    if (message.error !== undefined) reject(new Error(message.error)); else resolve(decode(message.value, far));
  }
});
`;

const freeze = `const freeze = (value) => { if (value && typeof value === "object") for (const item of Object.values(Object.freeze(value))) freeze(item); return value; };`;

/** Runs in the page's world: puts there what the preload exposes, out of the page's reach to change. */
export const PAGE_SCRIPT = `(() => { if (window !== top) return; ${codec} ${freeze}
const exposed = (name, value) => Object.defineProperty(window, name, { value: freeze(value), enumerable: true });
${half("page", "preload")} })();`;

/** Runs in the preload's world: `electron` as a sandboxed preload knows it, and the preload itself. */
export const preloadScript = (source, binding) => `(() => { if (window !== top) return; ${codec}
const exposed = () => {};
${half("preload", "page")}
const asked = new Map(); let question = 1; const listeners = new Map();
const ipcRenderer = {
  invoke: (channel, ...args) => new Promise((resolve, reject) => {
    asked.set(question, { resolve, reject, channel });
    globalThis.${binding}(JSON.stringify({ id: question++, channel, args: args.map((item) => encode(item, () => { throw new TypeError("An object could not be cloned."); })) }));
  }),
  on: (channel, listener) => { listeners.set(channel, [...(listeners.get(channel) ?? []), listener]); return ipcRenderer; },
  off: (channel, listener) => { listeners.set(channel, (listeners.get(channel) ?? []).filter((other) => other !== listener)); return ipcRenderer; },
};
globalThis.${binding}Heard = (message) => {
  const none = () => { throw new Error("no functions over the wire"); };
  if (message.push !== undefined) {
    for (const listener of listeners.get(message.push) ?? []) listener({}, ...message.args.map((item) => decode(item, none)));
    return;
  }
  const { resolve, reject, channel } = asked.get(message.id); asked.delete(message.id);
  if (message.error !== undefined) reject(new Error("Error invoking remote method '" + channel + "': " + message.error));
  else resolve(decode(message.result, none));
};
const contextBridge = { exposeInMainWorld: (name, value) => say({ kind: "expose", name, value: encode(value, keep) }) };
const require = (name) => { if (name !== "electron") throw new Error("module not found: " + name); return { contextBridge, ipcRenderer }; };
const module = { exports: {} }; const exports = module.exports;
${source}
})();`;
