/** Evaluates the main module that is named, in the double. */
import { evaluate } from "./electron.mjs";

await evaluate(import(process.argv[2]));
