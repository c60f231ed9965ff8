/** Walking and selecting in a grid of rows and columns. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** A place kept by name: rows and columns may come and go around it. */
export interface Spot extends Place {
  readonly id: string;
  readonly key: string;
}

type Named = readonly { readonly id: string }[];
type Keyed = readonly { readonly key: string }[];

export function spotAt(rows: Named, columns: Keyed, place: Place): Spot {
  return { ...place, id: rows[place.row]?.id ?? "", key: columns[place.column]?.key ?? "" };
}

/** Where a spot is now; where its row or column is no longer there, what stands in its place. */
export function placeOf(rows: Named, columns: Keyed, spot: Spot): Place {
  const row = rows.findIndex(({ id }) => id === spot.id);
  const column = columns.findIndex(({ key }) => key === spot.key);
  return {
    row: row >= 0 ? row : Math.max(0, Math.min(rows.length - 1, spot.row)),
    column: column >= 0 ? column : Math.max(0, Math.min(columns.length - 1, spot.column)),
  };
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

/** The next cell, row after row; null where there is none and Tab leaves the table. */
export function tabFrom(place: Place, back: boolean, rows: number, columns: number): Place | null {
  const at = place.row * columns + place.column + (back ? -1 : 1);
  return at < 0 || at >= rows * columns ? null : { row: Math.floor(at / columns), column: at % columns };
}
