/** A change of units or people, sent under a key that stays while nobody knows whether it arrived: it happens once. */
import { send } from "@/api/client";
import { isPassing } from "@/api/problem";
import { newKey } from "@/forms/drafts";

const underWay = new Map<string, string>();

export async function once<T>(method: "POST" | "PATCH", path: string, body: unknown): Promise<T> {
  const what = `${method} ${path} ${JSON.stringify(body)}`;
  const key = underWay.get(what) ?? newKey();
  underWay.set(what, key);
  try {
    const answer = await send<T>(method, path, body, { "Idempotency-Key": key });
    underWay.delete(what);
    return answer;
  } catch (error) {
    if (!isPassing(error)) underWay.delete(what);
    throw error;
  }
}
