import {
  type Account,
  type Backstop,
  type RegionalCost as CompiledCost,
  type Scenario as CompiledScenario,
  type Effect,
  type Envelope,
  type InterventionCost,
  type Model,
  ModelError,
  type Named,
  type Parameter,
  type PriceIndex,
  parseUnit,
  type Slot,
  type Timing,
  type Unit,
} from "../models/index.ts";
import type * as File from "./caseFile.ts";
import { checkValues } from "./checks.ts";
import { KnownParts, type StructuralPart } from "./knownParts.ts";
import { nearest, Report } from "./report.ts";
import { SLOT_UNITS, SlotCompiler } from "./slots.ts";

const NO_UNIT: Unit = SLOT_UNITS.factor;

/** A list sorted by id, with the place of each item in the file. */
interface Sorted<T> {
  readonly items: readonly T[];
  readonly indexOf: ReadonlyMap<string, number>;
  readonly name: string;
  /** Place in the file of each sorted item. */
  readonly positions: readonly number[];
}

const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Compiles a file that matches the schema, checking everything that refers or adds up on the way. */
class CaseCompiler {
  private readonly known: KnownParts;
  private readonly slots: SlotCompiler;
  private readonly municipalities: Sorted<File.BusinessCase["municipalities"][number]>;
  private readonly parties: Sorted<File.BusinessCase["parties"][number]>;
  private readonly perspectives: Sorted<File.BusinessCase["perspectives"][number]>;
  private readonly executors: Sorted<NonNullable<File.BusinessCase["executors"]>[number]>;
  private readonly sources: Sorted<NonNullable<File.BusinessCase["sources"]>[number]>;
  private readonly indices: Sorted<NonNullable<File.BusinessCase["indices"]>[number]>;
  private readonly parameters: Sorted<File.Parameter>;
  private readonly accounts: Sorted<File.Account>;
  private readonly states: Sorted<File.BusinessCase["states"][number]>;
  private readonly outcomes: Sorted<NonNullable<File.BusinessCase["outcomes"]>[number]>;
  private readonly segments: Sorted<File.Segment>;
  private readonly interventions: Sorted<File.Intervention>;
  private readonly tracks: Sorted<File.BusinessCase["tracks"][number]>;
  private readonly scenarios: Sorted<File.Scenario>;
  private readonly units: readonly Unit[];

  constructor(
    private readonly file: File.BusinessCase,
    private readonly report: Report,
    known: KnownParts,
  ) {
    this.known = known.for(file);
    this.municipalities = this.sort("municipalities", file.municipalities);
    this.parties = this.sort("parties", file.parties);
    this.perspectives = this.sort("perspectives", file.perspectives);
    this.executors = this.sort("executors", file.executors ?? []);
    this.sources = this.sort("sources", file.sources ?? []);
    this.indices = this.sort("indices", file.indices ?? []);
    this.parameters = this.sort("parameters", file.parameters);
    this.accounts = this.sort("accounts", file.accounts);
    this.states = this.sort("states", file.states);
    this.outcomes = this.sort("outcomes", file.outcomes ?? []);
    this.segments = this.sort("segments", file.segments);
    this.interventions = this.sort("interventions", file.interventions);
    this.tracks = this.sort("tracks", file.tracks);
    this.scenarios = this.sort("scenarios", file.scenarios);
    this.units = this.parameters.items.map((parameter) => this.unitOf(parameter));
    const { indexOf } = this.parameters;
    this.slots = new SlotCompiler(
      report,
      (name) => {
        const index = indexOf.get(name);
        return index === undefined ? undefined : { index, unit: this.units[index] ?? NO_UNIT };
      },
      [...indexOf.keys()],
      this.known,
    );
  }

  private sort<T extends { readonly id: string }>(name: string, list: readonly T[]): Sorted<T> {
    const order = list
      .map((_, index) => index)
      .sort((a, b) => byCodeUnits(list[a]?.id ?? "", list[b]?.id ?? ""));
    const indexOf = new Map<string, number>();
    const items: T[] = [];
    const positions: number[] = [];
    for (const position of order) {
      const item = list[position];
      if (!item) continue;
      if (indexOf.has(item.id)) {
        this.report.fault("DUPLICATE_ID", `${name}/${position}/id`, item.id, "");
        continue;
      }
      indexOf.set(item.id, items.length);
      items.push(item);
      positions.push(position);
    }
    return { items, indexOf, name, positions };
  }

