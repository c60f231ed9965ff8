import type { Texts } from "../texts.ts";

/** Words of the overview that the command line prints. */
export const report: Texts["report"] = {
  status: { concept: "draft", "ter-bespreking": "under discussion", vastgesteld: "adopted" },
  timing: { "mid-year": "mid-year", start: "start of year", end: "end of year" },
  basis: (priceLevel, rate, timing, from, to) =>
    `Price level ${priceLevel}, discount rate ${rate} (${timing}), ${from}-${to}. Present values, before transfers unless stated.`,
  against: (label) => `Compared with: ${label}`,
  answerGain: (label, perspective, amount) => `${label}: ${perspective} gains ${amount} on balance.`,
  answerLoss: (label, perspective, amount) => `${label}: ${perspective} loses ${amount} on balance.`,
  answerSame: (label, perspective) => `${label}: nothing changes for ${perspective}.`,
  winners: (names) => `Gains: ${names}.`,
  losers: (names) => `Loses: ${names}.`,
  npvPerPerspective: "Net present value per perspective (x € 1,000)",
  npvPerParty: "Net present value per party (x € 1,000)",
  npvPerMunicipality: "Net present value per municipality, after transfers (x € 1,000)",
  figures: (perspective) => `Figures for ${perspective}`,
  ratioGross: "Benefit-cost, gross (avoided = benefit)",
  ratioNet: "Benefit-cost ratio, net",
  payback: "Payback (years, undiscounted)",
  discountedPayback: "Idem (years, discounted)",
  irr: "Internal rate of return per year",
  paybackWords: { never: "> horizon", neverBehind: "never behind", nothing: "-" },
  notDefined: "-",
  persons: "Who gets which track (persons, all inflow years)",
  paid: "Who pays the interventions (present value, x € 1,000)",
  regional: "Regime and executor costs (present value, x € 1,000)",
  general: "General funds",
  total: "Total",
  outcomes: (years) =>
    `Outcomes ${years} ${years === 1 ? "year" : "years"} after entry (share; in brackets sustained for 18 months)`,
  worth: "One more euro behind this wall is worth (present value, highest year)",
  unlawful: "not lawful under present law",
  unlawfulBecause: {
    LIFTS_EARMARK: (account) => `the earmark of ${account} is lifted`,
    POOLS_EXCLUDED: (account) => `${account} may not be pooled`,
    CROSSES_BORDERS: (account) =>
      `earmarked money (${account}) crosses the border between municipalities in a pool of the region, though each accounts for its own part and repays it`,
    REINVESTS_SAME_YEAR: () => "savings are spent in the year in which they arise",
  },
  placeInText: (line: number, character: number) => `line ${line}, character ${character}`,
  unreadable: {
    EMPTY: () => "The formula is empty.",
    UNFINISHED: (before: string) =>
      `The formula is not finished: after “${before}” a number or name must follow.`,
    BRACKET_MISSING: (before: string) => `A bracket ) is missing after “${before}”.`,
    CHOICE_MISSING: (before: string) => `The ? needs a : with the other result, after “${before}”.`,
    OUT_OF_PLACE: (before: string, sign: string) =>
      before === "" ? `A formula cannot begin with “${sign}”.` : `“${sign}” cannot stand after “${before}”.`,
  },
  warnings: "Note",
  warning: {
    SHORTAGE: (where, amount) => `${where}: a shortage of ${amount} (present value) falls on general funds.`,
    CAPACITY_EXCEEDED: (where, amount, years) =>
      `${where}: up to ${amount} persons above the capacity (${years}).`,
    JOINT_DELIVERY_MISSING: (where, amount) =>
      `${where}: ${amount} persons on a track that needs joint delivery.`,
  },
  found: "found",
  expected: "expected",
  kinds: {
    object: "a part with keys",
    record: "a part with keys",
    array: "a list",
    string: "text",
    number: "a number",
    int: "a whole number",
    boolean: "true or false",
  },
  suggestion: "meant?",
  mend: "Mend",
  faultCount: (count) => (count === 1 ? "1 fault" : `${count} faults`),
  valid: (title) => `In order: ${title}`,
  migrated: (path, version) => `${path} was brought to version ${version}.`,
  upToDate: (path, version) => `${path} already has version ${version}; nothing changed.`,
  usage: `Usage: ontschot <command> [options]

  run FILE             computes the scenarios and sets them side by side
      --scenario ID      only this scenario (may be repeated)
      --reference ID     compare with this one
      --json             full precision, for other programs
      --out FOLDER       writes all tables as CSV
  explain FILE FIGURE  takes a figure apart, for example npv/gemeente/ontschot
      --json             the whole tree
  simulate FILE        works out many draws: how sure are the results
      --draws N          number of draws (10000)
      --seed S           the same seed gives the same result (1)
      --sampling HOW     plain or latin (in layers)
      --scenario ID, --reference ID, --json, --out DIR as for run
  sensitivity FILE --method tornado|switching|sobol|evppi
                       which assumption counts: low and high, switching
                       value, share of the variance, worth of knowing more
      --draws N          draws (evppi 10000) or rows (sobol 1024)
      --seed S, --scenario ID, --reference ID, --json, --out DIR
  import CSV --into FILE
                       reads edited assumptions back
  validate FILE        finds all faults
  migrate FILE         brings an older file up to date and keeps a copy
  cases                lists the shipped cases
      --lang nl|en       language of the output

FILE is a path or the id of a shipped case.`,
  unknownCommand: (name) => `Unknown command: ${name}`,
  wrongOption: "The options are not right.",
  fileMissing: "Name a file or the id of a shipped case.",
  unexpected: "Something went wrong that should not have. Tell the makers, with the file:",
};
