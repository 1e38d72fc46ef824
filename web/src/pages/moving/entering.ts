/** The run that enters the cases of a released ledger: each once, whatever happens on the way; where it stands the server knows. */
import { useCallback, useEffect, useRef, useState } from "react";

import { api, dataOf } from "@/api/client";
import { isPassing, Refused } from "@/api/problem";
import { saidOf } from "@/pages/administration/told";
import { type CaseTried, ledgersAreStale } from "@/pages/moving/told";

// A case is a dozen steps: two at once leave room for officers at their desks.
const AT_ONCE = 2;
const RETRY_S = 2;

/** Rows are numbered sheet by sheet. */
export function keyOf({ kind, row }: Pick<CaseTried, "kind" | "row">): string {
  return `${kind}/${String(row)}`;
}

export interface Entering {
  readonly isRunning: boolean;
  /** By kind and row: the number under which a case was entered in this run, or why it was not. */
  readonly numbers: ReadonlyMap<string, string>;
  readonly refusals: ReadonlyMap<string, string>;
  readonly start: () => void;
  readonly pause: () => void;
}

export function useEntering(digest: string, cases: readonly CaseTried[]): Entering {
  const [isRunning, setRunning] = useState(false);
  const [numbers, setNumbers] = useState<ReadonlyMap<string, string>>(new Map());
  const [refusals, setRefusals] = useState<ReadonlyMap<string, string>>(new Map());
  const goesOn = useRef(false);
  useEffect(
    () => () => {
      goesOn.current = false;
    },
    [],
  );

  const enter = useCallback(
    async (one: CaseTried): Promise<void> => {
      const { kind, row } = one;
      while (goesOn.current) {
        try {
          const { number } = await dataOf(api.POST("/api/case-ledgers/{digest}/cases/{row}", { params: { path: { digest, row }, query: { kind } } }));
          setNumbers((before) => new Map(before).set(keyOf(one), number));
          return;
        } catch (error) {
          if (!isPassing(error)) {
            setRefusals((before) => new Map(before).set(keyOf(one), saidOf(error)));
            return;
          }
          const seconds = error instanceof Refused ? (error.problem.retry_after ?? RETRY_S) : RETRY_S;
          await new Promise((done) => window.setTimeout(done, seconds * 1000));
        }
      }
    },
    [digest],
  );

  const start = () => {
    goesOn.current = true;
    setRunning(true);
    setRefusals(new Map());
    const left = cases.filter((each) => !each.number && !numbers.has(keyOf(each)));
    const work = async () => {
      for (let one = left.shift(); one !== undefined && goesOn.current; one = left.shift()) await enter(one);
    };
    void Promise.all(Array.from({ length: AT_ONCE }, work)).then(() => {
      goesOn.current = false;
      setRunning(false);
      void ledgersAreStale();
    });
  };
  const pause = () => {
    goesOn.current = false;
  };
  return { isRunning, numbers, refusals, start, pause };
}
