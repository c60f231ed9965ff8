// @vitest-environment happy-dom
/** What is typed in the table of assumptions is never lost without a word. */
import { act, cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { Commands } from "../../../renderer/host/shortcuts.ts";
import { createI18n } from "../../../renderer/i18n.ts";
import { parameterValues } from "../../../renderer/run/caseView.ts";
import { presentCase, useCase } from "../../../renderer/state/caseStore.ts";
import { useResults } from "../../../renderer/state/resultStore.ts";
import { notify, useScreen } from "../../../renderer/state/screenStore.ts";
import { filterRows, NO_FILTER } from "../../../renderer/views/assumptions/rows.ts";
import { openCase, type Parameter } from "../../../scenarios/index.ts";
import {
  active,
  activeRow,
  CASE,
  cellOf,
  copied,
  labelOf,
  lastStep,
  openTable,
  parameterOf,
  paste,
  said,
  valueIn,
} from "./assumptionsPage.tsx";

const IDS = filterRows(CASE, CASE, NO_FILTER).map(({ id }) => id);
const [FIRST, SECOND, THIRD] = IDS;
/** Without a band, in euros. */
const AMOUNT = "zvw_bedrag";
/** With a PERT band of 105 to 285 around 170. */
const BANDED = "volwassenen";
const PLAIN = "start_overig";
const SHARE = "z_werk";
const FORMULA = "b1_werk";

const field = () => document.querySelector<HTMLInputElement>(".app-celleditor__field");
const problem = () => document.querySelector(".app-celleditor__words")?.textContent ?? "";
const bandOf = (id: string) => parameterOf(id)?.distribution;

afterEach(() => {
  cleanup();
  act(() => useResults.setState({ values: null }));
});

/** Types in a cell, by its name. */
async function type(id: string | undefined, column: string, keys: string) {
  const user = userEvent.setup();
  await user.click(cellOf(id, column));
  await user.keyboard(keys);
  return user;
}

describe("an open cell that is clicked away from", () => {
  it("is taken, and the cell that was clicked is the one that keys change", async () => {
    openTable();
    const user = await type(FIRST, "Waarde", "3,5");
    await user.click(cellOf(THIRD, "Waarde"));
    expect(valueIn(FIRST)).toBe(3.5);
    expect(activeRow()).toBe(labelOf(THIRD));
    expect(document.activeElement).toBe(cellOf(THIRD, "Waarde"));
    await user.keyboard("50{Enter}");
    expect([FIRST, THIRD].map(valueIn)).toEqual([3.5, 50]);
  });

  it("stays open with the focus and why, when it is no number", async () => {
    openTable();
    const user = await type(FIRST, "Waarde", "1,2,3");
    await user.click(cellOf(THIRD, "Waarde"));
    expect(field()?.value).toBe("1,2,3");
    expect(document.activeElement).toBe(field());
    expect(problem()).toContain("geen getal");
    expect(activeRow()).toBe(labelOf(FIRST));
    await user.keyboard("{Escape}");
    expect(field()).toBeNull();
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it("stays open with why when the focus goes elsewhere, also outside its band", async () => {
    openTable();
    const user = await type(BANDED, "Waarde", "900");
    await user.click(screen.getByRole("searchbox"));
    expect(field()?.value).toBe("900");
    expect(problem()).toContain("bandbreedte");
    expect(document.activeElement).toBe(screen.getByRole("searchbox"));
    expect(valueIn(BANDED)).toBe(170);
    await user.click(field() as HTMLInputElement);
    await user.keyboard("{Enter}");
    expect(valueIn(BANDED)).toBe(900);
  });

  it("says what was lost when the view is left", async () => {
    const { unmount } = openTable();
    await type(FIRST, "Waarde", "1,2,3");
    unmount();
    expect(presentCase(useCase.getState())).toBe(CASE);
    expect(useScreen.getState().notice).toMatchObject({
      key: "assumptions.entryLost",
      values: { text: "1,2,3", where: "Discontovoet, Waarde", what: "Dit is geen getal en geen formule." },
    });
  });

  it("says what was lost when a filter takes its row away", async () => {
    openTable();
    const user = await type(FIRST, "Waarde", "1,2,3");
    await user.click(screen.getByRole("searchbox"));
    await user.keyboard("volwassen");
    expect(field()).toBeNull();
    expect(said()).toContain("“1,2,3” bij Discontovoet, Waarde is niet overgenomen.");
  });

  it("is taken when the view is left", async () => {
    const { unmount } = openTable();
    await type(FIRST, "Waarde", "3,5");
    unmount();
    expect(valueIn(FIRST)).toBe(3.5);
  });
});

describe("commands while a cell is open", () => {
  it("reach the program; those of a text field stay in it", async () => {
    openTable();
    const heard: string[] = [];
    const stop = new Commands(window).listen((command) => heard.push(command));
    const user = await type(FIRST, "Waarde", "3,5");
    await user.keyboard("{Control>}sofe1az{/Control}{F1}");
    stop();
    expect(heard).toEqual(["save", "open", "find", "exportCsv", "go:start", "shortcuts"]);
    expect(field()?.value).toBe("3,5");
  });

  it("save what was typed, and give the focus back to the cell", async () => {
    const { documents, saved } = openTable();
    await type(FIRST, "Waarde", "3,5");
    await act(async () => expect(await documents.save()).toBe(true));
    const file = JSON.parse(saved[0]?.text ?? "") as typeof CASE;
    expect(file.parameters.find(({ id }) => id === FIRST)?.value).toBe(3.5);
    expect(field()).toBeNull();
    expect(document.activeElement).toBe(active());
  });

  it("do not save without what is refused, but say so", async () => {
    const { documents, saved } = openTable();
    await type(FIRST, "Waarde", "1,2,3");
    await act(async () => expect(await documents.save()).toBe(false));
    expect(saved).toEqual([]);
    expect(said()).toContain("“1,2,3” bij Discontovoet, Waarde");
    expect(field()?.value).toBe("1,2,3");
    expect(document.activeElement).toBe(field());
    await userEvent.setup().keyboard("{Escape}");
    expect(said()).toBe("");
  });

  it("save the reason of a local value that is being typed", async () => {
    const { documents, saved } = openTable();
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Per gemeente" }));
    await type(PLAIN, "Dordrecht", "70%{Enter}");
    await user.click(cellOf(PLAIN, "Dordrecht"));
    await user.type(screen.getByLabelText("Reden voor Dordrecht"), "Eigen cijfers");
    await act(async () => expect(await documents.save()).toBe(true));
    const file = JSON.parse(saved[0]?.text ?? "") as typeof CASE;
    expect(file.parameters.find(({ id }) => id === PLAIN)?.local?.dordrecht).toEqual({
      value: 70,
      reason: "Eigen cijfers",
    });
  });

  it("count what is typed as unsaved work", async () => {
    const { frames } = openTable();
    const user = await type(FIRST, "Waarde", "3,5");
    expect(frames.at(-1)).toBe(true);
    await user.keyboard("{Escape}");
    expect(frames.at(-1)).toBe(false);
  });
});

describe("numbers and formulas", () => {
  it.each([
    ["(1.234,50)", -1234.5],
    ["5,00-", -5],
    ["€ -", 0],
    ["\u22125", -5],
    ["=1,5*2", "1.5*2"],
    ["3+4", "3+4"],
    ["=min(1,5; 2)", "min(1.5, 2)"],
  ])("%s is taken as %s, typed and pasted", async (text, expected) => {
    const balance = { id: "saldo", label: "Saldo", unit: "EUR", value: 7, kind: "assumed" as const };
    openTable({ ...CASE, parameters: [...CASE.parameters, balance] });
    await type("saldo", "Waarde", `${text}{Enter}`);
    expect(valueIn("saldo")).toBe(expected);
    act(() => useCase.getState().undo());
    await userEvent.setup().click(cellOf("saldo", "Waarde"));
    paste(text);
    expect(valueIn("saldo")).toBe(expected);
  });

  it.each([
    ["3-4", "datum"],
    ["=min(1,2)", "Typ ; tussen argumenten"],
    ["=1.500*2", "1125 of 1,125"],
    ["-", "geen getal"],
    ["abc", "“abc” is geen getal, en geen uitgangspunt heet zo"],
    ["n.b.", "geen getal"],
    ["5000 euro", "zonder woorden"],
    ["=5000 euro", "zonder woorden"],
    ["=abc + 1", "uitgangspunt dat niet bestaat (gevonden: abc)"],
    ["=spuk_1 + 1", "typ de uitkomst als getal"],
  ])("%s is refused with a word", async (text, word) => {
    openTable();
    await type(PLAIN, "Waarde", `${text}{Enter}`);
    expect(problem()).toContain(word);
    expect(valueIn(PLAIN)).toBe(12);
  });

  it("take a dash from a spreadsheet for nothing", async () => {
    openTable();
    await userEvent.setup().click(cellOf(PLAIN, "Waarde"));
    paste(" -   \r\n");
    expect(valueIn(PLAIN)).toBe(0);
  });

  it("read a percentage in the unit of the row", async () => {
    openTable();
    await type(SHARE, "Waarde", "70%{Enter}");
    await type(SHARE, "Laag", "50%{Enter}");
    await type(PLAIN, "Waarde", "70%{Enter}");
    expect([valueIn(SHARE), bandOf(SHARE), valueIn(PLAIN)]).toEqual([
      0.7,
      { kind: "pert", low: 0.5, high: 0.8 },
      70,
    ]);
    await type(AMOUNT, "Waarde", "70%{Enter}");
    expect(problem()).toContain("€ / jaar");
    expect(valueIn(AMOUNT)).toBe(25_000);
  });

  it("show a formula as it is typed, and leave it when it is not changed", async () => {
    const parameters = CASE.parameters.map((item) =>
      item.id === FORMULA ? { ...item, value: "max(1.25, z_werk)" } : item,
    );
    const file = { ...CASE, parameters };
    openTable(file);
    await type(FORMULA, "Waarde", "{Enter}");
    expect(field()?.value).toBe("=max(1,25; z_werk)");
    await userEvent.setup().keyboard("{Enter}");
    expect(presentCase(useCase.getState())).toBe(file);
    expect(document.querySelector(".app-detail .app-code")).toBeTruthy();
  });
});

describe("a municipality without a value of its own", () => {
  /** Of another price level than the case. */
  const PRICED = "coach_prijs";

  async function openLocal(change: (item: Parameter) => Parameter) {
    const parameters = CASE.parameters.map((item) => (item.id === PRICED ? change(item) : item));
    const opened = openCase(JSON.stringify({ ...CASE, parameters }));
    if (!opened.ok) throw new Error("no case");
    openTable(opened.caseFile);
    act(() => useResults.setState({ values: parameterValues(opened.model) }));
    await userEvent.setup().click(screen.getByRole("button", { name: "Per gemeente" }));
    return cellOf(PRICED, "Dordrecht");
  }

  it("shows the value of the row as it is stated, to the digit", async () => {
    const cell = await openLocal((item) => ({ ...item, value: 1300.1234567 }));
    expect(cell.textContent).toBe(cellOf(PRICED, "Waarde").textContent);
    expect(cell.className).toContain("inherited");
  });

  it("gives other programs what it shows, and this one nothing, so that it goes on following the row", async () => {
    await userEvent.setup().click(await openLocal((item) => ({ ...item, value: 1300.1234567 })));
    expect(copied()).toBe("1300,1234567");
    expect(copied("application/x-ontschot-cells")).toBe("");
  });

  it("shows cents and copies every digit, of what is stated and of what a formula gives", async () => {
    const cell = await openLocal((item) => ({ ...item, value: "1000000 + 1734.56781 / 3" }));
    const value = cellOf(PRICED, "Waarde");
    expect([cell, value, cellOf("norm_alleen", "Waarde")].map(({ textContent }) => textContent)).toEqual([
      "1.000.578,19",
      "1.000.578,19",
      "1.401,50",
    ]);
    await userEvent.setup().click(value);
    expect(copied()).toBe("1000578,18927");
    await userEvent.setup().click(cellOf("norm_alleen", "Waarde"));
    expect(copied()).toBe("1401,5");
  });

  it("shows what the formula of the row comes to there, at the price level of the row", async () => {
    const cell = await openLocal((item) => ({ ...item, value: "1000 + 300" }));
    expect([cell, cellOf(PRICED, "Waarde")].map(({ textContent }) => textContent)).toEqual([
      "1.300",
      "1.300",
    ]);
  });
});

describe("functions of a spreadsheet", () => {
  it.each([
    ["=MAX(1,5; 2)", "max(1.5, 2)"],
    [
      "=ALS(z_werk > 0,5; 0,03; AFRONDEN(0,0225; 3))",
      "(z_werk > 0.5 ? 0.03 : (round(0.0225 * 1000) / 1000))",
    ],
  ])("%s is kept as %s", async (text, kept) => {
    openTable();
    await type(PLAIN, "Waarde", `${text}{Enter}`);
    expect(problem()).toBe("");
    expect(valueIn(PLAIN)).toBe(kept);
  });

  it.each([
    ["=LOG(3)", "LN(x)"],
    ["=ALS(1; 2)", "ALS(voorwaarde; dan; anders)"],
    ["=1; 2", "tussen de argumenten"],
    ["=2 * (1,5 + ", "na “2 * (1,5 +” hoort nog een getal of naam"],
    ["=ZOEKEN(1; 2)", "onbekende functie (gevonden: ZOEKEN)"],
  ])("%s is refused with why", async (text, why) => {
    openTable();
    await type(PLAIN, "Waarde", `${text}{Enter}`);
    expect(problem()).toContain(why);
    expect(valueIn(PLAIN)).toBe(12);
  });

  it("stand among the names to insert, as Dutch Excel calls them", async () => {
    openTable();
    const user = await type(PLAIN, "Waarde", "=af");
    const option = screen.getByRole("option", { name: /^AFRONDEN/ });
    expect(option.textContent).toContain("(getal; decimalen)");
    await user.keyboard("{ArrowDown}{Enter}2,25; 1){Enter}");
    expect(valueIn(PLAIN)).toBe("(round(2.25 * 10) / 10)");
  });
});

describe("blocks", () => {
  it("count the cells that changed, and say what fell outside", async () => {
    openTable();
    await userEvent.setup().click(cellOf(IDS.at(-1), "Waarde"));
    const value = valueIn(IDS.at(-1));
    paste("0,5\r\n1\r\n2\r\n");
    expect(valueIn(IDS.at(-1))).toBe(0.5);
    expect(said()).toBe("1 cel gewijzigd door plakken. 2 cellen vielen buiten de tabel.");
    expect(lastStep()).toEqual({ key: "paste", subject: "", count: 1 });
    expect(createI18n("nl").t("steps.paste", { ...lastStep() })).toBe("1 cel geplakt");
    expect(value).not.toBe(0.5);
    paste("0,5");
    expect(said()).toBe("Er is niets veranderd.");
  });

  it("say which cells cannot be edited", async () => {
    openTable();
    await userEvent.setup().click(cellOf(FIRST, "Waarde"));
    paste("3\tprocent\r\n");
    expect(valueIn(FIRST)).toBe(3);
    expect(said()).toBe("1 cel gewijzigd door plakken. 1 cel is niet te bewerken: Discontovoet, Eenheid.");
  });

  it("name the first of the cells that are refused, and how many", async () => {
    openTable();
    await userEvent.setup().click(cellOf(FIRST, "Waarde"));
    paste("3\r\n1,2,3\r\nx y\r\n1-2\r\n");
    expect(presentCase(useCase.getState())).toBe(CASE);
    expect(said()).toContain("3 cellen");
    expect(said()).toContain(`${labelOf(SECOND)}, Waarde`);
  });

  it("say why a value is not cleared", async () => {
    openTable();
    await type(FIRST, "Waarde", "{Delete}");
    expect(said()).toContain("Discontovoet, Waarde. Een waarde kan niet leeg zijn.");
    expect(presentCase(useCase.getState())).toBe(CASE);
  });
});

describe("a block with values outside their band", () => {
  const wide = () => screen.queryByRole("button", { name: /neem de bandbreedtes mee/ });
  const next = IDS[IDS.indexOf(BANDED) + 1] ?? "";

  async function pasteOutside() {
    openTable();
    await userEvent.setup().click(cellOf(BANDED, "Waarde"));
    paste("900\r\n0,5\r\n");
  }

  it("is refused by name, and taken with its bands by the button, as one step", async () => {
    await pasteOutside();
    expect(presentCase(useCase.getState())).toBe(CASE);
    expect(said()).toContain(`Niets gewijzigd. Buiten de eigen bandbreedte: ${labelOf(BANDED)} (900;`);
    await userEvent.setup().click(wide() as HTMLElement);
    expect([BANDED, next].map(valueIn)).toEqual([900, 0.5]);
    expect(bandOf(BANDED)).toEqual({ kind: "pert", low: 105, high: 900 });
    expect(said()).toBe("2 cellen gewijzigd door plakken. Van 1 uitgangspunt is de bandbreedte verruimd.");
    expect(lastStep()).toEqual({ key: "paste", subject: "", count: 2 });
    act(() => useCase.getState().undo());
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it("is taken with its bands when it is pasted again, but not another block", async () => {
    await pasteOutside();
    paste("901\r\n0,5\r\n");
    expect(presentCase(useCase.getState())).toBe(CASE);
    paste("901\r\n0,5\r\n");
    expect(valueIn(BANDED)).toBe(901);
  });

  it("is asked about again when the case has changed meanwhile", async () => {
    await pasteOutside();
    act(() => useCase.getState().edit({ key: "value", subject: "" }, (file) => ({ ...file })));
    paste("900\r\n0,5\r\n");
    expect(valueIn(BANDED)).toBe(170);
  });

  it("is filled with its bands when it is filled again", async () => {
    openTable();
    const above = IDS[IDS.indexOf(BANDED) - 1];
    const user = await type(BANDED, "Waarde", "{Shift>}{ArrowUp}{/Shift}{Control>}d{/Control}");
    expect(presentCase(useCase.getState())).toBe(CASE);
    expect(wide()?.textContent).toContain("Vul");
    await user.keyboard("{Control>}d{/Control}");
    expect(valueIn(BANDED)).toBe(valueIn(above));
  });

  it("has no way out where the block itself says what the band is", async () => {
    openTable();
    await userEvent.setup().click(cellOf(BANDED, "Waarde"));
    paste("900\tpersonen\t100\t280\r\n");
    expect(said()).toContain("Buiten de eigen bandbreedte");
    expect(wide()).toBeNull();
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it("names the cell of a value that cannot be", async () => {
    openTable();
    await userEvent.setup().click(cellOf(IDS[IDS.indexOf("aandeel_z") - 1], "Waarde"));
    paste("1\r\n120\r\n1\r\n");
    expect(said()).toContain(`${labelOf("aandeel_z")}, Waarde: De waarde valt buiten wat kan`);
    expect(wide()).toBeNull();
    expect(presentCase(useCase.getState())).toBe(CASE);
  });
});

describe("a notice that is closed", () => {
  const close = () => screen.getByRole("button", { name: "Sluiten" });

  async function refusedPaste() {
    openTable();
    const user = userEvent.setup();
    await user.click(cellOf(BANDED, "Waarde"));
    paste("900");
    return user;
  }

  it("leaves the focus in the cell, by mouse", async () => {
    const user = await refusedPaste();
    await user.click(close());
    expect(said()).toBe("");
    expect(document.activeElement).toBe(cellOf(BANDED, "Waarde"));
  });

  it("gives the focus back to the cell, by keyboard", async () => {
    const user = await refusedPaste();
    act(() => close().focus());
    await user.keyboard("{Enter}");
    expect(said()).toBe("");
    expect(document.activeElement).toBe(cellOf(BANDED, "Waarde"));
  });

  it("gives the focus back when its button has been used", async () => {
    const user = await refusedPaste();
    act(() => screen.getByRole("button", { name: /neem de bandbreedtes mee/ }).focus());
    await user.keyboard("{Enter}");
    expect(valueIn(BANDED)).toBe(900);
    expect(document.activeElement).toBe(cellOf(BANDED, "Waarde"));
  });

  it("does not close the cell that is open", async () => {
    openTable();
    act(() => notify({ tone: "error", key: "assumptions.readOnly" }));
    const user = await type(FIRST, "Waarde", "3,5");
    await user.click(close());
    expect(field()?.value).toBe("3,5");
    expect(document.activeElement).toBe(field());
  });
});

describe("a notice", () => {
  const sign = () => document.querySelector(".app-notice path")?.getAttribute("d");

  it("has a check mark for what was done, not for what was refused", async () => {
    openTable();
    await userEvent.setup().click(cellOf(FIRST, "Waarde"));
    paste("3");
    const done = sign();
    await type(FIRST, "Eenheid", "3");
    expect(said()).toBe("Deze cel is niet te bewerken.");
    expect(done).toBeTruthy();
    expect(sign()).not.toBe(done);
  });

  it("goes when the edit that it tells of is undone, and stays when a later one is", async () => {
    openTable();
    const user = await type(SECOND, "Waarde", "{Shift>}{ArrowDown}{/Shift}{Control>}d{/Control}");
    expect(said()).toBe("1 cel gevuld.");
    act(() => useCase.getState().edit({ key: "value", subject: "" }, (file) => ({ ...file })));
    act(() => useCase.getState().undo());
    expect(said()).toBe("1 cel gevuld.");
    act(() => useCase.getState().undo());
    expect(said()).toBe("");
    await user.click(cellOf(BANDED, "Laag"));
    await user.keyboard("{Delete}");
    expect(said()).not.toBe("");
    act(() => useCase.getState().undo());
    expect(said()).toBe("");
  });

  it("of a band goes with the entry that changed it", async () => {
    openTable();
    await type(PLAIN, "Laag", "10{Enter}");
    expect(said()).toContain("is nu de waarde zelf");
    act(() => useCase.getState().undo());
    expect(said()).toBe("");
  });
});

describe("a row that an edit takes out of the filter", () => {
  it("is followed by the next row, not the one after", async () => {
    openTable();
    const user = userEvent.setup();
    await user.click(screen.getByRole("button", { name: "Zonder bron" }));
    const rows = filterRows(CASE, CASE, { ...NO_FILTER, only: ["unsourced"] });
    await type(rows[0]?.id, "Bron", "Eigen cijfers{Enter}");
    expect(parameterOf(rows[0]?.id)?.source).toBeTruthy();
    expect(activeRow()).toBe(rows[1]?.label);
    expect(document.activeElement).toBe(active());
  });
});

describe("a band", () => {
  it("is lost as a whole, with a word", async () => {
    openTable();
    await type(BANDED, "Laag", "{Delete}");
    expect(bandOf(BANDED)).toBeUndefined();
    expect(said()).toContain(`Laag en Hoog van ${labelOf(BANDED)} zijn samen weggehaald`);
  });

  it("is cleared without more words when both ends are selected", async () => {
    openTable();
    await type(BANDED, "Laag", "{Shift>}{ArrowRight}{/Shift}{Delete}");
    expect(bandOf(BANDED)).toBeUndefined();
    expect(said()).toBe("2 cellen leeggemaakt.");
  });

  it("comes with the value for its other end, with a word", async () => {
    openTable();
    await type(PLAIN, "Laag", "10{Enter}");
    expect(bandOf(PLAIN)).toEqual({ kind: "pert", low: 10, high: 12 });
    expect(said()).toContain(`Hoog van ${labelOf(PLAIN)} is nu de waarde zelf, 12`);
  });

  it("can stand around a formula", async () => {
    openTable();
    act(() => useResults.setState({ values: new Map([[FORMULA, { region: 1.25, local: [] }]]) }));
    await type(FORMULA, "Laag", "1{Enter}");
    expect(bandOf(FORMULA)).toEqual({ kind: "pert", low: 1, high: 1.25 });
  });

  it("is refused in the words of the headings", async () => {
    openTable();
    await type(BANDED, "Laag", "900{Enter}");
    expect(problem()).toContain("Laag kleiner is dan Hoog");
    expect(problem()).not.toMatch(/\blow\b|\bhigh\b/);
  });

  it("is not half emptied by a block", async () => {
    openTable();
    await userEvent.setup().click(cellOf(BANDED, "Laag"));
    paste("\t300\r\n");
    expect(presentCase(useCase.getState())).toBe(CASE);
    expect(said()).toContain("allebei");
  });
});

describe("a value outside its band", () => {
  it("is asked about, and moves the end on Enter, also as the result of a formula", async () => {
    openTable();
    const user = await type(BANDED, "Waarde", "=300*3{Enter}");
    expect(valueIn(BANDED)).toBe(170);
    expect(problem()).toContain("neem de bandbreedte mee");
    await user.keyboard("{Enter}");
    expect([valueIn(BANDED), bandOf(BANDED)]).toEqual(["300*3", { kind: "pert", low: 105, high: 900 }]);
    act(() => useCase.getState().undo());
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it("moves the bands of what follows from it too, by name", async () => {
    const follower = {
      id: "dubbel",
      label: "Het dubbele",
      unit: "persons",
      value: "volwassenen * 2",
      kind: "assumed" as const,
      distribution: { kind: "pert" as const, low: 300, high: 400 },
    };
    openTable({ ...CASE, parameters: [...CASE.parameters, follower] });
    const user = await type(BANDED, "Waarde", "250{Enter}");
    expect(valueIn(BANDED)).toBe(170);
    expect(problem()).toContain("Het dubbele");
    await user.keyboard("{Enter}");
    expect(valueIn(BANDED)).toBe(250);
    expect(bandOf(BANDED)).toEqual({ kind: "pert", low: 105, high: 285 });
    expect(bandOf("dubbel")).toEqual({ kind: "pert", low: 300, high: 500 });
  });

  it("is no question where an end of the band is what is entered", async () => {
    openTable();
    const user = await type(BANDED, "Laag", "200{Enter}");
    expect(problem()).toContain("buiten de eigen bandbreedte");
    expect(problem()).not.toContain("Enter:");
    await user.keyboard("{Enter}");
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it.each([
    ["volwassenen", "-5", "buiten wat kan"],
    ["aandeel_z", "120", "buiten wat kan"],
    ["verhuisd", "120", "geen getal"],
  ])("is refused at once where %s cannot be %s", async (id, text, why) => {
    openTable();
    await type(id, "Waarde", `${text}{Enter}`);
    expect(problem()).toContain("Niet gewijzigd");
    expect(problem()).toContain(why);
    expect(problem()).not.toContain("Enter:");
    expect(presentCase(useCase.getState())).toBe(CASE);
  });

  it("is refused with what was found, what can be, and where", async () => {
    openTable();
    await type("aandeel_z", "Waarde", "120{Enter}");
    expect(problem()).toContain("B1-route en onderwijsroute");
    expect(problem()).toMatch(/gevonden: -[\d,]+; verwacht: ≥ 0/);
  });
});

describe("what a refusal found and expected", () => {
  it.each([
    ["discontovoet", "Waarde", "-500", "gevonden: -500%; verwacht: > -100%"],
    ["start_overig", "Waarde", "120", "verwacht: 0% – 100%"],
    ["wachttijd", "Waarde", "-3,5", "gevonden: -3,5; verwacht: ≥ 0"],
    ["pvt_map", "Waarde", "-20,25", "gevonden: -20,25; verwacht: ≥ 0"],
    ["aandeel_z", "Laag", "50", "gevonden: 50%; verwacht: < 33%"],
    ["z_werk", "Laag", "0,7", "gevonden: 0,6; verwacht: 0,7 – 0,8"],
    ["aandeel_z", "Waarde", "40", "Aandeel Z-route (40%; Laag 28%, Hoog 33%)"],
  ])("stands in the unit of the cell: %s, %s", async (id, column, text, words) => {
    const parameters = CASE.parameters.map(({ distribution, ...item }) => {
      if (item.id === "pvt_map") return { ...item, priceLevel: 2024, index: "norm" };
      return distribution && item.id !== "wachttijd" ? { ...item, distribution } : item;
    });
    openTable({ ...CASE, parameters });
    await type(id, column, `${text}{Enter}`);
    expect(problem()).toContain(words);
  });

  it("stands in percent also where a formula makes a share of the cell", async () => {
    openTable();
    await type("start_overig", "Waarde", "120{Enter}");
    expect(problem()).toMatch(/gevonden: (120|-20)%/);
  });
});

describe("Tab", () => {
  it("goes to the next cell and row, and leaves the table at its last cell", async () => {
    openTable();
    const user = await type(FIRST, "Toelichting", "{Tab}");
    expect(document.activeElement).toBe(cellOf(SECOND, "Uitgangspunt"));
    await user.keyboard("{Shift>}{Tab}{/Shift}");
    expect(document.activeElement).toBe(cellOf(FIRST, "Toelichting"));
    await user.keyboard("{Control>}{End}{/Control}{Tab}");
    expect(screen.getByRole("grid").contains(document.activeElement)).toBe(false);
  });
});
