/** What only the desktop has: a menu, a closing window, a fence around the page, files that are double-clicked. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, openExample, test } from "./app.ts";
import { shippedCase } from "./engine.ts";

const CASE = "drechtsteden-klein";
const CASE_FILE = shippedCase(CASE);

test("the menu goes to views and undoes", async ({ program: { page }, double }) => {
  await openExample(page, CASE_FILE.meta.title);
  double.press("go:walls");
  await expect(page.locator("[data-figure=headline]")).toBeVisible();
  double.press("go:assumptions");
  await expect(page.getByRole("grid")).toBeVisible();
});

test("the menu saves what stands in an open cell", async ({ program: { page, read }, double }) => {
  await openExample(page, CASE_FILE.meta.title);
  double.press("go:assumptions");
  await page.locator("[data-active=true]").focus();
  await page.keyboard.type("3,5");
  double.press("save");
  await expect(page.locator(".app-celleditor__field")).toHaveCount(0);
  await expect(page.locator(".app-savestate--dirty")).toHaveCount(0);
  const saved = JSON.parse(await read()) as typeof CASE_FILE;
  expect(saved.parameters.find(({ id }) => id === "discontovoet")?.value).toBe(3.5);
});

test("a window with unsaved work asks first: staying keeps it, discarding ends the program", async ({
  program: { page },
  double,
}) => {
  await openExample(page, CASE_FILE.meta.title);
  double.press("go:assumptions");
  await page.locator("[data-active=true]").focus();
  await page.keyboard.type("3");
  await page.keyboard.press("Enter");
  await expect.poll(() => double.said.findLast(({ edited }) => edited !== undefined)?.edited).toBe(true);
  double.answer({ button: 2 });
  double.close();
  await expect.poll(() => double.said.filter(({ asked }) => asked !== undefined).length).toBe(1);
  await expect(page.getByRole("grid")).toBeVisible();
  double.answer({ button: 1 });
  double.close();
  expect(await double.ended()).toBe(0);
});

for (const name of ["buiten.ontschot.json", "buiten.ontschot"])
  test(`a file given to a second start opens: ${name}`, async ({ program: { page }, double }) => {
    const path = double.path(name);
    writeFileSync(path, JSON.stringify(CASE_FILE));
    double.openFromOutside(path);
    await expect(page.locator(".app-header h1 input")).toHaveValue(CASE_FILE.meta.title);
    await expect
      .poll(() => double.said.findLast(({ title }) => title !== undefined)?.title)
      .toContain(CASE_FILE.meta.title);
    expect(double.said.flatMap(({ recent }) => recent ?? [])).toEqual([path]);
  });

test("what is saved joins the recent documents of the system, again each time", async ({
  program: { page },
  double,
}) => {
  await openExample(page, CASE_FILE.meta.title);
  const recent = () => double.said.flatMap(({ recent: path }) => path ?? []);
  expect(recent()).toEqual([]);
  const path = double.path("zaak.ontschot.json");
  double.press("save");
  await expect.poll(recent).toEqual([path]);
  double.press("save");
  await expect.poll(recent).toEqual([path, path]);
});

test("the window bears the icon of the program", async ({ program: { page }, double }) => {
  await expect(page.locator(".app-tile").first()).toBeVisible();
  const icon = double.said.flatMap(({ icon: path }) => path ?? []);
  expect(icon).toHaveLength(process.platform === "linux" ? 1 : 0);
});

test("the page stays within its fence", async ({ program: { page }, wrong }) => {
  const address = page.url();
  const opened = await page.evaluate(() => {
    const before = JSON.stringify(Object.keys((window as unknown as { bridge: object }).bridge));
    try {
      Object.assign(window, { bridge: null });
    } catch {
      // The page may not change what the preload put there.
    }
    const after = JSON.stringify(Object.keys((window as unknown as { bridge: object }).bridge ?? {}));
    return { same: before === after, wire: "__wire" in window };
  });
  expect(opened).toEqual({ same: true, wire: false });
  await page
    .evaluate(() => {
      location.href = "http://127.0.0.1:9/elders";
    })
    .catch(() => undefined);
  await expect(page.locator(".app-tile").first()).toBeVisible();
  expect(page.url()).toBe(address);
  // The page asked; the program did not let it go.
  expect(wrong.splice(0)).toEqual(["asked http://127.0.0.1:9/elders"]);
});

test("the tables in the folder that is picked are those of the command line", async ({
  program: { page },
  double,
}) => {
  const [app, terminal] = [double.path("app"), double.path("opdracht")];
  for (const folder of [app, terminal]) mkdirSync(folder);
  const launcher = fileURLToPath(new URL("../../cli/ontschot.mjs", import.meta.url));
  expect(spawnSync(process.execPath, [launcher, "run", CASE, "--out", terminal]).status).toBe(0);
  await openExample(page, CASE_FILE.meta.title);
  await expect(page.locator(".app-compute--exact")).toBeVisible();
  double.answer({ folder: app });
  double.press("exportCsv");
  const names = readdirSync(terminal).filter((name) => name.endsWith(".csv"));
  await expect.poll(() => readdirSync(app).length, { timeout: 45_000 }).toBe(names.length);
  for (const name of names)
    expect(readFileSync(join(app, name)).equals(readFileSync(join(terminal, name))), name).toBe(true);
  // The assumptions by themselves are the same file, though nothing is solved for it.
  const alone = double.path("alleen.csv");
  double.answer({ save: alone });
  double.press("go:assumptions");
  await page.getByRole("button", { name: "Uitgangspunten als CSV" }).click();
  await page.getByRole("menuitem", { name: "Opslaan als CSV" }).click();
  await expect.poll(() => existsSync(alone)).toBe(true);
  expect(readFileSync(alone).equals(readFileSync(join(terminal, "uitgangspunten.csv")))).toBe(true);
});
