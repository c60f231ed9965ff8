import type { SankeyFlow, SankeyNode } from "../../charts/sankeyChart.ts";
import type { Outline, ScenarioView } from "../../run/caseView.ts";

/** Smaller amounts are not drawn. */
const NOTHING = 0.5;

export interface PocketWords {
  readonly pays: (name: string) => string;
  readonly loses: (name: string) => string;
  readonly gains: (name: string) => string;
  readonly effort: string;
  readonly surplus: string;
  readonly lost: string;
}

/**
 * Who pays and who receives, before transfers: what goes in equals what comes out, so that what is not earned back, or
 * what is earned on top, is a flow of its own.
 */
export function pocketFlows(
  outline: Outline,
  scenario: ScenarioView,
  words: PocketWords,
): { nodes: SankeyNode[]; flows: SankeyFlow[] } {
  const nodes: SankeyNode[] = [];
  const flows: SankeyFlow[] = [];
  let paid = 0;
  let received = 0;
  const into = (id: string, label: string, series: number | null, amount: number) => {
    if (amount <= NOTHING) return;
    nodes.push({ id, label, column: 0, series });
    flows.push({ from: id, to: "effort", amount });
    paid += amount;
  };
  const out = (id: string, label: string, series: number | null, amount: number) => {
    if (amount <= NOTHING) return;
    nodes.push({ id, label, column: 2, series });
    flows.push({ from: "effort", to: id, amount });
    received += amount;
  };
  for (const [series, party] of outline.order.parties.entries()) {
    const name = outline.parties[party]?.label ?? "";
    const benefit = scenario.pockets.benefits[party] ?? 0;
    into(`pay ${party}`, words.pays(name), series, scenario.pockets.costs[party] ?? 0);
    into(`lose ${party}`, words.loses(name), series, -benefit);
    out(`gain ${party}`, words.gains(name), series, benefit);
  }
  if (paid <= NOTHING && received <= NOTHING) return { nodes: [], flows: [] };
  const balance = received - paid;
  if (balance > 0) into("surplus", words.surplus, null, balance);
  else out("lost", words.lost, null, -balance);
  nodes.push({ id: "effort", label: words.effort, column: 1, series: null });
  return { nodes, flows };
}
