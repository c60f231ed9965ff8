import { followedCycles } from "../cohort/lags.ts";
import type { Model } from "../model/model.ts";
import type { EffectClock, StepClock } from "./clocks.ts";
import { type CourseParts, type CoursePlan, type CourseRoom, carriedMoves } from "./coursePlan.ts";
import { Word } from "./courseWords.ts";
import type { Sheet } from "./sheet.ts";

/** Writes a course down for the kernel (courseWords.ts). */
export function courseCode(
  model: Model,
  plan: CoursePlan,
  parts: CourseParts,
  room: CourseRoom,
  sheet: Sheet,
): number[] {
  const { groups, moves } = plan;
  const stepClocks = [...new Set(parts.steps)];
  const acting = plan.effects.flatMap((_, effect) => (parts.clocks[effect] ? [effect] : []));
  const effectClocks = acting.map((effect) => parts.clocks[effect] as EffectClock);
  const clocks = [...new Set([...stepClocks, ...effectClocks])];
  const moverOfEffect = (effect: number) => stepClocks.length + acting.indexOf(effect);
  const moverOfGroup = (group: number) => stepClocks.length + acting.length + group;
  const factorRow = (group: number) =>
    groups[group]?.length === 0 ? room.one : sheet.row(room.factors, group);
  const stayRow = (state: number) => {
    const place = room.places[state] as number;
    return sheet.row(room.layout.stay, place < 0 ? room.layout.states : place);
  };
  const shareRow = (state: number) => {
    const place = room.places[state] as number;
    return place < 0 ? stayRow(state) : sheet.row(room.layout.state, place);
  };
  const { order } = carriedMoves(plan, room.places);
  const lists = [
    listed(plan.entry.map((share, state) => [share?.place ?? sheet.nothing, shareRow(state)])),
    listed(clocks.map(({ changes }) => [changes.index])),
    listed(stepClocks.map((clock) => stepping(clock, plan, parts, room, sheet))),
    listed(
      acting.map((effect, at) => [
        (effectClocks[at] as EffectClock).changes.index,
        sheet.row(room.strengths, effect),
      ]),
    ),
    listed(
      groups.map((members, group) => [
        factorRow(group),
        members.length,
        ...members.flatMap((effect) => [
          parts.logs[effect]?.row ?? 0,
          sheet.row(room.strengths, effect),
          moverOfEffect(effect),
        ]),
      ]),
    ),
    listed(
      model.states.flatMap((_, state) => {
        const own = moves.flatMap(({ from }, index) => (from === state ? [index] : []));
        if (own.length === 0 && (room.places[state] as number) < 0) return [];
        const movers = own.flatMap((index) => [
          stepClocks.indexOf(parts.steps[index] as StepClock),
          moverOfGroup(moves[index]?.group ?? 0),
        ]);
        const rows = own.flatMap((index) => [
          sheet.row(room.bases, index),
          factorRow(moves[index]?.group ?? 0),
          sheet.row(room.layout.chances, order.indexOf(index)),
        ]);
        const each = [...new Set(movers)];
        return [[stayRow(state), own.length, each.length, ...rows, ...each]];
      }),
    ),
  ].flat();
  const cycles = followedCycles(model.time);
  const movers = moverOfGroup(groups.length);
  const broken = Word.lists + lists.length;
  const words: number[] = [];
  words[Word.cycles] = cycles;
  words[Word.perYear] = model.time.cyclesPerYear;
  words[Word.isRate] = plan.kind === "rate" ? 1 : 0;
  words[Word.total] = room.total;
  words[Word.broken] = broken;
  words[Word.movers] = broken + sheet.size;
  words[Word.moving] = broken + sheet.size + movers;
  return [...words, ...lists, ...new Array<number>(sheet.size + movers + cycles).fill(0)];
}

/** A list behind the number of its items. */
function listed(items: readonly (readonly number[])[]): number[] {
  return [items.length, ...items.flat()];
}

/** The moves whose steps have a clock, and the rows of what holds by step. */
function stepping(
  clock: StepClock,
  plan: CoursePlan,
  parts: CourseParts,
  room: CourseRoom,
  sheet: Sheet,
): number[] {
  const own = plan.moves.flatMap((move, index) => (parts.steps[index] === clock ? [{ move, index }] : []));
  const steps = own[0]?.move.steps ?? [];
  const held = [
    ...own.map(() => sheet.nothing),
    ...steps.flatMap((_, step) => own.map(({ move }) => move.steps[step]?.value.place ?? sheet.nothing)),
  ];
  const rates = own.map(({ index }) => sheet.row(room.bases, index));
  return [clock.changes.index, own.length, held.length, ...rates, ...held];
}
