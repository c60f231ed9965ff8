import { expect, it } from "vitest";
import { formatYearRanges } from "../../../../scenarios/text/index.ts";

it.each([
  [[], ""],
  [[2027], "2027"],
  [[2027, 2029, 2030, 2031], "2027, 2029–2031"],
  [[2031, 2027, 2028, 2027], "2027–2028, 2031"],
])("years are written as ranges: %j", (years, words) => {
  expect(formatYearRanges(years)).toBe(words);
});
