import { App, Button } from "antd";
import { useEffect, useRef } from "react";
import { useNavigate } from "react-router";

import { type Asked, useAsked } from "@/api/asked";
import { $api } from "@/api/client";
import { useWords } from "@/api/queries";
import { chime, hearing } from "@/shell/chime";

const DISPATCH = "accept-dispatch";
// Long enough to be read by whoever looks up; a dispatch until it has to be signed for.
const SHOWN_S = 8;
const DISPATCH_SHOWN_S = 30;

function useTold(): (asked: Asked) => string {
  const steps = useWords().data?.steps;
  return ({ sort, step, urgent }) => {
    const zh = steps?.[step] ?? "";
    if (step === DISPATCH) return urgent ? "紧急警情待签收" : "新警情待签收";
    return { approval: `待您审批：${zh}`, returned: `被退回：${zh}` }[sort as string] ?? `轮到您：${zh}`;
  };
}

/** The number of my tasks before whatever the page is called. */
function useCountedTitle(count: number): void {
  useEffect(() => {
    const title = document.querySelector("title");
    if (!title) return;
    const say = () => {
      const plain = document.title.replace(/^\(\d+\) /, "");
      const said = count > 0 ? `(${String(count)}) ${plain}` : plain;
      if (said !== document.title) document.title = said;
    };
    say();
    const renamed = new MutationObserver(say);
    renamed.observe(title, { childList: true });
    return () => {
      renamed.disconnect();
    };
  }, [count]);
}

export function useTaskCounts() {
  return $api.useQuery("get", "/api/tasks/counts", {});
}

/** What has come to be mine to do, said at once: a word on the page, the count in the tab's title, a sound for a dispatch. */
export function Alerts() {
  const { notification } = App.useApp();
  const navigate = useNavigate();
  const told = useTold();
  const counts = useTaskCounts().data;
  const signed = counts?.signing === 0;
  const dispatches = useRef<string[]>([]);
  useEffect(() => {
    if (!signed) return;
    for (const key of dispatches.current.splice(0)) notification.destroy(key);
  }, [signed, notification]);
  useCountedTitle(Object.values(counts ?? {}).reduce((sum, each) => sum + each, 0));
  useAsked((asked) => {
    const key = `${asked.number}/${asked.step}`;
    const isDispatch = asked.step === DISPATCH;
    if (isDispatch) dispatches.current.push(key);
    notification[isDispatch && asked.urgent ? "error" : isDispatch ? "warning" : "info"]({
      key,
      title: told(asked),
      description: asked.number,
      duration: isDispatch ? DISPATCH_SHOWN_S : SHOWN_S,
      placement: "bottomRight",
      role: "status",
      actions: (
        <Button
          size="small"
          type="primary"
          onClick={() => {
            notification.destroy(key);
            void navigate(`/matters/${asked.number}${asked.sort === "approval" ? "" : `?step=${asked.step}`}`);
          }}
        >
          去办理
        </Button>
      ),
    });
    if (asked.isFirst && hearing(isDispatch)) chime(isDispatch && asked.urgent);
  });
  return null;
}
