import { followedCycles } from "../cohort/lags.ts";
import { discountFactors, netPresentValue } from "../core/discounting.ts";
import { settlingYears } from "../funding/settlement/settlement.ts";
import type { Side } from "../funding/settlement/transfers.ts";
import { isLocal } from "../funding/walls.ts";
import type { Draws } from "../model/environment.ts";
import type { Model, RegionalCost } from "../model/model.ts";
import { fall } from "../results/afterTransfers.ts";
import type { ComponentKind } from "../results/cube.ts";
import type { ScenarioRun } from "../results/scenarioRun.ts";
import {
  type AccountTotals,
  bearingSide,
  COMPONENT_KINDS,
  openTotals,
  payingSide,
} from "../results/totals.ts";
import { type Column, ColumnPlan } from "./columns.ts";
import { CourseRunner, columnReader, planCourse } from "./coursePlan.ts";
import { baseValues, drawnParameters } from "./draws.ts";
import { FundingPlan } from "./fundingPlan.ts";
import type { Kernel, KernelLayout } from "./kernel.ts";
import { LANES } from "./kernel.ts";
import { CostsRunner, FlowsRunner, type LaneOccupancy, Presence, planCosts, planFlows } from "./moneyPlan.ts";
import { PursesPlan } from "./pursePlan.ts";

/** Whose figure: before or after transfers, of a perspective, a party, a municipality, or of a purse. */
export type FigureKind =
  | "perspective"
  | "party"
  | "municipality"
  | "partyAfter"
  | "municipalityAfter"
  | "purse";

/** One figure that every draw gives. Indices are places in the model's sorted lists. */
export interface FigureKey {
  readonly scenario: number;
  readonly kind: FigureKind;
  /** Perspective, party, municipality or account. */
  readonly index: number;
  /** Of a purse: its municipality, null for a purse of the region. */
  readonly municipality: number | null;
  /** Place of its first yearly amount in the row of years; -1 when the years are not kept. */
  readonly years: number;
  /** How many years are kept. */
  readonly length: number;
}

/** The figures of a block of draws: [draw][figure], and the yearly amounts, [draw][place]. */
export interface Evaluated {
  readonly figures: Float64Array;
  readonly years: Float64Array;
  /** 1 for a draw in which a value is not what its slot asks for: its figures are no numbers. */
  readonly invalid: Uint8Array;
}

/** Draws that are worked out together. */
export const BLOCK = 64;

interface CourseNode {
  readonly runner: CourseRunner;
  readonly flows: FlowsRunner[];
  readonly costs: CostsRunner[];
}

/** Persons on one track, and the amounts that they bring about. */
interface PersonsNode {
  readonly key: string;
  /** As allocated. */
  readonly planned: Float64Array;
  /** Deterministic inflow per inflow year, and its columns. */
  readonly inflow: Float64Array;
  readonly columns: readonly Column[];
  readonly isReference: boolean;
  readonly drawn: Float64Array;
}

interface SpreadNode {
  readonly persons: PersonsNode;
  readonly runner: { readonly amounts: Float64Array };
  readonly width: number;
  /** EUR per year, [place][year]. */
  readonly amounts: Float64Array;
}

interface Row {
  readonly municipality: number;
  readonly segment: number;
  readonly persons: PersonsNode;
  readonly flows: FlowsRunner;
  readonly referenceFlows: FlowsRunner;
  readonly isReference: boolean;
  readonly flowsSpread: SpreadNode;
  readonly costs: CostsRunner;
  readonly costsSpread: SpreadNode;
  /** Where flows and costs are added to: totals per account, costs per work. */
  readonly stateSums: readonly Float64Array[];
  readonly costSums: readonly Float64Array[];
}

interface RegionalPlan {
  readonly cost: RegionalCost;
  readonly component: "regime" | "executor";
  readonly oneOff: Column | null;
  readonly perYear: Column | null;
}

interface Viewpoint {
  readonly key: FigureKey;
  readonly place: number;
  /** The totals that count. */
  readonly counted: readonly Float64Array[];
  /** Place among the sums after transfers; -1 before transfers. */
  readonly after: number;
}

