import {
  byPosition,
  type ExplainedRuns,
  type ExplanationLeaf,
  type ExplanationNode,
  explainFigure,
  type FigureName,
  figureValue,
  leavesOf,
  type Model,
  parameterColumns,
} from "../../models/index.ts";
import { type BusinessCase, writtenAt } from "../../scenarios/index.ts";
import { formatEuro, formatFound, formatNumber, type Language, texts } from "../../scenarios/text/index.ts";
import { WIDTH } from "../table.ts";

/** Parts that the text shows. */
const LARGEST = 10;

/** Smaller parts are the rounding of the solver. */
const HALF_CENT = 0.005;

/** Parameters named behind one part; the rest are in the JSON. */
const MOST_NAMED = 4;

/** A figure, its tree and where it comes from. */
export interface Explained {
  readonly file: BusinessCase;
  readonly model: Model;
  readonly runs: ExplainedRuns;
  readonly figure: FigureName;
}

/** The case's name of a figure's owner. */
export function ownerLabel(model: Model, { owner }: FigureName): string {
  const lists = { perspective: model.perspectives, party: model.parties, municipality: model.municipalities };
  return lists[owner.kind][owner.index]?.label ?? "";
}

class Names {
  constructor(
    private readonly model: Model,
    private readonly language: Language,
  ) {}

  account(index: number): string {
    return this.model.accounts[index]?.label ?? texts(this.language).figures.general;
  }

  /** What the money of a part is for. */
  item(part: { readonly kind: ExplanationLeaf["kind"] | null; readonly index: number }): string {
    const { model } = this;
    if (part.kind === null) return "";
    const own =
      part.kind === "state"
        ? model.states[part.index]?.label
        : part.kind === "intervention"
          ? model.interventions[part.index]?.label
          : part.kind === "executor"
            ? model.executors[part.index]?.label
            : undefined;
    return own ?? texts(this.language).figures.kinds[part.kind];
  }
}

const id = (list: readonly { readonly id: string }[], index: number | null) =>
  index === null || index < 0 ? null : (list[index]?.id ?? null);

/** The explanation as JSON: the tree down to its leaves, and every parameter with value, formula and source. */
export function explanationAsJson(explained: Explained): string {
  const { file, model, runs, figure } = explained;
  const tree = explainFigure(model, runs, figure);
  const used = new Set<number>();
  for (const leaf of leavesOf(tree))
    for (const index of [...leaf.amountParameters, ...leaf.rateParameters]) used.add(index);
  const parameterIds = (indices: readonly number[]) => indices.map((index) => model.parameters[index]?.id);
  const leafOf = (leaf: ExplanationLeaf) => ({
    value: leaf.value,
    side: leaf.side,
    account: id(model.accounts, leaf.account),
    kind: leaf.kind,
    municipality: id(model.municipalities, leaf.municipality),
    segment: id(model.segments, leaf.segment),
    track: id(model.tracks, leaf.track),
    year: leaf.year,
    persons: leaf.persons,
    rate: leaf.rate,
    amount: leaf.amount,
    unit: leaf.unit,
    path: leaf.path,
    formula: writtenAt(file, leaf.path) ?? null,
    parameters: parameterIds(leaf.amountParameters),
    rateParameters: parameterIds(leaf.rateParameters),
  });
  const names = new Names(model, "nl");
  const nodeOf = (node: ExplanationNode): unknown => ({
    level: node.level,
    label:
      node.level === "account"
        ? names.account(node.account)
        : node.level === "item"
          ? names.item(node)
          : node.level === "municipality"
            ? (model.municipalities[node.municipality ?? -1]?.label ?? null)
            : [model.segments[node.segment]?.label, model.tracks[node.track]?.label]
                .filter(Boolean)
                .join(": "),
    value: node.value,
    ...(node.children.length > 0
      ? { children: node.children.map(nodeOf) }
      : { leaves: node.leaves.map(leafOf) }),
  });
  const scenario = runs.scenario.run.scenario;
  return JSON.stringify(
    {
      figure: `${figure.measure}/${figure.owner.kind}:${ownerId(model, figure)}/${id(model.scenarios, scenario)}`,
      reference: id(model.scenarios, runs.reference.run.scenario),
      value: figureValue(model, runs, figure),
      discountRate: runs.scenario.run.rate,
      parameters: Object.fromEntries(
        [...used]
          .sort((a, b) => a - b)
          .map((index) => [model.parameters[index]?.id, parameterOf(model, scenario, index)]),
      ),
      tree: nodeOf(tree),
    },
    null,
    2,
  );
}

