import { Button, Drawer, Space } from "antd";
import { Link } from "react-router";

import type { Task } from "@/api/shapes";
import { askedWords } from "@/approvals/asked";
import { DECIDING, type Verb, VERBS } from "@/approvals/decisions";
import { shownInstant } from "@/clocks/instants";
import { FilledForm } from "@/forms/FilledForm";
import { ReasonForm } from "@/states/ReasonForm";

interface Props {
  readonly task: Task;
  readonly address: string;
  readonly onClose: () => void;
  readonly onDecide: (verb: Verb, task: Task) => void;
}

/** A request as it was filled in, with the verbs that decide on it; of a sealed file once it is said why it is read. */
export default function RequestLook({ task, address, onClose, onDecide }: Props) {
  return (
    <Drawer
      open
      onClose={onClose}
      title={`呈请：${task.step_zh ?? ""}`}
      size="min(520px, 100vw)"
      footer={
        task.form && (
          <Space>
            {DECIDING.map((verb) => (
              <Button
                key={verb}
                type={verb === "approve" ? "primary" : "default"}
                onClick={() => {
                  onDecide(verb, task);
                }}
              >
                {VERBS[verb].zh}
              </Button>
            ))}
          </Space>
        )
      }
    >
      <p>
        <Link to={address} className="among-words">{task.title}</Link> <span className="quiet number">{task.matter}</span>
      </p>
      <p className="quiet">
        {askedWords(task)}于 {shownInstant(task.opened_at)}
      </p>
      {task.form ? (
        <FilledForm step={task.request ?? ""} form={task.form} />
      ) : (
        <ReasonForm detail="案卷已封存，说明理由后显示呈请的内容" />
      )}
    </Drawer>
  );
}