  private named<T extends { readonly id: string; readonly label: string }>(
    list: Sorted<T>,
    index: number,
  ): Named {
    const item = list.items[index];
    return { id: item?.id ?? "", label: item?.label ?? "", position: list.positions[index] ?? index };
  }

  /** Index of a referenced id; a fault and 0 when there is none. */
  private ref(list: Sorted<{ readonly id: string }>, id: string, path: string): number {
    const index = list.indexOf.get(id);
    if (index !== undefined) return index;
    const suggestion = nearest(id, list.indexOf.keys());
    this.report.fault("BROKEN_REFERENCE", path, id, list.name, suggestion ? { suggestion } : {});
    return 0;
  }

  private refs(list: Sorted<{ readonly id: string }>, ids: readonly string[], path: string): number[] {
    const found = ids.map((id, index) => this.ref(list, id, `${path}/${index}`));
    for (const [index, id] of ids.entries())
      if (ids.indexOf(id) !== index) this.report.fault("DUPLICATE_REFERENCE", `${path}/${index}`, id, "");
    return [...new Set(found)].sort((a, b) => a - b);
  }

  private unitOf(parameter: File.Parameter): Unit {
    const path = `parameters/${parameter.id}/unit`;
    try {
      return parameter.unit === undefined ? NO_UNIT : parseUnit(parameter.unit, path);
    } catch (error) {
      if (!(error instanceof ModelError)) throw error;
      this.report.fault(error.fault.code, path, error.fault.found, error.fault.expected);
      return NO_UNIT;
    }
  }

  compile(): Model {
    const { file } = this;
    const local = file.parties.filter((party) => party.local);
    if (local.length > 1)
      this.report.fault("MORE_LOCAL_PARTIES", "parties", local.map((party) => party.id).join(", "), 1);
    if (file.time.inflowYears > file.time.years)
      this.report.fault("INFLOW_BEYOND_HORIZON", "time/inflowYears", file.time.inflowYears, file.time.years);
    const parameters = this.parameters.items.map((item, index) =>
      this.known.parameters.get(item.id, this.contentOf(this.parameters, index), this.report, () =>
        this.parameter(index),
      ),
    );
    const model: Model = {
      title: file.meta.title,
      status: file.meta.status ?? "concept",
      priceLevel: file.meta.priceLevel,
      ...this.known.structural.get("case", "", this.report, () => this.structural()),
      sources: this.sources.items.map((item, index) => ({
        id: item.id,
        label: item.title,
        position: this.sources.positions[index] ?? index,
        publisher: item.publisher ?? null,
        year: item.year ?? null,
        url: item.url ?? null,
        note: item.note ?? null,
      })),
      parameters,
      parameterOrder: [],
      scenarios: this.scenarios.items.map((item, index) =>
        this.known.scenarios.get(item.id, this.contentOf(this.scenarios, index), this.report, () =>
          this.scenario(index),
        ),
      ),
      reference: this.reference(),
      optimismBias: file.optimismBias?.enabled ? file.optimismBias.correction : null,
    };
    return { ...model, parameterOrder: this.order(model) };
  }

  /** What an item of a list was made from: what the file says of it, and its place there. */
  private contentOf(list: Sorted<object>, index: number): string {
    return `${list.positions[index]} ${JSON.stringify(list.items[index])}`;
  }

