import { describe, expect, it } from "vitest";
import { latinLayers, layeredUniforms, philox, uniforms } from "../../../models/core/random.ts";
import { mean, variance } from "../../../models/core/statistics.ts";

/** Known answers published with the generator (Random123, kat_vectors). */
const KNOWN = [
  [
    [0, 0, 0, 0],
    [0, 0],
    [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
  ],
  [
    [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  ],
  [
    [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    [0xa4093822, 0x299f31d0],
    [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  ],
] as const;

describe("philox", () => {
  it.each(KNOWN)("gives the published words for counter %j", (counter, key, expected) => {
    const words = Uint32Array.from(counter);
    philox(words, key[0], key[1]);
    expect([...words]).toEqual([...expected]);
  });
});

describe("uniforms", () => {
  it("gives a draw the same number wherever a block begins", () => {
    const all = uniforms(7, "prijs", 0, 100);
    for (const first of [0, 1, 37, 99]) expect([...uniforms(7, "prijs", first, 1)]).toEqual([all[first]]);
  });

  it("differs by seed, by name and by stream, also where names share letters or seeds differ beyond 32 bits", () => {
    const firsts = [
      uniforms(1, "a", 0, 1),
      uniforms(2, "a", 0, 1),
      uniforms(1 + 2 ** 32, "a", 0, 1),
      uniforms(1, "b", 0, 1),
      uniforms(1, "ab", 0, 1),
      uniforms(1, "ba", 0, 1),
      uniforms(1, "a", 0, 1, 1),
    ].map(([u]) => u);
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it("stays within (0, 1) with the moments of a uniform distribution", () => {
    const sample = uniforms(20260101, "wachttijd", 0, 100_000);
    expect(Math.min(...sample.slice(0, 50_000))).toBeGreaterThan(0);
    expect(Math.max(...sample.slice(0, 50_000))).toBeLessThan(1);
    expect(Math.abs(mean(sample) - 0.5)).toBeLessThan(4 / Math.sqrt(12 * 100_000));
    expect(Math.abs(variance(sample) - 1 / 12)).toBeLessThan(4 * Math.sqrt(1 / 180 / 100_000));
  });

  it("leaves two names uncorrelated", () => {
    const [a, b] = [uniforms(3, "hr_coach", 0, 100_000), uniforms(3, "hr_taal", 0, 100_000)];
    const product = a.map((u, index) => (u - 0.5) * ((b[index] ?? 0) - 0.5) * 12);
    expect(Math.abs(mean(product))).toBeLessThan(4 / Math.sqrt(100_000));
  });
});

describe("layered uniforms", () => {
  it.each([1, 2, 10, 1_000])("put one of %i draws in every layer", (total) => {
    const layers = [...layeredUniforms(5, "x", 0, total, latinLayers(5, "x", total))]
      .map((u) => Math.floor(u * total))
      .sort((a, b) => a - b);
    expect(layers).toEqual(Array.from({ length: total }, (_, index) => index));
  });

  it("give the same draws from any block", () => {
    const all = layeredUniforms(5, "x", 0, 100, latinLayers(5, "x", 100));
    expect([...layeredUniforms(5, "x", 40, 20, latinLayers(5, "x", 100))]).toEqual([...all.slice(40, 60)]);
  });
});
