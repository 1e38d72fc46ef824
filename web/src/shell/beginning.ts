/** Where somebody begins: the page of the office from which they look, once they have signed in. */
import { useState } from "react";
import { useLocation } from "react-router";

import { useMe } from "@/api/queries";
import { arrived } from "@/api/session";
import type { Office } from "@/api/shapes";
import { useDesk } from "@/shell/desk";
import { useOnlyAdministers } from "@/shell/places";
import { useTaskCounts } from "@/shell/Alerts";

const HEADS: readonly Office[] = ["station-head", "county-head", "higher-police", "city-head", "provincial-head"];
// Whoever heads a station begins with its morning; whoever heads stations, with how they do.
const OF_STATION: readonly Office[] = ["station-head"];
const OVERSEEING: readonly Office[] = ["supervisor", "case-management-officer"];

/** The address to go to instead of this one; null to stay, undefined while it is not known yet. */
export function useBeginning(): string | null | undefined {
  const { pathname } = useLocation();
  const [hasArrived] = useState(arrived);
  const me = useMe().data;
  const desk = useDesk();
  const only = useOnlyAdministers();
  const counts = useTaskCounts();
  if (pathname !== "/") return null;
  // Who reads no matter has no desk of matters either.
  if (only) return "/administration";
  if (!hasArrived) return null;
  if (!me) return undefined;
  const held = desk ? [desk.office] : me.offices.map((each) => each.office);
  if (held.includes("letter-officer")) return "/boards/letters";
  if (held.some((each) => OVERSEEING.includes(each))) return "/boards/supervision";
  const heads = held.filter((each) => HEADS.includes(each));
  if (heads.length > 0) {
    if (counts.isPending) return undefined;
    // What awaits a signature comes before figures.
    if (Object.values(counts.data ?? {}).some((each) => each > 0)) return null;
    return heads.every((each) => OF_STATION.includes(each)) ? "/boards" : "/boards/supervision";
  }
  return held.includes("reporting-desk") ? "/intake" : null;
}