interface ScenarioNode {
  readonly run: ScenarioRun;
  readonly rows: readonly Row[];
  readonly funding: FundingPlan;
  readonly purses: PursesPlan;
  readonly totals: AccountTotals;
  readonly envelopes: Float64Array[][];
  readonly rate: Column;
  /** [municipality][segment][inflow year]. */
  readonly inflow: readonly (readonly (readonly Column[])[])[];
  readonly entrants: readonly (readonly Float64Array[])[];
  readonly envelopeColumns: readonly (readonly (readonly Column[])[])[];
  readonly regional: readonly RegionalPlan[];
  readonly viewpoints: readonly Viewpoint[];
  readonly pursePlaces: readonly { readonly key: FigureKey; readonly place: number }[];
  /** Totals to begin from 0 in every draw. */
  readonly cleared: readonly Float64Array[];
  /** Usable savings of some accounts in the draw by lag, [row][lag]. */
  readonly savings: Map<readonly number[], Float64Array>;
  /** Costs per viewpoint and year of cash, in the draw. */
  readonly costs: Float64Array[];
  /** What transfers cost the sides, [party …, municipality …]. */
  readonly transferred: Float64Array[];
  factors: Float64Array;
  cashFactors: Float64Array;
  factorsOf: number;
}

function addAmounts(sum: Float64Array, amounts: Float64Array): void {
  for (let year = 0; year < amounts.length; year += 1)
    sum[year] = (sum[year] as number) + (amounts[year] as number);
}

/** Adds an amount per entrant in the years since entry. */
function addPerEntrant(
  room: Float64Array,
  entrants: Float64Array,
  columns: readonly Column[],
  draw: number,
): void {
  for (let year = 0; year < entrants.length; year += 1) {
    const persons = entrants[year] as number;
    for (let lag = 0; lag < columns.length && year + lag < room.length; lag += 1)
      room[year + lag] =
        (room[year + lag] as number) + persons * ((columns[lag] as Column).values[draw] as number);
  }
}

/** Adds rows of years, one after the other in `amounts`, each to its own sum. */
function addRows(sums: readonly Float64Array[], amounts: Float64Array): void {
  let from = 0;
  for (let place = 0; place < sums.length; place += 1) {
    const sum = sums[place] as Float64Array;
    for (let year = 0; year < sum.length; year += 1) {
      sum[year] = (sum[year] as number) + (amounts[from] as number);
      from += 1;
    }
  }
}

function fill2<T>(rows: number, columns: number, make: () => T): T[][] {
  return Array.from({ length: rows }, () => Array.from({ length: columns }, make));
}

/**
 * A case made ready to be worked out for many draws: what does not differ between scenarios, municipalities and tracks
 * is worked out once per draw. Gives the bits of the run itself when every parameter has its own value.
 *
 * @source model.md section 8; speed.md section 3
 */
export class CasePlan {
  readonly keys: readonly FigureKey[];
  /** Yearly amounts kept per draw. */
  readonly yearWidth: number;
  readonly columns: ColumnPlan;
  private readonly courses: CourseNode[] = [];
  private readonly spreads: SpreadNode[] = [];
  private readonly persons = new Map<string, PersonsNode>();
  private readonly presences: Presence[] = [];
  private readonly scenarios: readonly ScenarioNode[];
  private readonly reference: ScenarioNode;
  private readonly cash: number;
  private readonly kernel: Kernel;
  private readonly invalid = new Uint8Array(BLOCK + LANES);
  private readonly net: Float64Array;
  private readonly netYears: Float64Array;
  private readonly found: number[] = [];

  /**
   * @param runs the deterministic runs, the reference's among them: their allocation is kept
   * @param createKernel makes the kernel with so many bytes of memory
   * @param drawn indices of the parameters that the draws give; default all with a distribution
   */
  constructor(
    private readonly model: Model,
    runs: readonly ScenarioRun[],
    reference: number,
    createKernel: (bytes: number) => Kernel,
    private readonly drawn: readonly number[] = drawnParameters(model).map(({ index }) => index),
  ) {
    this.columns = new ColumnPlan(model, drawn, BLOCK);
    this.cash = model.time.years + settlingYears(model);
    this.net = new Float64Array(this.cash);
    this.netYears = new Float64Array(model.time.years);
    const memory = new CourseMemory(model);
    const builder = new PlanBuilder(model, this.columns, memory);
    const plans = runs.map((run) => builder.scenario(run));
    this.kernel = createKernel(memory.bytes);
    for (const { plan, layout, flows, costs } of builder.courses.values())
      this.courses.push({
        runner: new CourseRunner(model, plan, this.kernel, memory.place(layout)),
        flows: [...flows.values()],
        costs: [...costs.values()],
      });
    this.spreads = [...builder.spreads.values()];
    this.persons = builder.persons;
    this.presences = builder.presences;
    let yearWidth = 0;
    const keys: FigureKey[] = [];
    const open = (
      key: Omit<FigureKey, "years" | "length">,
      length: number,
    ): { key: FigureKey; place: number } => {
      const full = { ...key, years: length > 0 ? yearWidth : -1, length };
      yearWidth += length;
      keys.push(full);
      return { key: full, place: keys.length - 1 };
    };
    this.scenarios = plans.map((plan) => this.finish(plan, open));
    this.keys = keys;
    this.yearWidth = yearWidth;
    const found = this.scenarios.find(({ run }) => run.scenario === reference);
    if (!found) throw new RangeError(`no run of scenario ${reference}`);
    this.reference = found;
    this.settlePlan();
  }

