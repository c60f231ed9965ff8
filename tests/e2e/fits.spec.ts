/** Nothing makes the page wider than its window: not very long names, nor a window enlarged to twice its size. */
import type { BusinessCase } from "../../scenarios/index.ts";
import { expect, goTo, openExample, pickCase, test } from "./app.ts";
import { shippedCase } from "./engine.ts";

const VIEWS = ["start", "overview", "assumptions", "walls", "scenarios"];

/** A shipped case in which every name is ninety signs long, the odd ones without a space. */
function longNames(): BusinessCase {
  const file = shippedCase("drechtsteden-klein");
  const long = <T extends { readonly label: string }>(list: readonly T[]) =>
    list.map((item, place) => {
      const name = `${item.label} ${"met een heel lange naam ".repeat(5)}`.slice(0, 90);
      return { ...item, label: place % 2 === 0 ? name.trim() : name.replaceAll(/[^a-z]/gi, "x") };
    });
  return {
    ...file,
    meta: { ...file.meta, title: "Zaak".repeat(25) },
    municipalities: long(file.municipalities),
    parties: long(file.parties),
    perspectives: long(file.perspectives),
    accounts: long(file.accounts),
    outcomes: long(file.outcomes ?? []),
    segments: long(file.segments),
    interventions: long(file.interventions),
    tracks: long(file.tracks),
    scenarios: long(file.scenarios),
    parameters: long(file.parameters),
  } as BusinessCase;
}

for (const [names, width, height, title] of [
  ["shipped", 640, 400, "kleine casus"],
  ["long", 640, 400, "kleine casus"],
  ["long", 1280, 800, "kleine casus"],
  ["shipped", 1100, 800, shippedCase("drechtsteden").meta.title],
] as const)
  test(`the page is as wide as its window: ${names} names of ${title}, ${width} by ${height}`, async ({
    app,
  }) => {
    await app.setViewportSize({ width, height });
    await openExample(app, title);
    if (names === "long") {
      await pickCase(app, JSON.stringify(longNames()));
      await expect(app.locator(".app-header h1 input")).toHaveValue(/^(Zaak)+$/);
    }
    await expect(app.locator(".app-compute--exact")).toBeVisible();
    for (const [place, view] of VIEWS.entries()) {
      await goTo(app, place);
      await expect(app.locator("main [aria-busy=true]")).toHaveCount(0);
      const over = await app.evaluate(() =>
        [document.documentElement, document.querySelector("main")].map(
          (element) => (element?.scrollWidth ?? 0) - (element?.clientWidth ?? 0),
        ),
      );
      expect.soft(over, view).toEqual([0, 0]);
      // Words for the ear alone hang on what they stand in: on the page itself they would widen and lengthen it.
      const loose = await app.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>(".app-hidden")]
          .filter((words) => words.offsetParent === document.body)
          .map((words) => words.parentElement?.className),
      );
      expect.soft(loose, view).toEqual([]);
    }
  });

for (const [width, height] of [
  [640, 400],
  [1280, 800],
] as const)
  test(`a notice covers nothing: ${width} by ${height}`, async ({ app }) => {
    await app.setViewportSize({ width, height });
    await openExample(app, "kleine casus");
    await goTo(app, 3);
    await app.keyboard.press("Control+Shift+E");
    const notice = app.locator(".app-notice");
    await expect(notice).toBeInViewport({ ratio: 1 });
    const [top, bottom] = await app.evaluate(() => {
      const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
      return [boxOf(".app-notice")?.top ?? 0, Math.min(boxOf(".app-frame")?.bottom ?? 0, innerHeight)];
    });
    expect(top).toBeGreaterThanOrEqual(bottom ?? Number.NaN);
  });

test("warnings are read whole, without scrolling, also with long names", async ({ app }) => {
  await openExample(app, "kleine casus");
  await pickCase(app, JSON.stringify(longNames()));
  await expect(app.locator(".app-header h1 input")).toHaveValue(/^(Zaak)+$/);
  await expect(app.locator(".app-compute--exact")).toBeVisible();
  const list = app.locator(".app-warnings__list");
  await expect(list.locator("li").first()).toBeVisible();
  expect(await list.evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
});

test("at twice its size the frame still says the theme and when the copy was made", async ({ app }) => {
  await app.setViewportSize({ width: 640, height: 400 });
  await openExample(app, "kleine casus");
  await goTo(app, 3);
  const room = await app.locator(".app-nav__settings select").evaluate((select) => {
    const style = getComputedStyle(select);
    const context = document.createElement("canvas").getContext("2d");
    if (!context) return 0;
    context.font = style.font;
    const words = context.measureText("Systeem").width;
    // The arrow takes the last 18 pixels.
    return select.clientWidth - Number.parseFloat(style.paddingInlineStart) - 18 - words;
  });
  expect(room).toBeGreaterThanOrEqual(0);
  await app.locator(".app-check input").first().click();
  const state = app.locator(".app-savestate > span");
  await expect(state).toHaveText(/kopie \d\d:\d\d$/);
  expect(await state.evaluate((words) => words.scrollWidth - words.clientWidth)).toBeLessThanOrEqual(0);
});

test("a very long name leaves the answer short; it can be read and heard in full", async ({ app }) => {
  await openExample(app, "kleine casus");
  const file = shippedCase("drechtsteden-klein");
  const name = `Ontschot ${"met een heel lange naam ".repeat(12)}`.trim();
  const scenarios = file.scenarios.map((scenario) =>
    scenario.id === "ontschot" ? { ...scenario, label: name } : scenario,
  );
  await pickCase(app, JSON.stringify({ ...file, meta: { ...file.meta, title: "Lang" }, scenarios }));
  await expect(app.locator(".app-header h1 input")).toHaveValue("Lang");
  await expect(app.locator(".app-compute--exact")).toBeVisible();
  const sentence = app.locator(".app-answer__sentence");
  expect((await sentence.boundingBox())?.height).toBeLessThan(140);
  await expect(sentence.locator("[title]")).toHaveAttribute("title", new RegExp(name));
  await expect(sentence.locator(".app-hidden")).toContainText(name);
  await goTo(app, 3);
  const headline = app.locator(".app-headline");
  const words = headline.locator("[title]");
  expect((await words.boundingBox())?.height).toBeLessThan(50);
  await expect(words).toHaveAttribute("title", new RegExp(name));
  await expect(headline.locator(".app-hidden")).toContainText(name);
});

test("the key figures fill their row in a wide window", async ({ app }) => {
  await app.setViewportSize({ width: 1920, height: 1080 });
  await openExample(app, "kleine casus");
  const right = (box: { x: number; width: number } | null) => (box ? box.x + box.width : Number.NaN);
  const last = right(await app.locator(".app-kpi").last().boundingBox());
  expect(last).toBeCloseTo(right(await app.locator(".app-kpis").boundingBox()), 0);
});
