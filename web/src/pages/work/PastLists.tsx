/** What I did, what I asked for, and what was copied to me. */
import { Link } from "react-router";

import type { Copied, Done, Started } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";

const STATES: Readonly<Record<Started["state"], string>> = { awaiting: "等待审批", approved: "已批准", returned: "被退回", withdrawn: "已撤回", lapsed: "已失效" };

interface InMatter {
  readonly matter: string;
  readonly kind_zh: string;
  readonly title: string;
}

function matterColumns<T extends InMatter>(): readonly Column<T>[] {
  return [
    { key: "kind", title: "种类", width: "100px", cell: (row) => row.kind_zh },
    { key: "title", title: "警情案件", width: "minmax(160px, 1.6fr)", cell: (row) => <Link to={`/matters/${row.matter}`}>{row.title}</Link> },
    { key: "number", title: "编号", width: "150px", cell: (row) => <span className="number quiet">{row.matter}</span> },
  ];
}

function Card({ row, head, foot }: { readonly row: InMatter; readonly head: React.ReactNode; readonly foot: React.ReactNode }) {
  return (
    <>
      <div className="card-line spread">{head}</div>
      <div className="card-line">
        <Link to={`/matters/${row.matter}`}>{row.title}</Link>
      </div>
      <div className="card-line quiet">
        {row.kind_zh} · {foot}
      </div>
    </>
  );
}

export function DoneList() {
  const list = useList("/api/work/done");
  const columns: readonly Column<Done>[] = [
    { key: "step", title: "步骤", width: "minmax(140px, 1fr)", cell: (row) => row.step_zh ?? row.step },
    ...matterColumns<Done>(),
    { key: "standing", title: "结果", width: "100px", cell: (row) => (row.standing === "done" ? "已办理" : "已呈请") },
    { key: "at", title: "时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.recorded_at)}</span> },
  ];
  return (
    <VirtualTable
      label="已办"
      list={list}
      columns={columns}
      rowKey={(row) => `${row.matter}/${String(row.seq)}`}
      empty="您还没有办理过步骤。"
      card={(row) => <Card row={row} head={<strong>{row.step_zh ?? row.step}</strong>} foot={shownInstant(row.recorded_at)} />}
    />
  );
}

function withWords(row: Started): string {
  return row.with.map((each) => each.person_zh ?? each.office_zh ?? each.office).join("、");
}

/** What was asked for, and by whom if the reader took it over. */
function Asking({ row }: { readonly row: Started }) {
  return (
    <>
      {row.step_zh ?? row.step}
      {row.asked_by_zh && <span className="quiet">（接手自{row.asked_by_zh}）</span>}
    </>
  );
}

export function StartedList() {
  const list = useList("/api/work/started");
  const columns: readonly Column<Started>[] = [
    { key: "step", title: "呈请", width: "minmax(140px, 1fr)", cell: (row) => <Asking row={row} /> },
    ...matterColumns<Started>(),
    { key: "state", title: "状态", width: "90px", cell: (row) => STATES[row.state] },
    { key: "with", title: "在谁手中", width: "minmax(120px, 1fr)", cell: withWords },
    { key: "at", title: "呈请时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.asked_at)}</span> },
  ];
  return (
    <VirtualTable
      label="我呈请的"
      list={list}
      columns={columns}
      rowKey={(row) => `${row.matter}/${String(row.seq)}`}
      empty="您还没有呈请过审批。"
      card={(row) => (
        <Card
          row={row}
          head={
            <>
              <strong>
                <Asking row={row} />
              </strong>
              <span>{STATES[row.state]}</span>
            </>
          }
          foot={withWords(row) || shownInstant(row.ended_at)}
        />
      )}
    />
  );
}

export function CopiedList() {
  const list = useList("/api/work/copied");
  const columns: readonly Column<Copied>[] = [
    ...matterColumns<Copied>(),
    { key: "stage", title: "阶段", width: "110px", cell: (row) => row.stage_zh ?? row.stage },
    { key: "colour", title: "期限", width: "80px", cell: (row) => <ColourTag colour={row.colour} /> },
    { key: "by", title: "抄送人", width: "110px", cell: (row) => row.by_zh ?? row.by },
    { key: "at", title: "抄送时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.copied_at)}</span> },
  ];
  return (
    <VirtualTable
      label="抄送我的"
      list={list}
      columns={columns}
      rowKey={(row) => row.matter}
      empty="没有抄送给您的事项。"
      card={(row) => <Card row={row} head={<ColourTag colour={row.colour} />} foot={`${row.by_zh ?? row.by} 抄送于 ${shownInstant(row.copied_at)}`} />}
    />
  );
}