  private structural(): StructuralPart {
    const { file } = this;
    return {
      time: {
        startYear: file.time.startYear,
        years: file.time.years,
        inflowYears: file.time.inflowYears,
        followUp: Math.min(file.time.followUp ?? file.time.years, file.time.years),
        cyclesPerYear: file.time.cyclesPerYear ?? 12,
        arrival: file.time.arrival ?? "spread",
        occupancy: file.time.occupancy ?? "mid",
      },
      discounting: {
        rate: this.slots.slot(file.discounting.rate, "factor", "discounting/rate"),
        timing: file.discounting.timing ?? "mid-year",
        alsoAt: (file.discounting.alsoAt ?? []).map((rate, index) =>
          this.slots.slot(rate, "factor", `discounting/alsoAt/${index}`),
        ),
      },
      indices: this.indices.items.map((_, index) => this.priceIndex(index)),
      municipalities: this.municipalities.items.map((item, index) => ({
        ...this.named(this.municipalities, index),
        inhabitants: item.inhabitants ?? null,
      })),
      parties: this.parties.items.map((item, index) => ({
        ...this.named(this.parties, index),
        local: item.local === true,
      })),
      localParty: this.parties.items.findIndex((party) => party.local === true),
      perspectives: this.perspectives.items.map((item, index) => ({
        ...this.named(this.perspectives, index),
        parties: this.refs(this.parties, item.parties, `perspectives/${item.id}/parties`),
      })),
      executors: this.executors.items.map((item, index) => ({
        ...this.named(this.executors, index),
        costs: this.costs(item.costs ?? [], `executors/${item.id}/costs`),
      })),
      accounts: this.accounts.items.map((_, index) => this.account(index)),
      states: this.states.items.map((item, index) => ({
        ...this.named(this.states, index),
        ladder: item.ladder ?? null,
        exit: item.exit === true,
        flows: (item.flows ?? []).map((flow, at) => ({
          account: this.ref(this.accounts, flow.account, `states/${item.id}/flows/${at}/account`),
          amount: this.slots.slot(flow.amount, "eurPerYear", `states/${item.id}/flows/${at}/amount`),
        })),
      })),
      outcomes: this.outcomes.items.map((item, index) => {
        const weights = new Float64Array(this.states.items.length);
        for (const [id, weight] of Object.entries(item.weights))
          weights[this.ref(this.states, id, `outcomes/${item.id}/weights/${id}`)] = weight;
        return { ...this.named(this.outcomes, index), weights };
      }),
      segments: this.segments.items.map((_, index) => this.segment(index)),
      interventions: this.interventions.items.map((_, index) => this.intervention(index)),
      tracks: this.tracks.items.map((_, index) => this.track(index)),
    };
  }

  /** The case's reference; when left out the first by id that keeps everyone on the reference track, else the first by id. */
  private reference(): number {
    if (this.file.reference !== undefined) return this.ref(this.scenarios, this.file.reference, "reference");
    return Math.max(
      0,
      this.scenarios.items.findIndex((scenario) => scenario.allocation?.mode === "reference"),
    );
  }

  private parameter(index: number): Parameter {
    const item = this.parameters.items[index];
    if (!item) throw new RangeError(`parameter ${index}`);
    const path = `parameters/${item.id}`;
    const unit = this.units[index] ?? NO_UNIT;
    const local: Parameter["local"][number][] = this.municipalities.items.map(() => null);
    for (const [id, value] of Object.entries(item.local ?? {})) {
      const at = this.ref(this.municipalities, id, `${path}/local/${id}`);
      const expression = typeof value === "object" ? value.value : value;
      local[at] = {
        value: this.slots.slot(expression, unit, `${path}/local/${id}`),
        reason: typeof value === "object" ? value.reason : null,
      };
    }
    this.distribution(item, path);
    const citation =
      item.source === undefined
        ? null
        : {
            source: this.ref(
              this.sources,
              typeof item.source === "string" ? item.source : item.source.id,
              `${path}/source`,
            ),
            locator: typeof item.source === "string" ? null : item.source.locator,
          };
    if (citation === null && item.kind !== "assumed" && typeof item.value === "number")
      this.report.warn("PARAMETER_WITHOUT_SOURCE", path, item.label, "");
    return {
      ...this.named(this.parameters, index),
      group: item.group ?? null,
      unit: item.unit ?? "",
      value: this.slots.slot(item.value, unit, `${path}/value`),
      formula: typeof item.value === "string" ? item.value : null,
      local,
      distribution: item.distribution ?? null,
      citation,
      kind: item.kind ?? null,
      evidence: item.evidence ?? null,
      note: item.note ?? null,
      priceLevel: item.priceLevel ?? null,
      priceFactor: this.priceFactor(item, unit, path),
    };
  }

  private distribution(item: File.Parameter, path: string): void {
    const { distribution } = item;
    if (!distribution) return;
    const at = `${path}/distribution`;
    if (distribution.kind === "beta" && "trials" in distribution) {
      if (distribution.successes >= distribution.trials)
        this.report.fault("DISTRIBUTION_INVALID", at, distribution.successes, `< ${distribution.trials}`);
      return;
    }
    if (!("low" in distribution)) return;
    const { low, high } = distribution;
    if (!(low < high)) this.report.fault("DISTRIBUTION_INVALID", `${at}/low`, low, `< ${high}`);
    if (distribution.kind === "lognormal" && low <= 0)
      this.report.fault("DISTRIBUTION_INVALID", `${at}/low`, low, "> 0");
  }

