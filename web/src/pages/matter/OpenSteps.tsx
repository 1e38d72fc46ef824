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

/** The pressing clock among these limits, the nearest of them. */
function pressingOf(limits: readonly string[], clocks: readonly Clock[], now: number): Clock | undefined {
  return clocks.find((each) => isRunning(each.state) && each.due_at !== null && limits.includes(each.limit) && isPressing(each, now));
}

interface Pressed {
  readonly step: Step;
  readonly clock: Clock;
}

function byDue(one: Pressed, other: Pressed): number {
  return String(one.clock.due_at).localeCompare(String(other.clock.due_at));
}

/** What a limit demands; and what may end one, where the law leaves several ways: what must come first before what ends it. */
function pressed(steps: readonly Step[], clocks: readonly Clock[], now: number): { readonly due: Pressed[]; readonly ending: Pressed[] } {
  const due: Pressed[] = [];
  const first: Pressed[] = [];
  const ending: Pressed[] = [];
  for (const step of steps) {
    const demanded = pressingOf(step.requires, clocks, now);
    const ended = pressingOf(step.meets, clocks, now);
    const led = step.awaited ? pressingOf(step.leads_to, clocks, now) : undefined;
    if (demanded) due.push({ step, clock: demanded });
    else if (led) first.push({ step, clock: led });
    else if (ended) ending.push({ step, clock: ended });
  }
  return { due: due.sort(byDue), ending: [...first.sort(byDue), ...ending.sort(byDue)] };
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

interface ListProps {
  readonly title: string;
  readonly kind: "primary" | "default";
  readonly pressed: readonly Pressed[];
  readonly has: (step: Step) => boolean;
  readonly onOpen: (step: Step) => void;
}

function PressedList({ title, kind, pressed: all, has, onOpen }: ListProps) {
  if (all.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul className="steps-due">
        {all.map(({ step, clock }) => (
          <li key={step.step}>
            <StepButton step={step} hasDraft={has(step)} kind={kind} onOpen={onOpen} />
            <ColourTag colour={clock.colour} />
            {clock.due_at && <Countdown due={clock.due_at} />}
          </li>
        ))}
      </ul>
    </>
  );
}

/** Everything I may do now: first what a running limit demands, then what may end one, then what leads on, then the rest. */
export function OpenSteps({ card, steps, onOpen }: Props) {
  const [sought, setSought] = useState("");
  const now = useNow();
  const username = useMe().data?.username ?? "";
  const drafts = new Set(draftsOf(username, card.number));
  const own = steps.filter((step) => !step.request);
  // Whoever has a request before them has something to do: it stands above.
  if (own.length === 0 && steps.length > 0) return <p className="quiet">上面的呈请等待您办理，此外没有其他步骤。</p>;
  if (own.length === 0) return <p className="quiet">目前没有您可以办理的步骤。</p>;
  const { due, ending } = pressed(own, card.clocks, now);
  const shown = new Set([...due, ...ending].map((each) => each.step.step));
  const onward = own.filter((step) => step.awaited && !shown.has(step.step));
  const rest = own.filter((step) => !step.awaited && !shown.has(step.step) && (step.title.includes(sought.trim()) || step.step.includes(sought.trim())));
  const has = (step: Step) => drafts.has(step.step);
  return (
    <>
      <PressedList title="限时必办" kind="primary" pressed={due} has={has} onOpen={onOpen} />
      <PressedList title="可使期限了结的" kind="default" pressed={ending} has={has} onOpen={onOpen} />
      {onward.length > 0 && (
        <>
          <h3>下一环节</h3>
          <div className="steps">
            {onward.map((step) => (
              <StepButton key={step.step} step={step} hasDraft={has(step)} kind="default" onOpen={onOpen} />
            ))}
          </div>
        </>
      )}
      <details className="steps-rest" open={sought !== "" || onward.length + shown.size === 0}>
        <summary>其他办案环节（{own.length - onward.length - shown.size}）</summary>
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
