/** Forms that are drawn from their schema: which step one takes, or which kind it opens, and what it says, is known when it is filled in. */
import { api, dataOf, stepHeaders } from "@/api/client";
import type { components } from "@/api/contract";
import { isRefused } from "@/api/problem";
import type { Receipt } from "@/api/shapes";

type Schemas = components["schemas"];
export type Filled = Readonly<Record<string, unknown>>;

// Every step takes the same parameters and answers with a receipt: the address of one stands for all, and its form for theirs.
type AnyStep = "/api/matters/{number}/steps/approve";
type AnyForm = Schemas["Approve"];

/** A step that was taken in another tab of this browser. */
export interface TakenElsewhere {
  readonly number: string;
  readonly step: string;
  /** The request on which it decides; empty where it decides on none. */
  readonly request: string;
}

const tabs = new BroadcastChannel("louke.taken");

/** Hear what other tabs take, until the function that is returned is called. */
export function onTakenElsewhere(hear: (taken: TakenElsewhere) => void): () => void {
  const told = ({ data }: MessageEvent<TakenElsewhere>) => {
    hear(data);
  };
  tabs.addEventListener("message", told);
  return () => {
    tabs.removeEventListener("message", told);
  };
}

// What another matter has to tell comes within seconds; whoever takes a step meanwhile need not know of it.
const TRIES = 4;

/** Take that step of a matter, again under the same key where a word of another matter was on its way to it. */
export async function takeStep(number: string, step: string, form: Filled, key: string, seq?: number): Promise<Receipt> {
  const address = `/api/matters/{number}/steps/${step}` as AnyStep;
  const send = () => dataOf(api.POST(address, { params: { path: { number }, header: stepHeaders(key, seq) }, body: form as AnyForm }));
  const receipt = await sentOnceHeard(send, TRIES);
  tabs.postMessage({ number, step, request: typeof form["request"] === "string" ? form["request"] : "" } satisfies TakenElsewhere);
  return receipt;
}

async function sentOnceHeard(send: () => Promise<Receipt>, tries: number): Promise<Receipt> {
  try {
    return await send();
  } catch (error) {
    if (!isRefused(error, "word-expected") || tries === 1) throw error;
    await new Promise((done) => window.setTimeout(done, (error.problem.retry_after ?? 1) * 1000));
    return sentOnceHeard(send, tries - 1);
  }
}

type AnyOpening = "/api/matters/incident";

/** Open a matter of that kind. */
export function openMatter(kind: string, form: Filled, key: string): Promise<Receipt> {
  const address = `/api/matters/${kind}` as AnyOpening;
  return dataOf(api.POST(address, { params: { header: stepHeaders(key) }, body: form as Schemas["OpenIncident"] }));
}
