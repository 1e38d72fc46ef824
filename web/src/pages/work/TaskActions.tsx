/** What is to be done with a thing that lies before me, on the spot where that is one word or one sentence. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Space } from "antd";
import type { TextAreaRef } from "antd/es/input/TextArea";
import { type ReactNode, useRef, useState } from "react";
import { Link } from "react-router";

import type { Task } from "@/api/shapes";
import { areStale, matterIsStale } from "@/api/stale";
import { takeStep } from "@/api/steps";
import { agree, useIsHeld } from "@/approvals/outbox";
import { newKey } from "@/forms/drafts";
import { ONE_TAP } from "@/forms/oneTap";
import { decidable, useMustBeSeen } from "@/pages/work/seen";

// What is set of inspections, by the sort of setting that its task names.
const INSPECTION_SETTINGS: ReadonlySet<string> = new Set(["figure", "words", "switch"]);

export function addressOf(task: Task): string {
  const asked = task.request ? "" : task.clock ? `?clock=${encodeURIComponent(task.clock)}` : task.step ? `?step=${task.step}` : "";
  if (task.sort === "appointment") return "/appointments";
  if (task.sort === "setting" && task.step === "assessment-standard") return "/standards";
  if (task.sort === "setting") return INSPECTION_SETTINGS.has(task.step ?? "") ? "/inspections" : "/times";
  if (task.sort === "objection") return "/boards/own-index";
  if (task.sort === "report") return `/boards/reports/${task.step ?? ""}`;
  if (!task.matter) return "/administration/partners";
  return `/matters/${task.matter}${asked}`;
}

// Where one goes to do it, in the words of what is done there.
const GO: Readonly<Record<Task["sort"], string>> = {
  approval: "去审批",
  returned: "修改重报",
  expired: "去处理",
  undelivered: "去补送",
  held: "去核实",
  law: "去核对",
  overrun: "去查看",
  appointment: "去确认",
  setting: "去确认",
  objection: "去决定",
  report: "去查阅",
  finding: "去查看",
  turn: "去办理",
  "call-back": "去回访",
};

/** What ends a task with one sentence: its verb, the step that is taken, and the form with that sentence. */
interface Saying {
  readonly verb: string;
  readonly step: string;
  readonly label: string;
  readonly form: (task: Task, words: string) => Readonly<Record<string, string>>;
}

const SAYING: Readonly<Partial<Record<Task["sort"], Saying>>> = {
  overrun: { verb: "确认", step: "acknowledge-overrun", label: "核查情况", form: (task, finding) => ({ clock: task.clock ?? "", finding }) },
};

/** What is said to that task, where one sentence ends it. */
export function sayingOf(task: Task): Saying | undefined {
  return SAYING[task.sort];
}

export function isToSign(task: Task): boolean {
  return task.step !== null && task.step in ONE_TAP && task.sort === "turn" && !task.gone_up;
}

/** Take a step from the list; a repeat happens once. */
function useTaking(task: Task, said: string, onDone?: () => void) {
  const { message } = App.useApp();
  const [key] = useState(newKey);
  return useMutation({
    mutationFn: ({ step, form }: { readonly step: string; readonly form: Readonly<Record<string, string>> }) => takeStep(task.matter, step, form, key),
    onSuccess: () => {
      matterIsStale(task.matter);
      void areStale("/api/tasks", "/api/tasks/counts");
      void message.success(said);
      onDone?.();
    },
    onError: (error) => void message.error(error.message),
  });
}

/** Sign for a dispatch, or say that one has arrived, in one go. */
function Sign({ task }: { readonly task: Task }) {
  const step = task.step ?? "";
  const signing = useTaking(task, `已${ONE_TAP[step] ?? ""}`);
  return (
    <Button
      size="small"
      type="primary"
      loading={signing.isPending}
      onClick={() => {
        signing.mutate({ step, form: {} });
      }}
    >
      {ONE_TAP[step]}
    </Button>
  );
}

/** The sentence that ends a task. */
function SayDialog({ task, saying, onClose }: { readonly task: Task; readonly saying: Saying; readonly onClose: () => void }) {
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const field = useRef<TextAreaRef>(null);
  const taking = useTaking(task, `已办理：${saying.verb}`, onClose);
  const lacks = words.trim() === "";
  const send = () => {
    setTried(true);
    if (!lacks) taking.mutate({ step: saying.step, form: saying.form(task, words) });
  };
  return (
    <Modal open title={`${saying.verb}：${task.title}`} okText={saying.verb} cancelText="返回" confirmLoading={taking.isPending} onOk={send} onCancel={onClose} afterOpenChange={() => field.current?.focus()}>
      <p>{task.words}</p>
      <Form layout="vertical" component="div">
        <Form.Item label={saying.label} htmlFor="saying" required {...(tried && lacks ? { validateStatus: "error", help: "必须填写" } : {})}>
          <Input.TextArea
            id="saying"
            ref={field}
            rows={3}
            maxLength={8000}
            value={words}
            onChange={(event) => {
              setWords(event.target.value);
            }}
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) send();
            }}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}

/** The dialogue in which that sentence is said, where one is open, and how to open it. */
export function useSaying(): [ReactNode, (task: Task) => void] {
  const [task, say] = useState<Task | null>(null);
  const saying = task && sayingOf(task);
  const dialog = task && saying && (
    <SayDialog
      key={task.id}
      task={task}
      saying={saying}
      onClose={() => {
        say(null);
      }}
    />
  );
  return [dialog, say];
}

export interface Acts {
  readonly onLook: (task: Task) => void;
  readonly onSay: (task: Task) => void;
}

function OfRequest({ task, onLook }: { readonly task: Task; readonly onLook: (task: Task) => void }) {
  const mustBeSeen = useMustBeSeen()(task);
  const [one] = decidable(task);
  return (
    <Space size={4}>
      {one && !mustBeSeen && (
        <Button
          size="small"
          type="primary"
          onClick={() => {
            agree(one);
          }}
        >
          同意
        </Button>
      )}
      <Button
        size="small"
        type={mustBeSeen ? "primary" : "default"}
        onClick={() => {
          onLook(task);
        }}
      >
        查看
      </Button>
    </Space>
  );
}

/** What may be done with a task from the list. */
export function Actions({ task, onLook, onSay }: { readonly task: Task } & Acts) {
  const isHeld = useIsHeld();
  const [one] = decidable(task);
  const saying = sayingOf(task);
  if (isToSign(task)) return <Sign key={task.id} task={task} />;
  if (one) return isHeld(one) ? <span className="quiet">即将送出</span> : <OfRequest task={task} onLook={onLook} />;
  return (
    <Space size={4}>
      {saying && (
        <Button
          size="small"
          onClick={() => {
            onSay(task);
          }}
        >
          {saying.verb}
        </Button>
      )}
      <Link to={addressOf(task)}>{GO[task.sort]}</Link>
    </Space>
  );
}
