/** A sheet of incidents as the server read it, and the run that enters its good rows: each once, whatever happens on the way. */
import { api, dataOf } from "@/api/client";
import { onReturn } from "@/api/connection";
import { type FieldError, isPassing, Refused, Unreachable } from "@/api/problem";
import { multipart } from "@/api/files";
import { openMatter } from "@/api/steps";
import { keepRun, keptRun } from "@/pages/intake/imports/kept";
import type { LedgerField, RowState, Run, RunRow, SheetRow, Words } from "@/pages/intake/imports/run";

// Enough to keep the server busy, few enough that officers at their desks are served between them.
const AT_ONCE = 8;
const RETRY_S = 2;
// The page is told at most so often, however fast rows are entered.
const TELL_MS = 250;
// Rows may be shown so long before they are kept: one that is sent twice is entered once.
const KEEP_MS = 1000;

const listeners = new Set<() => void>();
let owner = "";
let isTaken = false;
let run: Run | null = null;
let shown: Run | null = null;
let keptLast = Promise.resolve();
let keeping: number | undefined;
let told: number | undefined;
let wake: (() => void) | null = null;

function tellAll(): void {
  told ??= window.setTimeout(() => {
    told = undefined;
    void keptLast.then(() => {
      shown = run;
      for (const tell of listeners) tell();
    });
  }, TELL_MS);
}

function keep(): void {
  window.clearTimeout(keeping);
  keeping = undefined;
  if (!isTaken) return;
  const [whose, what] = [owner, run];
  // Where nothing can be kept, as in a private window, the page still works.
  keptLast = keptLast.then(() => keepRun(whose, what)).catch(() => undefined);
}

/** That an import was checked, stands still or is done is shown once it is kept: whoever sees it may leave. */
function become(next: Run | null): void {
  const isTurn = next?.state !== run?.state || next?.checkedAt !== run?.checkedAt;
  run = next;
  if (isTurn) keep();
  else keeping ??= window.setTimeout(keep, KEEP_MS);
  tellAll();
}

/** Go on with the import of that person, as this machine has kept it: one that was under way stands still until they say so. */
export async function takeUp(username: string): Promise<void> {
  if (owner === username) return;
  owner = username;
  isTaken = false;
  run = shown = null;
  const kept = await keptRun(username).catch(() => null);
  if (owner !== username) return;
  isTaken = true;
  if (kept && !run) {
    const isDone = kept.state === "checked" || kept.state === "done";
    run = { ...kept, rows: kept.rows.map((each) => (each.state === "sending" ? { ...each, state: "good" } : each)), state: isDone ? kept.state : "paused", waitingFor: "" };
  }
  shown = run;
  tellAll();
}

/** Whose import is here, once it is known what this machine has kept of it. */
export function takenUp(): string | null {
  return isTaken ? owner : null;
}

function setRow(row: number, by: Partial<RunRow>): void {
  if (!run) return;
  become({ ...run, rows: run.rows.map((each) => (each.row === row ? { ...each, ...by } : each)) });
}

function setState(state: Run["state"], waitingFor = ""): void {
  if (run) become({ ...run, state, waitingFor });
}

export function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  return () => listeners.delete(tell);
}

export function shownRun(): Run | null {
  return shown;
}

function firstState(row: SheetRow): RowState {
  if (row.errors.length > 0) return "refused";
  return row.number ? "already" : "good";
}

// What somebody chose last, to be read again once they have said what its words mean; a page that was loaded anew has it no more.
let chosen: File | null = null;

/** Let the server read a sheet; nothing is written. What its words mean goes along, where somebody has said so. */
export async function check(file: File, words?: Words): Promise<void> {
  chosen = file;
  const checked = await dataOf(api.POST("/api/imports", multipart(words ? { file, words: JSON.stringify(words) } : { file })));
  become({
    file: file.name,
    checkedAt: Date.now(),
    sheet: checked.sheet,
    headingRow: checked.heading_row,
    columns: checked.columns,
    unknown: checked.unknown,
    rows: checked.rows.map((each) => ({ ...each, state: firstState(each) })),
    state: "checked",
    waitingFor: "",
  });
}

