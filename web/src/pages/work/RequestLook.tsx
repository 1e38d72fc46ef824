import { Button, Drawer } from "antd";

import type { Task } from "@/api/shapes";
import { askedWords } from "@/approvals/asked";
import { type Decidable, VERBS } from "@/approvals/decisions";
import { Deciding } from "@/approvals/Deciding";
import { ApprovalSheet } from "@/approvals/Sheet";
import { shownInstant } from "@/clocks/instants";
import { ReasonForm } from "@/states/ReasonForm";

interface Props {
  readonly task: Task;
  readonly one: Decidable;
  readonly returning: boolean;
  readonly onReturning: (is: boolean) => void;
  readonly onTransfer: () => void;
  readonly onClose: () => void;
}

/** A request as it is decided upon, with the verbs that decide; of a sealed file once it is said why it is read. */
export default function RequestLook({ task, one, returning, onReturning, onTransfer, onClose }: Props) {
  return (
    <Drawer
      open
      onClose={onClose}
      title={`呈请：${task.step_zh ?? ""}`}
      size="min(720px, 100vw)"
      footer={
        task.form && (
          <Deciding one={one} returning={returning} onReturning={onReturning} onDecided={onClose}>
            <Button onClick={onTransfer}>{VERBS.transfer.zh}</Button>
          </Deciding>
        )
      }
    >
      <p>
        <strong>{task.title}</strong> <span className="quiet number">{task.matter}</span>
        <br />
        <span className="quiet">
          {askedWords(task)}于 {shownInstant(task.opened_at)}
        </span>
      </p>
      {task.form ? <ApprovalSheet number={task.matter} seq={one.asked_at_seq} /> : <ReasonForm detail="案卷已封存，说明理由后显示呈请的内容" />}
    </Drawer>
  );
}
