import { App, Button, Checkbox, Input, Segmented, Space } from "antd";
import { lazy, Suspense, useMemo, useState } from "react";
import { Link, useNavigate, useSearchParams } from "react-router";

import { useMe } from "@/api/queries";
import type { Task } from "@/api/shapes";
import { askedWords } from "@/approvals/asked";
import { type Decidable, DECIDING, type Verb, VERBS } from "@/approvals/decisions";
import { agree } from "@/approvals/outbox";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { UrgentTag } from "@/clocks/UrgentTag";
import { type List, useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { useTaskCounts } from "@/shell/Alerts";
import { decidable, saw, useMustBeSeen } from "@/pages/work/seen";
import { Actions, type Acts, addressOf, sayingOf, useSaying } from "@/pages/work/TaskActions";
import { useDesk } from "@/shell/desk";
import { useShortcut } from "@/shell/shortcuts";

const DecisionDialog = lazy(() => import("@/approvals/DecisionDialog"));
const RequestLook = lazy(() => import("@/pages/work/RequestLook"));

const SORTS: Readonly<Record<Task["sort"], string>> = { approval: "审批", returned: "被退回", expired: "超期", undelivered: "未能送达", held: "来文等待", law: "法律核对", overrun: "超期待确认", appointment: "任职确认", setting: "设定确认", objection: "积分异议", report: "报告待阅", finding: "巡查发现", turn: "轮到我", "call-back": "回访" };
const QUEUES: Readonly<Record<Task["queue"], string>> = { returned: "被退回", signing: "签收", approval: "审批", overdue: "超期", rectification: "整改", turn: "轮到我", other: "其他" };

/** The tasks with those of one matter together, where the first of them stands. */
function byMatter(tasks: readonly Task[]): readonly Task[] {
  const groups = new Map<string, Task[]>();
  for (const task of tasks) {
    const key = task.matter || String(task.id);
    groups.set(key, [...(groups.get(key) ?? []), task]);
  }
  return [...groups.values()].flat();
}

/** What lies before me, what is due first in front; of the chosen office only, where one is chosen. */
function useTodo(queue: Task["queue"] | "", q: string): List<Task> {
  const desk = useDesk();
  const me = useMe().data?.username;
  const list = useList("/api/tasks", { query: { order: "due", queue }, q });
  const rows = useMemo(() => {
    const mine = (task: Task) => !desk || (task.person ? task.person === me : task.office === desk.office && task.unit === desk.unit);
    return list.rows && byMatter(list.rows.filter(mine));
  }, [list.rows, desk, me]);
  return { ...list, rows };
}

function columnsOf(check: (task: Task) => React.ReactNode, all: React.ReactNode, acts: Acts): readonly Column<Task>[] {
  return [
    { key: "check", title: all, width: "24px", cell: check },
    { key: "sort", title: "种类", width: "72px", cell: (task) => (task.queue === "signing" ? QUEUES.signing : SORTS[task.sort]) },
    {
      key: "words",
      title: "事由",
      width: "minmax(160px, 1.6fr)",
      cell: (task) => <span title={task.words}>{task.step_zh && task.request ? `${task.step_zh}（${askedWords(task)}）` : `${task.gone_up ? "无人办理，已上报：" : ""}${task.words}`}</span>,
    },
    {
      key: "title",
      title: "警情案件",
      width: "minmax(140px, 1.2fr)",
      cell: (task) => (
        <>
          <UrgentTag urgent={task.urgent} /> <Link to={addressOf(task)}>{task.title}</Link>
        </>
      ),
    },
    { key: "number", title: "编号", width: "140px", cell: (task) => <span className="number quiet">{task.matter}</span> },
    {
      key: "due",
      title: "最近期限",
      width: "190px",
      cell: (task) => (
        <Space size={6}>
          <ColourTag colour={task.colour} />
          {task.due_at && <Countdown due={task.due_at} colour={task.colour} />}
        </Space>
      ),
    },
    { key: "at", title: "到达", width: "130px", cell: (task) => <span className="number">{shownInstant(task.opened_at)}</span> },
    { key: "act", title: "办理", width: "140px", cell: (task) => <Actions task={task} {...acts} /> },
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
        <span>
          <UrgentTag urgent={task.urgent} /> <Link to={addressOf(task)}>{task.title}</Link>
        </span>
        {task.due_at && <Countdown due={task.due_at} colour={task.colour} />}
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

/** The queue that is looked at, as the address of the page says. */
function useQueue() {
  const [search, setSearch] = useSearchParams();
  const choose = (next: string) => {
    setSearch(
      (before) => {
        if (next) before.set("queue", next);
        else before.delete("queue");
        return before;
      },
      { replace: true },
    );
  };
  return { queue: (search.get("queue") ?? "") as Task["queue"] | "", choose };
}

/** Which queue is looked at, with how many are in each; kept in the address. */
function Queues({ queue, onChange }: { readonly queue: Task["queue"] | ""; readonly onChange: (next: string) => void }) {
  const counts = useTaskCounts().data;
  const all = Object.values(counts ?? {}).reduce((sum, each) => sum + each, 0);
  const chips = (Object.keys(QUEUES) as Task["queue"][]).filter((each) => counts?.[each] ?? each === queue);
  const label = (zh: string, count: number | undefined) => `${zh} ${String(count ?? 0)}`;
  return (
    <Segmented
      aria-label="待办的类别"
      value={queue}
      options={[{ value: "", label: label("全部", all) }, ...chips.map((each) => ({ value: each as string, label: label(QUEUES[each], counts?.[each]) }))]}
      onChange={onChange}
    />
  );
}

/** The row that the keys have come to, with what they do there. */
function useKeys(rows: readonly Task[], open: (task: Task) => void) {
  const [at, setAt] = useState(-1);
  const task = rows[at];
  useShortcut("j", "下一项待办", () => {
    setAt((before) => Math.min(before + 1, rows.length - 1));
  });
  useShortcut("k", "上一项待办", () => {
    setAt((before) => Math.max(before - 1, 0));
  });
  useShortcut("Enter", "打开这一项待办", () => {
    if (task) open(task);
  });
  return { at: Math.min(at, rows.length - 1), task };
}

interface OfBatch {
  /** Whether anything there awaits an approval. */
  readonly isDecided: boolean;
  readonly picked: readonly Task[];
  readonly counted: string;
  readonly onDecide: (verb: Verb, tasks: readonly Task[]) => void;
}

/** What may be done with all that are picked at once. */
function Batch({ isDecided, picked, counted, onDecide }: OfBatch) {
  return (
    <div className="filters" aria-live="polite">
      {isDecided && DECIDING.map((verb) => (
        <Button
          key={verb}
          disabled={picked.length === 0}
          onClick={() => {
            onDecide(verb, picked);
          }}
        >
          批量{VERBS[verb].zh}
        </Button>
      ))}
      <span className="quiet">{picked.length > 0 ? `已选 ${String(picked.length)} 件` : counted}</span>
    </div>
  );
}

/** The request that is opened, and whether the reason of its return is being given. */
function useLooking(open: readonly Task[]) {
  const [looking, setLooking] = useState<Task | null>(null);
  const [returning, setReturning] = useState(false);
  const looked = looking && (open.find((task) => task.id === looking.id) ?? looking);
  const [one] = looked ? decidable(looked) : [];
  return {
    looked,
    one,
    returning,
    setReturning,
    look: (task: Task, isReturned = false) => {
      saw(task);
      setReturning(isReturned);
      setLooking(task);
    },
    close: () => {
      setLooking(null);
    },
  };
}

export function TodoList() {
  const { message } = App.useApp();
  const navigate = useNavigate();
  const { queue, choose } = useQueue();
  const [q, setQ] = useState("");
  const list = useTodo(queue, q);
  const rows = list.rows ?? [];
  const open = rows.filter((task) => task.request);
  const { picked, pick, check, all } = usePicking(open);
  const { looked, one, look, close, ...returns } = useLooking(open);
  const [deciding, setDeciding] = useState<Deciding | null>(null);
  const mustBeSeen = useMustBeSeen();
  /** Many at once: of what decides on liberty only what has been opened is approved. */
  const decide = (verb: Verb, tasks: readonly Task[]) => {
    const unseen = verb === "approve" ? tasks.filter(mustBeSeen) : [];
    if (unseen.length > 0) void message.warning(`${String(unseen.length)} 件涉及人身自由，须先逐件查看，未列入本次同意`);
    const requests = tasks.filter((task) => !unseen.includes(task)).flatMap(decidable);
    if (requests.length > 0) setDeciding({ verb, requests });
  };
  const keys = useKeys(rows, (task) => {
    if (task.request) look(task);
    else void navigate(addressOf(task));
  });
  const [saying, say] = useSaying();
  const acts: Acts = { onLook: look, onSay: say };
  // What is opened comes first, then what is picked, then the row that the keys have come to.
  const chosen = looked ?? (picked.length === 0 && keys.task?.request ? keys.task : null);
  // What is ended by one sentence is so by either key: there is nothing else to say to it.
  const toSay = !looked && picked.length === 0 && keys.task && sayingOf(keys.task) ? keys.task : null;
  useShortcut("a", "同意打开的、选中的呈请；确认超期", () => {
    if (toSay) say(toSay);
    else if (!chosen) decide("approve", picked);
    else if (mustBeSeen(chosen)) look(chosen);
    else {
      decidable(chosen).forEach(agree);
      close();
    }
  });
  useShortcut("r", "退回打开的、选中的呈请；确认超期", () => {
    if (toSay) say(toSay);
    else if (chosen) look(chosen, true);
    else decide("return", picked);
  });
  const counted = list.rows === undefined ? "" : `共 ${String(rows.length)}${list.hasMore ? "+" : ""} 件${open.length > 0 ? `，其中待审批 ${String(open.length)} 件` : ""}`;
  return (
    <>
      <div className="filters">
        <Queues queue={queue} onChange={choose} />
        <Input.Search aria-label="在待办中查找" placeholder="事由、事项或者编号" allowClear style={{ width: 220 }} onSearch={setQ} />
      </div>
      <Batch isDecided={open.length > 0} picked={picked} counted={counted} onDecide={decide} />
      <VirtualTable
        label="待办"
        list={list}
        at={keys.at}
        columns={columnsOf(check, all, acts)}
        rowKey={(task) => task.id}
        empty="没有待办。新的呈请和预警到达时会出现在这里。"
        card={(task) => <Card task={task} check={check(task)} acts={acts} />}
      />
      <Suspense>
        {looked && one && (
          <RequestLook
            task={looked}
            one={one}
            returning={returns.returning}
            onReturning={returns.setReturning}
            onTransfer={() => {
              close();
              decide("transfer", [looked]);
            }}
            onClose={close}
          />
        )}
        {saying}
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
