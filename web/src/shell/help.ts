/** Where on the help page each screen is told of. */
import { useLocation } from "react-router";

import { usePlaces } from "@/shell/places";

/** The part of the help page about a screen. */
export function anchorOf(to: string): string {
  return `page-${to.slice(1) || "work"}`;
}

/** The address of the help about the screen that is open. */
export function useHelpAddress(): string {
  const { pathname } = useLocation();
  const place = usePlaces().find((each) => (each.to === "/" ? pathname === "/" : pathname.startsWith(each.to)));
  return place && place.to !== "/help" ? `/help#${anchorOf(place.to)}` : "/help";
}
