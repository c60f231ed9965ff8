/** Rooms, purses, pots and backstops: both kernels give the same bits, and what the rules of the run give. */
import { describe, expect, it } from "vitest";
import { uniforms } from "../../../../models/core/random.ts";
import { type PurseRules, settlePurse } from "../../../../models/funding/settlement/purse.ts";
import { help } from "../../../../models/funding/settlement/settlement.ts";
import { createTypeScriptKernel } from "../../../../models/index.ts";
import type { Backstop } from "../../../../models/model/model.ts";
import { Instruction } from "../../../../models/uncertainty/kernel/kernel.ts";
import { backstopNumbers, PURSE_STATE } from "../../../../models/uncertainty/kernel/purses.ts";
import { Sheet, type Steps } from "../../../../models/uncertainty/plan/sheet.ts";
import { createCompiledKernel } from "../kernels.ts";

/** Draws in a row, and how many of them are worked out. */
const [SIZE, LANES] = [12, 10];
const YEARS = 7;

/** A sheet whose rows can be filled and read by name. */
class Rows {
  readonly sheet = new Sheet(SIZE, YEARS, YEARS);
  private readonly filled: { readonly place: number; readonly values: readonly number[] }[] = [];

  /** Rows with one value per draw, one row after the other. */
  of(values: readonly number[]): number {
    const place = this.sheet.rows(values.length / SIZE);
    this.filled.push({ place, values });
    return place;
  }

  fill(numbers: Float64Array): void {
    for (const { place, values } of this.filled) numbers.set(values, place);
  }
}

/** What is left of rows after both kernels have followed the same instructions, which give the same. */
function followed(write: (rows: Rows, steps: Steps) => readonly [place: number, rows: number][]): number[][] {
  const results = [createTypeScriptKernel, createCompiledKernel].map((create) => {
    const rows = new Rows();
    const { sheet } = rows;
    const steps = sheet.steps();
    const asked = write(rows, steps);
    const kernel = sheet.open(create);
    rows.fill(kernel.numbers);
    sheet.run(steps, LANES);
    return {
      all: [...kernel.numbers],
      asked: asked.map(([place, count]) => [...kernel.numbers.subarray(place, place + count * SIZE)]),
    };
  });
  expect(results[1]?.all.length).toBe(results[0]?.all.length);
  for (const [place, value] of (results[0]?.all ?? []).entries())
    if (!Object.is(value, results[1]?.all[place]))
      expect([place, results[1]?.all[place]]).toEqual([place, value]);
  return results[0]?.asked ?? [];
}

/** So many rows of numbers out of a list, by chance. */
function mixed(seed: number, rows: number, values: readonly number[]): number[] {
  return [...uniforms(seed, "mixed", 0, rows * SIZE)].map(
    (chance) => values[Math.floor(chance * values.length)] as number,
  );
}

const row = (...values: number[]) => Array.from({ length: SIZE }, (_, lane) => values[lane] ?? 0);
const flat = (value: number) => row(...new Array<number>(SIZE).fill(value));

/** Amounts at which rules turn. */
const AWKWARD = [0, -0, 0.005, 0.0050001, -3, 1, 99.995, 100, 100.005, 100.00501, 1e6, 1e6 + 1, 1e6 + 1.001];

