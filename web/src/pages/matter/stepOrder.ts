/** In which order the steps stand that somebody may take: at most eight in front, the rest by chapters, and apart what still lacks something. */
import type { Clock, Step } from "@/api/shapes";
import { isRunning } from "@/clocks/colours";

/** A step with the clock that presses it. */
export interface Pressed {
  readonly step: Step;
  readonly clock: Clock;
}

export interface Order {
  /** What a running limit demands. */
  readonly due: readonly Pressed[];
  /** What may end one, where the law leaves several ways: what must come first before what ends it. */
  readonly ending: readonly Pressed[];
  /** What the stage waits for. */
  readonly onward: readonly Step[];
  /** What is taken often, and what this person took last. */
  readonly usual: readonly Step[];
  readonly rest: readonly Step[];
  /** What may be taken only once something else has happened, or was done already. */
  readonly lacking: readonly Step[];
}

// As many as are seen at a glance; of these so many are kept for what is usual.
const IN_FRONT = 8;
const USUAL = 3;
// What is due within so long is pressing, whether or not its colour says so yet.
const PRESSING_MS = 3 * 24 * 3600_000;

function isPressing(clock: Clock, now: number): boolean {
  return clock.colour !== "none" || (clock.due_at !== null && new Date(clock.due_at).getTime() - now < PRESSING_MS);
}

/** Whether it cannot be taken now, whatever is filled in. */
export function isBarred(step: Step): boolean {
  return step.lacks.length > 0 || step.barred !== "";
}

/** The pressing clock among these limits, the nearest of them. */
function pressingOf(limits: readonly string[], clocks: readonly Clock[], now: number): Clock | undefined {
  return clocks.find((each) => isRunning(each.state) && each.due_at !== null && limits.includes(each.limit) && isPressing(each, now));
}

function byDue(one: Pressed, other: Pressed): number {
  return String(one.clock.due_at).localeCompare(String(other.clock.due_at));
}

/** Pressed, where a clock presses it. */
function under(steps: readonly Step[], limits: (step: Step) => readonly string[], clocks: readonly Clock[], now: number): Pressed[] {
  const pressed = steps.flatMap((step) => {
    const clock = pressingOf(limits(step), clocks, now);
    return clock ? [{ step, clock }] : [];
  });
  return pressed.sort(byDue);
}

/** The steps as they stand for somebody who took those `lately`, the latest first. */
export function orderOf(steps: readonly Step[], clocks: readonly Clock[], now: number, lately: readonly string[]): Order {
  const ready = steps.filter((step) => !isBarred(step));
  const often = [...new Set([...lately.flatMap((name) => ready.filter((step) => step.step === name)), ...ready.filter((step) => step.usual)])];
  let left = IN_FRONT - Math.min(USUAL, often.length);
  const shown = new Set<Step>();
  const take = <T,>(all: readonly T[], step: (one: T) => Step): T[] => {
    const taken = all.filter((one) => !shown.has(step(one))).slice(0, left);
    for (const one of taken) shown.add(step(one));
    left -= taken.length;
    return taken;
  };
  const ofPressed = (one: Pressed) => one.step;
  const due = take(under(steps.filter((step) => step.barred === ""), (step) => step.requires, clocks, now), ofPressed);
  const first = under(ready.filter((step) => step.awaited), (step) => step.leads_to, clocks, now);
  const ending = take([...first, ...under(ready, (step) => step.meets, clocks, now)], ofPressed);
  const onward = take(ready.filter((step) => step.awaited), (step) => step);
  left = IN_FRONT - shown.size;
  const usual = take(often, (step) => step);
  const hidden = steps.filter((step) => isBarred(step) && !shown.has(step));
  return { due, ending, onward, usual, rest: ready.filter((step) => !shown.has(step)), lacking: hidden };
}
