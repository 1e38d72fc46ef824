/** Finding somebody, or a unit, in a pick list: by any part of what it says there, by its pinyin, or by the initials of that. */
import { useCallback, useMemo } from "react";

import { useRoster } from "@/api/queries";

interface Listed {
  readonly label?: unknown;
  readonly title?: unknown;
  /** How it is spoken, where it is nobody of the bureau's roster. */
  readonly spelt?: string;
}

// What stands beside a name in a list: 刘思源 100123 · 城关派出所 · 办案民警.
const PARTS = /[\s·（）]+/;

/** Whether what was typed is part of the label, or begins how it is spoken, whole or by initials. */
export function isMeant(typed: string, label: string, spelt: readonly string[]): boolean {
  const sought = typed.trim().toLowerCase();
  return label.toLowerCase().includes(sought) || spelt.some((each) => each.split(" ").some((way) => way.startsWith(sought)));
}

/** The filter of a pick list of people or units, who are heard as well as read. */
export function useHeard(): (typed: string, option?: Listed) => boolean {
  const roster = useRoster().data;
  const spoken = useMemo(() => new Map([...(roster?.units ?? []), ...(roster?.people ?? [])].map((each) => [each.zh, each.spelt])), [roster]);
  return useCallback(
    (typed, option) => {
      const label = [option?.label, option?.title].find((each): each is string => typeof each === "string") ?? "";
      return isMeant(typed, label, [option?.spelt ?? "", ...label.split(PARTS).map((part) => spoken.get(part) ?? "")]);
    },
    [spoken],
  );
}
