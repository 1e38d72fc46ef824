/** Decisions on their way: each waits some seconds in which it can be taken back, and is sent at once where the page is left. */
import { useSyncExternalStore } from "react";

import { Refused, wordsOf } from "@/api/problem";
import { onSignOut } from "@/api/session";
import { matterIsStale } from "@/api/stale";
import { type Decidable, decideOn, idOf, type Said, type Verb } from "@/approvals/decisions";
import { newKey } from "@/forms/drafts";

export interface Held {
  readonly one: Decidable;
  readonly verb: Verb;
  readonly said: Said;
  /** By which the server knows a repeat. */
  readonly key: string;
  /** When it is sent, in milliseconds. */
  readonly sentAt: number;
  readonly state: "held" | "sending" | "done" | "refused";
  /** What the server refused it with. */
  readonly words: string;
  readonly basis?: string;
}

/** So long a decision can be taken back. */
export const HELD_MS = 5000;
// What became of it is read meanwhile, and then gone; what was refused stays until it is put away.
const SHOWN_MS = 4000;

let held: readonly Held[] = [];
const timers = new Map<string, number>();
const listeners = new Set<() => void>();

function become(next: readonly Held[]): void {
  held = next;
  for (const tell of listeners) tell();
}

function change(key: string, by: Partial<Held>): void {
  become(held.map((each) => (each.key === key ? { ...each, ...by } : each)));
}

function stop(key: string): void {
  window.clearTimeout(timers.get(key));
  timers.delete(key);
}

/** Take a decision off the page: what is held by then is not sent. */
export function takeBack(key: string): void {
  stop(key);
  become(held.filter((each) => each.key !== key));
}

async function send(each: Held): Promise<void> {
  stop(each.key);
  change(each.key, { state: "sending" });
  try {
    await decideOn(each.verb, each.one, each.said, each.key, true);
    change(each.key, { state: "done" });
    timers.set(
      each.key,
      window.setTimeout(() => {
        takeBack(each.key);
      }, SHOWN_MS),
    );
  } catch (error) {
    const basis = error instanceof Refused ? error.problem.basis : undefined;
    change(each.key, { state: "refused", words: wordsOf(error), ...(basis ? { basis } : {}) });
  }
  matterIsStale(each.one.matter);
}

/** Decide on a request, in so many seconds. */
export function hold(verb: Verb, one: Decidable, said: Said): void {
  if (held.some((each) => idOf(each.one) === idOf(one) && each.state !== "refused")) return;
  const each: Held = { one, verb, said, key: newKey(), sentAt: Date.now() + HELD_MS, state: "held", words: "" };
  become([...held.filter((other) => idOf(other.one) !== idOf(one)), each]);
  timers.set(
    each.key,
    window.setTimeout(() => {
      void send(each);
    }, HELD_MS),
  );
}

/** Send whatever is held, now. */
export function sendHeld(): Promise<unknown> {
  return Promise.all(held.filter((each) => each.state === "held").map(send));
}

window.addEventListener("pagehide", () => void sendHeld());

// What one person decided is not sent in the name of the next.
onSignOut(() => {
  for (const key of [...timers.keys()]) stop(key);
  become([]);
});

export function useHeld(): readonly Held[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => held,
  );
}

/** Whether that request is decided here already, and on its way. */
export function useIsHeld(): (one: Decidable) => boolean {
  const all = useHeld();
  return (one) => all.some((each) => idOf(each.one) === idOf(one) && each.state !== "refused");
}

const AGREED = "同意。";

export function agree(one: Decidable): void {
  hold("approve", one, { words: AGREED, person: "" });
}
