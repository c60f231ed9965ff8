import { defineConfig } from "vite";

/** The command line as one module for Node 20, which does not run TypeScript itself. */
export default defineConfig({
  build: {
    ssr: "cli/main.ts",
    outDir: "dist/cli",
    target: "node20",
    minify: false,
    rollupOptions: { external: ["highs"], output: { entryFileNames: "main.mjs" } },
  },
  ssr: { noExternal: ["mathjs", "zod", "papaparse"] },
});
