import { useMemo } from "react";
import {
  formatCell,
  formatEuro,
  formatEuroRounded,
  formatNumber,
  formatPercent,
  formatPersons,
  formatPlain,
  formatResult,
  formatThousands,
  formatYears,
  type Language,
} from "../../scenarios/text/index.ts";
import { useSettings } from "../state/settingsStore.ts";

const MINUS = "\u2212";

/** As print has it: a true minus, and no line break inside an amount. */
function typeset(text: string): string {
  return text.replace(/-/g, MINUS).replace(/ /g, "\u00a0");
}

/** Words of a name that a sentence takes in without quotation marks. */
const BARE_WORDS = 2;

/** A name inside a sentence, as it is written: in quotation marks where it would run on into the other words. */
export function asName(label: string): string {
  return /[,;:]/.test(label) || label.trim().split(/\s+/).length > BARE_WORDS ? `‘${label}’` : label;
}

/** Signs of a name that a sentence has room for. */
const NAME_ROOM = 60;

/** A name inside a sentence: cut at a space where it is too long to read there. */
export function shortName(name: string): string {
  if (name.length <= NAME_ROOM) return name;
  const cut = name.slice(0, NAME_ROOM - 1);
  const space = cut.lastIndexOf(" ");
  return `${(space > NAME_ROOM / 2 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

/** Whether a figure as it is written is nothing. */
export function isNothing(text: string): boolean {
  return !/[1-9]/.test(text);
}

/** The class of a gain or a loss; what is rounded to nothing is neither. */
export function toneOf(text: string, gain: number): "" | "app-positive" | "app-negative" {
  if (isNothing(text)) return "";
  return gain > 0 ? "app-positive" : "app-negative";
}

/** A plus in front of a gain; what is rounded to nothing has no sign. */
function withSign(value: number, text: string): string {
  if (isNothing(text)) return text.replace(MINUS, "");
  return value > 0 ? `+${text}` : text;
}

/** Number formats bound to a language. */
export function formatsOf(language: Language) {
  return {
    language,
    euro: (value: number) => typeset(formatEuro(value, language)),
    rounded: (value: number) => typeset(formatEuroRounded(value, language)),
    /** Euros and cents. */
    euroCents: (value: number) => typeset(`€ ${formatNumber(value, language, 2)}`),
    /** With a sign in front, also for a gain. */
    signedRounded: (value: number) => {
      const text = typeset(formatEuroRounded(Math.abs(value), language));
      return isNothing(text) ? text : text.replace("€\u00a0", `€\u00a0${value > 0 ? "+" : MINUS}`);
    },
    /** A number with a sign in front, but for nothing. */
    signed: (value: number, decimals = 0) =>
      withSign(value, typeset(formatNumber(value, language, decimals))),
    signedYears: (value: number) => withSign(value, typeset(formatYears(value, language))),
    thousands: (value: number) => typeset(formatThousands(value, language)),
    number: (value: number, decimals = 0) => typeset(formatNumber(value, language, decimals)),
    percent: (value: number, decimals = 1) => typeset(formatPercent(value, language, decimals)),
    persons: (value: number) => typeset(formatPersons(value, language)),
    years: (value: number) => typeset(formatYears(value, language)),
    plain: (value: number) => formatPlain(value, language),
    cell: (value: number, unit = "") => formatCell(value, language, unit),
    result: (value: number, unit = "") => formatResult(value, language, unit),
    date: (value: Date) =>
      new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", {
        day: "numeric",
        month: "long",
        year: "numeric",
      }).format(value),
    time: (value: Date) =>
      new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", {
        hour: "2-digit",
        minute: "2-digit",
      }).format(value),
    dateTime: (value: Date) =>
      new Intl.DateTimeFormat(language === "nl" ? "nl-NL" : "en-GB", {
        dateStyle: "medium",
        timeStyle: "short",
      }).format(value),
    list: (names: readonly string[]) =>
      new Intl.ListFormat(language === "nl" ? "nl-NL" : "en-GB", { type: "conjunction" }).format(names),
  };
}

export type Formats = ReturnType<typeof formatsOf>;

export function useFormats(): Formats {
  const language = useSettings((state) => state.language);
  return useMemo(() => formatsOf(language), [language]);
}
