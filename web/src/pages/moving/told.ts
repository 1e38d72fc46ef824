/** What the server says of ledgers of open cases, and a ledger that is still a file on this desk. */
import { api, dataOf } from "@/api/client";
import type { components } from "@/api/contract";
import { multipart } from "@/api/files";
import { areStale } from "@/api/stale";

type Schemas = components["schemas"];
export type TrialRun = Schemas["TrialRun"];
export type CaseTried = TrialRun["cases"][number];
export type CellFault = TrialRun["faults"][number];
export type ClockTried = TrialRun["clocks"][number];
export type SheetRead = TrialRun["sheets"][number];
export type Ledger = Schemas["LedgerView"];

/** A cell that was mended: it goes along with the file, as JSON in a part of its own. */
export interface Mend {
  readonly sheet: CellFault["sheet"];
  readonly row: number;
  readonly field: string;
  readonly text: string;
}

/** What the column under a heading is, where somebody said so on the page; empty: nothing that is brought over. */
export interface Meant {
  readonly sheet: CellFault["sheet"];
  readonly heading: string;
  readonly field: string;
}

/** A file that somebody chose, with the cells they mended on the page, and what they said that its headings mean. */
export interface Chosen {
  readonly file: File;
  readonly mends: readonly Mend[];
  readonly columns: readonly Meant[];
}

function body({ file, mends, columns }: Chosen) {
  return multipart({ file, mends: JSON.stringify({ cells: mends, columns }) });
}

export async function tryLedger(chosen: Chosen): Promise<TrialRun> {
  return dataOf(api.POST("/api/case-ledgers/trial", body(chosen)));
}

/** Have the unit remember what its headings stand for. */
export async function keepHeadings(columns: readonly Meant[]): Promise<void> {
  await dataOf(api.PUT("/api/case-ledgers/headings", { body: { columns: [...columns] } }));
}

export async function proposeLedger(chosen: Chosen) {
  return dataOf(api.POST("/api/case-ledgers", body(chosen)));
}

export function refusedRows(chosen: Chosen) {
  return api.POST("/api/case-ledgers/refused", { ...body(chosen), parseAs: "blob" });
}

/** Ask again for the ledgers, and for the one that is open. */
export function ledgersAreStale(): Promise<void> {
  return areStale("/api/case-ledgers", "/api/case-ledgers/{digest}");
}
