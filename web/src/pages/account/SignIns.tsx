/** Where one is signed in, each of which can be ended from here. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Input } from "antd";
import { type FormEvent, useState } from "react";

import { call, read } from "@/api/client";
import { wordsOf } from "@/api/problem";
import { keys } from "@/api/queries";
import { shownInstant } from "@/clocks/instants";
import { Failed, Loading } from "@/states/states";

interface Held {
  readonly id: string;
  readonly began_at: string;
  readonly seen_at: string;
  readonly here: boolean;
}

const KEY = [...keys.me, "sign-ins"];

function Ending({ held, onEnded }: { readonly held: Held; readonly onEnded: () => void }) {
  const [current, setCurrent] = useState("");
  const ending = useMutation({
    mutationFn: () => call("/api/me/sign-ins/end", { method: "POST", body: JSON.stringify({ id: held.id, current }), headers: { "Content-Type": "application/json" } }),
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
  const queries = useQueryClient();
  const [chosen, setChosen] = useState("");
  const asked = useQuery({ queryKey: KEY, queryFn: ({ signal }) => read<{ readonly items: readonly Held[] }>("/api/me/sign-ins", {}, signal), staleTime: 0 });
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
                  void queries.invalidateQueries({ queryKey: KEY });
                }}
              />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