  /** index[case] / index[own] for money of another price level. */
  private priceFactor(item: File.Parameter, unit: Unit, path: string): Slot | null {
    const own = item.priceLevel;
    const target = this.file.meta.priceLevel;
    if (own === undefined || own === target || unit.dimension.money === 0) return null;
    if (item.index === undefined) {
      this.report.fault("PRICE_LEVEL_WITHOUT_INDEX", `${path}/priceLevel`, own, target);
      return null;
    }
    const index = this.indices.items[this.ref(this.indices, item.index, `${path}/index`)];
    const from = index && this.level(index, own, path);
    const to = index && this.level(index, target, path);
    if (!index || !from || !to) return null;
    const ratio = to.level / from.level;
    const years = to.beyond - from.beyond;
    if (years === 0) return this.slots.slot(ratio, "factor", `${path}/priceLevel`);
    return this.slots.slot(
      `${ratio} * (1 + (${index.growth})) ^ (${years})`,
      "factor",
      `indices/${index.id}/growth`,
    );
  }

  /** The level of an index in a year: the last stated one and how many years of growth beyond it. */
  private level(
    index: NonNullable<File.BusinessCase["indices"]>[number],
    year: number,
    path: string,
  ): { level: number; beyond: number } | null {
    const stated = index.levels[year];
    if (stated !== undefined) return { level: stated, beyond: 0 };
    const last = Math.max(...Object.keys(index.levels).map(Number));
    const level = index.levels[last];
    if (level !== undefined && year > last && index.growth !== undefined)
      return { level, beyond: year - last };
    this.report.fault(
      "INDEX_LEVEL_MISSING",
      `indices/${index.id}/levels`,
      year,
      Object.keys(index.levels).join(", "),
      {
        parameter: path,
      },
    );
    return null;
  }

  private priceIndex(index: number): PriceIndex {
    const item = this.indices.items[index];
    const years = Object.keys(item?.levels ?? {})
      .map(Number)
      .sort((a, b) => a - b);
    const source = item?.source;
    if (source !== undefined)
      this.ref(this.sources, typeof source === "string" ? source : source.id, `indices/${item?.id}/source`);
    return {
      ...this.named(this.indices, index),
      years,
      levels: years.map((year) => item?.levels[year] ?? 0),
      growth: this.slots.optional(item?.growth, "factor", `indices/${item?.id}/growth`),
    };
  }

  private costs(list: readonly File.RegionalCost[], path: string): CompiledCost[] {
    return list.map((cost, index) => {
      const at = `${path}/${index}`;
      const key = cost.key ?? "inhabitants";
      if (key === "inhabitants")
        for (const municipality of this.municipalities.items)
          if (municipality.inhabitants === undefined)
            this.report.fault(
              "INHABITANTS_MISSING",
              `municipalities/${municipality.id}`,
              null,
              "inhabitants",
              { at },
            );
      if (cost.oneOff === undefined && cost.perYear === undefined)
        this.report.fault("COST_WITHOUT_AMOUNT", at, null, "oneOff, perYear");
      return {
        account: this.ref(this.accounts, cost.account, `${at}/account`),
        oneOff: this.slots.optional(cost.oneOff, "eur", `${at}/oneOff`),
        perYear: this.slots.optional(cost.perYear, "eurPerYear", `${at}/perYear`),
        from: cost.from ?? null,
        to: cost.to ?? null,
        key: typeof key === "string" ? key : { shares: this.shares(key.shares, `${at}/key/shares`) },
        path: at,
      };
    });
  }

  private shares(shares: Record<string, number>, path: string): Float64Array {
    const weights = new Float64Array(this.municipalities.items.length);
    for (const [id, share] of Object.entries(shares))
      weights[this.ref(this.municipalities, id, `${path}/${id}`)] = share;
    const sum = weights.reduce((total, share) => total + share, 0);
    if (Math.abs(sum - 1) > 1e-9) this.report.fault("SHARES_SUM", path, sum, 1);
    return weights;
  }

