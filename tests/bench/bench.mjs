/** Bundles the benchmarks and runs them: `npm run bench [-- name…]`. Ratios are taken side by side in one run. */
import { build, buildApp, install, root, run } from "../../cli/install.mjs";

install();
build();
buildApp();
run(process.execPath, [
  `${root}/node_modules/vite/bin/vite.js`,
  "build",
  "--ssr",
  "tests/bench/main.ts",
  "--outDir",
  "dist/bench",
  "--logLevel",
  "error",
]);
await import("../../dist/bench/main.js");
