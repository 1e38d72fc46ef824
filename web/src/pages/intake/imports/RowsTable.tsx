/** The rows of a sheet: where each stands, and what is wrong with it in the very cell. */
import { App, Input, Table, Tooltip } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useMemo, useState } from "react";
import { Link } from "react-router";

import { shownInstant } from "@/clocks/instants";
import { CHANNELS } from "@/pages/intake/channels";
import type { LedgerField, Run, RunRow } from "@/pages/intake/imports/run";
import { mend } from "@/pages/intake/imports/sheet";
import { CATEGORIES, SIGNS } from "@/pages/intake/suggestions";

export const STATES = {
  good: { sign: "○", zh: "待录入", colour: "none" },
  sending: { sign: "…", zh: "录入中", colour: "blue" },
  entered: { sign: "✓", zh: "已录入", colour: "blue" },
  already: { sign: "＝", zh: "此前已有", colour: "none" },
  refused: { sign: "✕", zh: "未录入", colour: "red" },
} as const;

const ROW_PX = 40;
const WIDE = new Set(["narrative"]);
const INSTANTS = new Set(["at", "happened_at"]);
const CODES = { channel: new Map(Object.entries(CHANNELS)), category: new Map(Object.entries(CATEGORIES)), signs: new Map(Object.entries(SIGNS)) } as const;

function shown(field: string, value: unknown, units: ReadonlyMap<string, string>): string {
  if (value === undefined || value === null) return "";
  if (typeof value === "boolean") return value ? "是" : "否";
  const text = String(value);
  if (field === "unit") return units.get(text) ?? text;
  if (field in CODES) return (Array.isArray(value) ? value.map(String) : [text]).map((code) => CODES[field as keyof typeof CODES].get(code) ?? code).join("、");
  return INSTANTS.has(field) && text.includes("T") ? shownInstant(text) : text;
}

function Cell({ row, field, units }: { readonly row: RunRow; readonly field: string; readonly units: ReadonlyMap<string, string> }) {
  const faults = row.errors.filter((each) => each.field === field);
  const text = shown(field, row.form[field], units);
  if (faults.length === 0) return <span title={text}>{text}</span>;
  return <WrongCell row={row} field={field as LedgerField} text={text} words={faults.map((each) => each.detail).join("；")} />;
}

/** A cell with which something is wrong: it says what, and is mended where it stands. */
function WrongCell({ row, field, text, words }: { readonly row: RunRow; readonly field: LedgerField; readonly text: string; readonly words: string }) {
  const { message } = App.useApp();
  const [isOpen, setOpen] = useState(false);
  const finish = (next: string) => {
    setOpen(false);
    if (next.trim() !== text)
      mend(row, field, next).catch((error: unknown) => {
        void message.error(error instanceof Error ? error.message : "没有核对成");
      });
  };
  if (isOpen)
    return (
      <Input
        autoFocus
        size="small"
        defaultValue={text}
        aria-label={`第${String(row.row)}行，${words}`}
        onPressEnter={(event) => {
          finish(event.currentTarget.value);
        }}
        onBlur={(event) => {
          finish(event.currentTarget.value);
        }}
      />
    );
  return (
    <Tooltip title={`${words}（点按修改）`}>
      <button
        type="button"
        className="cell-wrong"
        onClick={() => {
          setOpen(true);
        }}
      >
        ✕ {text || "（空）"} <span className="cell-words">{words}</span>
      </button>
    </Tooltip>
  );
}

function StateCell({ row }: { readonly row: RunRow }) {
  const known = STATES[row.state];
  const whole = row.errors.filter((each) => !each.field || !(each.field in row.form || each.rule === "missing"));
  return (
    <span className="row-state">
      <span className={`colour colour-${known.colour}`}>
        <span aria-hidden="true">{known.sign}</span>
        {known.zh}
      </span>
      {row.number && (
        <Link to={`/matters/${row.number}`} className="number">
          {row.number}
        </Link>
      )}
      {row.by_zh && <span className="quiet">由 {row.by_zh} 录入</span>}
      {row.state === "refused" && whole.length > 0 && <span className="cell-words">{whole.map((each) => each.detail).join("；")}</span>}
    </span>
  );
}

export function RowsTable({ run, rows, units }: { readonly run: Run; readonly rows: readonly RunRow[]; readonly units: ReadonlyMap<string, string> }) {
  const columns = useMemo<ColumnsType<RunRow>>(
    () => [
      { title: "行", dataIndex: "row", width: 56, fixed: "start", align: "right", className: "number" },
      { title: "结果", key: "state", width: 250, fixed: "start", render: (_, row) => <StateCell row={row} /> },
      ...run.columns.flatMap((column) => {
        const { field, heading } = column;
        if (!field) return [];
        return [{ title: heading, key: field, width: WIDE.has(field) ? 340 : 160, ellipsis: true, render: (_: unknown, row: RunRow) => <Cell row={row} field={field} units={units} /> }];
      }),
    ],
    [run.columns, units],
  );
  const width = columns.reduce((sum, each) => sum + Number(each.width), 0);
  return (
    <Table<RunRow>
      size="small"
      virtual
      rowKey="row"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      scroll={{ x: width, y: Math.min(rows.length * ROW_PX + 8, 460) }}
      locale={{ emptyText: "没有这样的行" }}
    />
  );
}
