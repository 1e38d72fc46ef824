/** The running limits of the matters I may know of, the next due first. */
import { Button, Select, Switch } from "antd";
import { Link } from "react-router";

import type { ClockRow } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown } from "@/clocks/Countdown";
import { nowInChina, shownInstant, writtenInstant } from "@/clocks/instants";
import { Cited } from "@/law/Cited";
import { ColourFilter, KindFilter, OfficerFilter, UnitFilter } from "@/lists/FilterFields";
import { type Filters, useFilters } from "@/lists/filters";
import { chosen, useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { useDeskUnit } from "@/shell/desk";

const FILTERS = ["kind", "colour", "officer", "due_before", "due_after", "liberty", "limit_id"] as const;
const WITHIN = [1, 3, 7, 30] as const;

function why(row: ClockRow): string {
  return `/matters/${row.matter}?clock=${encodeURIComponent(row.id)}`;
}

const COLUMNS: readonly Column<ClockRow>[] = [
  { key: "colour", title: "颜色", width: "80px", cell: (row) => <ColourTag colour={row.colour} /> },
  { key: "left", title: "剩余", width: "130px", cell: (row) => (row.due_at ? <Countdown due={row.due_at} colour={row.colour} /> : "—") },
  { key: "due", title: "届满", width: "140px", cell: (row) => <span className="number">{shownInstant(row.due_at, row.date_only)}</span> },
  {
    key: "limit",
    title: "期限",
    width: "minmax(160px, 1.4fr)",
    cell: (row) => (
      <Link to={why(row)} title="为什么是这一天？">
        {row.zh}
      </Link>
    ),
  },
  { key: "liberty", title: "", width: "76px", cell: (row) => (row.liberty ? <span className="quiet">人身自由</span> : null) },
  { key: "title", title: "警情案件", width: "minmax(140px, 1.2fr)", cell: (row) => <Link to={`/matters/${row.matter}`}>{row.title ?? row.matter}</Link> },
  { key: "unit", title: "单位", width: "minmax(100px, 1fr)", cell: (row) => row.unit_zh ?? row.unit },
  { key: "officer", title: "民警", width: "80px", cell: (row) => row.officer_zh ?? "—" },
  {
    key: "basis",
    title: "依据",
    width: "minmax(120px, 1.2fr)",
    cell: (row) => (
      <span className="quiet" title={row.basis}>
        <Cited text={row.basis} on={row.started_at} />
      </span>
    ),
  },
];

/** From when to when, as one choice; the cards of the work page come with instants of their own. */
function WithinFilter({ filters }: { readonly filters: Filters }) {
  const before = filters.get("due_before");
  const after = filters.get("due_after");
  const shown = before ? `${after ? `${shownInstant(after)} 至 ` : ""}${shownInstant(before)}` : null;
  return (
    <Select
      aria-label="届满时间"
      placeholder="届满时间"
      allowClear
      value={shown}
      options={WITHIN.map((days) => ({ value: String(days), label: `${String(days)} 日内届满` }))}
      onChange={(next: string | null) => {
        filters.set("due_before", next ? writtenInstant(nowInChina().add(Number(next), "day")) : "");
        filters.set("due_after", "");
      }}
      style={{ minWidth: 140 }}
      popupMatchSelectWidth={160}
    />
  );
}

export function ClocksPage() {
  const filters = useFilters();
  const deskUnit = useDeskUnit();
  const asked = chosen("/api/clocks", filters, FILTERS);
  const list = useList("/api/clocks", { query: { ...asked, unit: filters.get("unit") || deskUnit } });
  return (
    <div className="list-page">
      <div className="page-head">
        <h1>期限</h1>
        <span className="quiet">计时中的期限，最先届满的在前</span>
      </div>
      <div className="filters">
        <ColourFilter filters={filters} />
        <WithinFilter filters={filters} />
        <KindFilter filters={filters} />
        <UnitFilter filters={filters} />
        <OfficerFilter filters={filters} />
        <span>
          <Switch
            size="small"
            aria-label="只看人身自由期限"
            checked={filters.get("liberty") === "true"}
            onChange={(on) => {
              filters.set("liberty", on ? "true" : "");
            }}
          />{" "}
          只看人身自由
        </span>
        <Button type="text" onClick={filters.clear}>
          清除
        </Button>
      </div>
      <VirtualTable
        label="期限"
        list={list}
        columns={COLUMNS}
        rowKey={(row) => row.id}
        empty="没有符合条件的计时中期限。"
        card={(row) => (
          <>
            <div className="card-line spread">
              <Link to={why(row)}>{row.zh}</Link>
              <ColourTag colour={row.colour} />
            </div>
            <div className="card-line">
              <Link to={`/matters/${row.matter}`}>{row.title ?? row.matter}</Link>
            </div>
            <div className="card-line quiet">
              <span>
                {row.due_at ? <Countdown due={row.due_at} colour={row.colour} /> : ""} · {shownInstant(row.due_at)} · {row.officer_zh ?? row.unit_zh}
              </span>
            </div>
          </>
        )}
      />
    </div>
  );
}
