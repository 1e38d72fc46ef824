/** Why I read sealed files that I do not handle: said once in a sitting, sent with whatever I read in it, and kept in no storage. */
import { onSignOut } from "@/api/session";

export const MOST = 200;

let said = "";

onSignOut(() => {
  said = "";
});

export function sayReason(reason: string): void {
  said = reason.trim().slice(0, MOST);
}

/** The header that says it; none while nothing was said. */
export function reasonHeaders(): Readonly<Record<string, string>> {
  return said ? { "X-Reading-Reason": encodeURIComponent(said) } : {};
}
