import { type KeyboardEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Scenario } from "../../../scenarios/index.ts";
import type { Outline, ScenarioView, WallState } from "../../run/caseView.ts";
import { Icon, type IconName } from "../../ui/Icon.tsx";
import { useFormats } from "../format.ts";

interface WallMatrixProps {
  readonly outline: Outline;
  /** Null while the scenario is not computed. */
  readonly scenario: ScenarioView | null;
  readonly caseScenario: Scenario;
  readonly onPool: (account: string, label: string, open: boolean) => void;
  readonly onRestore: (account: string, label: string) => void;
  readonly onLift: (lift: {
    account: string;
    label: string;
    reason: string;
    kind: "earmark" | "excluded";
  }) => void;
}

const ICONS: Readonly<Record<WallState, IconName>> = {
  own: "check",
  open: "unlock",
  lifted: "warning",
  closed: "walls",
  earmark: "lock",
  excluded: "lock",
  outside: "close",
};

const LEGEND: readonly WallState[] = ["own", "open", "closed", "earmark", "lifted", "outside"];

/** Purse by intervention: what may be paid, what is paid, and a wall that opens by a click. */
export function WallMatrix({ outline, scenario, caseScenario, onPool, onRestore, onLift }: WallMatrixProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [active, setActive] = useState({ row: 0, column: 0 });
  const payers = outline.order.accounts.filter((account) => {
    const row = scenario?.walls[account];
    const paysAny = scenario?.paid[account]?.some((amount) => Math.abs(amount) > 0.5) === true;
    const pooled = caseScenario.pool?.includes(outline.accounts[account]?.id ?? "") === true;
    return (
      !row ||
      paysAny ||
      pooled ||
      row.some((state) => state !== "closed" && state !== "outside") ||
      isPurse(outline, account)
    );
  });
  const columns = [...outline.order.interventions].sort(
    (a, b) =>
      Number(outline.interventions[b]?.statutory) - Number(outline.interventions[a]?.statutory) ||
      outline.order.interventions.indexOf(a) - outline.order.interventions.indexOf(b),
  );
  const statutory = columns.filter((index) => outline.interventions[index]?.statutory).length;
  const general = outline.accounts.length;
  const paid = (account: number, intervention: number) => scenario?.paid[account]?.[intervention] ?? 0;
  const amount = (value: number) => (Math.abs(value) > 0.5 ? formats.thousands(value) : "");
  const total = (account: number) => columns.reduce((sum, index) => sum + paid(account, index), 0);

  const explain = (account: number, intervention: number, state: WallState) => {
    const item = outline.accounts[account];
    return t(`walls.explain.${state}`, {
      account: item?.label ?? "",
      intervention: outline.interventions[intervention]?.label ?? "",
      law: item?.law ? t("walls.law", { law: item.law }) : "",
      holder: outline.parties[item?.holder ?? -1]?.label ?? "",
    });
  };
  const press = (account: number, intervention: number, state: WallState) => {
    const item = outline.accounts[account];
    if (!item) return;
    const { id, label } = item;
    if (state === "closed") onPool(id, label, true);
    else if (state === "open") onPool(id, label, false);
    else if (state === "lifted") onRestore(id, label);
    else if (state === "earmark" || state === "excluded")
      onLift({ account: id, label, reason: explain(account, intervention, state), kind: state });
  };
  const onKey = (event: KeyboardEvent<HTMLTableElement>) => {
    const [down, right] = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[
      event.key
    ] ?? [0, 0];
    if (down === 0 && right === 0) return;
    event.preventDefault();
    const row = Math.max(0, Math.min(payers.length - 1, active.row + (down ?? 0)));
    const column = Math.max(0, Math.min(columns.length - 1, active.column + (right ?? 0)));
    setActive({ row, column });
    event.currentTarget.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`)?.focus();
  };
  return (
    <>
      <div className="app-scroll">
        <table className="app-matrix" aria-label={t("walls.matrixLabel")} onKeyDown={onKey}>
          <thead>
            <tr>
              <td colSpan={2} />
              {statutory > 0 && (
                <th scope="colgroup" colSpan={statutory} className="app-matrix__kind">
                  {t("walls.statutory")}
                </th>
              )}
              {columns.length > statutory && (
                <th scope="colgroup" colSpan={columns.length - statutory} className="app-matrix__kind">
                  {t("walls.optional")}
                </th>
              )}
              <td colSpan={2} />
            </tr>
            <tr>
              <th scope="col">{t("walls.account")}</th>
              <th scope="col">{t("walls.inPool")}</th>
              {columns.map((index) => (
                <th
                  key={index}
                  scope="col"
                  className="app-matrix__head"
                  title={outline.interventions[index]?.label}
                >
                  {outline.interventions[index]?.label}
                </th>
              ))}
              <th scope="col" className="app-number">
                {t("walls.total")}
              </th>
              <th scope="col" className="app-number" title={t("walls.worthHelp")}>
                {t("walls.worth")}
              </th>
            </tr>
          </thead>
          <tbody>
            {payers.map((account, row) => {
              const item = outline.accounts[account];
              if (!item) return null;
              const pooled = caseScenario.pool?.includes(item.id) === true;
              const excluded = scenario?.walls[account]?.includes("excluded") === true;
              const worth = scenario?.worth[account] ?? null;
              return (
                <tr key={item.id} className={pooled ? "app-matrix__pooled" : ""}>
                  <th scope="row" title={item.law ?? undefined}>
                    {item.label}
                  </th>
                  <td className="app-matrix__switch">
                    <input
                      type="checkbox"
                      checked={pooled}
                      aria-label={t("walls.poolSwitch", { account: item.label })}
                      onChange={(event) => {
                        if (excluded && event.target.checked)
                          onLift({
                            account: item.id,
                            label: item.label,
                            reason: explain(account, columns[0] ?? 0, "excluded"),
                            kind: "excluded",
                          });
                        else onPool(item.id, item.label, event.target.checked);
                      }}
                    />
                  </td>
                  {columns.map((intervention, column) => {
                    const state = scenario?.walls[account]?.[intervention] ?? "closed";
                    const words = explain(account, intervention, state);
                    const fixed = state === "own" || state === "outside";
                    const value = amount(paid(account, intervention));
                    return (
                      <td key={intervention}>
                        <button
                          type="button"
                          className={`app-wall app-wall--${state}`}
                          data-place={`${row} ${column}`}
                          data-wall={`${item.id} ${outline.interventions[intervention]?.id}`}
                          tabIndex={active.row === row && active.column === column ? 0 : -1}
                          aria-disabled={fixed}
                          aria-label={`${words}${value ? ` ${t("walls.paid")}: ${value}.` : ""}`}
                          title={words}
                          onFocus={() => setActive({ row, column })}
                          onClick={() => press(account, intervention, state)}
                        >
                          <Icon name={ICONS[state]} />
                          <span className="app-wall__amount">{value}</span>
                        </button>
                      </td>
                    );
                  })}
                  <td className="app-number">{amount(total(account))}</td>
                  <td className="app-number">{worth === null ? "" : formats.euroCents(worth)}</td>
                </tr>
              );
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t("walls.general")}</th>
              <td />
              {columns.map((intervention) => (
                <td key={intervention} className="app-matrix__foot">
                  {amount(paid(general, intervention))}
                </td>
              ))}
              <td className="app-number">{amount(total(general))}</td>
              <td />
            </tr>
          </tfoot>
        </table>
      </div>
      <ul className="app-legend" aria-label={t("walls.legend")}>
        {LEGEND.map((state) => (
          <li key={state}>
            <span className={`app-wall app-wall--${state}`}>
              <Icon name={ICONS[state]} />
            </span>
            {t(`walls.states.${state}`)}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Whether an account is a budget of a party that runs something, not only a bearer of flows. */
function isPurse(outline: Outline, account: number): boolean {
  return outline.accounts[account]?.holder === outline.localParty;
}
