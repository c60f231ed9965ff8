import { courseMoney } from "../cohort/money.ts";
import { openStrata, type Strata } from "../cohort/strata.ts";
import { keyShares } from "../funding/regionalCosts.ts";
import type { Side, Transfer } from "../funding/settlement/transfers.ts";
import { bearer } from "../funding/walls.ts";
import type { Model, RegionalCost, Slot } from "../model/model.ts";
import type { Reader, Values } from "../model/reader.ts";
import { appraiseAfterTransfers, isSideOf, type SettledRun } from "./afterTransfers.ts";
import type { BudgetKind } from "./budgetView.ts";
import { NONE } from "./cube.ts";
import { appraise, type Viewpoint } from "./figures.ts";
import type { PersonsOnTrack, ScenarioRun } from "./scenarioRun.ts";
import { parametersOfCourse, parametersOfSlots } from "./usedParameters.ts";

/** What can be taken apart. `npv` is the headline: after transfers for a municipality, before for the others. */
export type FigureMeasure = "npv" | "npvBefore" | "npvAfter" | "costs" | "benefits";

/** Whose figure: a perspective, a party, or the local party in a municipality; an index in the model's list. */
export interface FigureOwner {
  readonly kind: "perspective" | "party" | "municipality";
  readonly index: number;
}

/** A figure that can be taken apart. */
export interface FigureName {
  readonly measure: FigureMeasure;
  readonly owner: FigureOwner;
  readonly scenario: number;
}

const MEASURES: readonly FigureMeasure[] = ["npv", "npvBefore", "npvAfter", "costs", "benefits"];

/**
 * Reads a figure path `measure/owner/scenario`, such as `npv/gemeente/ontschot`. An id that is a perspective, a party
 * and a municipality at once is taken in that order; `party:gemeente` says which is meant.
 *
 * @returns null when a part is not known
 */
export function parseFigure(model: Model, path: string): FigureName | null {
  const [measure, owner = "", id, ...rest] = path.split("/");
  const known = MEASURES.find((name) => name === measure);
  const scenario = model.scenarios.findIndex((item) => item.id === id);
  if (!known || scenario < 0 || rest.length > 0) return null;
  const lists = {
    perspective: model.perspectives,
    party: model.parties,
    municipality: model.municipalities,
  } as const;
  const [prefix, name] = owner.includes(":") ? owner.split(":") : [null, owner];
  for (const kind of ["perspective", "party", "municipality"] as const) {
    if (prefix !== null && prefix !== kind) continue;
    const index = lists[kind].findIndex((item) => item.id === name);
    if (index >= 0) return { measure: known, owner: { kind, index }, scenario };
  }
  return null;
}

/** Every headline of a scenario: the NPV of each perspective, party and municipality. */
export function headlineFigures(model: Model, scenario: number): FigureName[] {
  const of = (kind: FigureOwner["kind"], list: readonly unknown[]): FigureName[] =>
    list.map((_, index) => ({ measure: "npv", owner: { kind, index }, scenario }));
  return [
    ...of("perspective", model.perspectives),
    ...of("party", model.parties),
    ...(model.localParty < 0 ? [] : of("municipality", model.municipalities)),
  ];
}

/**
 * The smallest part of a figure: value = ± persons × rate × amount, EUR discounted. Persons are those of the scenario
 * less those of the reference where both cost the same; they are null where the amount belongs to no person.
 */
export interface ExplanationLeaf {
  readonly value: number;
  readonly account: number;
  readonly kind: BudgetKind;
  /** State, intervention or executor; NONE for the others. */
  readonly index: number;
  readonly municipality: number | null;
  readonly segment: number;
  readonly track: number;
  /** Calendar year: of entry for persons, of payment for a transfer; null for costs of the region. */
  readonly year: number | null;
  /** Which side it is on: the scenario, the reference, or their difference. */
  readonly side: "difference" | "scenario" | "reference";
  readonly persons: number | null;
  /** Discounted years, months or times that one person costs the amount, times the part that this account pays. */
  readonly rate: number;
  /** EUR per `unit`, at the municipality's own value. */
  readonly amount: number;
  readonly unit: "year" | "month" | "once";
  /** Place of the amount in the file. */
  readonly path: string;
  /** Parameters behind the amount, and behind persons and rate; indices in the model. */
  readonly amountParameters: readonly number[];
  readonly rateParameters: readonly number[];
}

