/** Every edit of a case as a function from case to case; what does not change is shared. */
import type { Fault } from "../../models/index.ts";
import type { BusinessCase, Citation, Expression, Id, Parameter, Scenario } from "../../scenarios/index.ts";

type Status = NonNullable<BusinessCase["meta"]["status"]>;

/** A copy without the keys whose value is undefined. */
function withoutEmpty<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}

type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Changes keys of a parameter; undefined takes a key away. */
export function patchParameter(file: BusinessCase, id: Id, patch: Patch<Parameter>): BusinessCase {
  const at = file.parameters.findIndex((parameter) => parameter.id === id);
  const old = file.parameters[at];
  if (!old || Object.entries(patch).every(([key, value]) => old[key as keyof Parameter] === value))
    return file;
  const parameters = file.parameters.slice();
  parameters[at] = withoutEmpty({ ...old, ...patch } as Parameter);
  return { ...file, parameters };
}

export function setValue(file: BusinessCase, id: Id, value: Expression): BusinessCase {
  return patchParameter(file, id, { value });
}

/** The local value of a parameter as written, without its reason. */
export function localValue(parameter: Parameter, municipality: Id): Expression | undefined {
  const local = parameter.local?.[municipality];
  return typeof local === "object" ? local.value : local;
}

export function localReason(parameter: Parameter, municipality: Id): string {
  const local = parameter.local?.[municipality];
  return typeof local === "object" ? local.reason : "";
}

/** Sets, changes or (undefined) takes away a local value; its reason stays unless another is given. */
export function setLocal(
  file: BusinessCase,
  id: Id,
  municipality: Id,
  value: Expression | undefined,
  reason?: string,
): BusinessCase {
  const parameter = file.parameters.find((item) => item.id === id);
  if (!parameter) return file;
  const words = reason ?? localReason(parameter, municipality);
  if (value === localValue(parameter, municipality) && words === localReason(parameter, municipality))
    return file;
  const local = { ...parameter.local };
  if (value === undefined) delete local[municipality];
  else local[municipality] = words === "" ? value : { value, reason: words };
  return patchParameter(file, id, { local: Object.keys(local).length > 0 ? local : undefined });
}

/** The low or high end of a parameter's band; undefined where its distribution has none. */
export function bound(parameter: Parameter, end: "low" | "high"): number | undefined {
  const { distribution } = parameter;
  return distribution && "low" in distribution ? distribution[end] : undefined;
}

/** The end of a band that goes or comes with the one that is edited: a band has both or is none. */
export const OTHER_END = { low: "high", high: "low" } as const;

/**
 * Sets an end of the band. A parameter without one gets a PERT band that has the parameter's value for its other end; an
 * emptied end takes the band away.
 *
 * @param value of the parameter, where it is known: its own number or the result of its formula
 */
export function setBound(
  file: BusinessCase,
  id: Id,
  end: "low" | "high",
  edge: number | undefined,
  value: number | undefined,
): BusinessCase {
  const parameter = file.parameters.find((item) => item.id === id);
  if (!parameter || bound(parameter, end) === edge) return file;
  const { distribution } = parameter;
  if (edge === undefined) return patchParameter(file, id, { distribution: undefined });
  if (distribution && "low" in distribution)
    return patchParameter(file, id, { distribution: { ...distribution, [end]: edge } });
  const other = value ?? edge;
  const [low, high] = end === "low" ? [edge, other] : [other, edge];
  return patchParameter(file, id, { distribution: { kind: "pert", low, high } });
}

/** Parameters that a change puts outside their own band; null when there is another objection to it, or none. */
export function outsideBands(faults: readonly Fault[]): Id[] | null {
  const ids = faults.map(({ code, path }) =>
    code === "VALUE_OUTSIDE_RANGE" ? (path.split("/")[1] ?? null) : null,
  );
  return ids.length > 0 && ids.every((id) => id !== null) ? ids : null;
}

