/** What a fault says to a reader who knows no schema. */
import { describe, expect, it } from "vitest";
import template from "../../../scenarios/data/sjabloon.json?raw";
import { openCase } from "../../../scenarios/index.ts";
import { describeFault } from "../../../scenarios/text/index.ts";

type Broken = Record<string, unknown>;

/** The faults of the template after a part of it has been broken. */
function faultsAfter(breaking: (file: Broken) => void) {
  const file = JSON.parse(template) as Broken;
  breaking(file);
  const opened = openCase(JSON.stringify(file));
  return opened.ok ? [] : opened.faults;
}

describe("the kind of value that is expected", () => {
  it.each([
    ["a part with keys", "time", (file: Broken) => delete file.time],
    ["a part with keys", "meta", (file: Broken) => Object.assign(file, { meta: "zaak" })],
    ["a list", "parties", (file: Broken) => Object.assign(file, { parties: {} })],
    ["text", "meta/title", (file: Broken) => Object.assign(file.meta as object, { title: 3 })],
    ["a number", "time/years", (file: Broken) => Object.assign(file.time as object, { years: "zes" })],
  ])("is named in words: %s for %s", (english, path, breaking) => {
    const fault = faultsAfter(breaking).find((each) => each.path === path);
    if (!fault) throw new Error("no fault");
    const schemaWords = /\b(object|record|array|string|number|boolean|int)\b/;
    expect(describeFault(fault, "nl").expected).not.toMatch(schemaWords);
    expect(describeFault(fault, "nl").expected).not.toBe("");
    expect(describeFault(fault, "en").expected).toBe(english);
  });

  it("names each kind of a choice once", () => {
    const fault = { code: "WRONG_TYPE", path: "a", found: true, expected: "number, string, object, record" };
    expect(describeFault(fault, "nl").expected).toBe("een getal, tekst, een onderdeel met sleutels");
  });

  it("leaves values that are expected as they are", () => {
    const fault = { code: "WRONG_VALUE", path: "a", found: "x", expected: "string, object" };
    expect(describeFault(fault, "nl").expected).toBe("string, object");
  });
});

describe("a value outside its range", () => {
  const fault = { code: "OUT_OF_RANGE", path: "discounting/alsoAt/0", found: -1.5, expected: "-0.99 – 10" };

  it.each([
    ["nl", "-1,5", "-0,99 – 10"],
    ["en", "-1.5", "-0.99 – 10"],
  ] as const)("is told in the notation of the reader: %s", (language, found, expected) => {
    expect(describeFault(fault, language)).toMatchObject({ found, expected });
  });

  it("is written as it is asked for, with the ends of the range", () => {
    const percent = (value: number) => `${value * 100}%`;
    expect(describeFault(fault, "en", percent)).toMatchObject({ found: "-150%", expected: "-99% – 1000%" });
    expect(describeFault({ ...fault, code: "FORMULA_TOO_LONG", found: 2 }, "en", percent).found).toBe("2");
  });
});

describe("a formula that cannot be what its writer means", () => {
  it.each([
    ["5000 euro", "zonder rekenteken", "side by side"],
    ["1.5 (2 + 1)", "zonder rekenteken", "side by side"],
    ["prijs + 1", "geen eenheid heeft, zoals een los getal", "no unit, such as a bare number"],
    ["prijs > 100 ? 1 : 2", "geen eenheid heeft, zoals een los getal", "no unit, such as a bare number"],
  ])("%s: says why, and nothing that was expected", (formula, dutch, english) => {
    const [fault] = faultsAfter((file) => {
      const parameters = file.parameters as object[];
      parameters.push(
        { id: "prijs", label: "Prijs", unit: "EUR", value: 3, kind: "assumed" },
        { id: "som", label: "Som", unit: "EUR", value: formula, kind: "assumed" },
      );
    });
    if (!fault) throw new Error("no fault");
    expect(describeFault(fault, "nl").what).toContain(dutch);
    expect(describeFault(fault, "en").what).toContain(english);
    expect(describeFault(fault, "nl")).toMatchObject({ found: "", expected: "" });
  });
});

describe("a formula that cannot be read", () => {
  it.each([
    ["1.5 *", "na “1,5 *” hoort nog een getal of naam", "after “1.5 *” a number or name"],
    ["max(1.5, ", "na “max(1,5;” hoort nog een getal of naam", "after “max(1.5,” a number or name"],
    ["2 * (3 + 4", "haakje ) ontbreekt na “2 * (3 + 4”", "bracket ) is missing after “2 * (3 + 4”"],
    ["max(1, 2.5 3)", "“3” kan niet staan na “max(1; 2,5”", "“3” cannot stand after “max(1, 2.5”"],
    ["2 * / 0.5", "“/” kan niet staan na “2 *”", "“/” cannot stand after “2 *”"],
    [")", "beginnen met “)”", "begin with “)”"],
    ["1 > 2 ? 3", "? hoort ook een :", "? needs a :"],
    [" ", "De formule is leeg", "The formula is empty"],
    ["1 + @", "“@” kan niet staan na “1 +”", "“@” cannot stand after “1 +”"],
    ["2 * 3.4.5", "“0,5” kan niet staan na “2 * 3,4”", "“.5” cannot stand after “2 * 3.4”"],
  ])("%s: says what is wrong and where", (formula, dutch, english) => {
    const [fault] = faultsAfter((file) => {
      const [first] = file.parameters as { value: unknown }[];
      if (first) first.value = formula;
    });
    if (!fault) throw new Error("no fault");
    expect(fault.code).toBe("FORMULA_SYNTAX");
    expect(describeFault(fault, "nl").what).toContain(dutch);
    expect(describeFault(fault, "en").what).toContain(english);
    const words = (["nl", "en"] as const).map((language) => Object.values(describeFault(fault, language)));
    expect(words.join(" ")).not.toMatch(/Unexpected|char \d|punt|point/);
  });
});
