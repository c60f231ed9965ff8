/** Weights of the eleven test [elfproef] of the Dutch citizen number. */
const WEIGHTS = [9, 8, 7, 6, 5, 4, 3, 2, -1];

/** Whether nine digits, perhaps with dots or spaces between them, pass the eleven test of a citizen number [BSN]. */
export function isCitizenNumber(text: string): boolean {
  const digits = text
    .trim()
    .replace(/^(\d{4})[. ](\d{2})[. ](\d{3})$/, "$1$2$3")
    .replace(/^(\d{3})[. ](\d{3})[. ](\d{3})$/, "$1$2$3");
  if (!/^\d{8,9}$/.test(digits)) return false;
  // A spreadsheet drops the zero in front.
  const nine = digits.padStart(9, "0");
  if (/^0+$/.test(nine)) return false;
  const sum = WEIGHTS.reduce((total, weight, place) => total + weight * Number(nine[place]), 0);
  return sum % 11 === 0;
}

/**
 * Whether a column holds citizen numbers: at least one, and at least half of all that is filled in. One number in eleven
 * passes the test by chance, so a single amount among others is no citizen number.
 */
export function holdsCitizenNumbers(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  const found = filled.filter(isCitizenNumber).length;
  return found > 0 && found * 2 >= filled.length;
}
