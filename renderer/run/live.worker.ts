import "../jitless.ts";
import { Live } from "./live.ts";
import type { LiveRequest } from "./protocol.ts";

const live = new Live();

self.addEventListener("message", ({ data }: MessageEvent<LiveRequest>) => {
  self.postMessage(live.answer(data));
});
