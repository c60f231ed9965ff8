import { describe, expect, it } from "vitest";
import { euro, neutralise, number, restore, writeTable } from "../../../../scenarios/csv/table.ts";

describe("a table as a file", () => {
  const table = {
    name: "proef",
    head: [["Titel", 'Een "zaak"; met tekens']],
    columns: ["naam", "bedrag"],
    rows: [
      ["A", euro(-1234.567)],
      ["=1+1", number(1 / 3, 4)],
      ["-", euro(-0.001)],
      [null, number(0.1, null)],
    ],
  };

  it("is Dutch: semicolon, decimal comma, BOM, CRLF, rounded", () => {
    expect(writeTable(table, "dutch").text).toBe(
      '\ufeffTitel;"Een ""zaak""; met tekens"\r\n\r\nnaam;bedrag\r\nA;-1234,57\r\n\'=1+1;0,3333\r\n\'-;0,00\r\n;0,1\r\n',
    );
  });

  it("is precise: comma, decimal point, every digit", () => {
    expect(writeTable(table, "precise").text).toBe(
      '\ufeffTitel,"Een ""zaak""; met tekens"\r\n\r\nnaam,bedrag\r\nA,-1234.567\r\n\'=1+1,0.3333333333333333\r\n\'-,-0.001\r\n,0.1\r\n',
    );
  });

  it("never writes a number that is none, or a negative zero", () => {
    const cells = {
      ...table,
      rows: [["x", number(Number.NaN, 2), number(Number.POSITIVE_INFINITY, 2), number(-0, 2)]],
    };
    expect(writeTable(cells, "dutch").text.split("\r\n")[3]).toBe("x;;;0,00");
  });
});

describe("texts that look like formulas, numbers or dates", () => {
  it.each([
    "=1+1",
    "+31 78",
    "-x",
    "@SUM(A1)",
    "\tcmd",
    "\r=1",
    "  =1+1",
    "\u00a0=1",
    "＝1",
    "1-1-2026",
    "6.3",
    "2026",
    "12:30",
    "5%",
    "2026-01-31",
  ])("%j is neutralised and comes back", (text) => {
    expect(neutralise(text)).toBe(`'${text}`);
    expect(restore(neutralise(text))).toBe(text);
  });

  it.each(["Dordrecht", "0.5 * wachttijd", "'s-Gravenhage", "a=b", "6.3 Inkomen", "1e2", ""])(
    "%j stays as it is",
    (text) => {
      expect(neutralise(text)).toBe(text);
      expect(restore(text)).toBe(text);
    },
  );
});
