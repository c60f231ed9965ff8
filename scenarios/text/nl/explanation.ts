/** Woorden waarmee een kengetal in zijn delen wordt uitgelegd. */
export const explanation = {
  title: (measure: string, owner: string, scenario: string) => `${measure}, ${owner}, scenario ${scenario}`,
  against: (label: string) => `Vergeleken met: ${label}. Plus is voordeel, min is nadeel; bedragen contant.`,
  total: "Uitkomst",
  largest: (count: number) => `De ${count} grootste delen`,
  rest: (count: number) => `Overige ${count} delen`,
  nothing: "Er is geen verschil met de referentie.",
  persons: (count: string) => `${count} personen`,
  units: {
    year: (count: string, amount: string) => `${count} contante persoonsjaren x ${amount} per jaar`,
    month: (count: string, amount: string) => `${count} contante maanden x ${amount} per maand`,
    once: (count: string, amount: string) => `${count} contante keren x ${amount}`,
  },
  regional: {
    year: (rate: string, amount: string) => `${rate} contante jaren x ${amount} per jaar`,
    month: (rate: string, amount: string) => `${rate} contante maanden x ${amount} per maand`,
    once: (rate: string, amount: string) => `${rate} (contant aandeel) x ${amount}`,
  },
  more: "meer",
  less: "minder",
  amounts: (lowest: string, highest: string) => `${lowest} tot ${highest}`,
  from: "bedrag",
  rates: (names: string) => `tempo en aantal: ${names}`,
  assumed: "aanname",
  noSource: "zonder bron",
  local: (municipality: string) => `lokaal in ${municipality}`,
  andOthers: (count: number) => `en ${count} andere`,
  unknownFigure: (path: string) => `Onbekend kengetal: ${path}`,
  figureForm: "Schrijf kengetal/van wie/scenario, bijvoorbeeld npv/gemeente/ontschot.",
  known: (measures: string, owners: string, scenarios: string) =>
    `Kengetal: ${measures}. Van wie: ${owners}. Scenario: ${scenarios}.`,
  figureMissing: "Noem na het bestand een kengetal, bijvoorbeeld npv/gemeente/ontschot.",
} as const;