  private account(index: number): Account {
    const item = this.accounts.items[index];
    if (!item) throw new RangeError(`account ${index}`);
    const path = `accounts/${item.id}`;
    const { slots } = this;
    const funds = this.refs(this.interventions, item.funds ?? [], `${path}/funds`);
    const earmark = item.earmark ? this.refs(this.interventions, item.earmark, `${path}/earmark`) : null;
    const outside = earmark ? (item.funds ?? []).filter((id) => !item.earmark?.includes(id)) : [];
    if (outside.length > 0)
      this.report.fault("FUNDS_OUTSIDE_EARMARK", `${path}/funds`, outside.join(", "), "earmark");
    if (item.surplus === "repay" && item.funder === undefined)
      this.report.fault("REPAY_WITHOUT_FUNDER", `${path}/funder`, null, "parties");
    if ((item.grantFeedback ?? []).length > 0 && item.funder === undefined)
      this.report.fault("FEEDBACK_WITHOUT_FUNDER", `${path}/grantFeedback`, null, "funder");
    this.indexLevels(item, path);
    return {
      ...this.named(this.accounts, index),
      holder: this.ref(this.parties, item.holder, `${path}/holder`),
      funder: item.funder === undefined ? null : this.ref(this.parties, item.funder, `${path}/funder`),
      law: item.law ?? null,
      taakveld: item.taakveld ?? null,
      payOrder: item.payOrder ?? 0,
      envelope: this.envelope(item, path),
      funds,
      earmark,
      hurdle: slots.optional(item.hurdle, "factor", `${path}/hurdle`),
      carryOver: slots.slot(item.carryOver ?? 0, "factor", `${path}/carryOver`),
      pooling: item.pooling ?? "free",
      grant: item.grant === undefined ? null : slots.many(item.grant, "eurPerYear", `${path}/grant`),
      other: item.other === undefined ? [] : slots.many(item.other, "eurPerYear", `${path}/other`),
      history: (item.history ?? []).map((value, at) =>
        slots.slot(value, "eurPerYear", `${path}/history/${at}`),
      ),
      surplus: item.surplus ?? "keep",
      repayLag: item.repayLag ?? 0,
      deficit: item.deficit ?? "holder",
      backstop: this.backstop(item, path),
      grantFeedback: (item.grantFeedback ?? []).map((feedback, at) => ({
        after: feedback.after,
        share: slots.slot(feedback.share, "factor", `${path}/grantFeedback/${at}/share`),
      })),
      index: item.index === undefined ? null : this.ref(this.indices, item.index, `${path}/index`),
      cashable: slots.slot(item.cashable ?? 1, "factor", `${path}/cashable`),
      cashableFrom: item.cashableFrom ?? null,
    };
  }

  /** The budget view needs the level of a purse's index at the case's price level and in every year of the horizon. */
  private indexLevels(item: File.Account, path: string): void {
    const index =
      item.index === undefined ? undefined : this.indices.items.find(({ id }) => id === item.index);
    if (!index) return;
    const { startYear, years } = this.file.time;
    this.level(index, this.file.meta.priceLevel, `${path}/index`);
    for (let year = startYear; year < startYear + years; year += 1) this.level(index, year, `${path}/index`);
  }

  private envelope(item: File.Account, path: string): Envelope {
    const { envelope } = item;
    if (envelope === undefined) return { kind: "none" };
    if (typeof envelope === "object" && "perEntrant" in envelope)
      return {
        kind: "perEntrant",
        amounts: this.slots.many(envelope.perEntrant, "eur", `${path}/envelope/perEntrant`),
        segments: envelope.segments
          ? this.refs(this.segments, envelope.segments, `${path}/envelope/segments`)
          : this.segments.items.map((_, index) => index),
      };
    return { kind: "perYear", amounts: this.slots.many(envelope, "eurPerYear", `${path}/envelope`) };
  }

