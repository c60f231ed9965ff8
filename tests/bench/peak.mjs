/** Loaded before a program: when that ends it says on stderr, on a line of its own, the most memory it has held, in kB. */
import { readFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";

const [STATUS, PEAK] = ["/proc/self/status", /VmHWM:\s+(\d+) kB/];

if (isMainThread)
  process.on("exit", () => {
    const peak = PEAK.exec(readFileSync(STATUS, "utf8"))?.[1];
    process.stderr.write(`\n${peak}\n`);
  });
