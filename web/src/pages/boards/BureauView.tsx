/** The bureau's own journal (本局日志): what was done about people, offices, units, accounts, the calendar and exports, and by whom. */
import type { BureauEntry } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";

const by = (row: BureauEntry): string => row.zh ?? (row.username || "系统");

const COLUMNS: readonly Column<BureauEntry>[] = [
  { key: "at", title: "时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.at)}</span> },
  { key: "by", title: "何人", width: "minmax(110px, 0.6fr)", cell: (row) => <span title={row.username}>{by(row)}</span> },
  { key: "step", title: "何事", width: "minmax(150px, 1fr)", cell: (row) => row.step_zh },
  { key: "words", title: "内容", width: "minmax(240px, 3fr)", cell: (row) => <span title={row.words}>{row.words}</span> },
];

export default function BureauView() {
  const list = useList("/api/bureau-journal");
  return (
    <VirtualTable
      label="本局日志"
      list={list}
      columns={COLUMNS}
      rowKey={(row) => String(row.position)}
      empty="本局日志还没有记载。"
      card={(row) => (
        <>
          <div className="card-line spread">
            <strong>{row.step_zh}</strong>
            <span className="number">{shownInstant(row.at)}</span>
          </div>
          <div className="card-line">{by(row)}</div>
          <div className="card-line quiet">{row.words}</div>
        </>
      )}
    />
  );
}
