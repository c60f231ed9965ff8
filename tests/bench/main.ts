/** The benchmarks: all, or those named on the command line. Ratios are taken side by side in one run. */
import { app } from "./app.ts";
import { courses } from "./courses.ts";
import { kernel } from "./kernel.ts";
import { print } from "./measure.ts";
import { programme } from "./programme.ts";
import { chromium, growth, memory, simulation } from "./simulation.ts";
import { sobolIndices } from "./sobol.ts";

const PARTS: Readonly<Record<string, () => void | Promise<void>>> = {
  app,
  courses,
  programme,
  kernel,
  simulation,
  memory,
  chromium,
  growth,
  sobol: sobolIndices,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !PARTS[name]);
if (unknown.length > 0) {
  print(`${unknown.join(", ")}: choose from ${Object.keys(PARTS).join(", ")}`);
  process.exitCode = 2;
} else for (const name of asked.length > 0 ? asked : Object.keys(PARTS)) await PARTS[name]?.();