  private finish(
    plan: ScenarioParts,
    open: (key: Omit<FigureKey, "years" | "length">, length: number) => { key: FigureKey; place: number },
  ): ScenarioNode {
    const { model, cash } = this;
    const scenario = plan.run.scenario;
    const viewpoints: Viewpoint[] = [];
    // Totals in which nothing can ever be are left out: adding 0 changes no figure.
    const possible: Record<ComponentKind, Set<number>> = {
      state: new Set(plan.rows.flatMap(({ flows }) => flows.plan.accounts)),
      intervention: new Set([model.accounts.length, ...plan.funding.accounts]),
      regime: new Set(),
      executor: new Set(),
    };
    for (const { component, cost } of plan.regional) possible[component].add(cost.account);
    const add = (
      kind: FigureKind,
      index: number,
      length: number,
      after: number,
      counts: (account: number, municipality: number, component: ComponentKind) => boolean,
    ) => {
      const counted: Float64Array[] = [];
      for (let account = 0; account <= model.accounts.length; account += 1)
        for (const [municipality] of model.municipalities.entries())
          for (const component of COMPONENT_KINDS)
            if (
              possible[component].has(account) &&
              (component !== "intervention" || plan.funding.canPay(account, municipality)) &&
              counts(account, municipality, component)
            )
              counted.push(plan.totals[component][account]?.[municipality] as Float64Array);
      viewpoints.push({ ...open({ scenario, kind, index, municipality: null }, length), counted, after });
    };
    const { years } = model.time;
    const local = (side: Side, municipality: number) =>
      side.party === model.localParty && side.municipality === municipality;
    for (const [index, { parties }] of model.perspectives.entries())
      add("perspective", index, years, -1, (...at) => parties.includes(bearingSide(model, ...at).party));
    for (const [index] of model.parties.entries())
      add("party", index, 0, -1, (...at) => bearingSide(model, ...at).party === index);
    for (const [index] of model.parties.entries())
      add("partyAfter", index, cash, index, (account, at) => payingSide(model, account, at).party === index);
    if (model.localParty >= 0)
      for (const [index] of model.municipalities.entries()) {
        add("municipality", index, 0, -1, (...at) => local(bearingSide(model, ...at), index));
        add("municipalityAfter", index, cash, model.parties.length + index, (account, at) =>
          local(payingSide(model, account, at), index),
        );
      }
    const pursePlaces = plan.purses.purses.flatMap((purses, index) =>
      purses.map(({ municipality, purse }) =>
        open({ scenario, kind: "purse", index, municipality }, purse.years.result.length),
      ),
    );
    return {
      ...plan,
      viewpoints,
      pursePlaces,
      cleared: (["state", "regime", "executor"] as const).flatMap((kind) =>
        [...possible[kind]].flatMap((account) => plan.totals[kind][account] ?? []),
      ),
      savings: new Map(),
      costs: viewpoints.map(({ after }) => new Float64Array(after < 0 ? years : cash)),
      transferred: Array.from(
        { length: model.parties.length + model.municipalities.length },
        () => new Float64Array(cash),
      ),
      factors: new Float64Array(years),
      cashFactors: new Float64Array(cash),
      factorsOf: Number.NaN,
    };
  }

