/** Lists that come page by page. */
import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";

import { ask, read } from "@/api/client";
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

/** How a list is asked for, page by page; what it is narrowed by in words (`q`) goes in the body. */
export function listOptions<T>(queryKey: readonly unknown[], path: string, query: Readonly<Record<string, unknown>> = {}, q = "") {
  return infiniteQueryOptions({
    queryKey: [...queryKey, path, query, q],
    queryFn: ({ pageParam, signal }) => {
      const asked = { ...query, limit: PAGE, cursor: pageParam };
      return q ? ask<Page<T>>(`${path}/find`, { q }, signal, asked) : read<Page<T>>(path, asked, signal);
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useList<T>(queryKey: readonly unknown[], path: string, query: Readonly<Record<string, unknown>> = {}, everyMs: number | false = false, q = ""): List<T> {
  const asked = useInfiniteQuery({ ...listOptions<T>(queryKey, path, query, q), refetchInterval: everyMs });
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
