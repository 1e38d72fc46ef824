/** Who is signed in on this browser: the bearer token, kept until it expires or somebody signs out. */
import { useSyncExternalStore } from "react";

const KEY = "louke.session";

export interface Session {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const listeners = new Set<() => void>();
let current: Session | null = read();

function read(): Session | null {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as Session | null;
    return kept && kept.expiresAt > Date.now() ? kept : null;
  } catch {
    return null;
  }
}

function become(next: Session | null): void {
  current = next;
  for (const tell of listeners) tell();
}

export function signIn(token: string, expiresInSeconds: number): void {
  const session = { token, expiresAt: Date.now() + expiresInSeconds * 1000 };
  localStorage.setItem(KEY, JSON.stringify(session));
  become(session);
}

/** Forget the token, in every tab of this browser. */
export function signOut(): void {
  localStorage.removeItem(KEY);
  become(null);
}

export function session(): Session | null {
  return current;
}

export function useSession(): Session | null {
  return useSyncExternalStore((tell) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
  }, session);
}

// Another tab signed in or out.
window.addEventListener("storage", (event) => {
  if (event.key === KEY) become(read());
});