  /** Works out the plan's own costs at the deterministic values: what drawn costs are a proportion of. */
  private settlePlan(): void {
    const { model } = this;
    const columns: (Float64Array | undefined)[] = model.parameters.map(() => undefined);
    for (const [index, value] of baseValues(model, this.drawn))
      columns[index] = new Float64Array(BLOCK).fill(value);
    const invalid = new Uint8Array(BLOCK + LANES);
    this.columns.fill({ count: BLOCK, columns }, invalid);
    for (const persons of this.persons.values())
      for (const [year, column] of persons.columns.entries()) persons.inflow[year] = column.values[0] ?? 0;
    this.runCourses([0, 0], invalid);
    this.spread(0, 0);
    for (const scenario of this.scenarios) {
      this.addCosts(scenario);
      scenario.funding.settlePlan();
    }
  }

  /** Works out a block of at most BLOCK draws. */
  evaluate(draws: Draws): Evaluated {
    const { keys, yearWidth, invalid } = this;
    const { count } = draws;
    const figures = new Float64Array(count * keys.length);
    const years = new Float64Array(count * yearWidth);
    invalid.fill(0);
    this.columns.fill(draws, invalid);
    for (let draw = 0; draw < count; draw += LANES) {
      const second = Math.min(draw + 1, count - 1);
      this.runCourses([draw, second], invalid);
      for (let lane = 0; lane < LANES && draw + lane < count; lane += 1) {
        const at = draw + lane;
        this.draw(at, lane, figures.subarray(at * keys.length), years.subarray(at * yearWidth));
      }
    }
    for (let draw = 0; draw < count; draw += 1) {
      const row = figures.subarray(draw * keys.length, (draw + 1) * keys.length);
      if (invalid[draw] === 0 && !row.every(Number.isFinite)) invalid[draw] = 1;
      if (invalid[draw] === 1) {
        row.fill(Number.NaN);
        years.fill(Number.NaN, draw * yearWidth, (draw + 1) * yearWidth);
      }
    }
    return { figures, years, invalid: invalid.slice(0, count) };
  }

  private runCourses(draws: readonly [number, number], invalid: Uint8Array): void {
    const { kernel, model } = this;
    for (const { runner, flows, costs } of this.courses) {
      runner.run(draws, invalid, model.time.years);
      for (let lane = 0; lane < LANES; lane += 1) {
        const draw = draws[lane] as number;
        const occupancy: LaneOccupancy = {
          numbers: kernel.numbers,
          start: runner.layout.occupancy + lane,
          states: model.states.length,
        };
        for (const presence of this.presences) presence.restart();
        const renewed = runner.renewed[lane] === true;
        for (const money of flows) money.run(draw, lane, renewed, runner.personYears, occupancy);
        for (const money of costs) money.run(draw, lane, renewed, this.presences, occupancy);
      }
    }
  }

  /** Persons of the draw on every track, and what they bring about per year. */
  private spread(draw: number, lane: number): void {
    const { years } = this.model.time;
    for (const { planned, inflow, columns, isReference, drawn } of this.persons.values())
      for (let year = 0; year < drawn.length; year += 1) {
        const now = columns[year]?.values[draw] ?? 0;
        const before = inflow[year] as number;
        drawn[year] = before > 0 ? (planned[year] as number) * (now / before) : isReference ? now : 0;
      }
    for (let index = 0; index < this.spreads.length; index += 1) {
      const { persons, runner, width, amounts } = this.spreads[index] as SpreadNode;
      amounts.fill(0);
      const { drawn } = persons;
      for (let entry = 0; entry < drawn.length; entry += 1) {
        const count = drawn[entry] as number;
        if (count === 0) continue;
        const source = runner.amounts;
        for (let place = 0; place < width; place += 1) {
          const from = (lane * width + place) * years - entry;
          const into = place * years;
          for (let year = entry; year < years; year += 1)
            amounts[into + year] = (amounts[into + year] as number) + count * (source[from + year] as number);
        }
      }
    }
  }

  private addCosts({ rows, funding }: ScenarioNode): void {
    funding.restart();
    for (let row = 0; row < rows.length; row += 1) {
      const { costsSpread, costSums } = rows[row] as Row;
      addRows(costSums, costsSpread.amounts);
    }
  }

  private draw(draw: number, lane: number, figures: Float64Array, years: Float64Array): void {
    this.spread(draw, lane);
    for (const scenario of this.scenarios) this.total(scenario, draw, lane);
    for (const scenario of this.scenarios) this.transfer(scenario, draw);
    for (const scenario of this.scenarios) this.read(scenario, figures, years);
  }

