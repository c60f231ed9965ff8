import type { z } from "zod";
import type { Fault, Model } from "../models/index.ts";
import type { BusinessCase } from "./caseFile.ts";
import { compileWithReport } from "./compile.ts";
import type { KnownParts } from "./knownParts.ts";
import { CURRENT_VERSION, MIGRATIONS } from "./migrations/index.ts";
import { type Migration, migrate } from "./migrations/migrate.ts";
import { nearest } from "./report.ts";
import { businessCaseSchema } from "./schema.ts";

/** Largest file and deepest nesting that is read at all. */
export const LARGEST_FILE = 5_000_000;
const DEEPEST_FILE = 32;

/** Why a file does not open. */
export type OpenFailure = "NOT_A_CASE" | "TOO_NEW" | "MIGRATION_FAILED" | "INVALID" | "BROKEN_REFERENCE";

export type OpenResult =
  | {
      readonly ok: true;
      readonly caseFile: BusinessCase;
      readonly model: Model;
      readonly warnings: readonly Fault[];
      /** What the migrations changed; empty for a file of the present version. */
      readonly migrated: readonly string[];
    }
  | { readonly ok: false; readonly kind: OpenFailure; readonly faults: readonly Fault[] };

function refuse(kind: OpenFailure, ...faults: Fault[]): OpenResult {
  return { ok: false, kind, faults };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Deepest nesting of brackets outside texts, without parsing. */
function nesting(text: string): number {
  let depth = 0;
  let most = 0;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (inText) {
      if (code === 92) at += 1;
      else if (code === 34) inText = false;
    } else if (code === 34) inText = true;
    else if (code === 91 || code === 123) most = Math.max(most, ++depth);
    else if (code === 93 || code === 125) depth -= 1;
  }
  return most;
}

/** Paths of keys named `__proto__`, which schema libraries pass over in silence. */
function prototypeKeys(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    return key === "__proto__" ? [at.join("/")] : prototypeKeys(item, at);
  });
}

/** Characters of the text that are quoted where it stops being JSON. */
const QUOTED = 40;

/** What stands where reading a text as JSON stopped, and its place where the engine's message has it. */
function brokenJson(message: string, text: string): Omit<Fault, "code" | "path"> {
  const at = /position (\d+)/.exec(message);
  if (!at) {
    const quoted = /"([\s\S]*)"(?:\.\.\.)? is not valid JSON$/.exec(message);
    return { found: quoted?.[1] ?? text.slice(0, QUOTED), expected: "JSON" };
  }
  const position = Number(at[1]);
  const before = text.slice(0, position).split("\n");
  return {
    found: text.slice(position, position + QUOTED),
    expected: "JSON",
    line: before.length,
    character: (before[before.length - 1]?.length ?? 0) + 1,
  };
}

/**
 * Opens the text of a case file: envelope, version gate, migrations, strict schema, references and sums.
 * A file that does not open opens nothing; its faults come all at once, with path, found, expected.
 *
 * @param migrations the steps to the present version; others only in tests
 */
export function openCase(text: string, migrations: readonly Migration[] = MIGRATIONS): OpenResult {
  const current = 1 + migrations.length;
  if (text.length > LARGEST_FILE)
    return refuse("NOT_A_CASE", {
      code: "FILE_TOO_LARGE",
      path: "",
      found: text.length,
      expected: LARGEST_FILE,
    });
  const depth = nesting(text);
  if (depth > DEEPEST_FILE)
    return refuse("NOT_A_CASE", { code: "FILE_TOO_DEEP", path: "", found: depth, expected: DEEPEST_FILE });
  let raw: unknown;
  try {
    raw = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const message = error instanceof Error ? error.message : "";
    return refuse("NOT_A_CASE", { code: "NOT_JSON", path: "", ...brokenJson(message, text) });
  }
  if (!isRecord(raw) || raw.format !== "ontschot/businesscase")
    return refuse("NOT_A_CASE", {
      code: "NOT_A_CASE",
      path: "format",
      found: isRecord(raw) ? raw.format : typeof raw,
      expected: "ontschot/businesscase",
    });
  const hidden = prototypeKeys(raw);
  if (hidden.length > 0)
    return refuse(
      "INVALID",
      ...hidden.map((path) => ({ code: "WRONG_ID", path, found: "__proto__", expected: "a-z A-Z 0-9 _ -" })),
    );
  const { version } = raw;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1)
    return refuse("NOT_A_CASE", {
      code: "VERSION_MISSING",
      path: "version",
      found: version,
      expected: current,
    });
  if (version > current)
    return refuse("TOO_NEW", { code: "TOO_NEW", path: "version", found: version, expected: current });
  const migrated = migrate(raw, version, migrations);
  if (!migrated.ok)
    return refuse("MIGRATION_FAILED", {
      code: "MIGRATION_FAILED",
      path: "version",
      found: version,
      expected: migrated.to,
      cause: migrated.cause,
    });
  // Only a version's own schema knows its keys: a test chain ends beyond the shipped one.
  const checked = { ...migrated.raw, version: version === current ? version : CURRENT_VERSION };
  const parsed = businessCaseSchema.safeParse(checked);
  if (!parsed.success)
    return {
      ok: false,
      kind: "INVALID",
      faults: parsed.error.issues.flatMap((issue) => schemaFaults(issue, checked)),
    };
  return validateCase(checked as unknown as BusinessCase, { migrated: migrated.applied });
}

