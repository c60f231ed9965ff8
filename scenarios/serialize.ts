import type { BusinessCase } from "./caseFile.ts";

/** Widest line that a short list or object is kept on. */
const WIDTH = 240;

/** Writes one value: on one line where it fits, else one item per line. */
function write(value: unknown, indent: string, room: number): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const flat = writeFlat(value);
  if (indent !== "" && flat.length <= room) return flat;
  const deeper = `${indent}  `;
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  const items = Array.isArray(value)
    ? value.map((item) => write(item, deeper, WIDTH - deeper.length))
    : Object.entries(value).flatMap(([key, item]) => {
        if (item === undefined) return [];
        const name = `${JSON.stringify(key)}: `;
        return [name + write(item, deeper, WIDTH - deeper.length - name.length)];
      });
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => deeper + item).join(",\n")}\n${indent}${close}`;
}

function writeFlat(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(writeFlat).join(", ")}]`;
  const items = Object.entries(value).filter(([, item]) => item !== undefined);
  return `{${items.map(([key, item]) => `${JSON.stringify(key)}: ${writeFlat(item)}`).join(", ")}}`;
}

/**
 * The text of a case file: keys and lists in the order of the case, short items on one line. The same case always
 * gives the same bytes, and a file written by this program comes back unchanged when it is opened and saved.
 */
export function serializeCase(file: BusinessCase): string {
  return `${write(file, "", WIDTH)}\n`;
}
