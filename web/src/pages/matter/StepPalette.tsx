/** Any step by a few letters of its name (Ctrl+J): the arrows choose, Enter opens its form. */
import { Input, Modal } from "antd";
import { type KeyboardEvent, useId, useState } from "react";

import { useWords } from "@/api/queries";
import type { Step } from "@/api/shapes";
import { found } from "@/lists/finding";
import { isBarred } from "@/pages/matter/stepOrder";

interface Props {
  readonly steps: readonly Step[];
  readonly onOpen: (step: Step) => void;
  readonly onClose: () => void;
}

// As many as fit without scrolling.
const SHOWN = 9;

export default function StepPalette({ steps, onOpen, onClose }: Props) {
  const [sought, setSought] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const chapters = useWords().data?.chapters;
  const ready = [...steps].sort((one, other) => Number(isBarred(one)) - Number(isBarred(other)) || Number(other.awaited || other.usual) - Number(one.awaited || one.usual));
  const hits = found(
    ready.map((step) => ({ step, zh: step.title, spelt: step.spelt, besides: step.step })),
    sought,
  ).slice(0, SHOWN);
  const chosen = hits[Math.min(at, hits.length - 1)];
  const open = (step: Step) => {
    onClose();
    onOpen(step);
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (way) {
      event.preventDefault();
      setAt((before) => (Math.min(before, hits.length - 1) + way + hits.length) % Math.max(hits.length, 1));
    } else if (event.key === "Enter" && chosen) {
      event.preventDefault();
      open(chosen.step);
    }
  };
  return (
    <Modal title="办理步骤" open onCancel={onClose} footer={null} destroyOnHidden>
      <Input
        autoFocus
        role="combobox"
        aria-label="步骤名称或者拼音"
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        {...(chosen ? { "aria-activedescendant": `${id}-${chosen.step.step}` } : {})}
        placeholder="名称、拼音或者首字母，例如 询问、xw"
        value={sought}
        onChange={(event) => {
          setSought(event.target.value);
          setAt(0);
        }}
        onKeyDown={keyed}
      />
      <div id={id} role="listbox" aria-label="步骤" className="palette">
        {hits.map(({ step }) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the field that speaks for the list keeps the focus and hears the keys
          <div
            key={step.step}
            id={`${id}-${step.step}`}
            role="option"
            aria-selected={step === chosen?.step}
            onClick={() => {
              open(step);
            }}
          >
            <span>{step.title}</span>
            <span className="quiet">{step.lacks.length > 0 ? `须先有：${step.lacks.join("或者")}` : step.barred || chapters?.[step.chapter]}</span>
          </div>
        ))}
      </div>
      {hits.length === 0 && <p className="quiet">没有名称相符的步骤。</p>}
    </Modal>
  );
}
