import type { Texts } from "../texts.ts";

/** Words in which a figure is taken apart. */
export const explanation: Texts["explanation"] = {
  title: (measure, owner, scenario) => `${measure}, ${owner}, scenario ${scenario}`,
  against: (label) => `Compared with: ${label}. Plus is a gain, minus a loss; present values.`,
  total: "Figure",
  largest: (count) => `The ${count} largest parts`,
  rest: (count) => `Other ${count} parts`,
  nothing: "There is no difference from the reference.",
  persons: (count) => `${count} persons`,
  units: {
    year: (count, amount) => `${count} discounted person-years x ${amount} per year`,
    month: (count, amount) => `${count} discounted months x ${amount} per month`,
    once: (count, amount) => `${count} discounted times x ${amount}`,
  },
  regional: {
    year: (rate, amount) => `${rate} discounted years x ${amount} per year`,
    month: (rate, amount) => `${rate} discounted months x ${amount} per month`,
    once: (rate, amount) => `${rate} (discounted share) x ${amount}`,
  },
  more: "more",
  less: "fewer",
  amounts: (lowest, highest) => `${lowest} to ${highest}`,
  from: "amount",
  rates: (names) => `rates and numbers: ${names}`,
  assumed: "assumption",
  noSource: "without a source",
  local: (municipality) => `local in ${municipality}`,
  andOthers: (count) => `and ${count} others`,
  unknownFigure: (path) => `Unknown figure: ${path}`,
  figureForm: "Write figure/whose/scenario, for example npv/gemeente/ontschot.",
  known: (measures, owners, scenarios) => `Figure: ${measures}. Whose: ${owners}. Scenario: ${scenarios}.`,
  figureMissing: "Name a figure after the file, for example npv/gemeente/ontschot.",
};
