import type { Model, Slot, Unit } from "../models/index.ts";
import type { BusinessCase, Expression } from "./caseFile.ts";
import type { Report } from "./report.ts";

/** Slots that are remembered: more is a case whose formulas were edited very often. */
const MOST_SLOTS = 50_000;

/** The parts of a model that do not follow from the values of parameters, from scenarios or from what a source says. */
export type StructuralPart = Pick<
  Model,
  | "time"
  | "discounting"
  | "indices"
  | "municipalities"
  | "parties"
  | "localParty"
  | "perspectives"
  | "executors"
  | "accounts"
  | "states"
  | "outcomes"
  | "segments"
  | "interventions"
  | "tracks"
>;

/** What a part was made from, and the part. */
interface Known<T> {
  readonly content: string;
  readonly part: T;
}

/**
 * What strata follow from but for the values of parameters: two cases with one structure have the same slots, in which
 * only numbers can differ.
 */
export function structureOf({ meta, parameters, sources, scenarios, ...file }: BusinessCase): string {
  return JSON.stringify({ ...file, parameters: parameters.map(({ id, unit }) => [id, unit]) });
}

/** Parts of one kind, by what they are called. */
export class PartShelf<T> {
  private readonly parts = new Map<string, Known<T>>();

  /**
   * The part made from this content, made where it is not known. One of which a fault or a warning was reported is never
   * known: it is reported each time.
   */
  get(name: string, content: string, report: Report, make: () => T): T {
    const known = this.parts.get(name);
    if (known?.content === content) return known.part;
    const told = report.count;
    const part = make();
    if (report.count === told) this.parts.set(name, { content, part });
    else this.parts.delete(name);
    return part;
  }

  clear(): void {
    this.parts.clear();
  }
}

/** The parts of earlier compilations of a case: what was not edited is not compiled again, and keeps its identity. */
export class KnownParts {
  readonly structural = new PartShelf<StructuralPart>();
  readonly parameters = new PartShelf<Model["parameters"][number]>();
  readonly scenarios = new PartShelf<Model["scenarios"][number]>();
  private parameterIds = "";
  private structure = "";
  private readonly slots = new Map<string, { readonly unit: Unit; readonly slot: Slot }>();

  /** Forgets what may mean something else in this case. */
  for(file: BusinessCase): this {
    const ids = JSON.stringify(file.parameters.map(({ id, unit }) => [id, unit]));
    // Programs refer to parameters by their place among all, and reckon with their units.
    if (ids !== this.parameterIds || this.slots.size > MOST_SLOTS) this.slots.clear();
    this.parameterIds = ids;
    const sources = (file.sources ?? []).map(({ id }) => id);
    const structure = JSON.stringify([structureOf(file), file.meta.priceLevel, sources]);
    if (structure !== this.structure)
      for (const shelf of [this.structural, this.parameters, this.scenarios]) shelf.clear();
    this.structure = structure;
    return this;
  }

  /** The slot of an expression, made where it is not known. A fault is never known: it is reported each time. */
  slot(path: string, expression: Expression, unit: Unit, make: () => Slot | null): Slot | null {
    const key = `${typeof expression} ${expression} ${path}`;
    const known = this.slots.get(key);
    if (known?.unit === unit) return known.slot;
    const slot = make();
    if (slot) this.slots.set(key, { unit, slot });
    return slot;
  }
}
