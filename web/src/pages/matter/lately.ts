/** Which steps somebody took last in matters of a kind, on this machine: they stand in front the next time. */
import { keep, kept } from "@/api/vault";

const KEPT = 3;

function name(username: string, kind: string): string {
  return `louke.lately.${username}/${kind}`;
}

export function takenLately(username: string, kind: string): readonly string[] {
  const told: unknown = JSON.parse(kept(name(username, kind)) ?? "[]");
  return Array.isArray(told) ? told.map(String) : [];
}

export function rememberTaken(username: string, kind: string, step: string): void {
  const before = takenLately(username, kind).filter((each) => each !== step);
  keep(name(username, kind), JSON.stringify([step, ...before].slice(0, KEPT)));
}
