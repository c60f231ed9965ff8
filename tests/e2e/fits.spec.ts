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

for (const [names, width, height] of [
  ["shipped", 640, 400],
  ["long", 640, 400],
  ["long", 1280, 800],
] as const)
  test(`the page is as wide as its window: ${names} names, ${width} by ${height}`, async ({ app }) => {
    await app.setViewportSize({ width, height });
    await openExample(app, "kleine casus");
    if (names === "long") {
      await pickCase(app, JSON.stringify(longNames()));
      await expect(app.locator(".app-header h1")).toHaveText(/^(Zaak)+$/);
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
    }
  });
