/** What I have to score: mine alone, and nobody else's list has it. */
import { Link } from "react-router";

import type { SheetItem } from "@/api/shapes";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { checklistWord, useStageWords } from "@/pages/reviews/words";

const name = (row: SheetItem) => <Link to={`/reviews/sheets/${row.number}`}>{row.number}</Link>;
const left = (row: SheetItem) => (row.due_at ? <Countdown due={row.due_at} colour={row.colour} /> : "—");

function columns(stages: Readonly<Record<string, string>>): readonly Column<SheetItem>[] {
  return [
    { key: "number", title: "打分表", width: "minmax(150px, 1fr)", cell: name },
    { key: "checklist", title: "评查标准", width: "150px", cell: (row) => checklistWord(row.checklist) },
    { key: "stage", title: "状态", width: "90px", cell: (row) => stages[row.stage] ?? row.stage },
    { key: "assigned", title: "分派时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.assigned_at)}</span> },
    { key: "left", title: "打分剩余", width: "130px", cell: left },
    { key: "scored", title: "打分时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.scored_at)}</span> },
  ];
}

export default function SheetsView() {
  const stages = useStageWords("review-sheet");
  const list = useList("/api/review-sheets");
  return (
    <VirtualTable
      label="我的打分"
      list={list}
      columns={columns(stages)}
      rowKey={(row) => row.number}
      empty="没有分派给您的评查。"
      card={(row) => (
        <>
          <div className="card-line spread">
            {name(row)}
            <span>{stages[row.stage] ?? row.stage}</span>
          </div>
          <div className="card-line">{checklistWord(row.checklist)}</div>
          <div className="card-line quiet">{left(row)}</div>
        </>
      )}
    />
  );
}
