/** Finding a thing by what people type: its name, everyday words for it, its pinyin or the initials of that. */

export interface Findable {
  readonly zh: string;
  /** Its pinyin, whole and by initials; behind it that of each everyday word. */
  readonly spelt: string;
  /** What else people call it. */
  readonly everyday?: readonly string[];
  /** What it is found by last: an article, a code. */
  readonly besides?: string;
}

/** How well something answers what was typed, 0 best: the very name, what begins with it, what contains it; null: not at all. */
export function rank(of: Findable, typed: string): number | null {
  const sought = typed.trim().toLowerCase();
  const [whole = "", initials = "", ...others] = of.spelt.split(" ");
  const everyday = of.everyday ?? [];
  const ways = [
    of.zh === sought,
    everyday.includes(sought),
    of.zh.startsWith(sought),
    everyday.some((each) => each.startsWith(sought)),
    initials === sought,
    others.includes(sought),
    of.zh.includes(sought),
    everyday.some((each) => each.includes(sought)),
    initials.startsWith(sought),
    whole.startsWith(sought),
    others.some((each) => each.startsWith(sought)),
    whole.includes(sought),
    (of.besides ?? "").includes(sought),
  ];
  const found = ways.indexOf(true);
  return found < 0 ? null : found;
}

/** What answers, the best first; of those that answer alike the first first. */
export function found<T extends Findable>(all: readonly T[], typed: string): T[] {
  return all
    .map((each) => ({ each, place: rank(each, typed) }))
    .filter((one): one is { each: T; place: number } => one.place !== null)
    .sort((one, other) => one.place - other.place)
    .map(({ each }) => each);
}
