import { type Unlawfulness, unlawfulness } from "../../models/index.ts";
import { type BusinessCase, validateCase } from "../../scenarios/index.ts";

/** What present law does not allow in a scenario, with the account that it is about. */
export interface Breach {
  readonly reason: Unlawfulness["reason"];
  readonly account: string;
  /** The account's own law; null where none is named. */
  readonly law: string | null;
}

function breaches(file: BusinessCase, scenario: string): Breach[] {
  const checked = validateCase(file);
  const found = checked.ok ? checked.model.scenarios.find(({ id }) => id === scenario) : undefined;
  if (!checked.ok || !found) return [];
  return unlawfulness(checked.model, found).map(({ reason, account }) => {
    const item = account === null ? undefined : checked.model.accounts[account];
    return { reason, account: item?.label ?? "", law: item?.law ?? null };
  });
}

/** What an edit of a scenario makes unlawful that was not so before it. */
export function newBreaches(before: BusinessCase, after: BusinessCase, scenario: string): Breach[] {
  const known = breaches(before, scenario);
  return breaches(after, scenario).filter(
    ({ reason, account }) => !known.some((old) => old.reason === reason && old.account === account),
  );
}
