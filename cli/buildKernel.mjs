/**
 * Compiles the kernel, and writes it as a module of plain numbers that needs no loader; writes the straight code of its
 * twin: `npm run build:kernel`.
 */
import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import asc from "assemblyscript/asc";

const folder = fileURLToPath(new URL("../models/uncertainty/kernel/", import.meta.url));

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

/** The module in which the kernel is kept; as an array, since so many arguments do not fit on the stack of a browser's worker. */
export function kernelModule(bytes) {
  const lines = [];
  for (let at = 0; at < bytes.length; at += 24) lines.push(`  ${[...bytes.slice(at, at + 24)].join(", ")},`);
  return `/** Made by \`npm run build:kernel\` from assembly/kernel.ts. */
export const KERNEL_BYTES = new Uint8Array([
${lines.join("\n")}
]);
`;
}

/** Up to how many states chains have straight code: those of the largest shipped case. */
const MOST_STATES = 12;

const range = (count) => Array.from({ length: count }, (_, at) => at);

/**
 * How so many states are carried, with every chance and every state in a variable of its own: engines in which numbers
 * are read from arrays in loops take several times as long. Sums begin with those who stay and go on by state.
 */
function straightChain(states) {
  const all = range(states);
  const row = (at) => (at === 0 ? "(state + lane) | 0" : `(state + lane + ${at} * size) | 0`);
  const product = (to, from) => `x${from} * m${to * states + from}`;
  const chance = (at) => {
    const read = `numbers[((rows[${at}] as number) + lane) | 0] as number`;
    return at % (states + 1) === 0 ? read : `(rows[${at}] as number) < 0 ? -0 : (${read})`;
  };
  return `function carry${states}(numbers: Float64Array, rows: Int32Array, lane: number, state: number, kept: number, size: number, cycles: number, mode: number): void {
${range(states * states)
  .map((at) => `  const m${at} = ${chance(at)};`)
  .join("\n")}
${all.map((at) => `  let x${at} = numbers[${row(at)}] as number;`).join("\n")}
  let place = (kept + lane) | 0;
  for (let cycle = 0; cycle < cycles; cycle = (cycle + 1) | 0) {
${all
  .map((to) => {
    const others = all.filter((from) => from !== to);
    return `    const y${to} = ${[to, ...others].map((from) => product(to, from)).join(" + ")};
    numbers[place] = mode === 0 ? x${to} + y${to} : mode === 1 ? x${to} : y${to};
    place = (place + size) | 0;`;
  })
  .join("\n")}
${all.map((at) => `    x${at} = y${at};`).join("\n")}
  }
${all.map((at) => `  numbers[${row(at)}] = x${at};`).join("\n")}
}
`;
}

/** The module of straight chains. */
export function straightModule() {
  return `/** Made by \`npm run build:kernel\`: straight code for chains of 1 to ${MOST_STATES} states. */

/**
 * Carries one draw, that of \`lane\`, through cycles. \`rows\` tells where the row of each chance stands, [to][from], and is
 * below 0 where there is no move: the chance is −0 then, which added to any sum leaves that sum as it is, its sign included.
 * \`state\` is the row of its first state and \`kept\` that of its first occupancy, with \`size\` from one state to the next and
 * no gap between cycles; \`mode\` is that of ChainLayout.occupancyMode.
 */
export type CarryDraw = (
  numbers: Float64Array,
  rows: Int32Array,
  lane: number,
  state: number,
  kept: number,
  size: number,
  cycles: number,
  mode: number,
) => void;

${range(MOST_STATES)
  .map((at) => straightChain(at + 1))
  .join("\n")}
/** By number of states, from 1. */
export const STRAIGHT: readonly CarryDraw[] = [
${range(MOST_STATES)
  .map((at) => `  carry${at + 1},`)
  .join("\n")}
];
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(`${folder}kernelBytes.ts`, kernelModule(await compileKernel()));
  writeFileSync(`${folder}straightChains.ts`, straightModule());
}
