/** Units as a tree, each beneath the one above it. */
import type { Unit } from "@/api/shapes";

export interface Branch {
  readonly value: string;
  readonly title: string;
  readonly children: Branch[];
}

export function branches(units: readonly Unit[]): Branch[] {
  const found = new Map<string, Branch>(units.map((each) => [each.unit, { value: each.unit, title: each.zh, children: [] }]));
  const tops: Branch[] = [];
  for (const each of units) {
    const branch = found.get(each.unit);
    const above = each.parent ? found.get(each.parent) : undefined;
    if (branch) (above?.children ?? tops).push(branch);
  }
  return tops;
}
