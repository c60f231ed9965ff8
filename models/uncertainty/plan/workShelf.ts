import type { Writer } from "./sheet.ts";

/** Work of one intervention in one municipality. Equal work of several scenarios is one and the same. */
export interface Work {
  /** Block of the cost in the draws, EUR, and how many rows of it there are until nothing more is paid (its place). */
  readonly cost: number;
  readonly until: number;
  /** Block of the cost in terms of that of the plan; see Instruction.extent. */
  readonly extent: number;
  /** Cost in the plan, EUR per year; known once the plan has been worked out at the deterministic values. */
  readonly planned: Float64Array;
  /** Place of the same, one number per year. */
  readonly plannedAt: number;
}

/** Keeps the work of all scenarios, so that equal work is worked out once. */
export class WorkShelf {
  private readonly known = new Map<string, Work>();

  /** @param entries years of entry */
  constructor(
    private readonly writer: Writer,
    private readonly entries: number,
  ) {}

  /**
   * Work for entrants on some courses.
   *
   * @param parts what it costs per entrant, and the entrants; see Writer.work
   */
  work(parts: readonly number[]): Work {
    const key = parts.join();
    const work = this.known.get(key) ?? this.open(parts);
    this.known.set(key, work);
    return work;
  }

  private open(parts: readonly number[]): Work {
    const { entries, writer } = this;
    const { sheet } = writer;
    const work = {
      cost: parts.length === 0 ? sheet.nothing : sheet.block(),
      until: sheet.take(1),
      extent: sheet.block(),
      planned: new Float64Array(sheet.years),
      plannedAt: sheet.take(sheet.years),
    };
    if (parts.length === 0) return work;
    writer.work(work.cost, parts, work.until, entries);
    writer.extent(work.extent, work.cost, work.plannedAt, work.until);
    return work;
  }

  /** Takes the costs of the first draw for those of the plan. */
  settlePlan(): void {
    const { numbers, size } = this.writer.sheet;
    for (const { planned, plannedAt, cost } of this.known.values())
      for (let year = 0; year < planned.length; year += 1) {
        planned[year] = numbers[cost + year * size] as number;
        numbers[plannedAt + year] = planned[year] as number;
      }
  }
}
