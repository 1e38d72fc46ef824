/** What the first screen shows, asked for before the application itself has been read: imported before everything else. */
import { kindsOptions, meOptions, noticesOptions, queryClient, wordsOptions } from "@/api/queries";
import { session } from "@/api/session";
import { listOptions } from "@/lists/lists";

if (session()) {
  void queryClient.prefetchQuery(meOptions);
  void queryClient.prefetchQuery(kindsOptions);
  void queryClient.prefetchQuery(wordsOptions);
  void queryClient.prefetchQuery(noticesOptions);
  if (window.location.pathname === "/") void queryClient.prefetchInfiniteQuery(listOptions("/api/tasks"));
}