  private backstop(item: File.Account, path: string): Backstop | null {
    const { backstop } = item;
    if (!backstop) return null;
    const periods = backstop.tiers.map((tier) =>
      "tiers" in tier ? tier : { from: Number.NEGATIVE_INFINITY, tiers: [tier] },
    );
    const plain = backstop.tiers.flatMap((tier) => ("tiers" in tier ? [] : [tier]));
    const ascending = (tiers: readonly { above: number; share: number }[]) =>
      [...tiers].sort((a, b) => a.above - b.above);
    return {
      party: this.ref(this.parties, backstop.party, `${path}/backstop/party`),
      lag: backstop.lag ?? 0,
      periods:
        plain.length > 0
          ? [{ from: Number.NEGATIVE_INFINITY, tiers: ascending(plain) }]
          : periods
              .map(({ from, tiers }) => ({ from, tiers: ascending(tiers) }))
              .sort((a, b) => a.from - b.from),
      cumulative: backstop.cumulative ?? null,
      extended: backstop.extended ?? null,
    };
  }

  private segment(index: number): Model["segments"][number] {
    const item = this.segments.items[index];
    if (!item) throw new RangeError(`segment ${index}`);
    const path = `segments/${item.id}`;
    const { slots } = this;
    const entry: (Slot | null)[] = this.states.items.map(() => null);
    for (const [id, share] of Object.entries(item.entry))
      entry[this.ref(this.states, id, `${path}/entry/${id}`)] = slots.slot(
        share,
        "factor",
        `${path}/entry/${id}`,
      );
    const inflow: Slot[][] = this.municipalities.items.map(() => []);
    for (const [id, value] of Object.entries(item.inflow)) {
      const at = `${path}/inflow/${id}`;
      const municipality = this.ref(this.municipalities, id, at);
      const list = slots.many(value, "persons", at);
      if (typeof value === "object" && list.length > this.file.time.inflowYears)
        this.report.warn("INFLOW_LIST_TOO_LONG", at, list.length, this.file.time.inflowYears);
      const [first] = list;
      inflow[municipality] =
        typeof value === "object" || !first
          ? list
          : Array.from({ length: this.file.time.inflowYears }, () => first);
    }
    const flowFactors: (Slot | null)[] = this.accounts.items.map(() => null);
    for (const [id, factor] of Object.entries(item.flowFactors ?? {}))
      flowFactors[this.ref(this.accounts, id, `${path}/flowFactors/${id}`)] = slots.slot(
        factor,
        "factor",
        `${path}/flowFactors/${id}`,
      );
    const referenceTrack = this.ref(this.tracks, item.referenceTrack, `${path}/referenceTrack`);
    const optional = (this.tracks.items[referenceTrack]?.interventions ?? []).filter(
      (id) => this.interventions.items[this.interventions.indexOf.get(id) ?? -1]?.statutory !== true,
    );
    if (optional.length > 0)
      this.report.fault(
        "REFERENCE_NOT_STATUTORY",
        `${path}/referenceTrack`,
        optional.join(", "),
        item.referenceTrack,
      );
    return {
      ...this.named(this.segments, index),
      entry,
      inflow,
      transitionKind: item.transitionKind ?? "rate",
      transitions: this.transitions(item, path),
      flowFactors,
      referenceTrack,
    };
  }

  private transitions(item: File.Segment, path: string): Model["segments"][number]["transitions"] {
    const unit = item.transitionKind === "probability" ? "factor" : "perYear";
    const seen = new Set<string>();
    const compiled = item.transitions.map((transition, index) => {
      const at = `${path}/transitions/${index}`;
      if (transition.from === transition.to) this.report.fault("TRANSITION_TO_SELF", at, transition.from, "");
      const move = `${transition.from} → ${transition.to}`;
      if (seen.has(move)) this.report.fault("DUPLICATE_TRANSITION", at, move, "");
      seen.add(move);
      const { rate } = transition;
      return {
        from: this.ref(this.states, transition.from, `${at}/from`),
        to: this.ref(this.states, transition.to, `${at}/to`),
        steps:
          typeof rate === "object"
            ? rate.map((step, place) => ({
                from: this.slots.slot(step.from, "months", `${at}/rate/${place}/from`),
                value: this.slots.slot(step.value, unit, `${at}/rate/${place}/value`),
              }))
            : [
                {
                  from: this.slots.slot(Number.MIN_SAFE_INTEGER, "months", at),
                  value: this.slots.slot(rate, unit, `${at}/rate`),
                },
              ],
        path: at,
      };
    });
    // In the order of states, so that sums do not depend on the order of the file.
    return compiled.sort((a, b) => a.from - b.from || a.to - b.to);
  }

