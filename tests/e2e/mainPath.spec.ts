/** A policy maker's first hour: open, change, undo, open a wall, save, lose the browser, recover; and CSV for Excel. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Download, Page } from "@playwright/test";
import { expect, goTo, test } from "./app.ts";
import { CASE, changed, plain, shippedCase, shownNpv, TITLE } from "./engine.ts";

const PATIENCE = { timeout: 45_000 };
const VIEWS = { start: 0, overview: 1, assumptions: 2, walls: 3, scenarios: 4 } as const;
const COACH = "Coach en persoonlijk plan";

/** Files leave and enter by downloads and an input: Chromium's own pickers have no window here. */
async function withoutPickers(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ["showOpenFilePicker", "showSaveFilePicker", "showDirectoryPicker"])
      Reflect.deleteProperty(globalThis, name);
  });
  await page.reload();
}

async function openSmallCase(page: Page): Promise<void> {
  await page.getByRole("button", { name: new RegExp(TITLE) }).click();
  await page.getByText("Gemeenten", { exact: true }).first().click();
  await expect(page.getByText("Doorgerekend")).toBeVisible(PATIENCE);
}

const headline = (page: Page) => page.locator("[data-figure=npv] .app-kpi__side--right dd");

async function expectNpv(page: Page, expected: string): Promise<void> {
  await expect.poll(async () => plain(await headline(page).textContent()), PATIENCE).toBe(expected);
}

/** Types over the value of a parameter as in a spreadsheet. */
async function type(page: Page, label: string, value: string): Promise<void> {
  await goTo(page, VIEWS.assumptions);
  const row = page
    .getByRole("row")
    .filter({ has: page.getByRole("rowheader", { name: label, exact: true }) });
  await row.getByRole("gridcell").first().click();
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
}

const cheaper = () =>
  changed((file) => {
    for (const parameter of file.parameters) if (parameter.id === "coach_prijs") parameter.value = 900;
  });

test("an edit moves the figures by what the engine says, and is undone by name", async ({ app }) => {
  await openSmallCase(app);
  const before = await shownNpv(shippedCase(), "ontschot", "gemeente");
  await expectNpv(app, before);
  await type(app, COACH, "900");
  await goTo(app, VIEWS.overview);
  const after = await shownNpv(cheaper(), "ontschot", "gemeente");
  expect(after).not.toBe(before);
  await expectNpv(app, after);
  await app.getByRole("button", { name: `Ongedaan maken: ${COACH} gewijzigd` }).click();
  await expectNpv(app, before);
  await app.keyboard.press("Control+y");
  await expectNpv(app, after);
});

test("a wall that is opened moves the headline", async ({ app }) => {
  await openSmallCase(app);
  await app.getByLabel("Tweede scenario").selectOption("samenwerken");
  await goTo(app, VIEWS.walls);
  const figure = app.locator("[data-figure=wall-npv]");
  const closed = await shownNpv(shippedCase(), "samenwerken", "gemeente");
  await expect.poll(async () => plain(await figure.textContent()), PATIENCE).toBe(closed);
  await app.getByRole("checkbox", { name: "Re-integratie in de pot" }).check();
  const opened = await shownNpv(
    changed((file) => {
      for (const scenario of file.scenarios)
        if (scenario.id === "samenwerken") scenario.pool = ["re_integratie"];
    }),
    "samenwerken",
    "gemeente",
  );
  expect(opened).not.toBe(closed);
  await expect.poll(async () => plain(await figure.textContent()), PATIENCE).toBe(opened);
});

test("a case is saved, opened again, and survives a crash", async ({ app, context }) => {
  await withoutPickers(app);
  await openSmallCase(app);
  await type(app, COACH, "900");
  const saving = app.waitForEvent("download");
  await app.keyboard.press("Control+s");
  const saved = await (await saving).path();
  const written = JSON.parse(readFileSync(saved, "utf8")) as { parameters: { id: string; value: unknown }[] };
  expect(written.parameters.find(({ id }) => id === "coach_prijs")?.value).toBe(900);

  await app.reload();
  const choosing = app.waitForEvent("filechooser");
  await app.keyboard.press("Control+o");
  await (await choosing).setFiles({
    name: "opgeslagen.ontschot.json",
    mimeType: "application/json",
    buffer: readFileSync(saved),
  });
  const after = await shownNpv(cheaper(), "ontschot", "gemeente");
  await app.getByText("Gemeenten", { exact: true }).first().click();
  await expectNpv(app, after);

  await type(app, COACH, "1100");
  await expect(app.getByText(/herstelkopie van/)).toBeVisible(PATIENCE);
  const address = app.url();
  await app.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await again.goto(address);
  await again.getByRole("button", { name: "Herstellen" }).click();
  await goTo(again, VIEWS.assumptions);
  const row = again
    .getByRole("row")
    .filter({ has: again.getByRole("rowheader", { name: COACH, exact: true }) });
  await expect(row.getByRole("gridcell").first()).toHaveText("1.100");
});

async function downloads(page: Page, count: number, start: () => Promise<void>): Promise<Download[]> {
  const list: Download[] = [];
  page.on("download", (download) => list.push(download));
  await start();
  await expect.poll(() => list.length, PATIENCE).toBe(count);
  return list;
}

test("the CSV files are those of the command line, byte for byte", async ({ app }) => {
  test.setTimeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), "ontschot-e2e-"));
  const launcher = fileURLToPath(new URL("../../cli/ontschot.mjs", import.meta.url));
  const { status } = spawnSync(process.execPath, [launcher, "run", CASE, "--out", folder], {
    encoding: "utf8",
  });
  expect(status).toBe(0);
  const names = readdirSync(folder).filter((name) => name.endsWith(".csv"));
  expect(names.length).toBeGreaterThan(10);
  await withoutPickers(app);
  await openSmallCase(app);
  await app.getByRole("button", { name: "Bestand" }).click();
  const files = await downloads(app, names.length, () =>
    app.getByRole("menuitem", { name: "Cijfers voor Excel (CSV) …" }).click(),
  );
  for (const file of files) {
    const name = file.suggestedFilename();
    expect(readFileSync(await file.path()).equals(readFileSync(join(folder, name))), name).toBe(true);
  }
  rmSync(folder, { recursive: true, force: true });
});

test("without a mouse: open, edit, undo", async ({ app }) => {
  const reach = async (selector: string) => {
    for (let step = 0; step < 60; step += 1) {
      await app.keyboard.press("Tab");
      if (await app.evaluate((css) => document.activeElement?.matches(css) === true, selector)) return;
    }
    throw new Error(`${selector} is not reached by Tab`);
  };
  const tile = app.getByRole("button", { name: new RegExp(TITLE) });
  for (
    let step = 0;
    step < 60 && !(await tile.evaluate((node) => node === document.activeElement));
    step += 1
  )
    await app.keyboard.press("Tab");
  await app.keyboard.press("Enter");
  await expect(app.getByText("Doorgerekend")).toBeVisible(PATIENCE);
  await reach("li:nth-child(3) > .app-nav__item");
  await app.keyboard.press("Enter");
  await expect(app.getByRole("grid")).toBeVisible();
  await reach("[data-active=true]");
  const cell = app.locator("[data-active=true]");
  if ((await cell.getAttribute("scope")) === "row") await app.keyboard.press("ArrowRight");
  await expect(cell).toHaveText("2,25");
  await app.keyboard.type("3");
  await app.keyboard.press("Enter");
  await app.keyboard.press("ArrowUp");
  await expect(cell).toHaveText("3");
  await app.keyboard.press("Control+z");
  await expect(cell).toHaveText("2,25");
});
