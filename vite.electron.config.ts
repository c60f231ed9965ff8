import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** The window's icon beside the program, where Linux reads it. */
const icon: Plugin = {
  name: "icon",
  generateBundle() {
    const source = readFileSync(new URL("electron/resources/icon.png", import.meta.url));
    this.emitFile({ type: "asset", fileName: "icon.png", source });
  },
};

/** The desktop program in two files: `--mode main` as a module, `--mode preload` as the CommonJS that a sandbox demands. */
export default defineConfig(({ mode }) => {
  const preload = mode === "preload";
  return {
    plugins: preload ? [] : [icon],
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