  private intervention(index: number): Model["interventions"][number] {
    const item = this.interventions.items[index];
    if (!item) throw new RangeError(`intervention ${index}`);
    const path = `interventions/${item.id}`;
    return {
      ...this.named(this.interventions, index),
      statutory: item.statutory === true,
      evidence: item.evidence ?? null,
      executor:
        item.executor === undefined ? null : this.ref(this.executors, item.executor, `${path}/executor`),
      taakveld: item.taakveld ?? null,
      capacity: this.slots.optional(item.capacity, "persons", `${path}/capacity`),
      costs: (item.costs ?? []).map((cost, at) => this.interventionCost(cost, `${path}/costs/${at}`)),
      effects: (item.effects ?? []).map((effect, at) => this.effect(effect, `${path}/effects/${at}`)),
    };
  }

  private interventionCost(
    cost: NonNullable<File.Intervention["costs"]>[number],
    path: string,
  ): InterventionCost {
    const { slots } = this;
    const during = cost.while ? this.refs(this.states, cost.while, `${path}/while`) : null;
    if ("amount" in cost)
      return {
        kind: "once",
        at: slots.slot(cost.at ?? 0, "months", `${path}/at`),
        amount: slots.slot(cost.amount, "eur", `${path}/amount`),
        while: during,
        path,
      };
    return {
      kind: "monthly",
      from: slots.slot(cost.from ?? 0, "months", `${path}/from`),
      months: slots.slot(cost.months, "months", `${path}/months`),
      perMonth: slots.slot(cost.perMonth, "eurPerMonth", `${path}/perMonth`),
      while: during,
      path,
    };
  }

  private effect(effect: NonNullable<File.Intervention["effects"]>[number], path: string): Effect {
    const { slots } = this;
    const timing: Timing = {
      delay: slots.slot(effect.delay ?? 0, "months", `${path}/delay`),
      duration: slots.optional(effect.duration, "months", `${path}/duration`),
      halfLife: slots.optional(effect.halfLife, "months", `${path}/halfLife`),
      evidence: effect.evidence ?? null,
    };
    if ("hazardRatio" in effect)
      return {
        ...timing,
        kind: "hazard",
        hazardRatio: slots.slot(effect.hazardRatio, "factor", `${path}/hazardRatio`),
        from: effect.from ? this.refs(this.states, effect.from, `${path}/from`) : null,
        to: effect.to ? this.refs(this.states, effect.to, `${path}/to`) : null,
        path,
      };
    return {
      ...timing,
      kind: "factor",
      factor: slots.slot(effect.factor, "factor", `${path}/factor`),
      accounts: this.refs(this.accounts, effect.accounts, `${path}/accounts`),
      states: effect.states ? this.refs(this.states, effect.states, `${path}/states`) : null,
      path,
    };
  }

  private track(index: number): Model["tracks"][number] {
    const item = this.tracks.items[index];
    if (!item) throw new RangeError(`track ${index}`);
    const path = `tracks/${item.id}`;
    return {
      ...this.named(this.tracks, index),
      interventions: this.refs(this.interventions, item.interventions, `${path}/interventions`),
      segments: item.segments
        ? this.refs(this.segments, item.segments, `${path}/segments`)
        : this.segments.items.map((_, at) => at),
      synergy: this.slots.slot(item.synergy ?? 1, "factor", `${path}/synergy`),
      wait: this.slots.slot(item.wait ?? 0, "months", `${path}/wait`),
      clockShift: this.slots.slot(item.clockShift ?? 0, "months", `${path}/clockShift`),
      requiresJointDelivery: item.requires === "jointDelivery",
    };
  }

  private scenario(index: number): CompiledScenario {
    const item = this.scenarios.items[index];
    if (!item) throw new RangeError(`scenario ${index}`);
    const path = `scenarios/${item.id}`;
    const mode = item.allocation?.mode ?? "optimal";
    if (mode === "optimal" && item.objective === undefined)
      this.report.fault("OBJECTIVE_MISSING", `${path}/objective`, null, "perspectives");
    return {
      ...this.named(this.scenarios, index),
      description: item.description ?? null,
      pool: this.refs(this.accounts, item.pool ?? [], `${path}/pool`),
      scope: item.scope ?? "local",
      jointDelivery: item.jointDelivery === true,
      liftEarmarks: this.refs(this.accounts, item.liftEarmarks ?? [], `${path}/liftEarmarks`),
      reinvestSavings: item.reinvestSavings ?? "none",
      hurdle: this.slots.optional(item.hurdle, "factor", `${path}/hurdle`),
      allocation: this.allocation(item, path),
      objective:
        item.objective === undefined
          ? null
          : this.ref(this.perspectives, item.objective, `${path}/objective`),
      costs: this.costs(item.costs ?? [], `${path}/costs`),
      overrides: Object.entries(item.overrides ?? {})
        .map(([id, value]) => {
          const parameter = this.ref(this.parameters, id, `${path}/overrides/${id}`);
          const unit = this.units[parameter] ?? NO_UNIT;
          return { parameter, value: this.slots.slot(value, unit, `${path}/overrides/${id}`) };
        })
        .sort((a, b) => a.parameter - b.parameter),
    };
  }

