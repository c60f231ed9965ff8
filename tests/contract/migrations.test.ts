import { readFileSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { chain, MIGRATIONS, type Migration, migrate, openCase } from "../../scenarios/index.ts";

const template = readFileSync(new URL("../../scenarios/data/sjabloon.json", import.meta.url), "utf8");

/** Files of every past version, by version; a migration needs the file that it was made for. */
const PAST: Readonly<Record<number, string>> = {};

describe("the chain", () => {
  it("leads from version 1 without a gap", () => {
    const step = (to: number): Migration => ({ to, what: `to ${to}`, migrate: (raw) => raw });
    expect(() => chain([step(2), step(3)])).not.toThrow();
    expect(() => chain([step(2), step(4)])).toThrow(/expected 3/);
    expect(() => chain([step(1)])).toThrow(/expected 2/);
  });

  it("calls every migration for a file of version 1, in order, and leaves its input alone", () => {
    const first = vi.fn((raw: Record<string, unknown>) => ({ ...raw, steps: ["two"] }));
    const second = vi.fn((raw: Record<string, unknown>) => {
      (raw.steps as string[]).push("three");
      return raw;
    });
    const raw = { version: 1, name: "x" };
    const result = migrate(
      raw,
      1,
      chain([
        { to: 2, what: "twee", migrate: first },
        { to: 3, what: "drie", migrate: second },
      ]),
    );
    expect(result).toEqual({
      ok: true,
      raw: { version: 3, name: "x", steps: ["two", "three"] },
      applied: ["twee", "drie"],
    });
    expect(raw).toEqual({ version: 1, name: "x" });
    expect(first).toHaveBeenCalledOnce();
    expect(second).toHaveBeenCalledOnce();
  });

  it("starts where the file is", () => {
    const first = vi.fn((raw: Record<string, unknown>) => raw);
    const steps = chain([
      { to: 2, what: "twee", migrate: first },
      { to: 3, what: "drie", migrate: (raw) => raw },
    ]);
    expect(migrate({ version: 2 }, 2, steps)).toMatchObject({ ok: true, applied: ["drie"] });
    expect(first).not.toHaveBeenCalled();
  });

  it("every shipped migration is called by opening a file of the version before it", () => {
    for (const migration of MIGRATIONS)
      expect(PAST[migration.to - 1], `a file of version ${migration.to - 1}`).toBeDefined();
    const called = new Set<number>();
    const watched = MIGRATIONS.map((migration) => ({
      ...migration,
      migrate: (raw: Record<string, unknown>) => {
        called.add(migration.to);
        return migration.migrate(raw);
      },
    }));
    for (const text of Object.values(PAST)) expect(openCase(text, watched).ok).toBe(true);
    expect([...called].sort()).toEqual(MIGRATIONS.map(({ to }) => to));
  });
});

describe("opening", () => {
  const rename: Migration = {
    to: 2,
    what: "naam wordt title",
    migrate: ({ naam, ...raw }) => ({ ...raw, meta: { ...(raw.meta as object), title: naam } }),
  };
  const old = JSON.parse(template);
  delete old.meta.title;
  old.naam = "Oude zaak";

  it("an older file opens with what was done", () => {
    const opened = openCase(JSON.stringify(old), [rename]);
    if (!opened.ok) throw new Error(JSON.stringify(opened.faults));
    expect(opened.caseFile.meta.title).toBe("Oude zaak");
    expect(opened.migrated).toEqual(["naam wordt title"]);
  });

  it("a step that fails says so and opens nothing", () => {
    const failing: Migration = {
      to: 2,
      what: "breekt",
      migrate: () => {
        throw new Error("geen naam");
      },
    };
    const opened = openCase(JSON.stringify(old), [failing]);
    expect(opened).toMatchObject({ ok: false, kind: "MIGRATION_FAILED" });
    expect(!opened.ok && opened.faults[0]).toMatchObject({
      code: "MIGRATION_FAILED",
      expected: 2,
      cause: "geen naam",
    });
  });

  it("a newer file is refused by number", () => {
    const opened = openCase(template.replace('"version": 1', '"version": 7'));
    expect(!opened.ok && opened.faults).toEqual([
      { code: "TOO_NEW", path: "version", found: 7, expected: 1 },
    ]);
  });
});
