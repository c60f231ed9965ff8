// @vitest-environment happy-dom
/** The answer in words: for a gain, a loss and nothing, against the reference and beside the other scenario. */
import { describe, expect, it } from "vitest";
import { createI18n } from "../../../renderer/i18n.ts";
import type { CaseView, ScenarioView } from "../../../renderer/run/caseView.ts";
import { formatsOf } from "../../../renderer/views/format.ts";
import { answerText } from "../../../renderer/views/overview/answerSentence.ts";
import type { Shown } from "../../../renderer/views/shown.ts";

interface Figures {
  readonly npv: number;
  readonly parties?: readonly number[];
  readonly atRates?: readonly { rate: number; npv: number }[];
}

function scenario(id: string, label: string, { npv, parties = [0, 0, 0], atRates = [] }: Figures) {
  return {
    id,
    label,
    perspectives: [{ npv }],
    parties: parties.map((value) => ({ npv: value })),
    atRates: atRates.map((at) => ({ rate: at.rate, perspectives: [at.npv] })),
  } as unknown as ScenarioView;
}

interface Parts {
  readonly right: Figures;
  readonly left?: Figures | "reference";
  readonly reference?: string;
}

function shownOf({ right, left = { npv: 0 }, reference = "Nulalternatief" }: Parts): Shown {
  const base = scenario("nul", reference, { npv: 0 });
  const view = {
    reference: "nul",
    outline: {
      perspectives: [{ id: "allen", label: "Overheid en zorg" }],
      parties: [{ label: "Gemeenten" }, { label: "Rijk" }, { label: "Zorgverzekeraar" }],
      order: { parties: [0, 1, 2] },
    },
  } as unknown as CaseView;
  return {
    view,
    left: left === "reference" ? base : scenario("apart", "Verkokerd", left),
    right: scenario("samen", "Ontschot", right),
    reference: base,
    perspective: 0,
    current: true,
  };
}

function answer(parts: Parts, language: "nl" | "en" = "nl") {
  const text = answerText(shownOf(parts), createI18n(language).t, formatsOf(language));
  if (!text) throw new Error("no answer");
  const plain = (words: string) => words.replaceAll("\u00a0", " ");
  return {
    ...text,
    sentence: plain(text.sentence),
    winners: plain(text.winners),
    losers: plain(text.losers),
    rates: plain(text.rates),
  };
}

describe("the sentence", () => {
  it("says a gain, and that it is better", () => {
    const { sentence, sign } = answer({ right: { npv: 1_234_567 }, left: { npv: 200_000 } });
    expect(sentence).toBe(
      "Overheid en zorg: Ontschot levert per saldo € 1,23 mln op vergeleken met het nulalternatief, € 1,03 mln beter dan Verkokerd.",
    );
    expect(sign).toBe(1);
  });

  it("says a loss without a minus, and that it is worse", () => {
    const { sentence, sign } = answer({ right: { npv: -45_812 }, left: { npv: 13_571 } });
    expect(sentence).toBe(
      "Overheid en zorg: Ontschot kost per saldo € 45.800 vergeleken met het nulalternatief, € 59.400 slechter dan Verkokerd.",
    );
    expect(sign).toBe(-1);
  });

  it("may be a loss and still the better one", () => {
    const { sentence } = answer({ right: { npv: -10_000 }, left: { npv: -30_000 } });
    expect(sentence).toContain("Ontschot kost per saldo € 10.000");
    expect(sentence).toContain("€ 20.000 beter dan Verkokerd");
  });

  it("takes less than half a euro for nothing", () => {
    for (const npv of [0, 0.4, -0.4]) {
      const { sentence, sign } = answer({ right: { npv } });
      expect(sentence).toBe(
        "Overheid en zorg: Ontschot verandert per saldo niets vergeleken met het nulalternatief, evenveel als Verkokerd.",
      );
      expect(sign).toBe(0);
    }
    expect(answer({ right: { npv: 0.6 } }).sign).toBe(1);
  });

  it("does not set the reference beside itself", () => {
    const { sentence } = answer({ right: { npv: 5_000 }, left: "reference" });
    expect(sentence).toBe(
      "Overheid en zorg: Ontschot levert per saldo € 5.000 op vergeleken met het nulalternatief.",
    );
  });

  it("does not compare the reference with itself", () => {
    const parts = { right: { npv: 0, atRates: [{ rate: 0, npv: 0 }] }, left: { npv: 5_000 } } as const;
    const shown = shownOf(parts);
    const text = answerText({ ...shown, right: shown.reference }, createI18n("nl").t, formatsOf("nl"));
    expect(text?.sentence.replaceAll("\u00a0", " ")).toBe(
      "Overheid en zorg: Nulalternatief is het scenario waarmee wordt vergeleken, € 5.000 slechter dan Verkokerd.",
    );
    const alone = answerText(
      { ...shown, right: shown.reference, left: shown.reference },
      createI18n("nl").t,
      formatsOf("nl"),
    );
    expect(alone).toMatchObject({
      sentence: "Nulalternatief is het scenario waarmee wordt vergeleken.",
      rates: "",
      sign: 0,
    });
  });

  it("names a reference that has a name of its own", () => {
    const { sentence } = answer({ right: { npv: 5_000 }, reference: "Huidig beleid" });
    expect(sentence).toContain("vergeleken met het nulalternatief (Huidig beleid),");
  });

  it("keeps names as they are written, in quotation marks where they would run on into the sentence", () => {
    const shown = shownOf({ right: { npv: -45_812 }, left: { npv: 13_571 } });
    const named = (label: string) => ({ ...shown.left, label }) as ScenarioView;
    const sentence = (left: ScenarioView, right: ScenarioView) =>
      answerText({ ...shown, left, right }, createI18n("nl").t, formatsOf("nl"))?.sentence ?? "";
    const right = { ...shown.right, label: "Ontschot binnen de wet" } as ScenarioView;
    const words = sentence(named("Samen werken, apart betalen"), right);
    expect(words).toMatch(/^Overheid en zorg: ‘Ontschot binnen de wet’ kost per saldo /);
    expect(words).toMatch(/ slechter dan ‘Samen werken, apart betalen’\.$/);
    expect(sentence(named("Snelste weg"), right)).toMatch(/ slechter dan Snelste weg\.$/);
    expect(sentence(named("Nu, later"), right)).toMatch(/ slechter dan ‘Nu, later’\.$/);
  });

  it("cuts a long name at a word, and keeps it in full for who hears it", () => {
    const name = `Huidig beleid ${"met alles erop en eraan ".repeat(6)}`.trim();
    const { sentence, full } = answer({ right: { npv: 5_000 }, reference: name });
    expect(sentence).toContain("(‘Huidig beleid met alles erop en eraan met alles erop en…’),");
    expect(full).toContain(`(‘${name}’),`);
    const short = answer({ right: { npv: 5_000 } });
    expect(short.full.replaceAll("\u00a0", " ")).toBe(short.sentence);
  });

  it("is there in English, with English figures", () => {
    const { sentence } = answer({ right: { npv: -45_812 }, left: { npv: 13_571 } }, "en");
    expect(sentence).toBe(
      "Overheid en zorg: Ontschot costs € 45,800 on balance compared with the reference scenario (Nulalternatief), € 59,400 worse than Verkokerd.",
    );
  });
});

