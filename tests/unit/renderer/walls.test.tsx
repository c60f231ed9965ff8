// @vitest-environment happy-dom
/** The walls of a real case: a click or a key makes the edit, and what is not lawful says so first. */
import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CaseView } from "../../../renderer/run/caseView.ts";
import { presentCase, useCase } from "../../../renderer/state/caseStore.ts";
import { useResults } from "../../../renderer/state/resultStore.ts";
import { useSettings } from "../../../renderer/state/settingsStore.ts";
import { WallsView } from "../../../renderer/views/walls/WallsView.tsx";
import type { BusinessCase, Scenario } from "../../../scenarios/index.ts";
import { CASE, show as showView, VIEW, viewOf } from "./casePage.tsx";

const SCENARIO = "ontschot";

/** The walls as they are on the screen when a case and its figures are there. */
const show = (file: BusinessCase) =>
  showView(<WallsView />, { pair: ["verkokerd", SCENARIO], perspective: "gemeente", file });

const scenarioNow = () =>
  presentCase(useCase.getState())?.scenarios.find((scenario) => scenario.id === SCENARIO);
const lastStep = () => useCase.getState().history?.past.at(-1)?.name;
const wall = (account: string, intervention: string) => {
  const found = document.querySelector<HTMLElement>(`[data-wall="${account} ${intervention}"]`);
  if (!found) throw new Error(`no wall ${account} ${intervention}`);
  return found;
};
const labelOf = (id: string) => CASE.accounts.find((account) => account.id === id)?.label ?? "";
/** What stands below the table for who sees it. */
const words = () => document.querySelector(".app-matrix__words")?.textContent ?? "";

beforeEach(() => show(CASE));
afterEach(() => {
  cleanup();
  useResults.getState().clear();
});