/** A part of a figure: its children's values sum to its own. */
export interface ExplanationNode {
  readonly level: "figure" | "account" | "item" | "municipality" | "track";
  readonly account: number;
  readonly kind: BudgetKind | null;
  readonly index: number;
  readonly municipality: number | null;
  readonly segment: number;
  readonly track: number;
  readonly value: number;
  readonly children: readonly ExplanationNode[];
  readonly leaves: readonly ExplanationLeaf[];
}

/** A run, settled and with its values. */
type ExplainedSide = SettledRun & { readonly values: Values };

/** A scenario and its reference. */
export interface ExplainedRuns {
  readonly scenario: ExplainedSide;
  readonly reference: ExplainedSide;
}

/** The owner's test of a side, and whether the figure is after transfers. */
function viewpointOf(model: Model, { owner: { kind, index } }: FigureName): Viewpoint {
  if (kind === "municipality") return { parties: [model.localParty], municipality: index };
  return { parties: kind === "perspective" ? (model.perspectives[index]?.parties ?? []) : [index] };
}

function isAfterTransfers({ measure, owner }: FigureName): boolean {
  return measure === "npvAfter" || (measure === "npv" && owner.kind === "municipality");
}

/** One side of a difference, before it is netted with the other. */
interface Piece extends Omit<ExplanationLeaf, "value" | "side"> {
  readonly key: string;
}

/** The strata of a run's values: every figure of the run is taken apart over the same. */
const strataOfValues = new WeakMap<Values, Strata>();

function strataOf(model: Model, values: Values): Strata {
  const known = strataOfValues.get(values) ?? openStrata(model, values);
  strataOfValues.set(values, known);
  return known;
}

const followed = ({ persons }: PersonsOnTrack) => persons.some((count) => count !== 0);

/** The parameters behind the courses of a model, whichever figure is taken apart: by scenario and stratum. */
const behindCourses = new WeakMap<Model, Map<string, readonly number[]>>();

/** Takes the money of a run apart, whichever figure asks: all is discounted with the factors of one scenario. */
class PieceMaker {
  private readonly behind: Map<string, readonly number[]>;

  constructor(
    private readonly model: Model,
    private readonly factors: Float64Array,
  ) {
    this.behind = behindCourses.get(model) ?? new Map();
    behindCourses.set(model, this.behind);
  }

  pieces(side: ExplainedSide): Piece[] {
    const strata = strataOf(this.model, side.values);
    const shares = this.paidShares(side, strata);
    return [
      ...side.run.tracks
        .filter(followed)
        .flatMap((track) => [
          ...this.statePieces(side, strata, track),
          ...this.paymentPieces(side, strata, track, shares),
        ]),
      ...this.regionalPieces(side),
    ];
  }

  /** The parameters behind persons and course, looked up once. */
  private courseParameters(
    scenario: number,
    { municipality, segment, track }: PersonsOnTrack,
  ): readonly number[] {
    const key = `${scenario} ${municipality} ${segment} ${track}`;
    const known =
      this.behind.get(key) ?? parametersOfCourse(this.model, scenario, municipality, segment, track);
    this.behind.set(key, known);
    return known;
  }

  /** Discounted sum of an amount per entrant per lag, for the entrants of one year. */
  private discounted(lags: Float64Array, cohort: number, weights?: Float64Array | null): number {
    const { factors } = this;
    let sum = 0;
    for (let year = cohort; year < factors.length; year += 1)
      sum += (lags[year - cohort] ?? 0) * (factors[year] ?? 0) * (weights ? (weights[year] ?? 0) : 1);
    return sum;
  }

