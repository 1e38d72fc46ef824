/** What is asked for again, by its address, since something has changed. */
import type { paths } from "@/api/contract";
import { queryClient } from "@/api/queries";

// Lists are asked for again at most this often, however much happens in the bureau.
const GATHER_MS = 1500;

/** An address of the contract, or the beginning of several. */
type Address = keyof paths | `/api/${string}/`;

// The card of an open matter is one of them: it names those that it opened, of which only they themselves tell.
const LISTS: readonly Address[] = [
  "/api/alerts",
  "/api/boards/",
  "/api/clocks",
  "/api/drive-items",
  "/api/drives",
  "/api/drives/{number}",
  "/api/letters",
  "/api/link-series",
  "/api/matters",
  "/api/matters/find",
  "/api/matters/{number}",
  "/api/matters/{number}/findings",
  "/api/notices",
  "/api/review-files",
  "/api/review-rounds",
  "/api/review-sheets",
  "/api/tasks",
  "/api/tasks/counts",
  "/api/work/",
];

let gathered: number | undefined;

/** Ask again for whatever is shown of these addresses. */
export function areStale(...addresses: readonly Address[]): Promise<void> {
  const isAmong = (path: string) => addresses.some((each) => (each.endsWith("/") ? path.startsWith(each) : path === each));
  return queryClient.invalidateQueries({ predicate: ({ queryKey }) => isAmong(String(queryKey[1])) });
}

export function everythingIsStale(): void {
  void queryClient.invalidateQueries();
}

interface Asked {
  readonly params?: { readonly path?: { readonly number?: string } };
}

/** Say that a matter has changed: what was asked by its number, or is of it (`meta.matter`), at once, the lists a moment later. */
export function matterIsStale(number: string): void {
  void queryClient.invalidateQueries({
    predicate: ({ queryKey, meta }) => (queryKey[2] as Asked | undefined)?.params?.path?.number === number || meta?.["matter"] === number,
  });
  gathered ??= window.setTimeout(() => {
    gathered = undefined;
    void areStale(...LISTS);
  }, GATHER_MS);
}
