/** What cannot be done now, as the server says it, asked every few seconds while somebody looks at the page. */
import { $api } from "@/api/client";

// With the two seconds in which the server looks at its disk, trouble is named within five.
const ASK_MS = 3000;
const NONE: readonly string[] = [];

export function useTroubles(): readonly string[] {
  const health = $api.useQuery("get", "/api/health", {}, { refetchInterval: ASK_MS, staleTime: 0, retry: false });
  return health.data?.troubles ?? NONE;
}