  private statePieces(side: ExplainedSide, strata: Strata, row: PersonsOnTrack): Piece[] {
    const { municipality, segment, track, persons } = row;
    const { model } = this;
    const read = side.values.municipality[municipality];
    const { money } = strata.get(municipality, segment, track);
    const pieces: Piece[] = [];
    let next = 0;
    for (const [state, { flows }] of model.states.entries())
      for (const [at, flow] of flows.entries()) {
        const stateFlow = money.stateFlows[next++];
        if (!read || !stateFlow) continue;
        const factor = model.segments[segment]?.flowFactors[flow.account] ?? null;
        const amount = read(flow.amount) * (factor ? read(factor) : 1);
        if (amount === 0) continue;
        const amountParameters = parametersOfSlots(model, side.run.scenario, municipality, [
          flow.amount,
          factor,
        ]);
        for (const [cohort, count] of persons.entries()) {
          if (count === 0) continue;
          pieces.push({
            key: `state ${state} ${at} ${municipality} ${segment} ${track} ${cohort}`,
            account: flow.account,
            kind: "state",
            index: state,
            municipality,
            segment,
            track,
            year: model.time.startYear + cohort,
            persons: count,
            rate: this.discounted(stateFlow.years, cohort),
            amount,
            unit: "year",
            path: flow.amount.path,
            amountParameters,
            rateParameters: this.courseParameters(side.run.scenario, row),
          });
        }
      }
    return pieces;
  }

  /** The part of an intervention's costs that each account pays, per year: by "municipality intervention". */
  private paidShares(
    side: SettledRun,
    strata: Strata,
  ): Map<string, { account: number; share: Float64Array }[]> {
    const { years } = this.model.time;
    const totals = new Map<string, Float64Array>();
    for (const { municipality, segment, track, persons } of side.run.tracks.filter(followed))
      for (const [intervention, lags] of strata.get(municipality, segment, track).money.costs.entries()) {
        if (!lags) continue;
        const key = `${municipality} ${intervention}`;
        const total = totals.get(key) ?? new Float64Array(years);
        totals.set(key, total);
        for (const [cohort, count] of persons.entries())
          for (let year = cohort; year < years; year += 1)
            total[year] = (total[year] ?? 0) + count * (lags[year - cohort] ?? 0);
      }
    const shares = new Map<string, { account: number; share: Float64Array }[]>();
    for (const { municipality, intervention, account, amounts } of side.run.payments) {
      const key = `${municipality} ${intervention}`;
      const total = totals.get(key);
      const share = amounts.map((amount, year) => (total?.[year] ? amount / total[year] : 0));
      shares.set(key, [...(shares.get(key) ?? []), { account, share }]);
    }
    return shares;
  }

  /** EUR per entrant per lag of one entry in an intervention's list of costs. */
  private entryLags(
    values: Values,
    strata: Strata,
    row: PersonsOnTrack,
    intervention: number,
    entry: number,
  ) {
    const { model } = this;
    const { municipality, segment, track } = row;
    const stratum = strata.get(municipality, segment, track);
    if (model.interventions[intervention]?.costs.length === 1)
      return stratum.money.costs[intervention] ?? null;
    const alone: Model = {
      ...model,
      states: model.states.map((state) => ({ ...state, flows: [] })),
      interventions: model.interventions.map((item, index) => ({
        ...item,
        costs: index === intervention ? item.costs.slice(entry, entry + 1) : [],
      })),
    };
    const read = values.municipality[municipality];
    const [segmentData, trackData] = [model.segments[segment], model.tracks[track]];
    if (!read || !segmentData || !trackData) return null;
    return courseMoney(alone, read, stratum.course, segmentData, trackData).costs[intervention] ?? null;
  }

