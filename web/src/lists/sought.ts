/** The words by which a list is narrowed: kept in this page's memory and sent in bodies, since no address is a place for people's names. */
import { useState } from "react";

import { onSignOut } from "@/api/session";

const kept = new Map<string, string>();

onSignOut(() => {
  kept.clear();
});

/** What was looked for in that list last, until somebody signs out. */
export function useSought(list: string): readonly [string, (words: string) => void] {
  const [words, setWords] = useState(kept.get(list) ?? "");
  return [
    words,
    (next) => {
      kept.set(list, next);
      setWords(next);
    },
  ];
}
