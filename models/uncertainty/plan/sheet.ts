import { Instruction, type Kernel, type Lanes, listWords } from "../kernel/kernel.ts";

/** Places are rounded up to so many numbers: one line of the processor's cache. */
const LINE = 8;

/** Instructions of the kernel, one after the other. */
export class Steps {
  readonly code: number[] = [];
  /** Where they stand among the kernel's indices, in words; known once the sheet is opened. */
  start = 0;

  push(op: number, into: number, a: number, b: number, rows: number, c = 0, d = 0, e = 0): void {
    this.code.push(op, into, a, b, rows, c, d, e);
  }

  /** into = Σ of blocks, one at least. */
  total(into: number, amounts: readonly number[], rows: number): void {
    this.listed(Instruction.total, into, amounts.length, 0, rows, amounts);
  }

  /** What entrants bring about on several courses together; see Instruction.work. */
  work(into: number, parts: readonly number[], until: number, rows: number, entries: number): void {
    this.push(Instruction.work, into, parts.length, until, rows, entries);
    this.places(parts);
  }

  /** An instruction with a list of whole numbers after it. */
  listed(op: number, into: number, a: number, b: number, rows: number, list: readonly number[]): void {
    this.push(op, into, a, b, rows);
    this.places(list);
  }

  /** Whole numbers that stand after an instruction. */
  places(list: readonly number[]): void {
    this.code.push(...list);
    for (let word = listWords(list.length) - list.length; word > 0; word -= 1) this.code.push(0);
  }
}

/** What a balance goes up or down by: the rows of a block, from one row of the balance to before another. */
export interface Entry {
  readonly amounts: number;
  readonly from: number;
  readonly until: number;
  readonly isTakenOff: boolean;
}

/** Blocks that are needed for a while: whoever comes next takes them again. */
export class PassingBlocks {
  private readonly blocks: number[] = [];
  private taken = 0;

  constructor(private readonly sheet: Sheet) {}

  block(): number {
    const block = this.blocks[this.taken] ?? this.sheet.block();
    this.blocks[this.taken] = block;
    this.taken += 1;
    return block;
  }

  /** What was taken is needed no longer. */
  restart(): void {
    this.taken = 0;
  }
}

/** One step of a plan: instructions for the kernel, or work that it has no instruction for. */
export type Stage = Steps | ((lanes: number) => void);

/**
 * Where a plan keeps its numbers. A row holds one value per draw of a block, side by side; a block of rows holds one row
 * per year. Places are those in the kernel's Float64Array. Blocks of nothing are all the same one.
 */
export class Sheet {
  /** A block of zeros, never written to. */
  readonly nothing: number;
  /** Place of how many blocks of draws it has held. */
  readonly filled: number;
  /** The kernel's numbers, once opened. */
  numbers: Float64Array = new Float64Array();
  private kernel: Kernel | null = null;
  private taken = 0;
  private indices = 0;
  private readonly programs: Steps[] = [];
  private readonly constants: { readonly place: number; readonly values: ArrayLike<number> }[] = [];
  private readonly words: { readonly index: number; readonly values: ArrayLike<number> }[] = [];

  /**
   * @param size draws in a block
   * @param years rows of a block
   * @param longest most rows that a block has
   */
  constructor(
    readonly size: number,
    readonly years: number,
    longest: number,
  ) {
    this.nothing = this.rows(longest);
    this.filled = this.take(1);
  }

  /** Room for so many plain numbers. */
  take(count: number): number {
    const place = this.taken;
    this.taken += Math.ceil(count / LINE) * LINE;
    return place;
  }

  rows(count: number): number {
    return this.take(count * this.size);
  }

  block(): number {
    return this.rows(this.years);
  }

  /** Place of a row of a block. */
  row(block: number, row: number): number {
    return block + row * this.size;
  }

  /** Plain numbers that no draw moves. */
  constant(values: ArrayLike<number>): number {
    const place = this.take(values.length);
    this.constants.push({ place, values });
    return place;
  }

  /** Room for so many whole numbers beside the numbers: where they stand among the kernel's indices. */
  takeWords(count: number): number {
    return 2 * this.take(Math.ceil(count / 2));
  }

  /** Whole numbers that are written there when the sheet is opened. */
  wordsOf(values: ArrayLike<number>): number {
    const index = this.takeWords(values.length);
    this.words.push({ index, values });
    return index;
  }

  /** Room for so many whole numbers; `index` says where once everything is taken. */
  takeIndices(count: number): number {
    const place = this.indices;
    this.indices += count;
    return place;
  }

