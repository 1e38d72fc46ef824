/** What I have decided just now, with the seconds in which it can still be taken back. */
import "@/approvals/approvals.css";

import { Button } from "antd";
import { useEffect, useState } from "react";

import { VERBS } from "@/approvals/decisions";
import { type Held, takeBack, useHeld } from "@/approvals/outbox";
import { Cited } from "@/law/Cited";

const TICK_MS = 250;

function Seconds({ until }: { readonly until: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, TICK_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, []);
  // Read by nobody second by second: whoever hears the page is told once.
  return <span aria-hidden="true">（{Math.max(0, Math.ceil((until - now) / 1000))}秒后送出）</span>;
}

function One({ each }: { readonly each: Held }) {
  const { one, state, verb } = each;
  const back = () => {
    takeBack(each.key);
  };
  return (
    <li className={`held held-${state}`}>
      <span>
        {state === "refused" ? `未能${VERBS[verb].zh}` : VERBS[verb].done}：{one.request_zh} · {one.title}
        {state === "held" && <Seconds until={each.sentAt} />}
        {state === "refused" && (
          <>
            。<Cited text={each.basis ? `${each.words}（${each.basis}）` : each.words} />
          </>
        )}
      </span>
      {state === "held" && (
        <Button size="small" onClick={back}>
          撤销
        </Button>
      )}
      {state === "refused" && (
        <Button size="small" onClick={back}>
          知道了
        </Button>
      )}
    </li>
  );
}

export function HeldBar() {
  const held = useHeld();
  return (
    <ul className="held-bar" aria-label="刚才的决定" aria-live="polite">
      {held.map((each) => (
        <One key={each.key} each={each} />
      ))}
    </ul>
  );
}
