import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { lock, unlock } from "@/api/vault";
import { discardDraft, draftOf, draftsOf, keepDraft } from "@/forms/drafts";

const KEY = btoa("0123456789abcdef0123456789abcdef");
const OTHER = btoa("fedcba9876543210fedcba9876543210");
const draft = { data: { place: "河滨路12号" }, key: "k1", savedAt: Date.now() };

beforeEach(async () => {
  localStorage.clear();
  await unlock("liu", KEY);
});

afterEach(lock);

/** Until what is kept has been written down. */
async function written(entries: number): Promise<void> {
  await vi.waitFor(() => {
    expect(Object.keys(localStorage)).toHaveLength(entries);
  });
}

test("a draft is there again for whoever wrote it, after they come back", async () => {
  keepDraft("liu", "XA1", "file-case", draft);
  await written(1);
  lock();
  expect(draftOf("liu", "XA1", "file-case")).toBeNull();
  await unlock("liu", KEY);
  expect(draftOf("liu", "XA1", "file-case")).toEqual(draft);
  expect(draftsOf("liu", "XA1")).toEqual(["file-case"]);
});

test("on the machine lies nothing that can be read", async () => {
  keepDraft("liu", "XA1", "file-case", draft);
  await written(1);
  const kept = Object.entries(localStorage).flat().join();
  expect(kept).not.toMatch(/liu|XA1|file-case|河滨路/);
});

test("whoever comes after reads none of it, and leaves it where it is", async () => {
  keepDraft("liu", "XA1", "file-case", draft);
  await written(1);
  lock();
  await unlock("zhou", OTHER);
  expect(draftOf("liu", "XA1", "file-case")).toBeNull();
  await written(1);
});

test("what was handed in or thrown away is gone", async () => {
  keepDraft("liu", "XA1", "file-case", draft);
  await written(1);
  discardDraft("liu", "XA1", "file-case");
  await written(0);
  expect(draftsOf("liu", "XA1")).toEqual([]);
});

test("a draft that nobody came back to for a month is none", () => {
  keepDraft("liu", "XA1", "file-case", { ...draft, savedAt: Date.now() - 31 * 24 * 3600_000 });
  expect(draftOf("liu", "XA1", "file-case")).toBeNull();
});