  /** Where whole numbers stand among the kernel's indices, which come after all numbers. */
  index(taken: number): number {
    return this.taken * 2 + taken;
  }

  steps(): Steps {
    const steps = new Steps();
    this.programs.push(steps);
    return steps;
  }

  /** Makes the kernel and gives it all instructions and constants; nothing can be taken any more. */
  open(createKernel: (bytes: number) => Kernel): Kernel {
    for (const steps of this.programs) steps.start = this.takeIndices(steps.code.length);
    const kernel = createKernel(Math.ceil((this.taken * 2 + this.indices) / 4) * 16);
    this.kernel = kernel;
    this.numbers = kernel.numbers;
    for (const { place, values } of this.constants) kernel.numbers.set(values, place);
    for (const { index, values } of this.words) kernel.indices.set(values, index);
    for (const steps of this.programs) {
      steps.start = this.index(steps.start);
      kernel.indices.set(steps.code, steps.start);
    }
    return kernel;
  }

  /** Lets the kernel follow instructions for the first `lanes` draws of the block. */
  run(steps: Steps, lanes: number): void {
    const { size, years } = this;
    const shape: Lanes = { lanes, size, years };
    this.kernel?.run(steps.start, steps.start + steps.code.length, shape);
  }

  runAll(stages: readonly Stage[], lanes: number): void {
    for (const stage of stages)
      if (stage instanceof Steps) this.run(stage, lanes);
      else stage(lanes);
  }
}

/**
 * Writes a plan down as stages. What has been written down before is not worked out again: equal sums of equal blocks are
 * one block, whichever scenario asks for them.
 */
export class Writer {
  readonly stages: Stage[] = [];
  private steps: Steps;
  private readonly known = new Map<string, number>();

  constructor(readonly sheet: Sheet) {
    this.steps = this.section();
  }

  /** Goes on with instructions of their own. */
  private section(): Steps {
    this.steps = this.sheet.steps();
    this.stages.push(this.steps);
    return this.steps;
  }

  /** Work outside the kernel, at this place of the plan. */
  call(work: (lanes: number) => void): void {
    this.stages.push(work);
    this.section();
  }

  /** Ends what is written so far: gives it, and begins anew. What is known stays known. */
  cut(): Stage[] {
    const stages = this.stages.splice(0);
    this.section();
    return stages;
  }

  /** What `make` gives for a key, made once. */
  once(key: string, make: () => number): number {
    const found = this.known.get(key);
    if (found !== undefined) return found;
    const made = make();
    this.known.set(key, made);
    return made;
  }

  clear(into: number, rows: number): void {
    this.steps.push(Instruction.clear, into, 0, 0, rows);
  }

  copy(into: number, from: number, rows: number): void {
    this.steps.push(Instruction.copy, into, from, 0, rows);
  }

  add(into: number, amounts: number, rows = this.sheet.years): void {
    if (amounts !== this.sheet.nothing) this.steps.push(Instruction.add, into, amounts, 0, rows);
  }

  /** into = Σ amounts, in their order. */
  total(into: number, amounts: readonly number[], rows = this.sheet.years): void {
    const parts = amounts.filter((place) => place !== this.sheet.nothing);
    const [only] = parts;
    if (only === undefined) this.clear(into, rows);
    else if (parts.length === 1) this.copy(into, only, rows);
    else this.steps.total(into, parts, rows);
  }

  /** into = 0 and then the entries, in their order; so many rows. */
  balance(into: number, entries: readonly Entry[], rows: number): void {
    const { sheet } = this;
    // Between two of these rows the same entries count.
    const cuts = new Set([0, rows, ...entries.flatMap(({ from, until }) => [from, Math.min(until, rows)])]);
    const [first = 0, ...others] = [...cuts].sort((a, b) => a - b);
    let start = first;
    for (const end of others) {
      const now = entries.filter(({ from, until }) => from <= start && start < until);
      const list = now.map(({ amounts, from, isTakenOff }) => {
        const place = sheet.row(amounts, start - from);
        return isTakenOff ? ~place : place;
      });
      this.steps.listed(Instruction.balance, sheet.row(into, start), list.length, 0, end - start, list);
      start = end;
    }
  }

  /** The block that is the sum of some blocks, in their order. */
  sum(amounts: readonly number[]): number {
    const { sheet } = this;
    const parts = amounts.filter((place) => place !== sheet.nothing);
    const [only] = parts;
    if (only === undefined) return sheet.nothing;
    if (parts.length === 1) return only;
    return this.once(`+${parts.join()}`, () => {
      const into = sheet.block();
      this.total(into, parts);
      return into;
    });
  }

