import { Button, Checkbox, Space } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link } from "react-router";

import { useMe } from "@/api/queries";
import type { Task } from "@/api/shapes";
import { askedWords } from "@/approvals/asked";
import { type Decidable, DECIDING, type Verb, VERBS } from "@/approvals/decisions";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { type List, useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { useDesk } from "@/shell/desk";
import { useShortcut } from "@/shell/shortcuts";

const DecisionDialog = lazy(() => import("@/approvals/DecisionDialog"));
const RequestLook = lazy(() => import("@/pages/work/RequestLook"));

const SORTS: Readonly<Record<Task["sort"], string>> = { approval: "审批", returned: "被退回", expired: "超期", undelivered: "未能送达", held: "来文等待", law: "法律核对", overrun: "超期待确认", appointment: "任职确认", finding: "巡查发现" };

/** What lies before me; of the chosen office only, where one is chosen. */
export function useTodo(): List<Task> {
  const desk = useDesk();
  const me = useMe().data?.username;
  const list = useList("/api/tasks");
  if (!desk || !list.rows) return list;
  const mine = (task: Task) => (task.person ? task.person === me : task.office === desk.office && task.unit === desk.unit);
  return { ...list, rows: list.rows.filter(mine) };
}

function decidable(task: Task): Decidable[] {
  if (!task.request) return [];
  return [{ matter: task.matter, title: task.title, request: task.request, request_zh: task.step_zh ?? task.request, seq: task.seq, office: task.office }];
}

function addressOf(task: Task): string {
  const asked = task.request ? "" : task.clock ? `?clock=${encodeURIComponent(task.clock)}` : task.step ? `?step=${task.step}` : "";
  if (task.sort === "appointment") return "/appointments";
  if (!task.matter) return "/administration/partners";
  return `/matters/${task.matter}${asked}`;
}

interface Acts {
  readonly onLook: (task: Task) => void;
  readonly onDecide: (verb: Verb, task: Task) => void;
}

function Actions({ task, onLook, onDecide }: { readonly task: Task } & Acts) {
  if (!task.request) return <Link to={addressOf(task)}>去办理</Link>;
  return (
    <Space size={4}>
      <Button
        size="small"
        type="primary"
        onClick={() => {
          onDecide("approve", task);
        }}
      >
        同意
      </Button>
      <Button
        size="small"
        onClick={() => {
          onLook(task);
        }}
      >
        查看
      </Button>
    </Space>
  );
}

function columnsOf(check: (task: Task) => React.ReactNode, all: React.ReactNode, acts: Acts): readonly Column<Task>[] {
  return [
    { key: "check", title: all, width: "24px", cell: check },
    { key: "sort", title: "种类", width: "72px", cell: (task) => SORTS[task.sort] },
    {
      key: "words",
      title: "事由",
      width: "minmax(160px, 1.6fr)",
      cell: (task) => <span title={task.words}>{task.step_zh && task.request ? `${task.step_zh}（${askedWords(task)}）` : task.words}</span>,
    },
    { key: "title", title: "事项", width: "minmax(140px, 1.2fr)", cell: (task) => <Link to={addressOf(task)}>{task.title}</Link> },
    { key: "number", title: "编号", width: "140px", cell: (task) => <span className="number quiet">{task.matter}</span> },
    {
      key: "due",
      title: "最近期限",
      width: "190px",
      cell: (task) => (
        <Space size={6}>
          <ColourTag colour={task.colour} />
          {task.due_at && <Countdown due={task.due_at} />}
        </Space>
      ),
    },
    { key: "at", title: "到达", width: "130px", cell: (task) => <span className="number">{shownInstant(task.opened_at)}</span> },
    { key: "act", title: "办理", width: "120px", cell: (task) => <Actions task={task} {...acts} /> },
  ];
}

/** Which of the requests are picked, and the boxes by which they are. */
function usePicking(open: readonly Task[]) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const picked = open.filter((task) => chosen.has(task.id));
  const pick = (ids: readonly number[]) => {
    setChosen(new Set(ids));
  };
  const check = (task: Task) =>
    task.request ? (
      <Checkbox
        aria-label={`选择 ${task.title} ${task.step_zh ?? ""}`}
        checked={chosen.has(task.id)}
        onChange={(event) => {
          const others = [...chosen].filter((id) => id !== task.id);
          pick(event.target.checked ? [...others, task.id] : others);
        }}
      />
    ) : null;
  const all = (
    <Checkbox
      aria-label="选择全部待审批的"
      checked={picked.length > 0 && picked.length === open.length}
      indeterminate={picked.length > 0 && picked.length < open.length}
      disabled={open.length === 0}
      onChange={(event) => {
        pick(event.target.checked ? open.map((task) => task.id) : []);
      }}
    />
  );
  return { picked, pick, check, all };
}

