import { ModelError } from "../core/errors.ts";
import type { Solver, SolverOutcome } from "../core/linearProgramme.ts";
import type { Model } from "../model/model.ts";
import {
  buildProgramme,
  type Candidate,
  type ClosedTrack,
  type FundingInputs,
  type FundingProgramme,
  type RowLabel,
  type StatutoryBound,
  statutoryIsShared,
  toEuros,
} from "./programme.ts";
import { payRanks } from "./walls.ts";

/** Larger programmes take minutes and gigabytes; the way out is fewer tracks, segments or years. */
const LARGEST_ENTRIES = 12_000_000;

/** Each stage keeps the ones before within this relative tolerance (model.md section 4). */
const STAGE_TOLERANCE = 1e-9;

export interface AllocationOptions {
  /** Seconds for one scenario; default 120. */
  readonly seconds?: number;
  /** The first solve, for scenarios with the same values: kept here once it is made. */
  readonly firstSolve?: FirstSolve;
}

/** What general funds bear with everyone on the reference track, the same in all scenarios with the same values. */
export interface FirstSolve {
  bound: StatutoryBound | null;
}

/** Who gets which track in one municipality and segment. */
export interface AllocatedTrack {
  readonly candidate: Candidate;
  /** Persons per inflow year. */
  readonly persons: Float64Array;
}

/** What an account, or general funds, pays for an intervention in a municipality. */
export interface Payment {
  readonly municipality: number;
  readonly intervention: number;
  /** Account index; the number of accounts stands for general funds [algemene middelen]. */
  readonly account: number;
  /** EUR per year of the horizon. */
  readonly amounts: Float64Array;
}

/** The worth, in discounted euros of the objective, of one more euro behind a wall in a year. */
export interface EnvelopeDual {
  readonly account: number;
  readonly municipality: number | null;
  readonly year: number;
  readonly worth: number;
}

export interface Allocation {
  readonly tracks: readonly AllocatedTrack[];
  readonly payments: readonly Payment[];
  /** Duals of the envelopes in stage (2); empty outside `optimal`. */
  readonly duals: readonly EnvelopeDual[];
  readonly closed: readonly ClosedTrack[];
  /** PV of the shortage that general funds bear, EUR, where the mode minimises it; else null. */
  readonly shortage: number | null;
}

/** Names of what a row stands for, for the error that a controller reads. */
function rowFacts(model: Model, label: RowLabel): Record<string, string | number> {
  const facts: Record<string, string | number> = { constraint: label.kind };
  if ("municipality" in label && label.municipality !== null)
    facts.municipality = model.municipalities[label.municipality]?.id ?? "";
  if ("account" in label) facts.account = model.accounts[label.account]?.id ?? "";
  if ("segment" in label) facts.segment = model.segments[label.segment]?.id ?? "";
  if ("intervention" in label) facts.intervention = model.interventions[label.intervention]?.id ?? "";
  if ("party" in label) facts.party = model.parties[label.party]?.id ?? "";
  if ("year" in label) facts.year = model.time.startYear + label.year;
  return facts;
}

function solve(
  inputs: FundingInputs,
  built: FundingProgramme,
  objectives: Float64Array[],
  solver: Solver,
  options: AllocationOptions,
): Extract<SolverOutcome, { status: "optimal" }> {
  const { model, scenario } = inputs;
  const path = `scenarios/${scenario.id}`;
  const entries = built.programme.indices.length;
  if (entries > LARGEST_ENTRIES)
    throw new ModelError({ code: "CASE_TOO_LARGE", path, found: entries, expected: `≤ ${LARGEST_ENTRIES}` });
  const seconds = options.seconds ?? 120;
  const limits = { seconds, tolerance: STAGE_TOLERANCE };
  const outcome = solver.minimise(built.programme, objectives, limits, built.crossing);
  if (outcome.status === "optimal") return outcome;
  if (outcome.status === "infeasible") {
    const constraints = outcome.rows.flatMap((row) => {
      const label = built.rows[row];
      return label ? [rowFacts(model, label)] : [];
    });
    throw new ModelError({
      code: "PROGRAMME_INFEASIBLE",
      path,
      found: constraints.map((facts) => Object.values(facts).join(" ")).join("; "),
      expected: "",
      constraints,
    });
  }
  if (outcome.status === "timeLimit")
    throw new ModelError({
      code: "PROGRAMME_TIME_LIMIT",
      path,
      found: outcome.detail,
      expected: `${seconds} s`,
    });
  throw new ModelError({ code: "PROGRAMME_FAILED", path, found: outcome.detail, expected: "optimal" });
}

/** PV(u) per municipality with everyone on the reference track and an empty pool: a first solve of the same scenario. */
function statutoryBound(inputs: FundingInputs, solver: Solver, options: AllocationOptions): StatutoryBound {
  const { firstSolve } = options;
  if (firstSolve?.bound) return firstSolve.bound;
  const scenario = { ...inputs.scenario, pool: [], allocation: { mode: "reference" } as const };
  const first = { ...inputs, scenario };
  const built = buildProgramme(first, null);
  const { values } = solve(first, built, [built.shortage], solver, options);
  const presentValue = new Float64Array(inputs.model.municipalities.length);
  for (const payment of built.payments)
    if (payment.account === inputs.model.accounts.length)
      presentValue[payment.municipality] =
        (presentValue[payment.municipality] ?? 0) +
        (values[payment.column] ?? 0) * (inputs.factors[payment.year] ?? 0);
  const bound = { pooled: statutoryIsShared(inputs.model), presentValue };
  if (firstSolve) firstSolve.bound = bound;
  return bound;
}

