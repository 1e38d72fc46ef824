/** Whether the server can be reached: told by every request, asked again every few seconds while it is away. */
import { useSyncExternalStore } from "react";

import { plain } from "@/api/plain";

export type Connection = "up" | "lost";

// Long enough not to hammer a server that starts, short enough that nobody waits for it.
const RETRY_MS = 2000;

const listeners = new Set<() => void>();
const returning = new Set<() => void>();
let state: Connection = "up";
let probe: number | undefined;

function become(next: Connection): void {
  if (state === next) return;
  state = next;
  for (const tell of listeners) tell();
  if (next === "up") for (const tell of returning) tell();
}

export function reached(): void {
  window.clearTimeout(probe);
  probe = undefined;
  become("up");
}

export function lost(): void {
  become("lost");
  probe ??= window.setTimeout(ask, RETRY_MS);
}

async function ask(): Promise<void> {
  probe = undefined;
  try {
    const { response } = await plain.GET("/api/health", { cache: "no-store" });
    if (response.ok) reached();
    else lost();
  } catch {
    lost();
  }
}

/** Be told when the server is back after it had been away. */
export function onReturn(tell: () => void): () => void {
  returning.add(tell);
  return () => returning.delete(tell);
}

export function useConnection(): Connection {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => state,
  );
}

window.addEventListener("offline", lost);
window.addEventListener("online", () => void ask());
