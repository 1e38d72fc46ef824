/** A time as it is said on the telephone: 21:30, 2130, 昨天 21:30, 11-29 21:30, 2026-11-29 21:30. */
import type { Dayjs } from "dayjs";

import { nowInChina, writtenInstant } from "@/clocks/instants";

const DAYS: Readonly<Record<string, number>> = { 今天: 0, 今晚: 0, 今早: 0, 昨天: 1, 昨晚: 1, 昨日: 1, 前天: 2, 前晚: 2 };
const TIME = /^(?:(今天|今晚|今早|昨天|昨晚|昨日|前天|前晚)|(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?)?\s*(\d{1,2})[:：点时]?(\d{2})分?$/;

/** The instant as forms want it; null where it cannot be read. A mere time that has not come yet today was yesterday's. */
export function readTime(text: string, now: Dayjs = nowInChina()): string | null {
  const found = TIME.exec(text.trim());
  if (!found) return null;
  const [, word, year, month, day, hour, minute] = found;
  if (Number(hour) > 23 || Number(minute) > 59) return null;
  const at = now.hour(Number(hour)).minute(Number(minute)).second(0).millisecond(0);
  if (word) return writtenInstant(at.subtract(DAYS[word] ?? 0, "day"));
  if (!month) return writtenInstant(at.isAfter(now) ? at.subtract(1, "day") : at);
  const dated = at.year(Number(year ?? now.year())).month(Number(month) - 1).date(Number(day));
  if (dated.month() !== Number(month) - 1 || dated.date() !== Number(day)) return null;
  return writtenInstant(!year && dated.isAfter(now) ? dated.subtract(1, "year") : dated);
}
