/** What the desk has sent: each call on its way until the server has it, kept on this machine, sent again by the same key, so it happens once. */
import { useEffect, useSyncExternalStore } from "react";

import { api, dataOf, stepHeaders } from "@/api/client";
import { onReturn } from "@/api/connection";
import { isPassing, type ProblemDocument, Refused } from "@/api/problem";
import { onSignOut } from "@/api/session";
import type { Receipt } from "@/api/shapes";
import { matterIsStale } from "@/api/stale";
import { openMatter } from "@/api/steps";
import { keep, kept as stored } from "@/api/vault";
import { filledIn } from "@/forms/schema";

export type CallForm = Record<string, unknown>;

export interface Call {
  /** The Idempotency-Key of this call. */
  readonly key: string;
  readonly title: string;
  readonly place: string;
  readonly unit: string;
  /** When it was sent, in milliseconds. */
  readonly at: number;
  readonly state: "sending" | "waiting" | "refused" | "entered";
  /** What was filled in, until the server has it. */
  readonly form?: CallForm;
  /** The number of what was reported before, where this is a call about the same. */
  readonly sameAs?: string;
  readonly number?: string;
  readonly seq?: number;
  readonly problem?: ProblemDocument;
}

// What was entered is looked at again during a shift, and not kept for longer on a machine that several people use.
const KEPT_MS = 12 * 3600_000;
const RETRY_MS = 5000;
const NONE: readonly Call[] = [];

const listeners = new Set<() => void>();
const kept = new Map<string, readonly Call[]>();
const onTheirWay = new Set<string>();

// What one person sent is not in memory when the next signs in.
onSignOut(() => {
  kept.clear();
});

function name(username: string): string {
  return `louke.outbox.${username}`;
}

function callsOf(username: string): readonly Call[] {
  const known = kept.get(username);
  if (known) return known;
  let found: readonly Call[] = NONE;
  try {
    const read = JSON.parse(stored(name(username)) ?? "[]") as readonly Call[];
    found = read.filter((each) => each.state !== "entered" || Date.now() - each.at < KEPT_MS);
  } catch {
    // What cannot be read was not ours.
  }
  kept.set(username, found);
  return found;
}

function become(username: string, next: readonly Call[]): void {
  kept.set(username, next);
  keep(name(username), JSON.stringify(next));
  for (const tell of listeners) tell();
}

function change(username: string, key: string, by: (call: Call) => Call): void {
  become(
    username,
    callsOf(username).map((each) => (each.key === key ? by(each) : each)),
  );
}

/** Whether a server that answered thus may answer otherwise if asked again. */
function isForGood(error: unknown): error is Refused {
  return error instanceof Refused && !isPassing(error) && error.status !== 401;
}

/** A call about what is known already is not registered twice: that the caller was told so is a step of its own. The call is entered whatever becomes of it. */
async function explained(opened: Receipt, key: string, original: string): Promise<Pick<Call, "seq" | "problem">> {
  const told = `所报事项已有记录（${original}），已向报案人说明，不再重复登记。`;
  try {
    const params = { path: { number: opened.number }, header: stepHeaders(`${key}.same`) };
    const { seq } = await dataOf(api.POST("/api/matters/{number}/steps/explain-duplicate", { params, body: { original, told } }));
    return { seq };
  } catch (error) {
    if (isForGood(error)) return { seq: opened.seq, problem: error.problem };
    throw error;
  }
}

async function carry(username: string, call: Call): Promise<void> {
  if (onTheirWay.has(call.key) || !call.form) return;
  onTheirWay.add(call.key);
  try {
    const opened = await openMatter("incident", filledIn(call.form), call.key);
    const after = call.sameAs ? await explained(opened, call.key, call.sameAs) : { seq: opened.seq };
    const { key, title, place, unit, at } = call;
    change(username, key, () => ({ key, title, place, unit, at, state: "entered", number: opened.number, ...after }));
    matterIsStale(opened.number);
  } catch (error) {
    const isRefused = isForGood(error);
    const problem = error instanceof Refused ? error.problem : undefined;
    change(username, call.key, (each) => ({ ...each, state: isRefused ? "refused" : "waiting", ...(problem ? { problem } : {}) }));
    if (!isRefused) {
      window.setTimeout(
        () => {
          resend(username);
        },
        (problem?.retry_after ?? 0) * 1000 || RETRY_MS,
      );
    }
  } finally {
    onTheirWay.delete(call.key);
  }
}

/** Send again whatever the server may not have heard. */
function resend(username: string): void {
  for (const call of callsOf(username)) if (call.state === "waiting" || call.state === "sending") void carry(username, call);
}

/** Take a call: it is kept before it is sent. */
export function take(username: string, key: string, form: CallForm, sameAs = ""): void {
  const place = String(form["place"] ?? "");
  const call: Call = { key, title: `${String(form["kind"] ?? "")} ${place}`, place, unit: String(form["unit"] ?? ""), at: Date.now(), state: "sending", form, sameAs };
  become(username, [call, ...callsOf(username).filter((each) => each.key !== key)]);
  void carry(username, call);
}

/** Take what was refused back out, to be corrected. */
export function takeBack(username: string, key: string): void {
  become(
    username,
    callsOf(username).filter((each) => each.key !== key),
  );
}

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function useOutbox(username: string): readonly Call[] {
  useEffect(() => {
    if (!username) return undefined;
    resend(username);
    return onReturn(() => {
      resend(username);
    });
  }, [username]);
  return useSyncExternalStore(subscribe, () => (username ? callsOf(username) : NONE));
}
