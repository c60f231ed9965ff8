import type { app as appNl } from "./nl/app.ts";
import type { appWork as appWorkNl } from "./nl/appWork.ts";
import type { csv as csvNl } from "./nl/csv.ts";
import type { desktop as desktopNl } from "./nl/desktop.ts";
import type { explanation as explanationNl } from "./nl/explanation.ts";
import type { faults as faultsNl } from "./nl/faults.ts";
import type { figures as figuresNl } from "./nl/figures.ts";
import type { hostFaults as hostFaultsNl } from "./nl/hostFaults.ts";
import type { report as reportNl } from "./nl/report.ts";
import type { uncertainty as uncertaintyNl } from "./nl/uncertainty.ts";

/** The same shape with any text in place of a particular one. */
type Loose<T> = T extends string
  ? string
  : T extends (...values: infer A) => string
    ? (...values: A) => string
    : T extends readonly [string, string]
      ? readonly [string, string]
      : { readonly [K in keyof T]: Loose<T[K]> };

export interface Texts {
  readonly faults: Loose<typeof faultsNl & typeof hostFaultsNl>;
  readonly report: Loose<typeof reportNl>;
  readonly figures: Loose<typeof figuresNl>;
  readonly csv: Loose<typeof csvNl>;
  readonly explanation: Loose<typeof explanationNl>;
  readonly desktop: Loose<typeof desktopNl>;
  readonly uncertainty: Loose<typeof uncertaintyNl>;
}

/** Texts of the interface: keys of i18next. */
export type AppTexts = Loose<typeof appNl & typeof appWorkNl>;
