import "../jitless.ts";
import { Live } from "./live.ts";
import type { LiveAnswer, LiveRequest } from "./protocol.ts";

const live = new Live((answer: LiveAnswer) => self.postMessage(answer));

self.addEventListener("message", ({ data }: MessageEvent<LiveRequest>) => live.take(data));
