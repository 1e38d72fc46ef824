/** What several pages read, so that it is fetched once. */
import { QueryClient, useQuery } from "@tanstack/react-query";

import { $api } from "@/api/client";
import { isPassing } from "@/api/problem";
import { unlock } from "@/api/vault";

// What the bureau is made of changes on other days than the one somebody sits here.
const LONG_MS = 10 * 60_000;
const SELDOM = { staleTime: LONG_MS } as const;

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

const me = $api.queryOptions("get", "/api/me", {}, SELDOM);

/** Who is signed in; what they left on this machine is open once it is known. */
export const meOptions: typeof me = {
  ...me,
  queryFn: async (context) => {
    const told = await me.queryFn(context);
    await unlock(told.username, told.local_key);
    return told;
  },
};

export function useMe() {
  return useQuery(meOptions);
}

export const kindsOptions = $api.queryOptions("get", "/api/kinds", {}, SELDOM);
export const wordsOptions = $api.queryOptions("get", "/api/words", {}, SELDOM);

/** Whether it is known what ids are called, or never will be: nobody is shown an id before. */
export function useHasWords(): boolean {
  const kinds = useQuery(kindsOptions);
  const words = useQuery(wordsOptions);
  return !kinds.isPending && !words.isPending;
}

export function useKinds() {
  return useQuery(kindsOptions);
}

export function useRoster() {
  return $api.useQuery("get", "/api/units", {}, SELDOM);
}

export function useOffences() {
  return $api.useQuery("get", "/api/offences", {}, SELDOM);
}

export function useWords() {
  return useQuery(wordsOptions);
}

export const noticesOptions = $api.queryOptions("get", "/api/notices", { params: { query: { limit: 50 } } }, { refetchInterval: 60_000 });

export function useNotices() {
  return useQuery(noticesOptions);
}
