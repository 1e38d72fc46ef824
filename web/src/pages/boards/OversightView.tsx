/** What supervision has open (监督事项): alerts by rule and colour, orders by unit and state, and what several offices watch. */
import { Table, type TableColumnsType } from "antd";
import { Link, useSearchParams } from "react-router";

import { $api, given } from "@/api/client";
import type { OrderRow, SupervisionRow } from "@/api/shapes";
import { Countdown } from "@/clocks/Countdown";
import { COLOURS } from "@/clocks/colours";
import { useKinds } from "@/api/queries";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { type AlertBoard, FRESH, type OrderBoard, useFilters } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

const SEVERITIES = ["red", "orange", "yellow", "blue"] as const;
type Alerts = AlertBoard["units"][number]["cells"][number] & { readonly unit: string; readonly zh: string };

/** A count that leads to what it counts; nothing leads nowhere. */
function Counted({ n, of, to }: { readonly n: number; readonly of: string; readonly to: string }) {
  if (n === 0) return <span className="count-nothing">0</span>;
  return (
    <Link className="number" to={to} aria-label={`${of} ${String(n)} 件，查看明细`}>
      {n}
    </Link>
  );
}

const alertsAt = (row: Alerts, more: string) => `/alerts?unit=${row.unit}&alone=true&${row.rule ? `rule=${row.rule}` : "by_hand=true"}&${more}`;

const OF_ALERTS: TableColumnsType<Alerts> = [
  { title: "单位", dataIndex: "zh", key: "unit", width: 130 },
  { title: "规则", dataIndex: "label", key: "label", width: 240 },
  ...SEVERITIES.map((colour) => ({
    title: COLOURS[colour].word,
    key: colour,
    align: "right" as const,
    width: 64,
    render: (_: unknown, row: Alerts) => <Counted n={row[colour]} of={`${row.zh} ${row.label} ${COLOURS[colour].word}`} to={alertsAt(row, `severity=${colour}`)} />,
  })),
  { title: "处置超期", key: "overdue", align: "right", width: 90, render: (_, row) => <Counted n={row.overdue} of={`${row.zh} ${row.label} 处置超期`} to={alertsAt(row, "overdue=true")} /> },
  { title: "最早", key: "oldest", align: "right", width: 80, render: (_, row) => <span className="number">{row.oldest_days === 0 ? "今日" : `${String(row.oldest_days)} 日`}</span> },
  { title: "近90天准确率", key: "precision", align: "right", width: 110, render: (_, row) => (row.precision === null ? "—" : `${String(Math.round(row.precision * 100))}%`) },
];

/** A table that is wider than a phone is scrolled by what stands in it; an empty one has nothing that the keyboard could reach. */
const wide = (width: number, rows: readonly unknown[]) => (rows.length > 0 ? { x: width } : {});

function AlertsPanel({ board }: { readonly board: AlertBoard }) {
  const rows = board.units.flatMap((unit) => unit.cells.map((cell) => ({ ...cell, unit: unit.unit, zh: unit.zh })));
  return (
    <section className="panel" aria-label="风险提示">
      <h2>未了结的风险提示</h2>
      <Table<Alerts>
        size="small"
        className="figures"
        rowKey={(row) => `${row.unit}/${row.rule}`}
        pagination={rows.length > 20 && { pageSize: 20, showSizeChanger: false }}
        scroll={wide(900, rows)}
        columns={OF_ALERTS}
        dataSource={rows}
        locale={{ emptyText: <Nothing>没有未了结的风险提示</Nothing> }}
      />
      <p className="quiet foot">同一规则的提示并作一行，等级高的在前；点数字看所计的提示。统计于 {shownInstant(board.at)}</p>
    </section>
  );
}

type UnitOrders = OrderBoard["units"][number];
const ordersAt = (unit: string, more: string) => `?unit=${unit}&of=${unit}&${more}#orders`;

function OrdersPanel({ board }: { readonly board: OrderBoard }) {
  const columns: TableColumnsType<UnitOrders> = [
    { title: "单位", dataIndex: "zh", key: "zh", width: 130 },
    ...board.stages.map(({ stage, zh }, place) => ({
      title: zh,
      key: stage,
      align: "right" as const,
      width: 90,
      render: (_: unknown, row: UnitOrders) => <Counted n={row.counts[place] ?? 0} of={`${row.zh} ${zh}`} to={ordersAt(row.unit, `stage=${stage}`)} />,
    })),
    { title: "逾期", key: "overdue", align: "right", width: 80, render: (_, row) => <Counted n={row.overdue} of={`${row.zh} 逾期`} to={ordersAt(row.unit, "overdue=true")} /> },
    {
      title: "本月整改率",
      key: "rate",
      align: "right",
      width: 130,
      render: (_, row) => <span className="number">{row.ended > 0 ? `${String(Math.round((100 * row.closed) / row.ended))}%（${String(row.closed)}/${String(row.ended)}）` : "—"}</span>,
    },
  ];
  return (
    <section className="panel" aria-label="整改指令">
      <h2>未销号的整改指令</h2>
      <Table<UnitOrders>
        size="small"
        className="figures"
        rowKey="unit"
        pagination={false}
        scroll={wide(340 + board.stages.length * 90, board.units)}
        columns={columns}
        dataSource={board.units}
        locale={{ emptyText: <Nothing>没有未销号的整改指令</Nothing> }}
      />
      <p className="quiet foot">整改率为本月销号数比本月了结数与现已逾期数之和，撤销的不计；点数字，下面的清单只列所计的指令。统计于 {shownInstant(board.at)}</p>
    </section>
  );
}

