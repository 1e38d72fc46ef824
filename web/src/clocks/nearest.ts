import type { Clock } from "@/api/shapes";
import { isRunning } from "@/clocks/colours";

type Limit = Pick<Clock, "state" | "due_at" | "colour" | "liberty">;

/** The limit that counts most: the nearest on somebody's liberty, else the nearest; what is merely due at once comes after what has a time left. */
export function nearestOf<T extends Limit>(clocks: readonly T[], now: number): T | undefined {
  const isAtOnce = (clock: T) => clock.colour !== "overdue" && new Date(clock.due_at ?? 0).getTime() <= now;
  const place = (clock: T) => `${clock.liberty ? 0 : 1}${isAtOnce(clock) ? 1 : 0}${clock.due_at ?? ""}`;
  return clocks.filter((each) => isRunning(each.state) && each.due_at).sort((one, other) => place(one).localeCompare(place(other)))[0];
}
