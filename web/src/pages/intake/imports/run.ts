/** What a sheet of incidents looks like while its rows are entered. */
import type { components } from "@/api/contract";
import type { FieldError } from "@/api/problem";

type Checked = components["schemas"]["Checked"];
export type SheetRow = Checked["rows"][number];

export type Unknown = Checked["unknown"][number];
export type Words = Required<components["schemas"]["LedgerWordsSaid"]>;
export type LedgerField = Words["headings"][string];

export type RowState = "good" | "sending" | "entered" | "already" | "refused";

export interface RunRow extends Omit<SheetRow, "errors"> {
  readonly errors: readonly FieldError[];
  readonly state: RowState;
}

export interface Run {
  readonly file: string;
  /** When it was checked, in milliseconds. */
  readonly checkedAt: number;
  /** Which of its sheets was read, and in which row its headings stand. */
  readonly sheet: string;
  readonly headingRow: number;
  readonly columns: Checked["columns"];
  readonly unknown: Checked["unknown"];
  readonly rows: readonly RunRow[];
  readonly state: "checked" | "running" | "paused" | "waiting" | "done";
  /** Until when the server asked us to wait, or why we do. */
  readonly waitingFor: string;
}
