import { useTranslation } from "react-i18next";
import type { ChartWords } from "../charts/ChartFigure.tsx";

export function useChartWords(): ChartWords {
  const { t } = useTranslation();
  return {
    asTable: t("chart.asTable"),
    asChart: t("chart.asChart"),
    png: t("chart.png"),
    keys: t("chart.keys"),
  };
}
