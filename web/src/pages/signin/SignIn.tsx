/** The page before all others: a user name and a password, or the bureau's own identity provider. */
import "@/pages/signin/signin.css";

import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Input } from "antd";
import { type FormEvent, useEffect, useState } from "react";

import { $api, api, dataOf } from "@/api/client";
import type { components } from "@/api/contract";
import { isRefused, Refused } from "@/api/problem";
import { devices, keepDevice, signIn } from "@/api/session";
import { ProviderForm } from "@/pages/signin/ProviderForm";
import { ConnectionBanner } from "@/shell/ConnectionBanner";
import { useTitle } from "@/shell/title";
import { Failed, Loading } from "@/states/states";

type Way = components["schemas"]["Way"];

async function ask(username: string, password: string, otp: string): Promise<void> {
  const body = { grant_type: "password", username, password, otp, device: devices() } as const;
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  const token = await dataOf(api.POST("/api/auth/token", { body, headers }));
  keepDevice(token.device);
  signIn(token.access_token, token.expires_in);
}

function refusal(error: unknown): string {
  if (error instanceof Refused) {
    const wait = error.problem.retry_after;
    return wait ? `${error.problem.detail},请在 ${wait} 秒后再试` : error.problem.detail;
  }
  return error instanceof Error ? error.message : "登录失败";
}

function PasswordForm({ way }: { readonly way: Way }) {
  const [name, setName] = useState("");
  const [password, setPassword] = useState("");
  const [otp, setOtp] = useState("");
  const signing = useMutation({ mutationFn: () => ask(name.trim(), password, otp.trim()) });
  // Asked for once the password is known to be right, and from then on.
  const [second, setSecond] = useState(false);
  const missing = isRefused(signing.error, "second-factor-missing");
  if (missing && !second) setSecond(true);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && password) signing.mutate();
  };
  return (
    <form onSubmit={submit} className="sign-in-form">
      <label htmlFor="username">用户名</label>
      <Input
        id="username"
        autoComplete="username"
        autoFocus
        size="large"
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <label htmlFor="password">口令</label>
      <Input.Password
        id="password"
        autoComplete="current-password"
        size="large"
        value={password}
        onChange={(event) => {
          setPassword(event.target.value);
        }}
      />
      {second && (
        <>
          <label htmlFor="otp">动态口令</label>
          <Input
            id="otp"
            autoComplete="one-time-code"
            inputMode="numeric"
            autoFocus
            size="large"
            value={otp}
            onChange={(event) => {
              setOtp(event.target.value);
            }}
          />
        </>
      )}
      {signing.isError && <Alert type={missing ? "info" : "error"} showIcon title={refusal(signing.error)} />}
      <Button type="primary" htmlType="submit" size="large" block loading={signing.isPending} disabled={!name.trim() || !password}>
        登录
      </Button>
      {way.demo && way.logins.length > 0 && (
        <details className="demo-logins">
          <summary>演示系统：可以这样登录</summary>
          <ul>
            {way.logins.map((each) => (
              <li key={each.name}>
                <Button
                  type="link"
                  onClick={() => {
                    setName(each.name);
                    setPassword(each.password);
                  }}
                >
                  {each.who}
                </Button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </form>
  );
}

/** What the pages behind had said, in a tab's name or at its edge, is nothing for whoever comes next. */
function useNothingLeftBehind(): void {
  const { message, notification } = App.useApp();
  useTitle("登录");
  useEffect(() => {
    notification.destroy();
    message.destroy();
  }, [message, notification]);
}

export function SignIn() {
  useNothingLeftBehind();
  const way = $api.useQuery("get", "/api/auth/way");
  return (
    <main className="sign-in">
      <ConnectionBanner />
      <div className="panel">
        <div className="sign-in-brand">
          <img src="/favicon.svg" alt="" width={44} height={44} />
          <div>
            <h1>漏刻</h1>
            <p className="quiet">案件办理与法定期限</p>
          </div>
        </div>
        {way.isPending && <Loading rows={4} />}
        {way.isError && <Failed error={way.error} onRetry={() => void way.refetch()} />}
        {way.data?.way === "password" && <PasswordForm way={way.data} />}
        {way.data?.way === "oidc" && <ProviderForm issuer={way.data.issuer} clientId={way.data.client_id} />}
      </div>
    </main>
  );
}
