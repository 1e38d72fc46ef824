import { Button, Input, Switch } from "antd";
import { useState } from "react";

import { useMe, useWords } from "@/api/queries";
import type { MatterCard, Step } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown, useNow } from "@/clocks/Countdown";
import { draftsOf } from "@/forms/drafts";
import { rank } from "@/lists/finding";
import { takenLately } from "@/pages/matter/lately";
import { orderOf, type Pressed } from "@/pages/matter/stepOrder";

interface Props {
  readonly card: MatterCard;
  readonly steps: readonly Step[];
  readonly onOpen: (step: Step) => void;
}

interface Offering {
  /** Of which there is a draft. */
  readonly has: (step: Step) => boolean;
  readonly onOpen: (step: Step) => void;
}

function StepButton({ step, offering, kind = "default" }: { readonly step: Step; readonly offering: Offering; readonly kind?: "primary" | "default" }) {
  return (
    <Button
      type={kind}
      onClick={() => {
        offering.onOpen(step);
      }}
    >
      {step.title}
      {step.standing === "awaiting-approval" && <span className="step-note">需审批</span>}
      {offering.has(step) && <span className="step-note">有草稿</span>}
      {step.lacks.length > 0 && <span className="step-note">须先有：{step.lacks.join("或者")}</span>}
      {step.barred && <span className="step-note">{step.barred}</span>}
    </Button>
  );
}

function PressedList({ title, kind, pressed, offering }: { readonly title: string; readonly kind: "primary" | "default"; readonly pressed: readonly Pressed[]; readonly offering: Offering }) {
  if (pressed.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="steps-due">
        {pressed.map(({ step, clock }) => (
          <li key={step.step}>
            <StepButton step={step} offering={offering} kind={kind} />
            <ColourTag colour={clock.colour} />
            {clock.due_at && <Countdown due={clock.due_at} colour={clock.colour} />}
          </li>
        ))}
      </ul>
    </>
  );
}

function Row({ steps, offering }: { readonly steps: readonly Step[]; readonly offering: Offering }) {
  return (
    <div className="steps">
      {steps.map((step) => (
        <StepButton key={step.step} step={step} offering={offering} />
      ))}
    </div>
  );
}

function Titled({ title, steps, offering }: { readonly title: string; readonly steps: readonly Step[]; readonly offering: Offering }) {
  if (steps.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <Row steps={steps} offering={offering} />
    </>
  );
}

/** The rest by chapters, each opened when somebody looks into it; what was looked for is open. */
function Chapters({ steps, open, offering }: { readonly steps: readonly Step[]; readonly open: boolean; readonly offering: Offering }) {
  const chapters = Object.entries(useWords().data?.chapters ?? {});
  return (
    <div className="chapters">
      {chapters.map(([chapter, zh]) => {
        const within = steps.filter((step) => step.chapter === chapter);
        if (within.length === 0) return null;
        return (
          <details key={`${chapter}${open ? "/sought" : ""}`} className="chapter" open={open}>
            <summary>
              {zh} <span className="number quiet">{within.length}</span>
            </summary>
            <Row steps={within} offering={offering} />
          </details>
        );
      })}
    </div>
  );
}

/** Everything I may do now: what a running limit demands, what may end one, what leads on, what is usual; then the rest by chapters. */
export function OpenSteps({ card, steps, onOpen }: Props) {
  const [sought, setSought] = useState("");
  const [everything, setEverything] = useState(false);
  const now = useNow();
  const username = useMe().data?.username ?? "";
  const drafts = new Set(draftsOf(username, card.number));
  const own = steps.filter((step) => !step.request);
  // Whoever has a request before them has something to do: it stands above.
  if (own.length === 0 && steps.length > 0) return <p className="quiet">上面的呈请等待您办理，此外没有其他步骤。</p>;
  if (own.length === 0) return <p className="quiet">目前没有您可以办理的步骤。</p>;
  const { due, ending, onward, usual, rest, lacking } = orderOf(own, card.clocks, now, takenLately(username, card.kind));
  const offering: Offering = { has: (step) => drafts.has(step.step), onOpen };
  const isSought = sought.trim() !== "";
  const listed = isSought
    ? [...rest, ...lacking].filter((step) => rank({ zh: step.title, spelt: step.spelt, besides: step.step }, sought) !== null)
    : [...rest, ...(everything ? lacking : [])];
  const front = due.length + ending.length + onward.length + usual.length;
  return (
    <>
      <PressedList title="限时必办" kind="primary" pressed={due} offering={offering} />
      <PressedList title="可使期限了结的" kind="default" pressed={ending} offering={offering} />
      <Titled title="下一环节" steps={onward} offering={offering} />
      <Titled title="常用" steps={usual} offering={offering} />
      {rest.length + lacking.length > 0 && (
        <>
          <h3>其他办案环节（{rest.length}）</h3>
          <div className="steps-search">
            <Input
              allowClear
              placeholder="名称或者拼音，例如 询问、xw"
              aria-label="查找步骤"
              value={sought}
              onChange={(event) => {
                setSought(event.target.value);
              }}
            />
            {lacking.length > 0 && (
              <label className="quiet">
                <Switch size="small" checked={everything} onChange={setEverything} aria-label={`显示现在不能办理的 ${String(lacking.length)} 项`} /> 另有 {lacking.length} 项缺少前提或者已经办理{everything ? "" : "，未列出"}
              </label>
            )}
          </div>
          {isSought && listed.length === 0 && <p className="quiet">没有名称相符的步骤。</p>}
          <Chapters steps={listed} open={isSought || front === 0} offering={offering} />
        </>
      )}
    </>
  );
}
