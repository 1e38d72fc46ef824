/** Files that are reviewed (评查案卷): a unit sees its own once it was told. */
import { Link } from "react-router";

import type { ReviewedFileRow } from "@/api/shapes";
import { useFilters } from "@/lists/filters";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { checklistWord, figure, gradeWord, useStageWords } from "@/pages/reviews/words";

const name = (row: ReviewedFileRow) => <Link to={`/reviews/files/${row.number}`}>{row.subject}</Link>;
const result = (row: ReviewedFileRow) => (row.result === null ? "—" : `${String(row.result)} ${gradeWord(row.grade)}`);

function columns(stages: Readonly<Record<string, string>>): readonly Column<ReviewedFileRow>[] {
  return [
    { key: "subject", title: "案卷", width: "minmax(150px, 1.2fr)", cell: name },
    { key: "unit", title: "办案单位", width: "minmax(100px, 1fr)", cell: (row) => row.unit_zh },
    { key: "checklist", title: "评查标准", width: "140px", cell: (row) => checklistWord(row.checklist) },
    { key: "first", title: "第一席", width: "70px", cell: (row) => <span className="number">{figure(row.first)}</span> },
    { key: "second", title: "第二席", width: "70px", cell: (row) => <span className="number">{figure(row.second)}</span> },
    { key: "difference", title: "分差", width: "60px", cell: (row) => <span className="number">{figure(row.difference)}</span> },
    { key: "result", title: "结果", width: "110px", cell: result },
    { key: "objected", title: "复核", width: "60px", cell: (row) => (row.objected ? "申请" : "—") },
    { key: "orders", title: "整改", width: "60px", cell: (row) => <span className="number">{row.orders}</span> },
    { key: "stage", title: "状态", width: "90px", cell: (row) => (row.stage === "scoring" ? `${String(row.seats_in)}/2 席` : (stages[row.stage] ?? row.stage)) },
  ];
}

export function FilesOf({ round }: { readonly round: string }) {
  const stages = useStageWords("case-review");
  const list = useList("/api/review-files", { query: { round } });
  return (
    <VirtualTable
      label="评查案卷"
      list={list}
      columns={columns(stages)}
      rowKey={(row) => row.number}
      empty="没有您可以查看的评查案卷；办案单位在反馈以后可以查看。"
      card={(row) => (
        <>
          <div className="card-line spread">
            {name(row)}
            <span>{result(row)}</span>
          </div>
          <div className="card-line">{row.unit_zh}</div>
          <div className="card-line quiet">{stages[row.stage] ?? row.stage}</div>
        </>
      )}
    />
  );
}

export default function FilesView() {
  const filters = useFilters();
  return <FilesOf round={filters.get("round")} />;
}
