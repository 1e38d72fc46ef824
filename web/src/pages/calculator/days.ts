/** What each day is: working or not, and what happens to the limit on it. */
import type { Colour } from "@/api/shapes";
import { inChina } from "@/clocks/instants";
import type { Question, Reckoned } from "@/pages/calculator/question";

export interface Marked {
  readonly rest: ReadonlySet<string>;
  readonly start: string;
  readonly due: string;
  readonly colours: ReadonlyMap<string, Colour>;
  readonly excluded: readonly { readonly from: string; readonly to: string }[];
}

export function marked(question: Question, reckoned: Reckoned, rest: ReadonlySet<string>): Marked {
  return {
    rest,
    start: question.start.slice(0, 10),
    due: reckoned.due ? inChina(reckoned.due).format("YYYY-MM-DD") : "",
    // Of several on one day the last is the most pressing; that it is over is what the day itself says.
    colours: new Map(reckoned.rungs.filter((each) => each.colour !== "overdue").map((each) => [inChina(each.at).format("YYYY-MM-DD"), each.colour])),
    excluded: question.exclusions.filter((each) => each.from && each.to),
  };
}

function isWeekend(day: string): boolean {
  return [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());
}

export type DayKind = "working" | "weekend" | "holiday" | "make-up";

export function dayKind(day: string, rest: ReadonlySet<string>): DayKind {
  if (rest.size === 0) return isWeekend(day) ? "weekend" : "working";
  if (isWeekend(day)) return rest.has(day) ? "weekend" : "make-up";
  return rest.has(day) ? "holiday" : "working";
}

/** A day that is no ordinary working day, in words. */
export function dayWords(day: string, marks: Marked): string {
  const words: Readonly<Record<DayKind, string>> = { working: "", weekend: "休息日", holiday: "节假日", "make-up": "调休上班" };
  return words[dayKind(day, marks.rest)];
}

/** The days of a month by weeks that begin on Monday; empty where another month lies. */
export function weeksOf(month: string): readonly (readonly string[])[] {
  const first = new Date(`${month}-01T00:00:00Z`);
  const before = (first.getUTCDay() + 6) % 7;
  const count = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  const cells = [...Array<string>(before).fill(""), ...Array.from({ length: count }, (_, n) => `${month}-${String(n + 1).padStart(2, "0")}`)];
  while (cells.length % 7 > 0) cells.push("");
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

/** Each month from one day to another; of many the first and the last. */
export function monthsOf(from: string, to: string, most: number): readonly string[] {
  const [low, high] = from <= to ? [from, to] : [to, from];
  const months: string[] = [];
  for (let month = low.slice(0, 7); month <= high.slice(0, 7); month = after(month)) months.push(month);
  return months.length <= most ? months : [...months.slice(0, 1), ...months.slice(1 - most)];
}

function after(month: string): string {
  const [year = 0, n = 0] = month.split("-").map(Number);
  return n === 12 ? `${String(year + 1)}-01` : `${String(year)}-${String(n + 1).padStart(2, "0")}`;
}
