/** Somebody has looked: what was sent outside of it is not told to the office above. */
import { api } from "@/api/client";

/** Say so of a matter, or with none of everything. Where it is not heard, somebody above hears of it once too often. */
export function looked(matter = ""): void {
  api.POST("/api/notices/seen", { body: { matter } }).catch(() => undefined);
}
