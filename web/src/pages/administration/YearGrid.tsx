/** Twelve months to click: each day a button, the arrows lead from day to day. */
import dayjs from "dayjs";
import { type KeyboardEvent, useState } from "react";

const WEEKDAYS = ["一", "二", "三", "四", "五", "六", "日"];
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

export function daysOf(year: number): string[] {
  const first = dayjs(`${year}-01-01`);
  const count = first.add(1, "year").diff(first, "day");
  return Array.from({ length: count }, (_, n) => first.add(n, "day").format("YYYY-MM-DD"));
}

export function isWeekend(day: string): boolean {
  const weekday = dayjs(day).day();
  return weekday === 0 || weekday === 6;
}

interface Props {
  readonly year: number;
  readonly rest: ReadonlySet<string>;
  readonly onToggle: (day: string) => void;
}

/** What a day is, beside what its place in the week would make it. */
function kindOf(day: string, isRest: boolean): { name: string; sign: string; zh: string } {
  if (isWeekend(day)) return isRest ? { name: "weekend", sign: "", zh: "周末休息" } : { name: "work", sign: "班", zh: "周末上班" };
  return isRest ? { name: "rest", sign: "休", zh: "放假" } : { name: "plain", sign: "", zh: "上班" };
}

export function YearGrid({ year, rest, onToggle }: Props) {
  const [at, setAt] = useState(`${year}-01-01`);
  const keyed = (event: KeyboardEvent<HTMLElement>) => {
    const by = STEPS[event.key];
    if (!by) return;
    event.preventDefault();
    const next = dayjs(at).add(by, "day");
    if (next.year() !== year) return;
    const day = next.format("YYYY-MM-DD");
    setAt(day);
    document.getElementById(`day-${day}`)?.focus();
  };
  const all = daysOf(year);
  return (
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the arrows move between the buttons within
    <div className="year-grid" onKeyDown={keyed}>
      {Array.from({ length: 12 }, (_, n) => {
        const days = all.filter((day) => Number(day.slice(5, 7)) === n + 1);
        const blanks = (dayjs(days[0]).day() + 6) % 7;
        return (
          <section key={n} className="month" aria-label={`${n + 1} 月`}>
            <h3>{n + 1} 月</h3>
            <div className="month-days">
              {WEEKDAYS.map((each) => (
                <span key={each} className="weekday" aria-hidden="true">
                  {each}
                </span>
              ))}
              {blanks > 0 && <span style={{ gridColumn: `span ${blanks}` }} />}
              {days.map((day) => {
                const kind = kindOf(day, rest.has(day));
                return (
                  <button
                    key={day}
                    id={`day-${day}`}
                    type="button"
                    className={`day day-${kind.name}`}
                    aria-pressed={rest.has(day)}
                    tabIndex={day === at ? 0 : -1}
                    onFocus={() => {
                      setAt(day);
                    }}
                    onClick={() => {
                      onToggle(day);
                    }}
                  >
                    <span className="unseen">{n + 1} 月</span>
                    {Number(day.slice(8))}
                    <span className="unseen">日 {kind.zh}</span>
                    {kind.sign && <small aria-hidden="true">{kind.sign}</small>}
                  </button>
                );
              })}
            </div>
          </section>
        );
      })}
    </div>
  );
}