function Card({ task, check, acts }: { readonly task: Task; readonly check: React.ReactNode; readonly acts: Acts }) {
  return (
    <>
      <div className="card-line spread">
        <Space size={6}>
          {check}
          <strong>{task.step_zh ?? SORTS[task.sort]}</strong>
        </Space>
        <ColourTag colour={task.colour} />
      </div>
      <div className="card-line">
        <Link to={addressOf(task)}>{task.title}</Link>
        {task.due_at && <Countdown due={task.due_at} />}
      </div>
      <div className="card-line spread">
        <span className="quiet">{task.asked_by_zh ? askedWords(task) : task.words}</span>
        <Actions task={task} {...acts} />
      </div>
    </>
  );
}

interface Deciding {
  readonly verb: Verb;
  readonly requests: readonly Decidable[];
}

export function TodoList() {
  const list = useTodo();
  const rows = list.rows ?? [];
  const open = rows.filter((task) => task.request);
  const { picked, pick, check, all } = usePicking(open);
  const [looking, setLooking] = useState<Task | null>(null);
  const [deciding, setDeciding] = useState<Deciding | null>(null);

  const decide = (verb: Verb, tasks: readonly Task[]) => {
    setLooking(null);
    if (tasks.length > 0) setDeciding({ verb, requests: tasks.flatMap(decidable) });
  };
  const decideOne = (verb: Verb, task: Task) => {
    decide(verb, [task]);
  };
  const acts: Acts = { onLook: setLooking, onDecide: decideOne };
  useShortcut("a", "同意选中的呈请", () => {
    decide("approve", picked);
  });
  useShortcut("r", "退回选中的呈请", () => {
    decide("return", picked);
  });
  const counted = `共 ${String(rows.length)}${list.hasMore ? "+" : ""} 件，其中待审批 ${String(open.length)} 件`;
  return (
    <>
      <div className="filters" aria-live="polite">
        {DECIDING.map((verb) => (
          <Button
            key={verb}
            disabled={picked.length === 0}
            onClick={() => {
              decide(verb, picked);
            }}
          >
            批量{VERBS[verb].zh}
          </Button>
        ))}
        <span className="quiet">{picked.length > 0 ? `已选 ${String(picked.length)} 件` : counted}</span>
      </div>
      <VirtualTable
        label="待办"
        list={list}
        columns={columnsOf(check, all, acts)}
        rowKey={(task) => task.id}
        empty="没有待办。新的呈请和预警到达时会出现在这里。"
        card={(task) => <Card task={task} check={check(task)} acts={acts} />}
      />
      <Suspense>
        {looking && (
          <RequestLook
            task={open.find((task) => task.id === looking.id) ?? looking}
            address={addressOf(looking)}
            onClose={() => {
              setLooking(null);
            }}
            onDecide={decideOne}
          />
        )}
        {deciding && (
          <DecisionDialog
            {...deciding}
            onClose={() => {
              setDeciding(null);
              pick([]);
            }}
          />
        )}
      </Suspense>
    </>
  );
}