  /** Totals per account of one scenario in one draw. */
  private total(node: ScenarioNode, draw: number, lane: number): void {
    const { model } = this;
    const { years } = model.time;
    const { rows, funding } = node;
    // Those of interventions are the payments themselves, which are cleared there.
    for (const amounts of node.cleared) amounts.fill(0);
    node.savings.clear();
    for (let municipality = 0; municipality < node.inflow.length; municipality += 1) {
      const segments = node.inflow[municipality] as (typeof node.inflow)[number];
      for (let segment = 0; segment < segments.length; segment += 1) {
        const columns = segments[segment] as readonly Column[];
        const persons = node.entrants[municipality]?.[segment] as Float64Array;
        for (let year = 0; year < columns.length; year += 1)
          persons[year] = (columns[year] as Column).values[draw] as number;
      }
    }
    this.fillEnvelopes(node, draw);
    for (let row = 0; row < rows.length; row += 1) {
      const { flowsSpread, stateSums } = rows[row] as Row;
      addRows(stateSums, flowsSpread.amounts);
    }
    this.addCosts(node);
    funding.pay(draw, node.envelopes, (accounts, served, until) =>
      this.usable(node, lane, accounts, served, until),
    );
    for (const plan of node.regional) this.addRegional(node, plan, draw);
    const rate = node.rate.values[draw] as number;
    if (rate !== node.factorsOf) {
      node.factors = discountFactors(rate, years, model.discounting.timing);
      node.cashFactors = discountFactors(rate, this.cash, model.discounting.timing);
      node.factorsOf = rate;
    }
  }

  private fillEnvelopes(node: ScenarioNode, draw: number): void {
    const { model } = this;
    const { years } = model.time;
    for (const [index, account] of model.accounts.entries()) {
      const { envelope } = account;
      if (envelope.kind === "none") continue;
      const local = isLocal(model, account);
      for (const [municipality] of model.municipalities.entries()) {
        if (!local && municipality > 0) continue;
        const room = node.envelopes[index]?.[municipality] as Float64Array;
        const columns = node.envelopeColumns[index]?.[municipality] ?? [];
        if (envelope.kind === "perYear") {
          for (let year = 0; year < years; year += 1)
            room[year] = columns[Math.min(year, columns.length - 1)]?.values[draw] ?? 0;
          continue;
        }
        room.fill(0);
        const served = local ? [municipality] : model.municipalities.map((_, at) => at);
        for (const from of served)
          for (const segment of envelope.segments)
            addPerEntrant(room, node.entrants[from]?.[segment] as Float64Array, columns, draw);
      }
    }
  }

  private addRegional({ totals, entrants }: ScenarioNode, plan: RegionalPlan, draw: number): void {
    const { model } = this;
    const { startYear, years } = model.time;
    const { cost } = plan;
    const weights = model.municipalities.map(({ inhabitants }, municipality) => {
      if (cost.key === "inhabitants") return inhabitants ?? 0;
      if (cost.key === "entrants")
        return (entrants[municipality] ?? []).reduce(
          (sum, persons) => sum + persons.reduce((total, count) => total + count, 0),
          0,
        );
      return cost.key.shares[municipality] ?? 0;
    });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const first = (cost.from ?? startYear) - startYear;
    const last = (cost.to ?? startYear + years - 1) - startYear;
    const oneOff = plan.oneOff?.values[draw] ?? 0;
    const perYear = plan.perYear?.values[draw] ?? 0;
    for (const [municipality, weight] of weights.entries()) {
      const share = weight / total;
      if (share === 0) continue;
      const sum = totals[plan.component][cost.account]?.[municipality] as Float64Array;
      for (let year = 0; year < years; year += 1) {
        let amount = 0;
        if (year === first) amount += oneOff;
        if (year >= first && year <= last) amount += perYear;
        sum[year] = (sum[year] as number) + amount * share;
      }
    }
  }

  /** Savings against the reference track that have been realised by the end of a year; a loss made first is paid back first. */
  private usable(
    node: ScenarioNode,
    lane: number,
    accounts: readonly number[],
    served: readonly number[],
    until: number,
  ): number {
    const { years } = this.model.time;
    const { rows } = node;
    const savings = node.savings.get(accounts) ?? this.savings(rows, lane, accounts);
    node.savings.set(accounts, savings);
    let usable = 0;
    for (let row = 0; row < rows.length; row += 1) {
      const { isReference, municipality, persons } = rows[row] as Row;
      if (isReference || !served.includes(municipality)) continue;
      const { drawn } = persons;
      // Nobody comes in after the last year of inflow.
      for (let lag = Math.max(0, until - drawn.length + 1); lag <= until; lag += 1)
        usable += (drawn[until - lag] as number) * (savings[row * years + lag] as number);
    }
    return usable;
  }

