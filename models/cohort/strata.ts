import { ModelError } from "../core/errors.ts";
import type { Model, Slot } from "../model/model.ts";
import type { Reader, Values } from "../model/reader.ts";
import { courseInputs, courseKey, type PersonCourse, simulateCourse } from "./course.ts";
import { courseMoney, type PersonMoney } from "./money.ts";

/** One track open to one segment in one municipality, with the course and the money per entrant. */
export interface Stratum {
  readonly municipality: number;
  readonly segment: number;
  readonly track: number;
  readonly course: PersonCourse;
  readonly money: PersonMoney;
}

/** Tracks meant for a segment, its reference track among them, by index. */
export function tracksOf(model: Model, segment: number): number[] {
  const reference = model.segments[segment]?.referenceTrack;
  return model.tracks.flatMap((track, index) =>
    index === reference || track.segments.includes(segment) ? [index] : [],
  );
}

/**
 * Entrants in persons, [municipality][segment][inflow year].
 *
 * @throws ModelError NEGATIVE_INFLOW with the path
 */
export function entrants(model: Model, values: Values): Float64Array[][] {
  return model.municipalities.map((_, municipality) =>
    model.segments.map((segment) => {
      const persons = new Float64Array(model.time.inflowYears);
      for (const [year, slot] of (segment.inflow[municipality] ?? []).entries()) {
        const value = values.municipality[municipality]?.(slot) ?? 0;
        if (value < 0)
          throw new ModelError({ code: "NEGATIVE_INFLOW", path: slot.path, found: value, expected: "≥ 0" });
        if (year < persons.length) persons[year] = value;
      }
      return persons;
    }),
  );
}

/** A stratum with the values that it was worked out from. */
interface KeptStratum {
  readonly slots: readonly Slot[];
  readonly values: readonly number[];
  readonly stratum: Stratum;
}

/** Strata of earlier cases of one structure: each holds while all that it read has the value that it had. */
export class KeptStrata {
  private structure = "";
  private readonly known = new Map<number, KeptStratum>();

  /** Forgets all where more than values differs: slots, states, accounts, what interventions do, time. */
  for(structure: string): this {
    if (structure !== this.structure) this.known.clear();
    this.structure = structure;
    return this;
  }

  /** The stratum under a key, if it still holds. */
  find(key: number, read: Reader): Stratum | null {
    const kept = this.known.get(key);
    if (!kept) return null;
    for (let index = 0; index < kept.slots.length; index += 1)
      if (read(kept.slots[index] as Slot) !== kept.values[index]) return null;
    return kept.stratum;
  }

  /** Works a stratum out, and keeps it with what it read. */
  work(key: number, read: Reader, work: (read: Reader) => Stratum): Stratum {
    // What is read twice stands here twice: that is cheaper than to look for it.
    const slots: Slot[] = [];
    const values: number[] = [];
    const stratum = work((slot) => {
      const value = read(slot);
      slots.push(slot);
      values.push(value);
      return value;
    });
    this.known.set(key, { slots, values, stratum });
    return stratum;
  }
}

/** Computes strata of one scenario on demand; equal resolved courses are computed once. */
export interface Strata {
  get(municipality: number, segment: number, track: number): Stratum;
  /** How many different courses were simulated so far. */
  readonly courses: number;
}

/**
 * Opens the strata of one set of values. Courses that resolve to equal inputs are shared, so that local
 * prices cost no second course (model.md section 3).
 *
 * @param shared courses by key, shared with the other scenarios of the same run
 * @param kept strata of earlier cases of the same structure
 */
export function openStrata(
  model: Model,
  values: Values,
  shared: Map<string, PersonCourse> = new Map(),
  kept?: KeptStrata,
): Strata {
  const strata = new Map<number, Stratum>();
  return {
    get courses() {
      return shared.size;
    },
    get(municipality, segment, track) {
      const key = (municipality * model.segments.length + segment) * model.tracks.length + track;
      const known = strata.get(key);
      if (known) return known;
      const read = values.municipality[municipality];
      const segmentData = model.segments[segment];
      const trackData = model.tracks[track];
      if (!read || !segmentData || !trackData)
        throw new RangeError(`no stratum ${municipality}/${segment}/${track}`);
      const work = (reading: Reader): Stratum => {
        const inputs = courseInputs(model, reading, segmentData, trackData);
        const name = courseKey(inputs);
        const course = shared.get(name) ?? simulateCourse(model.time, inputs);
        shared.set(name, course);
        const money = courseMoney(model, reading, course, segmentData, trackData);
        return { municipality, segment, track, course, money };
      };
      const stratum = kept ? (kept.find(key, read) ?? kept.work(key, read, work)) : work(read);
      strata.set(key, stratum);
      return stratum;
    },
  };
}
