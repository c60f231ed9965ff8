import {
  type CSSProperties,
  type KeyboardEvent,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { useTranslation } from "react-i18next";
import type { Scenario } from "../../../scenarios/index.ts";
import type { Outline, ScenarioView, WallState } from "../../run/caseView.ts";
import { Icon, type IconName } from "../../ui/Icon.tsx";
import { Term } from "../../ui/Term.tsx";
import { useFormats } from "../format.ts";

interface WallMatrixProps {
  readonly outline: Outline;
  /** Null while the scenario is not computed. */
  readonly scenario: ScenarioView | null;
  readonly caseScenario: Scenario;
  readonly onPool: (account: string, label: string, open: boolean) => void;
  readonly onLift: (account: string, label: string, lifted: boolean) => void;
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

interface Place {
  readonly row: number;
  readonly column: number;
}

const STEPS: Readonly<Record<string, readonly [down: number, right: number]>> = {
  ArrowDown: [1, 0],
  ArrowUp: [-1, 0],
  ArrowRight: [0, 1],
  ArrowLeft: [0, -1],
};

/** Whether what is in a frame is no wider than the frame, at every size. */
function useFits(frame: RefObject<HTMLElement | null>): boolean {
  const [fits, setFits] = useState(false);
  useLayoutEffect(() => {
    const element = frame.current;
    const content = element?.firstElementChild;
    if (!element || !content || typeof ResizeObserver === "undefined") return;
    const measure = () => setFits(content.getBoundingClientRect().width <= element.clientWidth);
    const observer = new ResizeObserver(measure);
    for (const watched of [element, content]) observer.observe(watched);
    measure();
    return () => observer.disconnect();
  }, [frame]);
  return fits;
}

/** Budgets of the municipalities, and others that have money to spend or stand in the pool: no wall takes one away. */
function pursesOf({ order, accounts, localParty }: Outline, { pool = [] }: Scenario): number[] {
  return order.accounts.filter((index) => {
    const account = accounts[index];
    return account && (account.holder === localParty || account.pays || pool.includes(account.id));
  });
}

/** Purse by intervention: what may be paid, what is paid, and a wall that opens by a click. */
export function WallMatrix({ outline, scenario, caseScenario, onPool, onLift }: WallMatrixProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const [read, setRead] = useState<Place>({ row: 0, column: 0 });
  const frame = useRef<HTMLDivElement>(null);
  const fits = useFits(frame);
  const purses = pursesOf(outline, caseScenario);
  const groups = [true, false]
    .map((statutory) => ({
      statutory,
      interventions: outline.order.interventions.filter(
        (index) => outline.interventions[index]?.statutory === statutory,
      ),
    }))
    .filter(({ interventions }) => interventions.length > 0);
  const rows = groups.flatMap(({ interventions }) => interventions);
  const general = outline.accounts.length;
  const paid = (account: number, intervention: number) => scenario?.paid[account]?.[intervention] ?? 0;
  const amount = (value: number) => (Math.abs(value) > 0.5 ? formats.thousands(value) : "");
  const totalOf = (account: number) => rows.reduce((sum, index) => sum + paid(account, index), 0);
  const totalFor = (intervention: number) =>
    [...purses, general].reduce((sum, account) => sum + paid(account, intervention), 0);
  const isPooled = (account: number) =>
    caseScenario.pool?.includes(outline.accounts[account]?.id ?? "") === true;
  const stateOf = (account: number, intervention: number): WallState =>
    scenario?.walls[account]?.[intervention] ?? "closed";

  const explain = (account: number, intervention: number, state: WallState) => {
    const item = outline.accounts[account];
    return t(`walls.explain.${state}`, {
      account: item?.label ?? "",
      intervention: outline.interventions[intervention]?.label ?? "",
      law: item?.law ? t("walls.law", { law: item.law }) : "",
      holder: outline.parties[item?.holder ?? -1]?.label ?? "",
    });
  };
  const explainAt = (place: Place) => {
    const [account, intervention] = [purses[place.column], rows[place.row]];
    return account === undefined || intervention === undefined
      ? ""
      : explain(account, intervention, stateOf(account, intervention));
  };
  const press = (account: number, intervention: number) => {
    const item = outline.accounts[account];
    if (!item) return;
    const { id, label } = item;
    const state = stateOf(account, intervention);
    if (state === "closed" || state === "excluded") onPool(id, label, true);
    else if (state === "open") onPool(id, label, false);
    else if (state === "lifted") onLift(id, label, false);
    else if (state === "earmark") onLift(id, label, true);
  };
  const switchPool = (account: number, open: boolean) => {
    const item = outline.accounts[account];
    if (item) onPool(item.id, item.label, open);
  };
  const onKey = (event: KeyboardEvent<HTMLTableElement>) => {
    const step = STEPS[event.key];
    if (!step || !(event.target instanceof HTMLButtonElement)) return;
    event.preventDefault();
    const row = Math.max(0, Math.min(rows.length - 1, active.row + step[0]));
    const column = Math.max(0, Math.min(purses.length - 1, active.column + step[1]));
    setActive({ row, column });
    event.currentTarget.querySelector<HTMLElement>(`[data-place="${row} ${column}"]`)?.focus();
  };

  const wall = (account: number, intervention: number, place: Place) => {
    const state = stateOf(account, intervention);
    const words = explain(account, intervention, state);
    const value = amount(paid(account, intervention));
    const isActive = active.row === place.row && active.column === place.column;
    return (
      <td key={account} className={isPooled(account) ? "app-matrix__pooled" : ""}>
        <button
          type="button"
          className={`app-wall app-wall--${state}`}
          data-place={`${place.row} ${place.column}`}
          data-wall={`${outline.accounts[account]?.id} ${outline.interventions[intervention]?.id}`}
          tabIndex={isActive ? 0 : -1}
          aria-disabled={state === "own" || state === "outside"}
          aria-label={`${words}${value ? ` ${t("walls.paid")}: ${value}.` : ""}`}
          onFocus={() => {
            setActive(place);
            setRead(place);
          }}
          onPointerEnter={() => setRead(place)}
          onClick={() => press(account, intervention)}
        >
          {value === "" ? <Icon name={ICONS[state]} /> : <span className="app-wall__amount">{value}</span>}
        </button>
      </td>
    );
  };

  return (
    <>
      <p className="app-soft app-lead">{t("walls.lead")}</p>
      <div ref={frame} className={`app-scroll app-matrix__frame ${fits ? "app-matrix__frame--fits" : ""}`}>
        <table
          className="app-matrix"
          aria-label={t("walls.matrixLabel")}
          style={{ "--purses": purses.length + 2 } as CSSProperties}
          onKeyDown={onKey}
        >
          <thead>
            <tr>
              <th scope="col" className="app-matrix__corner">
                {t("walls.intervention")}
              </th>
              {purses.map((account) => (
                <th
                  key={account}
                  scope="col"
                  className={`app-matrix__head ${isPooled(account) ? "app-matrix__pooled" : ""}`}
                  title={[outline.accounts[account]?.label, outline.accounts[account]?.law]
                    .filter(Boolean)
                    .join(" – ")}
                >
                  <span>{outline.accounts[account]?.label}</span>
                </th>
              ))}
              <th scope="col" className="app-matrix__head">
                <span>{t("walls.general")}</span>
              </th>
              <th scope="col" className="app-matrix__head app-matrix__sum">
                <span>{t("walls.total")}</span>
              </th>
            </tr>
            <tr>
              <th scope="row">{t("walls.inPool")}</th>
              {purses.map((account) => (
                <td
                  key={account}
                  className={`app-matrix__switch ${isPooled(account) ? "app-matrix__pooled" : ""}`}
                >
                  <input
                    type="checkbox"
                    checked={isPooled(account)}
                    aria-label={t("walls.poolSwitch", { account: outline.accounts[account]?.label })}
                    onChange={(event) => switchPool(account, event.target.checked)}
                  />
                </td>
              ))}
              <td />
              <td className="app-matrix__sum" />
            </tr>
            <tr className="app-matrix__totals">
              <th scope="row">{t("walls.total")}</th>
              {[...purses, general].map((account) => (
                <td key={account} className="app-number">
                  {amount(totalOf(account))}
                </td>
              ))}
              <td className="app-number app-matrix__sum">
                {amount(rows.reduce((sum, index) => sum + totalFor(index), 0))}
              </td>
            </tr>
          </thead>
          {groups.map(({ statutory, interventions }) => (
            <tbody key={String(statutory)}>
              <tr className="app-matrix__kind">
                <th scope="rowgroup" colSpan={purses.length + 3}>
                  <span>{t(statutory ? "walls.statutory" : "walls.optional")}</span>
                </th>
              </tr>
              {interventions.map((intervention) => {
                const row = rows.indexOf(intervention);
                const label = outline.interventions[intervention]?.label;
                return (
                  <tr key={intervention}>
                    <th scope="row" title={label}>
                      {label}
                    </th>
                    {purses.map((account, column) => wall(account, intervention, { row, column }))}
                    <td className="app-number">{amount(paid(general, intervention))}</td>
                    <td className="app-number app-matrix__sum">{amount(totalFor(intervention))}</td>
                  </tr>
                );
              })}
            </tbody>
          ))}
          <tfoot>
            <tr>
              <th scope="row">
                <Term explanation={t("walls.worthHelp")}>{t("walls.worth")}</Term>
              </th>
              {purses.map((account) => {
                const worth = scenario?.worth[account] ?? null;
                return (
                  <td key={account} className="app-number">
                    {worth === null ? "" : formats.number(worth, 2)}
                  </td>
                );
              })}
              <td />
              <td className="app-matrix__sum" />
            </tr>
          </tfoot>
        </table>
      </div>
      {/* What the button itself says to a screen reader, for who sees it. */}
      <p className="app-matrix__words" aria-hidden="true">
        {explainAt(read)}
      </p>
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