  private paymentPieces(
    side: ExplainedSide,
    strata: Strata,
    row: PersonsOnTrack,
    shares: Map<string, { account: number; share: Float64Array }[]>,
  ): Piece[] {
    const { model } = this;
    const { municipality, segment, track, persons } = row;
    const read = side.values.municipality[municipality];
    const pieces: Piece[] = [];
    if (!read) return pieces;
    for (const intervention of model.tracks[track]?.interventions ?? []) {
      const paid = (shares.get(`${municipality} ${intervention}`) ?? []).filter(({ share }) =>
        share.some((part) => part !== 0),
      );
      if (paid.length === 0) continue;
      for (const [entry, cost] of (model.interventions[intervention]?.costs ?? []).entries()) {
        const slot = cost.kind === "once" ? cost.amount : cost.perMonth;
        const amount = read(slot);
        const lags = this.entryLags(side.values, strata, row, intervention, entry);
        if (!lags || amount === 0) continue;
        const timing = cost.kind === "once" ? [cost.at] : [cost.from, cost.months];
        for (const { account, share } of paid)
          for (const [cohort, count] of persons.entries()) {
            const rate = this.discounted(lags, cohort, share) / amount;
            if (count === 0 || rate === 0) continue;
            pieces.push({
              key: `payment ${account} ${intervention} ${entry} ${municipality} ${segment} ${track} ${cohort}`,
              account,
              kind: "intervention",
              index: intervention,
              municipality,
              segment,
              track,
              year: model.time.startYear + cohort,
              persons: count,
              rate,
              amount,
              unit: cost.kind === "once" ? "once" : "month",
              path: slot.path,
              amountParameters: parametersOfSlots(model, side.run.scenario, municipality, [slot]),
              rateParameters: [
                ...new Set([
                  ...this.courseParameters(side.run.scenario, row),
                  ...parametersOfSlots(model, side.run.scenario, municipality, timing),
                ]),
              ],
            });
          }
      }
    }
    return pieces;
  }

  private regionalPieces(side: ExplainedSide): Piece[] {
    const { model } = this;
    const { factors, entrants } = side.run;
    const { startYear, years } = model.time;
    const pieces: Piece[] = [];
    const add = (cost: RegionalCost, kind: "regime" | "executor", index: number) => {
      const shares = keyShares(model, cost, entrants);
      const first = (cost.from ?? startYear) - startYear;
      const last = Math.min(years - 1, (cost.to ?? startYear + years - 1) - startYear);
      const put = (slot: Slot | null, unit: "once" | "year", from: number, to: number) => {
        if (!slot) return;
        const amount = this.regionReader(side)(slot);
        let discounted = 0;
        for (let year = Math.max(0, from); year <= to; year += 1) discounted += factors[year] ?? 0;
        for (const [municipality, share] of shares.entries()) {
          if (share === 0) continue;
          pieces.push({
            key: `${cost.path} ${unit} ${municipality}`,
            account: cost.account,
            kind,
            index,
            municipality,
            segment: NONE,
            track: NONE,
            year: null,
            persons: null,
            rate: share * discounted,
            amount,
            unit,
            path: slot.path,
            amountParameters: parametersOfSlots(model, side.run.scenario, null, [slot]),
            rateParameters: [],
          });
        }
      };
      put(cost.oneOff, "once", first, first >= 0 && first < years ? first : -1);
      put(cost.perYear, "year", first, last);
    };
    for (const cost of model.scenarios[side.run.scenario]?.costs ?? []) add(cost, "regime", NONE);
    for (const [index, executor] of model.executors.entries())
      for (const cost of executor.costs) add(cost, "executor", index);
    return pieces;
  }

  private regionReader(side: { readonly values: Values }): Reader {
    return side.values.region;
  }
}

/** The pieces of a run last asked for, with the factors that they were discounted with. */
const piecesOfRun = new WeakMap<
  ScenarioRun,
  { readonly factors: Float64Array; readonly pieces: readonly Piece[] }
>();

/** Every figure of a scenario is taken apart from the same pieces. */
function piecesOf(model: Model, side: ExplainedSide, factors: Float64Array): readonly Piece[] {
  const known = piecesOfRun.get(side.run);
  if (known?.factors === factors) return known.pieces;
  const pieces = new PieceMaker(model, factors).pieces(side);
  piecesOfRun.set(side.run, { factors, pieces });
  return pieces;
}

class Explainer {
  private readonly chosen: (side: Side) => boolean;
  private readonly after: boolean;

  constructor(
    private readonly model: Model,
    private readonly runs: ExplainedRuns,
    figure: FigureName,
  ) {
    const viewpoint = viewpointOf(model, figure);
    this.chosen = (side) => isSideOf(viewpoint, side);
    this.after = isAfterTransfers(figure);
  }

