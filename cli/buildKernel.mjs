/** Compiles the kernel, and writes it as a module of plain numbers that needs no loader: `npm run build:kernel`. */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = fileURLToPath(new URL("../models/uncertainty/", import.meta.url));

/** Bytes of the compiled kernel. */
export async function compileKernel() {
  let bytes = null;
  const { error, stderr } = await asc.main(
    [
      "assembly/kernel.ts",
      "--baseDir",
      folder,
      "-O3",
      "--noAssert",
      "--runtime",
      "stub",
      "--enable",
      "simd",
      "--outFile",
      "kernel.wasm",
    ],
    {
      writeFile: (name, contents) => {
        if (name.endsWith(".wasm")) bytes = contents;
      },
    },
  );
  if (error || !bytes) throw new Error(`${error?.message ?? "no bytes"}\n${stderr}`);
  return bytes;
}

/** The module in which the kernel is kept. */
export function kernelModule(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 24) lines.push(`  ${[...bytes.slice(at, at + 24)].join(", ")},`);
  return `/** Made by \`npm run build:kernel\` from assembly/kernel.ts. */
export const KERNEL_BYTES = Uint8Array.of(
${lines.join("\n")}
);
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  writeFileSync(`${folder}kernelBytes.ts`, kernelModule(await compileKernel()));
