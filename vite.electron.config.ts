import { defineConfig } from "vite";

/** The desktop program in two files: `--mode main` as a module, `--mode preload` as the CommonJS that a sandbox demands. */
export default defineConfig(({ mode }) => {
  const preload = mode === "preload";
  return {
    build: {
      ssr: `electron/${preload ? "preload" : "main"}.ts`,
      outDir: "dist/electron",
      emptyOutDir: false,
      target: "node20",
      minify: false,
      rollupOptions: {
        external: ["electron", /^node:/],
        output: preload
          ? { format: "cjs", entryFileNames: "preload.cjs" }
          : { format: "es", entryFileNames: "main.mjs" },
      },
    },
    ssr: { noExternal: ["zod"] },
  };
});
