// @vitest-environment happy-dom
/** What the overview says of a real case where there is no figure to give. */
import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { createI18n } from "../../../renderer/i18n.ts";
import type { Progress } from "../../../renderer/run/runner.ts";
import { useCase } from "../../../renderer/state/caseStore.ts";
import { useResults } from "../../../renderer/state/resultStore.ts";
import { useSettings } from "../../../renderer/state/settingsStore.ts";
import { chartSource } from "../../../renderer/views/chartSource.ts";
import { ScenariosView } from "../../../renderer/views/comparison/ScenariosView.tsx";
import { formatsOf, toneOf } from "../../../renderer/views/format.ts";
import { Headline } from "../../../renderer/views/Headline.tsx";
import { OverviewView } from "../../../renderer/views/overview/OverviewView.tsx";
import type { BusinessCase } from "../../../scenarios/index.ts";
import { texts } from "../../../scenarios/text/index.ts";
import { CASE, show, VIEW } from "./casePage.tsx";

afterEach(() => {
  cleanup();
  useResults.getState().clear();
});

const text = (selector: string) =>
  (document.querySelector(selector)?.textContent ?? "").replaceAll("\u00a0", " ");

describe("the reference beside another scenario", () => {
  it("has nothing to earn back, and that is no figure to compare with", async () => {
    await show(<OverviewView />, { pair: ["ontschot", "nul"] });
    const payback = text("[data-figure=payback]");
    expect(payback).toContain("niets terug te verdienen");
    expect(payback).not.toContain("0,0");
    expect(payback).toMatch(/Verschil n\.v\.t\.$/);
    expect(screen.getAllByRole("heading").map(({ textContent }) => textContent)).toContain(
      "Overheid en zorg: met Nulalternatief valt er niets terug te verdienen",
    );
    expect(document.querySelector(".app-overview__charts canvas")).toBeNull();
    expect(text(".app-overview table:last-of-type")).not.toContain("0,0");
  });

  it("says so in the table of differences too", async () => {
    await show(<ScenariosView />, { pair: ["ontschot", "nul"] });
    const row = [...document.querySelectorAll("tr")].find(({ textContent }) =>
      textContent?.startsWith("Terugverdientijd Overheid"),
    );
    const cells = [...(row?.querySelectorAll("td") ?? [])].map(({ textContent }) => textContent);
    expect(cells[1]).toBe("niets terug te verdienen");
    expect(cells[2]).toBe("");
  });
});

describe("a payback, beside a net present value that may say otherwise", () => {
  it("is said not to be discounted wherever it stands", async () => {
    await show(<OverviewView />, { pair: ["verkokerd", "ontschot"] });
    expect(text("[data-figure=payback] h3")).toContain("Terugverdientijd (niet contant)");
    expect(text("[data-figure=payback] [role=tooltip]")).toContain("niet contant gemaakt");
    expect(text(".app-overview__charts h2")).toMatch(/\(niet contant\)$/);
    const columns = [...document.querySelectorAll("th")].map(({ textContent }) => textContent ?? "");
    expect(columns.find((column) => column.startsWith("Terugverdiend na"))).toContain("niet contant");
    cleanup();
    await show(<ScenariosView />, { pair: ["verkokerd", "ontschot"] });
    const rows = [...document.querySelectorAll("tr")].map(({ textContent }) => textContent ?? "");
    for (const row of rows.filter((words) => words.startsWith("Terugverdientijd")))
      expect(row).toContain("(jaar, niet contant)");
  });

  it.each([
    ["nl", "niet contant"],
    ["en", "undiscounted"],
  ] as const)("is said so of every moment, in every list: %s", (language, words) => {
    const { t } = createI18n(language);
    for (const kind of ["after", "never", "neverBehind"] as const)
      expect(t(`overview.cumulative.title.${kind}`)).toContain(`(${words})`);
    for (const line of [
      t("overview.payback"),
      t("overview.municipalities.payback"),
      t("scenarios.paybackOf"),
    ])
      expect(line).toContain(words);
    expect(texts(language).figures.measures.payback).toContain(words);
    expect(texts(language).report.payback).toContain(words);
  });
});

