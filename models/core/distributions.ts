import { exp, log } from "./elementaryFunctions.ts";
import {
  betaQuantileLogit,
  gammaQuantileLog,
  type LineQuantile,
  normalQuantile,
} from "./specialFunctions.ts";

/** A distribution as a case states it (model.md section 2). */
export type Distribution =
  | {
      readonly kind: "uniform" | "triangular" | "normal" | "lognormal";
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: "pert"; readonly low: number; readonly mode?: number; readonly high: number }
  | { readonly kind: "beta"; readonly sd: number }
  | { readonly kind: "beta"; readonly successes: number; readonly trials: number }
  | { readonly kind: "gamma"; readonly sd: number };

/** The value that a draw exceeds with chance 1 − p, for p in (0, 1). */
export type Quantile = (p: number) => number;

/** Quantiles that follow from those on a line: (low + width · x) / per, x in (0, 1) of its logit or x > 0 of its logarithm. */
export interface FittedQuantile {
  readonly line: LineQuantile;
  readonly link: "logit" | "logarithm";
  readonly low: number;
  readonly width: number;
  readonly per: number;
}

/** Why a distribution cannot be drawn from: which number is wrong, and what it must be. */
export interface DistributionFault {
  readonly field: "low" | "high" | "mode" | "sd" | "value" | "successes" | "trials";
  readonly found: number;
  readonly expected: string;
}

/** 95% quantile of the standard normal distribution: half the width between the stated 5% and 95%. */
const Z95 = 1.6448536269514726;

/** Mean and sd of a proportion as shapes of a beta distribution, by moments. */
function betaShapes(mean: number, sd: number): { a: number; b: number } {
  const size = (mean * (1 - mean)) / (sd * sd) - 1;
  return { a: mean * size, b: (1 - mean) * size };
}

/** x in (0, 1) from log(x / (1 − x)). */
const logistic = (u: number) => 1 / (1 + exp(-u));

/** What is wrong with a distribution around `value`; null when it can be drawn from. */
export function distributionFault(distribution: Distribution, value: number): DistributionFault | null {
  const fault = (field: DistributionFault["field"], found: number, expected: string) => ({
    field,
    found,
    expected,
  });
  switch (distribution.kind) {
    case "uniform":
    case "normal":
    case "triangular":
    case "lognormal":
    case "pert": {
      const { kind, low, high } = distribution;
      if (!(low <= high)) return fault("high", high, `≥ ${low}`);
      if (kind === "lognormal" && !(low > 0)) return fault("low", low, "> 0");
      if (kind === "pert" || kind === "triangular") {
        const mode = kind === "pert" ? (distribution.mode ?? value) : value;
        if (!(mode >= low && mode <= high))
          return fault(
            kind === "pert" && distribution.mode !== undefined ? "mode" : "value",
            mode,
            `${low} – ${high}`,
          );
      }
      return null;
    }
    case "beta": {
      if ("sd" in distribution) {
        const { sd } = distribution;
        if (!(value > 0 && value < 1)) return fault("value", value, "0 – 1");
        if (!(sd >= 0 && sd * sd < value * (1 - value)))
          return fault("sd", sd, `< ${Math.sqrt(value * (1 - value))}`);
        return null;
      }
      const { successes, trials } = distribution;
      if (!(successes > 0)) return fault("successes", successes, "> 0");
      if (!(trials > successes)) return fault("trials", trials, `> ${successes}`);
      return null;
    }
    case "gamma":
      if (!(distribution.sd >= 0)) return fault("sd", distribution.sd, "≥ 0");
      return value > 0 ? null : fault("value", value, "> 0");
  }
}

/** Quantiles on lines: distributions of equal shape share one, and what has been fitted of it. */
export class LineShelf {
  private readonly known = new Map<string, LineQuantile>();

  /** Of the logits of a beta distribution. */
  logit(a: number, b: number): LineQuantile {
    return this.once(`${a} ${b}`, () => betaQuantileLogit(a, b));
  }

