/** How a matter stands, for whoever brought it and has no account: in large letters, on a phone or at a machine in the hall. */
import "@/pages/counter/counter.css";

import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input } from "antd";
import { type FormEvent, useState } from "react";

import { api, dataOf } from "@/api/client";
import type { components } from "@/api/contract";
import { Refused } from "@/api/problem";
import { shownInstant } from "@/clocks/instants";
import { useTitle } from "@/shell/title";

type Answer = components["schemas"]["CounterAnswer"];

interface Asked {
  readonly number: string;
  readonly code: string;
  readonly tail: string;
}

const MINUTE_S = 60;

function ask({ number, code, tail }: Asked): Promise<Answer> {
  return dataOf(api.GET("/api/counter/{number}", { params: { path: { number: number.trim() }, header: { "X-Query-Code": code.trim(), "X-Phone-Tail": tail.trim() } } }));
}

function refusal(error: Error): string {
  const wait = error instanceof Refused ? error.problem.retry_after : undefined;
  return wait ? `${error.message}（约${String(Math.ceil(wait / MINUTE_S))}分钟以后可以再查）` : error.message;
}

function Told({ answer }: { readonly answer: Answer }) {
  return (
    <section className="panel" aria-label="办理情况" aria-live="polite">
      <p className="quiet">
        {answer.kind_zh} <span className="number">{answer.number}</span>
      </p>
      <p className="said">{answer.said}</p>
      {answer.promises.length > 0 && (
        <div>
          <h2>我们的承诺</h2>
          <ul>
            {answer.promises.map((each) => (
              <li key={each.what + each.due_at}>
                {each.what}：<span className="number">{shownInstant(each.due_at, each.date_only)}</span> 以前
                {each.overdue && "（已经超过，可以到窗口要求督办）"}
              </li>
            ))}
          </ul>
        </div>
      )}
      {answer.needed.length > 0 && (
        <div>
          <h2>需要您做的</h2>
          <ul>
            {answer.needed.map((each) => (
              <li key={each}>{each}</li>
            ))}
          </ul>
        </div>
      )}
      <p className="quiet">截至 {shownInstant(answer.as_of)}</p>
    </section>
  );
}

interface FieldProps {
  readonly id: keyof Asked;
  readonly label: string;
  readonly numeric?: boolean;
  readonly asked: Asked;
  readonly onChange: (asked: Asked) => void;
}

function Field({ id, label, numeric = false, asked, onChange }: FieldProps) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        value={asked[id]}
        autoComplete="off"
        autoCapitalize="characters"
        inputMode={numeric ? "numeric" : "text"}
        maxLength={40}
        onChange={(event) => {
          onChange({ ...asked, [id]: event.target.value });
        }}
      />
    </>
  );
}

export function CounterPage() {
  useTitle("办理情况查询");
  const [asked, setAsked] = useState<Asked>({ number: "", code: "", tail: "" });
  const asking = useMutation({ mutationFn: ask });
  const missing = !asked.number.trim() || !asked.code.trim();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!missing) asking.mutate(asked);
  };
  return (
    <main className="counter">
      <h1>办理情况查询</h1>
      <p className="quiet">供来信人、报警人、失联人员的报告人查询，不需要登录。</p>
      <form onSubmit={submit}>
        <Field id="number" label="编号" asked={asked} onChange={setAsked} />
        <Field id="code" label="查询码（八位）" asked={asked} onChange={setAsked} />
        <Field id="tail" label="登记电话的后四位（没有登记电话的不填）" numeric asked={asked} onChange={setAsked} />
        <Button type="primary" htmlType="submit" block loading={asking.isPending} disabled={missing}>
          查询
        </Button>
      </form>
      {asking.isError && <Alert type="error" showIcon title={refusal(asking.error)} />}
      {asking.data && !asking.isPending && !asking.isError && <Told answer={asking.data} />}
      <p className="quiet">查询码只发给本人一次，遗失的请带身份证件到受理单位的窗口重新领取；公用机器用完请关闭本页。</p>
    </main>
  );
}
