/** Forms that are drawn from their schema: which step one takes, or which kind it opens, and what it says, is known when it is filled in. */
import { api, dataOf, stepHeaders } from "@/api/client";
import type { components } from "@/api/contract";
import type { Receipt } from "@/api/shapes";

type Schemas = components["schemas"];
export type Filled = Readonly<Record<string, unknown>>;

// Every step takes the same parameters and answers with a receipt: the address of one stands for all, and its form for theirs.
type AnyStep = "/api/matters/{number}/steps/approve";
type AnyForm = Schemas["Approve"];

/** Take that step of a matter. */
export function takeStep(number: string, step: string, form: Filled, key: string, seq?: number): Promise<Receipt> {
  const address = `/api/matters/{number}/steps/${step}` as AnyStep;
  return dataOf(api.POST(address, { params: { path: { number }, header: stepHeaders(key, seq) }, body: form as AnyForm }));
}

type AnyOpening = "/api/matters/incident";

/** Open a matter of that kind. */
export function openMatter(kind: string, form: Filled, key: string): Promise<Receipt> {
  const address = `/api/matters/${kind}` as AnyOpening;
  return dataOf(api.POST(address, { params: { header: stepHeaders(key) }, body: form as Schemas["OpenIncident"] }));
}
