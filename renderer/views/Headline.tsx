import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { inSentence, useFormats } from "./format.ts";
import { useShown } from "./shown.ts";

/** The net result of a scenario for the perspective shown, and what it was before it was changed in this view. */
export function Headline({ scenario }: { readonly scenario: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const shown = useShown();
  const first = useRef<{ key: string; value: number } | null>(null);
  if (!shown) return null;
  const view = shown.view.scenarios.find(({ id }) => id === scenario);
  const value = view?.perspectives[shown.perspective]?.npv ?? null;
  const key = `${scenario} ${shown.perspective}`;
  if (value !== null && first.current?.key !== key) first.current = { key, value };
  const before = first.current?.key === key ? first.current.value : null;
  const moved = value !== null && before !== null && Math.abs(value - before) > 0.5 ? value - before : null;
  const perspective = shown.view.outline.perspectives[shown.perspective]?.label ?? "";
  return (
    <div className="app-card app-headline" role="status" aria-busy={!shown.current}>
      <span className="app-soft">
        {t("headline.of", { scenario: view?.label ?? "", perspective: inSentence(perspective) })}
      </span>
      <strong className="app-headline__value" data-figure="headline">
        {value === null ? t("headline.waiting") : formats.rounded(value)}
      </strong>
      {moved !== null && before !== null && (
        <span className={moved > 0 ? "app-positive" : "app-negative"}>
          {t("headline.moved", { amount: formats.signedRounded(moved) })}{" "}
          <span className="app-soft">({t("headline.was", { value: formats.rounded(before) })})</span>
        </span>
      )}
    </div>
  );
}
