/** Drives (专项清查), how far each has come, and what they go through: a unit sees its own, with what is still to be answered or looked at. */
import { Select } from "antd";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { api, given } from "@/api/client";
import type { DriveItem, DriveProgress } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { type Filters, useFilters } from "@/lists/filters";
import { chosen, useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { PlainTable } from "@/lists/PlainTable";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { ExportButton } from "@/pages/boards/ExportButton";
import { resultWord, useStageWords } from "@/pages/reviews/words";
import { Nothing, Shown } from "@/states/states";

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

/** Drives side by side: each count opens its list. */
function Drives() {
  const list = useList("/api/drives");
  const stages = useStageWords("review-round");
  return (
    <section className="panel" aria-label="各次清查">
      <h2>各次清查</h2>
      <Shown of={{ ...list, data: list.rows }}>
        {(drives) =>
          drives.length === 0 ? (
            <Nothing>没有您可以查看的专项清查。法制员在工作台的“登记”中制定清查方案。</Nothing>
          ) : (
            <PlainTable columns={["清查", "状态", "截至", "单位", "列入", "已反馈", "已核验", "超期", "曾退回", "经核验的结果"]}>
              {drives.map((drive) => (
                <Progress key={drive.number} drive={drive} stage={stages[drive.stage] ?? drive.stage} />
              ))}
            </PlainTable>
          )
        }
      </Shown>
      <More list={list} />
    </section>
  );
}

function Progress({ drive, stage }: { readonly drive: DriveProgress; readonly stage: string }) {
  const link = (narrowed: string, shown: ReactNode) => <Link to={`/reviews/drives/${drive.number}${narrowed}`}>{shown}</Link>;
  return (
    <tr>
      <td>{link("", drive.topic)}</td>
      <td>{stage}</td>
      <td className="number">{drive.until}</td>
      <td className="number">{drive.units}</td>
      <td className="number">{link("", drive.items)}</td>
      <td className="number">{drive.answered}</td>
      <td className="number">{link("?state=verified", drive.verified)}</td>
      <td className="number">{link("?state=overdue", drive.overdue)}</td>
      <td className="number">{drive.returned}</td>
      <td>
        {Object.entries(drive.results).map(([result, many]) => (
          <span key={result} className="drive-result">
            {link(`?state=verified&result=${result}`, `${resultWord(result)} ${String(many)}`)}
          </span>
        ))}
      </td>
    </tr>
  );
}

export default function DriveItemsView() {
  return (
    <>
      <Drives />
      <ItemsOf drive="" />
    </>
  );
}
