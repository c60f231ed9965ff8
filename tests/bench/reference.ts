/** C++ that the kernel is measured against, and by which other figures tell how fast the machine is at the moment. */
import { execFile, spawnSync } from "node:child_process";
import { promisify } from "node:util";
import { middle } from "./measure.ts";

const PROGRAM = "dist/bench/reference";

/**
 * Nanoseconds of processor per chain and cycle: C++ AVX2 + FMA, one thread of the reference machine, 0.55 s for 960,000 chains
 * of 120 cycles of 8 states.
 */
export const RECORDED = 0.55e9 / (960_000 * 120);

/** Compiles the reference; whether there is a compiler, and one of its kind of processor. */
function compile(): boolean {
  const source = "tests/bench/reference.cpp";
  return spawnSync("c++", ["-O3", "-mavx2", "-mfma", "-o", PROGRAM, source]).status === 0;
}

/** The reference, which gives its nanoseconds; null where it cannot be compiled. */
export function reference(): (() => number) | null {
  return compile() ? () => Number.parseFloat(spawnSync(PROGRAM, { encoding: "utf8" }).stdout) : null;
}

/**
 * The reference on some processors at once, each with one of its own if there are so many: the middle of what they give.
 * Processors that share what is below them are slower together.
 */
export function referenceAtOnce(processors: number): (() => Promise<number>) | null {
  if (!compile()) return null;
  const run = async () => Number.parseFloat((await promisify(execFile)(PROGRAM)).stdout);
  return async () => middle(await Promise.all(Array.from({ length: processors }, run)));
}
