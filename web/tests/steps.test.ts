import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { isRefused } from "@/api/problem";
import { takeStep } from "@/api/steps";

import { asked, json, on, refusal } from "./server";

const PATH = "POST /api/matters/SL202600000001/steps/review-search";
const take = () => takeStep("SL202600000001", "review-search", { done: ["已查"] }, "key-1");

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a step that waits for what another matter has to tell is sent again under its key until that has come", async () => {
  on(PATH, () => (asked.length < 3 ? refusal(503, "word-expected", { retry_after: 2 }) : json({ number: "SL202600000001", seq: 9 })));
  const taken = take();
  await vi.advanceTimersByTimeAsync(4_000);
  expect((await taken).seq).toBe(9);
  expect(asked.map((each) => each.headers.get("Idempotency-Key"))).toEqual(["key-1", "key-1", "key-1"]);
});

test("what does not come is said after a few attempts", async () => {
  on(PATH, () => refusal(503, "word-expected", { retry_after: 1 }));
  const taken = take().catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(isRefused(await taken, "word-expected")).toBe(true);
  expect(asked).toHaveLength(4);
});

test("any other refusal is said at once", async () => {
  on(PATH, () => refusal(503, "no-room"));
  await expect(take()).rejects.toThrow();
  expect(asked).toHaveLength(1);
});
