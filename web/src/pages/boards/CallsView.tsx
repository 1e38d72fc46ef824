import { Drawer, Table, type TableColumnsType } from "antd";
import { Link, useSearchParams } from "react-router";

import { $api, api, given } from "@/api/client";
import type { MatterRow } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { ExportButton } from "@/pages/boards/ExportButton";
import { type CallCount, type CallsBoard, FRESH, type MattersAsked, useFilters } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

interface Row {
  readonly unit: string;
  readonly zh: string;
  readonly counts: readonly CallCount[];
}

interface OpenGroup {
  readonly unit: string;
  readonly category: string;
}

const SEPARATOR = "~";
const ALL = "全部警情";

/** Which count is opened, kept in the address. */
function useOpenGroup(): [OpenGroup | null, (next: OpenGroup | null) => void] {
  const [asked, ask] = useSearchParams();
  const [unit = "", category = ""] = (asked.get("open") ?? "").split(SEPARATOR);
  const open = (next: OpenGroup | null) => {
    ask((before) => {
      const after = new URLSearchParams(before);
      if (next) after.set("open", [next.unit, next.category].join(SEPARATOR));
      else after.delete("open");
      return after;
    });
  };
  return [asked.has("open") ? { unit, category } : null, open];
}

function changeWords({ count, before, change }: CallCount): string {
  if (change === null) return before > 0 ? `上期 ${String(before)}` : "";
  return count === before ? "环比持平" : `环比${count > before ? "↑" : "↓"}${Math.abs(change).toFixed(1)}%`;
}

function Cell({ of, called, onOpen }: { readonly of: CallCount; readonly called: string; readonly onOpen: () => void }) {
  const change = changeWords(of);
  return (
    <>
      {of.count === 0 ? (
        <span className="count-nothing">
          <span aria-hidden="true">·</span>
          <span className="unseen">没有</span>
        </span>
      ) : (
        <button type="button" className="rate number" onClick={onOpen}>
          <span className="unseen">{called} </span>
          <b>{of.count}</b>
          <span className="unseen">，查看所计警情</span>
        </button>
      )}
      {change && (
        <div className="rate-more quiet">
          <span title={`上期 ${String(of.before)} 起`}>{change}</span>
        </div>
      )}
    </>
  );
}

function columns(groups: readonly { readonly category: string; readonly zh: string; readonly place: number }[], onOpen: (of: OpenGroup) => void): TableColumnsType<Row> {
  return [
    { title: "单位", dataIndex: "zh", key: "zh", fixed: "left", width: 132, className: "first-column" },
    ...groups.map(({ category, zh, place }) => ({
      title: zh,
      key: category || "all",
      align: "right" as const,
      width: 104,
      render: (_: unknown, row: Row) => {
        const of = row.counts[place];
        return (
          of && (
            <Cell
              of={of}
              called={`${row.zh}：${zh}`}
              onOpen={() => {
                onOpen({ unit: row.unit, category });
              }}
            />
          )
        );
      },
    })),
  ];
}

const OF_CALL: TableColumnsType<MatterRow> = [
  {
    title: "警情",
    key: "matter",
    render: (_, row) => (
      <>
        <Link to={`/matters/${row.number}`}>{row.title}</Link>
        <div className="quiet number">{row.number}</div>
      </>
    ),
  },
  { title: "接警时间", key: "at", render: (_, row) => <span className="number">{shownInstant(row.opened_at)}</span> },
  {
    title: "单位与民警",
    key: "who",
    responsive: ["md"],
    render: (_, row) => (
      <>
        {row.unit_zh}
        <div className="quiet">{row.officer_zh ?? row.officer}</div>
      </>
    ),
  },
];

function Calls({ asked }: { readonly asked: MattersAsked }) {
  const list = useList("/api/matters", { query: asked });
  return (
    <Shown of={{ ...list, data: list.rows }}>
      {(items) => (
        <>
          <Table<MatterRow> size="small" rowKey="number" pagination={false} columns={OF_CALL} dataSource={items} locale={{ emptyText: <Nothing>没有这样的警情</Nothing> }} />
          <More list={list} />
        </>
      )}
    </Shown>
  );
}

/** The list of just those incidents of which a count was made. */
function CallsDrawer({ board }: { readonly board: CallsBoard }) {
  const [opened, open] = useOpenGroup();
  const [{ unit }] = useFilters();
  if (!opened) return null;
  const after = new Date(`${board.until}T00:00:00+08:00`);
  after.setDate(after.getDate() + 1);
  const asked = {
    kind: "incident",
    category: opened.category,
    // A row counts what is a unit's own, the sum of all rows what is of those below as well.
    unit: opened.unit || unit,
    ...(opened.unit ? { alone: true } : {}),
    opened_after: `${board.since}T00:00:00+08:00`,
    opened_before: after.toISOString(),
  } as MattersAsked;
  const of = board.units.find((each) => each.unit === opened.unit)?.zh ?? "全部单位";
  const group = board.groups.find((each) => each.category === opened.category)?.zh ?? ALL;
  return (
    <Drawer
      open
      size="min(920px, 100vw)"
      title={`${of} · ${group}`}
      onClose={() => {
        open(null);
      }}
      extra={<ExportButton ask={() => api.GET("/api/exports/matters", { params: { query: given(asked) }, parseAs: "blob" })} name="警情.xlsx" />}
    >
      <Calls asked={asked} />
    </Drawer>
  );
}

function Board({ board }: { readonly board: CallsBoard }) {
  const [, open] = useOpenGroup();
  const rows: Row[] = [...(board.units.length > 1 ? [{ unit: "", zh: "合计", counts: board.totals }] : []), ...board.units];
  // Groups of which nothing was received in either period would be empty columns.
  const groups = [{ category: "", zh: ALL }, ...board.groups]
    .map((each, place) => ({ ...each, place }))
    .filter(({ category, place }) => !category || (board.totals[place]?.count ?? 0) + (board.totals[place]?.before ?? 0) > 0);
  return (
    <div className="panel">
      <p className="period">
        本期 <b className="number">{board.since}</b> 至 <b className="number">{board.until}</b>；环比上期 <span className="number">{board.before_since}</span> 至{" "}
        <span className="number">{board.before_until}</span>（天数相同）
      </p>
      <Table<Row>
        size="small"
        className="figures rates"
        rowKey="unit"
        pagination={false}
        scroll={{ x: 132 + groups.length * 104 }}
        columns={columns(groups, open)}
        dataSource={rows}
        locale={{ emptyText: <Nothing>本期和上期都没有警情</Nothing> }}
      />
      <p className="quiet foot">按接警时间和接警时所定的警情大类计，按现在承办的单位列；上期不足 10 起的不比较。点数字看所计的每一起。统计于 {shownInstant(board.at)}</p>
    </div>
  );
}

/** How many calls of each group came in (警情分类), beside the period before. */
export default function CallsView() {
  const [{ unit, from, to }] = useFilters();
  const board = $api.useQuery("get", "/api/boards/calls", { params: { query: given({ unit, from, to }) } }, FRESH);
  return (
    <Shown of={board} rows={12}>
      {(data) => (
        <>
          <Board board={data} />
          <CallsDrawer board={data} />
        </>
      )}
    </Shown>
  );
}