function ownerId(model: Model, { owner }: FigureName): string | null {
  const lists = { perspective: model.perspectives, party: model.parties, municipality: model.municipalities };
  return id(lists[owner.kind], owner.index);
}

/** Everything that is known of a parameter, with its values in the scenario, in its own unit. */
function parameterOf(model: Model, scenario: number, index: number): unknown {
  const parameter = model.parameters[index];
  const source = parameter?.citation ? model.sources[parameter.citation.source] : undefined;
  const valueAt = (municipality: number | null) =>
    parameterColumns(model, { municipality, scenario }).values[index]?.[0] ?? null;
  const local = model.municipalities.flatMap((municipality, at) =>
    parameter?.local[at]
      ? [[municipality.id, { value: valueAt(at), reason: parameter.local[at].reason }]]
      : [],
  );
  return {
    label: parameter?.label,
    unit: parameter?.unit,
    value: valueAt(null),
    formula: parameter?.formula,
    ...(local.length > 0 ? { local: Object.fromEntries(local) } : {}),
    kind: parameter?.kind,
    evidence: parameter?.evidence,
    source: source
      ? {
          id: source.id,
          title: source.label,
          publisher: source.publisher,
          year: source.year,
          url: source.url,
          locator: parameter?.citation?.locator,
        }
      : null,
    note: parameter?.note,
  };
}

/** The explanation as text: the figure and its ten largest parts, with persons, rate, amount, parameters, sources. */
export function explanationAsText(explained: Explained, language: Language): string {
  const { model, runs, figure } = explained;
  const { explanation: words, figures } = texts(language);
  const tree = explainFigure(model, runs, figure);
  const scenario = model.scenarios[runs.scenario.run.scenario]?.label ?? "";
  const reference = model.scenarios[runs.reference.run.scenario]?.label ?? "";
  const owner = ownerLabel(model, figure);
  const parts = tree.children
    .flatMap((account) => account.children)
    .filter(({ value }) => Math.abs(value) >= HALF_CENT)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const [shown, rest] = [parts.slice(0, LARGEST), parts.slice(LARGEST)];
  const names = new Names(model, language);
  const line = (label: string, value: number) => {
    const amount = formatEuro(value, language);
    return `${label.padEnd(Math.max(0, WIDTH - amount.length - 1))} ${amount}`;
  };
  const unlawful = runs.scenario.run.unlawful.length > 0 ? ` (${figures.unlawful})` : "";
  return [
    `${words.title(figures.measures[figure.measure], owner, scenario)}${unlawful}`,
    words.against(reference),
    "",
    line(words.total, tree.value),
    "",
    ...(parts.length === 0 ? [words.nothing] : [words.largest(shown.length)]),
    ...shown.flatMap((part, place) => [
      line(
        `${String(place + 1).padStart(2)}. ${names.account(part.account)}: ${names.item(part)}`,
        part.value,
      ),
      ...partLines(explained, part, language).flatMap((text) => indented(text)),
    ]),
    ...(rest.length === 0
      ? []
      : [
          line(
            words.rest(rest.length),
            rest.reduce((sum, part) => sum + part.value, 0),
          ),
        ]),
  ].join("\n");
}

/** A line below its part, folded at the width of the page. */
function indented(text: string): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`${lines.length === 0 ? "    " : "      "}${word}`);
  }
  return lines;
}

