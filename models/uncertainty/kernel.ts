/** Draws that the kernel carries side by side: the lanes of one SIMD vector of two float64. */
export const LANES = 2;

/**
 * Where the kernel finds and leaves its numbers: places in one Float64Array and one Int32Array over the same memory.
 * Every per-state or per-move number is followed by that of the other lane.
 */
export interface KernelLayout {
  readonly states: number;
  readonly cycles: number;
  readonly perYear: number;
  /** Years of follow-up within the horizon. */
  readonly years: number;
  /** 0 mid, 1 start, 2 end. */
  readonly occupancyMode: number;
  /** 1 when entrants arrive over the year, 0 when in its first cycle. */
  readonly spread: number;
  /** Distribution over the states, [state][lane], and room for the next one. */
  readonly state: number;
  readonly next: number;
  /** Chance of staying, [state][lane]. */
  readonly stay: number;
  /** Chance of each move in the order of the states they lead to, [place][lane]. */
  readonly chances: number;
  /** Occupancy, [cycle][state][lane]. */
  readonly occupancy: number;
  /** Cycles spent, by year since the year of entry, [year][state][lane]. */
  readonly lags: number;
  /** In the Int32Array: the state each move leaves, by place; and where the moves into each state begin. */
  readonly from: number;
  readonly starts: number;
}

/** Carries the course of two draws at once. The kernels give the same bits. */
export interface Kernel {
  readonly name: "typescript" | "wasm";
  readonly numbers: Float64Array;
  readonly indices: Int32Array;
  /** Advances the distribution from one cycle to another, with the chances that hold between, and keeps the occupancy. */
  advance(layout: KernelLayout, from: number, to: number): void;
  /** Adds the occupancy of all cycles to years since the year of entry (model.md section 3, Lags). */
  sumLags(layout: KernelLayout): void;
}

/** The kernel in TypeScript: serves wherever WebAssembly SIMD is missing, and judges the other. */
export function createTypeScriptKernel(bytes: number): Kernel {
  const buffer = new ArrayBuffer(bytes);
  const numbers = new Float64Array(buffer);
  const indices = new Int32Array(buffer);
  return {
    name: "typescript",
    numbers,
    indices,
    advance: (layout, from, to) => advance(numbers, indices, layout, from, to),
    sumLags: (layout) => sumLags(numbers, layout),
  };
}

function advance(
  numbers: Float64Array,
  indices: Int32Array,
  layout: KernelLayout,
  first: number,
  end: number,
): void {
  const { states, stay, chances, from, starts, occupancyMode } = layout;
  let { state, next } = layout;
  let occupancy = layout.occupancy + first * states * 2;
  for (let cycle = first; cycle < end; cycle += 1) {
    let place = indices[starts] as number;
    for (let to = 0; to < states; to += 1) {
      const at = to + to;
      const old0 = numbers[state + at] as number;
      const old1 = numbers[state + at + 1] as number;
      let sum0 = old0 * (numbers[stay + at] as number);
      let sum1 = old1 * (numbers[stay + at + 1] as number);
      const last = indices[starts + to + 1] as number;
      // `| 0` tells the compiler that places are small whole numbers.
      for (; place < last; place = (place + 1) | 0) {
        const source = (state + ((indices[(from + place) | 0] as number) << 1)) | 0;
        const chance = (chances + (place << 1)) | 0;
        sum0 += (numbers[source] as number) * (numbers[chance] as number);
        sum1 += (numbers[(source + 1) | 0] as number) * (numbers[(chance + 1) | 0] as number);
      }
      numbers[next + at] = sum0;
      numbers[next + at + 1] = sum1;
      if (occupancyMode === 0) {
        numbers[occupancy + at] = (old0 + sum0) / 2;
        numbers[occupancy + at + 1] = (old1 + sum1) / 2;
      } else {
        numbers[occupancy + at] = occupancyMode === 1 ? old0 : sum0;
        numbers[occupancy + at + 1] = occupancyMode === 1 ? old1 : sum1;
      }
    }
    occupancy += states + states;
    [state, next] = [next, state];
  }
  if (state !== layout.state) numbers.copyWithin(layout.state, state, state + states * 2);
}

function sumLags(numbers: Float64Array, layout: KernelLayout): void {
  const { states, perYear, years, occupancy, lags, spread } = layout;
  const width = states * 2;
  numbers.fill(0, lags, lags + years * width);
  let from = occupancy;
  let now = lags;
  for (let year = 0; year < years; year += 1) {
    const later = now + width;
    const spreads = spread === 1 && year < years - 1;
    for (let within = 0; within < perYear; within += 1) {
      const late = spread === 1 ? within / perYear : 0;
      const early = 1 - late;
      for (let at = 0; at < width; at += 1) {
        const amount = numbers[from + at] as number;
        numbers[now + at] = (numbers[now + at] as number) + amount * early;
        if (spreads) numbers[later + at] = (numbers[later + at] as number) + amount * late;
      }
      from += width;
    }
    now = later;
  }
}
