/** What was read (查阅记录): who looked at, searched for, exported or printed what, from where, by which office, and why. */
import { Input } from "antd";
import { Link } from "react-router";

import type { Reading, ReadingSort } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { useFilters } from "@/lists/filters";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { asked, TraceFilters } from "@/pages/boards/TraceFilters";

const SORTS: Readonly<Record<ReadingSort, string>> = {
  matter: "查看事项",
  journal: "查看案件日志",
  steps: "查看可办步骤",
  clocks: "查看期限",
  course: "查看办理经过",
  measures: "查看强制措施",
  documents: "查看文书目录",
  "document-text": "查看法律文书",
  document: "下载法律文书",
  dossier: "查看电子卷宗",
  paper: "下载卷宗材料",
  print: "打印",
  list: "查看列表",
  work: "查看工作台",
  board: "查看看板",
  report: "查看报告",
  "personal-index": "查看民警健康指数",
  search: "搜索",
  export: "导出",
  stream: "接收实时消息",
  veiled: "查看密级字段",
  deliveries: "查看外部送达与来文",
  traces: "查看查阅记录",
  comings: "查看登录记录",
  bureau: "查看本局日志",
};

function Who({ row }: { readonly row: Reading }) {
  return (
    <span title={`${row.username} ${row.units_zh.join("、")}`}>
      {row.zh ?? row.username}
      <span className="quiet">（{row.offices_zh.join("、") || "无职务"}）</span>
    </span>
  );
}

function What({ row }: { readonly row: Reading }) {
  const said = [row.asked, row.reason && `理由：${row.reason}`, row.refused].filter(Boolean).join("；");
  return (
    <span title={said}>
      {row.matter ? <Link className="within-text" to={`/matters/${row.matter}`}>{row.title ?? row.matter}</Link> : row.title}
      {row.title || row.matter ? " " : ""}
      <span className="quiet">{said}</span>
    </span>
  );
}

const COLUMNS: readonly Column<Reading>[] = [
  { key: "at", title: "时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.at)}</span> },
  { key: "who", title: "查阅人", width: "minmax(150px, 1fr)", cell: (row) => <Who row={row} /> },
  { key: "sort", title: "查阅内容", width: "130px", cell: (row) => row.sort_zh },
  { key: "what", title: "事项、条件与理由", width: "minmax(200px, 2fr)", cell: (row) => <What row={row} /> },
  { key: "number", title: "编号", width: "150px", cell: (row) => <span className="number quiet">{row.matter}</span> },
  { key: "address", title: "网络地址", width: "130px", cell: (row) => <span className="number">{row.address}</span> },
];

export default function ReadingsView() {
  const filters = useFilters();
  const query = { ...asked<ReadingSort>(filters), matter: filters.get("matter") };
  const list = useList("/api/reading-traces", { query });
  return (
    <>
      <div className="filters" role="search" aria-label="筛选查阅记录">
        <TraceFilters filters={filters} who="查阅人" what="查阅内容" sorts={SORTS} />
        <Input.Search
          key={filters.get("matter")}
          allowClear
          aria-label="事项编号"
          placeholder="事项编号"
          style={{ width: 200 }}
          defaultValue={filters.get("matter")}
          onSearch={(value) => {
            filters.set("matter", value.trim());
          }}
        />
      </div>
      <VirtualTable
        label="查阅记录"
        list={list}
        columns={COLUMNS}
        rowKey={(row) => `${row.at}/${row.username}/${row.sort}/${row.matter}/${row.asked}`}
        empty="没有符合条件的查阅记录。"
        card={(row) => (
          <>
            <div className="card-line spread">
              <strong>{row.sort_zh}</strong>
              <span className="number">{shownInstant(row.at)}</span>
            </div>
            <div className="card-line">
              <Who row={row} />
            </div>
            <div className="card-line">
              <What row={row} />
            </div>
          </>
        )}
      />
    </>
  );
}