  /** Whether the figure counts what an account pays in a municipality. */
  private counts({ account, kind, municipality }: Piece): boolean {
    const data = this.model.accounts[account];
    const payer = data?.holder ?? this.model.localParty;
    const party = data && kind === "intervention" && !this.after ? bearer(data) : payer;
    return this.chosen({ party, municipality: party === this.model.localParty ? municipality : null });
  }

  leaves(): ExplanationLeaf[] {
    const scenario = this.pieces(this.runs.scenario);
    const reference = new Map(this.pieces(this.runs.reference).map((piece) => [piece.key, piece]));
    const leaves: ExplanationLeaf[] = [];
    const add = ({ key: _, ...piece }: Piece, side: ExplanationLeaf["side"], sign: number) => {
      const size = piece.persons === null ? 1 : piece.persons;
      const value = -sign * size * piece.rate * piece.amount;
      if (value !== 0) leaves.push({ ...piece, side, value });
    };
    for (const piece of scenario) {
      const other = reference.get(piece.key);
      const alike = other && other.rate === piece.rate && other.amount === piece.amount;
      if (!alike) add(piece, "scenario", 1);
      else {
        reference.delete(piece.key);
        if (piece.persons !== null && other.persons !== null)
          add({ ...piece, persons: piece.persons - other.persons }, "difference", 1);
      }
    }
    for (const piece of reference.values()) add(piece, "reference", -1);
    if (this.after) leaves.push(...this.transferLeaves());
    return leaves;
  }

  private pieces(side: ExplainedSide): Piece[] {
    return piecesOf(this.model, side, this.runs.scenario.run.factors).filter((piece) => this.counts(piece));
  }

  private transferLeaves(): ExplanationLeaf[] {
    const { model, runs } = this;
    const { factors } = runs.scenario.settlement;
    const sums = new Map<string, { transfer: Transfer; municipality: number | null; amount: number }>();
    const add = (transfers: readonly Transfer[], sign: number) => {
      for (const transfer of transfers) {
        const put = (side: Side, other: Side, amount: number) => {
          if (!this.chosen(side)) return;
          const municipality = side.municipality ?? other.municipality;
          const key = `${transfer.kind} ${transfer.account} ${municipality} ${transfer.cash}`;
          const known = sums.get(key);
          if (known) known.amount += amount;
          else sums.set(key, { transfer, municipality, amount });
        };
        put(transfer.from, transfer.to, -sign * transfer.amount);
        put(transfer.to, transfer.from, sign * transfer.amount);
      }
    };
    add(runs.scenario.settlement.transfers, 1);
    add(runs.reference.settlement.transfers, -1);
    return [...sums.values()].flatMap(({ transfer, municipality, amount }) => {
      const account = model.accounts[transfer.account];
      const rate = factors[transfer.cash] ?? 0;
      if (amount === 0 || !account) return [];
      const rules = transferSlots(model, transfer);
      return [
        {
          value: rate * amount,
          account: transfer.account,
          kind: transfer.kind,
          index: NONE,
          municipality,
          segment: NONE,
          track: NONE,
          year: model.time.startYear + transfer.cash,
          side: "difference" as const,
          persons: null,
          rate,
          amount,
          unit: "once" as const,
          path: `accounts/${account.id}/${RULE_KEYS[transfer.kind]}`,
          amountParameters: parametersOfSlots(model, runs.scenario.run.scenario, municipality, rules),
          rateParameters: [],
        },
      ];
    });
  }
}

/** Where in the file the rule of a transfer stands. */
const RULE_KEYS: Readonly<Record<Transfer["kind"], string>> = {
  grant: "grant",
  feedback: "grantFeedback",
  repay: "surplus",
  backstop: "backstop",
  region: "envelope",
};

function transferSlots(model: Model, transfer: Transfer): readonly Slot[] {
  const account = model.accounts[transfer.account];
  if (!account) return [];
  const envelope = account.envelope.kind === "none" ? [] : account.envelope.amounts;
  const grant = account.grant ?? envelope;
  if (transfer.kind === "feedback") return account.grantFeedback.map(({ share }) => share);
  if (transfer.kind === "repay") return [...grant, account.carryOver, ...account.other];
  if (transfer.kind === "backstop") return [...grant, ...account.other, ...account.history];
  return grant;
}

