/** The parts of a page, each with an address: on a phone they are more than fit in a row, and the one that is open is in sight. */
import { type RefObject, useEffect, useRef } from "react";
import { useLocation } from "react-router";

export function useTabInSight(): RefObject<HTMLElement | null> {
  const tabs = useRef<HTMLElement>(null);
  const { pathname } = useLocation();
  useEffect(() => {
    tabs.current?.querySelector("[aria-current=page]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pathname]);
  return tabs;
}
