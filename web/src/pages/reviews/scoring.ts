/** A sheet while it is filled in: what is said of each item, kept on this machine until it is sent. */
import { useState } from "react";

import { useMe } from "@/api/queries";
import type { ChecklistItem, ItemScore, SheetView } from "@/api/shapes";
import { type Draft, draftOf, keepDraft, newKey } from "@/forms/drafts";
import type { Verdict } from "@/pages/reviews/words";

export const STEP = "score-file";
export const HALF = 0.5;
/** An item as it is being scored; without a verdict it is still open. */
export interface Said {
  readonly verdict?: Verdict;
  readonly points: number;
  readonly veto: boolean;
  readonly note: string;
}
export type Sheet = Readonly<Record<number, Said>>;

export interface Scoring {
  readonly sheet: Sheet;
  readonly key: string;
  readonly say: (item: ChecklistItem, said: Partial<Said>) => void;
}

const OPEN: Said = { points: 0, veto: false, note: "" };

/** What a verdict comes to before somebody says otherwise: of what is partly met what findings propose, or half. */
function pointsOf(item: ChecklistItem, verdict: Verdict, proposed: number | undefined): number {
  if (verdict === "met") return item.points;
  if (verdict !== "partly") return 0;
  const half = Math.round(item.points) / 2;
  return proposed !== undefined && proposed > 0 && proposed < item.points ? proposed : half;
}

export function sumOf(told: SheetView, sheet: Sheet): { readonly result: string; readonly left: number; readonly vetoes: readonly number[] } {
  const said = told.checklist.items.map((item) => ({ item, said: sheet[item.number] ?? OPEN }));
  const applying = said.filter(({ said: each }) => each.verdict !== "na");
  const applicable = applying.reduce((sum, { item }) => sum + item.points, 0);
  const points = applying.reduce((sum, { said: each }) => sum + each.points, 0);
  return {
    result: applicable === 0 ? "—" : ((points * 100) / applicable).toFixed(1),
    left: said.filter(({ said: each }) => !each.verdict).length,
    vetoes: said.filter(({ item, said: each }) => each.veto || (item.vetoed_unmet && each.verdict === "not")).map(({ item }) => item.number),
  };
}

/** What is handed in. */
export function itemsOf(sheet: Sheet): readonly object[] {
  return Object.entries(sheet).map(([item, { verdict, points, veto, note }]) => ({ item: Number(item), verdict, points, veto, note }));
}

function asSent(scores: readonly ItemScore[]): Sheet {
  return Object.fromEntries(scores.map((each) => [each.item, { verdict: each.verdict, points: each.points ?? 0, veto: each.veto ?? false, note: each.note ?? "" }]));
}

export function useScoring(told: SheetView): Scoring {
  const username = useMe().data?.username ?? "";
  const [draft, setDraft] = useState<Draft>(() => draftOf(username, told.number, STEP) ?? { data: {}, key: newKey(), savedAt: Date.now() });
  const sheet = told.scores.length > 0 ? asSent(told.scores) : (draft.data as unknown as Sheet);
  return {
    sheet,
    key: draft.key,
    say: (item, said) => {
      const before = sheet[item.number] ?? OPEN;
      const proposed = told.proposed.find((each) => each.item === item.number)?.points;
      const points = said.verdict && said.points === undefined ? pointsOf(item, said.verdict, proposed) : (said.points ?? before.points);
      const next = { ...sheet, [item.number]: { ...before, ...said, points: Math.min(item.points, Math.max(0, points)) } };
      const kept = { ...draft, data: next as unknown as Record<string, unknown>, savedAt: Date.now() };
      keepDraft(username, told.number, STEP, kept);
      setDraft(kept);
    },
  };
}
