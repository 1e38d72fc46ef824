/** What drives go through (清查事项): a unit sees its own, with what is still to be answered or looked at. */
import { Select } from "antd";
import { Link } from "react-router";

import { api, given } from "@/api/client";
import type { DriveItem } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { type Filters, useFilters } from "@/lists/filters";
import { chosen, useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { ExportButton } from "@/pages/boards/ExportButton";
import { resultWord, useStageWords } from "@/pages/reviews/words";

const STATES = [
  { value: "open", label: "待反馈" },
  { value: "answered", label: "待核验" },
  { value: "verified", label: "已核验" },
  { value: "overdue", label: "超期" },
] as const;

const name = (row: DriveItem) => <Link to={`/matters/${row.number}`}>{row.subject}</Link>;
const acts = (row: DriveItem) => (row.acts > 0 ? `${String(row.acts)} 项` : "—");

function columns(stages: Readonly<Record<string, string>>): readonly Column<DriveItem>[] {
  return [
    { key: "subject", title: "清查事项", width: "minmax(150px, 1fr)", cell: name },
    { key: "title", title: "标题", width: "minmax(140px, 1.6fr)", cell: (row) => row.subject_title },
    { key: "unit", title: "单位", width: "minmax(100px, 1fr)", cell: (row) => row.unit_zh },
    { key: "officer", title: "责任民警", width: "90px", cell: (row) => row.officer_zh },
    { key: "stage", title: "进展", width: "90px", cell: (row) => stages[row.stage] ?? row.stage },
    { key: "result", title: "清查结果", width: "110px", cell: (row) => resultWord(row.result) },
    { key: "acts", title: "列入后办案", width: "90px", cell: acts },
    { key: "returns", title: "退回", width: "60px", cell: (row) => <span className="number">{row.returns}</span> },
    { key: "due", title: "期限", width: "130px", cell: (row) => (row.due_at ? shownInstant(row.due_at) : "—") },
  ];
}

function StateFilter({ filters }: { readonly filters: Filters }) {
  return (
    <Select
      aria-label="进展"
      placeholder="进展"
      allowClear
      value={filters.get("state") || null}
      options={[...STATES]}
      onChange={(next: string | null) => {
        filters.set("state", next ?? "");
      }}
      style={{ width: 120 }}
    />
  );
}

export function ItemsOf({ drive }: { readonly drive: string }) {
  const filters = useFilters();
  const query = { ...chosen("/api/drive-items", filters, ["unit", "state", "result"]), drive };
  const list = useList("/api/drive-items", { query });
  const stages = useStageWords("case-review");
  return (
    <>
      <div className="filters">
        <StateFilter filters={filters} />
        <ExportButton ask={() => api.GET("/api/exports/drive-items", { params: { query: given(query) }, parseAs: "blob" })} name="清查事项.xlsx" />
      </div>
      <VirtualTable
        label="清查事项"
        list={list}
        columns={columns(stages)}
        rowKey={(row) => row.number}
        empty="没有您可以查看的清查事项；清查启动以后，列入的事项由各承办民警反馈。"
        card={(row) => (
          <>
            <div className="card-line spread">
              {name(row)}
              <span>{stages[row.stage] ?? row.stage}</span>
            </div>
            <div className="card-line">{row.subject_title}</div>
            <div className="card-line quiet">
              {row.unit_zh} {row.officer_zh} · {resultWord(row.result)}
            </div>
          </>
        )}
      />
    </>
  );
}

export default function DriveItemsView() {
  return <ItemsOf drive="" />;
}