  /** Of the logarithms of a gamma distribution. */
  logarithm(shape: number): LineQuantile {
    return this.once(`${shape}`, () => gammaQuantileLog(shape));
  }

  private once(key: string, make: () => LineQuantile): LineQuantile {
    const line = this.known.get(key) ?? make();
    this.known.set(key, line);
    return line;
  }
}

function check(distribution: Distribution, value: number): void {
  const fault = distributionFault(distribution, value);
  if (fault)
    throw new RangeError(`${distribution.kind}: ${fault.field} ${fault.found}, not ${fault.expected}`);
}

/**
 * How the quantiles of a distribution around a value follow from those on a line; null where they have a formula.
 *
 * @param per what a quantile is divided by
 * @param lines where the line is found
 * @throws RangeError where distributionFault finds a fault
 */
export function fittedQuantile(
  distribution: Distribution,
  value: number,
  per = 1,
  lines = new LineShelf(),
): FittedQuantile | null {
  check(distribution, value);
  switch (distribution.kind) {
    case "pert": {
      const { low, high } = distribution;
      const width = high - low;
      if (width === 0) return null;
      const mode = distribution.mode ?? value;
      const [a, b] = [1 + (4 * (mode - low)) / width, 1 + (4 * (high - mode)) / width];
      return { line: lines.logit(a, b), link: "logit", low, width, per };
    }
    case "beta": {
      if ("sd" in distribution && distribution.sd === 0) return null;
      const { a, b } =
        "sd" in distribution
          ? betaShapes(value, distribution.sd)
          : { a: distribution.successes, b: distribution.trials - distribution.successes };
      return { line: lines.logit(a, b), link: "logit", low: 0, width: 1, per };
    }
    case "gamma": {
      const { sd } = distribution;
      if (sd === 0) return null;
      const scale = (sd * sd) / value;
      return { line: lines.logarithm(value / scale), link: "logarithm", low: 0, width: scale, per };
    }
    default:
      return null;
  }
}

/** The quantile function of which the line is fitted. */
export function quantileOn({ line, link, low, width, per }: FittedQuantile): Quantile {
  const from = link === "logit" ? logistic : exp;
  return (p) => (low + width * from(line.at(p))) / per;
}

/**
 * The quantile function of a distribution around a value; monotone in p. A width or standard deviation of 0 gives the
 * value itself, to the bit.
 *
 * @param value the deterministic value: mode of `triangular` and of a `pert` without one, mean of `beta` and `gamma` by sd
 * @throws RangeError where distributionFault finds a fault
 * @source model.md section 2; method.md M16; low and high of normal and lognormal are the 5% and 95% quantiles
 */
export function quantileOf(distribution: Distribution, value: number): Quantile {
  const fitted = fittedQuantile(distribution, value);
  if (fitted) return quantileOn(fitted);
  switch (distribution.kind) {
    case "uniform": {
      const { low, high } = distribution;
      return (p) => low + (high - low) * p;
    }
    case "triangular": {
      const { low, high } = distribution;
      const width = high - low;
      if (width === 0) return () => low;
      const turn = (value - low) / width;
      return (p) =>
        p <= turn
          ? low + Math.sqrt(p * width * (value - low))
          : high - Math.sqrt((1 - p) * width * (high - value));
    }
    case "normal": {
      const { low, high } = distribution;
      const [mean, sd] = [(low + high) / 2, (high - low) / (2 * Z95)];
      return (p) => mean + sd * normalQuantile(p);
    }
    case "lognormal": {
      const { low, high } = distribution;
      if (low === high) return () => low;
      const [logLow, logHigh] = [log(low), log(high)];
      const [mean, sd] = [(logLow + logHigh) / 2, (logHigh - logLow) / (2 * Z95)];
      return (p) => exp(mean + sd * normalQuantile(p));
    }
    case "pert":
      return () => distribution.low;
    case "beta":
    case "gamma":
      return () => value;
  }
}