/** How a part comes about: quantity × amount, then the parameters behind it. */
function partLines({ model, file }: Explained, part: ExplanationNode, language: Language): string[] {
  const { explanation: words } = texts(language);
  const leaves = leavesOf(part);
  const lines: string[] = [];
  for (const unit of ["year", "month", "once"] as const)
    for (const personal of [true, false]) {
      const chosen = leaves.filter((leaf) => leaf.unit === unit && (leaf.persons !== null) === personal);
      if (chosen.length === 0) continue;
      const amounts = chosen.map(({ amount }) => amount);
      const [low, high] = [Math.min(...amounts), Math.max(...amounts)];
      const euros = (value: number) => formatEuro(value, language);
      const amount = low === high ? euros(low) : words.amounts(euros(low), euros(high));
      if (!personal) {
        // Shares of the region add up; the factors of transfers in different years are averaged.
        const shared = chosen.every(({ kind }) => kind === "regime" || kind === "executor");
        const rate = chosen.reduce((sum, leaf) => sum + leaf.rate, 0) / (shared ? 1 : chosen.length);
        lines.push(words.regional[unit](formatNumber(rate, language, 3), amount));
        continue;
      }
      // What the scenario has more than the reference, in discounted years, months or times.
      const quantity = chosen.reduce(
        (sum, leaf) => sum + (leaf.side === "reference" ? -1 : 1) * (leaf.persons ?? 0) * leaf.rate,
        0,
      );
      const sign = quantity < 0 ? words.less : words.more;
      lines.push(`${sign}: ${words.units[unit](formatNumber(Math.abs(quantity), language, 2), amount)}`);
    }
  const paths = new Map(leaves.map((leaf) => [leaf.path, writtenAt(file, leaf.path)]));
  for (const [path, formula] of [...paths].slice(0, MOST_NAMED))
    lines.push(`${path}${formula === undefined ? "" : ` = ${formatFound(formula, language)}`}`);
  const behind = [...new Set(leaves.flatMap((leaf) => leaf.amountParameters))];
  for (const index of behind.slice(0, MOST_NAMED)) lines.push(parameterLine(model, leaves, index, language));
  if (behind.length > MOST_NAMED) lines.push(words.andOthers(behind.length - MOST_NAMED));
  const rates = [...new Set(leaves.flatMap((leaf) => leaf.rateParameters))].filter(
    (index) => !behind.includes(index),
  );
  if (rates.length > 0) {
    const named = rates.slice(0, MOST_NAMED).map((index) => model.parameters[index]?.label ?? "");
    const more = rates.length > MOST_NAMED ? [words.andOthers(rates.length - MOST_NAMED)] : [];
    lines.push(words.rates([...named, ...more].join(", ")));
  }
  return lines;
}

function parameterLine(
  model: Model,
  leaves: readonly ExplanationLeaf[],
  index: number,
  language: Language,
): string {
  const { explanation: words } = texts(language);
  const parameter = model.parameters[index];
  const value = parameterColumns(model, { municipality: null, scenario: null }).values[index]?.[0];
  const source = parameter?.citation ? model.sources[parameter.citation.source] : undefined;
  const origin = source
    ? [source.label, source.year, parameter?.citation?.locator].filter(Boolean).join(", ")
    : parameter?.kind === "assumed"
      ? words.assumed
      : words.noSource;
  const places = new Set(leaves.map(({ municipality }) => municipality));
  const local = byPosition(model.municipalities).filter((at) => places.has(at) && parameter?.local[at]);
  const where = local.map((at) => words.local(model.municipalities[at]?.label ?? ""));
  const formula = parameter?.formula ? ` = ${parameter.formula}` : "";
  const details = [origin, ...where].join("; ");
  const unit = parameter?.unit && parameter.unit !== "1" ? ` ${parameter.unit}` : "";
  return `${parameter?.label}${formula} = ${formatFound(value, language)}${unit} (${details})`;
}
