import { useEffect, useState } from "react";

import type { Colour } from "@/api/shapes";
import { shownInstant, untilWords } from "@/clocks/instants";

// What is counted in minutes need not be drawn more often.
const TICK_MS = 20_000;

export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, []);
  return now;
}

/** How long is left until an instant; the instant itself is its title. */
export function Countdown({ due, colour }: { readonly due: string; readonly colour?: Colour | "" }) {
  const now = useNow();
  return (
    <time dateTime={due} title={`届满：${shownInstant(due)}`} className="number">
      {untilWords(due, now, colour)}
    </time>
  );
}
