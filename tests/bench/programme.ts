/** The linear programme of all scenarios, and how it grows. */
import { runCase, runScenario } from "../../models/index.ts";
import { largestCase, middle, modelOf, once, print, sized, solver } from "./measure.ts";
import type { Size } from "./sizedCase.ts";

const base: Size = { municipalities: 4, segments: 8, tracks: 6, inflowYears: 5, years: 15 };

function programmeTime(size: Size, scenario: string, rounds: number): number {
  const model = sized(size);
  const index = model.scenarios.findIndex(({ id }) => id === scenario);
  return middle(Array.from({ length: rounds }, () => once(() => runScenario(model, index, solver))));
}

export function programme(): void {
  print(
    "Programme, 4 municipalities × 8 segments × 6 tracks × 5 entry years × 15 years, courses included (goal < 1 s)",
  );
  for (const id of ["nul", "verkokerd", "ontschot"])
    print(`  ${id.padEnd(18)} ${programmeTime(base, id, 3).toFixed(0)} ms`);

  const { name, text } = largestCase();
  const model = modelOf(text);
  const times: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage().user;
    runCase(model, solver);
    times.push((process.cpuUsage().user - before) / 1000);
  }
  print(`All ${model.scenarios.length} scenarios of ${name} with their programmes (goal < 3 s)`);
  print(`  first, middle      ${times[0]?.toFixed(0)} ms, ${middle(times).toFixed(0)} ms of one processor`);

  print("Growth of the pooled programme: time at 1×, 2×, 4× of a size (ratio to 1×)");
  const start: Size = { municipalities: 2, segments: 3, tracks: 4, inflowYears: 3, years: 8 };
  for (const axis of ["segments", "tracks", "years", "municipalities"] as const) {
    const times = [1, 2, 4].map((factor) =>
      programmeTime({ ...start, [axis]: start[axis] * factor }, "ontschot", 3),
    );
    const ratios = times.map((time) => (time / (times[0] ?? 1)).toFixed(1)).join(" : ");
    print(`  ${axis.padEnd(18)} ${times.map((time) => `${time.toFixed(0)} ms`).join(", ")}  (${ratios})`);
  }
}