describe("a wall", () => {
  it("that is closed opens: the purse enters the pool, as one step with its name", async () => {
    expect(scenarioNow()?.pool).not.toContain("uitvoering");
    await userEvent.setup().click(wall("uitvoering", "coach"));
    expect(scenarioNow()?.pool).toContain("uitvoering");
    expect(lastStep()).toEqual({ key: "openWall", subject: labelOf("uitvoering") });
    useCase.getState().undo();
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it("that is open closes", async () => {
    await userEvent.setup().click(wall("zvw", "coach"));
    expect(scenarioNow()?.pool).not.toContain("zvw");
    expect(lastStep()).toEqual({ key: "closeWall", subject: labelOf("zvw") });
  });

  it("of its own task or of another's duty stays as it is, and says why", async () => {
    const user = userEvent.setup();
    for (const [account, intervention] of [
      ["spuk", "taalroute"],
      ["zvw", "taalroute"],
    ] as const) {
      const button = wall(account, intervention);
      expect(button.getAttribute("aria-disabled")).toBe("true");
      await user.click(button);
      expect(presentCase(useCase.getState())).toBe(CASE);
    }
    await user.click(screen.getByRole("checkbox", { name: new RegExp(labelOf("re_integratie")) }));
    const without = presentCase(useCase.getState());
    await user.click(wall("re_integratie", "coach"));
    expect(presentCase(useCase.getState())).toBe(without);
    expect(wall("spuk", "taalroute").getAttribute("aria-label")).toMatch(
      /bedoeld voor .* betaalt dit altijd/,
    );
    await user.hover(wall("zvw", "taalroute"));
    expect(words()).toMatch(/betaalt geen wettelijke taken van anderen/);
  });
});

describe("a wall that the law keeps shut", () => {
  const law = CASE.accounts.find(({ id }) => id === "spuk")?.law ?? "";

  it("says so, with the law, and does nothing before it is confirmed", async () => {
    const user = userEvent.setup();
    await user.click(wall("spuk", "coach"));
    const dialog = screen.getByRole("dialog");
    expect(law).not.toBe("");
    expect(dialog.textContent).toContain(`wat binnen het oormerk valt (${law})`);
    expect(presentCase(useCase.getState())).toBe(CASE);
    await user.click(within(dialog).getByRole("button", { name: "Annuleren" }));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it("opens as a what-if after that", async () => {
    const user = userEvent.setup();
    await user.click(wall("spuk", "coach"));
    await user.click(within(screen.getByRole("dialog")).getAllByRole("button").at(-1) as HTMLElement);
    expect(scenarioNow()?.liftEarmarks).toEqual(["spuk"]);
    expect(lastStep()).toEqual({ key: "liftEarmark", subject: labelOf("spuk") });
  });

  it("shows that it is not lawful, and a click restores it", async () => {
    const lifted = CASE.scenarios.map((scenario) =>
      scenario.id === SCENARIO ? { ...scenario, liftEarmarks: ["spuk"] } : scenario,
    );
    cleanup();
    await show({ ...CASE, scenarios: lifted });
    const button = wall("spuk", "coach");
    expect(button.className).toContain("app-wall--lifted");
    expect(button.getAttribute("aria-label")).toContain("niet rechtmatig");
    await userEvent.setup().click(button);
    expect(scenarioNow()?.liftEarmarks ?? []).toEqual([]);
    expect(lastStep()).toEqual({ key: "restoreEarmark", subject: labelOf("spuk") });
  });
});

describe("a purse that may not go into this pool", () => {
  const box = (account: string) => screen.getByRole("checkbox", { name: new RegExp(labelOf(account)) });
  const withScenario = async (change: Partial<Scenario>, accounts = CASE.accounts) => {
    cleanup();
    const scenarios = CASE.scenarios.map((scenario) =>
      scenario.id === SCENARIO ? { ...scenario, ...change } : scenario,
    );
    await show({ ...CASE, accounts, scenarios });
  };

  it("says so when it is chosen, and goes in as a what-if only", async () => {
    await withScenario({ scope: "regional", pool: ["re_integratie"] });
    const user = userEvent.setup();
    await user.click(box("spuk"));
    const dialog = screen.getByRole("dialog");
    expect(dialog.textContent).toMatch(/gaat in een pot van de regio de gemeentegrens over/);
    expect(dialog.textContent).toMatch(/gedachte-experiment/);
    expect(scenarioNow()?.pool).toEqual(["re_integratie"]);
    await user.click(within(dialog).getByRole("button", { name: "Annuleren" }));
    expect(scenarioNow()?.pool).toEqual(["re_integratie"]);
    await user.click(box("spuk"));
    await user.click(within(screen.getByRole("dialog")).getAllByRole("button").at(-1) as HTMLElement);
    expect(scenarioNow()?.pool).toContain("spuk");
    expect(lastStep()).toEqual({ key: "openWall", subject: labelOf("spuk") });
  });

  it("gives every reason at once", async () => {
    await withScenario({ scope: "regional", pool: ["re_integratie"] });
    await userEvent.setup().click(wall("spuk", "coach"));
    const { textContent } = screen.getByRole("dialog");
    expect(textContent).toMatch(/wat binnen het oormerk valt/);
    expect(textContent).toMatch(/de gemeentegrens over/);
  });

  it("is said of one that is kept out by law too", async () => {
    const excluded = CASE.accounts.map((account) =>
      account.id === "uitvoering"
        ? { ...account, pooling: "excluded" as const, law: "Wet X, art. 1" }
        : account,
    );
    await withScenario({}, excluded);
    await userEvent.setup().click(box("uitvoering"));
    expect(screen.getByRole("dialog").textContent).toMatch(
      /mag niet in een gezamenlijke pot \(Wet X, art\. 1\)/,
    );
  });

  it("goes into a pool of its own municipality unasked, and out of any", async () => {
    await withScenario({ pool: ["re_integratie"] });
    const user = userEvent.setup();
    await user.click(box("spuk"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(scenarioNow()?.pool).toContain("spuk");
    await withScenario({ scope: "regional", pool: ["re_integratie", "spuk"] });
    await user.click(box("spuk"));
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(scenarioNow()?.pool).not.toContain("spuk");
  });
});

describe("joint delivery", () => {
  const note = () => document.querySelector(".app-walls__note")?.textContent?.replaceAll("\u00a0", " ") ?? "";
  const withTracks = async (tracks: typeof CASE.tracks, costs?: Scenario["costs"]) => {
    cleanup();
    const scenarios = CASE.scenarios.map((scenario) =>
      scenario.id === SCENARIO ? { ...scenario, ...(costs ? { costs } : {}) } : scenario,
    );
    await show({ ...CASE, tracks, scenarios });
  };
  const plain = CASE.tracks.map(({ requires: _, ...track }) => track);

  it("opens the tracks that need it, and that is said", () => {
    const names = CASE.tracks.filter(({ requires }) => requires).map(({ label }) => label);
    expect(names.length).toBeGreaterThan(0);
    for (const name of names) expect(note()).toContain(name);
  });

  it("leaves the costs of the scheme as they are, and they are named", () => {
    const name = CASE.parameters.find(({ id }) => id === "opstart")?.label ?? "?";
    expect(note()).toMatch(/met en zonder dit vinkje/);
    expect(note()).toContain(name);
  });

  it("says so where no track needs it", async () => {
    await withTracks(plain);
    expect(note()).toContain("Geen traject van deze zaak vergt samen uitvoeren");
  });

  it("names costs without a parameter by their amount", async () => {
    const [account] = CASE.accounts;
    await withTracks(plain, [{ account: account?.id ?? "", oneOff: 12_500, from: 2027 }]);
    expect(note()).toContain("€ 12.500");
  });
});

describe("by keyboard", () => {
  const place = () => document.activeElement?.getAttribute("data-place");

  it("the table is one stop, walked with arrows that halt at its edges, and read out below", async () => {
    const user = userEvent.setup();
    const stops = [...document.querySelectorAll<HTMLElement>(".app-wall[data-wall]")].filter(
      (button) => button.tabIndex === 0,
    );
    expect(stops).toHaveLength(1);
    stops[0]?.focus();
    expect(place()).toBe("0 0");
    await user.keyboard("{ArrowUp}{ArrowLeft}");
    expect(place()).toBe("0 0");
    await user.keyboard("{ArrowRight}{ArrowDown}");
    expect(place()).toBe("1 1");
    expect(document.activeElement?.getAttribute("aria-label")).toContain(words());
    await user.keyboard("{ArrowDown>30/}");
    expect(place()).toBe(`${CASE.interventions.length - 1} 1`);
    await user.keyboard("{ArrowUp}");
    expect(place()).toBe(`${CASE.interventions.length - 2} 1`);
  });

  it("Enter and Space do what a click does", async () => {
    const user = userEvent.setup();
    for (const key of ["{Enter}", " "]) {
      wall("uitvoering", "coach").focus();
      await user.keyboard(key);
      expect(scenarioNow()?.pool).toContain("uitvoering");
      useCase.getState().undo();
      expect(scenarioNow()?.pool).not.toContain("uitvoering");
    }
  });
});

it("a purse enters and leaves the pool by its box", async () => {
  const user = userEvent.setup();
  const box = screen.getByRole<HTMLInputElement>("checkbox", { name: new RegExp(labelOf("re_integratie")) });
  expect(box.checked).toBe(true);
  await user.click(box);
  expect(scenarioNow()?.pool).not.toContain("re_integratie");
  await user.click(box);
  expect(scenarioNow()?.pool).toContain("re_integratie");
});

it("a purse of another party stays in the table where it may pay, whatever is in the pool", async () => {
  cleanup();
  const accounts = CASE.accounts.map((account) =>
    account.id === "zvw" ? { ...account, funds: [] } : account,
  );
  const scenarios = CASE.scenarios.map((scenario) => ({ ...scenario, pool: [] }));
  await show({ ...CASE, accounts, scenarios } as BusinessCase);
  expect(wall("zvw", "coach")).toBeTruthy();
  // This one has no money to spend.
  expect(CASE.accounts.find(({ id }) => id === "belasting")?.envelope).toBeUndefined();
  expect(document.querySelector('[data-wall^="belasting "]')).toBeNull();
});

describe("what a wall changes", () => {
  const status = () => {
    const text = document.querySelector(".app-headline")?.textContent ?? "";
    return text.replaceAll("\u00a0", " ");
  };
  const setFigures = (figures: CaseView, exact: boolean) =>
    act(() => useResults.setState({ figures, figuresRevision: useCase.getState().revision, exact }));
  const change = async (account: string) => {
    await userEvent.setup().click(wall(account, "coach"));
    const file = presentCase(useCase.getState());
    if (!file) throw new Error("no case");
    return viewOf(file);
  };

  it("is not said while nothing has been changed", () => {
    expect(status()).not.toContain("Uw wijzigingen");
    expect(status()).not.toContain("Per ");
  });

  it("is that it moves nothing, once that has been worked out", async () => {
    const after = await change("zvw");
    setFigures(VIEW, false);
    expect(status()).toContain("Het verschil wordt berekend");
    expect(status()).not.toContain("geen verschil");
    setFigures(after, true);
    expect(status()).toContain("Uw wijzigingen maken geen verschil, voor geen enkele partij.");
    expect(status()).toContain("Elk budget betaalt evenveel als eerst.");
    expect(status()).toContain("Wie welk traject krijgt, blijft gelijk.");
    act(() => useCase.getState().undo());
    setFigures(VIEW, true);
    expect(status()).not.toContain("Uw wijzigingen");
  });

  it("still stands when the reader has been elsewhere, and is gone when the change is taken back there", async () => {
    const after = await change("zvw");
    setFigures(after, true);
    act(() => useSettings.setState({ pair: ["ontschot", "verkokerd"] }));
    act(() => useSettings.setState({ pair: ["verkokerd", "ontschot"] }));
    expect(status()).toContain("Uw wijzigingen");
    act(() => useCase.getState().undo());
    setFigures(VIEW, true);
    expect(status()).not.toContain("Uw wijzigingen");
  });

  it("is which budget pays, when no party is better or worse off", async () => {
    setFigures(await change("uitvoering"), true);
    expect(status()).toContain("Uw wijzigingen maken geen verschil, voor geen enkele partij.");
    expect(status()).toMatch(
      /Betaald per budget: Uitvoering bijstand € \+3\.230, Algemene middelen € −3\.230\./,
    );
  });

  it("is from which party to which, when the sum for a perspective stays the same", async () => {
    act(() => useSettings.setState({ perspective: "overheid" }));
    await userEvent
      .setup()
      .click(screen.getByRole("checkbox", { name: new RegExp(labelOf("re_integratie")) }));
    setFigures(await viewOf(presentCase(useCase.getState()) ?? CASE), true);
    expect(status()).toContain("Uw wijzigingen maken geen verschil voor ‘Overheid en zorg’ samen.");
    expect(status()).toContain("Per partij, vóór verrekening: Gemeenten € +19.700, Rijk € −19.700.");
  });
});
