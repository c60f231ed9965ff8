import { bearer } from "../funding/walls.ts";
import type { Model } from "../model/model.ts";

/** What an amount is for. */
export type ComponentKind = "state" | "intervention" | "regime" | "executor";

/** No segment or no track: a cost of the region that belongs to none. */
export const NONE = -1;

/**
 * One line of the result cube: EUR per year of the horizon; positive is a cost.
 * `account` = the number of accounts stands for general funds [algemene middelen]. Plain data: it can be sent to a worker.
 */
export interface CubeLine {
  readonly municipality: number;
  readonly segment: number;
  readonly track: number;
  readonly account: number;
  readonly component: ComponentKind;
  /** State, intervention, or executor; NONE for a regime cost. */
  readonly index: number;
  readonly amounts: Float64Array;
}

/** The result cube of one scenario (model.md section 6): every figure is a sum over its lines. */
export type Cube = readonly CubeLine[];

/** The party that bears a line before transfers. */
export function lineBearer(model: Model, line: Pick<CubeLine, "account" | "component">): number {
  const account = model.accounts[line.account];
  if (!account) return model.localParty;
  return line.component === "intervention" ? bearer(account) : account.holder;
}

/** EUR per year over the lines chosen. */
export function sumLines(cube: Cube, years: number, chosen: (line: CubeLine) => boolean): Float64Array {
  const total = new Float64Array(years);
  for (const line of cube) {
    if (!chosen(line)) continue;
    for (let year = 0; year < years; year += 1) total[year] = (total[year] ?? 0) + (line.amounts[year] ?? 0);
  }
  return total;
}

export { netPresentValue as presentValue } from "../core/discounting.ts";
