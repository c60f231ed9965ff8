import type { TFunction } from "i18next";
import type { Fault } from "../../../models/index.ts";
import type { BusinessCase } from "../../../scenarios/index.ts";
import { describeFault, formatYearRanges, unlawfulReasons } from "../../../scenarios/text/index.ts";
import type { Outline, ScenarioView } from "../../run/caseView.ts";
import { parametersIn } from "../../state/edits.ts";
import type { ViewName } from "../../state/settingsStore.ts";
import { asName, type Formats, shortName } from "../format.ts";

export interface Warning {
  readonly id: string;
  readonly text: string;
  readonly tone: "negative" | "warning";
  /** Where its cause is. */
  readonly view: ViewName;
  readonly focus?: { readonly parameter?: string; readonly filter?: string };
}

/** Evidence of this grade or weaker is said aloud. */
const WEAK = 4;

/** Less than this many euros is nothing. */
const NOTHING = 0.5;

/** One warning for each service that has too few places, with where and when; it leads to the number of places. */
function capacityWarnings(
  file: BusinessCase,
  outline: Outline,
  scenario: ScenarioView,
  t: TFunction,
  formats: Formats,
): Warning[] {
  const full = scenario.warnings.filter(({ code }) => code === "CAPACITY_EXCEEDED");
  return [...new Set(full.map(({ intervention }) => intervention))].map((intervention) => {
    const service = outline.interventions[intervention];
    const places = full
      .filter((warning) => warning.intervention === intervention)
      .map(({ municipality, years, amount }) =>
        t("overview.warning.place", {
          where: outline.municipalities[municipality]?.label ?? t("common.total"),
          years: formatYearRanges(years.map((year) => outline.startYear + year)),
          amount: formats.persons(amount),
        }),
      );
    const capacity = file.interventions.find(({ id }) => id === service?.id)?.capacity;
    const [parameter] = parametersIn(file, capacity);
    return {
      id: `capacity ${scenario.id} ${intervention}`,
      text: t("overview.warning.CAPACITY_EXCEEDED", {
        scenario: asName(shortName(scenario.label)),
        what: service?.label ?? "",
        places: formats.list(places),
      }),
      tone: "warning",
      view: "assumptions",
      ...(parameter ? { focus: { parameter: parameter.id } } : {}),
    };
  });
}

/** What falls on general funds in all municipalities together: one warning or none. */
function generalFundsWarnings(
  outline: Outline,
  scenario: ScenarioView,
  t: TFunction,
  formats: Formats,
): Warning[] {
  const general = [...(scenario.paid[outline.accounts.length] ?? [])];
  const amount = general.reduce((sum, value) => sum + value, 0);
  if (amount <= NOTHING) return [];
  const statutory = general.every(
    (value, index) => value <= NOTHING || outline.interventions[index]?.statutory,
  );
  return [
    {
      id: `general ${scenario.id}`,
      text: t(statutory ? "overview.warning.general" : "overview.warning.shortage", {
        scenario: asName(shortName(scenario.label)),
        amount: formats.rounded(amount),
      }),
      tone: "warning",
      view: "walls",
    },
  ];
}

/** Everything that a reader of the two scenarios must know, the gravest first. */
export function warningsOf(
  file: BusinessCase,
  outline: Outline,
  scenarios: readonly ScenarioView[],
  faults: readonly Fault[],
  t: TFunction,
  formats: Formats,
): Warning[] {
  const list: Warning[] = [];
  for (const scenario of scenarios) {
    if (scenario.unlawful.length > 0) {
      const because = unlawfulReasons(scenario.unlawful, outline.accounts, formats.language);
      list.push({
        id: `unlawful ${scenario.id}`,
        text: t("overview.warning.unlawful", {
          scenario: asName(shortName(scenario.label)),
          reason: formats.list(because),
        }),
        tone: "negative",
        view: "walls",
      });
    }
    list.push(...capacityWarnings(file, outline, scenario, t, formats));
    for (const warning of scenario.warnings) {
      if (warning.code !== "JOINT_DELIVERY_MISSING") continue;
      const what =
        outline.interventions[warning.intervention]?.label ?? outline.tracks[warning.track]?.label ?? "";
      list.push({
        id: `${warning.code} ${scenario.id} ${warning.municipality} ${warning.intervention} ${warning.track}`,
        text: t(`overview.warning.${warning.code}`, {
          scenario: asName(shortName(scenario.label)),
          where: outline.municipalities[warning.municipality]?.label ?? t("common.total"),
          amount: formats.persons(warning.amount),
          what,
        }),
        tone: "warning",
        view: "walls",
      });
    }
    list.push(...generalFundsWarnings(outline, scenario, t, formats));
  }
  const used = new Set(
    scenarios.flatMap(({ paid }) =>
      paid.flatMap((row) => [...row.keys()].filter((i) => (row[i] ?? 0) > NOTHING)),
    ),
  );
  const weak = outline.interventions.filter(
    ({ statutory, evidence }, index) =>
      !statutory && used.has(index) && evidence !== null && evidence >= WEAK,
  );
  if (weak.length > 0)
    list.push({
      id: "weak",
      text: t("overview.warning.weak", { names: formats.list(weak.map(({ label }) => label)), grade: WEAK }),
      tone: "warning",
      view: "assumptions",
      focus: { filter: "assumed" },
    });
  const assumed = file.parameters.filter(({ kind }) => kind === "assumed").length;
  if (assumed > 0)
    list.push({
      id: "assumed",
      text: t("overview.warning.assumed", { count: assumed }),
      tone: "warning",
      view: "assumptions",
      focus: { filter: "assumed" },
    });
  const bare = file.parameters.filter(
    ({ kind, source }) => kind !== "assumed" && source === undefined,
  ).length;
  if (bare > 0)
    list.push({
      id: "unsourced",
      text: t("overview.warning.unsourced", { count: bare }),
      tone: "warning",
      view: "assumptions",
      focus: { filter: "unsourced" },
    });
  for (const fault of faults) {
    if (fault.code === "PARAMETER_WITHOUT_SOURCE") continue;
    const parameter = /^parameters\/([^/]+)/.exec(fault.path)?.[1];
    const text = describeFault(fault, formats.language);
    list.push({
      id: `${fault.code} ${fault.path}`,
      text: t("faults.detail", { what: text.what, mend: text.mend }),
      tone: "warning",
      view: "assumptions",
      ...(parameter ? { focus: { parameter } } : {}),
    });
  }
  return list;
}