/**
 * Who gets which track and who pays in one scenario: in `reference` and `fixed` the shortage is minimised and paid in
 * order; in `optimal` what the objective's parties bear, then the cost to all, then the order of payment. A pool of the
 * region then pays each municipality from its own part first (docs/decisions/018).
 *
 * @throws ModelError PROGRAMME_INFEASIBLE (names the conflicting constraints), PROGRAMME_TIME_LIMIT, CASE_TOO_LARGE
 * @source model.md section 4
 */
export function allocate(inputs: FundingInputs, solver: Solver, options: AllocationOptions = {}): Allocation {
  const optimal = inputs.scenario.allocation.mode === "optimal";
  const built = buildProgramme(inputs, optimal ? statutoryBound(inputs, solver, options) : null);
  // With the persons given, the cost to all parties is a constant: stage (3) has nothing to choose.
  const objectives = optimal
    ? [...(built.borne ? [built.borne] : []), built.total, built.rank]
    : [built.shortage, built.rank];
  const { values, stages } = solve(inputs, built, objectives, solver, options);
  const duals: EnvelopeDual[] = [];
  if (optimal)
    for (const [row, label] of built.rows.entries())
      if (label.kind === "envelope")
        duals.push({
          account: label.account,
          municipality: label.municipality,
          year: label.year,
          worth: -(stages[0]?.rowDuals[row] ?? 0),
        });
  return {
    tracks: built.candidates.map((candidate) => ({
      candidate,
      persons: Float64Array.from(candidate.columns, (column) => (column < 0 ? 0 : (values[column] ?? 0))),
    })),
    payments: collectPayments(inputs.model, built, values),
    duals,
    closed: built.closed,
    shortage: optimal ? null : toEuros(stages[0]?.value ?? 0),
  };
}

/** What is paid, by whom; payers that pay nothing are left out. */
function collectPayments(model: Model, built: FundingProgramme, values: Float64Array): Payment[] {
  const payments = new Map<string, Payment>();
  for (const { municipality, intervention, account, year, column } of built.payments) {
    const key = `${municipality} ${intervention} ${account}`;
    let payment = payments.get(key);
    if (!payment) {
      payment = { municipality, intervention, account, amounts: new Float64Array(model.time.years) };
      payments.set(key, payment);
    }
    payment.amounts[year] = toEuros(values[column] ?? 0);
  }
  const list = [...payments.values()];
  for (const alike of paidAlike(model, list)) shareInProportion(alike, model.time.years);
  return list.filter(({ amounts }) => amounts.some((amount) => amount !== 0));
}

/**
 * Payments for work that the programme cannot tell apart: in one municipality, by the same accounts in the same order.
 * Which of them an account pays for is left open by every stage, and changes no total.
 */
function paidAlike(model: Model, payments: readonly Payment[]): Payment[][] {
  const byWork = new Map<string, Payment[]>();
  for (const payment of payments) {
    const key = `${payment.municipality} ${payment.intervention}`;
    byWork.set(key, [...(byWork.get(key) ?? []), payment]);
  }
  const alike = new Map<string, Payment[]>();
  for (const work of byWork.values()) {
    const [first] = work;
    if (!first) continue;
    const ranks = payRanks(model, first.intervention);
    const payers = work.map(({ account }) => {
      const inFunds = model.accounts[account]?.funds.includes(first.intervention) === true;
      return `${account}:${ranks[account] ?? ""}${inFunds ? "f" : ""}`;
    });
    const statutory = model.interventions[first.intervention]?.statutory === true;
    const key = `${first.municipality} ${statutory} ${payers.sort().join(" ")}`;
    alike.set(key, [...(alike.get(key) ?? []), ...work]);
  }
  return [...alike.values()];
}

/** Lets every account pay the same part of each intervention, per year: its total over all, in proportion to their cost. */
function shareInProportion(payments: readonly Payment[], years: number): void {
  if (new Set(payments.map(({ intervention }) => intervention)).size < 2) return;
  for (let year = 0; year < years; year += 1) {
    const byAccount = new Map<number, number>();
    const byWork = new Map<number, number>();
    let total = 0;
    for (const { account, intervention, amounts } of payments) {
      const amount = amounts[year] ?? 0;
      byAccount.set(account, (byAccount.get(account) ?? 0) + amount);
      byWork.set(intervention, (byWork.get(intervention) ?? 0) + amount);
      total += amount;
    }
    if (total === 0) continue;
    for (const { account, intervention, amounts } of payments)
      amounts[year] = ((byAccount.get(account) ?? 0) * (byWork.get(intervention) ?? 0)) / total;
  }
}
