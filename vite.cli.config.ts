import { defineConfig } from "vite";

/** The command line and its workers as modules for Node 20, which does not run TypeScript itself. */
export default defineConfig({
  build: {
    ssr: true,
    outDir: "dist/cli",
    target: "node20",
    minify: false,
    rollupOptions: {
      input: {
        main: "cli/main.ts",
        "programmes.worker": "cli/programmes.worker.ts",
        "simulation.worker": "cli/simulation.worker.ts",
      },
      external: ["highs"],
      // No module of ours does anything but export: a worker then loads only what it uses, and neither mathjs nor zod.
      treeshake: { moduleSideEffects: false },
      output: { entryFileNames: "[name].mjs", chunkFileNames: "[name]-[hash].mjs" },
    },
  },
  ssr: { noExternal: ["mathjs", "zod", "papaparse"] },
});
