/** Deciding on requests for approval: the same verb on one or many, each by itself, with a result for each. */
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";

import { api, stepHeaders } from "@/api/client";
import { matterIsStale } from "@/api/stale";
import { isPassing, isRefused, Refused } from "@/api/problem";
import { newKey } from "@/forms/drafts";

export type Verb = "approve" | "return" | "transfer";

export const VERBS: Readonly<Record<Verb, { readonly zh: string; readonly done: string }>> = {
  approve: { zh: "同意", done: "已同意" },
  return: { zh: "退回", done: "已退回" },
  transfer: { zh: "转办", done: "已转办" },
};

/** In the order in which they are offered. */
export const DECIDING: readonly Verb[] = ["approve", "return", "transfer"];

/** A request that awaits my decision, as far as deciding on it needs one. */
export interface Decidable {
  readonly matter: string;
  readonly title: string;
  readonly request: string;
  readonly request_zh: string;
  /** The sequence at which it was asked for, by which its sheet is read. */
  readonly asked_at_seq: number;
  /** The sequence of the matter as it was looked at. */
  readonly seq: number;
  readonly office: string;
}

/** What is said to a decision: an opinion or a reason, and to whom a request is handed. */
export interface Said {
  readonly words: string;
  readonly person: string;
}

interface Params {
  readonly path: { readonly number: string };
  readonly header: ReturnType<typeof stepHeaders>;
}

/** How it is sent: by a page that is being left, too. */
interface Sending {
  readonly params: Params;
  readonly keepalive: boolean;
}

const DECIDE: Readonly<Record<Verb, (sending: Sending, request: string, said: Said) => Promise<unknown>>> = {
  approve: (sending, request, { words }) => api.POST("/api/matters/{number}/steps/approve", { ...sending, body: { request, opinion: words } }),
  return: (sending, request, { words }) => api.POST("/api/matters/{number}/steps/return", { ...sending, body: { request, reason: words } }),
  transfer: (sending, request, { words, person }) => api.POST("/api/matters/{number}/steps/transfer", { ...sending, body: { request, reason: words, person } }),
};

/** Decide on one, by a key under which a repeat happens once; the matter must be as it was looked at. */
export function decideOn(verb: Verb, one: Decidable, said: Said, key: string, keepalive = false): Promise<unknown> {
  return DECIDE[verb]({ params: { path: { number: one.matter }, header: stepHeaders(key, one.seq) }, keepalive }, one.request, said);
}

export interface Outcome {
  readonly state: "waiting" | "sending" | "done" | "refused" | "unsent";
  readonly words: string;
  readonly basis?: string;
}

const WAITING: Outcome = { state: "waiting", words: "" };

export function idOf(one: Decidable): string {
  return `${one.matter}/${one.request}`;
}

function outcomeOf(error: unknown): Outcome {
  if (isPassing(error)) return { state: "unsent", words: "暂时没有送达，请重试；不会重复办理" };
  if (isRefused(error, "superseded")) return { state: "refused", words: "事项已有更新，请查看后再决定" };
  if (error instanceof Refused) {
    const { detail, basis } = error.problem;
    return { state: "refused", words: error.problem.errors?.map((each) => each.detail).join("；") ?? detail, ...(basis ? { basis } : {}) };
  }
  return { state: "unsent", words: "没有送达" };
}

export function useDecisions(verb: Verb, requests: readonly Decidable[]) {
  // A key for each, kept while the dialogue is open: whatever is sent again happens once.
  const [sent] = useState(() => new Map(requests.map((each) => [idOf(each), newKey()])));
  const [outcomes, setOutcomes] = useState<Readonly<Record<string, Outcome>>>({});
  const say = (id: string, outcome: Outcome) => {
    setOutcomes((before) => ({ ...before, [id]: outcome }));
  };
  const deciding = useMutation({
    mutationFn: async (said: Said) => {
      // One after another: two decisions on one matter would otherwise supersede each other.
      for (const each of requests) {
        const id = idOf(each);
        if (outcomes[id]?.state === "done") continue;
        say(id, { state: "sending", words: "" });
        try {
          await decideOn(verb, each, said, sent.get(id) ?? newKey());
          say(id, { state: "done", words: VERBS[verb].done });
          matterIsStale(each.matter);
        } catch (error) {
          const outcome = outcomeOf(error);
          if (outcome.state === "refused") sent.set(id, newKey());
          say(id, outcome);
        }
      }
    },
  });
  const of = (one: Decidable) => outcomes[idOf(one)] ?? WAITING;
  return {
    decide: deciding.mutate,
    isDeciding: deciding.isPending,
    of,
    isTried: deciding.isSuccess,
    isWhole: requests.every((each) => of(each).state === "done"),
  };
}