  /** Savings of one entrant of each row by the end of each year since entry, cumulated, 0 where a loss. */
  private savings(rows: readonly Row[], lane: number, accounts: readonly number[]): Float64Array {
    const { years } = this.model.time;
    const savings = new Float64Array(rows.length * years);
    for (const [row, { isReference, flows, referenceFlows }] of rows.entries()) {
      if (isReference) continue;
      const [amounts, before] = [flows.amounts, referenceFlows.amounts];
      const places = this.places(accounts, flows, referenceFlows, lane);
      let saved = 0;
      for (let lag = 0; lag < years; lag += 1) {
        for (let at = 0; at < places.length; at += 2) {
          const [then, now] = [places[at] as number, places[at + 1] as number];
          if (then >= 0) saved += before[then + lag] as number;
          if (now >= 0) saved -= amounts[now + lag] as number;
        }
        savings[row * years + lag] = Math.max(0, saved);
      }
    }
    return savings;
  }

  /** Where the flows of each account begin: on the reference track and on the own one; -1 where there are none. */
  private places(
    accounts: readonly number[],
    flows: FlowsRunner,
    referenceFlows: FlowsRunner,
    lane: number,
  ): readonly number[] {
    const { years } = this.model.time;
    const place = ({ plan }: FlowsRunner, account: number) => {
      const at = plan.accounts.indexOf(account);
      return at < 0 ? -1 : (lane * plan.accounts.length + at) * years;
    };
    const { found } = this;
    found.length = 0;
    for (const account of accounts) {
      const [then, now] = [place(referenceFlows, account), place(flows, account)];
      if (then >= 0 || now >= 0) found.push(then, now);
    }
    return found;
  }

  /** Settles the purses and sums what every viewpoint bears. */
  private transfer(node: ScenarioNode, draw: number): void {
    const { model, reference } = this;
    const { transferred } = node;
    const parties = model.parties.length;
    for (const sums of transferred) sums.fill(0);
    const add = (party: number, municipality: number | null, cash: number, amount: number) => {
      const own = transferred[party] as Float64Array;
      own[cash] = (own[cash] as number) + amount;
      if (party !== model.localParty || municipality === null) return;
      const local = transferred[parties + municipality] as Float64Array;
      local[cash] = (local[cash] as number) + amount;
    };
    node.purses.settle(draw, node.totals, node.envelopes, reference.totals, ({ cash }, from, to, amount) => {
      add(from.party, from.municipality, cash, amount);
      add(to.party, to.municipality, cash, -amount);
    });
    for (let index = 0; index < node.viewpoints.length; index += 1) {
      const { after, counted } = node.viewpoints[index] as Viewpoint;
      const costs = node.costs[index] as Float64Array;
      if (after < 0) costs.fill(0);
      else costs.set(transferred[after] as Float64Array);
      for (let at = 0; at < counted.length; at += 1) addAmounts(costs, counted[at] as Float64Array);
    }
  }

  private read(node: ScenarioNode, figures: Float64Array, years: Float64Array): void {
    for (let index = 0; index < node.viewpoints.length; index += 1) {
      const { key, place, after } = node.viewpoints[index] as Viewpoint;
      const costs = node.costs[index] as Float64Array;
      const net = fall(
        this.reference.costs[index] as Float64Array,
        costs,
        after < 0 ? this.netYears : this.net,
      );
      figures[place] = netPresentValue(net, after < 0 ? node.factors : node.cashFactors);
      if (key.years >= 0) years.set(net, key.years);
    }
    let at = 0;
    for (const purses of node.purses.purses)
      for (const { purse } of purses) {
        const { result, repaid, backstop } = purse.years;
        const { key, place } = node.pursePlaces[at] as (typeof node.pursePlaces)[number];
        let value = 0;
        for (let year = 0; year < result.length; year += 1) {
          const kept = (result[year] as number) - (repaid[year] as number) + (backstop[year] as number);
          value += (node.factors[year] as number) * kept;
          years[key.years + year] = kept;
        }
        figures[place] = value;
        at += 1;
      }
  }
}

