import { useTranslation } from "react-i18next";
import { presentCase, useCase } from "../../state/caseStore.ts";
import { Badge } from "../../ui/Badge.tsx";
import { Shortened } from "../../ui/Shortened.tsx";
import { useFormats } from "../format.ts";
import { ProvisionalNote } from "../ProvisionalNote.tsx";
import type { Shown } from "../shown.ts";
import { answerText } from "./answerSentence.ts";

/** One sentence with the net result, who gains and who loses; what it rests on below it. */
export function Answer({ shown }: { readonly shown: Shown }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const priceLevel = useCase((state) => presentCase(state)?.meta.priceLevel ?? 0);
  const text = answerText(shown, t, formats);
  const { outline, rate } = shown.view;
  if (!text) return null;
  const parties = [text.winners, text.losers, text.nobody].filter(Boolean).join(" ");
  const tone = text.sign > 0 ? "gain" : text.sign < 0 ? "loss" : "same";
  return (
    <section className={`app-card app-answer app-answer--${tone}`} aria-label={t("overview.answer")}>
      {shown.right && shown.right.unlawful.length > 0 && <Badge tone="negative">{t("walls.unlawful")}</Badge>}
      <ProvisionalNote />
      <p className="app-answer__sentence">
        <Shortened text={text.sentence} full={text.full} />
      </p>
      {parties && <p className="app-answer__parties">{parties}</p>}
      <p className="app-answer__basis">
        {text.rates} {t("overview.uncertainty")}{" "}
        {t("overview.basis", {
          from: outline.startYear,
          to: outline.startYear + outline.years - 1,
          priceLevel,
          rate: formats.percent(rate, 2),
        })}
      </p>
    </section>
  );
}
