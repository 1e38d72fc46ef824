import { App } from "antd";

import type { Receipt, Step } from "@/api/shapes";
import { FormDrawer } from "@/forms/FormDrawer";
import type { Party } from "@/forms/PartyWidget";
import type { Thing } from "@/forms/pickers";

interface Props {
  readonly number: string;
  readonly step: Step;
  /** The sequence of the matter as it was looked at. */
  readonly seq: number;
  readonly people?: readonly Party[];
  readonly things?: readonly Thing[];
  readonly unit?: string;
  readonly onClose: () => void;
  readonly onDone?: (receipt: Receipt) => void;
}

/** Take a step of a matter. */
export default function StepDrawer({ number, step, seq, people, things, unit, onClose, onDone }: Props) {
  const { message } = App.useApp();
  const done = (receipt: Receipt) => {
    void message.success(receipt.standing === "awaiting-approval" ? `已呈请：${step.title}` : `已办理：${step.title}`);
    onClose();
    onDone?.(receipt);
  };
  return (
    <FormDrawer
      sheet={{ ...step, by: step.office_zh, approvedBy: step.approved_by }}
      to={{
        path: `/api/matters/${number}/steps/${step.step}`,
        matter: number,
        step: step.request ? `${step.step}.${step.request}` : step.step,
        seq,
        ...(step.request ? { fixed: { request: step.request } } : {}),
      }}
      {...(people ? { people } : {})}
      {...(things ? { things } : {})}
      {...(unit ? { unit } : {})}
      names={step.step === "name-offender"}
      onClose={onClose}
      onDone={done}
    />
  );
}
