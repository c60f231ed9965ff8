/** Walking and selecting in a grid of rows and columns. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

export interface Block {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The block between two corners. */
export function blockOf(a: Place, b: Place): Block {
  return {
    top: Math.min(a.row, b.row),
    bottom: Math.max(a.row, b.row),
    left: Math.min(a.column, b.column),
    right: Math.max(a.column, b.column),
  };
}

const PAGE = 15;

/** Where a key leads; null when it is no walking key. */
export function walk(
  place: Place,
  key: string,
  control: boolean,
  rows: number,
  columns: number,
): Place | null {
  const to = (row: number, column: number): Place => ({
    row: Math.max(0, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  });
  const { row, column } = place;
  switch (key) {
    case "ArrowDown":
      return to(control ? rows - 1 : row + 1, column);
    case "ArrowUp":
      return to(control ? 0 : row - 1, column);
    case "ArrowRight":
      return to(row, control ? columns - 1 : column + 1);
    case "ArrowLeft":
      return to(row, control ? 0 : column - 1);
    case "PageDown":
      return to(row + PAGE, column);
    case "PageUp":
      return to(row - PAGE, column);
    case "Home":
      return to(control ? 0 : row, 0);
    case "End":
      return to(control ? rows - 1 : row, columns - 1);
    default:
      return null;
  }
}
