/** The reports that were made (报告): the newest first, each opened as it was made. */
import { Link } from "react-router";

import type { ReportItem } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { useFilters } from "@/pages/boards/reading";

function late(item: ReportItem): string {
  if (item.corrected) return "已有更正版";
  if (item.edition > 1) return `更正版：${item.reason}`;
  return item.late_minutes > 0 ? `迟制 ${String(item.late_minutes)} 分钟` : "按时";
}
const name = (item: ReportItem) => (
  <Link to={`/boards/reports/${String(item.id)}`}>
    {item.type_zh} {item.period} {item.number} {item.edition > 1 && `（更正版，第 ${String(item.edition)} 版）`}
  </Link>
);

const COLUMNS: readonly Column<ReportItem>[] = [
  { key: "name", title: "报告", width: "minmax(180px, 1.4fr)", cell: name },
  { key: "unit", title: "单位", width: "minmax(130px, 1fr)", cell: (item) => item.unit_zh },
  { key: "made", title: "制作时间", width: "150px", cell: (item) => <span className="number">{shownInstant(item.made_at)}</span> },
  { key: "late", title: "按时与更正", width: "minmax(120px, 1fr)", cell: late },
];

export default function ReportsView() {
  const [{ unit }] = useFilters();
  const list = useList("/api/reports", { query: { unit } });
  return (
    <VirtualTable
      label="报告"
      list={list}
      columns={COLUMNS}
      rowKey={(item) => String(item.id)}
      empty="还没有报告。早交班每日 07:50、午会商每日 11:50、日清每日 23:55、周调度每周五 14:00、周报每周一零时、月结每月 1 日 02:00、月点评每月第三个工作日 17:00、季报每季首月 5 日 06:00 自动制作。"
      card={(item) => (
        <>
          <div className="card-line spread">
            {name(item)}
            <span>{late(item)}</span>
          </div>
          <div className="card-line spread quiet">
            <span>{item.unit_zh}</span>
            <span className="number">{shownInstant(item.made_at)}</span>
          </div>
        </>
      )}
    />
  );
}
