/** Woorden bij onzekerheid: simulatie en gevoeligheid, op de opdrachtregel en in CSV. */
export const uncertainty = {
  draws: (draws: string, seed: number, sampling: string) =>
    `${draws} trekkingen, startgetal ${seed}, ${sampling}.`,
  sampling: { plain: "elk onafhankelijk", latinHypercube: "gelaagd getrokken (Latin hypercube)" },
  varied: (count: number) =>
    count === 1
      ? "1 uitgangspunt heeft een bandbreedte; al het andere staat vast."
      : `${count} uitgangspunten hebben een bandbreedte; al het andere staat vast.`,
  nothingVaries: "Geen enkel uitgangspunt heeft een bandbreedte: elke trekking is dezelfde.",
  margin:
    "Achter ± staat de toevalsfout van de simulatie zelf (1 standaardfout); meer trekkingen maken haar kleiner.",
  answer: (label: string, perspective: string, mean: string, low: string, high: string, chance: string) =>
    `${label}: ${perspective} is naar verwachting ${mean} beter af (negen op de tien keer tussen ${low} en ${high}). Kans op voordeel: ${chance}.`,
  answerLoss: (label: string, perspective: string, mean: string, low: string, high: string, chance: string) =>
    `${label}: ${perspective} is naar verwachting ${mean} slechter af (negen op de tien keer tussen ${low} en ${high}). Kans op voordeel: ${chance}.`,
  tables: {
    perspectives: (label: string) => `${label}: netto contante waarde per perspectief (x € 1.000)`,
    parties: (label: string) => `${label}: per partij, na onderlinge verrekeningen (x € 1.000)`,
    municipalities: (label: string) => `${label}: per gemeente, na onderlinge verrekeningen (x € 1.000)`,
    comparisons: (perspective: string) => `Kans dat de rij beter is dan de kolom voor ${perspective}`,
    tornado: (label: string, perspective: string) =>
      `${label}, ${perspective}: netto contante waarde als één uitgangspunt laag of hoog is (x € 1.000)`,
    switching: (label: string, perspective: string) =>
      `${label}, ${perspective}: waarde waarbij de netto contante waarde nul is`,
    sobol: (label: string, perspective: string) =>
      `${label}, ${perspective}: deel van de spreiding dat een uitgangspunt verklaart`,
    parameters: (perspective: string) => `Wat meer weten waard is voor ${perspective} (euro)`,
  },
  columns: {
    mean: "gemiddeld",
    chance: "kans op voordeel",
    low: "laag",
    high: "hoog",
    atLow: "NCW bij laag",
    atHigh: "NCW bij hoog",
    width: "verschil",
    stated: "nu",
    switching: "omslagpunt",
    plausible: "binnen bandbreedte",
    first: "alleen",
    total: "met andere samen",
    value: "waarde",
    se: "±",
  },
  turns: "↕ gaat niet in één richting",
  none: "geen",
  jump: "sprong",
  plausible: { true: "ja", false: "nee", null: "-" },
  switchingNote:
    "Gezocht tussen het 0,1%- en het 99,9%-punt van de bandbreedte, zonder bandbreedte tussen nul en driemaal de waarde. Elk omslagpunt is nagerekend.",
  sobolNote: (rows: string, evaluations: string) =>
    `${rows} rijen, ${evaluations} doorrekeningen. Tussen haakjes het 95%-interval.`,
  perfect: (perspective: string, best: string, value: string) =>
    `${perspective}: gemiddeld het beste is ${best}. Alles zeker weten zou ${value} waard zijn.`,
  informationNote: (options: string) =>
    `Keuze uit: ${options}. De waarde geldt voor deze ene beslissing, over de hele horizon, contant.`,
  groups: "Groepen uitgangspunten",
  singles: "Losse uitgangspunten",
  invalid: (count: number, draws: string) =>
    count === 1
      ? `Let op: 1 van de ${draws} trekkingen kon niet worden doorgerekend; de cijfers gaan over de andere.`
      : `Let op: ${count} van de ${draws} trekkingen konden niet worden doorgerekend; de cijfers gaan over de andere.`,
  invalidRows: (count: number) =>
    `Let op: ${count} rijen konden niet worden doorgerekend en tellen niet mee.`,
  invalidDraw: (draw: number) => `trekking ${draw + 1}`,
  hiddenRows: (count: number) =>
    `(${count} ${count === 1 ? "regel" : "regels"} niet getoond; alles staat in --json en --out)`,
  progress: (percent: number) => `${percent}%`,
  cancelled: "Afgebroken; er is niets geschreven.",
  wrongNumber: (option: string, found: string, low: string, high: string) =>
    `--${option}: ${found} is geen geheel getal van ${low} tot ${high}.`,
  wrongChoice: (option: string, found: string, choices: string) =>
    `--${option}: ${found} is niet een van: ${choices}.`,
  methodMissing: "Noem met --method wat te doen: tornado, switching, sobol of evppi.",
  csv: {
    tables: {
      simulation: "Simulatie: verdeling van elk kengetal (euro; plus is voordeel)",
      fans: "Simulatie: bandbreedte per jaar (euro, nominaal; plus is voordeel)",
      comparisons: "Simulatie: hoe vaak het ene scenario beter is dan het andere",
      invalid: "Simulatie: trekkingen die niet konden worden doorgerekend",
      tornado: "Eén uitgangspunt tegelijk laag en hoog (euro, netto contante waarde)",
      switching: "Omslagpunten",
      sobol: "Deel van de spreiding per uitgangspunt (Sobol)",
      information: "Waarde van informatie (euro)",
    },
    kinds: {
      perspective: "perspectief",
      party: "partij, voor verrekening",
      municipality: "gemeente, voor verrekening",
      partyAfter: "partij, na verrekening",
      municipalityAfter: "gemeente, na verrekening",
      purse: "schot (saldo, contant)",
    },
    columns: {
      id: "id",
      draws: "trekkingen",
      mean: "gemiddelde",
      se: "standaardfout",
      sd: "standaardafwijking",
      quantile: (percent: number) => `P${percent}`,
      chance: "kans op meer dan nul",
      chanceSe: "standaardfout kans",
      chanceLoss: "kans op verlies",
      other: "vergeleken met scenario",
      better: "kans op beter",
      betterSe: "standaardfout kans",
      difference: "gemiddeld verschil",
      differenceSe: "standaardfout verschil",
      perspective: "perspectief",
      parameter: "uitgangspunt",
      unit: "eenheid",
      value: "waarde",
      low: "laag (5%)",
      high: "hoog (95%)",
      atLow: "NCW bij laag",
      atHigh: "NCW bij hoog",
      base: "NCW bij waarde",
      monotone: "in één richting",
      switching: "omslagpunt",
      kind: "soort",
      npvThere: "NCW nagerekend",
      from: "gezocht vanaf",
      to: "gezocht tot",
      plausible: "binnen 5%-95%",
      first: "eerste orde",
      firstLow: "eerste orde, 95% van",
      firstHigh: "eerste orde, 95% tot",
      total: "totaal",
      totalLow: "totaal, 95% van",
      totalHigh: "totaal, 95% tot",
      group: "groep",
      size: "aantal uitgangspunten",
      best: "gemiddeld beste scenario",
      draw: "trekking",
      what: "wat er mis is",
      where: "waar",
    },
    switchingKinds: { crossing: "snijpunt", jump: "sprong", none: "geen" },
    information: { perfect: "alles", parameter: "uitgangspunt", group: "groep" },
    head: {
      draws: "Trekkingen",
      seed: "Startgetal",
      sampling: "Trekking",
      invalid: "Ongeldige trekkingen",
      rows: "Rijen",
    },
  },
} as const;