/** Moves the ends of the bands so far that the values that were found outside lie in them. */
export function widenBands(file: BusinessCase, faults: readonly Fault[]): BusinessCase {
  return faults.reduce((before, { path, found }) => {
    const [, id] = path.split("/");
    const parameter = before.parameters.find((item) => item.id === id);
    if (!parameter || typeof found !== "number") return before;
    const end = found < (bound(parameter, "low") ?? found) ? "low" : "high";
    return setBound(before, parameter.id, end, found, found);
  }, file);
}

export function sourceId(source: Citation | undefined): Id {
  return typeof source === "string" ? source : (source?.id ?? "");
}

export function sourceLocator(source: Citation | undefined): string {
  return typeof source === "object" ? source.locator : "";
}

/** Cites a source ("" = none), with the place in it where one is given. */
export function setSource(file: BusinessCase, id: Id, source: Id, locator: string): BusinessCase {
  const parameter = file.parameters.find((item) => item.id === id);
  if (!parameter || (sourceId(parameter.source) === source && sourceLocator(parameter.source) === locator))
    return file;
  return patchParameter(file, id, {
    source: source === "" ? undefined : locator === "" ? source : { id: source, locator },
  });
}

/** Adds a source to the list under an id of its own. */
export function addSource(file: BusinessCase, title: string): { file: BusinessCase; id: Id } {
  const id = freeId(
    title,
    (file.sources ?? []).map((source) => source.id),
  );
  return { file: { ...file, sources: [...(file.sources ?? []), { id, title }] }, id };
}

