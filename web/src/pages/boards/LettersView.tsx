/** The desk of who keeps letters (民意中心): what waits, how the letters of a period came out, and the list that each count opens. */
import { Select, Table, type TableColumnsType } from "antd";
import { type KeyboardEvent, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { $api, api, given } from "@/api/client";
import { useKinds } from "@/api/queries";
import type { LetterRow } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { ExportButton } from "@/pages/boards/ExportButton";
import { Queues } from "@/pages/boards/QueuesView";
import { FRESH, type LetterBoard, type LetterCount, type LettersAsked, type PromiseCount, useFilters } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

// By what the list is narrowed besides unit and period; `own` is a unit without those below.
const NAMES = ["came_by", "nature", "subclass", "score", "state", "promise", "outcome", "own"] as const;
type Narrowing = Partial<Record<(typeof NAMES)[number], string>>;

function useNarrowing(): [Narrowing, (next: Narrowing) => string, (next: Narrowing) => void] {
  const [asked, ask] = useSearchParams();
  const narrowing: Narrowing = Object.fromEntries(NAMES.flatMap((name) => (asked.get(name) ? [[name, asked.get(name)]] : [])));
  const write = (next: Narrowing) => {
    const after = new URLSearchParams(asked);
    for (const name of NAMES) after.delete(name);
    for (const [name, value] of Object.entries(next)) if (value) after.set(name, value);
    return after;
  };
  return [
    narrowing,
    (next) => `?${write(next).toString()}#letters`,
    (next) => {
      ask(write(next), { replace: true });
    },
  ];
}

/** A count that leads to the letters that it counts; nothing leads nowhere. */
function Counted({ n, of, to }: { readonly n: number; readonly of: string; readonly to: string }) {
  if (n === 0) return <span className="count-nothing">0</span>;
  return (
    <Link className="number" to={to} aria-label={`${of} ${String(n)} 件，查看明细`}>
      {n}
    </Link>
  );
}

const share = (above: number, below: number) => (below > 0 ? `${String(Math.round((100 * above) / below))}%` : "—");
const wide = (width: number, rows: readonly unknown[]) => (rows.length > 0 ? { x: width } : {});

interface OfGroups {
  readonly title: string;
  readonly rows: readonly LetterCount[];
  /** How the letters of a row are asked for. */
  readonly narrow: (code: string) => Narrowing;
}

/** Letters side by side by one respect: how many, and what became of them. */
function Groups({ title, rows, narrow }: OfGroups) {
  const [, to] = useNarrowing();
  const counted = (key: "count" | "open" | "repeated" | "reopened", zh: string, state: Narrowing) => ({
    title: zh,
    key,
    align: "right" as const,
    width: 84,
    render: (_: unknown, row: LetterCount) => <Counted n={row[key]} of={`${row.zh} ${zh}`} to={to({ ...narrow(row.code), ...state })} />,
  });
  const columns: TableColumnsType<LetterCount> = [
    { title, dataIndex: "zh", key: "zh", width: 180, className: "first-column" },
    counted("count", "来信", {}),
    { title: "上期", dataIndex: "before", key: "before", align: "right", width: 64 },
    counted("open", "尚未办结", { state: "open" }),
    counted("repeated", "重复", { state: "repeated" }),
    counted("reopened", "重办", { state: "reopened" }),
    {
      title: "评价满意",
      key: "satisfied",
      align: "right",
      width: 140,
      render: (_, row) => (
        <>
          <Counted n={row.satisfied} of={`${row.zh} 评价满意`} to={to({ ...narrow(row.code), state: "satisfied" })} />
          <span className="quiet">
            {" "}
            / {row.evaluated}（{share(row.satisfied, row.evaluated)}）
          </span>
        </>
      ),
    },
  ];
  return (
    <Table<LetterCount>
      size="small"
      className="figures"
      rowKey="code"
      pagination={rows.length > 20 && { pageSize: 20, showSizeChanger: false }}
      scroll={wide(720, rows)}
      columns={columns}
      dataSource={rows}
      locale={{ emptyText: <Nothing>本期没有来信</Nothing> }}
    />
  );
}

const OUTCOMES = [
  { key: "kept", zh: "按期" },
  { key: "late", zh: "逾期完成" },
  { key: "broken", zh: "届满未完成" },
  { key: "running", zh: "尚未届满" },
] as const;

/** How promises were kept, by limit or by unit. */
function Promises({ title, rows, narrow }: { readonly title: string; readonly rows: readonly PromiseCount[]; readonly narrow: OfGroups["narrow"] }) {
  const [, to] = useNarrowing();
  const columns: TableColumnsType<PromiseCount> = [
    { title, dataIndex: "zh", key: "zh", width: 180, className: "first-column" },
    ...OUTCOMES.map(({ key, zh }) => ({
      title: zh,
      key,
      align: "right" as const,
      width: 96,
      render: (_: unknown, row: PromiseCount) => <Counted n={row[key]} of={`${row.zh} ${zh}`} to={to({ ...narrow(row.code), outcome: key })} />,
    })),
    { title: "按期率", key: "rate", align: "right", width: 80, render: (_, row) => share(row.kept, row.kept + row.late + row.broken) },
    { title: "平均用时（分钟）", dataIndex: "mean_minutes", key: "mean", align: "right", width: 130, render: (minutes: number | null) => minutes ?? "—" },
  ];
  return <Table<PromiseCount> size="small" className="figures" rowKey="code" pagination={false} scroll={wide(780, rows)} columns={columns} dataSource={rows} locale={{ emptyText: <Nothing>本期没有时限</Nothing> }} />;
}

function Figures({ board }: { readonly board: LetterBoard }) {
  const { total } = board;
  return (
    <section className="panel" aria-label="来信情况">
      <h2>来信情况</h2>
      <p className="period">
        本期 <b className="number">{board.since}</b> 至 <b className="number">{board.until}</b> 收到的来信 <b className="number">{total.count}</b> 件，重复率 {share(total.repeated, total.count)}
        ，重办率 {share(total.reopened, total.count)}，满意率 {share(total.satisfied, total.evaluated)}
      </p>
      <Promises title="时限" rows={board.promises} narrow={(promise) => ({ promise })} />
      <Promises title="单位的全部时限" rows={board.promises_of_units} narrow={(own) => ({ own })} />
      <Groups title="来信渠道" rows={board.channels} narrow={(came_by) => ({ came_by })} />
      <Groups title="来信性质" rows={board.sorts} narrow={(nature) => ({ nature })} />
      <Groups title="主标签" rows={board.classes} narrow={(subclass) => ({ subclass })} />
      <Groups title="单位" rows={board.of_units} narrow={(own) => ({ own })} />
      <Groups title="评价" rows={board.scores} narrow={(score) => ({ score })} />
      <p className="quiet foot">
        按来信时间计入本期，按现在承办的单位列；同一来信人三十日内再次来信，和并入其他来信的，计为重复；一件来信有几项时限的分别计。点数字，下面的清单只列所计的来信。统计于 {shownInstant(board.at)}
      </p>
    </section>
  );
}

function listColumns(stage: (row: LetterRow) => string): readonly Column<LetterRow>[] {
  return [
    { key: "due", title: "最近的时限", width: "170px", cell: (row) => <Due row={row} /> },
    { key: "title", title: "来信", width: "minmax(180px, 2fr)", cell: (row) => <Link to={`/matters/${row.number}`}>{row.title || row.number}</Link> },
    { key: "channel", title: "渠道", width: "110px", cell: (row) => row.channel_zh },
    { key: "sort", title: "性质", width: "84px", cell: (row) => row.sort_zh },
    { key: "label", title: "主标签", width: "minmax(100px, 1fr)", cell: (row) => row.subclass_zh },
    { key: "unit", title: "承办", width: "minmax(110px, 1fr)", cell: (row) => `${row.unit_zh ?? row.unit} ${row.officer_zh ?? ""}` },
    { key: "stage", title: "阶段", width: "110px", cell: stage },
    { key: "score", title: "评价", width: "84px", cell: (row) => row.score_zh },
    { key: "repeats", title: "重复", width: "150px", cell: (row) => (row.repeats ? <Link to={`/matters/${row.repeats}`}>{row.repeats}</Link> : "") },
  ];
}

function Due({ row }: { readonly row: LetterRow }) {
  if (!row.due_at) return <span className="quiet">—</span>;
  return (
    <>
      <ColourTag colour={row.colour} /> <Countdown due={row.due_at} colour={row.colour} />
      <div className="quiet">{row.limit_zh}</div>
    </>
  );
}

interface OfChoice {
  readonly label: string;
  readonly name: (typeof NAMES)[number];
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

function Choice({ label, name, options }: OfChoice) {
  const [narrowing, , narrow] = useNarrowing();
  return (
    <Select
      aria-label={label}
      placeholder={label}
      allowClear
      className="filter-kind"
      popupMatchSelectWidth={false}
      options={[...options]}
      value={narrowing[name] ?? null}
      onChange={(value: string | null) => {
        narrow({ ...narrowing, [name]: value ?? "" });
      }}
    />
  );
}

const named = (rows: readonly LetterCount[]) => rows.map(({ code, zh }) => ({ value: code, label: zh }));

function Letters({ board }: { readonly board: LetterBoard }) {
  const [{ unit }] = useFilters();
  const [{ own, ...narrowing }, to] = useNarrowing();
  const stages = useKinds().data?.find((each) => each.kind === "letter")?.stages ?? {};
  const go = useNavigate();
  const [at, come] = useState(-1);
  const asked = { ...narrowing, unit: own ?? unit, ...(own ? { alone: true } : {}), from: board.since, to: board.until } as LettersAsked;
  const list = useList("/api/letters", { query: asked });
  const move = (event: KeyboardEvent) => {
    const rows = list.rows ?? [];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const chosen = rows[at];
    if (event.key === "Enter" && chosen && event.target === event.currentTarget.querySelector("[role=table]")) void go(`/matters/${chosen.number}`);
    if (step === undefined || rows.length === 0) return;
    event.preventDefault();
    come(Math.min(Math.max(at + step, 0), rows.length - 1));
  };
  return (
    <section id="letters" aria-label="来信清单">
      <h2>来信清单</h2>
      <div className="filter-bar" role="search" aria-label="筛选来信">
        <Choice label="来信渠道" name="came_by" options={named(board.channels)} />
        <Choice label="来信性质" name="nature" options={named(board.sorts)} />
        <Choice label="主标签" name="subclass" options={named(board.classes)} />
        <Choice label="评价" name="score" options={named(board.scores)} />
        <Choice
          label="状态"
          name="state"
          options={[
            { value: "open", label: "尚未办结" },
            { value: "repeated", label: "重复来信" },
            { value: "reopened", label: "重办" },
            { value: "evaluated", label: "已评价" },
          ]}
        />
        {(own ?? Object.keys(narrowing).length > 0) && <Link to={to({})}>看全部来信</Link>}
        <ExportButton ask={() => api.GET("/api/exports/letters", { params: { query: given(asked) }, parseAs: "blob" })} name="群众来信.xlsx" />
      </div>
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- what is pressed in the table, which is reached by the keyboard itself */}
      <div onKeyDown={move}>
        <VirtualTable
          label="来信清单"
          list={list}
          columns={listColumns((row) => stages[row.stage] ?? row.stage)}
          rowKey={(row) => row.number}
          at={at}
          rowHeight={56}
          empty="没有这样的来信。"
          card={(row) => (
            <>
              <Link to={`/matters/${row.number}`}>{row.title || row.number}</Link>
              <div className="card-line spread quiet">
                <span>{`${row.channel_zh} · ${row.sort_zh} · ${stages[row.stage] ?? row.stage}`}</span>
                <Due row={row} />
              </div>
            </>
          )}
        />
      </div>
      <p className="quiet foot">时限最先届满的在前；在清单中按上下键选择，回车打开。</p>
    </section>
  );
}

/** What waits of letters, how those of a period came out, and the letters themselves. */
export default function LettersView() {
  const [{ unit, from, to }] = useFilters();
  const board = $api.useQuery("get", "/api/boards/letters", { params: { query: given({ unit, from, to }) } }, FRESH);
  return (
    <Shown of={board} rows={12}>
      {(data) => (
        <>
          <Queues board={data} />
          <Figures board={data} />
          <Letters board={data} />
        </>
      )}
    </Shown>
  );
}
