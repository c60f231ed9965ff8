/** The value of information, against published examples. */
import { describe, expect, it } from "vitest";
import { uniforms } from "../../../models/core/random.ts";
import { normalQuantile } from "../../../models/core/specialFunctions.ts";
import { createTypeScriptKernel, valueOfInformation } from "../../../models/index.ts";
import { finishSliced } from "../../../models/uncertainty/sliced.ts";
import { partialInformation, perfectInformation } from "../../../models/uncertainty/valueOfInformation.ts";
import { modelOf, shippedCase, taskOf } from "./cases.ts";

/** A sample with exact frequencies: rows of gas or none, test positive or negative. */
function shaleGas() {
  const states = [
    ...new Array(630).fill({ gas: 1, positive: true }),
    ...new Array(70).fill({ gas: 1, positive: false }),
    ...new Array(90).fill({ gas: 0, positive: true }),
    ...new Array(210).fill({ gas: 0, positive: false }),
  ] as { gas: number; positive: boolean }[];
  const of = (benefit: (state: { gas: number; positive: boolean }) => number) =>
    Float64Array.from(states, benefit);
  const dug = (gas: number) => 2_500 * gas - 300;
  return {
    gas: of(({ gas }) => gas),
    sell: of(() => 800),
    dig: of(({ gas }) => dug(gas)),
    testDigWhenPositive: of(({ gas, positive }) => (positive ? dug(gas) : 600) - 50),
    testSell: of(({ positive }) => (positive ? 1_000 : 600) - 50),
    testDig: of(({ gas }) => dug(gas) - 50),
  };
}

describe("perfect information", () => {
  it("is worth 330 for shale gas without a test, 303 with one (E23)", () => {
    const { gas, sell, dig, testDigWhenPositive, testSell, testDig } = shaleGas();
    expect(perfectInformation([sell, dig]).value).toBeCloseTo(330, 8);
    expect(partialInformation([sell, dig, testDigWhenPositive, testSell, testDig], [gas]).value).toBeCloseTo(
      303,
      6,
    );
  });

  it("is worth nothing when one option is always best", () => {
    const better = Float64Array.of(2, 3, 4);
    expect(perfectInformation([better, Float64Array.of(1, 2, 3)]).value).toBe(0);
  });
});

describe("partial information", () => {
  const draws = 40_000;
  const [z1, z2] = ["p1", "p2"].map((name) => uniforms(2, name, 0, draws).map(normalQuantile)) as [
    Float64Array,
    Float64Array,
  ];
  const benefits = [new Float64Array(draws), z1.map((z, draw) => 1 + z - 2 * (z2[draw] as number))];

  it.each([
    ["everything", perfectInformation(benefits), 0.4798107063],
    ["p1", partialInformation(benefits, [z1]), 0.0833154706],
    ["p2", partialInformation(benefits, [z2]), 0.3955931148],
    ["both", partialInformation(benefits, [z1, z2]), 0.4798107063],
  ] as const)("of %s has its analytic worth (E27)", (_, { value, se }, expected) => {
    expect(Math.abs(value - expected)).toBeLessThan(4 * Math.max(se, 0.002));
  });

  it("of what says nothing is worth nothing", () => {
    const other = uniforms(2, "p3", 0, draws).map(normalQuantile);
    expect(partialInformation(benefits, [other]).value).toBeLessThan(1e-3);
  });
});

describe("of a case", () => {
  it("is worth most for everything, and no more for a parameter than for its group", async () => {
    const model = modelOf(shippedCase());
    const settings = { draws: 2_000, seed: 1, sampling: "plain" } as const;
    const result = finishSliced(valueOfInformation(await taskOf(model), settings, createTypeScriptKernel));
    expect(result.perspectives).toHaveLength(model.perspectives.length);
    for (const { perfect, parameters, groups } of result.perspectives) {
      expect(perfect.value).toBeGreaterThan(0);
      for (const { parameter, value, se } of parameters) {
        const group = groups.find((found) => found.group === model.parameters[parameter ?? -1]?.group);
        const error = 4 * Math.hypot(se, group?.se ?? 0) + 0.02 * perfect.value;
        expect(value).toBeLessThanOrEqual((group?.value ?? 0) + error);
        expect(group?.value).toBeLessThanOrEqual(perfect.value + error);
      }
    }
  });
});
