/** Six hundred assumptions: the table stays a table, and answers a key before the next one comes. */
import type { Page } from "@playwright/test";
import type { BusinessCase } from "../../scenarios/index.ts";
import { expect, goTo, openExample, pickCase, test } from "./app.ts";
import { shippedCase } from "./engine.ts";

const COUNT = 600;
const ASSUMPTIONS = 2;

/** A shipped case with assumptions added that nothing rests on. */
function largeCase(): BusinessCase {
  const file = shippedCase("drechtsteden-klein");
  const added = Array.from({ length: COUNT - file.parameters.length }, (_, place) => ({
    id: `proef_${place}`,
    label: `Proef ${place}`,
    group: `Groep ${Math.floor(place / 25)}`,
    unit: "percent",
    value: 1 + place / 10,
    kind: "assumed" as const,
    distribution: { kind: "pert" as const, low: 0.5, high: 2 + place / 5 },
    note: "Gemaakt voor de proef.",
  }));
  return { ...file, parameters: [...file.parameters, ...added] };
}

/** Milliseconds from a key to the picture after it, for every press. */
async function press(page: Page, key: string, times: number): Promise<number[]> {
  const list: number[] = [];
  for (let time = 0; time < times; time += 1) {
    await page.evaluate(() => {
      const painted = new Promise<number>((resolve) => {
        const onKey = (event: KeyboardEvent) => {
          requestAnimationFrame(() => {
            const after = new MessageChannel();
            after.port1.onmessage = () => resolve(performance.now() - event.timeStamp);
            after.port2.postMessage(null);
          });
        };
        addEventListener("keydown", onKey, { once: true, capture: true });
      });
      Object.assign(window, { painted });
    });
    await page.keyboard.press(key);
    list.push(await page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted));
  }
  return list.sort((a, b) => a - b);
}

/** Notes a measurement with the result; nothing timed is asserted. */
function note(what: string, times: readonly number[]): void {
  const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? 0).toFixed(0);
  const description = `median ${at(0.5)} ms, 95% ${at(0.95)} ms`;
  test.info().annotations.push({ type: what, description });
}

test("six hundred assumptions are walked, searched and edited", async ({ app }) => {
  await openExample(app, "kleine casus");
  await pickCase(app, JSON.stringify(largeCase()));
  await goTo(app, ASSUMPTIONS);
  await expect(app.locator(".app-assumptions__keys strong")).toContainText(String(COUNT));
  const grid = app.getByRole("grid");
  const drawn = async () => expect(await grid.locator("tbody tr").count()).toBeLessThan(100);
  const here = app.locator("[data-active=true]");
  const row = app.getByRole("row").filter({ has: here });
  await drawn();

  await here.focus();
  note("arrow down", await press(app, "ArrowDown", 40));
  note(
    "arrow right and left",
    [...(await press(app, "ArrowRight", 4)), ...(await press(app, "ArrowLeft", 4))].sort((a, b) => a - b),
  );
  note("page down", await press(app, "PageDown", 8));
  await drawn();
  await app.keyboard.press("Control+End");
  await expect(row.getByRole("rowheader")).toHaveText(`Proef ${COUNT - 61}`);
  await expect(here).toBeFocused();
  await expect(here).toBeInViewport();
  await drawn();

  await app.keyboard.press("Home");
  await app.keyboard.press("ArrowRight");
  await app.keyboard.press("F2");
  await app.locator(".app-celleditor__field").fill("");
  note("typing a value", await press(app, "1", 8));
  await app.locator(".app-celleditor__field").fill("7,5");
  await app.keyboard.press("Enter");
  await expect(row.getByRole("gridcell").first()).toHaveText("7,5");

  await app.locator("[data-find]").focus();
  note("typing in the search", await press(app, "1", 2));
  await app.locator("[data-find]").fill("proef 321");
  await expect(grid.getByRole("rowheader", { name: "Proef 321", exact: true })).toBeVisible();
  await expect(app.locator(".app-assumptions__keys strong")).toContainText("1");
});
