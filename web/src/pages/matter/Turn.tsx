import { Alert, Button } from "antd";

import type { MatterCard, Step } from "@/api/shapes";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";

type TurnOf = NonNullable<MatterCard["turn"]>;

const DOING: Readonly<Record<TurnOf["sort"], string>> = { approval: "审批：", returned: "重新办理：", turn: "" };

/** Whose turn it is, for all who may see the matter. */
export function Turn({ turn }: { readonly turn: MatterCard["turn"] }) {
  if (!turn) return null;
  const who = turn.who.map((each) => {
    const named = each.person_zh ?? `${turn.outside ? "" : (each.unit_zh ?? "")}${each.office_zh ?? each.office}`;
    return each.deputy_zh ? `${named}（离岗，${each.deputy_zh}代理）` : named;
  });
  return (
    <p className="turn">
      <span className="quiet">{turn.outside ? "等待外单位" : "现在轮到"}：</span>
      <strong>{[...new Set(who)].join("、")}</strong>（{DOING[turn.sort]}
      {turn.step_zh ?? turn.step}）
      <span className="quiet">
        自 {shownInstant(turn.since)}
        {turn.due_at && (
          <>
            {" · "}
            <Countdown due={turn.due_at} />
          </>
        )}
        {turn.gone_up && " · 无人办理，已上报"}
      </span>
    </p>
  );
}

interface Back {
  readonly tasks: MatterCard["tasks"];
  readonly steps: readonly Step[];
  readonly onOpen: (step: Step) => void;
}

/** What came back, with the reason, until it is done again. */
export function Returned({ tasks, steps, onOpen }: Back) {
  return tasks
    .filter((each) => each.sort === "returned")
    .map((each) => {
      const step = steps.find((open) => open.step === each.step && !open.request);
      return (
        <Alert
          key={each.id}
          type="warning"
          showIcon
          className="no-print"
          title="呈请被退回"
          description={each.words}
          action={
            step && (
              <Button
                size="small"
                type="primary"
                onClick={() => {
                  onOpen(step);
                }}
              >
                修改后重新呈请
              </Button>
            )
          }
        />
      );
    });
}
