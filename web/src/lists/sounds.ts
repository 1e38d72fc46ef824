/** Finding somebody, or a unit, in a pick list: by any part of what it says there, by its pinyin, or by the initials of that. */
import { useCallback, useMemo } from "react";

import { useRoster } from "@/api/queries";

interface Listed {
  readonly label?: unknown;
  readonly title?: unknown;
  /** How it is spoken, where it is nobody of the bureau's roster. */
  readonly spelt?: string;
}

/** The names in a label, and what stands beside them: 刘思源 100123 · 城关派出所 · 办案民警. A dot within a name (买买提·艾力) divides nothing. */
export function partsOf(label: string): readonly string[] {
  return label.split(/\s+(?:·\s+)?|[（）]+/);
}

/** Whether what was typed is part of the label, or begins how it is spoken, whole or by initials, with or without blanks between syllables. */
export function isMeant(typed: string, label: string, spelt: readonly string[]): boolean {
  const sought = typed.trim().toLowerCase();
  const spoken = sought.replaceAll(/[\s'’]+/g, "");
  return label.toLowerCase().includes(sought) || (spoken !== "" && spelt.some((each) => each.split(" ").some((way) => way.startsWith(spoken))));
}

/** The filter of a pick list of people or units, who are heard as well as read. */
export function useHeard(): (typed: string, option?: Listed) => boolean {
  const roster = useRoster().data;
  const spoken = useMemo(() => new Map([...(roster?.units ?? []), ...(roster?.people ?? [])].map((each) => [each.zh, each.spelt])), [roster]);
  return useCallback(
    (typed, option) => {
      const label = [option?.label, option?.title].find((each): each is string => typeof each === "string") ?? "";
      return isMeant(typed, label, [option?.spelt ?? "", ...partsOf(label).map((part) => spoken.get(part) ?? "")]);
    },
    [spoken],
  );
}
