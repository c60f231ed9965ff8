/** The second shipped case: another region, other purses, other states; and no profit that its assumptions do not give. */
import { readdirSync, readFileSync } from "node:fs";
import loadHighs from "highs";
import { beforeAll, describe, expect, it } from "vitest";
import { createHighsSolver, type Model, runCase, type Solver } from "../../../models/index.ts";
import { type BusinessCase, openCase } from "../../../scenarios/index.ts";

const root = new URL("../../../", import.meta.url);
const text = readFileSync(new URL("scenarios/data/vroegsignalering.json", root), "utf8");

let solver: Solver;
beforeAll(async () => {
  solver = createHighsSolver(await loadHighs());
});

function open(caseFile: BusinessCase) {
  const opened = openCase(JSON.stringify(caseFile));
  if (!opened.ok) throw new Error(JSON.stringify(opened, null, 1));
  return opened;
}

const shipped = (): BusinessCase => JSON.parse(text);

/** The net present value of every perspective and party, per scenario. */
function results(caseFile: BusinessCase) {
  const { model } = open(caseFile);
  const { figures, runs } = runCase(model, solver);
  const named = (list: Model["parties"] | Model["perspectives"], npv: readonly { npv: number }[]) =>
    Object.fromEntries(list.map(({ id }, index) => [id, npv[index]?.npv ?? Number.NaN]));
  return Object.fromEntries(
    figures.map(({ scenario, perspectives, parties }, index) => [
      model.scenarios[scenario]?.id ?? "",
      {
        perspectives: named(model.perspectives, perspectives),
        parties: named(model.parties, parties),
        factors: runs[index]?.factors ?? new Float64Array(),
      },
    ]),
  );
}

function withValues(values: Readonly<Record<string, number>>): BusinessCase {
  const caseFile = shipped();
  for (const [id, value] of Object.entries(values)) {
    const parameter = caseFile.parameters.find((item) => item.id === id);
    if (!parameter) throw new Error(id);
    parameter.value = value;
    delete parameter.distribution;
  }
  return caseFile;
}

const withoutEffects = () =>
  withValues(
    Object.fromEntries(
      shipped()
        .parameters.filter(({ evidence }) => evidence !== undefined)
        .map(({ id }) => [id, 1]),
    ),
  );

