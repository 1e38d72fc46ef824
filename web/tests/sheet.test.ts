import "fake-indexeddb/auto";

import { afterEach, beforeEach, expect, test, vi } from "vitest";

import { lock, unlock } from "@/api/vault";
import { keptRun } from "@/pages/intake/imports/kept";
import { check, forget, pause, refusedSheet, shownRun, start, takenUp, takeUp } from "@/pages/intake/imports/sheet";

import { asked, json, on, refusal } from "./server";

const KEY = btoa("0123456789abcdef0123456789abcdef");
const row = (n: number, more: object = {}) => ({ row: n, form: { place: `第${String(n)}行` }, key: `k${String(n)}`, number: null, by_zh: null, errors: [], ...more });
const ROWS = [row(2), row(3, { key: "", errors: [{ field: "place", rule: "missing", detail: "必须填写" }] }), row(4, { number: "JQ9" }), row(5)];
const receipt = (number: string) => json({ number, seq: 1, standing: "done", awaits: [], notes: [], opened: [] }, 201);

const states = () => shownRun()?.rows.map((each) => each.state);
const keys = () => asked.filter((each) => each.path === "/api/matters/incident").map((each) => each.headers.get("Idempotency-Key"));

async function become(state: string): Promise<void> {
  await vi.waitFor(() => {
    expect(shownRun()?.state).toBe(state);
  }, 5000);
}

let person = 0;

beforeEach(async () => {
  person += 1;
  await unlock(`lin${String(person)}`, KEY);
  await takeUp(`lin${String(person)}`);
  on("POST /api/imports", () => json({ columns: [], rows: ROWS }));
  await check(new File(["x"], "警情表.xlsx"));
  await become("checked");
});

afterEach(() => {
  forget();
  lock();
});

test("a sheet is read before anything is entered", () => {
  expect(states()).toEqual(["good", "refused", "already", "good"]);
  expect(keys()).toEqual([]);
});

test("the good rows are entered, each once under the key of what it says", async () => {
  on("POST /api/matters/incident", ({ headers }) => receipt(`JQ${headers.get("Idempotency-Key") ?? ""}`));
  start();
  start();
  await become("done");
  expect(states()).toEqual(["entered", "refused", "already", "entered"]);
  expect(keys().sort()).toEqual(["k2", "k5"]);
  expect(shownRun()?.rows[0]?.number).toBe("JQk2");
});

test("a row that the server refuses is refused with its reason, and the others go on", async () => {
  on("POST /api/matters/incident", ({ headers }) => (headers.get("Idempotency-Key") === "k2" ? refusal(403, "office-may-not-act") : receipt("JQ1")));
  start();
  await become("done");
  expect(states()).toEqual(["refused", "refused", "already", "entered"]);
  expect(shownRun()?.rows[0]?.errors[0]).toEqual({ field: "", rule: "office-may-not-act", detail: "office-may-not-act detail" });
});

test("a row of which nobody knows whether it arrived is sent again under the same key", async () => {
  let tried = 0;
  on("POST /api/matters/incident", ({ headers }) => {
    if (headers.get("Idempotency-Key") === "k2") tried += 1;
    return tried === 1 && headers.get("Idempotency-Key") === "k2" ? refusal(503, "orchestrator-unavailable", { retry_after: 0.01 }) : receipt("JQ1");
  });
  start();
  await become("done");
  expect(keys().filter((each) => each === "k2")).toHaveLength(2);
  expect(states()).toEqual(["entered", "refused", "already", "entered"]);
});

test("that an import stands still is shown once it is kept", async () => {
  on("POST /api/matters/incident", () => new Promise(() => undefined));
  start();
  pause();
  await become("paused");
  expect((await keptRun(`lin${String(person)}`))?.state).toBe("paused");
});

test("an import that was under way stands still after a reload, for the person whose it is", async () => {
  const mine = `lin${String(person)}`;
  on("POST /api/matters/incident", () => new Promise(() => undefined));
  start();
  await vi.waitFor(() => {
    expect(states()).toContain("sending");
  });
  await vi.waitFor(async () => {
    expect((await keptRun(mine))?.rows.map((each) => each.state)).toContain("sending");
  }, 5000);
  await takeUp("another");
  expect(shownRun()).toBeNull();
  await takeUp(mine);
  expect(takenUp()).toBe(mine);
  expect(shownRun()?.state).toBe("paused");
  expect(states()).toEqual(["good", "refused", "already", "good"]);
});

test("a pause lets no further row go, and the import goes on from where it stood", async () => {
  on("POST /api/imports", () => json({ columns: [], rows: Array.from({ length: 9 }, (_, n) => row(n)) }));
  await check(new File(["x"], "警情表.xlsx"));
  const held: (() => void)[] = [];
  on("POST /api/matters/incident", () => new Promise((answer) => held.push(() => answer(receipt("JQ1")))));
  start();
  await vi.waitUntil(() => held.length > 0);
  pause();
  const underWay = keys().length;
  for (const go of held) go();
  await vi.waitFor(() => {
    expect(states()?.filter((each) => each === "entered")).toHaveLength(underWay);
  });
  expect(keys()).toHaveLength(underWay);
  on("POST /api/matters/incident", () => receipt("JQ1"));
  start();
  await become("done");
  expect(new Set(keys()).size).toBe(9);
  expect(keys()).toHaveLength(9);
});

test("what was refused goes back as a sheet with its reasons", async () => {
  on("POST /api/imports/refused", () => new Response(new Blob(["xlsx"])));
  const { data } = await refusedSheet(shownRun()?.rows ?? []);
  expect(asked.at(-1)?.body).toEqual({ rows: [{ form: { place: "第3行" }, errors: [{ field: "place", rule: "missing", detail: "必须填写" }] }] });
  expect(data).toBeInstanceOf(Blob);
});
