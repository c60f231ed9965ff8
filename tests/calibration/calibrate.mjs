/** Bundles the calibration of the shipped case and runs it: `npm run calibrate [-- --tables]`. */
import { install, root, run } from "../../cli/install.mjs";

install();
run(process.execPath, [
  `${root}/node_modules/vite/bin/vite.js`,
  "build",
  "--ssr",
  "tests/calibration/main.ts",
  "--outDir",
  "dist/calibration",
  "--logLevel",
  "error",
]);
await import("../../dist/calibration/main.js");
