/** Every sentence of the interface is in scenarios/text, in both languages. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { APP_TEXTS } from "../../../scenarios/text/index.ts";

const folder = fileURLToPath(new URL("../../../renderer", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
  name.endsWith(".tsx"),
);

/** Words that stand in the markup itself: between tags, or as a literal that is shown or spoken. */
function wordsIn(source: string): string[] {
  const code = source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");
  const between = [
    ...code.matchAll(/<\/?[A-Za-z][^<>{}=]*(?:=(?:"[^"]*"|\{[^{}]*\})[^<>{}=]*)*>\s*([^<>{}()=;]*?)\s*[<{]/g),
  ];
  const spoken = [
    ...code.matchAll(
      /\b(?:title|aria-label|placeholder|alt|label)=(?:"([^"]*)"|\{"([^"]*)"\}|\{`([^`$]*)`\})/g,
    ),
  ];
  return [
    ...between.map(([, text]) => text),
    ...spoken.map(([, plain, quoted, ticked]) => plain ?? quoted ?? ticked),
  ].filter((text): text is string => /\p{L}{2}/u.test(text ?? ""));
}

function keysOf(texts: object, path = ""): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === "object" && value !== null ? keysOf(value, `${path}${key}.`) : [`${path}${key}`],
  );
}

/** The slots of a text: what is filled in. */
function slotsOf(texts: object, path: string): string[] {
  const text = path.split(".").reduce<unknown>((part, key) => (part as Record<string, unknown>)[key], texts);
  return [...String(text).matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? "").sort();
}

describe("words of the interface", () => {
  it("finds words in markup, and leaves code alone", () => {
    expect(wordsIn('<p className="a">Hallo daar</p>')).toEqual(["Hallo daar"]);
    expect(wordsIn('<button title="Sluit">{t("a")}</button>')).toEqual(["Sluit"]);
    expect(wordsIn('<p title={t("a")}>{t("b")}</p>; if (a < b) run(<b />);')).toEqual([]);
  });

  it.each(files)("%s has none of its own", (name) => {
    expect(wordsIn(readFileSync(join(folder, name), "utf8"))).toEqual([]);
  });

  it("has the same keys in Dutch and English", () => {
    expect(keysOf(APP_TEXTS.en).sort()).toEqual(keysOf(APP_TEXTS.nl).sort());
  });

  it("fills in the same in Dutch and English", () => {
    for (const key of keysOf(APP_TEXTS.nl))
      expect([key, slotsOf(APP_TEXTS.en, key)]).toEqual([key, slotsOf(APP_TEXTS.nl, key)]);
  });
});
