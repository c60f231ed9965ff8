/** What the Drechtsteden case says at the moments of the targets. */
import { courseInputs, simulateCourse } from "../../models/cohort/course.ts";
import { type Model, scenarioValues } from "../../models/index.ts";
import { type BusinessCase, compileWithReport } from "../../scenarios/index.ts";
import { MONTHS, MONTHS_BEFORE_ENTRY } from "./targets.ts";

/** The segments with an asylum background: the family migrants have no series to be held to. */
export const NOT_ASYLUM = "gezin";

export function compile(caseFile: BusinessCase): Model {
  return compileWithReport(caseFile).model;
}

/** The case with other values for some parameters; the file itself is left alone. */
export function withValues(caseFile: BusinessCase, values: Readonly<Record<string, number>>): BusinessCase {
  return {
    ...caseFile,
    parameters: caseFile.parameters.map((parameter) => {
      const value = values[parameter.id];
      return value === undefined ? parameter : { ...parameter, value };
    }),
  };
}

/** Values by the id of their parameter, in its unit: one draw, so that a fit compiles the case once. */
export type ParameterValues = Readonly<Record<string, number>>;

function drawOf(model: Model, values: ParameterValues) {
  return {
    count: 1,
    columns: model.parameters.map(({ id }) => {
      const value = values[id];
      return value === undefined ? undefined : Float64Array.of(value);
    }),
  };
}

/** Shares over the states by cycle of one segment on its reference track, of those who have not left. */
function stayers(
  model: Model,
  segmentId: string,
  values: ParameterValues,
): { at: (cycle: number) => Float64Array; weight: number } {
  const segment = model.segments.find(({ id }) => id === segmentId);
  const track = segment && model.tracks[segment.referenceTrack];
  const read = scenarioValues(model, null, drawOf(model, values)).municipality[0];
  if (!segment || !track || !read) throw new Error(`no segment ${segmentId}`);
  const course = simulateCourse(model.time, courseInputs(model, read, segment, track));
  const inflow = segment.inflow[0]?.[0];
  return {
    weight: inflow ? read(inflow) : 0,
    at(cycle) {
      const row = course.distribution.slice(cycle * course.states, (cycle + 1) * course.states);
      const stayed = row.reduce((sum, share, state) => (model.states[state]?.exit ? sum : sum + share), 0);
      return row.map((share, state) => (model.states[state]?.exit ? 0 : share / stayed));
    },
  };
}

/** Share of an outcome in percent at a month since the permit, over the mix of segments given. */
export function outcomeShares(
  model: Model,
  outcomeId: string,
  segments: readonly string[],
  { months = MONTHS, values = {} }: { months?: readonly number[]; values?: ParameterValues } = {},
): number[] {
  const outcome = model.outcomes.find(({ id }) => id === outcomeId);
  if (!outcome) throw new Error(`no outcome ${outcomeId}`);
  const courses = segments.map((id) => stayers(model, id, values));
  const total = courses.reduce((sum, { weight }) => sum + weight, 0);
  return months.map((month) => {
    const cycle = ((month - MONTHS_BEFORE_ENTRY) * model.time.cyclesPerYear) / 12;
    let share = 0;
    for (const { at, weight } of courses)
      share +=
        (weight / total) *
        at(cycle).reduce((sum, part, state) => sum + part * (outcome.weights[state] ?? 0), 0);
    return 100 * share;
  });
}

export const asylumSegments = (model: Model): string[] =>
  model.segments.map(({ id }) => id).filter((id) => id !== NOT_ASYLUM);

/** The month since entry at which the leavers of the relapse figures leave: the rates that hold from there. */
const LEAVING_MONTH = 36;

type Steps = { readonly from: number; readonly value: string | number }[];

/**
 * Those who leave benefit for work at month 36, in percent: in work at 6 and 18 months, on benefit at 18
 * months, and ever back on benefit within 1 and 5 years (benefit made a state that nobody leaves).
 *
 * @returns the figures at other values of some parameters
 */
export function relapse(caseFile: BusinessCase): (values?: ParameterValues) => number[] {
  const first = caseFile.segments[0];
  if (!first) throw new Error("no segment");
  const settled = (rate: (typeof first.transitions)[number]["rate"]) => {
    if (!Array.isArray(rate)) return rate;
    const steps = (rate as Steps).filter(({ from }) => typeof from === "number");
    const holds = steps.filter(({ from }) => from <= LEAVING_MONTH).at(-1);
    const later = steps.filter(({ from }) => from > LEAVING_MONTH);
    return [
      { from: 0, value: holds?.value ?? 0 },
      ...later.map(({ from, value }) => ({ from: from - LEAVING_MONTH, value })),
    ];
  };
  const benefit = ["bijstand_k", "deeltijd_k"];
  const leavers = (absorbing: boolean): Model =>
    compile({
      ...caseFile,
      segments: [
        {
          ...first,
          entry: { nieuw_k: 1 },
          transitions: first.transitions
            .filter(({ from, to }) => !to.startsWith("vertrek") && !(absorbing && benefit.includes(from)))
            .map((transition) => ({ ...transition, rate: settled(transition.rate) })),
        },
        ...caseFile.segments.slice(1),
      ],
    });
  const [free, caught] = [leavers(false), leavers(true)];
  return (values = {}) => {
    const at = (...moments: number[]) => ({
      months: moments.map((month) => month + MONTHS_BEFORE_ENTRY),
      values,
    });
    return [
      ...outcomeShares(free, "werk_zonder_bijstand", [first.id], at(6, 18)),
      ...outcomeShares(free, "in_bijstand", [first.id], at(18)),
      ...outcomeShares(caught, "in_bijstand", [first.id], at(12, 60)),
    ];
  };
}