describe("a room", () => {
  it("lacks nothing up to half a cent or a millionth, and then all that is over its envelope", () => {
    const [part, carried] = followed((rows, steps) => {
      const { sheet } = rows;
      const envelope = rows.of(row(0, 0, 1e6, 1e6, 100, -5, 50));
      const need = rows.of(row(0.005, 0.0051, 1e6 + 1, 1e6 + 2, 400, 10, 0));
      const [into, carriedAt] = [sheet.rows(1), rows.of(flat(0))];
      steps.push(Instruction.limit, into, envelope, need, 1, rows.of(flat(0.25)), carriedAt);
      return [
        [into, 1],
        [carriedAt, 1],
      ];
    }) as [number[], number[]];
    expect(part.slice(0, 7)).toEqual([1, 0, 1, 1e6 / (1e6 + 2), 0.25, 0, 1]);
    expect(carried.slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 12.5]);
    expect(part.slice(LANES)).toEqual([0, 0]);
  });

  for (const seed of [1, 2, 3])
    it(`gives the bits of its twin, years after each other (${seed})`, () => {
      const [parts] = followed((rows, steps) => {
        const [envelope, need] = [
          rows.of(mixed(seed, YEARS, AWKWARD)),
          rows.of(mixed(seed + 10, YEARS, AWKWARD)),
        ];
        const [into, carried] = [rows.sheet.block(), rows.of(flat(0))];
        steps.push(Instruction.clear, carried, 0, 0, 1);
        steps.push(
          Instruction.limit,
          into,
          envelope,
          need,
          YEARS,
          rows.of(mixed(seed, 1, [0, 0.1, 1])),
          carried,
        );
        return [[into, YEARS]];
      }) as [number[]];
      expect(parts.filter((part) => part > 0 && part < 1).length).toBeGreaterThan(3);
      expect(parts.filter((part) => part === 1).length).toBeGreaterThan(10);
    });

  for (const seed of [1, 2, 3])
    it(`shares the savings of its holder with another (${seed})`, () => {
      const [first, second, taken, takenBy] = followed((rows, steps) => {
        const { sheet } = rows;
        const holder = rows.of(flat(0));
        const rooms = [0, 1].map((place) => ({
          envelope: rows.of(mixed(seed + place, YEARS, AWKWARD)),
          need: rows.of(mixed(seed + place + 10, YEARS, AWKWARD)),
          own: rows.of(mixed(seed + place + 20, YEARS, [0, 0.001, 40, 150, 1e7])),
          into: sheet.block(),
          carried: rows.of(flat(0)),
          taken: rows.of(flat(0)),
        }));
        const ofHolder = rows.of(mixed(seed + 30, YEARS, [0, 40, 200, 1e7]));
        const carryOver = rows.of(mixed(seed, 1, [0, 0.1, 1]));
        for (let year = 0; year < YEARS; year += 1)
          for (const { envelope, need, own, into, carried, taken } of rooms) {
            const at = (block: number) => sheet.row(block, year);
            steps.push(Instruction.limitSaving, at(into), at(envelope), at(need), 1, carryOver, carried);
            steps.places([at(own), at(ofHolder), taken, holder]);
          }
        return [
          [rooms[0]?.into ?? 0, YEARS],
          [rooms[1]?.into ?? 0, YEARS],
          [rooms[0]?.taken ?? 0, 1],
          [holder, 1],
        ];
      }) as [number[], number[], number[], number[]];
      expect([...first, ...second].filter((part) => part > 0 && part < 1).length).toBeGreaterThan(3);
      expect(taken.filter((amount) => amount > 0).length).toBeGreaterThan(3);
      for (const [lane, amount] of takenBy.entries()) expect(amount).toBeGreaterThanOrEqual(taken[lane] ?? 0);
    });

  it("leaves what it cannot pay, in the years in which it lacks anything", () => {
    const payments = mixed(3, 2, AWKWARD);
    const [rest, paid] = followed((rows, steps) => {
      const part = rows.of([...flat(1), ...row(0.5, 1, 0, 0.25, 1, 1, 1, 1, 0.1)]);
      const [restAt, paidAt] = [rows.of([...flat(7), ...flat(7)]), rows.of(payments)];
      steps.push(Instruction.leave, restAt, paidAt, part, 2);
      return [
        [restAt, 2],
        [paidAt, 2],
      ];
    }) as [number[], number[]];
    expect(rest.slice(0, SIZE)).toEqual(flat(7));
    expect(paid.slice(0, SIZE)).toEqual(payments.slice(0, SIZE));
    const amount = payments[SIZE] ?? 0;
    expect(rest[SIZE]).toBe(7 + amount * 0.5);
    expect(paid[SIZE]).toBe(amount * 0.5);
    expect(rest.slice(SIZE + LANES)).toEqual([7, 7]);
  });
});

const TIERS: Backstop["periods"][number]["tiers"] = [
  { above: 0.05, share: 0.5 },
  { above: 0.1, share: 0.75 },
  { above: 0.125, share: 1 },
];
const START = 2030;

const backstop = (parts: Partial<Backstop>): Backstop => ({
  party: 0,
  lag: 2,
  periods: [{ from: Number.NEGATIVE_INFINITY, tiers: TIERS }],
  cumulative: null,
  extended: null,
  ...parts,
});

