/** One planted violation per import wall proves that the lint bites; the project itself must be clean. */
import { spawnSync } from "node:child_process";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");

/** File → what it imports, each against one wall. */
const PLANTED: readonly (readonly [file: string, imported: string])[] = [
  ["models/core/a.ts", "../model/model.ts"],
  ["models/core/b.ts", "mathjs"],
  ["models/core/c.ts", "highs"],
  ["models/core/d.ts", "node:fs"],
  ["models/core/e.ts", "../index.ts"],
  ["models/core/formula.ts", "highs"],
  ["models/core/linearProgrammeHighs.ts", "mathjs/number"],
  ["models/model/a.ts", "../cohort/course.ts"],
  ["models/cohort/a.ts", "../funding/walls.ts"],
  ["models/funding/a.ts", "../results/cube.ts"],
  ["models/results/a.ts", "../uncertainty/draws.ts"],
  ["models/results/b.ts", "../../scenarios/index.ts"],
  ["models/results/c.ts", "react"],
  ["models/uncertainty/a.ts", "../coalitions/game.ts"],
  ["models/coalitions/a.ts", "../uncertainty/draws.ts"],
  ["scenarios/a.ts", "../models/core/units.ts"],
  ["scenarios/b.ts", "papaparse"],
  ["scenarios/c.ts", "../renderer/main.tsx"],
  ["scenarios/csv/a.ts", "node:fs"],
  ["cli/a.ts", "../models/results/cube.ts"],
  ["cli/b.ts", "../scenarios/open.ts"],
  ["cli/c.ts", "../electron/main.ts"],
  ["renderer/views/a.ts", "chart.js"],
  ["renderer/views/b.ts", "electron"],
  ["renderer/views/c.ts", "../../models/core/units.ts"],
  ["electron/a.ts", "../renderer/main.tsx"],
  ["electron/b.ts", "../scenarios/index.ts"],
  ["electron/c.ts", "../models/index.ts"],
];

/** What each folder may do. */
const ALLOWED: readonly (readonly [file: string, imported: string])[] = [
  ["models/results/fine.ts", "../funding/walls.ts"],
  ["models/cohort/fine.ts", "../core/errors.ts"],
  ["scenarios/fine.ts", "../models/index.ts"],
  ["cli/fine.ts", "../scenarios/text/index.ts"],
  ["renderer/charts/fine.ts", "chart.js"],
  ["electron/fine.ts", "../renderer/host/contract.ts"],
];

interface Diagnostic {
  readonly category: string;
  readonly location: { readonly path: string | { readonly file: string } };
}

function lint(folder: string, ...args: string[]): Diagnostic[] {
  const { stdout } = spawnSync(
    process.execPath,
    [biome, "lint", "--reporter=json", "--max-diagnostics=none", ...args],
    {
      cwd: folder,
      encoding: "utf8",
    },
  );
  const report = JSON.parse(stdout.slice(stdout.indexOf("{"))) as { diagnostics: Diagnostic[] };
  return report.diagnostics;
}

let folder = "";
let found: readonly (readonly [category: string, path: string])[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ontschot-walls-"));
  for (const file of ["biome.json", ".gitignore"]) copyFileSync(join(root, file), join(folder, file));
  const plant = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, imported] of [...PLANTED, ...ALLOWED])
    plant(file, `import type { Thing } from "${imported}";\n\nexport type Other = Thing;\n`);
  plant("models/core/circleA.ts", 'import { b } from "./circleB.ts";\n\nexport const a = () => b;\n');
  plant("models/core/circleB.ts", 'import { a } from "./circleA.ts";\n\nexport const b = () => a;\n');
  plant("models/core/typeCircleA.ts", 'import type { B } from "./typeCircleB.ts";\n\nexport type A = B[];\n');
  plant(
    "models/core/typeCircleB.ts",
    'import type { A } from "./typeCircleA.ts";\n\nexport type B = A | null;\n',
  );
  found = lint(folder).map(({ category, location: { path } }) => [
    category,
    (typeof path === "string" ? path : path.file).replaceAll("\\", "/"),
  ]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("import walls", () => {
  it.each(PLANTED)("%s must not import %s", (file) => {
    expect(found).toContainEqual([
      "lint/style/noRestrictedImports",
      expect.stringMatching(new RegExp(`${file}$`)),
    ]);
  });

  it.each(ALLOWED)("%s may import %s", (file) => {
    expect(found.filter(([, path]) => path.endsWith(file))).toEqual([]);
  });

  it.each(["circleA.ts", "circleB.ts", "typeCircleA.ts", "typeCircleB.ts"])(
    "finds the circle through %s",
    (file) => {
      expect(found).toContainEqual([
        "lint/suspicious/noImportCycles",
        expect.stringMatching(new RegExp(`/${file}$`)),
      ]);
    },
  );
});

function sources(path: string): string[] {
  return readdirSync(join(root, path), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("the engine is pure", () => {
  const files = [...sources("models"), ...sources("scenarios")];

  it("sees the sources", () => expect(files.length).toBeGreaterThan(30));

  it.each(files.map((file) => [file.slice(root.length), file]))(
    "%s has no clock, chance, console or DOM",
    (_, file) => {
      const text = readFileSync(file ?? "", "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
      expect(text).not.toMatch(
        /\b(Date\.now|new Date|Math\.random|performance\.|process\.\w|console\.\w|window\.\w|document\.\w)/,
      );
    },
  );
});