type Level = ExplanationNode["level"];
const LEVELS: readonly Exclude<Level, "figure">[] = ["account", "item", "municipality", "track"];

function keyOf(leaf: ExplanationLeaf, level: Level): string {
  if (level === "account") return `${leaf.account}`;
  if (level === "item") return `${leaf.kind} ${leaf.index}`;
  return level === "municipality" ? `${leaf.municipality}` : `${leaf.segment} ${leaf.track}`;
}

function node(leaves: readonly ExplanationLeaf[], depth: number): ExplanationNode {
  const level: Level = depth === 0 ? "figure" : (LEVELS[depth - 1] ?? "track");
  const [first] = leaves;
  const deep = (wanted: number) => depth >= wanted && first;
  const below = LEVELS[depth];
  const groups = new Map<string, ExplanationLeaf[]>();
  if (below)
    for (const leaf of leaves) {
      const key = keyOf(leaf, below);
      const group = groups.get(key);
      if (group) group.push(leaf);
      else groups.set(key, [leaf]);
    }
  const children = [...groups.values()]
    .map((group) => node(group, depth + 1))
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const value = below
    ? children.reduce((sum, child) => sum + child.value, 0)
    : leaves.reduce((sum, leaf) => sum + leaf.value, 0);
  return {
    level,
    account: deep(1) ? (first?.account ?? NONE) : NONE,
    kind: deep(2) ? (first?.kind ?? null) : null,
    index: deep(2) ? (first?.index ?? NONE) : NONE,
    municipality: deep(3) ? (first?.municipality ?? null) : null,
    segment: deep(4) ? (first?.segment ?? NONE) : NONE,
    track: deep(4) ? (first?.track ?? NONE) : NONE,
    value,
    children,
    leaves: below ? [] : leaves,
  };
}

/** Keeps the leaves of the components that rise (costs) or of the rest (benefits), with the sign of the figure. */
function ofMeasure(leaves: readonly ExplanationLeaf[], measure: FigureMeasure): ExplanationLeaf[] {
  if (measure !== "costs" && measure !== "benefits") return [...leaves];
  const sums = new Map<string, { value: number; size: number }>();
  for (const { kind, index, value } of leaves) {
    const known = sums.get(`${kind} ${index}`) ?? { value: 0, size: 0 };
    sums.set(`${kind} ${index}`, { value: known.value + value, size: known.size + Math.abs(value) });
  }
  const rises = ({ kind, index }: ExplanationLeaf) => {
    const sum = sums.get(`${kind} ${index}`) ?? { value: 0, size: 0 };
    return kind !== "state" && sum.value < -1e-11 * sum.size;
  };
  return measure === "costs"
    ? leaves.filter(rises).map((leaf) => ({ ...leaf, value: -leaf.value }))
    : leaves.filter((leaf) => !rises(leaf));
}

/**
 * Takes a figure apart: by account, by what the money is for, by municipality, by segment and track, down to leaves of
 * persons × rate × amount. The leaves sum to the figure within rounding.
 *
 * @source model.md section 6: every figure is a sum over the result cube
 */
export function explainFigure(model: Model, runs: ExplainedRuns, figure: FigureName): ExplanationNode {
  const leaves = new Explainer(model, runs, figure).leaves();
  return node(ofMeasure(leaves, figure.measure), 0);
}

/** The figure itself, as the tables give it, EUR. */
export function figureValue(model: Model, runs: ExplainedRuns, figure: FigureName): number {
  const viewpoint = viewpointOf(model, figure);
  if (isAfterTransfers(figure))
    return appraiseAfterTransfers(model, runs.scenario, runs.reference, viewpoint).npv;
  const appraisal = appraise(model, runs.scenario.run, runs.reference.run, viewpoint);
  return figure.measure === "costs" || figure.measure === "benefits"
    ? appraisal[figure.measure]
    : appraisal.npv;
}

/** All leaves below a node. */
export function leavesOf(part: ExplanationNode): ExplanationLeaf[] {
  return part.children.length > 0 ? part.children.flatMap(leavesOf) : [...part.leaves];
}
