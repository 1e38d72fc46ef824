import { App } from "antd";
import { useEffect, useState } from "react";
import { useBlocker } from "react-router";

import { type Receipt, schemaOf, type Step } from "@/api/shapes";
import { onTakenElsewhere, takeStep } from "@/api/steps";
import { useDossier } from "@/dossier/reading";
import { Attachments, AttachmentsLeft } from "@/forms/Attachments";
import { type Attaching, useAttaching } from "@/forms/attaching";
import { FormDrawer } from "@/forms/FormDrawer";
import type { Party } from "@/forms/PartyWidget";
import type { Thing } from "@/forms/pickers";

interface Props {
  readonly number: string;
  readonly step: Step;
  /** The sequence of the matter as it was looked at; none where it was not. */
  readonly seq?: number;
  readonly people?: readonly Party[];
  readonly things?: readonly Thing[];
  readonly unit?: string;
  readonly hasDossier?: boolean;
  /** What was filled in when it was sent before, and came back. */
  readonly filled?: Readonly<Record<string, unknown>>;
  readonly onClose: () => void;
  readonly onDone?: (receipt: Receipt) => void;
}

/** Leave, by whichever way, once whoever chose files that nobody else has said that they may be forgotten. */
function useAsking({ waiting }: Attaching): void {
  const { modal } = App.useApp();
  const leaving = useBlocker(waiting > 0);
  useEffect(() => {
    if (leaving.state !== "blocked") return;
    const dialogue = modal.confirm({
      title: `还有 ${String(waiting)} 个附件没有入卷`,
      content: "附件不随草稿保存，关闭后需要重新选择。",
      okText: "关闭",
      cancelText: "返回",
      onOk: () => {
        leaving.proceed();
      },
      onCancel: () => {
        leaving.reset();
      },
    });
    return () => {
      dialogue.destroy();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once for each time that somebody is about to leave
  }, [leaving.state]);
}

/** Take a step of a matter, and put the files that go with it into its dossier. */
export default function StepDrawer({ number, step, seq, people, things, unit, hasDossier = false, filled, onClose, onDone }: Props) {
  const { message, modal } = App.useApp();
  // Whoever decides on a request adds no papers to it.
  const dossier = useDossier(number, hasDossier && !step.request).data;
  const places = dossier?.may_scan ? dossier.places : [];
  // Until somebody says where a file belongs it was taken on the scene, or is one of the others, which the catalogue has last.
  const attaching = useAttaching(number, (places.find((each) => each.place === "scene") ?? places.at(-1))?.place ?? "");
  useAsking(attaching);
  const [taken, setTaken] = useState<Receipt | null>(null);
  const finish = (receipt: Receipt) => {
    onDone?.(receipt);
    onClose();
  };
  useEffect(() => {
    if (taken && attaching.waiting === 0) finish(taken);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when the last of the files is in the dossier or was left out
  }, [taken, attaching.waiting]);
  useEffect(
    () =>
      onTakenElsewhere((other) => {
        if (other.number !== number || other.step !== step.step || other.request !== (step.request ?? "")) return;
        modal.confirm({
          title: "已在另一窗口办理",
          content: `${step.title}刚在另一窗口办理，不必再办；确要再办理一次的，可以继续填写。`,
          okText: "关闭",
          cancelText: "继续填写",
          onOk: onClose,
        });
      }),
    [number, step, modal, onClose],
  );
  const done = (receipt: Receipt) => {
    const said = receipt.standing === "done" ? "已办理" : step.request ? "已同意，尚未生效" : "已呈请";
    void message.success(receipt.awaits.length > 0 ? `${said}：${step.title}，等待${receipt.awaits.join("、")}` : `${said}：${step.title}`);
    for (const note of receipt.notes) void message.warning(note, 8);
    setTaken(receipt);
    attaching.send();
  };
  return (
    <FormDrawer
      sheet={{ ...step, form: schemaOf(step.form), by: step.office_zh, approvedBy: step.approved_by }}
      to={{
        send: (form, key, seen) => takeStep(number, step.step, form, key, seen),
        matter: number,
        step: step.request ? `${step.step}.${step.request}` : step.step,
        ...(seq === undefined ? {} : { seq }),
        ...(filled ? { filled } : {}),
        ...(step.request ? { fixed: { request: step.request } } : {}),
      }}
      {...(people ? { people } : {})}
      {...(things ? { things } : {})}
      {...(unit ? { unit } : {})}
      attachments={places.length > 0 && <Attachments attaching={attaching} places={places} />}
      files={taken ? [] : attaching.files.map((each) => each.file.name)}
      afterwards={taken && <AttachmentsLeft attaching={attaching} places={places} />}
      onClose={onClose}
      onDone={done}
    />
  );
}
