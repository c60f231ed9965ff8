/** The cases that ship with the program, as texts that are loaded when asked for. */
const FILES = import.meta.glob<string>("../../scenarios/data/*.json", { query: "?raw", import: "default" });

const TEMPLATE = "sjabloon";

/** Ids of the shipped examples; the smallest useful case is a template, not an example. */
export function exampleIds(): string[] {
  return Object.keys(FILES)
    .map((path) => path.replace(/^.*\/|\.json$/g, ""))
    .filter((id) => id !== TEMPLATE)
    .sort();
}

/** The text of a shipped case. */
export async function exampleText(id: string): Promise<string> {
  const load = Object.entries(FILES).find(([path]) => path.endsWith(`/${id}.json`))?.[1];
  if (!load) throw new RangeError(`no example ${id}`);
  return load();
}

export function templateText(): Promise<string> {
  return exampleText(TEMPLATE);
}
