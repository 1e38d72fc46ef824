/** Drafts: what somebody was filling in, kept on this machine until it is sent or thrown away; only they can read it. */
import { discard, keep, kept, keptNames } from "@/api/vault";

export interface Draft {
  readonly data: Record<string, unknown>;
  /** By which the server knows a repeat: a form that is sent twice happens once. */
  readonly key: string;
  /** What the files were called that went with it, which are not kept. */
  readonly files?: readonly string[];
  readonly savedAt: number;
}

const PREFIX = "louke.draft.";
// A draft that nobody came back to for so long is of a matter that went on without it.
const KEPT_MS = 30 * 24 * 3600_000;

function name(username: string, matter: string, step: string): string {
  return `${PREFIX}${username}/${matter}/${step}`;
}

export function draftOf(username: string, matter: string, step: string): Draft | null {
  try {
    const draft = JSON.parse(kept(name(username, matter, step)) ?? "null") as Draft | null;
    return draft && Date.now() - draft.savedAt < KEPT_MS ? draft : null;
  } catch {
    return null;
  }
}

export function keepDraft(username: string, matter: string, step: string, draft: Draft): void {
  keep(name(username, matter, step), JSON.stringify(draft));
}

export function discardDraft(username: string, matter: string, step: string): void {
  discard(name(username, matter, step));
}

/** The steps of a matter that this person has begun to fill in. */
export function draftsOf(username: string, matter: string): string[] {
  const begin = name(username, matter, "");
  return keptNames(begin).map((each) => each.slice(begin.length));
}

export function newKey(): string {
  return crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
