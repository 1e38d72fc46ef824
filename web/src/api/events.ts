/** Live updates: the server's events, read by fetch since an EventSource cannot bear the token, tell what is stale. */
import { useEffect } from "react";

import { call } from "@/api/client";
import { lost } from "@/api/connection";
import { queryClient } from "@/api/queries";
import { session } from "@/api/session";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
// Lists are asked for again at most this often, however much happens in the bureau.
const GATHER_MS = 1500;
const LISTS = new Set(["tasks", "work", "clocks", "matters", "notices", "boards"]);

interface StepEvent {
  readonly number: string;
}

let gathered: number | undefined;

function listsAreStale(): void {
  gathered ??= window.setTimeout(() => {
    gathered = undefined;
    void queryClient.invalidateQueries({ predicate: ({ queryKey }) => LISTS.has(String(queryKey[0])) });
  }, GATHER_MS);
}

/** Say that a matter has changed: its own page at once, the lists a moment later. */
export function matterIsStale(number: string): void {
  void queryClient.invalidateQueries({ queryKey: ["matter", number] });
  listsAreStale();
}

function heard(name: string, data: string): void {
  if (name === "step") matterIsStale((JSON.parse(data) as StepEvent).number);
  if (name === "resync") void queryClient.invalidateQueries();
}

/** Read one stream to its end; the id of the last event heard. */
async function listen(lastId: string, signal: AbortSignal): Promise<string> {
  const headers: Record<string, string> = { Accept: "text/event-stream" };
  if (lastId) headers["Last-Event-ID"] = lastId;
  const answer = await call("/api/events", { headers, signal, cache: "no-store" });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  while (reader) {
    const { value, done } = await reader.read();
    if (done) break;
    const blocks = (rest + value).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) lastId = told(block) || lastId;
  }
  return lastId;
}

function told(block: string): string {
  let id = "";
  let name = "";
  let data = "";
  for (const line of block.split("\n")) {
    if (line.startsWith("id: ")) id = line.slice(4);
    if (line.startsWith("event: ")) name = line.slice(7);
    if (line.startsWith("data: ")) data += line.slice(6);
  }
  if (name) heard(name, data);
  return id;
}

async function keepListening(signal: AbortSignal): Promise<void> {
  let lastId = "";
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted && session()) {
    const began = Date.now();
    try {
      lastId = await listen(lastId, signal);
    } catch (error) {
      if (signal.aborted) return;
      // A stream that breaks while it is read says so with a TypeError.
      if (error instanceof TypeError) lost();
    }
    wait = Date.now() - began > LONGEST_WAIT_MS ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
    await new Promise((done) => setTimeout(done, wait));
  }
}

/** Listen for as long as somebody is signed in. */
export function useEvents(): void {
  useEffect(() => {
    const ending = new AbortController();
    void keepListening(ending.signal);
    return () => {
      ending.abort();
    };
  }, []);
}