const BACKSTOPS: Readonly<Record<string, Backstop | null>> = {
  none: null,
  tiers: backstop({}),
  "a cumulative test": backstop({ cumulative: { years: 3, above: 0.1 } }),
  "an extended entry": backstop({
    cumulative: { years: 2, above: 0.2 },
    extended: { years: 3, atLeast: 2, share: 0.1, lower: 0.025 },
  }),
  "an extended entry that is no lower": backstop({
    cumulative: { years: 2, above: 0.3 },
    extended: { years: 3, atLeast: 1, share: 0.1, lower: 0.05 },
  }),
  "tiers from the third year on, and fewer later": backstop({
    periods: [
      { from: START + 2, tiers: TIERS },
      { from: START + 5, tiers: TIERS.slice(0, 1) },
    ],
    extended: { years: 2, atLeast: 1, share: 0.05, lower: 0.01 },
  }),
};

/** Results and grants of the years, [year · draw]: deficits at the edges of tiers, and no grant. */
const RESULTS = [0, -0, 30, -3, -5, -10, -12, -12.5, -40, 2];
/** What the grant of the first year loses to feedback: of the years before, the grant is that before it. */
const FEEDBACK = 30;
const GRANTS = [100, 100, 100, 80, 0, -20];

describe("a purse", () => {
  for (const [name, rule] of Object.entries(BACKSTOPS))
    for (const repays of [true, false])
      for (const carriesDeficit of [true, false])
        it(`keeps what the run gives it: backstop ${name}, ${repays ? "repays" : "keeps"}, ${carriesDeficit ? "carries deficits" : "bears deficits"}`, () => {
          const history = [mixed(40, 1, RESULTS), mixed(41, 1, RESULTS)];
          const [results, grants] = [mixed(42, YEARS, RESULTS), mixed(43, YEARS, GRANTS)];
          const shares = mixed(44, 1, [0, 0.1, 1]);
          const [kept, repaid, awarded] = followed((rows, steps) => {
            const { sheet } = rows;
            const [result, grant, carryOver] = [rows.of(results), rows.of(grants), rows.of(shares)];
            const [keptAt, repaidAt, awardedAt] = [sheet.block(), sheet.block(), sheet.block()];
            const state = sheet.rows(PURSE_STATE);
            const before = history.map((values) => rows.of(values));
            const op = carriesDeficit ? Instruction.closeCarrying : Instruction.close;
            const close = (year: number, years: number, share: number) => {
              const at = (block: number) => sheet.row(block, year);
              steps.push(
                op,
                at(keptAt),
                at(result),
                at(grant),
                years,
                repays ? at(repaidAt) : sheet.nothing,
                share,
                state,
              );
            };
            close(0, YEARS - 1, carryOver);
            close(YEARS - 1, 1, sheet.nothing);
            if (rule) {
              const tiers = Array.from(
                { length: YEARS },
                (_, year) => rule.periods.findLast(({ from }) => from <= START + year)?.tiers ?? [],
              );
              const numbers = sheet.constant(backstopNumbers(rule, tiers));
              steps.push(Instruction.award, keptAt, result, grant, YEARS, numbers, awardedAt, before.length);
              const first = rows.of(grants.slice(0, SIZE).map((amount) => amount + FEEDBACK));
              steps.places([first, ...before]);
            }
            return [
              [keptAt, YEARS],
              [repaidAt, YEARS],
              [awardedAt, YEARS],
            ];
          }) as [number[], number[], number[]];
          for (let lane = 0; lane < LANES; lane += 1) {
            const column = (values: readonly number[]) =>
              Float64Array.from({ length: YEARS }, (_, year) => values[year * SIZE + lane] ?? 0);
            const [result, grant] = [column(results), column(grants)];
            const zero = new Float64Array(YEARS);
            const rules: PurseRules = {
              startYear: START,
              carryOver: shares[lane] ?? 0,
              repays,
              carriesDeficit,
              backstop: rule,
              feedback: [{ after: 0, share: 1 }],
            };
            const saved = Float64Array.of(FEEDBACK, ...zero.slice(1));
            const years = settlePurse(rules, {
              grant: grant.map((amount, year) => amount + (saved[year] ?? 0)),
              other: grant.map((amount, year) => amount - (result[year] ?? 0)),
              flows: zero,
              payments: zero,
              regime: zero,
              executor: zero,
              referenceFlows: saved,
              history: history.map((values) => values[lane] ?? 0),
            });
            for (let year = 0; year < YEARS; year += 1) {
              const at = year * SIZE + lane;
              const own = (result[year] ?? 0) - (years.repaid[year] ?? 0);
              expect(repaid[at]).toBeCloseTo(years.repaid[year] ?? 0, 12);
              expect(awarded[at]).toBeCloseTo(years.backstop[year] ?? 0, 12);
              expect(kept[at]).toBeCloseTo(own + (years.backstop[year] ?? 0), 12);
            }
          }
          expect(repaid.some((amount) => amount > 0)).toBe(repays);
          expect(awarded.some((amount) => amount > 0)).toBe(rule !== null);
        });
});

