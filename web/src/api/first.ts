/** What the first screen shows, asked for before the application itself has been read: imported before everything else. */
import { keys, meOptions, noticesOptions, queryClient } from "@/api/queries";
import { session } from "@/api/session";
import type { Task } from "@/api/shapes";
import { listOptions } from "@/lists/lists";

if (session()) {
  void queryClient.prefetchQuery(meOptions);
  void queryClient.prefetchQuery(noticesOptions);
  if (window.location.pathname === "/") void queryClient.prefetchInfiniteQuery(listOptions<Task>(keys.tasks(), "/api/tasks"));
}
