/** Functions as spreadsheets have them, and what each is in a formula of the file. */

/** An argument of a call: its text as the file has it, and the signs that stand in it outside brackets. */
export interface Argument {
  readonly text: string;
  readonly signs: string;
}

export interface SheetFunction {
  readonly key: string;
  readonly nl: string;
  readonly en: string;
  /** Fewest and most arguments; where a function of the file takes it over as it is, that one counts them. */
  readonly least: number;
  readonly most: number;
  readonly write: (written: readonly Argument[]) => string;
}

/** The function of the file of the same meaning. */
const same =
  (name: string) =>
  (written: readonly Argument[]): string =>
    `${name}(${written.map(({ text }) => text).join(",")})`;

/** An argument in brackets where one of these signs in it would bind less than what comes around it. */
const inside = (argument: Argument | undefined, loose: RegExp): string => {
  const text = argument?.text.trim() ?? "";
  return loose.test(argument?.signs ?? "") ? `(${text})` : text;
};

const ANY = /./;
const BELOW_PLUS = /[<>=!?:]/;
const CHOICE = /[?:]/;

const sum = (written: readonly Argument[]): string =>
  `(${written.map((argument) => inside(argument, BELOW_PLUS)).join(" + ")})`;

function round(written: readonly Argument[]): string {
  const [number, digits] = written;
  const power = inside(digits, ANY);
  if (!number || !digits || power === "0") return same("round")(written.slice(0, 1));
  const factor = /^\d+$/.test(power) ? String(10 ** Number(power)) : `10 ^ ${power}`;
  return `(round(${inside(number, ANY)} * ${factor}) / ${factor})`;
}

const MANY = Number.POSITIVE_INFINITY;

/** By what they are called in Dutch and English. */
export const SHEET_FUNCTIONS: readonly SheetFunction[] = [
  { key: "max", nl: "MAX", en: "MAX", least: 0, most: MANY, write: same("max") },
  { key: "min", nl: "MIN", en: "MIN", least: 0, most: MANY, write: same("min") },
  { key: "sum", nl: "SOM", en: "SUM", least: 1, most: MANY, write: sum },
  {
    key: "average",
    nl: "GEMIDDELDE",
    en: "AVERAGE",
    least: 1,
    most: MANY,
    write: (written) => `(${sum(written)} / ${written.length})`,
  },
  {
    key: "if",
    nl: "ALS",
    en: "IF",
    least: 3,
    most: 3,
    write: ([condition, yes, no]) =>
      `(${inside(condition, CHOICE)} ? ${inside(yes, CHOICE)} : ${inside(no, CHOICE)})`,
  },
  { key: "round", nl: "AFRONDEN", en: "ROUND", least: 1, most: 2, write: round },
  {
    key: "power",
    nl: "MACHT",
    en: "POWER",
    least: 2,
    most: 2,
    write: ([base, exponent]) => `(${inside(base, ANY)} ^ ${inside(exponent, ANY)})`,
  },
  { key: "sqrt", nl: "WORTEL", en: "SQRT", least: 0, most: MANY, write: same("sqrt") },
  { key: "abs", nl: "ABS", en: "ABS", least: 0, most: MANY, write: same("abs") },
  { key: "exp", nl: "EXP", en: "EXP", least: 0, most: MANY, write: same("exp") },
  { key: "ln", nl: "LN", en: "LN", least: 0, most: MANY, write: same("log") },
];

const BY_NAME: ReadonlyMap<string, SheetFunction> = new Map(
  SHEET_FUNCTIONS.flatMap((item) => [item.nl, item.en].map((name) => [name.toLowerCase(), item] as const)),
);

/** The function of a name, in either language and whatever its capitals. */
export function sheetFunction(name: string): SheetFunction | undefined {
  return BY_NAME.get(name.toLowerCase());
}
