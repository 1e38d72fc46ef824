/** Keyboard shortcuts: whoever offers one says what it does, so that the list of them is complete. */
import { useEffect, useRef, useSyncExternalStore } from "react";

export interface Shortcut {
  /** One key, two keys one after another (`g w`), or a key with Ctrl (`ctrl+k`). */
  readonly keys: string;
  readonly meaning: string;
  readonly act: () => void;
}

// The second key of two is awaited no longer than this.
const SEQUENCE_MS = 1200;

const offered = new Map<string, Shortcut>();
const listeners = new Set<() => void>();
let list: readonly Shortcut[] = [];
let first = "";
let firstAt = 0;

function changed(): void {
  list = [...offered.values()];
  for (const tell of listeners) tell();
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
}

function pressed(event: KeyboardEvent): void {
  if (event.isComposing || event.altKey) return;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (!command && isTyping(event.target)) return;
  const sequence = event.timeStamp - firstAt < SEQUENCE_MS ? `${first} ${key}` : "";
  const found = command ? offered.get(`ctrl+${key}`) : (offered.get(sequence) ?? offered.get(key));
  first = command ? "" : key;
  firstAt = event.timeStamp;
  if (!found) return;
  event.preventDefault();
  first = "";
  found.act();
}

window.addEventListener("keydown", pressed);

/** Offer a shortcut for as long as the component is there. */
export function useShortcut(keys: string, meaning: string, act: () => void): void {
  const latest = useRef(act);
  useEffect(() => {
    latest.current = act;
  });
  useEffect(() => {
    const mine: Shortcut = {
      keys,
      meaning,
      act: () => {
        latest.current();
      },
    };
    offered.set(keys, mine);
    changed();
    return () => {
      if (offered.get(keys) === mine) offered.delete(keys);
      changed();
    };
  }, [keys, meaning]);
}

export function useShortcuts(): readonly Shortcut[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => list,
  );
}
