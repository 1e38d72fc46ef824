/** Where one is signed in, each of which can be ended from here. */
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input } from "antd";
import { type FormEvent, useState } from "react";

import { $api, api } from "@/api/client";
import type { components } from "@/api/contract";
import { wordsOf } from "@/api/problem";
import { areStale } from "@/api/stale";
import { shownInstant } from "@/clocks/instants";
import { Failed, Loading } from "@/states/states";

type Held = components["schemas"]["HeldSignIn"];

function Ending({ held, onEnded }: { readonly held: Held; readonly onEnded: () => void }) {
  const [current, setCurrent] = useState("");
  const ending = useMutation({
    mutationFn: () => api.POST("/api/me/sign-ins/end", { body: { id: held.id, current } }),
    onSuccess: onEnded,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (current) ending.mutate();
  };
  return (
    <form onSubmit={submit} className="sign-in-form">
      <label htmlFor="ending-current">口令</label>
      <Input.Password
        id="ending-current"
        autoComplete="current-password"
        autoFocus
        value={current}
        onChange={(event) => {
          setCurrent(event.target.value);
        }}
      />
      {ending.isError && <Alert type="error" showIcon title={wordsOf(ending.error)} />}
      <Button danger htmlType="submit" loading={ending.isPending} disabled={!current}>
        确认结束
      </Button>
    </form>
  );
}

export function SignIns() {
  const [chosen, setChosen] = useState("");
  const asked = $api.useQuery("get", "/api/me/sign-ins", {}, { staleTime: 0 });
  if (asked.isPending) return <Loading rows={2} />;
  if (asked.isError) return <Failed error={asked.error} onRetry={() => void asked.refetch()} />;
  return (
    <section className="panel" aria-label="登录情况">
      <h2>登录情况</h2>
      <ul>
        {asked.data.items.map((held) => (
          <li key={held.id}>
            {shownInstant(held.began_at)} 登录，最近使用 {shownInstant(held.seen_at)}
            {held.here ? (
              "（本机）"
            ) : (
              <Button
                type="link"
                onClick={() => {
                  setChosen(chosen === held.id ? "" : held.id);
                }}
              >
                结束
              </Button>
            )}
            {chosen === held.id && (
              <Ending
                held={held}
                onEnded={() => {
                  setChosen("");
                  void areStale("/api/me/sign-ins");
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
