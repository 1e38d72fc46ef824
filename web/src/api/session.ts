/**
 * Who is signed in on this browser: the bearer token, kept in its tabs until it expires, somebody signs out, or the last of them is closed.
 * A tab that is opened asks the others for it; nothing of it stays behind on a machine that several people share.
 */
import { useSyncExternalStore } from "react";

import { plain } from "@/api/plain";
import { lock } from "@/api/vault";

const KEY = "louke.session";
const DEVICES = "louke.devices";
// More people than that seldom share a machine.
const MOST_DEVICES = 20;
// Whoever touched neither mouse nor keyboard for so long is not at the desk, whatever their page asks for by itself.
const AT_DESK_MS = 60_000;

export interface Session {
  readonly token: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const listeners = new Set<() => void>();
let current: Session | null = read();

/** What tabs tell each other: a question, or who is signed in now (null: nobody any more). */
type Told = { readonly ask: true } | { readonly session: Session | null };
const tabs = new BroadcastChannel(KEY);
const tell = (said: Told) => {
  tabs.postMessage(said);
};

function read(): Session | null {
  localStorage.removeItem(KEY); // where pages kept it before
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null") as Session | null;
    return kept && kept.expiresAt > Date.now() ? kept : null;
  } catch {
    return null;
  }
}

const leaving = new Set<() => void>();

function become(next: Session | null): void {
  if (next) sessionStorage.setItem(KEY, JSON.stringify(next));
  else sessionStorage.removeItem(KEY);
  current = next;
  lock();
  for (const leave of leaving) leave();
  for (const listener of listeners) listener();
}

const ARRIVED = "louke.arrived";

/** Whether somebody has just signed in in this tab; true once for each time. */
export function arrived(): boolean {
  const has = sessionStorage.getItem(ARRIVED) !== null;
  sessionStorage.removeItem(ARRIVED);
  return has;
}

export function signIn(token: string, expiresInSeconds: number): void {
  sessionStorage.setItem(ARRIVED, "");
  const session = { token, expiresAt: Date.now() + expiresInSeconds * 1000 };
  become(session);
  tell({ session });
}

/** Forget the token, in every tab of this browser, and the key to what is kept here. */
export function signOut(): void {
  become(null);
  tell({ session: null });
}

/** End the sign-in at the server too, or every sign-in of this person (`everywhere`); away or not, it ends here. */
export async function leave(everywhere = false): Promise<void> {
  const token = current?.token;
  if (!everywhere) signOut();
  if (token) {
    const ending = plain.POST(everywhere ? "/api/auth/sign-out-everywhere" : "/api/auth/sign-out", {
      headers: { Authorization: `Bearer ${token}` },
      keepalive: true,
    });
    if (everywhere && !(await ending).response.ok) throw new Error("未能在所有设备上退出，请稍后再试");
    await ending.catch(() => undefined);
  }
  if (everywhere) signOut();
}

/** Be told whenever somebody signs in or out. */
export function onSignOut(listener: () => void): void {
  leaving.add(listener);
}

/** By which this machine is known again to whoever has signed in on it; it names nobody. */
export function devices(): string {
  return localStorage.getItem(DEVICES) ?? "";
}

export function keepDevice(device: string): void {
  const others = devices()
    .split(" ")
    .filter((each) => each && each !== device);
  localStorage.setItem(DEVICES, [device, ...others].slice(0, MOST_DEVICES).join(" "));
}

let touchedAt = Date.now();
for (const touch of ["pointerdown", "pointermove", "keydown", "wheel", "touchstart"]) {
  window.addEventListener(
    touch,
    () => {
      touchedAt = Date.now();
    },
    { capture: true, passive: true },
  );
}

/** Whether a page asks by itself: the wall's screen is meant to, everything else keeps nobody signed in. */
export function isUnattended(): boolean {
  return Date.now() - touchedAt > AT_DESK_MS && window.location.pathname !== "/screen";
}

export function session(): Session | null {
  return current;
}

export function useSession(): Session | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, session);
}

tabs.onmessage = ({ data }: MessageEvent<Told>) => {
  if ("ask" in data) {
    if (current) tell({ session: current });
  } else if (data.session?.token !== current?.token) {
    become(data.session);
  }
};
if (!current) tell({ ask: true });