describe("a sentence on a perspective", () => {
  it("reads whether its name is one or many", async () => {
    await show(<OverviewView />, { pair: ["verkokerd", "ontschot"], perspective: "gemeente" });
    const plural = [text(".app-answer__sentence"), text(".app-overview__charts h2")];
    cleanup();
    await show(<OverviewView />, { pair: ["verkokerd", "ontschot"], perspective: "samenleving" });
    const single = [text(".app-answer__sentence"), text(".app-overview__charts h2")];
    for (const words of plural) expect(words).toMatch(/^Gemeenten: /);
    for (const words of single) expect(words).toMatch(/^Samenleving: /);
    expect(plural.join()).not.toMatch(/gemeenten (heeft|verdient|staat)/);
    expect(single.join()).not.toContain("samenleving");
  });
});

describe("rounded figures beside their difference", () => {
  const NOTE = "Verschillen zijn berekend vóór afronding";
  const explanationOf = (word: string) =>
    [...document.querySelectorAll("th .app-term")].find(({ textContent }) => textContent?.startsWith(word))
      ?.textContent ?? "";

  it("come with the reason why they need not add up, once for the key figures", async () => {
    await show(<OverviewView />, { pair: ["verkokerd", "ontschot"] });
    expect(text(".app-kpis").split(NOTE)).toHaveLength(2);
    expect(explanationOf("Verschil")).toContain(NOTE);
    cleanup();
    await show(<OverviewView />, { pair: ["ontschot", "ontschot"] });
    expect(text(".app-overview")).not.toContain(NOTE);
  });

  it("come with it in the table of differences and at the headline", async () => {
    await show(<ScenariosView />, { pair: ["verkokerd", "ontschot"] });
    expect(explanationOf("Verschil")).toContain(NOTE);
    cleanup();
    await show(<Headline scenario="ontschot" />, { pair: ["verkokerd", "ontschot"] });
    const changed = { ...CASE, meta: { ...CASE.meta, title: "Anders" } };
    const scenarios = VIEW.scenarios.map((scenario) => ({
      ...scenario,
      perspectives: scenario.perspectives.map((figures) => ({ ...figures, npv: figures.npv + 12_345 })),
    }));
    act(() => {
      useCase.getState().edit({ key: "title", subject: "" }, () => changed);
      useResults.setState({ figures: { ...VIEW, scenarios } });
    });
    expect(text(".app-headline")).toMatch(
      /€ \+12\.300 door uw wijzigingen \(was € .*; verschil vóór afronding\)/,
    );
  });
});

describe("English", () => {
  const { t } = createI18n("en");
  it("has one year and more years", () => {
    const outcome = "Paid work";
    for (const key of ["overview.outcome", "overview.municipalities.outcome", "scenarios.outcomeOf"]) {
      expect(t(key, { outcome, count: 1 })).toMatch(/^Paid work,? after 1 year$/);
      expect(t(key, { outcome, count: 5 })).toMatch(/^Paid work,? after 5 years$/);
    }
    expect(texts("en").report.outcomes(1)).toMatch(/^Outcomes 1 year after entry /);
  });

  it("asks for attention politely", () => {
    expect(t("overview.warnings")).toBe("Please note");
  });
});

it("a loss is red, and what rounds to nothing is not", () => {
  expect(toneOf("\u2212348", -348_000)).toBe("app-negative");
  expect(toneOf("0", -300)).toBe("");
  expect(toneOf("0,0 %-pt", -0.0001)).toBe("");
  expect(toneOf("107", 107_000)).toBe("app-positive");
});