  /** The block a − b. */
  difference(a: number, b: number): number {
    const { sheet } = this;
    if (b === sheet.nothing) return a;
    return this.once(`-${a},${b}`, () => {
      const into = sheet.block();
      this.steps.push(Instruction.difference, into, a, b, sheet.years);
      return into;
    });
  }

  /** The block of a times one number. */
  share(amounts: number, share: number): number {
    const { sheet } = this;
    if (amounts === sheet.nothing || share === 1) return amounts;
    return this.once(`%${amounts},${share}`, () => {
      const into = sheet.block();
      this.steps.push(Instruction.share, into, amounts, sheet.constant([share]), sheet.years);
      return into;
    });
  }

  /** The row a · b. */
  product(a: number, b: number): number {
    return this.once(`*${a},${b}`, () => {
      const into = this.sheet.rows(1);
      this.steps.push(Instruction.scale, into, a, b, 1);
      return into;
    });
  }

  /** The block of which each year is a row of its own. */
  gather(rows: readonly number[]): number {
    const { sheet } = this;
    return this.once(`#${rows.join()}`, () => {
      const into = sheet.block();
      for (const [year, row] of rows.entries()) this.copy(sheet.row(into, year), row, 1);
      return into;
    });
  }

  /** into += amounts · factor, the factor one row. */
  addScaled(into: number, amounts: number, factor: number, rows: number): void {
    this.steps.push(Instruction.addScaled, into, amounts, factor, rows);
  }

  /**
   * What entrants of some years bring about: into[year] = Σ entrants[entry] · perEntrant[year − entry].
   *
   * @param width so many blocks in `perEntrant` and in `into`
   * @param followed years since entry in which anything happens
   */
  spread(
    into: number,
    perEntrant: number,
    entrants: number,
    width: number,
    entries: number,
    followed: number,
  ): void {
    this.steps.push(
      Instruction.spread,
      into,
      perEntrant,
      entrants,
      this.sheet.years,
      width,
      entries,
      followed,
    );
  }

  /**
   * What entrants cost on several courses: as `spread`, added up.
   *
   * @param parts a block of cost per entrant, rows of entrants, and the place of how many years since entry anything costs
   *   anything; one after the other
   * @param until place of how many rows there are, from the first, in which anything costs anything
   */
  work(into: number, parts: readonly number[], until: number, entries: number): void {
    this.steps.work(into, parts, until, this.sheet.years, entries);
  }

  /** into = drawn cost in terms of the planned; see Instruction.extent. */
  extent(into: number, drawn: number, planned: number, until: number): void {
    this.steps.push(Instruction.extent, into, drawn, planned, this.sheet.years, until);
  }

  /** Adds what is paid of a drawn cost; see Instruction.pay. */
  pay(into: number, extent: number, plan: number, until: number): void {
    this.steps.push(Instruction.pay, into, extent, plan, this.sheet.years, until);
  }

  /** Instructions of which the meaning is known elsewhere. */
  write(write: (steps: Steps) => void): void {
    write(this.steps);
  }

  /** The block of max(0, a + … up to the year). */
  gained(amounts: number): number {
    const { sheet } = this;
    return this.once(`cumulated ${amounts}`, () => {
      const into = sheet.block();
      this.steps.push(Instruction.gained, into, amounts, 0, sheet.years);
      return into;
    });
  }

  /** into = before − now, 0 where that is rounding; see fall. */
  fall(into: number, before: number, now: number, rows: number): void {
    this.steps.push(Instruction.fall, into, before, now, rows);
  }

  /** The row of an operation of a formula on rows; see Instruction.apply. */
  apply(op: number, a: number, b: number, condition = 0): number {
    return this.once(`${op} ${a} ${b} ${condition}`, () => {
      const into = this.sheet.rows(1);
      this.steps.push(Instruction.apply, into, a, b, 1, condition, op);
      return into;
    });
  }

  /** into = from: tells in which block of draws anything last changed, and where a value is wrong; see Instruction.renew. */
  renew(into: number, from: number, least: number, version: number, wrong: number): void {
    this.steps.push(Instruction.renew, into, from, least, 1, version, wrong, this.sheet.filled);
  }

  /** into = Σ amounts · factors: one row. */
  value(into: number, amounts: number, factors: number, rows: number): void {
    this.steps.push(Instruction.value, into, amounts, factors, rows);
  }
}
