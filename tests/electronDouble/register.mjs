/** Node's `--import`: from here on `electron` is the double. */
import { register } from "node:module";

register("./hooks.mjs", import.meta.url);
