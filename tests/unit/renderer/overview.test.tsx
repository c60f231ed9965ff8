// @vitest-environment happy-dom
/** What the overview says of a real case where there is no figure to give. */
import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { useResults } from "../../../renderer/state/resultStore.ts";
import { ScenariosView } from "../../../renderer/views/comparison/ScenariosView.tsx";
import { OverviewView } from "../../../renderer/views/overview/OverviewView.tsx";
import { show } from "./casePage.tsx";

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
      "Nulalternatief: overheid en zorg heeft niets terug te verdienen",
    );
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
