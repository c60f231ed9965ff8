import { useTranslation } from "react-i18next";
import { useSettings } from "../../state/settingsStore.ts";
import { Segmented } from "../../ui/Segmented.tsx";
import { useShown } from "../shown.ts";
import { Answer } from "./Answer.tsx";
import { CumulativeFigure } from "./CumulativeFigure.tsx";
import { KeyFigures } from "./KeyFigures.tsx";
import { MunicipalityTable } from "./MunicipalityTable.tsx";
import { PocketsFigure } from "./PocketsFigure.tsx";
import { Warnings } from "./Warnings.tsx";

/** The answer first, then what it is made of. */
export function OverviewView() {
  const { t } = useTranslation();
  const shown = useShown();
  const set = useSettings((state) => state.set);
  if (!shown)
    return (
      <div className="app-empty" role="status">
        <p>{t("overview.computing")}</p>
      </div>
    );
  const { perspectives, order } = shown.view.outline;
  const options = order.perspectives.flatMap((index) => {
    const item = perspectives[index];
    return item ? [{ value: item.id, label: item.label }] : [];
  });
  return (
    <div className="app-overview" aria-busy={!shown.current}>
      <div className="app-viewhead">
        <h2 className="app-hidden">{t("overview.title")}</h2>
        <Segmented
          label={t("overview.perspective")}
          value={perspectives[shown.perspective]?.id ?? ""}
          options={options}
          onChange={(perspective) => set({ perspective })}
        />
      </div>
      <div className="app-overview__top">
        <Answer shown={shown} />
        <Warnings shown={shown} />
      </div>
      <KeyFigures shown={shown} />
      <div className="app-overview__charts">
        <CumulativeFigure shown={shown} />
        <PocketsFigure shown={shown} />
      </div>
      <MunicipalityTable shown={shown} />
    </div>
  );
}