  private allocation(item: File.Scenario, path: string): CompiledScenario["allocation"] {
    const { allocation } = item;
    if (allocation?.mode !== "fixed") return { mode: allocation?.mode ?? "optimal" };
    const shares: ((Slot | null)[] | null)[] = this.segments.items.map(() => null);
    for (const [segmentId, perTrack] of Object.entries(allocation.shares)) {
      const at = `${path}/allocation/shares/${segmentId}`;
      const row: (Slot | null)[] = this.tracks.items.map(() => null);
      for (const [trackId, share] of Object.entries(perTrack)) {
        const track = this.ref(this.tracks, trackId, `${at}/${trackId}`);
        const meant = this.tracks.items[track]?.segments;
        if (meant && !meant.includes(segmentId))
          this.report.fault("TRACK_NOT_FOR_SEGMENT", `${at}/${trackId}`, trackId, segmentId);
        row[track] = this.slots.slot(share, "factor", `${at}/${trackId}`);
      }
      shares[this.ref(this.segments, segmentId, at)] = row;
    }
    return { mode: "fixed", shares };
  }

  /** Parameters in an order in which each comes after those it uses; a circle is a fault that names it. */
  private order(model: Model): number[] {
    const uses = model.parameters.map((parameter, index) => {
      const slots = [
        parameter.value,
        ...parameter.local.flatMap((local) => (local ? [local.value] : [])),
        ...(parameter.priceFactor ? [parameter.priceFactor] : []),
        ...model.scenarios.flatMap(({ overrides }) =>
          overrides.flatMap((override) => (override.parameter === index ? [override.value] : [])),
        ),
      ];
      return [...new Set(slots.flatMap((slot) => slot.program.uses))];
    });
    const order: number[] = [];
    const mark = new Uint8Array(uses.length);
    for (const start of uses.keys()) {
      const stack: [index: number, next: number][] = [[start, 0]];
      if (mark[start] !== 0) continue;
      mark[start] = 1;
      while (stack.length > 0) {
        const top = stack[stack.length - 1];
        if (!top) break;
        const used = uses[top[0]]?.[top[1]];
        top[1] += 1;
        if (used === undefined) {
          mark[top[0]] = 2;
          order.push(top[0]);
          stack.pop();
        } else if (mark[used] === 1) {
          const circle = stack.slice(stack.findIndex(([index]) => index === used)).map(([index]) => index);
          const names = [...circle, used].map((index) => model.parameters[index]?.id ?? "");
          this.report.fault(
            "CIRCULAR_FORMULA",
            `parameters/${names[0]}/value`,
            names.slice(0, 12).join(" → "),
            "",
          );
        } else if (mark[used] === 0) {
          mark[used] = 1;
          stack.push([used, 0]);
        }
      }
    }
    return order;
  }
}

/**
 * Compiles a file that matches the schema into the engine's model, and checks all that refers and adds up.
 * Every fault is collected; the model is only right when there is none.
 *
 * @param known the parts of earlier compilations
 * @param values whether the values are checked too: sums, signs, ranges and bands
 */
export function compileWithReport(
  file: File.BusinessCase,
  known = new KnownParts(),
  values = true,
): { model: Model; report: Report } {
  const report = new Report();
  const model = new CaseCompiler(file, report, known).compile();
  if (values && report.faults.length === 0) checkValues(model, report);
  const { followUp, years, inflowYears } = model.time;
  if (followUp > years - inflowYears + 1)
    report.warn("COHORTS_CUT_OFF", "time/followUp", followUp, years - inflowYears + 1);
  return { model, report };
}
