// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import { spread, wrap } from "../../../renderer/charts/endLabels.ts";
import { fitLabel } from "../../../renderer/charts/flowLabels.ts";
import { linesOf } from "../../../renderer/charts/png.ts";
import type { Outline, ScenarioView } from "../../../renderer/run/caseView.ts";
import { chartsOnScreen } from "../../../renderer/views/chartChoice.ts";
import { pocketFlows } from "../../../renderer/views/overview/pocketFlows.ts";

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
  const label = { name: "Anderen op de arbeidsmarkt: verlies", amount: "€\u00a012" };

  it("take two lines where there is no room on one, and lose no sign", () => {
    expect(fitLabel(context, label, 400)).toBe("Anderen op de arbeidsmarkt: verlies €\u00a012");
    expect(fitLabel(context, label, 360)).toBe("Anderen op de arbeidsmarkt: verlies\n€\u00a012");
    expect(fitLabel(context, label, 280)).toBe("Anderen op de arbeidsmarkt:\nverlies €\u00a012");
    expect(fitLabel(context, { name: "Extra inzet", amount: "" }, 300)).toBe("Extra inzet");
  });

  it("give way to the amount where there is no room on two", () => {
    expect(fitLabel(context, label, 150)).toBe("Anderen op de\narbeidsma… €\u00a012");
  });
});

describe("flows between pockets", () => {
  const parties = ["Gemeenten", "Rijk", "Inburgeraar", "Zorgverzekeraar", "Werkgever"];
  const outline = {
    parties: parties.map((label) => ({ label })),
    order: { parties: parties.map((_, index) => index) },
  } as unknown as Outline;
  const flowsOf = (costs: number[], benefits: number[]) =>
    pocketFlows(outline, { pockets: { costs, benefits } } as unknown as ScenarioView, {
      pays: (name) => `${name}: inzet`,
      loses: (name) => `${name}: verlies`,
      gains: (name) => `${name}: opbrengst`,
      effort: "Extra inzet",
      surplus: "Opbrengst boven de inzet",
      lost: "Niet terugverdiend",
      other: "Overig",
    });
  const { nodes, flows, rows } = flowsOf([99_000, 0, 10, 0, 300], [60_000, 40_000, 0, -900, 450]);
  const labels = nodes.map(({ label }) => label);

  it("below half a percent of the whole are drawn as one per side", () => {
    expect(labels).toEqual([
      "Gemeenten: inzet",
      "Zorgverzekeraar: verlies",
      "Overig",
      "Gemeenten: opbrengst",
      "Rijk: opbrengst",
      "Overig",
      "Extra inzet",
    ]);
    expect(flows.map(({ amount }) => amount)).toEqual([99_000, 900, 550, 60_000, 40_000, 450]);
  });

  it("are all in the table", () => {
    expect(rows.map(({ from, amount }) => [from, amount]).slice(0, 4)).toEqual([
      ["Gemeenten: inzet", 99_000],
      ["Inburgeraar: inzet", 10],
      ["Zorgverzekeraar: verlies", 900],
      ["Werkgever: inzet", 300],
    ]);
    expect(rows.map(({ to }) => to)).toContain("Werkgever: opbrengst");
  });

  it("come in as they go out, in the drawing and in the table", () => {
    const sum = (list: readonly { amount: number }[]) =>
      list.reduce((total, { amount }) => total + amount, 0);
    expect(sum(flows.filter(({ to }) => to === "effort"))).toBeCloseTo(
      sum(flows.filter(({ from }) => from === "effort")),
      9,
    );
    expect(sum(rows)).toBeCloseTo(sum(flows), 9);
    expect(flowsOf([0, 0, 0, 0, 0], [0, 0, 0, 0, 0])).toEqual({ nodes: [], flows: [], rows: [] });
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
