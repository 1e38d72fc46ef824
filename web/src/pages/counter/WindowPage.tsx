/** At the window: whoever brought a matter is met, and given the code by which they ask for it later. */
import "@/pages/counter/counter.css";

import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Input } from "antd";
import { type FormEvent, useState } from "react";

import { api, dataOf } from "@/api/client";
import type { components } from "@/api/contract";
import { useTitle } from "@/shell/title";

type GivenCode = components["schemas"]["GivenCode"];

function give(number: string): Promise<GivenCode> {
  return dataOf(api.POST("/api/matters/{number}/query-code", { params: { path: { number }, header: { "Idempotency-Key": crypto.randomUUID() } } }));
}

function Slip({ given }: { readonly given: GivenCode }) {
  return (
    <section className="panel slip" aria-label="查询凭条">
      <h2>查询凭条</h2>
      <p>
        编号 <span className="number">{given.number}</span>
      </p>
      <p>
        查询码 <span className="number code">{given.code}</span>
      </p>
      <p>
        打开 <span className="number">{`${window.location.origin}/counter`}</span>，填写编号、查询码
        {given.needs_phone ? "和登记电话的后四位" : ""}，即可查询办理情况。
      </p>
      <p className="quiet">查询码只显示这一次，请交给本人；再次发给的，这一个即作废。</p>
      <Button
        className="no-print"
        onClick={() => {
          window.print();
        }}
      >
        打印
      </Button>
    </section>
  );
}

export function WindowPage() {
  useTitle("窗口");
  const [number, setNumber] = useState("");
  const [met, setMet] = useState(false);
  const giving = useMutation({
    mutationFn: () => give(number.trim().toUpperCase()),
    onSuccess: () => {
      setMet(false);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (number.trim() && met) giving.mutate();
  };
  return (
    <>
      <section className="panel no-print" aria-label="发给查询码">
        <h1>窗口</h1>
        <p className="quiet">来信人、报警人、失联人员的报告人凭查询码查询办理情况，不需要账号。匿名举报人凭当时的凭证领取，不登记身份。</p>
        <form className="window-form" onSubmit={submit}>
          <label htmlFor="window-number">事项编号</label>
          <Input
            id="window-number"
            value={number}
            maxLength={40}
            autoComplete="off"
            onChange={(event) => {
              setNumber(event.target.value);
            }}
          />
          <Checkbox
            checked={met}
            onChange={(event) => {
              setMet(event.target.checked);
            }}
          >
            已当面核对是本人
          </Checkbox>
          <Button type="primary" htmlType="submit" loading={giving.isPending} disabled={!number.trim() || !met}>
            发给查询码
          </Button>
        </form>
        {giving.isError && <Alert type="error" showIcon title={giving.error.message} />}
      </section>
      {giving.data && !giving.isError && <Slip given={giving.data} />}
    </>
  );
}
