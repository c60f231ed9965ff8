/** C++ that the kernel is measured against, and by which other figures tell how fast the machine is at the moment. */
import { spawnSync } from "node:child_process";

/**
 * Nanoseconds of processor per chain and cycle: C++ AVX2 + FMA, one thread of the reference machine, 0.55 s for 960,000 chains
 * of 120 cycles of 8 states.
 */
export const RECORDED = 0.55e9 / (960_000 * 120);

/** Compiles the reference, which then gives its nanoseconds; null where there is no compiler, or none of its processor. */
export function reference(): (() => number) | null {
  const program = "dist/bench/reference";
  const source = "tests/bench/reference.cpp";
  const { status } = spawnSync("c++", ["-O3", "-mavx2", "-mfma", "-o", program, source]);
  if (status !== 0) return null;
  return () => Number.parseFloat(spawnSync(program, { encoding: "utf8" }).stdout);
}
