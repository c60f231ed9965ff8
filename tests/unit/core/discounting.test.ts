import { describe, expect, it } from "vitest";
import { earnedBack } from "../../../models/core/discounting.ts";

describe("whether money is earned back", () => {
  it("is a moment where the benefit was behind and caught up", () => {
    expect(earnedBack([-10, 5, 10])).toEqual({ kind: "after", years: 2.5 });
    expect(earnedBack([-10, 5, 10], [1, 1, 0.5])).toEqual({ kind: "after", years: 3 });
  });

  it("is no moment where it never catches up, or was never behind", () => {
    expect(earnedBack([-10, 5])).toEqual({ kind: "never" });
    expect(earnedBack([0, 5, -2])).toEqual({ kind: "neverBehind" });
  });

  it("is no question where nothing is put in and nothing comes out", () => {
    expect(earnedBack([0, 0, 0])).toEqual({ kind: "nothing" });
    expect(earnedBack([1e-9, -1e-9])).toEqual({ kind: "nothing" });
    expect(earnedBack([])).toEqual({ kind: "nothing" });
  });
});
