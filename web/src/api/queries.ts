/** What several pages read, each under one key, so that it is fetched once and told stale in one place. */
import { QueryClient, queryOptions, useQuery } from "@tanstack/react-query";

import { read } from "@/api/client";
import { isPassing } from "@/api/problem";
import type { Kind, Me, Notice, Offences, Page, Roster, Words } from "@/api/shapes";
import { unlock } from "@/api/vault";

// What the bureau is made of changes on other days than the one somebody sits here.
const LONG_MS = 10 * 60_000;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // Events tell what changed; without them nothing is older than this.
      staleTime: 30_000,
      retry: (count, error) => isPassing(error) && count < 2,
      retryDelay: 800,
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

/**
 * The keys of everything read: the first member says what kind of thing it is, by which events tell it stale.
 * `matter` is followed by its number; `tasks`, `work`, `clocks`, `matters`, `notices` and `boards` are lists.
 */
export const keys = {
  me: ["me"],
  kinds: ["kinds"],
  roster: ["roster"],
  offences: ["offences"],
  words: ["words"],
  notices: ["notices"],
  matter: (number: string, ...part: readonly unknown[]) => ["matter", number, ...part],
  tasks: (...part: readonly unknown[]) => ["tasks", ...part],
  work: (...part: readonly unknown[]) => ["work", ...part],
  clocks: (...part: readonly unknown[]) => ["clocks", ...part],
  matters: (...part: readonly unknown[]) => ["matters", ...part],
  boards: (...part: readonly unknown[]) => ["boards", ...part],
} as const;

/** Who is signed in; what they left on this machine is open once it is known. */
async function whoIAm(signal: AbortSignal): Promise<Me> {
  const me = await read<Me>("/api/me", {}, signal);
  await unlock(me.username, me.local_key);
  return me;
}

export const meOptions = queryOptions({ queryKey: keys.me, queryFn: ({ signal }) => whoIAm(signal), staleTime: LONG_MS });

export function useMe() {
  return useQuery(meOptions);
}

export function useKinds() {
  return useQuery({ queryKey: keys.kinds, queryFn: ({ signal }) => read<readonly Kind[]>("/api/kinds", {}, signal), staleTime: LONG_MS });
}

export function useRoster() {
  return useQuery({ queryKey: keys.roster, queryFn: ({ signal }) => read<Roster>("/api/units", {}, signal), staleTime: LONG_MS });
}

export function useOffences() {
  return useQuery({ queryKey: keys.offences, queryFn: ({ signal }) => read<Offences>("/api/offences", {}, signal), staleTime: LONG_MS });
}

export function useWords() {
  return useQuery({ queryKey: keys.words, queryFn: ({ signal }) => read<Words>("/api/words", {}, signal), staleTime: LONG_MS });
}

export const noticesOptions = queryOptions({
  queryKey: keys.notices,
  queryFn: ({ signal }) => read<Page<Notice>>("/api/notices", { limit: 50 }, signal),
  refetchInterval: 60_000,
});

export function useNotices() {
  return useQuery(noticesOptions);
}
