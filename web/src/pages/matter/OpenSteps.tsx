import { Button, Input } from "antd";
import { useState } from "react";

import { useMe } from "@/api/queries";
import type { Clock, MatterCard, Step } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { isRunning } from "@/clocks/colours";
import { Countdown, useNow } from "@/clocks/Countdown";
import { draftsOf } from "@/forms/drafts";

interface Props {
  readonly card: MatterCard;
  readonly steps: readonly Step[];
  readonly onOpen: (step: Step) => void;
}

// What is due within so long is pressing, whether or not its colour says so yet.
const PRESSING_MS = 3 * 24 * 3600_000;

function isPressing(clock: Clock, now: number): boolean {
  return clock.colour !== "none" || (clock.due_at !== null && new Date(clock.due_at).getTime() - now < PRESSING_MS);
}

/** The pressing clock that a step would meet, the nearest of them. */
function clockMet(step: Step, clocks: readonly Clock[], now: number): Clock | undefined {
  return clocks.find((each) => isRunning(each.state) && each.due_at !== null && step.meets.includes(each.limit) && isPressing(each, now));
}

function StepButton({ step, hasDraft, kind, onOpen }: { readonly step: Step; readonly hasDraft: boolean; readonly kind: "primary" | "default"; readonly onOpen: (step: Step) => void }) {
  return (
    <Button
      type={kind}
      onClick={() => {
        onOpen(step);
      }}
    >
      {step.title}
      {step.standing === "awaiting-approval" && <span className="step-note">需审批</span>}
      {hasDraft && <span className="step-note">有草稿</span>}
    </Button>
  );
}

/** Everything I may do now: first what a running limit demands, then what leads on, then the rest. */
export function OpenSteps({ card, steps, onOpen }: Props) {
  const [sought, setSought] = useState("");
  const now = useNow();
  const username = useMe().data?.username ?? "";
  const drafts = new Set(draftsOf(username, card.number));
  const own = steps.filter((step) => !step.request);
  if (own.length === 0) return <p className="quiet">目前没有您可以办理的步骤。</p>;
  const due = own.flatMap((step) => {
    const clock = clockMet(step, card.clocks, now);
    return clock ? [{ step, clock }] : [];
  });
  due.sort((one, other) => String(one.clock.due_at).localeCompare(String(other.clock.due_at)));
  const isDue = new Set(due.map((each) => each.step.step));
  const onward = own.filter((step) => step.awaited && !isDue.has(step.step));
  const rest = own.filter((step) => !step.awaited && !isDue.has(step.step) && (step.title.includes(sought.trim()) || step.step.includes(sought.trim())));
  const has = (step: Step) => drafts.has(step.step);
  return (
    <>
      {due.length > 0 && (
        <>
          <h3>期限要求的</h3>
          <ul className="steps-due">
            {due.map(({ step, clock }) => (
              <li key={step.step}>
                <StepButton step={step} hasDraft={has(step)} kind="primary" onOpen={onOpen} />
                <ColourTag colour={clock.colour} />
                {clock.due_at && <Countdown due={clock.due_at} />}
              </li>
            ))}
          </ul>
        </>
      )}
      {onward.length > 0 && (
        <>
          <h3>推进办理</h3>
          <div className="steps">
            {onward.map((step) => (
              <StepButton key={step.step} step={step} hasDraft={has(step)} kind="default" onOpen={onOpen} />
            ))}
          </div>
        </>
      )}
      <details className="steps-rest" open={sought !== "" || onward.length + due.length === 0}>
        <summary>本阶段还可以办理的步骤（{own.length - onward.length - due.length}）</summary>
        <Input
          allowClear
          placeholder="查找步骤"
          aria-label="查找步骤"
          value={sought}
          onChange={(event) => {
            setSought(event.target.value);
          }}
        />
        <div className="steps">
          {rest.map((step) => (
            <StepButton key={step.step} step={step} hasDraft={has(step)} kind="default" onOpen={onOpen} />
          ))}
        </div>
      </details>
    </>
  );
}