type ScenarioParts = Omit<
  ScenarioNode,
  | "viewpoints"
  | "pursePlaces"
  | "cleared"
  | "savings"
  | "costs"
  | "transferred"
  | "factors"
  | "cashFactors"
  | "factorsOf"
>;

/**
 * Hands out the kernel's memory: one working space for all courses, and to each its own moves and occupancy, so that new
 * prices need no new course.
 */
class CourseMemory {
  private readonly shared: Omit<KernelLayout, "from" | "starts" | "occupancy">;
  private readonly occupancies: number;
  private courses = 0;
  private indices = 0;

  constructor(model: Model) {
    const { time, states, segments } = model;
    const moves = Math.max(1, ...segments.map(({ transitions }) => transitions.length));
    const cycles = followedCycles(time);
    const years = Math.min(time.followUp, time.years);
    let at = 0;
    const take = (length: number) => {
      const place = at;
      // Pairs of lanes are loaded as one vector: places are even.
      at += length * LANES;
      return place;
    };
    this.shared = {
      states: states.length,
      cycles,
      perYear: time.cyclesPerYear,
      years,
      occupancyMode: { mid: 0, start: 1, end: 2 }[time.occupancy],
      spread: time.arrival === "spread" ? 1 : 0,
      state: take(states.length),
      next: take(states.length),
      stay: take(states.length),
      chances: take(moves),
      lags: take(years * states.length),
    };
    this.occupancies = at;
  }

  /** The layout of one more course; places of indices are known once all are (see `place`). */
  layout(moves: number): KernelLayout {
    const { states, cycles } = this.shared;
    const from = this.indices;
    const starts = from + moves;
    this.indices = starts + states + 1;
    const occupancy = this.occupancies + this.courses * cycles * states * LANES;
    this.courses += 1;
    return { ...this.shared, occupancy, from, starts };
  }

  /** The final layout: indices come after all numbers. */
  place(layout: KernelLayout): KernelLayout {
    const { states, cycles } = this.shared;
    const numbers = this.occupancies + this.courses * cycles * states * LANES;
    return { ...layout, from: numbers * 2 + layout.from, starts: numbers * 2 + layout.starts };
  }

  get bytes(): number {
    const { states, cycles } = this.shared;
    const numbers = this.occupancies + this.courses * cycles * states * LANES;
    return Math.ceil((numbers * 2 + this.indices) / 4) * 16;
  }
}

interface PlannedCourse {
  readonly plan: ReturnType<typeof planCourse>;
  readonly layout: KernelLayout;
  readonly flows: Map<string, FlowsRunner>;
  readonly costs: Map<string, CostsRunner>;
}

/** Finds what scenarios, municipalities and tracks have in common. */
class PlanBuilder {
  readonly courses = new Map<string, PlannedCourse>();
  readonly spreads = new Map<string, SpreadNode>();
  readonly persons = new Map<string, PersonsNode>();
  readonly presences: Presence[] = [];
  private readonly sets = new Map<string, number>();
  private readonly names = new Map<object, number>();

  constructor(
    private readonly model: Model,
    private readonly columns: ColumnPlan,
    private readonly memory: CourseMemory,
  ) {}

  private name(item: object): number {
    const known = this.names.get(item) ?? this.names.size;
    this.names.set(item, known);
    return known;
  }

  private presentSet(states: readonly number[]): number {
    const key = states.join();
    const known = this.sets.get(key);
    if (known !== undefined) return known;
    const set = this.presences.push(new Presence(states, followedCycles(this.model.time))) - 1;
    this.sets.set(key, set);
    return set;
  }

  private money(
    scenario: number,
    municipality: number,
    segment: number,
    track: number,
  ): { flows: FlowsRunner; costs: CostsRunner } {
    const { model, columns } = this;
    const [segmentData, trackData] = [model.segments[segment], model.tracks[track]];
    if (!segmentData || !trackData) throw new RangeError(`no stratum ${segment}/${track}`);
    const read = columnReader(columns, municipality, scenario);
    const plan = planCourse(model, read, segmentData, trackData);
    const course = this.courses.get(plan.key) ?? {
      plan,
      layout: this.memory.layout(plan.moves.length),
      flows: new Map(),
      costs: new Map(),
    };
    this.courses.set(plan.key, course);
    const flowsPlan = planFlows(model, read, segmentData, trackData);
    const flows = course.flows.get(flowsPlan.key) ?? new FlowsRunner(model, flowsPlan);
    course.flows.set(flowsPlan.key, flows);
    const costsPlan = planCosts(model, read, trackData, (states) => this.presentSet(states));
    const costs = course.costs.get(costsPlan.key) ?? new CostsRunner(model, costsPlan);
    course.costs.set(costsPlan.key, costs);
    return { flows, costs };
  }

