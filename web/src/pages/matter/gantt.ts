/** A person's measures and limits laid out in time: pure arithmetic, drawn elsewhere. */
import type { PersonsMeasures } from "@/api/shapes";

export type Limit = PersonsMeasures["limits"][number];
export type Measure = PersonsMeasures["measures"][number];

export interface Bar {
  readonly left: number;
  readonly width: number;
}

export interface Span {
  readonly from: number;
  readonly to: number;
}

const HOUR = 3600_000;
const DAY = 24 * HOUR;
// A limit met within the hour is still to be seen.
const LEAST = 0.6;

function time(instant: string | null): number | null {
  return instant ? new Date(instant).getTime() : null;
}

/** From the first of anything to the last due date, with a little air; what is due in years is cut off. */
export function spanOf(person: PersonsMeasures, now: number): Span {
  const begins = [...person.measures.map((each) => time(each.from)), ...person.limits.map((each) => time(each.started_at))];
  const ends = [...person.measures.map((each) => time(each.to) ?? now), ...person.limits.map((each) => time(each.ended_at) ?? time(each.due_at))];
  const known = (values: readonly (number | null)[]) => values.filter((each) => each !== null);
  const from = Math.min(...known(begins), now);
  const to = Math.max(...known(ends), now);
  const air = Math.max((to - from) * 0.04, HOUR);
  return { from: from - air, to: Math.min(to, now + Math.max(now - from, 30 * DAY) * 2) + air };
}

export function barOf(from: string | null, to: number | null, span: Span): Bar | null {
  const begin = time(from);
  if (begin === null || to === null) return null;
  const whole = span.to - span.from;
  const left = Math.max(0, ((begin - span.from) / whole) * 100);
  const right = Math.min(100, ((to - span.from) / whole) * 100);
  return { left, width: Math.max(LEAST, right - left) };
}

export function placeOf(instant: number, span: Span): number {
  return ((instant - span.from) / (span.to - span.from)) * 100;
}

const STEPS = [HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY, 2 * DAY, 5 * DAY, 10 * DAY, 30 * DAY, 90 * DAY, 365 * DAY];
const CHINA = 8 * HOUR;

/** Where the axis is marked: at most eight even instants of China's day. */
export function marksOf(span: Span): readonly number[] {
  const step = STEPS.find((each) => (span.to - span.from) / each <= 8) ?? 365 * DAY;
  const first = Math.ceil((span.from + CHINA) / step) * step - CHINA;
  const marks: number[] = [];
  for (let mark = first; mark < span.to; mark += step) marks.push(mark);
  return marks;
}

export function isFineGrained(span: Span): boolean {
  return span.to - span.from < 6 * DAY;
}
