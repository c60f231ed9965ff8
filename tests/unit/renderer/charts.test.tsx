// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { spread, wrap } from "../../../renderer/charts/endLabels.ts";
import { fitLabel } from "../../../renderer/charts/flowLabels.ts";
import { linesOf } from "../../../renderer/charts/png.ts";
import { chartsOnScreen } from "../../../renderer/views/chartChoice.ts";

/** A context in which every sign is ten wide. */
const context = { measureText: (text: string) => ({ width: 10 * text.length }) } as CanvasRenderingContext2D;

describe("names at the ends of lines", () => {
  it("take one line where they fit, two where they do not, and are cut after that", () => {
    expect(wrap(context, "Rijk", 100)).toEqual(["Rijk"]);
    expect(wrap(context, "een twee drie", 80)).toEqual(["een twee", "drie"]);
    expect(wrap(context, "een twee driehonderdvier", 80)).toEqual(["een twee", "driehon…"]);
  });

  it("do not cover each other", () => {
    const at = (y: number, lines: string[]) => ({ y, lines, colour: "" });
    const labels = [at(50, ["a"]), at(52, ["b", "b"]), at(54, ["c"])];
    spread(labels, 0, 200);
    expect(labels.map(({ y }) => y)).toEqual([50, 74, 98]);
  });
});

describe("the title of an image", () => {
  it("takes as many lines as it needs, and loses no sign", () => {
    expect(linesOf(context, "", 100)).toEqual([]);
    expect(linesOf(context, "een twee", 100)).toEqual(["een twee"]);
    expect(linesOf(context, "een twee drie vier vijf", 80)).toEqual(["een twee", "drie", "vier", "vijf"]);
    expect(linesOf(context, "a verzekeringsmaatschappij b", 100)).toEqual([
      "a",
      "verzekerin",
      "gsmaatscha",
      "ppij b",
    ]);
  });
});

describe("names beside a flow", () => {
  it("give way to the amount where there is no room for both", () => {
    const label = { name: "Gemeenten: inzet", amount: "€ 12" };
    expect(fitLabel(context, label, 300)).toBe("Gemeenten: inzet € 12");
    expect(fitLabel(context, label, 150)).toBe("Gemeenten… € 12");
    expect(fitLabel(context, { name: "Extra inzet", amount: "" }, 300)).toBe("Extra inzet");
  });
});

describe("the charts on the screen", () => {
  it("are named by their finding and saved by their own button", () => {
    document.body.innerHTML =
      "<figure><h2>Het loont</h2><button data-export-chart></button></figure><figure><h2>Tabel</h2></figure>";
    let clicks = 0;
    document.querySelector("button")?.addEventListener("click", () => {
      clicks += 1;
    });
    const charts = chartsOnScreen();
    expect(charts.map(({ title }) => title)).toEqual(["Het loont"]);
    charts[0]?.save();
    expect(clicks).toBe(1);
  });
});
