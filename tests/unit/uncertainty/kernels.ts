import { createTypeScriptKernel, type Kernel } from "../../../models/uncertainty/kernel/kernel.ts";
import { createWasmKernel } from "../../../models/uncertainty/kernel/kernelWasm.ts";

/** Both kernels, by name. */
export const KERNELS: Readonly<Record<string, (bytes: number) => Kernel>> = {
  typescript: createTypeScriptKernel,
  wasm: (bytes) => {
    const kernel = createWasmKernel(bytes);
    if (!kernel) throw new Error("no WebAssembly SIMD");
    return kernel;
  },
};
