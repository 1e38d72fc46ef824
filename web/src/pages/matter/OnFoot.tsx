/** For whoever searches on foot: what is told with one tap, where they are in words, and a photograph; no map, and nobody's position is taken. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Input } from "antd";
import { useState } from "react";

import type { MatterCard, Step } from "@/api/shapes";
import { matterIsStale } from "@/api/stale";
import { takeStep } from "@/api/steps";
import { newKey } from "@/forms/drafts";

const UPDATE = "update-joint-task";
const WORDS = ["到达查找地点", "未发现，继续查找", "有线索，请求支援"] as const;

interface Props {
  readonly card: MatterCard;
  readonly steps: readonly Step[];
  readonly onPhotograph: () => void;
}

export function OnFoot({ card, steps, onPhotograph }: Props) {
  const { message } = App.useApp();
  const [place, setPlace] = useState("");
  const [key, setKey] = useState(newKey);
  const telling = useMutation({
    mutationFn: (said: string) => takeStep(card.number, UPDATE, { said, place: place.trim() }, key, card.seq),
    onSuccess: (_, said) => {
      setKey(newKey());
      matterIsStale(card.number);
      void message.success(`已报告：${said}`);
    },
    onError: (error) => {
      setKey(newKey());
      matterIsStale(card.number);
      void message.error(error.message);
    },
  });
  if (!steps.some((each) => each.step === UPDATE && !each.request)) return null;
  return (
    <section className="panel on-foot no-print" aria-label="现场报告">
      <h2>现场报告</h2>
      <label htmlFor="on-foot-place">我在</label>
      <Input
        id="on-foot-place"
        size="large"
        value={place}
        maxLength={200}
        placeholder="路名、门牌、标志物"
        onChange={(event) => {
          setPlace(event.target.value);
        }}
      />
      {WORDS.map((each) => (
        <Button
          key={each}
          size="large"
          block
          disabled={telling.isPending}
          onClick={() => {
            telling.mutate(each);
          }}
        >
          {each}
        </Button>
      ))}
      <Button size="large" block onClick={onPhotograph}>
        拍照、上传照片
      </Button>
    </section>
  );
}
