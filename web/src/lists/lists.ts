/** Lists that come page by page. */
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { api, given } from "@/api/client";
import type { paths } from "@/api/contract";
import type { Filters } from "@/lists/filters";

// The most that the server gives at once.
const PAGE = 100;

export interface List<T> {
  readonly rows: readonly T[] | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
  readonly hasMore: boolean;
  readonly isMore: boolean;
  readonly more: () => void;
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

type Getting<P extends keyof paths> = paths[P] extends { readonly get: infer G } ? G : never;
type Answer<P extends keyof paths> = Getting<P> extends { readonly responses: { readonly 200: { readonly content: { readonly "application/json": infer A } } } } ? A : never;
/** The addresses of the contract that answer with a page of a list. */
export type ListPath = { [P in keyof paths]: Answer<P> extends Page<unknown> ? ([Answer<P>] extends [never] ? never : P) : never }[keyof paths];
export type RowOf<P extends ListPath> = Answer<P> extends Page<infer T> ? T : never;
type QueryOf<P extends ListPath> = Getting<P> extends { readonly parameters: { readonly query?: infer Q } } ? Partial<Omit<NonNullable<Q>, "cursor" | "limit">> : never;

export interface Narrowed<P extends ListPath> {
  readonly query?: { readonly [K in keyof QueryOf<P>]: QueryOf<P>[K] | "" };
  /** Whose list it is, where the address names a matter. */
  readonly number?: string;
  /** What it is narrowed by in words, which go in the body (`POST …/find`). */
  readonly q?: string;
}

/** What the address of a page says of these filters, as the list takes them: what it does not know the server refuses. */
export function chosen<P extends ListPath>(_: P, filters: Filters, names: readonly (keyof QueryOf<P> & string)[]): NonNullable<Narrowed<P>["query"]> {
  return Object.fromEntries(names.map((name) => [name, filters.get(name)])) as NonNullable<Narrowed<P>["query"]>;
}

// One function for every list: the types above say of each what it takes and answers.
type Ask = (path: string, init: object) => Promise<{ readonly data?: unknown }>;

/** How a list is asked for, page by page. */
export function listOptions<P extends ListPath>(path: P, { query, number, q = "" }: Narrowed<P> = {}) {
  const narrowed = given(query ?? {});
  const params = number === undefined ? { query: narrowed } : { path: { number }, query: narrowed };
  return infiniteQueryOptions({
    queryKey: ["get", path as string, { params, q }, "pages"] as const,
    queryFn: async ({ pageParam, signal }) => {
      const asked = { params: { ...params, query: { ...narrowed, limit: PAGE, ...given({ cursor: pageParam }) } }, signal };
      const answer = q ? (api.POST as Ask)(`${path}/find`, { ...asked, body: { q } }) : (api.GET as Ask)(path, asked);
      return (await answer).data as Page<RowOf<P>>;
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useList<P extends ListPath>(path: P, narrowed: Narrowed<P> = {}, everyMs: number | false = false): List<RowOf<P>> {
  const asked = useInfiniteQuery({ ...listOptions(path, narrowed), refetchInterval: everyMs });
  const rows = useMemo(() => asked.data?.pages.flatMap((page) => page.items), [asked.data]);
  return {
    rows,
    error: asked.error,
    isPending: asked.isPending,
    refetch: asked.refetch,
    // A page that failed is asked for again by whoever reads on, not by itself.
    hasMore: asked.hasNextPage && !asked.isFetchNextPageError,
    isMore: asked.isFetchingNextPage,
    more: () => {
      if (!asked.isFetchingNextPage) void asked.fetchNextPage();
    },
  };
}
