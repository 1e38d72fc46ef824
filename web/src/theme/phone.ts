/** Whether the window is as narrow as a phone held upright. */
import { useSyncExternalStore } from "react";

const narrow = window.matchMedia("(max-width: 767px)");

export function usePhone(): boolean {
  return useSyncExternalStore(
    (tell) => {
      narrow.addEventListener("change", tell);
      return () => {
        narrow.removeEventListener("change", tell);
      };
    },
    () => narrow.matches,
  );
}
