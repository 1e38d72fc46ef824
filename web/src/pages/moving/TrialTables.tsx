/** What a trial run found: the cells that are wrong, every clock with what is overdue on top, and the cases. */
import { Input, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";
import { Link } from "react-router";

import { ColourTag } from "@/clocks/ColourTag";
import { shownInstant } from "@/clocks/instants";
import { type Entering, keyOf } from "@/pages/moving/entering";
import type { CaseTried, CellFault, ClockTried, TrialRun } from "@/pages/moving/told";

const PAGE = 20;
const paged = (rows: number) => (rows > PAGE ? { pageSize: PAGE, showSizeChanger: false } : (false as const));

function Wrong({ fault, onMend }: { readonly fault: CellFault; readonly onMend: (fault: CellFault, text: string) => void }) {
  const [isOpen, setOpen] = useState(false);
  const finish = (text: string) => {
    setOpen(false);
    if (text.trim() !== fault.text) onMend(fault, text);
  };
  if (isOpen)
    return (
      <Input
        autoFocus
        size="small"
        defaultValue={fault.text}
        aria-label={`${fault.sheet}第${String(fault.row)}行${fault.heading}`}
        onPressEnter={(event) => {
          finish(event.currentTarget.value);
        }}
        onBlur={(event) => {
          finish(event.currentTarget.value);
        }}
      />
    );
  return (
    <button
      type="button"
      className="cell-wrong"
      title="点按修改"
      onClick={() => {
        setOpen(true);
      }}
    >
      ✕ {fault.text || "（空）"}
    </button>
  );
}

export function FaultsTable({ faults, onMend }: { readonly faults: readonly CellFault[]; readonly onMend: (fault: CellFault, text: string) => void }) {
  const columns: ColumnsType<CellFault> = [
    { title: "工作表", dataIndex: "sheet", width: 80 },
    { title: "行", dataIndex: "row", width: 64, align: "right", className: "number" },
    { title: "栏目", dataIndex: "heading", width: 170 },
    { title: "现在填的", key: "text", width: 220, render: (_, fault) => <Wrong fault={fault} onMend={onMend} /> },
    { title: "有什么问题", dataIndex: "detail" },
  ];
  return (
    <Table<CellFault>
      size="small"
      aria-label="有误的格子"
      rowKey={(fault) => `${fault.sheet}/${String(fault.row)}/${fault.field}/${fault.detail}`}
      columns={columns}
      dataSource={[...faults]}
      pagination={paged(faults.length)}
      scroll={{ x: "max-content" }}
    />
  );
}

function standing(clock: ClockTried): React.ReactNode {
  if (clock.state === "overrun") return <span className="quiet">曾经超期，已经结束</span>;
  return <ColourTag colour={clock.colour} />;
}

export function ClocksTable({ clocks }: { readonly clocks: readonly ClockTried[] }) {
  const columns: ColumnsType<ClockTried> = [
    { title: "预警", key: "colour", width: 150, render: (_, clock) => standing(clock) },
    { title: "何人", key: "name", width: 110, render: (_, clock) => clock.name || <span className="quiet">案件</span> },
    { title: "期限", key: "zh", width: 240, render: (_, clock) => (clock.liberty ? <strong>{clock.zh}</strong> : clock.zh) },
    { title: "届满", key: "due", width: 160, className: "number", render: (_, clock) => shownInstant(clock.due_at, clock.date_only) },
    { title: "依据", dataIndex: "basis", width: 260 },
    { title: "案号", dataIndex: "case_number", width: 170, className: "number" },
    { title: "行", key: "row", width: 100, className: "number", render: (_, clock) => `${clock.sheet} ${String(clock.row)}` },
  ];
  return (
    <Table<ClockTried>
      size="small"
      aria-label="将起算的期限"
      rowKey={(clock) => `${clock.sheet}/${String(clock.row)}/${clock.zh}/${clock.due_at ?? ""}/${clock.state}`}
      columns={columns}
      dataSource={[...clocks]}
      pagination={paged(clocks.length)}
      scroll={{ x: "max-content" }}
    />
  );
}

function entered(row: CaseTried, run: Entering | null): React.ReactNode {
  const number = row.number ?? run?.numbers.get(keyOf(row));
  if (number)
    return (
      <Link to={`/matters/${number}`} className="number">
        ✓ {number}
      </Link>
    );
  const refusal = run?.refusals.get(keyOf(row));
  return refusal ? <span className="cell-words">✕ {refusal}</span> : <span className="quiet">○ 未录入</span>;
}

export function CasesTable({ cases, run }: { readonly cases: TrialRun["cases"]; readonly run: Entering | null }) {
  const columns: ColumnsType<CaseTried> = [
    { title: "行", key: "row", width: 100, className: "number", render: (_, row) => `${row.sheet} ${String(row.row)}` },
    { title: "案号", dataIndex: "case_number", width: 170, className: "number" },
    { title: "案件", dataIndex: "title", width: 200 },
    { title: "单位", dataIndex: "unit_zh", width: 130 },
    { title: "承办人", dataIndex: "officer_zh", width: 90 },
    { title: "阶段", dataIndex: "stage_zh", width: 90 },
    { title: "人员", key: "people", render: (_, row) => row.people.map((each) => `${each.name}（${each.stage_zh}）`).join("、") || "—" },
    { title: "录入", key: "number", width: 200, render: (_, row) => entered(row, run) },
  ];
  return <Table<CaseTried> size="small" aria-label="案件" rowKey={keyOf} columns={columns} dataSource={[...cases]} pagination={paged(cases.length)} scroll={{ x: "max-content" }} />;
}
