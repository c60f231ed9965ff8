/** What the main thread and its two workers say to each other. Every message carries the revision of the case. */
import type { Fault, KeptAllocation } from "../../models/index.ts";
import type { BusinessCase, CsvForm } from "../../scenarios/index.ts";
import type { Language } from "../../scenarios/text/index.ts";
import type { CaseView, Outline, ParameterValues } from "./caseView.ts";

/** Allocations of the last programme, by scenario id. */
export type KeptAllocations = Readonly<Record<string, KeptAllocation>>;

interface Computation {
  readonly caseFile: BusinessCase;
  /** Ids of the scenarios that are looked at, that of the headline first: they are answered first, with the reference. */
  readonly first: readonly string[];
}

export type LiveRequest =
  | (Omit<Computation, "caseFile"> & {
      readonly kind: "compute";
      readonly revision: number;
      /** Null: the one that was sent ahead last. */
      readonly caseFile: BusinessCase | null;
    })
  /** A case that is still being checked: it is worked out meanwhile, and answered when it is asked for. */
  | (Computation & { readonly kind: "ahead" })
  /** Computes for nobody, so that an edit does not wait for code that has never run, or for what it does not touch. */
  | (Computation & { readonly kind: "warm"; readonly revision: number; readonly rounds: number })
  /** What the next figures rest on: who got which track and who paid, as the programme was solved last. */
  | { readonly kind: "keep"; readonly kept: KeptAllocations }
  /** Tries a value of one parameter without changing anything. */
  | {
      readonly kind: "check";
      readonly ticket: number;
      readonly caseFile: BusinessCase;
      readonly parameter: string;
      readonly municipality: string | null;
    };

export type LiveAnswer =
  | {
      readonly kind: "computed";
      readonly revision: number;
      readonly outline: Outline;
      readonly values: ParameterValues;
      readonly warnings: readonly Fault[];
      /** First figures, on the kept allocation, of the headline's scenario and the reference; null while nothing is kept. */
      readonly view: CaseView | null;
      readonly milliseconds: number;
    }
  /** More scenarios of the revision that was computed last. */
  | { readonly kind: "others"; readonly revision: number; readonly view: CaseView }
  | { readonly kind: "faults"; readonly revision: number; readonly faults: readonly Fault[] }
  | {
      readonly kind: "checked";
      readonly ticket: number;
      readonly faults: readonly Fault[];
      readonly value: number | null;
    };

export interface CsvRequest {
  /** SHA-256 of the file's bytes, hexadecimal. */
  readonly hash: string;
  readonly programVersion: string;
  readonly language: Language;
  readonly form: CsvForm;
}

/** The tables, or why they could not be made. */
export type CsvTables =
  | { readonly ok: true; readonly files: readonly { name: string; text: string }[] }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export type JobRequest =
  | {
      readonly kind: "solve";
      readonly revision: number;
      readonly caseFile: BusinessCase;
      /** Ids of the scenarios that are looked at: they are solved first, with the reference. */
      readonly first: readonly string[];
    }
  | {
      readonly kind: "csv";
      readonly revision: number;
      readonly caseFile: BusinessCase;
      readonly request: CsvRequest;
    };

export type JobAnswer =
  | { readonly kind: "ready" }
  | {
      readonly kind: "progress";
      readonly revision: number;
      readonly done: number;
      readonly total: number;
      readonly label: string;
    }
  /** The scenarios that were asked for first; the others follow. */
  | { readonly kind: "part"; readonly revision: number; readonly view: CaseView }
  | {
      readonly kind: "solved";
      readonly revision: number;
      readonly view: CaseView;
      readonly kept: KeptAllocations;
      readonly milliseconds: number;
    }
  | {
      readonly kind: "csv";
      readonly revision: number;
      readonly files: readonly { name: string; text: string }[];
    }
  | { readonly kind: "failed"; readonly revision: number; readonly faults: readonly Fault[] };

/** A failure that is a mistake of the program. */
export function unexpected(message: string): Fault {
  return { code: "UNEXPECTED", path: "", found: message, expected: "" };
}
