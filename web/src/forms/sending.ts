/** Sending a form so that it happens once: its draft, its key, and what the server said. */
import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";

import { type FieldError, isPassing, isRefused, type ProblemDocument, Refused } from "@/api/problem";
import { useMe } from "@/api/queries";
import type { Receipt } from "@/api/shapes";
import { matterIsStale } from "@/api/stale";
import type { Filled } from "@/api/steps";
import { discardDraft, draftOf, keepDraft, newKey } from "@/forms/drafts";
import { filledIn } from "@/forms/schema";

export interface Destination {
  /** Take the step, or open the matter, of which this is the form. */
  readonly send: (form: Filled, key: string, seq?: number) => Promise<Receipt>;
  /** Under which its draft is kept: the matter, or the kind of one to be opened. */
  readonly matter: string;
  readonly step: string;
  /** The sequence of the matter that was looked at; none where one is opened. */
  readonly seq?: number;
  /** What the form begins with where no draft is kept. */
  readonly filled?: Readonly<Record<string, unknown>>;
  /** What is sent whatever is filled in. */
  readonly fixed?: Readonly<Record<string, unknown>>;
}

export interface Sending {
  readonly data: Record<string, unknown>;
  readonly change: (next: Record<string, unknown>) => void;
  readonly send: () => void;
  readonly discard: () => void;
  readonly resumed: boolean;
  /** What the files were called that went with the draft, and are to be chosen again. */
  readonly filesLost: readonly string[];
  readonly isSending: boolean;
  readonly fieldErrors: readonly FieldError[];
  /** A refusal of the whole form. */
  readonly refusal: ProblemDocument | null;
  /** The matter moved on since it was looked at, to this sequence. */
  readonly movedOn: number | null;
  readonly sendOver: () => void;
  readonly connectionLost: boolean;
}

function fieldErrorsOf(error: unknown): readonly FieldError[] {
  if (!(error instanceof Refused)) return [];
  if (error.problem.errors) return error.problem.errors;
  const { field, detail, basis } = error.problem;
  return field && error.slug !== "key-reused" ? [{ field, rule: error.slug, detail: basis ? `${detail}（${basis}）` : detail }] : [];
}

/** Send what is filled in to its destination; `files` are the names of those that go with it, for the draft. */
export function useSending(to: Destination, files: readonly string[], onDone: (receipt: Receipt) => void): Sending {
  const username = useMe().data?.username ?? "";
  const [draft, setDraft] = useState(() => draftOf(username, to.matter, to.step));
  const [key, setKey] = useState(() => draft?.key ?? newKey());
  const [data, setData] = useState<Record<string, unknown>>(draft?.data ?? { ...to.filled });
  const [changed, setChanged] = useState(false);
  const keep = (next: Record<string, unknown>, under: string) => {
    keepDraft(username, to.matter, to.step, { data: next, key: under, files, savedAt: Date.now() });
  };
  useEffect(() => {
    if (files.length > 0 || draftOf(username, to.matter, to.step)?.files?.length) keep(data, key);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what else is kept is kept as it is typed
  }, [files.join("/")]);
  const sending = useMutation({
    mutationFn: (seq: number | undefined) => {
      return to.send({ ...filledIn(data), ...to.fixed }, key, seq);
    },
    onSuccess: (receipt) => {
      discardDraft(username, to.matter, to.step);
      matterIsStale(receipt.number);
      onDone(receipt);
    },
    onError: (error) => {
      // What was refused for good is another submission when it is corrected; what may have arrived is the same one.
      if (error instanceof Refused && !isPassing(error) && error.slug !== "superseded") {
        const next = newKey();
        setKey(next);
        keep(data, next);
      }
    },
  });
  const { error } = sending;
  const fieldErrors = changed ? [] : fieldErrorsOf(error);
  const movedOn = isRefused(error, "superseded") ? (error.problem.seq ?? 0) : null;
  const isForGood = error instanceof Refused && !isPassing(error) && movedOn === null;
  const refusal = isForGood && !changed && (fieldErrors.length === 0 || error.status !== 422) ? error.problem : null;
  return {
    data,
    change: (next) => {
      setData(next);
      setChanged(true);
      keep(next, key);
    },
    send: () => {
      setChanged(false);
      sending.mutate(to.seq);
    },
    sendOver: () => {
      setChanged(false);
      if (movedOn !== null) sending.mutate(movedOn);
    },
    discard: () => {
      discardDraft(username, to.matter, to.step);
      setDraft(null);
      setData({});
      setKey(newKey());
      sending.reset();
    },
    resumed: draft !== null && (Object.keys(filledIn(draft.data)).length > 0 || (draft.files ?? []).length > 0),
    filesLost: draft?.files ?? [],
    isSending: sending.isPending,
    fieldErrors,
    refusal,
    movedOn,
    connectionLost: isPassing(error) && !sending.isPending,
  };
}
