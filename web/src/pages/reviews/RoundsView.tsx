/** Rounds (评查批次): what each was drawn from and how, and how far its files have come. */
import { Link } from "react-router";

import type { RoundItem } from "@/api/shapes";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { checklistWord, figure, isDrive, methodWord, purposeWord, useStageWords } from "@/pages/reviews/words";

const name = (row: RoundItem) => <Link to={`/reviews/${isDrive(row.purpose) ? "drives" : "rounds"}/${row.number}`}>{row.title}</Link>;

function columns(stages: Readonly<Record<string, string>>): readonly Column<RoundItem>[] {
  return [
    { key: "title", title: "批次", width: "minmax(180px, 1.6fr)", cell: name },
    { key: "purpose", title: "目的", width: "110px", cell: (row) => purposeWord(row.purpose) },
    { key: "checklist", title: "评查标准", width: "140px", cell: (row) => checklistWord(row.checklist) },
    { key: "method", title: "方法", width: "70px", cell: (row) => methodWord(row.method) },
    { key: "population", title: "总体", width: "60px", cell: (row) => <span className="number">{row.population}</span> },
    { key: "drawn", title: "抽取", width: "60px", cell: (row) => <span className="number">{row.files.drawn}</span> },
    { key: "scored", title: "打分", width: "60px", cell: (row) => <span className="number">{row.files.scored}</span> },
    { key: "told", title: "反馈", width: "60px", cell: (row) => <span className="number">{row.files.told}</span> },
    { key: "objected", title: "复核", width: "60px", cell: (row) => <span className="number">{row.files.objected}</span> },
    { key: "mean", title: "均分", width: "70px", cell: (row) => <span className="number">{figure(row.files.mean)}</span> },
    { key: "vetoed", title: "★", width: "50px", cell: (row) => <span className="number">{row.files.vetoed}</span> },
    { key: "stage", title: "状态", width: "80px", cell: (row) => stages[row.stage] ?? row.stage },
  ];
}

export default function RoundsView() {
  const stages = useStageWords("review-round");
  const list = useList("/api/review-rounds");
  return (
    <VirtualTable
      label="评查批次"
      list={list}
      columns={columns(stages)}
      rowKey={(row) => row.number}
      empty="没有您可以查看的评查批次。法制员在工作台的“登记”中制定评查计划。"
      card={(row) => (
        <>
          <div className="card-line spread">
            {name(row)}
            <span>{stages[row.stage] ?? row.stage}</span>
          </div>
          <div className="card-line">
            {purposeWord(row.purpose)} · {checklistWord(row.checklist)} · {methodWord(row.method)}
          </div>
          <div className="card-line quiet">
            总体 {row.population}，抽取 {row.files.drawn}，均分 {figure(row.files.mean)}
          </div>
        </>
      )}
    />
  );
}
