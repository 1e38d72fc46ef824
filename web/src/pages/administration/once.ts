/** A change of units or people, sent under a key that stays while nobody knows whether it arrived: it happens once. */
import { dataOf } from "@/api/client";
import { isPassing } from "@/api/problem";
import { newKey } from "@/forms/drafts";

const underWay = new Map<string, string>();

interface Header {
  readonly "Idempotency-Key": string;
}

/** Send what is named and said by `change`, as JSON, under its key. */
export async function once<T>(change: readonly unknown[], send: (header: Header) => Promise<{ readonly data?: T }>): Promise<T> {
  const what = JSON.stringify(change);
  const key = underWay.get(what) ?? newKey();
  underWay.set(what, key);
  try {
    const answer = await dataOf(send({ "Idempotency-Key": key }));
    underWay.delete(what);
    return answer;
  } catch (error) {
    if (!isPassing(error)) underWay.delete(what);
    throw error;
  }
}
