/** What the server's events ask of whoever is signed in: a step that has come to be theirs to take, told as it happens. */
import { useEffect, useRef } from "react";

import type { Task } from "@/api/shapes";

export interface Asked {
  readonly number: string;
  readonly sort: Task["sort"];
  readonly step: string;
  /** Whether it is about an urgent incident. */
  readonly urgent: boolean;
  /** Whether this tab read it from the stream: of several tabs one alone may make a sound. */
  readonly isFirst: boolean;
}

const listeners = new Set<(asked: Asked) => void>();

export function tellAsked(asked: Asked): void {
  for (const tell of listeners) tell(asked);
}

/** Hear of each for as long as the component is there. */
export function useAsked(heard: (asked: Asked) => void): void {
  const latest = useRef(heard);
  useEffect(() => {
    latest.current = heard;
  });
  useEffect(() => {
    const tell = (asked: Asked) => {
      latest.current(asked);
    };
    listeners.add(tell);
    return () => {
      listeners.delete(tell);
    };
  }, []);
}
