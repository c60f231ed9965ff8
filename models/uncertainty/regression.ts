/** Conditional means by least squares on polynomials of normal scores. */

/** Highest degree of a single score, and of the terms in which several meet. */
const HIGHEST_ALONE = 5;
const HIGHEST_TOGETHER = 3;

/** Most terms of a regression: what a few thousand draws can carry, and a moment can compute. */
const MOST_TERMS = 150;

/** Orthonormal Hermite polynomials of a normal score, degrees 1 to `highest`. */
function hermite(score: Float64Array, highest: number): Float64Array[] {
  const degrees: Float64Array[] = [];
  let before: Float64Array = new Float64Array(score.length).fill(1);
  let now: Float64Array = score;
  for (let degree = 1; degree <= highest; degree += 1) {
    degrees.push(now);
    const [older, old] = [before, now];
    const [high, low] = [Math.sqrt(degree + 1), Math.sqrt(degree)];
    const next = score.map((z, row) => (z * (old[row] as number) - low * (older[row] as number)) / high);
    before = old;
    now = next;
  }
  return degrees;
}

type Term = readonly number[];

/** Terms as degrees per score: of each score alone up to `alone`, of several together up to `together`. */
function termsOf(scores: number, alone: number, together: number): Term[] {
  const terms: Term[] = [];
  const extend = (term: number[], from: number, degree: number) => {
    const parts = term.filter((power) => power > 0).length;
    if (parts > 1 || (parts === 1 && degree > 0)) terms.push([...term]);
    for (let score = from; score < scores; score += 1) {
      const most = parts === 0 ? Math.max(alone, together) : together - degree;
      for (let power = 1; power <= most; power += 1) {
        if (terms.length > MOST_TERMS) return;
        term[score] = power;
        extend(term, score + 1, degree + power);
        term[score] = 0;
      }
    }
  };
  extend(new Array(scores).fill(0), 0, 0);
  const degreeOf = (term: Term) => term.reduce((sum, power) => sum + power, 0);
  const isAlone = (term: Term) => term.filter((power) => power > 0).length === 1;
  return terms.filter((term) => degreeOf(term) <= (isAlone(term) ? alone : together));
}

/** Ever richer sets of terms for so many scores. */
function candidates(scores: number): Term[][] {
  const alone = scores === 1 ? HIGHEST_ALONE : HIGHEST_TOGETHER;
  const sets = Array.from({ length: alone }, (_, degree) => termsOf(scores, degree + 1, 0));
  if (scores > 1)
    for (let degree = 2; degree <= HIGHEST_TOGETHER; degree += 1)
      sets.push(termsOf(scores, HIGHEST_TOGETHER, degree));
  return sets.filter((terms) => terms.length <= MOST_TERMS);
}

/** The factor L of a symmetric positive definite matrix, row by row; null when it is singular. */
function cholesky(matrix: Float64Array, size: number): Float64Array | null {
  const factor = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column <= row; column += 1) {
      let rest = matrix[row * size + column] as number;
      for (let at = 0; at < column; at += 1)
        rest -= (factor[row * size + at] as number) * (factor[column * size + at] as number);
      if (row === column) {
        if (!(rest > 1e-9 * (matrix[row * size + row] as number))) return null;
        factor[row * size + row] = Math.sqrt(rest);
      } else factor[row * size + column] = rest / (factor[column * size + column] as number);
    }
  return factor;
}

function solve(factor: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const result = right.slice();
  for (let row = 0; row < size; row += 1) {
    let rest = result[row] as number;
    for (let at = 0; at < row; at += 1) rest -= (factor[row * size + at] as number) * (result[at] as number);
    result[row] = rest / (factor[row * size + row] as number);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let rest = result[row] as number;
    for (let at = row + 1; at < size; at += 1)
      rest -= (factor[at * size + row] as number) * (result[at] as number);
    result[row] = rest / (factor[row * size + row] as number);
  }
  return result;
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < one.length; row += 1) sum += (one[row] as number) * (other[row] as number);
  return sum;
}

/**
 * What each response is expected to be, given the scores, at every draw. The polynomial is as rich as the draws can tell
 * from noise (lowest BIC): a score that says nothing gives the mean.
 *
 * @param scores normal scores per parameter, [parameter][draw]
 * @param responses [response][draw]
 * @source Strong, Oakley & Brennan 2014 (regression in place of nested simulation); Schwarz 1978 (BIC)
 */
export function conditionalMeans(
  scores: readonly Float64Array[],
  responses: readonly Float64Array[],
): Float64Array[] {
  const draws = responses[0]?.length ?? 0;
  const powers = scores.map((score) =>
    hermite(score, scores.length === 1 ? HIGHEST_ALONE : HIGHEST_TOGETHER),
  );
  const best = responses.map((response) => {
    const center = response.reduce((sum, value) => sum + value, 0) / draws;
    const rest = response.map((value) => value - center);
    const spread = product(rest, rest);
    return {
      fitted: new Float64Array(draws).fill(center),
      spread,
      score: information(spread, spread, 1, draws),
    };
  });
  for (const terms of candidates(scores.length)) {
    if (terms.length + 1 >= draws) continue;
    const columns = terms.map((term) => columnOf(term, powers, draws));
    columns.unshift(new Float64Array(draws).fill(1));
    const size = columns.length;
    const gram = new Float64Array(size * size);
    for (let row = 0; row < size; row += 1)
      for (let column = 0; column <= row; column += 1)
        gram[row * size + column] = product(columns[row] as Float64Array, columns[column] as Float64Array);
    const factor = cholesky(gram, size);
    if (!factor) continue;
    for (const [at, response] of responses.entries()) {
      const known = best[at];
      if (!known) continue;
      const right = Float64Array.from(columns, (column) => product(column, response));
      const weights = solve(factor, right);
      const fitted = new Float64Array(draws);
      for (const [place, column] of columns.entries()) {
        const weight = weights[place] as number;
        for (let row = 0; row < draws; row += 1)
          fitted[row] = (fitted[row] as number) + weight * (column[row] as number);
      }
      const rest = response.map((value, row) => value - (fitted[row] as number));
      const score = information(product(rest, rest), known.spread, size, draws);
      if (score < known.score) best[at] = { fitted, spread: known.spread, score };
    }
  }
  return best.map(({ fitted }) => fitted);
}

function columnOf(term: Term, powers: readonly Float64Array[][], draws: number): Float64Array {
  const column = new Float64Array(draws).fill(1);
  for (const [score, power] of term.entries()) {
    if (power === 0) continue;
    const values = powers[score]?.[power - 1] as Float64Array;
    for (let row = 0; row < draws; row += 1) column[row] = (column[row] as number) * (values[row] as number);
  }
  return column;
}

/** Bayesian information criterion; what is smaller than rounding counts as exact. */
function information(rest: number, spread: number, terms: number, draws: number): number {
  if (spread === 0) return terms;
  return draws * Math.log(Math.max(rest / spread, 1e-20)) + terms * Math.log(draws);
}
