/** What is said with one tap by whoever's turn it is: that one has the dispatch, that one is there. */
import { useMutation } from "@tanstack/react-query";
import { App, Button } from "antd";
import { useState } from "react";

import { isRefused } from "@/api/problem";
import { useMe } from "@/api/queries";
import type { MatterCard, Step } from "@/api/shapes";
import { areStale, matterIsStale } from "@/api/stale";
import { takeStep } from "@/api/steps";
import { newKey } from "@/forms/drafts";
import { ONE_TAP } from "@/forms/oneTap";

interface Props {
  readonly card: MatterCard;
  readonly steps: readonly Step[];
}

function Tap({ card, step }: { readonly card: MatterCard; readonly step: string }) {
  const { message } = App.useApp();
  const [key] = useState(newKey);
  const word = ONE_TAP[step] ?? "";
  const taking = useMutation({
    mutationFn: () => takeStep(card.number, step, {}, key, card.seq),
    onSuccess: () => {
      matterIsStale(card.number);
      void areStale("/api/tasks", "/api/tasks/counts");
      // Said once, however often it was tapped.
      void message.success({ content: `已${word}`, key: `${card.number}/${step}` });
    },
    onError: (error) => {
      const isElsewhere = isRefused(error, "superseded");
      if (isElsewhere) matterIsStale(card.number);
      void message.error(isElsewhere ? "事项已有更新，页面已是最新情况" : error.message);
    },
  });
  return (
    <Button
      type="primary"
      size="large"
      className="one-tap no-print"
      loading={taking.isPending}
      onClick={() => {
        taking.mutate();
      }}
    >
      {word}
    </Button>
  );
}

export function OneTap({ card, steps }: Props) {
  const me = useMe().data?.username;
  const step = card.turn?.sort === "turn" ? card.turn.step : "";
  // Whoever else may do it as well is not asked to.
  const isMine = card.turn?.who.some((each) => !each.person || each.person === me) ?? false;
  return isMine && step in ONE_TAP && steps.some((each) => each.step === step && !each.request) ? <Tap key={step} card={card} step={step} /> : null;
}
