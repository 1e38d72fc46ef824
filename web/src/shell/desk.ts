/** Which of my offices I am looking from: a filter of what is shown, not of what I may do. */
import { useSyncExternalStore } from "react";

import { useMe } from "@/api/queries";
import type { Desk, Office } from "@/api/shapes";

const KEY = "louke.desk";
const listeners = new Set<() => void>();
let chosen = localStorage.getItem(KEY) ?? "";

export function deskId(desk: Desk): string {
  return `${desk.office}@${desk.unit}`;
}

export function chooseDesk(id: string): void {
  chosen = id;
  localStorage.setItem(KEY, id);
  for (const tell of listeners) tell();
}

/** The chosen office; null while all of them are looked from at once. */
export function useDesk(): Desk | null {
  const id = useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => chosen,
  );
  return useMe().data?.offices.find((each) => deskId(each) === id) ?? null;
}

// Of several offices that by which somebody is known comes first.
const LEADING: readonly Office[] = ["provincial-head", "city-head", "higher-police", "county-head", "supervisor", "station-head", "legal-reviewer", "case-management-officer"];

/** The office as which somebody is shown: the chosen one, or the highest of theirs. */
export function useStandsFor(): Desk | undefined {
  const desk = useDesk();
  const offices = useMe().data?.offices ?? [];
  return desk ?? LEADING.map((office) => offices.find((each) => each.office === office)).find(Boolean) ?? offices[0];
}

/** The unit by which lists are filtered, empty for all that I may know of. */
export function useDeskUnit(): string {
  return useDesk()?.unit ?? "";
}

/** Whether one of my offices is among these. */
export function useHolds(...offices: readonly Office[]): boolean {
  return useMe().data?.offices.some((each) => offices.includes(each.office)) ?? false;
}
