/** What CBS and Divosa observed of status holders, by months since their permit; shares in percent. */

/** One row of observations: `values[i]` at `months[i]`, each with its own tolerance in points. */
export interface Target {
  readonly outcome: "aan_het_werk" | "in_bijstand" | "deeltijd_met_bijstand";
  readonly label: string;
  readonly source: string;
  readonly values: readonly number[];
  readonly tolerances: readonly number[];
}

/** Months between the permit and housing in the municipality, where the clock of the case starts. */
export const MONTHS_BEFORE_ENTRY = 6;

export const MONTHS = [12, 24, 30, 36, 48, 60, 72, 84, 96, 108] as const;

const workTolerance = [2, 2, 2, 2, 4, 4, 4, 4, 4, 4];
const benefitTolerance = MONTHS.map(() => 5);

/** Recent permits (2019-2021): observed to month 36, beyond that drawn on in the shape of 2014. */
export const RECENT: readonly Target[] = [
  {
    outcome: "aan_het_werk",
    label: "in work",
    source: "CBS, cohorts 2019-2021; m24 and m30 interpolated, from m48 projected",
    values: [7.8, 19, 24, 31, 39, 45, 48, 50, 52, 53],
    tolerances: workTolerance,
  },
  {
    outcome: "in_bijstand",
    label: "on benefit",
    source: "no cohort series; fits 57% of the stock and 84-90% early",
    values: [82, 73, 68, 63, 55, 49, 44, 41, 38, 36],
    tolerances: benefitTolerance,
  },
];

/** The cohort of 2014, followed the longest. */
export const COHORT_2014: readonly Target[] = [
  {
    outcome: "aan_het_werk",
    label: "in work",
    source: "CBS, cohort 2014; m48 and m84 interpolated",
    values: [1.4, 6, 11, 19, 34, 42, 43, 44, 45, 48],
    tolerances: workTolerance,
  },
  {
    outcome: "in_bijstand",
    label: "on benefit",
    source: "CBS, m12, m18 and m30 observed; the rest fitted",
    values: [86.5, 88, 84, 79, 66, 57, 51, 47, 44, 40],
    tolerances: benefitTolerance,
  },
];

/** Checked, not fitted. */
export const PART_TIME: readonly Target[] = [
  {
    outcome: "deeltijd_met_bijstand",
    label: "in part-time work beside benefit",
    source: "from 8% of all clients (Divosa); not fitted",
    values: [1.5, 4, 6, 6.5, 7.5, 7.3, 6.5, 6, 5.5, 5],
    tolerances: MONTHS.map(() => 3),
  },
];

/** Years of arrivals in the figures of all status holders at one moment. */
export const STOCK_YEARS = 8;

/** All who came in the past eight years, at one moment; checked, not fitted (the row on benefit was drawn with this 57% in view). */
export const STOCK = [
  { outcome: "aan_het_werk", label: "in work", value: 33, tolerance: 4, source: "Divosa, end of 2021" },
  { outcome: "in_bijstand", label: "on benefit", value: 57, tolerance: 5, source: "minister's letter, 2023" },
] as const;

/** What becomes of those who leave benefit for work. */
export const RELAPSE = [
  { label: "in work at 6 months", values: [82, 90], tolerance: 4, source: "CBS 2024, leavers of 2021" },
  { label: "in work at 18 months", values: [72, 77], tolerance: 4, source: "CBS 2024, leavers of 2021" },
  { label: "on benefit at 18 months", values: [9, 13], tolerance: 3, source: "CBS 2024, leavers of 2021" },
  { label: "ever back within 1 year", values: [20, 20], tolerance: 5, source: "Divosa 2019" },
  { label: "ever back within 5 years", values: [35, 35], tolerance: 5, source: "Divosa 2019" },
] as const;

/** After three years the Z route is at least this many points below the B1 route in work. */
export const Z_BELOW_B1 = 8;