describe("where its figures come from", () => {
  const { parameters, sources = [], indices = [] } = shipped();

  it("cites only sources that it lists, with the place in them", () => {
    const known = new Set(sources.map(({ id }) => id));
    const loose = [...parameters, ...indices].filter(({ source }) => {
      if (source === undefined) return false;
      return typeof source === "string" || !known.has(source.id) || source.locator.trim() === "";
    });
    expect(loose.map(({ id }) => id)).toEqual([]);
  });

  it("gives every source a title, a publisher and an address", () => {
    const bare = sources.filter(({ title, publisher, url }) => !title || !publisher || !url);
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it("calls what has no source an assumption and says why this value", () => {
    const silent = parameters.filter(
      ({ source, kind, note }) =>
        (kind === "assumed" && !note) || (source === undefined && kind !== "assumed"),
    );
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it("gives a reason for every local value", () => {
    const bare = parameters.filter(({ local = {} }) =>
      Object.values(local).some((value) => typeof value !== "object" || value.reason.trim() === ""),
    );
    expect(bare.map(({ id }) => id)).toEqual([]);
  });

  it("grades every effect and gives it a range that holds no effect", () => {
    const effects = parameters.filter(({ evidence }) => evidence !== undefined);
    const sure = effects.filter(({ distribution }) => {
      if (distribution?.kind !== "pert") return true;
      return distribution.low > 1 || distribution.high < 1;
    });
    expect(effects.length).toBeGreaterThan(5);
    expect(sure.map(({ id }) => id)).toEqual([]);
  });

  it("puts prices and effects with a skewed range at their mean", () => {
    const off = parameters.filter(({ group = "", value, distribution }) => {
      if (!["Hulp", "Effect"].includes(group) || distribution?.kind !== "pert") return false;
      const { low, mode = Number(value), high } = distribution;
      return Math.abs((low + 4 * mode + high) / 6 / Number(value) - 1) > 0.01;
    });
    expect(off.map(({ id }) => id)).toEqual([]);
  });

  it("uses every parameter: it does not open without one", () => {
    const unused = parameters.filter(({ id }) => {
      const less = { ...shipped(), parameters: parameters.filter((item) => item.id !== id) };
      return openCase(JSON.stringify(less)).ok;
    });
    expect(unused.map(({ id }) => id)).toEqual([]);
  });
});

describe("what comes out", () => {
  it("at zero effects nobody gains, and pooling costs its introduction and no more", () => {
    const { verkokerd, samenwerken, ontschot, wat_als } = results(withoutEffects());
    for (const scenario of [verkokerd, samenwerken])
      for (const npv of Object.values(scenario?.parties ?? {})) expect(npv).toBeCloseTo(0, 4);
    const start = shipped().parameters.find(({ id }) => id === "opstart")?.value;
    const introduction = Number(start) * (ontschot?.factors[0] ?? Number.NaN);
    for (const scenario of [ontschot, wat_als]) {
      expect(scenario?.perspectives.samenleving).toBeCloseTo(-introduction, 4);
      expect(scenario?.parties.gemeenten).toBeCloseTo(-introduction, 4);
      expect(scenario?.parties.huishouden).toBeCloseTo(0, 4);
    }
  });

  it("a benefit that is saved is lost by the household: its height leaves society as it was", () => {
    const half = (benefit: number) => {
      const caseFile = withValues({ bijstand_gem: benefit });
      const shares = Object.fromEntries(caseFile.segments.map(({ id }) => [id, { bezoek: 1 }]));
      for (const scenario of caseFile.scenarios)
        if (scenario.id === "verkokerd") scenario.allocation = { mode: "fixed", shares };
      return results(caseFile).verkokerd;
    };
    const [low, high] = [half(9_000), half(18_000)];
    const more = (part: (from: NonNullable<typeof low>) => number | undefined) =>
      ((high && part(high)) ?? Number.NaN) - ((low && part(low)) ?? Number.NaN);
    expect(more(({ parties }) => parties.gemeenten)).toBeGreaterThan(1_000);
    expect(more(({ parties }) => parties.huishouden)).toBeCloseTo(
      -more(({ parties }) => parties.gemeenten),
      3,
    );
    expect(more(({ perspectives }) => perspectives.samenleving)).toBeCloseTo(0, 3);
  });

  it("marks only the thought experiment as not lawful today", () => {
    const { model } = open(shipped());
    const unlawful = runCase(model, solver).runs.filter((run) => run.unlawful.length > 0);
    expect(unlawful.map(({ scenario }) => model.scenarios[scenario]?.id)).toEqual(["wat_als"]);
  });
});

describe("what the code knows of it", () => {
  const ids = ({ accounts, municipalities, states }: BusinessCase) =>
    [accounts, municipalities, states].flatMap((list) => list.map(({ id }) => id));

  it("nothing: no purse, municipality or state of it is named there", () => {
    const code = ["models/", "scenarios/"].flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" })
        .filter((file) => file.endsWith(".ts"))
        .map((file) => readFileSync(new URL(`${folder}${file}`, root), "utf8")),
    );
    const words = new Set(code.flatMap((source) => source.match(/\w+/g) ?? []));
    expect(code.length).toBeGreaterThan(50);
    expect(ids(shipped()).filter((id) => words.has(id))).toEqual([]);
  });

  it("and it shares none of them with the first case", () => {
    const first = JSON.parse(
      readFileSync(new URL("scenarios/data/drechtsteden-klein.json", root), "utf8"),
    ) as BusinessCase;
    const taken = new Set(ids(first));
    expect(ids(shipped()).filter((id) => taken.has(id))).toEqual([]);
  });
});
