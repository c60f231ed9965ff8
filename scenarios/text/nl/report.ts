/** Woorden van het overzicht dat de opdrachtregel afdrukt. */
export const report = {
  status: { concept: "concept", "ter-bespreking": "ter bespreking", vastgesteld: "vastgesteld" },
  timing: { "mid-year": "medio jaar", start: "begin jaar", end: "eind jaar" },
  basis: (priceLevel: number, rate: string, timing: string, from: number, to: number) =>
    `Prijspeil ${priceLevel}, discontovoet ${rate} (${timing}), ${from}-${to}. Bedragen contant, vóór onderlinge verrekeningen tenzij anders vermeld.`,
  against: (label: string) => `Vergeleken met: ${label}`,
  answerGain: (label: string, perspective: string, amount: string) =>
    `${label}: ${perspective} is per saldo ${amount} beter af.`,
  answerLoss: (label: string, perspective: string, amount: string) =>
    `${label}: ${perspective} is per saldo ${amount} slechter af.`,
  answerSame: (label: string, perspective: string) => `${label}: voor ${perspective} verandert er niets.`,
  winners: (names: string) => `Wint: ${names}.`,
  losers: (names: string) => `Levert in: ${names}.`,
  npvPerPerspective: "Netto contante waarde per perspectief (x € 1.000)",
  npvPerParty: "Netto contante waarde per partij (x € 1.000)",
  npvPerMunicipality: "Netto contante waarde per gemeente, na onderlinge verrekeningen (x € 1.000)",
  figures: (perspective: string) => `Kengetallen voor ${perspective}`,
  ratioGross: "Baten-kosten, bruto (vermeden = baat)",
  ratioNet: "Baten-kosten, netto",
  payback: "Terugverdientijd (jaar, niet contant)",
  discountedPayback: "Idem (jaar, contant)",
  irr: "Rendement (IRR) per jaar",
  paybackWords: { never: "> horizon", neverBehind: "nooit achter", nothing: "-" },
  notDefined: "-",
  persons: "Wie krijgt welk traject (personen, alle instroomjaren)",
  paid: "Wie betaalt de interventies (contant, x € 1.000)",
  regional: "Regime- en uitvoeringskosten (contant, x € 1.000)",
  general: "Algemene middelen",
  total: "Totaal",
  outcomes: (years: number) =>
    `Uitkomsten ${years} jaar na instroom (aandeel; tussen haakjes 18 maanden duurzaam)`,
  worth: "Eén euro extra achter dit schot is waard (contant, hoogste jaar)",
  unlawful: "niet rechtmatig onder huidig recht",
  unlawfulBecause: {
    LIFTS_EARMARK: (account: string) => `het oormerk van ${account} wordt opgeheven`,
    POOLS_EXCLUDED: (account: string) => `${account} mag niet in een pot`,
    CROSSES_BORDERS: (account: string) =>
      `geoormerkt geld (${account}) gaat in een regionale pot de gemeentegrens over, terwijl elke gemeente het eigen deel verantwoordt en terugbetaalt`,
    REINVESTS_SAME_YEAR: (_: string) => "besparingen worden al in hetzelfde jaar uitgegeven",
  },
  placeInText: (line: number, character: number) => `regel ${line}, teken ${character}`,
  unreadable: {
    EMPTY: () => "De formule is leeg.",
    UNFINISHED: (before: string) => `De formule is niet af: na “${before}” hoort nog een getal of naam.`,
    BRACKET_MISSING: (before: string) => `Een haakje ) ontbreekt na “${before}”.`,
    CHOICE_MISSING: (before: string) => `Bij de ? hoort ook een : met de andere uitkomst, na “${before}”.`,
    OUT_OF_PLACE: (before: string, sign: string) =>
      before === ""
        ? `Een formule kan niet beginnen met “${sign}”.`
        : `“${sign}” kan niet staan na “${before}”.`,
  },
  warnings: "Let op",
  warning: {
    SHORTAGE: (where: string, amount: string, _years: string) =>
      `${where}: tekort van ${amount} (contant) komt op de algemene middelen.`,
    CAPACITY_EXCEEDED: (where: string, amount: string, years: string) =>
      `${where}: tot ${amount} personen boven de capaciteit (${years}).`,
    JOINT_DELIVERY_MISSING: (where: string, amount: string, _years: string) =>
      `${where}: ${amount} personen op een traject dat gezamenlijke uitvoering vergt.`,
  },
  found: "gevonden",
  expected: "verwacht",
  /** Soorten waarden, zoals het schema ze noemt. */
  kinds: {
    object: "een onderdeel met sleutels",
    record: "een onderdeel met sleutels",
    array: "een lijst",
    string: "tekst",
    number: "een getal",
    int: "een geheel getal",
    boolean: "true of false",
  },
  suggestion: "bedoeld?",
  mend: "Herstel",
  faultCount: (count: number) => (count === 1 ? "1 fout" : `${count} fouten`),
  valid: (title: string) => `In orde: ${title}`,
  migrated: (path: string, version: number) => `${path} is omgezet naar versie ${version}.`,
  upToDate: (path: string, version: number) => `${path} heeft al versie ${version}; niets veranderd.`,
  usage: `Gebruik: ontschot <opdracht> [opties]

  run BESTAND          rekent de scenario's door en zet ze naast elkaar
      --scenario ID      alleen dit scenario (mag vaker)
      --reference ID     vergelijk hiermee
      --json             volledige precisie, voor andere programma's
      --out MAP          schrijft alle tabellen als CSV
  explain BESTAND KENGETAL
                       splitst een kengetal uit, bijvoorbeeld npv/gemeente/ontschot
      --json             de hele boom
  simulate BESTAND     rekent veel trekkingen door: hoe zeker zijn de uitkomsten
      --draws N          aantal trekkingen (10000)
      --seed S           startgetal: hetzelfde getal geeft dezelfde uitkomst (1)
      --sampling WIJZE   plain (los) of latin (gelaagd)
      --scenario ID, --reference ID, --json, --out MAP zoals bij run
  sensitivity BESTAND --method tornado|switching|sobol|evppi
                       welk uitgangspunt telt: laag en hoog, omslagpunt,
                       deel van de spreiding, waarde van meer weten
      --draws N          trekkingen (evppi 10000) of rijen (sobol 1024)
      --seed S, --scenario ID, --reference ID, --json, --out MAP
  import CSV --into BESTAND
                       leest bewerkte uitgangspunten terug
  validate BESTAND     zoekt alle fouten
  migrate BESTAND      zet een ouder bestand om en bewaart een kopie
  cases                toont de meegeleverde zaken
      --lang nl|en       taal van de uitvoer

BESTAND is een pad of het id van een meegeleverde zaak.`,
  unknownCommand: (name: string) => `Onbekende opdracht: ${name}`,
  wrongOption: "De opties kloppen niet.",
  fileMissing: "Noem een bestand of het id van een meegeleverde zaak.",
  unexpected: "Er ging iets mis dat niet had mogen gebeuren. Meld het aan de makers, met het bestand erbij:",
} as const;