/** Read the same sheet again by what its words mean, and have the unit remember that, if so wished. */
export async function checkAgain(words: Words, isKept: boolean): Promise<void> {
  if (isKept) await dataOf(api.PUT("/api/imports/words", { body: words }));
  if (chosen) await check(chosen, words);
}

/** Whether the sheet that is shown can be read again. */
export function isAtHand(): boolean {
  return chosen !== null && (run === null || chosen.name === run.file);
}

function written(value: unknown): string {
  return typeof value === "string" ? value : value === undefined || value === null ? "" : String(value as string | number | boolean);
}

/** Write something else into a cell, and have its row checked anew. */
export async function mend(row: RunRow, field: LedgerField, text: string): Promise<void> {
  const cells = Object.fromEntries(Object.entries({ ...row.form, [field]: text }).map(([name, value]) => [name, written(value)]));
  delete cells.day_only; // told by how the time is written
  const { rows } = await dataOf(api.POST("/api/imports/rows", { body: { rows: [{ row: row.row, cells }] } }));
  const [mended] = rows;
  if (mended) setRow(row.row, { ...mended, state: firstState(mended) });
}

export function forget(): void {
  become(null);
}

export function pause(): void {
  setState("paused");
  wake?.();
}

/** Enter the good rows, from wherever the run stands. */
export function start(): void {
  if (!run || run.state === "running" || run.state === "waiting") return;
  setState("running");
  void Promise.all(Array.from({ length: AT_ONCE }, enterSome)).then(() => {
    if (run?.rows.every((each) => each.state !== "good" && each.state !== "sending")) setState("done");
  });
}

async function enterSome(): Promise<void> {
  for (;;) {
    while (run?.state === "waiting") await pausing(1);
    const next = run?.state === "running" ? run.rows.find((each) => each.state === "good") : undefined;
    if (!next) return;
    setRow(next.row, { state: "sending" });
    await enterOne(next);
  }
}

async function enterOne(row: RunRow): Promise<void> {
  try {
    const receipt = await openMatter("incident", row.form, row.key);
    setRow(row.row, { state: "entered", number: receipt.number });
  } catch (error) {
    const passes = isPassing(error) || (error instanceof Refused && error.status === 401);
    if (!passes) {
      setRow(row.row, { state: "refused", errors: reasonsOf(error) });
      return;
    }
    // Whether it arrived is not known; by its key it will be entered once.
    setRow(row.row, { state: "good" });
    await waitFor(error);
  }
}

function reasonsOf(error: unknown): readonly FieldError[] {
  if (!(error instanceof Refused)) return [{ field: "", rule: "unexpected", detail: error instanceof Error ? error.message : "未知错误" }];
  const { errors, field, detail, title } = error.problem;
  return errors ?? [{ field: field ?? "", rule: error.slug, detail: detail || title }];
}

async function waitFor(error: unknown): Promise<void> {
  const seconds = error instanceof Refused ? (error.problem.retry_after ?? RETRY_S) : RETRY_S;
  if (run?.state === "running") setState("waiting", error instanceof Unreachable ? "连接中断，恢复后自动继续" : `服务器繁忙，${String(seconds)} 秒后继续`);
  await pausing(seconds);
  if (run?.state === "waiting") setState("running");
}

/** Wait so long, or until the server is back or somebody pauses. */
function pausing(seconds: number): Promise<void> {
  return new Promise((done) => {
    const end = () => {
      window.clearTimeout(timer);
      unhear();
      if (wake === end) wake = null;
      done();
    };
    const timer = window.setTimeout(end, seconds * 1000);
    const unhear = onReturn(end);
    wake = end;
  });
}

/** Rows that were refused, as a sheet to correct. */
export function refusedSheet(rows: readonly RunRow[]) {
  const refused = rows.filter((each) => each.state === "refused").map(({ form, errors }) => ({ form, errors: [...errors] }));
  return api.POST("/api/imports/refused", { body: { rows: refused }, parseAs: "blob" });
}
