/** One step from a version to the next. `raw` is plain JSON; the step may change it in place or return another. */
export interface Migration {
  readonly to: number;
  readonly what: string;
  readonly migrate: (raw: Record<string, unknown>) => Record<string, unknown>;
}

/**
 * Checks that the steps lead from version 1 to the newest without a gap.
 *
 * @throws Error when a number is missing or out of order: a programming fault, found when the module loads
 */
export function chain(migrations: readonly Migration[]): readonly Migration[] {
  for (const [index, migration] of migrations.entries())
    if (migration.to !== index + 2)
      throw new Error(`migration ${index + 1} leads to version ${migration.to}, expected ${index + 2}`);
  return migrations;
}

export type Migrated =
  | { readonly ok: true; readonly raw: Record<string, unknown>; readonly applied: readonly string[] }
  | { readonly ok: false; readonly to: number; readonly cause: string };

/** Brings a file of an older version up to date, step by step. The input is not changed. */
export function migrate(
  raw: Record<string, unknown>,
  from: number,
  migrations: readonly Migration[],
): Migrated {
  let current = structuredCloneOf(raw);
  const applied: string[] = [];
  for (const step of migrations) {
    if (step.to <= from) continue;
    try {
      current = { ...step.migrate(current), version: step.to };
    } catch (error) {
      return { ok: false, to: step.to, cause: error instanceof Error ? error.message : String(error) };
    }
    applied.push(step.what);
  }
  return { ok: true, raw: current, applied };
}

const structuredCloneOf = (raw: Record<string, unknown>): Record<string, unknown> =>
  JSON.parse(JSON.stringify(raw));
