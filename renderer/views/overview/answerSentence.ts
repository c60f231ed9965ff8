import type { TFunction } from "i18next";
import type { ScenarioView } from "../../run/caseView.ts";
import { asName, type Formats, shortName } from "../format.ts";
import type { Shown } from "../shown.ts";

/** Less than this many euros is no difference. */
const NOTHING = 0.5;

export interface AnswerText {
  readonly sentence: string;
  /** The sentence with names in full. */
  readonly full: string;
  /** Who gains and who loses; the first of the two names what that is compared with, unless it is in the pair. */
  readonly winners: string;
  readonly losers: string;
  /** Said where nobody gains or loses. */
  readonly nobody: string;
  readonly rates: string;
  readonly sign: -1 | 0 | 1;
}

function names(shown: Shown, scenario: ScenarioView, sign: 1 | -1, formats: Formats): string[] {
  const { parties, order } = shown.view.outline;
  return order.parties
    .flatMap((index) => {
      const npv = scenario.parties[index]?.npv ?? 0;
      return npv * sign > NOTHING ? [{ label: parties[index]?.label ?? "", npv }] : [];
    })
    .sort((a, b) => Math.abs(b.npv) - Math.abs(a.npv))
    .map(({ label, npv }) => `${label} (${formats.signedRounded(npv)})`);
}

/** A name that a sentence has room for. */
const cutName = (label: string) => asName(shortName(label));

/** The answer of the right scenario in words: for whom, against what, and beside the left one. */
export function answerText(shown: Shown, t: TFunction, formats: Formats): AnswerText | null {
  const { right, left, reference, view, perspective } = shown;
  if (!right) return null;
  const npv = right.perspectives[perspective]?.npv ?? 0;
  const sign = Math.abs(npv) <= NOTHING ? 0 : npv > 0 ? 1 : -1;
  const base = reference?.label ?? "";
  const beside = left && left.id !== view.reference && left.id !== right.id ? left : null;
  const difference = npv - (beside?.perspectives[perspective]?.npv ?? 0);
  const comparison =
    Math.abs(difference) <= NOTHING
      ? "overview.equal"
      : difference > 0
        ? "overview.better"
        : "overview.worse";
  const isReference = right.id === view.reference;
  const people = view.outline.perspectives[perspective]?.label ?? "";
  const againstWith = (name: (label: string) => string) =>
    base === "" || base.toLowerCase() === t("overview.referenceName")
      ? t("overview.against")
      : t("overview.againstNamed", { reference: name(base) });
  const compareWith = (name: (label: string) => string) =>
    beside &&
    t(comparison, {
      amount: formats.rounded(Math.abs(difference)),
      other: name(beside.label),
    });
  const sentenceWith = (name: (label: string) => string) => {
    const compare = compareWith(name);
    if (isReference)
      return t(compare ? "overview.sentenceReference" : "overview.sentenceReferenceAlone", {
        scenario: name(right.label),
        perspective: people,
        compare,
      });
    const main = t(sign === 0 ? "overview.same" : sign > 0 ? "overview.gain" : "overview.loss", {
      scenario: name(right.label),
      amount: formats.rounded(Math.abs(npv)),
    });
    const against = againstWith(name);
    return compare
      ? t("overview.sentence", { perspective: people, main, against, compare })
      : t("overview.sentenceAlone", { perspective: people, main, against });
  };
  const winners = names(shown, right, 1, formats);
  const losers = names(shown, right, -1, formats);
  const inPair = isReference || left?.id === view.reference;
  const against = againstWith(cutName);
  const moved = (whose: "winners" | "losers", list: readonly string[], named: boolean) => {
    if (list.length === 0) return "";
    const values = { names: formats.list(list), against };
    return t(named ? `overview.${whose}Against` : `overview.${whose}`, values);
  };
  const rates = isReference ? [] : right.atRates;
  return {
    sentence: sentenceWith(cutName),
    full: sentenceWith(asName),
    winners: moved("winners", winners, !inPair),
    losers: moved("losers", losers, !inPair && winners.length === 0),
    nobody:
      isReference || winners.length + losers.length > 0
        ? ""
        : inPair
          ? t("overview.nobodyMoves")
          : t("overview.nobodyMovesAgainst", { against }),
    rates:
      rates.length > 0
        ? t("overview.rates", {
            rates: formats.list(
              rates.map(({ rate }) => formats.percent(rate, rate * 100 === Math.round(rate * 100) ? 0 : 1)),
            ),
            amounts: formats.list(rates.map((at) => formats.rounded(at.perspectives[perspective] ?? 0))),
          })
        : "",
    sign,
  };
}
