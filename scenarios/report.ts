import type { Fault } from "../models/index.ts";

/** Collects every fault of a file, so that a reader mends them in one go. */
export class Report {
  readonly faults: Fault[] = [];
  readonly warnings: Fault[] = [];

  /** Faults and warnings so far. */
  get count(): number {
    return this.faults.length + this.warnings.length;
  }

  fault(code: string, path: string, found?: unknown, expected?: unknown, details: object = {}): void {
    if (this.faults.some((known) => known.code === code && known.path === path)) return;
    this.faults.push({ code, path, found, expected, ...details });
  }

  warn(code: string, path: string, found?: unknown, expected?: unknown, details: object = {}): void {
    this.warnings.push({ code, path, found, expected, ...details });
  }
}

/** The known name nearest to a mistyped one, if any is near enough to be meant. */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase(), least);
    if (distance < least) {
      least = distance;
      best = candidate;
    }
  }
  return best;
}

/** Levenshtein distance, given up at `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min(
        (row[j] ?? 0) + 1,
        (next[j - 1] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    row = next;
  }
  return row[b.length] ?? limit;
}
