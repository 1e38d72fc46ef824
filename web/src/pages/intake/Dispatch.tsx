/** Send a unit, and an officer, to what was just reported: in place, by keyboard. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Select } from "antd";
import { type KeyboardEvent, useRef, useState } from "react";

import { api, given, stepHeaders } from "@/api/client";
import { isPassing, Refused } from "@/api/problem";
import { useRoster } from "@/api/queries";
import { matterIsStale } from "@/api/stale";
import { newKey } from "@/forms/drafts";
import { usePatrols } from "@/lists/patrols";
import { useHeard } from "@/lists/sounds";
import { byKeyboard, moveOn } from "@/pages/intake/keyboard";
import { answering } from "@/pages/intake/suggestions";

interface Props {
  readonly number: string;
  readonly seq: number;
  readonly unit: string;
  readonly onClose: () => void;
}

export function Dispatch({ number, seq, unit: suggested, onClose }: Props) {
  const { message } = App.useApp();
  const units = useRoster().data?.units;
  const [unit, setUnit] = useState(suggested);
  const [officer, setOfficer] = useState<string | null>(null);
  const [key, setKey] = useState(newKey);
  const frame = useRef<HTMLDivElement>(null);
  const officers = usePatrols(unit);
  const heard = useHeard();
  const sending = useMutation({
    mutationFn: () =>
      api.POST("/api/matters/{number}/steps/dispatch-incident", { params: { path: { number }, header: stepHeaders(key, seq) }, body: { unit, ...given({ officer }) } }),
    onSuccess: () => {
      matterIsStale(number);
      void message.success(`${number} 已派警`);
      onClose();
    },
    onError: (error) => {
      if (error instanceof Refused && !isPassing(error)) setKey(newKey());
    },
  });
  const go = () => {
    if (unit && !sending.isPending) sending.mutate();
  };
  const pick = () => {
    const here = document.activeElement;
    if (frame.current && here) moveOn(frame.current, here);
  };
  const keyed = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape" && (event.target as HTMLElement).getAttribute("aria-expanded") !== "true") onClose();
    else byKeyboard(event, go);
  };
  return (
    <div className="dispatch" ref={frame} onKeyDownCapture={keyed} role="group" aria-label={`派警 ${number}`}>
      <Select
        aria-label="处警单位"
        autoFocus
        showSearch={{ filterOption: heard }}
        placeholder="处警单位"
        options={answering(units ?? []).map((each) => ({ value: each.unit, label: each.zh }))}
        value={unit || null}
        onChange={(next: string) => {
          setUnit(next);
          setOfficer(null);
        }}
        onSelect={pick}
      />
      <Select<string>
        aria-label="处警民警"
        showSearch={{ filterOption: heard }}
        allowClear
        placeholder="处警民警（可不填）"
        options={[...(officers ?? [])]}
        loading={unit !== "" && officers === undefined}
        popupMatchSelectWidth={false}
        value={officer}
        onChange={(next?: string) => {
          setOfficer(next ?? null);
        }}
        onSelect={pick}
        notFoundContent="该单位没有可派的民警"
      />
      <Button type="primary" data-last loading={sending.isPending} disabled={!unit} onClick={go}>
        派警
      </Button>
      {sending.isError && (
        <p role="alert" className="refused-words">
          {isPassing(sending.error) ? "暂时没有送达，请再按一次；同一次派警只会记录一次。" : sending.error.message}
        </p>
      )}
    </div>
  );
}
