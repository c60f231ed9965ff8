/** Widest line that a terminal of a controller shows without folding. */
export const WIDTH = 100;

/** Breaks a text into lines; all but the first begin with `indent`. */
export function wrap(text: string, indent = ""): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push((lines.length === 0 ? "" : indent) + word);
  }
  return lines;
}

export interface Row {
  readonly label: string;
  readonly cells: readonly string[];
  /** A rule above the row, for totals. */
  readonly ruled?: boolean;
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}…`;
}

/** Breaks a heading into lines of at most `width`, a long word with a hyphen. */
function fold(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && last.length + 1 + word.length <= width) {
      lines[lines.length - 1] = `${last} ${word}`;
      continue;
    }
    let rest = word;
    for (; rest.length > width; rest = rest.slice(width - 1)) lines.push(`${rest.slice(0, width - 1)}-`);
    lines.push(rest);
  }
  return lines;
}

/** Room for the labels, the same in every table so that figures stand below each other; and the narrowest column. */
const LABELS = 34;
const NARROWEST = 13;
const WIDEST = 18;

/** A table with its labels left and its figures right, in blocks of as many columns as fit in the width. */
export function table(title: string, headings: readonly string[], rows: readonly Row[]): string[] {
  const cells = Math.max(0, ...rows.flatMap((row) => row.cells.map((cell) => cell.length))) + 2;
  const room = Math.max(1, Math.floor((WIDTH - LABELS) / Math.max(cells, NARROWEST)));
  const blocks = Math.max(1, Math.ceil(headings.length / room));
  const perBlock = Math.max(1, Math.ceil(headings.length / blocks));
  const width = Math.min(WIDEST, Math.floor((WIDTH - LABELS) / Math.min(perBlock, room))) - 2;
  const lines: string[] = [];
  for (let from = 0; from < Math.max(1, headings.length); from += perBlock) {
    const shown = headings.slice(from, from + perBlock);
    const folded = shown.map((heading) => fold(heading, width));
    const height = Math.max(0, ...folded.map((heading) => heading.length));
    lines.push("", ...wrap(title, "  "));
    for (let line = 0; line < height; line += 1)
      lines.push(
        " ".repeat(LABELS) +
          folded
            .map((heading) => `  ${(heading[line - height + heading.length] ?? "").padStart(width)}`)
            .join(""),
      );
    const rule = "-".repeat(LABELS + shown.length * (width + 2));
    lines.push(rule);
    for (const row of rows) {
      if (row.ruled) lines.push(rule);
      const figures = shown.map((_, index) => `  ${(row.cells[from + index] ?? "").padStart(width)}`);
      lines.push(clip(row.label, LABELS).padEnd(LABELS) + figures.join(""));
    }
  }
  return lines.map((line) => line.trimEnd());
}
