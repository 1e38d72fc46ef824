/**
 * Live updates: the server's events, read by fetch since an EventSource cannot bear the token, tell what is stale.
 * One tab of a browser reads them and tells the others: over HTTP/1.1 all tabs of a site share six connections, and a stream holds one.
 */
import { type EventSourceMessage, EventSourceParserStream } from "eventsource-parser/stream";
import { useEffect } from "react";

import { type Asked, tellAsked } from "@/api/asked";
import { api } from "@/api/client";
import { lost } from "@/api/connection";
import { session } from "@/api/session";
import { areStale, everythingIsStale, matterIsStale } from "@/api/stale";

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;

// The lock of the tab that reads, and the channel on which it tells the others.
const READER = "louke.events";
const tabs = new BroadcastChannel(READER);
let lastId = "";

interface StepEvent {
  readonly number: string;
  readonly asked?: readonly Pick<Asked, "sort" | "step" | "urgent">[];
}

function heedStep({ number, asked = [] }: StepEvent, isFirst: boolean): void {
  matterIsStale(number);
  if (asked.length === 0) return;
  // Whoever must act next need not wait until the lists are gathered.
  void areStale("/api/tasks", "/api/tasks/counts", "/api/notices");
  for (const each of asked) tellAsked({ ...each, number, isFirst });
}

function heed({ id, event, data }: EventSourceMessage, isFirst: boolean): void {
  lastId = id || lastId;
  if (event === "step") heedStep(JSON.parse(data) as StepEvent, isFirst);
  if (event === "resync") everythingIsStale();
}

/** Heed the events of a stream to its end, and tell the other tabs of them; the id of the last that this tab has heard of. */
export async function heedAll(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const events = stream.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
  for (;;) {
    const { value, done } = await events.read();
    if (done) return lastId;
    heed(value, true);
    tabs.postMessage(value);
  }
}

async function listen(signal: AbortSignal): Promise<void> {
  const headers = { Accept: "text/event-stream", ...(lastId ? { "Last-Event-ID": lastId } : {}) };
  const { data } = await api.GET("/api/events", { headers, signal, cache: "no-store", parseAs: "stream" });
  if (data) await heedAll(data);
}

async function keepListening(signal: AbortSignal): Promise<void> {
  let wait = FIRST_WAIT_MS;
  while (!signal.aborted && session()) {
    const began = Date.now();
    try {
      await listen(signal);
    } catch (error) {
      if (signal.aborted) return;
      // A stream that breaks while it is read says so with a TypeError.
      if (error instanceof TypeError) lost();
    }
    wait = Date.now() - began > LONGEST_WAIT_MS ? FIRST_WAIT_MS : Math.min(wait * 2, LONGEST_WAIT_MS);
    await new Promise((done) => setTimeout(done, wait));
  }
}

/** Aborted when nobody sees the page any more. */
function hidden(): AbortSignal {
  const hiding = new AbortController();
  document.addEventListener("visibilitychange", () => {
    hiding.abort();
  }, { once: true });
  return hiding.signal;
}

async function seen(): Promise<void> {
  if (document.visibilityState === "visible") return;
  await new Promise((done) => document.addEventListener("visibilitychange", done, { once: true }));
}

/** Wait until no other tab reads, then read; the tab that reads is the first that asked, and the next when it is closed. */
async function takeTurns(signal: AbortSignal): Promise<void> {
  if ("locks" in navigator) {
    await navigator.locks.request(READER, { signal }, () => keepListening(signal));
    return;
  }
  // Over plain HTTP from another machine a browser has no locks: whoever looks at a page reads, and catches up on return.
  while (!signal.aborted) {
    await seen();
    await keepListening(AbortSignal.any([signal, hidden()]));
  }
}

/** Listen for as long as somebody is signed in. */
export function useEvents(): void {
  useEffect(() => {
    const ending = new AbortController();
    tabs.onmessage = ({ data }: MessageEvent<EventSourceMessage>) => {
      heed(data, false);
    };
    takeTurns(ending.signal).catch((error: unknown) => {
      if (!ending.signal.aborted) throw error;
    });
    return () => {
      tabs.onmessage = null;
      ending.abort();
    };
  }, []);
}
