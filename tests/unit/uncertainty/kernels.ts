import { createTypeScriptKernel, type Kernel } from "../../../models/uncertainty/kernel/kernel.ts";
import { createWasmKernel } from "../../../models/uncertainty/kernel/kernelWasm.ts";

/** The compiled kernel, which there must be where tests run. */
export function createCompiledKernel(bytes: number): Kernel {
  const kernel = createWasmKernel(bytes);
  if (!kernel) throw new Error("no WebAssembly SIMD");
  return kernel;
}

/** Both kernels, by name. */
export const KERNELS: Readonly<Record<string, (bytes: number) => Kernel>> = {
  typescript: createTypeScriptKernel,
  wasm: createCompiledKernel,
};
