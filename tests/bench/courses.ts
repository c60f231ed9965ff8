/** Courses of persons, against a naive twin and mathjs. */
import { readFileSync } from "node:fs";
import { create, type FactoryFunctionMap, matrixDependencies, multiplyDependencies } from "mathjs";
import { type CourseInputs, courseInputs, simulateCourse } from "../../models/cohort/course.ts";
import { openStrata, tracksOf } from "../../models/cohort/strata.ts";
import { type Model, scenarioValues } from "../../models/index.ts";
import { median, modelOf, print } from "./measure.ts";

/** All courses and money of one scenario, as every run needs them. */
function allStrata(model: Model): number {
  const strata = openStrata(model, scenarioValues(model, null));
  for (const [municipality] of model.municipalities.entries())
    for (const [segment] of model.segments.entries())
      for (const track of tracksOf(model, segment)) strata.get(municipality, segment, track);
  return strata.courses;
}

/** The matrix of one cycle of a course without effects, as a modeller would write it down. */
function matrixOf(inputs: CourseInputs, month: number, perYear: number): number[][] {
  const matrix = Array.from({ length: inputs.states }, () => Array.from({ length: inputs.states }, () => 0));
  for (let state = 0; state < inputs.states; state += 1) {
    const leaving = inputs.moves.filter((move) => move.from === state);
    const rates = leaving.map((move) => {
      let at = -1;
      for (const [index, start] of move.starts.entries()) if (start <= month + inputs.clockShift) at = index;
      return move.values[at] ?? 0;
    });
    const total = rates.reduce((sum, rate) => sum + rate, 0);
    const row = matrix[state] ?? [];
    row[state] = Math.exp(-total / perYear);
    for (const [index, move] of leaving.entries())
      if (total > 0)
        row[move.to] = (row[move.to] ?? 0) + ((rates[index] ?? 0) / total) * (1 - Math.exp(-total / perYear));
  }
  return matrix;
}

function naiveCourse(inputs: CourseInputs, cycles: number, perYear: number): number[] {
  let vector = [...inputs.entry];
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const matrix = matrixOf(inputs, (12 * cycle) / perYear, perYear);
    vector = vector.map((_, to) =>
      vector.reduce((sum, share, from) => sum + share * (matrix[from]?.[to] ?? 0), 0),
    );
  }
  return vector;
}

const math = create({ ...matrixDependencies, ...multiplyDependencies } as FactoryFunctionMap);

function mathjsCourse(inputs: CourseInputs, cycles: number, perYear: number): number[] {
  let vector = math.matrix([...inputs.entry]);
  for (let cycle = 0; cycle < cycles; cycle += 1)
    vector = math.multiply(vector, math.matrix(matrixOf(inputs, (12 * cycle) / perYear, perYear)));
  return vector.toArray() as number[];
}

export function courses(): void {
  const small = modelOf(readFileSync("scenarios/data/drechtsteden-klein.json", "utf8"));

  print("Courses and money of one scenario, drechtsteden-klein, warm (goal < 5 ms)");
  print(`  engine             ${median(() => allStrata(small)).toFixed(2)} ms, ${allStrata(small)} courses`);

  const segment = small.segments[0];
  const reference = segment && small.tracks[segment.referenceTrack];
  const read = scenarioValues(small, null).municipality[0];
  if (segment && reference && read) {
    const inputs = courseInputs(small, read, segment, reference);
    const { cyclesPerYear, followUp } = small.time;
    const cycles = cyclesPerYear * followUp;
    const ends = [
      [...simulateCourse(small.time, inputs).distribution.slice(-inputs.states)],
      naiveCourse(inputs, cycles, cyclesPerYear),
      mathjsCourse(inputs, cycles, cyclesPerYear),
    ];
    const furthest = Math.max(
      ...ends.flatMap((end) => end.map((share, at) => Math.abs(share - (ends[0]?.[at] ?? 0)))),
    );
    const engine = median(() => simulateCourse(small.time, inputs), 99);
    const naive = median(() => naiveCourse(inputs, cycles, cyclesPerYear), 49);
    const mathjs = median(() => mathjsCourse(inputs, cycles, cyclesPerYear), 9);
    print(
      `One course of ${cycles} cycles; the three end states differ by at most ${furthest.toExponential(1)}`,
    );
    print(`  engine             ${engine.toFixed(3)} ms  1.0`);
    print(`  naive twin         ${naive.toFixed(3)} ms  ${(naive / engine).toFixed(1)}`);
    print(`  mathjs matrices    ${mathjs.toFixed(3)} ms  ${(mathjs / engine).toFixed(1)}`);
  }
}
