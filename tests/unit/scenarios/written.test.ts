import { expect, it } from "vitest";
import { writtenAt } from "../../../scenarios/written.ts";
import { smallCase } from "../results/smallCase.ts";

it.each([
  ["states/bijstand/flows/0/amount", "uitkering"],
  ["parameters/uitkering/value", 1000],
  ["interventions/coach/costs/0/amount", "coachprijs"],
  ["discounting/rate", 0],
  ["accounts/spuk/surplus", "repay"],
])("%s is what the file says", (path, expected) => {
  expect(writtenAt(smallCase, path)).toBe(expected);
});

it.each(["states/geen/flows", "states/bijstand", "accounts/spuk/__proto__", "", "parameters/99/value"])(
  "%j leads to no value",
  (path) => {
    expect(writtenAt(smallCase, path)).toBeUndefined();
  },
);

it("reads a local value with a reason", () => {
  const [first] = smallCase.parameters;
  if (!first) throw new Error("parameter");
  const file = {
    ...smallCase,
    parameters: [{ ...first, local: { a: { value: 900, reason: "eigen" }, b: 950 } }],
  };
  expect(writtenAt(file, "parameters/uitkering/local/a")).toBe(900);
  expect(writtenAt(file, "parameters/uitkering/local/b")).toBe(950);
});
