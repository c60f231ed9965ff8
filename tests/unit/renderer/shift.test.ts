/** What a change moves, in words. */
import { describe, expect, it } from "vitest";
import { createI18n } from "../../../renderer/i18n.ts";
import type { Outline, ScenarioView } from "../../../renderer/run/caseView.ts";
import { formatsOf } from "../../../renderer/views/format.ts";
import { movesHeadline, sameText, shiftBetween, shiftLines } from "../../../renderer/views/shift.ts";

const named = (...labels: string[]) => labels.map((label) => ({ id: label, label }));
const outline = {
  perspectives: [
    { id: "gemeente", label: "Gemeenten", parties: [0] },
    { id: "overheid", label: "Overheid en zorg", parties: [0, 1] },
  ],
  parties: named("Gemeenten", "Rijk", "Zorgverzekeraar"),
  accounts: named("Wmo", "SPUK"),
  interventions: named("Coach", "Taal"),
  tracks: named("Basis", "Duaal"),
} as unknown as Outline;

interface Figures {
  readonly parties?: readonly number[];
  readonly paid?: readonly (readonly number[])[];
  readonly persons?: readonly (readonly [track: number, persons: number])[];
}

const NO_PAYMENTS = [
  [0, 0],
  [0, 0],
  [0, 0],
];

function scenario({ parties = [0, 0, 0], paid = NO_PAYMENTS, persons = [] }: Figures): ScenarioView {
  const [gemeente = 0, rijk = 0] = parties;
  return {
    perspectives: [{ npv: gemeente }, { npv: gemeente + rijk }],
    parties: parties.map((npv) => ({ npv })),
    paid: paid.map((row) => Float64Array.from(row)),
    persons: persons.map(([track, count]) => ({ segment: 0, track, persons: count })),
  } as unknown as ScenarioView;
}

/** What is said of a change for government and care together. */
function said(before: Figures, after: Figures, language: "nl" | "en" = "nl", perspective = 1) {
  const { t } = createI18n(language);
  const shift = shiftBetween(scenario(before), scenario(after), perspective, outline);
  const shownFor = outline.perspectives[perspective];
  if (!shownFor) throw new Error("no perspective");
  return {
    same: movesHeadline(shift) ? null : sameText(shift, shownFor, t),
    lines: shiftLines(shift, t, formatsOf(language)).map((line) => line.replaceAll("\u00a0", " ")),
  };
}

describe("a change", () => {
  it("that moves nothing says so, for every party", () => {
    expect(said({}, {})).toEqual({
      same: "Uw wijzigingen maken geen verschil, voor geen enkele partij.",
      lines: ["Elk budget betaalt evenveel als eerst.", "Wie welk traject krijgt, blijft gelijk."],
    });
  });

  it("that moves money between parties of a perspective says from whom to whom", () => {
    const { same, lines } = said({ parties: [100, 0, 0] }, { parties: [12_100, -12_000, 0] });
    expect(same).toBe("Uw wijzigingen maken geen verschil voor ‘Overheid en zorg’ samen.");
    expect(lines[0]).toBe("Per partij, vóór verrekening: Gemeenten € +12.000, Rijk € −12.000.");
    expect(said({}, { parties: [0, 5_000, 0] }, "nl", 0).same).toBe(
      "Uw wijzigingen maken geen verschil voor Gemeenten.",
    );
  });

  it("that moves the perspective leaves the sentence to the headline", () => {
    expect(said({}, { parties: [2_000, 0, 0] }).same).toBeNull();
  });

  it("names purses, with general funds among them, and what is bought", () => {
    const { same, lines } = said(
      { paid: NO_PAYMENTS },
      {
        paid: [
          [-400, 0],
          [0, 100],
          [0, 700],
        ],
      },
    );
    expect(same).toBe("Uw wijzigingen maken geen verschil, voor geen enkele partij.");
    expect(lines).toEqual([
      "Betaald per budget: Algemene middelen € +700, Wmo € −400, en nog 1.",
      "Besteed aan: Taal € +800, Coach € −400.",
      "Wie welk traject krijgt, blijft gelijk.",
    ]);
  });

  it("names the largest and counts the others", () => {
    const wide = { ...outline, parties: named("A", "B", "C", "D", "E") };
    const { t } = createI18n("nl");
    const shift = shiftBetween(
      scenario({ parties: [0, 0, 0, 0, 0] }),
      scenario({ parties: [1, 2, 3, 4, -5] }),
      0,
      wide,
    );
    expect(shiftLines(shift, t, formatsOf("nl"))[0]?.replaceAll("\u00a0", " ")).toBe(
      "Per partij, vóór verrekening: E € −5, D € +4, C € +3, en nog 2.",
    );
  });

  it("names the tracks on which there are more or fewer, in English too", () => {
    const { lines } = said(
      { persons: [[0, 40]] },
      {
        persons: [
          [0, 27.5],
          [1, 12.5],
        ],
      },
      "en",
    );
    expect(lines.at(-1)).toBe("Persons on: Basis −12.5, Duaal +12.5.");
  });
});