function useStages(kind: string): Readonly<Record<string, string>> {
  return useKinds().data?.find((each) => each.kind === kind)?.stages ?? {};
}

function Due({ row }: { readonly row: { readonly due_at: string | null; readonly colour: OrderRow["colour"] } }) {
  return row.due_at ? <Countdown due={row.due_at} colour={row.colour} /> : <>—</>;
}

function orderColumns(stages: Readonly<Record<string, string>>): readonly Column<OrderRow>[] {
  return [
    { key: "title", title: "整改指令", width: "minmax(220px, 2fr)", cell: (row) => <Link to={`/matters/${row.number}`}>{row.title}</Link> },
    { key: "category", title: "类别", width: "110px", cell: (row) => row.category_zh || "未分类" },
    { key: "severity", title: "等级", width: "64px", cell: (row) => row.severity_zh || "—" },
    { key: "unit", title: "单位与民警", width: "140px", cell: (row) => `${row.unit_zh ?? row.unit} ${row.officer_zh ?? ""}` },
    { key: "issuer", title: "下达人", width: "80px", cell: (row) => row.issuer_zh ?? "自动下达" },
    { key: "stage", title: "状态", width: "80px", cell: (row) => stages[row.stage] ?? row.stage },
    { key: "done", title: "要求完成", width: "80px", cell: (row) => <span className="number">{`${String(row.done)}/${String(row.demands)}`}</span> },
    { key: "returns", title: "退回", width: "56px", cell: (row) => <span className="number">{row.returns}</span> },
    { key: "objections", title: "异议", width: "56px", cell: (row) => <span className="number">{row.objections}</span> },
    { key: "over", title: "逾期日数", width: "80px", cell: (row) => <span className="number">{row.days_over || "—"}</span> },
    { key: "due", title: "反馈期限", width: "130px", cell: (row) => <Due row={row} /> },
  ];
}

function OrdersList() {
  const [asked] = useSearchParams();
  const [{ unit }] = useFilters();
  const stages = useStages("rectification-order");
  const of = asked.get("of") ?? "";
  const narrowed = { unit: of || unit, ...(of ? { alone: true } : {}), stage: asked.get("stage") ?? "", ...(asked.get("overdue") ? { overdue: true } : {}) };
  const list = useList("/api/rectification-orders", { query: narrowed });
  return (
    <section id="orders" aria-label="整改指令清单">
      <h2>整改指令清单</h2>
      {of && <Link to={`?unit=${unit}`}>看全部未销号的指令</Link>}
      <VirtualTable
        label="整改指令清单"
        list={list}
        columns={orderColumns(stages)}
        rowKey={(row) => row.number}
        empty="没有这样的整改指令。"
        card={(row) => (
          <>
            <Link to={`/matters/${row.number}`}>{row.title}</Link>
            <div className="card-line spread quiet">
              <span>{`${row.unit_zh ?? row.unit} · ${stages[row.stage] ?? row.stage} · 完成 ${String(row.done)}/${String(row.demands)}，退回 ${String(row.returns)}，异议 ${String(row.objections)}`}</span>
              <Due row={row} />
            </div>
          </>
        )}
      />
    </section>
  );
}

const reports = (row: SupervisionRow) => `${String(row.reports)} 次，无办理记录 ${String(row.empty)}，雷同 ${String(row.alike)}`;

function supervisionColumns(stages: Readonly<Record<string, string>>): readonly Column<SupervisionRow>[] {
  return [
    { key: "title", title: "督办事项", width: "minmax(220px, 2fr)", cell: (row) => <Link to={`/matters/${row.number}`}>{row.title}</Link> },
    { key: "level", title: "级别", width: "130px", cell: (row) => row.level_zh },
    { key: "unit", title: "单位", width: "120px", cell: (row) => row.unit_zh ?? row.unit },
    { key: "lead", title: "牵头（在办督办）", width: "140px", cell: (row) => `${row.lead_zh}（${String(row.lead_open)}）` },
    { key: "signed", title: "已签署", width: "70px", cell: (row) => <span className="number">{`${String(row.signed)}/${String(row.members)}`}</span> },
    { key: "reports", title: "进展报告", width: "minmax(190px, 1fr)", cell: reports },
    { key: "stage", title: "状态", width: "80px", cell: (row) => stages[row.stage] ?? row.stage },
    { key: "due", title: "下次报告", width: "130px", cell: (row) => <Due row={row} /> },
  ];
}

function SupervisionsList() {
  const [{ unit }] = useFilters();
  const stages = useStages("supervision");
  const list = useList("/api/supervisions", { query: { unit } });
  return (
    <section aria-label="督办清单">
      <h2>督办清单</h2>
      <VirtualTable
        label="督办清单"
        list={list}
        columns={supervisionColumns(stages)}
        rowKey={(row) => row.number}
        empty="没有未解除的督办。"
        card={(row) => (
          <>
            <Link to={`/matters/${row.number}`}>{row.title}</Link>
            <div className="card-line spread quiet">
              <span>{`${row.level_zh} · ${row.lead_zh}牵头 · 报告 ${reports(row)}`}</span>
              <Due row={row} />
            </div>
          </>
        )}
      />
    </section>
  );
}

export default function OversightView() {
  const [{ unit }] = useFilters();
  const query = { params: { query: given({ unit }) } };
  const alerts = $api.useQuery("get", "/api/boards/alerts", query, FRESH);
  const orders = $api.useQuery("get", "/api/boards/orders", query, FRESH);
  return (
    <>
      <Shown of={alerts}>{(board) => <AlertsPanel board={board} />}</Shown>
      <Shown of={orders}>{(board) => <OrdersPanel board={board} />}</Shown>
      <OrdersList />
      <SupervisionsList />
    </>
  );
}