describe("a pot", () => {
  const PARTS = 3;
  const sums = (seed: number) => mixed(seed, 1, [0, 5, -7.25]);

  it("lets its parts help each other as the run does, and books that", () => {
    const results = [0, 1, 2].map((part) => mixed(50 + part, 1, AWKWARD));
    const payments = [0, 1, 2].map((part) => mixed(60 + part, 1, [0, 2, 1e5, 0.1]));
    const owed = [0, 1, 2].map((part) => mixed(70 + part, 1, [0, 0, 150]));
    const [party, ...rest] = followed((rows, steps) => {
      const { sheet } = rows;
      const parts = results.map((values, place) => ({
        result: rows.of(values),
        // Nothing carried in, a deficit carried in, nothing received yet.
        state: rows.of([...flat(0), ...(owed[place] ?? []), ...flat(9)]),
        available: sheet.rows(1),
        payments: rows.of(payments[place] ?? []),
        sum: rows.of(sums(80 + place)),
        kept: sheet.rows(1),
        repaid: sheet.rows(1),
      }));
      const partyAt = rows.of(sums(90));
      for (const { available, result, state } of parts)
        steps.push(Instruction.available, available, result, state, 1);
      const received = (state: number) => sheet.row(state, PURSE_STATE - 1);
      steps.push(Instruction.help, partyAt, PARTS, 0, 1);
      steps.places(
        parts.flatMap(({ available, payments, state, sum }) => [available, payments, received(state), sum]),
      );
      for (const { kept, repaid, result, state } of parts)
        steps.push(Instruction.close, kept, result, result, 1, repaid, sheet.nothing, state);
      return [
        [partyAt, 1],
        ...parts.map(({ state }): [number, number] => [received(state), 1]),
        ...parts.map(({ sum }): [number, number] => [sum, 1]),
        ...parts.map(({ repaid }): [number, number] => [repaid, 1]),
      ];
    }) as number[][];
    let helped = 0;
    for (let lane = 0; lane < LANES; lane += 1) {
      const at = (values: readonly (readonly number[])[]) => values.map((row) => row[lane] ?? 0);
      const amounts = at(results).map((result, place) => result - (at(owed)[place] ?? 0));
      const given = help(amounts, at(payments));
      expect(at(rest.slice(0, PARTS))).toEqual(given.map((amount) => amount + 0));
      for (const [place, amount] of given.entries())
        expect((rest[PARTS + place]?.[lane] ?? 0) - (sums(80 + place)[lane] ?? 0)).toBeCloseTo(-amount, 6);
      expect(at(rest.slice(2 * PARTS))).toEqual(
        given.map((amount, place) => Math.max(0, (amounts[place] ?? 0) + amount)),
      );
      expect(party?.[lane]).toBeCloseTo(sums(90)[lane] ?? 0, 6);
      if (given.some((amount) => amount !== 0)) helped += 1;
    }
    expect(helped).toBeGreaterThan(2);
    expect(helped).toBeLessThan(LANES);
  });
});

describe("a cost of the region", () => {
  it("falls to municipalities by their part of all, and to those without any not at all", () => {
    const [parts] = followed((rows, steps) => {
      const into = rows.sheet.rows(2);
      const amounts = rows.of([...row(60, -60, 60, -60, 0), ...row(1, 2, 3, 4, 5)]);
      const [own, all] = [row(1, 1, 0, 0, 2), row(3, 4, 5, 6, 7, 1, 1, 1, 1, 1)].map((values) =>
        rows.of(values),
      );
      steps.push(Instruction.allot, into, amounts, own as number, 2, all as number);
      return [[into, 2]];
    }) as [number[]];
    expect(parts.slice(0, 5)).toEqual([60 * (1 / 3), -15, 0, 0, 0]);
    expect(parts.slice(SIZE, SIZE + 5)).toEqual([1 / 3, 0.5, 0, 0, 5 * (2 / 7)]);
  });
});
