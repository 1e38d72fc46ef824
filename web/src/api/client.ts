/** The one way to the server: typed by its OpenAPI document, bearing the token, and throwing what it refuses. */
import createClient, { type Middleware } from "openapi-fetch";
import createQueryClient from "openapi-react-query";

import { lost, reached } from "@/api/connection";
import type { paths } from "@/api/contract";
import { refusalOf, Unreachable } from "@/api/problem";
import { reasonHeaders } from "@/api/reason";
import { isUnattended, session, signOut } from "@/api/session";

const bearing: Middleware = {
  onRequest({ request }) {
    const signedIn = session();
    if (signedIn) request.headers.set("Authorization", `Bearer ${signedIn.token}`);
    if (isUnattended()) request.headers.set("X-Unattended", "1");
    for (const [name, value] of Object.entries(reasonHeaders())) request.headers.set(name, value);
    return request;
  },
  async onResponse({ request, response }) {
    // A proxy that answers for a server which is away says 502 or 504.
    if (response.status === 502 || response.status === 504) {
      lost();
      throw new Unreachable();
    }
    reached();
    if (response.ok) return response;
    const refusal = await refusalOf(response);
    if (refusal.status === 401 && request.headers.has("Authorization")) signOut();
    throw refusal;
  },
  onError({ error }) {
    // Whoever asked no longer wants to know.
    if (error instanceof DOMException && error.name === "AbortError") return error;
    lost();
    return new Unreachable();
  },
};

/** Ask or send by an address of the contract. Rejects with Refused or Unreachable, never with an answer that is neither. */
export const api = createClient<paths>({ baseUrl: window.location.origin });
api.use(bearing);

/** The same for components: an answer is kept under its method, address and parameters, by which it is told stale (`areStale`). */
export const $api = createQueryClient(api);

/** What was answered: a refusal has been thrown before. */
export async function dataOf<T>(answer: Promise<{ readonly data?: T }>): Promise<T> {
  return (await answer).data as T;
}

/** The headers of a step: its key, by which the server knows a repeat, and the sequence of the matter that was looked at. */
export function stepHeaders(key: string, seq?: number): { "Idempotency-Key": string; "If-Match"?: string } {
  return { "Idempotency-Key": key, ...(seq === undefined ? {} : { "If-Match": `"${String(seq)}"` }) };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], "" | null | undefined> };

/** Parameters without those that were left empty. */
export function given<T extends object>(parameters: T): Given<T> {
  return Object.fromEntries(Object.entries(parameters).filter(([, value]) => value !== "" && value !== null && value !== undefined)) as Given<T>;
}
