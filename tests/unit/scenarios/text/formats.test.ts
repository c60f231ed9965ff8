import { expect, it } from "vitest";
import { formatCell, formatResult, formatYearRanges } from "../../../../scenarios/text/index.ts";

it.each([
  [[], ""],
  [[2027], "2027"],
  [[2027, 2029, 2030, 2031], "2027, 2029–2031"],
  [[2031, 2027, 2028, 2027], "2027–2028, 2031"],
])("years are written as ranges: %j", (years, words) => {
  expect(formatYearRanges(years)).toBe(words);
});

it.each([
  [6100.5, "EUR", "6.100,50"],
  [1401.5, "EUR / month", "1.401,50"],
  [578.577, "EUR / (person * year)", "578,58"],
  [-0.5, "EUR", "-0,50"],
  [1300, "EUR", "1.300"],
  [0.0375, "EUR / hour", "0,0375"],
  [0.05, "EUR", "0,05"],
  [578.577, "weeks", "578,577"],
  [0.6, "", "0,6"],
  [2.5, "persons / EUR", "2,5"],
  [250.125, "kEUR", "250,125"],
])("%s in %s stands in a cell as %s", (value, unit, text) => {
  expect(formatCell(value, "nl", unit)).toBe(text);
});

it.each([
  [1000578.1892, "EUR", "1.000.578,19"],
  [1 / 3, "EUR", "0,33"],
  [1 / 30, "EUR / hour", "0,033333"],
  [1300.0000000000002, "EUR", "1.300"],
  [1234567.89, "persons", "1.234.568"],
  [1234.56789, "weeks", "1.234,57"],
])("%s in %s from a formula stands in a cell as %s", (value, unit, text) => {
  expect(formatResult(value, "nl", unit)).toBe(text);
});
