/** What a reader of a run must know. */
import { expect, it } from "vitest";
import { place, smallCase, work } from "./smallCase.ts";

it("warns once for a service that is full in several years, with the years and the most that is too many", async () => {
  const [segment] = smallCase.segments;
  const [coach] = smallCase.interventions;
  if (!segment || !coach) throw new Error("no case");
  const { model, scenario } = await work(
    {
      ...smallCase,
      time: { ...smallCase.time, inflowYears: 3 },
      segments: [{ ...segment, inflow: { a: [10, 4, 12], b: [5, 5, 5] } }],
      interventions: [{ ...coach, capacity: 8 }],
    },
    "coach",
  );
  const warnings = scenario.run.warnings.filter(({ code }) => code === "CAPACITY_EXCEEDED");
  expect(warnings).toMatchObject([
    { municipality: place(model.municipalities, "a"), intervention: 0, years: [0, 2], amount: 4 },
  ]);
});
