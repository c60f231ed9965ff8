import type { TFunction } from "i18next";
import type { EarnedBack } from "../../models/index.ts";
import type { Formats } from "./format.ts";

/** Years that can be compared with others, or null. */
export function paybackYears(payback: EarnedBack | undefined): number | null {
  return payback?.kind === "after" ? payback.years : null;
}

/** The years without their unit, or words where there is no moment. */
export function paybackText(payback: EarnedBack | undefined, t: TFunction, formats: Formats): string {
  if (!payback) return t("common.notDefined");
  return payback.kind === "after" ? formats.years(payback.years) : t(`payback.${payback.kind}`);
}