/** How a case in memory is checked. */
interface Validation {
  readonly migrated?: readonly string[];
  /** The parts of earlier compilations of the case. */
  readonly known?: KnownParts;
  /** False where its values are checked elsewhere, before anybody sees what follows from them. */
  readonly values?: boolean;
}

/** Checks and compiles a case that is already in memory, as openCase does after reading. */
export function validateCase(
  caseFile: BusinessCase,
  { migrated = [], known, values }: Validation = {},
): OpenResult {
  const { model, report } = compileWithReport(caseFile, known, values);
  if (report.faults.length > 0) {
    const broken = report.faults.every((fault) => fault.code === "BROKEN_REFERENCE");
    return { ok: false, kind: broken ? "BROKEN_REFERENCE" : "INVALID", faults: report.faults };
  }
  return { ok: true, caseFile, model, warnings: report.warnings, migrated };
}

/** A path that a reader can follow: places in lists by the id of what is there. */
function readable(path: readonly PropertyKey[], raw: unknown): string {
  let value = raw;
  return path
    .map((step) => {
      value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
      const id: unknown = typeof step === "number" && isRecord(value) ? value.id : undefined;
      return typeof id === "string" && id.length > 0 ? id : String(step);
    })
    .join("/");
}

function valueAt(path: readonly PropertyKey[], raw: unknown): unknown {
  let value = raw;
  for (const step of path)
    value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  return value;
}

function shortly(value: unknown): unknown {
  if (value === undefined) return null;
  const text = typeof value === "object" ? JSON.stringify(value) : value;
  return typeof text === "string" && text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** One schema issue as faults of ours. Of a choice the branch that fits best is reported. */
function schemaFaults(issue: z.core.$ZodIssue, raw: unknown, base: readonly PropertyKey[] = []): Fault[] {
  const path = [...base, ...issue.path];
  const at = readable(path, raw);
  const found = shortly(valueAt(path, raw));
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => ({
        code: "UNKNOWN_KEY",
        path: at === "" ? key : `${at}/${key}`,
        found: key,
        expected: "",
        ...suggestionFor(key),
      }));
    case "invalid_union": {
      const branches = issue.errors.filter((errors) => errors.length > 0);
      const best = branches.sort((a, b) => misfit(a) - misfit(b))[0];
      if (!best || misfit(best) >= 100)
        return [{ code: "WRONG_TYPE", path: at, found, expected: expectedOf(issue.errors.flat()) }];
      return best.flatMap((inner) => schemaFaults(inner, raw, path));
    }
    case "invalid_type":
      return valueAt(path, raw) === undefined
        ? [{ code: "MISSING_KEY", path: at, found: null, expected: issue.expected }]
        : [{ code: "WRONG_TYPE", path: at, found, expected: issue.expected }];
    case "invalid_value":
      return [{ code: "WRONG_VALUE", path: at, found, expected: issue.values.map(String).join(", ") }];
    case "invalid_key":
      return [
        {
          code: "WRONG_ID",
          path: at,
          found: String(path[path.length - 1] ?? ""),
          expected: "a-z A-Z 0-9 _ -",
        },
      ];
    case "too_small":
      return [{ code: "OUT_OF_RANGE", path: at, found, expected: `≥ ${issue.minimum}` }];
    case "too_big":
      return [{ code: "OUT_OF_RANGE", path: at, found, expected: `≤ ${issue.maximum}` }];
    case "invalid_format":
    case "custom":
      return [{ code: "WRONG_ID", path: at, found, expected: "a-z A-Z 0-9 _ -" }];
    default:
      return [{ code: "WRONG_VALUE", path: at, found, expected: issue.message }];
  }
}

/** How far a branch of a choice is off: a wrong kind of value at its root counts most. */
function misfit(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce(
    (sum, issue) =>
      sum +
      (issue.path.length === 0 && issue.code !== "unrecognized_keys"
        ? 100
        : issue.code === "invalid_type"
          ? 3
          : 1),
    0,
  );
}

function expectedOf(issues: readonly z.core.$ZodIssue[]): string {
  const kinds = issues.map((issue) => {
    if (issue.code === "invalid_type") return issue.expected;
    return issue.code === "invalid_value" ? issue.values.map(String).join(", ") : "";
  });
  return [...new Set(kinds)].filter((kind) => kind !== "").join(", ");
}

/** Every key that a file may hold, for suggestions. */
const KNOWN_KEYS = [
  "format version meta time discounting indices municipalities parties perspectives executors sources parameters",
  "accounts states outcomes segments interventions tracks scenarios reference optimismBias id label title description",
  "author priceLevel status changes startYear years inflowYears followUp cyclesPerYear arrival occupancy rate timing",
  "alsoAt levels growth source inhabitants local costs publisher year url note group unit value distribution kind index",
  "evidence holder funder law taakveld payOrder envelope funds earmark hurdle carryOver pooling grant other history",
  "surplus repayLag deficit backstop grantFeedback cashable cashableFrom ladder exit flows weights referenceTrack entry",
  "inflow transitionKind transitions flowFactors statutory executor capacity effects synergy wait clockShift requires",
  "pool scope jointDelivery liftEarmarks reinvestSavings allocation objective overrides delay duration halfLife factor",
  "hazardRatio from to accounts states amount months perMonth while oneOff perYear key shares low mode high sd",
].flatMap((line) => line.split(" "));

function suggestionFor(key: string): { suggestion?: string } {
  const suggestion = nearest(key, KNOWN_KEYS);
  return suggestion === undefined ? {} : { suggestion };
}
