/** Lists that come page by page. */
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { read } from "@/api/client";
import type { Page } from "@/api/shapes";

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

/** How a list is asked for, page by page. */
export function listOptions<T>(queryKey: readonly unknown[], path: string, query: Readonly<Record<string, unknown>> = {}) {
  return infiniteQueryOptions({
    queryKey: [...queryKey, path, query],
    queryFn: ({ pageParam, signal }) => read<Page<T>>(path, { ...query, limit: PAGE, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useList<T>(queryKey: readonly unknown[], path: string, query: Readonly<Record<string, unknown>> = {}, everyMs: number | false = false): List<T> {
  const asked = useInfiniteQuery({ ...listOptions<T>(queryKey, path, query), refetchInterval: everyMs });
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