it("an amount below a thousand is no loss in the table of municipalities", async () => {
  const purses = (npv: number) =>
    VIEW.outline.municipalities.map(() => ({ npv, payback: { kind: "never" } }));
  const scenarios = VIEW.scenarios.map((scenario) => ({
    ...scenario,
    purses: { ...scenario.purses, municipalities: purses(scenario.id === "ontschot" ? -300 : -3000) },
  }));
  await show(<OverviewView />, { pair: ["verkokerd", "ontschot"] });
  act(() => useResults.setState({ figures: { ...VIEW, scenarios } as unknown as typeof VIEW }));
  const [row] = document.querySelectorAll(".app-overview > .app-card tbody tr");
  const cells = [...(row?.querySelectorAll("td") ?? [])].slice(1, 4);
  expect(cells.map(({ textContent, className }) => [textContent, /negative/.test(className)])).toEqual([
    ["\u22123", true],
    ["0", false],
    ["3", false],
  ]);
});

describe("figures that are not the programme's", () => {
  const NOTE = /Voorlopig: wie welk traject krijgt, is voor deze zaak niet berekend\./;
  const stop = () =>
    useResults.setState({ unsolved: { revision: useCase.getState().revision, faults: null } });

  it("are called provisional at the answer once nothing is being computed", async () => {
    await show(<OverviewView />, { pair: ["verkokerd", "ontschot"] });
    expect(text(".app-answer")).not.toMatch(NOTE);
    act(() => useResults.setState({ exact: false, progress: { done: 0, total: 2, label: "" } as Progress }));
    expect(text(".app-answer")).not.toMatch(NOTE);
    act(() => useResults.setState({ progress: null }));
    act(stop);
    expect(text(".app-answer")).toMatch(NOTE);
    act(() => useResults.setState({ exact: true, unsolved: null }));
    expect(text(".app-answer")).not.toMatch(NOTE);
  });

  it("are called so while the case as it is now has faults", async () => {
    await show(<OverviewView />, { pair: ["verkokerd", "ontschot"] });
    act(() => useResults.setState({ faults: [] }));
    expect(text(".app-answer")).toMatch(NOTE);
  });

  it("are called so in both tables of the scenarios and at the headline", async () => {
    await show(<ScenariosView />, { pair: ["verkokerd", "ontschot"] });
    act(() => useResults.setState({ exact: false }));
    act(stop);
    for (const card of document.querySelectorAll(".app-card")) expect(card.textContent).toMatch(NOTE);
    cleanup();
    await show(<Headline scenario="ontschot" />, { pair: ["verkokerd", "ontschot"] });
    act(() => useResults.setState({ exact: false }));
    act(stop);
    expect(text(".app-headline")).toMatch(NOTE);
  });
});

describe("a service with too few places", () => {
  const [segment] = CASE.segments;
  const track = CASE.tracks.find(
    ({ interventions, segments }) =>
      interventions.includes("coach") && (segments === undefined || segments.includes(segment?.id ?? "")),
  );
  const full: BusinessCase = {
    ...CASE,
    parameters: [
      ...CASE.parameters,
      { id: "plaatsen", label: "Plaatsen bij de coach", unit: "person", value: 2, kind: "stated" },
    ],
    interventions: CASE.interventions.map((item) =>
      item.id === "coach" ? { ...item, capacity: "plaatsen" } : item,
    ),
    scenarios: CASE.scenarios.map((scenario) =>
      scenario.id === "ontschot"
        ? {
            ...scenario,
            allocation: { mode: "fixed", shares: { [segment?.id ?? ""]: { [track?.id ?? ""]: 1 } } },
          }
        : scenario,
    ),
  };

  it("is one warning with its years, that leads to the number of places", async () => {
    await show(<OverviewView />, { pair: ["verkokerd", "ontschot"], file: full });
    const label = CASE.interventions.find(({ id }) => id === "coach")?.label ?? "?";
    const warnings = screen.getAllByRole("button", { name: /te weinig plaatsen/ });
    expect(warnings).toHaveLength(1);
    const words = warnings[0]?.textContent ?? "";
    expect(words).toContain(label);
    for (const municipality of CASE.municipalities) expect(words).toContain(municipality.label);
    const { startYear, inflowYears } = CASE.time;
    expect(words).toContain(`${startYear}–${startYear + inflowYears - 1}`);
    act(() => warnings[0]?.click());
    expect(useSettings.getState()).toMatchObject({ view: "assumptions", focus: { parameter: "plaatsen" } });
  });
});