describe("who gains and who loses", () => {
  it("are named with the largest amount first, and those that do not move are not", () => {
    const { winners, losers } = answer({ right: { npv: 0, parties: [-166_000, 121_000, 0.3] } });
    expect(winners).toBe("Erop vooruit vergeleken met het nulalternatief: Rijk (€ +121.000).");
    expect(losers).toBe("Erop achteruit: Gemeenten (€ \u2212166.000).");
    expect(answer({ right: { npv: 0, parties: [10, 30_000, 200_000] } }).winners).toBe(
      "Erop vooruit vergeleken met het nulalternatief: Zorgverzekeraar (€ +200.000), Rijk (€ +30.000) en Gemeenten (€ +10).",
    );
  });

  it("name the reference once, also where only some lose and where nobody moves", () => {
    const parties = [-166_000, 0, 0];
    expect(answer({ right: { npv: 0, parties }, reference: "Huidig beleid" })).toMatchObject({
      winners: "",
      losers:
        "Erop achteruit vergeleken met het nulalternatief (Huidig beleid): Gemeenten (€ \u2212166.000).",
    });
    expect(answer({ right: { npv: 0 } })).toMatchObject({
      winners: "",
      losers: "",
      nobody: "Geen enkele partij gaat erop voor- of achteruit vergeleken met het nulalternatief.",
      rates: "",
    });
    expect(answer({ right: { npv: 0, parties: [1_000, 0, 0] } }, "en").winners).toBe(
      "Better off compared with the reference scenario (Nulalternatief): Gemeenten (€ +1,000).",
    );
  });

  it("do not name the reference where it stands beside the scenario", () => {
    const parties = [-166_000, 121_000, 0];
    expect(answer({ right: { npv: 0, parties }, left: "reference" })).toMatchObject({
      winners: "Erop vooruit: Rijk (€ +121.000).",
      losers: "Erop achteruit: Gemeenten (€ \u2212166.000).",
    });
    expect(answer({ right: { npv: 0 }, left: "reference" }).nobody).toBe(
      "Geen enkele partij gaat erop voor- of achteruit.",
    );
  });

  it("are not there for the reference itself, which is not compared", () => {
    const shown = shownOf({ right: { npv: 0 } });
    const text = answerText({ ...shown, right: shown.reference }, createI18n("nl").t, formatsOf("nl"));
    expect(text).toMatchObject({ winners: "", losers: "", nobody: "" });
  });
});

it("says what becomes of it at other discount rates", () => {
  const atRates = [
    { rate: 0, npv: -2_420 },
    { rate: 0.045, npv: -80_600 },
  ];
  expect(answer({ right: { npv: -45_812, atRates } }).rates).toBe(
    "Bij een discontovoet van 0% en 4,5% wordt dit € \u22122.420 en € \u221280.600.",
  );
});

it("has nothing to say where there is no scenario", () => {
  const shown = { ...shownOf({ right: { npv: 0 } }), right: null };
  expect(answerText(shown, createI18n("nl").t, formatsOf("nl"))).toBeNull();
});
