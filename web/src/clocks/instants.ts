/** Instants as people in China read them, whatever the machine's zone is. */
import dayjs, { type Dayjs } from "dayjs";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);

const CHINA_MINUTES = 8 * 60;

/** An instant in China's time, which has had no summer time since 1991. */
export function inChina(instant: string | number | Date): Dayjs {
  return dayjs(instant).utcOffset(CHINA_MINUTES);
}

export function nowInChina(): Dayjs {
  return inChina(Date.now());
}

export function shownInstant(instant: string | null | undefined, dateOnly = false): string {
  if (!instant) return "—";
  return inChina(instant).format(dateOnly ? "YYYY-MM-DD" : "YYYY-MM-DD HH:mm");
}

/** As forms want it: 2026-09-28T10:00:00+08:00. */
export function writtenInstant(value: Dayjs): string {
  return `${value.format("YYYY-MM-DDTHH:mm:ss")}+08:00`;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long until, or since, an instant: “还有 2 天 3 小时”, “已超 40 分钟”; what is due at once is over only when its colour says so. */
export function untilWords(instant: string, now: number, colour: string = OVER): string {
  const left = new Date(instant).getTime() - now;
  const words = spanWords(Math.abs(left));
  if (left >= 0) return `还有 ${words}`;
  return colour === OVER ? `已超 ${words}` : "应立即办理";
}

const OVER = "overdue";

export function spanWords(milliseconds: number): string {
  const days = Math.floor(milliseconds / DAY);
  const hours = Math.floor((milliseconds % DAY) / HOUR);
  const minutes = Math.floor((milliseconds % HOUR) / MINUTE);
  if (days >= 10) return `${days} 天`;
  if (days > 0) return hours > 0 ? `${days} 天 ${hours} 小时` : `${days} 天`;
  if (hours > 0) return `${hours} 小时 ${minutes} 分`;
  return minutes > 0 ? `${minutes} 分钟` : "不到 1 分钟";
}
