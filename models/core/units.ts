import { ModelError } from "./errors.ts";

/**
 * Powers of the three dimensions. Persons and shares have none; an hour of work is no part of a month.
 */
export interface Dimension {
  readonly money: number;
  readonly time: number;
  readonly work: number;
}

/** A unit: its dimension and its size in euros, months and working hours. */
export interface Unit {
  readonly dimension: Dimension;
  readonly size: number;
}

export const DIMENSIONLESS: Dimension = { money: 0, time: 0, work: 0 };

const MONEY: Dimension = { money: 1, time: 0, work: 0 };
const TIME: Dimension = { money: 0, time: 1, work: 0 };
const WORK: Dimension = { money: 0, time: 0, work: 1 };

/** The base of time is the month, so that whole months and years stay exact; 1 week = 7/365.25 year. */
const UNITS: ReadonlyMap<string, Unit> = new Map(
  (
    [
      [MONEY, 1, ["EUR", "eur", "euro"]],
      [MONEY, 1_000, ["kEUR"]],
      [MONEY, 1_000_000, ["MEUR"]],
      [TIME, 12, ["year", "years"]],
      [TIME, 1, ["month", "months"]],
      [TIME, (12 * 7) / 365.25, ["week", "weeks"]],
      [TIME, 12 / 365.25, ["day", "days"]],
      [WORK, 1, ["hour", "hours"]],
      [DIMENSIONLESS, 0.01, ["percent", "%"]],
      [DIMENSIONLESS, 1, ["person", "persons", "household", "households", "fte", "1", ""]],
    ] as const
  ).flatMap(([dimension, size, names]) => names.map((name) => [name, { dimension, size }] as const)),
);

export function sameDimension(a: Dimension, b: Dimension): boolean {
  return a.money === b.money && a.time === b.time && a.work === b.work;
}

export function isDimensionless(dimension: Dimension): boolean {
  return sameDimension(dimension, DIMENSIONLESS);
}

/** a · b^power. */
export function combine(a: Dimension, b: Dimension, power: number): Dimension {
  return {
    money: a.money + power * b.money,
    time: a.time + power * b.time,
    work: a.work + power * b.work,
  };
}

/** How a dimension is written for a reader: "EUR / month". */
export function describeDimension(dimension: Dimension): string {
  const parts: [string, number][] = [
    ["EUR", dimension.money],
    ["month", dimension.time],
    ["hour", dimension.work],
  ];
  const write = ([name, power]: [string, number]) =>
    Math.abs(power) === 1 ? name : `${name}^${Math.abs(power)}`;
  const above = parts.filter(([, power]) => power > 0).map(write);
  const below = parts.filter(([, power]) => power < 0).map(write);
  if (above.length + below.length === 0) return "1";
  return [above.length > 0 ? above.join(" * ") : "1", ...below].join(" / ");
}

/**
 * Reads a unit such as `EUR / month`, `1/year`, `hours`, `percent`, `EUR / (person * year)`.
 *
 * `fte` is a number of people; how many hours one works in a year is a parameter of the case.
 *
 * @throws ModelError UNKNOWN_UNIT at `path`
 * @source model.md section 2, Units
 */
export function parseUnit(text: string, path: string): Unit {
  let dimension = DIMENSIONLESS;
  let size = 1;
  const fail = () => new ModelError({ code: "UNKNOWN_UNIT", path, found: text, expected: "EUR / month" });
  if (text.length > 80) throw fail();
  const [above = "", ...below] = text.split("/");
  for (const [part, power] of [[above, 1] as const, ...below.map((item) => [item, -1] as const)]) {
    for (const name of part.replace(/[()]/g, " ").split("*")) {
      const unit = UNITS.get(name.trim());
      if (!unit) throw fail();
      dimension = combine(dimension, unit.dimension, power);
      size *= unit.size ** power;
    }
  }
  return { dimension, size };
}
