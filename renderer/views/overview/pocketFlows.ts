import type { SankeyFlow, SankeyNode } from "../../charts/sankeyChart.ts";
import type { Outline, ScenarioView } from "../../run/caseView.ts";

/** EUR that is no flow. */
const NOTHING = 0.5;
/** Below this share of the whole a flow is drawn together with the others of its side. */
const SMALL = 0.005;

export interface PocketWords {
  readonly pays: (name: string) => string;
  readonly loses: (name: string) => string;
  readonly gains: (name: string) => string;
  readonly effort: string;
  readonly surplus: string;
  readonly lost: string;
  readonly other: string;
}

/** What one party puts in or gets out. */
interface Part {
  readonly id: string;
  readonly label: string;
  readonly series: number | null;
  readonly amount: number;
}

export interface PocketRow {
  readonly from: string;
  readonly to: string;
  readonly amount: number;
}

const sum = (parts: readonly Part[]) => parts.reduce((total, { amount }) => total + amount, 0);

/** The parts that are drawn: the small ones as one. */
function gathered(parts: readonly Part[], least: number, id: string, label: string): Part[] {
  const small = parts.filter(({ amount }) => amount < least);
  if (small.length === 0) return [...parts];
  const amount = sum(small);
  return [...parts.filter((part) => part.amount >= least), { id, label, series: null, amount }];
}

/**
 * Who pays and who receives, before transfers: what goes in equals what comes out, so that what is not earned back, or
 * what is earned on top, is a flow of its own.
 *
 * @returns nodes and flows to draw, and the rows of all flows
 */
export function pocketFlows(
  outline: Outline,
  scenario: ScenarioView,
  words: PocketWords,
): { nodes: SankeyNode[]; flows: SankeyFlow[]; rows: PocketRow[] } {
  const into: Part[] = [];
  const out: Part[] = [];
  const add = (side: Part[], id: string, label: string, series: number | null, amount: number) => {
    if (amount > NOTHING) side.push({ id, label, series, amount });
  };
  for (const [series, party] of outline.order.parties.entries()) {
    const name = outline.parties[party]?.label ?? "";
    const benefit = scenario.pockets.benefits[party] ?? 0;
    add(into, `pay ${party}`, words.pays(name), series, scenario.pockets.costs[party] ?? 0);
    add(into, `lose ${party}`, words.loses(name), series, -benefit);
    add(out, `gain ${party}`, words.gains(name), series, benefit);
  }
  if (into.length === 0 && out.length === 0) return { nodes: [], flows: [], rows: [] };
  const balance = sum(out) - sum(into);
  add(into, "surplus", words.surplus, null, balance);
  add(out, "lost", words.lost, null, -balance);
  const least = SMALL * Math.max(sum(into), sum(out));
  const drawnIn = gathered(into, least, "other in", words.other);
  const drawnOut = gathered(out, least, "other out", words.other);
  const node = ({ id, label, series }: Part, column: number): SankeyNode => ({ id, label, column, series });
  return {
    nodes: [
      ...drawnIn.map((part) => node(part, 0)),
      ...drawnOut.map((part) => node(part, 2)),
      { id: "effort", label: words.effort, column: 1, series: null },
    ],
    flows: [
      ...drawnIn.map(({ id, amount }) => ({ from: id, to: "effort", amount })),
      ...drawnOut.map(({ id, amount }) => ({ from: "effort", to: id, amount })),
    ],
    rows: [
      ...into.map(({ label, amount }) => ({ from: label, to: words.effort, amount })),
      ...out.map(({ label, amount }) => ({ from: words.effort, to: label, amount })),
    ],
  };
}
