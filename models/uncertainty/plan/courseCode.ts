import { followedCycles } from "../../cohort/lags.ts";
import type { Model } from "../../model/model.ts";
import { Word } from "../kernel/courseWords.ts";
import type { Changes, EffectClock, StepClock } from "./clocks.ts";
import {
  type CarriedMoves,
  type CourseParts,
  type CoursePlan,
  type CourseRoom,
  carriedMoves,
} from "./coursePlan.ts";
import type { Sheet } from "./sheet.ts";

/** Writes a course down for the kernel (courseWords.ts). */
export function courseCode(
  model: Model,
  plan: CoursePlan,
  parts: CourseParts,
  room: CourseRoom,
  sheet: Sheet,
): readonly number[] {
  return new CourseWriter(plan, parts, room, sheet).write(model);
}

/** An effect that acts: its place among the plan's, and its clock. */
interface Acting {
  readonly effect: number;
  readonly clock: EffectClock;
}

/**
 * Writes one course. It is short work, done for a few dozen courses: small steps that push one word after the other are
 * as fast as it gets, for what compilers make of them costs more than the work itself.
 */
class CourseWriter {
  private readonly words: number[] = new Array<number>(Word.lists).fill(0);
  /** Clocks of steps, each once. */
  private readonly stepClocks: readonly StepClock[];
  private readonly acting: readonly Acting[];
  private readonly carried: CarriedMoves;

  constructor(
    private readonly plan: CoursePlan,
    private readonly parts: CourseParts,
    private readonly room: CourseRoom,
    private readonly sheet: Sheet,
  ) {
    this.stepClocks = parts.steps;
    this.acting = parts.clocks.flatMap((clock, effect) => (clock ? [{ effect, clock }] : []));
    this.carried = carriedMoves(plan.links, room.places);
  }

  write({ time }: Model): readonly number[] {
    const { acting, plan, room, sheet, stepClocks, words } = this;
    const cycles = followedCycles(time);
    const movers = stepClocks.length + acting.length + plan.groups.length;
    this.writeEntry();
    this.writeClocks();
    this.writeSteppings();
    this.writeEffects();
    this.writeGroups();
    this.writeStates();
    const broken = words.length;
    words[Word.cycles] = cycles;
    words[Word.perYear] = time.cyclesPerYear;
    words[Word.isRate] = plan.kind === "rate" ? 1 : 0;
    words[Word.total] = room.total;
    words[Word.broken] = broken;
    words[Word.isHalf] = room.layout.occupancyMode === 0 ? 1 : 0;
    words[Word.movers] = broken + sheet.size;
    words[Word.moving] = broken + sheet.size + movers;
    for (let word = sheet.size + movers + cycles; word > 0; word -= 1) words.push(0);
    return words;
  }

  private writeEntry(): void {
    const { plan, sheet, words } = this;
    words.push(plan.entry.length);
    for (const [state, share] of plan.entry.entries()) {
      words.push(share?.place ?? sheet.nothing);
      words.push(this.shareRow(state));
    }
  }

  private writeClocks(): void {
    const { acting, stepClocks, words } = this;
    const changes = new Set<Changes>();
    for (const clock of stepClocks) changes.add(clock.changes);
    for (const { clock } of acting) changes.add(clock.changes);
    words.push(changes.size);
    for (const { index } of changes) words.push(index);
  }

  private writeSteppings(): void {
    const { stepClocks, words } = this;
    words.push(stepClocks.length);
    for (const stepper of stepClocks.keys()) this.writeStepping(stepper);
  }

  /** The moves whose steps have a clock, and the rows of what holds by step. */
  private writeStepping(stepper: number): void {
    const { plan, room, sheet, stepClocks, words } = this;
    const own: number[] = [];
    for (let move = 0; move < plan.moves.length; move += 1)
      if (plan.startsOf[move] === stepper) own.push(move);
    const steps = plan.moves[own[0] as number]?.steps.length ?? 0;
    words.push((stepClocks[stepper] as StepClock).changes.index);
    words.push(own.length);
    words.push(own.length * (1 + steps));
    for (const move of own) words.push(sheet.row(room.bases, move));
    for (const _ of own) words.push(sheet.nothing);
    for (let step = 0; step < steps; step += 1)
      for (const move of own) words.push(plan.moves[move]?.steps[step]?.value.place ?? sheet.nothing);
  }

  private writeEffects(): void {
    const { acting, room, sheet, words } = this;
    words.push(acting.length);
    for (const { clock, effect } of acting) {
      words.push(clock.changes.index);
      words.push(sheet.row(room.strengths, effect));
    }
  }

  private writeGroups(): void {
    const { plan, words } = this;
    words.push(plan.groups.length);
    for (const [group, members] of plan.groups.entries()) {
      words.push(this.factorRow(group));
      words.push(members.length);
      for (const effect of members) this.writeMember(effect);
    }
  }

  private writeMember(effect: number): void {
    const { acting, parts, room, sheet, stepClocks, words } = this;
    words.push(parts.logs[effect]?.row ?? 0);
    words.push(sheet.row(room.strengths, effect));
    words.push(stepClocks.length + acting.findIndex((own) => own.effect === effect));
  }

  private writeStates(): void {
    const { carried, room, words } = this;
    const count = words.push(0) - 1;
    for (const [state, own] of carried.leaving.entries()) {
      if (own.length === 0 && (room.places[state] as number) < 0) continue;
      words[count] = (words[count] as number) + 1;
      this.writeState(state, own);
    }
  }

  private writeState(state: number, own: readonly number[]): void {
    const { words } = this;
    const movers = new Set<number>();
    for (const move of own) {
      movers.add(this.plan.startsOf[move] as number);
      movers.add(this.stepClocks.length + this.acting.length + this.groupOf(move));
    }
    words.push(this.stayRow(state));
    words.push(own.length);
    words.push(movers.size);
    for (const move of own) this.writeMove(move);
    for (const mover of movers) words.push(mover);
  }

  private writeMove(move: number): void {
    const { carried, room, sheet, words } = this;
    words.push(sheet.row(room.bases, move));
    words.push(this.factorRow(this.groupOf(move)));
    words.push(sheet.row(room.layout.chances, carried.chances[move] as number));
  }

  private groupOf(move: number): number {
    return this.plan.groupOf[move] ?? 0;
  }

  private factorRow(group: number): number {
    const { plan, room, sheet } = this;
    return plan.groups[group]?.length === 0 ? room.one : sheet.row(room.factors, group);
  }

  private stayRow(state: number): number {
    const { room, sheet } = this;
    const place = room.places[state] as number;
    return sheet.row(room.layout.stay, place < 0 ? room.layout.states : place);
  }

  private shareRow(state: number): number {
    const { room, sheet } = this;
    const place = room.places[state] as number;
    return place < 0 ? this.stayRow(state) : sheet.row(room.layout.state, place);
  }
}
