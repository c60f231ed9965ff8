import { createBrowserHost } from "./browserHost.ts";
import type { Host } from "./contract.ts";
import { createElectronHost } from "./electronHost.ts";

/** Of package.json, put in by the build. */
declare const ONTSCHOT_VERSION: string;

/** The one place that knows where the interface runs. */
export function chooseHost(): Host {
  return window.bridge
    ? createElectronHost(window.bridge, window, ONTSCHOT_VERSION)
    : createBrowserHost(window, ONTSCHOT_VERSION);
}
