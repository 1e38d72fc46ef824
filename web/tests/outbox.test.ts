import { createElement, useEffect } from "react";
import { createRoot, type Root } from "react-dom/client";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { signOut } from "@/api/session";
import { unlock } from "@/api/vault";
import { type Call, take, takeBack, useOutbox } from "@/pages/intake/outbox";

import { asked, away, json, on, refusal } from "./server";

const KEY = btoa("0123456789abcdef0123456789abcdef");
const FORM = { kind: "盗窃", place: "河滨路", unit: "chengguan", phone: "" };
const receipt = (seq: number) => json({ number: "JQ1", seq, standing: "done", awaits: [], notes: [], opened: [] }, 201);

let calls: readonly Call[] = [];
let root: Root | undefined;

/** Open the desk of that person, as the page does. */
async function open(username: string): Promise<void> {
  let isShown = false;
  function Desk() {
    calls = useOutbox(username);
    useEffect(() => {
      isShown = true;
    });
    return null;
  }
  root = createRoot(document.createElement("div"));
  root.render(createElement(Desk));
  await vi.waitUntil(() => isShown);
}

async function become(state: Call["state"]): Promise<void> {
  await vi.waitFor(() => {
    expect(calls.map((each) => each.state)).toEqual([state]);
  });
}

beforeEach(async () => {
  localStorage.clear();
  await unlock("lin", KEY);
  await open("lin");
});

afterEach(() => {
  root?.unmount();
  signOut();
});

test("a call is sent once, under its key, without what was left empty", async () => {
  on("POST /api/matters/incident", () => receipt(1));
  take("lin", "k1", FORM);
  await become("entered");
  expect(asked).toHaveLength(1);
  expect(asked[0]?.headers.get("Idempotency-Key")).toBe("k1");
  expect(asked[0]?.body).toEqual({ kind: "盗窃", place: "河滨路", unit: "chengguan" });
  expect(calls[0]).toMatchObject({ number: "JQ1", seq: 1 });
  expect(calls[0]?.form).toBeUndefined();
});

test("a call that the server may have heard is sent again under the same key", async () => {
  on("POST /api/matters/incident", away);
  take("lin", "k1", FORM);
  await become("waiting");
  on("POST /api/matters/incident", () => receipt(1));
  root?.unmount();
  await open("lin");
  await become("entered");
  expect(asked.map((each) => each.headers.get("Idempotency-Key"))).toEqual(["k1", "k1"]);
});

test("a server that asks for time is asked again when it said", async () => {
  let tried = 0;
  on("POST /api/matters/incident", () => {
    tried += 1;
    return tried === 1 ? refusal(503, "orchestrator-unavailable", { retry_after: 0.01 }) : receipt(1);
  });
  take("lin", "k1", FORM);
  await become("entered");
  expect(tried).toBe(2);
});

test("a call that is refused for good waits to be corrected", async () => {
  on("POST /api/matters/incident", () => refusal(422, "form-invalid", { errors: [{ field: "place", rule: "missing", detail: "必须填写" }] }));
  take("lin", "k1", FORM);
  await become("refused");
  expect(calls[0]?.form).toEqual(FORM);
  expect(calls[0]?.problem?.errors?.[0]?.field).toBe("place");
  takeBack("lin", "k1");
  await vi.waitUntil(() => calls.length === 0);
});

test("a call about what is known is explained as such, under a key of its own", async () => {
  on("POST /api/matters/incident", () => receipt(1));
  on("POST /api/matters/JQ1/steps/explain-duplicate", () => receipt(2));
  take("lin", "k1", FORM, "JQ0");
  await become("entered");
  expect(asked[1]?.headers.get("Idempotency-Key")).toBe("k1.same");
  expect(asked[1]?.body).toMatchObject({ original: "JQ0" });
  expect(calls[0]?.seq).toBe(2);
});

test("a call stays entered though it could not be explained", async () => {
  on("POST /api/matters/incident", () => receipt(1));
  on("POST /api/matters/JQ1/steps/explain-duplicate", () => refusal(409, "step-not-open"));
  take("lin", "k1", FORM, "JQ0");
  await become("entered");
  expect(calls[0]?.problem?.type).toBe("/problems/step-not-open");
});

test("what one person sent is not shown to the next", async () => {
  on("POST /api/matters/incident", () => receipt(1));
  take("lin", "k1", FORM);
  await become("entered");
  root?.unmount();
  signOut();
  await open("lin");
  expect(calls).toEqual([]);
});