describe("what falls on general funds", () => {
  const { interventions, municipalities, accounts } = VIEW.outline;
  /** The warnings on it for a scenario in which general funds pay a thousand euros for each of some interventions. */
  async function linesOf(id: string, pays: (statutory: boolean) => boolean): Promise<string[]> {
    const general = Float64Array.from(interventions, ({ statutory }) => (pays(statutory) ? 1_000 : 0));
    const shortages = municipalities.map((_, municipality) => ({
      code: "SHORTAGE" as const,
      municipality,
      amount: 1_000,
      segment: -1,
      track: -1,
      intervention: -1,
      years: [],
    }));
    const scenarios = VIEW.scenarios.map((scenario) => ({
      ...scenario,
      warnings: scenario.id === id && scenario.mode !== "optimal" ? shortages : [],
      paid: scenario.paid.map((row, account) =>
        account === accounts.length ? (scenario.id === id ? general : row.map(() => 0)) : row,
      ),
    }));
    await show(<OverviewView />, { pair: ["nul", "verkokerd"] });
    act(() => useResults.setState({ figures: { ...VIEW, scenarios } }));
    return screen
      .queryAllByRole("button", { name: /algemene middelen/ })
      .map(({ firstChild }) => (firstChild?.textContent ?? "").replaceAll("\u00a0", " "));
  }

  it("is one line in the same words for every scenario", async () => {
    const count = interventions.filter(({ statutory }) => statutory).length;
    for (const [id, label] of [
      ["nul", "Nulalternatief"],
      ["verkokerd", "Verkokerd"],
    ] as const) {
      expect(await linesOf(id, (statutory) => statutory)).toEqual([
        `In ${label} komt € ${count}.000 aan wettelijke taken op de algemene middelen.`,
      ]);
      cleanup();
    }
  });

  it("is not called statutory where it is not all so", async () => {
    expect(await linesOf("nul", () => true)).toEqual([
      `In Nulalternatief komt een tekort van € ${interventions.length}.000 op de algemene middelen.`,
    ]);
  });
});

describe("what stands below the image of a chart", () => {
  const sourceOf = (id: string, discounted: boolean, changes: object = {}, provisional = false) => {
    const scenario = VIEW.scenarios.find((item) => item.id === id);
    if (!scenario) throw new Error("no scenario");
    const meta = { ...CASE.meta, title: "Onze zaak", status: "vastgesteld" as const };
    const line = chartSource(
      { meta, view: VIEW, scenario: { ...scenario, ...changes }, discounted, provisional },
      createI18n("nl").t,
      formatsOf("nl"),
    );
    return line.replaceAll("\u00a0", " ");
  };

  it("is the case, what is compared, the prices and the status", () => {
    expect(sourceOf("ontschot", true)).toBe(
      "Onze zaak (vastgesteld) · Ontschot vergeleken met Nulalternatief · Prijspeil 2026, contant bij een discontovoet van 2,25%",
    );
    expect(sourceOf("verkokerd", false)).toContain("Prijspeil 2026, niet contant");
  });

  it("says that figures are provisional", () => {
    expect(sourceOf("ontschot", true, {}, true)).toContain(
      "Ontschot vergeleken met Nulalternatief · voorlopige cijfers · Prijspeil 2026",
    );
    expect(sourceOf("ontschot", true)).not.toContain("voorlopig");
  });

  it("says of the reference and of what is not lawful that they are", () => {
    expect(sourceOf("nul", true)).toContain("· Nulalternatief (vergelijking) ·");
    expect(sourceOf("ontschot", true, { unlawful: [{ reason: "LIFTS_EARMARK", account: 0 }] })).toMatch(
      /Ontschot vergeleken met Nulalternatief · niet rechtmatig onder huidig recht · /,
    );
  });
});