/** An id made of a label that is none of the taken ones. */
export function freeId(label: string, taken: readonly Id[]): Id {
  const plain = label
    .normalize("NFD")
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .toLowerCase();
  const base = /^[a-z]/.test(plain) ? plain : `n_${plain || "1"}`;
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}_${number}`)) number += 1;
  return `${base}_${number}`;
}

export function patchScenario(file: BusinessCase, id: Id, patch: Patch<Scenario>): BusinessCase {
  const at = file.scenarios.findIndex((scenario) => scenario.id === id);
  const old = file.scenarios[at];
  if (!old || Object.entries(patch).every(([key, value]) => old[key as keyof Scenario] === value))
    return file;
  const scenarios = file.scenarios.slice();
  scenarios[at] = withoutEmpty({ ...old, ...patch } as Scenario);
  return { ...file, scenarios };
}

function member(list: readonly Id[] | undefined, id: Id, inside: boolean): Id[] | undefined {
  const rest = (list ?? []).filter((item) => item !== id);
  const next = inside ? [...rest, id] : rest;
  return next.length > 0 ? next : undefined;
}

/** Opens or closes the wall around an account: inside the pool it pays for whatever its earmark allows. */
export function setPooled(file: BusinessCase, scenario: Id, account: Id, pooled: boolean): BusinessCase {
  const old = file.scenarios.find((item) => item.id === scenario);
  if (!old || (old.pool ?? []).includes(account) === pooled) return file;
  return patchScenario(file, scenario, {
    pool: member(old.pool, account, pooled),
    ...(pooled ? {} : { liftEarmarks: member(old.liftEarmarks, account, false) }),
  });
}

/** Sets an account's earmark aside, which present law does not allow: a what-if. */
export function setLifted(file: BusinessCase, scenario: Id, account: Id, lifted: boolean): BusinessCase {
  const old = file.scenarios.find((item) => item.id === scenario);
  if (!old || (old.liftEarmarks ?? []).includes(account) === lifted) return file;
  return patchScenario(file, scenario, {
    pool: lifted ? member(old.pool, account, true) : old.pool,
    liftEarmarks: member(old.liftEarmarks, account, lifted),
  });
}

/** The parameters that an expression names, in the order of the file. */
export function parametersIn(
  file: BusinessCase,
  expression: number | string | undefined,
): BusinessCase["parameters"] {
  const symbols = new Set(String(expression ?? "").match(/[A-Za-z_]\w*/g));
  return file.parameters.filter(({ id }) => symbols.has(id));
}

/** The scenario other than the one given that bears this name, whatever its capitals. */
export function namesake(file: BusinessCase, label: string, id?: Id): Scenario | undefined {
  const plain = (text: string) => text.trim().toLowerCase();
  return file.scenarios.find((scenario) => scenario.id !== id && plain(scenario.label) === plain(label));
}

/** The name that something gets the first time, the second time and so on. */
export type Numbered = (number: number) => string;

/** The first of the names that no scenario bears. */
function freeLabel(file: BusinessCase, nameOf: Numbered): string {
  let number = 1;
  while (namesake(file, nameOf(number))) number += 1;
  return nameOf(number);
}

/** The name of what a copy was made of; the name itself where it is not that of a copy. */
export function originalLabel(label: string, copyOf: (label: string) => Numbered): string {
  const number = Number(/(\d+)\D*$/.exec(label)?.[1] ?? 1);
  const ending = [number, 1].map(copyOf("")).find((words) => label.endsWith(words) && label !== words);
  return ending === undefined ? label : label.slice(0, -ending.length);
}

/** Adds a siloed scenario at the end, or a copy of another right after it, under a name that is not taken. */
export function addScenario(
  file: BusinessCase,
  nameOf: Numbered,
  copyOf?: Id,
): { file: BusinessCase; id: Id; label: string } {
  const label = freeLabel(file, nameOf);
  const id = freeId(
    label,
    file.scenarios.map((scenario) => scenario.id),
  );
  const origin = file.scenarios.find((scenario) => scenario.id === copyOf);
  const objective = file.perspectives[0]?.id;
  const scenario: Scenario = origin
    ? { ...structuredClone(origin), id, label }
    : objective
      ? { id, label, allocation: { mode: "optimal" }, objective }
      : { id, label, allocation: { mode: "reference" } };
  const at = file.scenarios.findIndex((item) => item.id === copyOf);
  const scenarios = file.scenarios.slice();
  scenarios.splice(at < 0 ? scenarios.length : at + 1, 0, scenario);
  return { file: { ...file, scenarios }, id, label };
}

/** Takes a scenario away; the reference and the last one stay. */
export function removeScenario(file: BusinessCase, id: Id): BusinessCase {
  if (id === referenceOf(file) || file.scenarios.length < 2) return file;
  return { ...file, scenarios: file.scenarios.filter((scenario) => scenario.id !== id) };
}

/** The default reference: the named one, else the first by id that keeps everyone on the reference track, else the first by id. */
export function referenceOf(file: BusinessCase): Id {
  if (file.reference !== undefined) return file.reference;
  const ids = (list: readonly Scenario[]) => list.map((scenario) => scenario.id).sort();
  const kept = file.scenarios.filter((scenario) => scenario.allocation?.mode === "reference");
  return ids(kept)[0] ?? ids(file.scenarios)[0] ?? "";
}

/** Sets the status. Reopening an adopted case starts a list of changes. */
/** Calls the case by another name. */
export function setTitle(file: BusinessCase, title: string): BusinessCase {
  return file.meta.title === title ? file : { ...file, meta: { ...file.meta, title } };
}

export function setStatus(file: BusinessCase, status: Status): BusinessCase {
  const old = file.meta.status ?? "concept";
  if (old === status) return file;
  const changes = old === "vastgesteld" ? { changes: file.meta.changes ?? [] } : {};
  return { ...file, meta: { ...file.meta, status, ...changes } };
}

/** Adds a line to the list of changes, where the case keeps one. */
export function recordChange(
  file: BusinessCase,
  change: NonNullable<BusinessCase["meta"]["changes"]>[number],
): BusinessCase {
  if (!file.meta.changes) return file;
  return { ...file, meta: { ...file.meta, changes: [...file.meta.changes, change] } };
}