  private personsNode(planned: Float64Array, columns: readonly Column[], isReference: boolean): PersonsNode {
    const key = `${isReference} ${columns.map(({ id }) => id).join(",")} ${planned.join(",")}`;
    const known = this.persons.get(key) ?? {
      key,
      planned,
      inflow: new Float64Array(planned.length),
      columns,
      isReference,
      drawn: new Float64Array(planned.length),
    };
    this.persons.set(key, known);
    return known;
  }

  private spread(persons: PersonsNode, runner: SpreadNode["runner"], width: number): SpreadNode {
    const key = `${this.name(runner)} ${this.name(persons)}`;
    const known = this.spreads.get(key) ?? {
      persons,
      runner,
      width,
      amounts: new Float64Array(width * this.model.time.years),
    };
    this.spreads.set(key, known);
    return known;
  }

  scenario(run: ScenarioRun): ScenarioParts {
    const { model, columns } = this;
    const { scenario } = run;
    const funding = new FundingPlan(model, run, columns);
    const inflow = model.municipalities.map((_, municipality) =>
      model.segments.map((segment) =>
        (segment.inflow[municipality] ?? [])
          .slice(0, model.time.inflowYears)
          .map((slot) => columns.slot(slot, municipality, scenario, "notNegative")),
      ),
    );
    // The reference track also takes whoever comes in a year in which nobody was expected.
    const used = run.tracks.filter(
      ({ segment, track, persons }) =>
        persons.some((count) => count !== 0) || track === model.segments[segment]?.referenceTrack,
    );
    const totals = { ...openTotals(model), intervention: funding.paid };
    const rows = used.map(({ municipality, segment, track, persons }): Row => {
      const reference = model.segments[segment]?.referenceTrack ?? -1;
      const isReference = track === reference;
      const { flows, costs } = this.money(scenario, municipality, segment, track);
      const node = this.personsNode(persons, inflow[municipality]?.[segment] ?? [], isReference);
      return {
        municipality,
        segment,
        persons: node,
        flows,
        isReference,
        referenceFlows:
          isReference || !funding.reinvests
            ? flows
            : this.money(scenario, municipality, segment, reference).flows,
        flowsSpread: this.spread(node, flows, flows.plan.accounts.length),
        costs,
        costsSpread: this.spread(node, costs, costs.plan.interventions.length),
        stateSums: flows.plan.accounts.map(
          (account) => totals.state[account]?.[municipality] as Float64Array,
        ),
        costSums: costs.plan.interventions.map((work) => funding.cost(municipality, work.index)),
      };
    });
    const data = model.scenarios[scenario];
    const regional = (costs: readonly RegionalCost[], component: "regime" | "executor") =>
      costs.map((cost) => ({
        cost,
        component,
        oneOff: cost.oneOff && columns.slot(cost.oneOff, null, scenario),
        perYear: cost.perYear && columns.slot(cost.perYear, null, scenario),
      }));
    return {
      run,
      rows,
      funding,
      purses: new PursesPlan(model, columns, scenario),
      totals,
      envelopes: fill2(
        model.accounts.length,
        model.municipalities.length,
        () => new Float64Array(model.time.years),
      ),
      rate: columns.slot(model.discounting.rate, null, scenario),
      inflow,
      entrants: model.municipalities.map(() =>
        model.segments.map(() => new Float64Array(model.time.inflowYears)),
      ),
      envelopeColumns: model.accounts.map((account) =>
        model.municipalities.map((_, municipality) =>
          account.envelope.kind === "none"
            ? []
            : account.envelope.amounts.map((slot) =>
                columns.slot(slot, isLocal(model, account) ? municipality : null, scenario),
              ),
        ),
      ),
      regional: [
        ...regional(data?.costs ?? [], "regime"),
        ...model.executors.flatMap(({ costs }) => regional(costs, "executor")),
      ],
    };
  }
}
