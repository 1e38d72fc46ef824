/** Live updates: the server's events, read by fetch since an EventSource cannot bear the token, tell what is stale. */
import { type EventSourceMessage, EventSourceParserStream } from "eventsource-parser/stream";
import { useEffect } from "react";

import { api } from "@/api/client";
import { lost } from "@/api/connection";
import { session } from "@/api/session";
import { everythingIsStale, matterIsStale } from "@/api/stale";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

interface StepEvent {
  readonly number: string;
}

function heed({ event, data }: EventSourceMessage): void {
  if (event === "step") matterIsStale((JSON.parse(data) as StepEvent).number);
  if (event === "resync") everythingIsStale();
}

/** Heed a stream to its end; the id of its last event, or that of the stream before. */
export async function heedAll(stream: ReadableStream<Uint8Array<ArrayBuffer>>, lastId: string): Promise<string> {
  const events = stream.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  for (;;) {
    const { value, done } = await events.read();
    if (done) return lastId;
    lastId = value.id || lastId;
    heed(value);
  }
}

/** Read one stream to its end; the id of the last event heard. */
async function listen(lastId: string, signal: AbortSignal): Promise<string> {
  const headers = { Accept: "text/event-stream", ...(lastId ? { "Last-Event-ID": lastId } : {}) };
  const { data } = await api.GET("/api/events", { headers, signal, cache: "no-store", parseAs: "stream" });
  return data ? heedAll(data, lastId) : lastId;
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
