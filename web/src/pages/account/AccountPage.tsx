/** One's own account: the password, the second factor, and the end of one's sign-ins. Whoever owes something here sees nothing else. */
import "@/pages/signin/signin.css";

import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input, QRCode } from "antd";
import { type FormEvent, type ReactNode, useState } from "react";

import { api, dataOf } from "@/api/client";
import { wordsOf } from "@/api/problem";
import { useMe } from "@/api/queries";
import { keepDevice, leave, signIn } from "@/api/session";
import { areStale } from "@/api/stale";
import { Absences } from "@/pages/account/Absences";
import { Comings } from "@/pages/account/Comings";
import { Meter } from "@/pages/account/Meter";
import { OwnWays } from "@/pages/account/OwnWays";
import { SignIns } from "@/pages/account/SignIns";
import { Loading } from "@/states/states";

function Secret({ id, label, value, onChange, fresh = false }: { readonly id: string; readonly label: string; readonly value: string; readonly onChange: (said: string) => void; readonly fresh?: boolean }) {
  return (
    <>
      <label htmlFor={id}>{label}</label>
      <Input.Password
        id={id}
        autoComplete={fresh ? "new-password" : "current-password"}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </>
  );
}

function Part({ title, children, onSubmit }: { readonly title: string; readonly children: ReactNode; readonly onSubmit: () => void }) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      <form onSubmit={submit} className="sign-in-form">
        {children}
      </form>
    </section>
  );
}

function OwnPassword({ owed }: { readonly owed: boolean }) {
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [again, setAgain] = useState("");
  const changing = useMutation({
    mutationFn: () => dataOf(api.POST("/api/me/password", { body: { current, password } })),
    onSuccess: (token) => {
      keepDevice(token.device);
      signIn(token.access_token, token.expires_in);
    },
  });
  const ready = current && password && password === again;
  return (
    <Part
      title="修改口令"
      onSubmit={() => {
        if (ready) changing.mutate();
      }}
    >
      {owed && <Alert type="warning" showIcon title="您的口令由他人设置，修改之后才能办理其他事项" />}
      <p className="quiet">至少12个字符；常见的、曾经泄露的、由姓名和日期组成的不能使用。修改后其他设备上的登录随即失效。</p>
      <Secret id="current" label="现在的口令" value={current} onChange={setCurrent} />
      <Secret id="new-password" label="新口令" value={password} onChange={setPassword} fresh />
      <Meter password={password} />
      <Secret id="again" label="再输一遍新口令" value={again} onChange={setAgain} fresh />
      {again && password !== again && <Alert type="error" showIcon title="两遍输入的新口令不一致" />}
      {changing.isError && <Alert type="error" showIcon title={wordsOf(changing.error)} />}
      <Button type="primary" htmlType="submit" loading={changing.isPending} disabled={!ready}>
        修改口令
      </Button>
    </Part>
  );
}

function SecondFactor({ owed }: { readonly owed: boolean }) {
  const [current, setCurrent] = useState("");
  const [otp, setOtp] = useState("");
  const beginning = useMutation({ mutationFn: () => dataOf(api.POST("/api/me/second-factor", { body: { current } })) });
  const confirming = useMutation({
    mutationFn: () => api.POST("/api/me/second-factor/confirm", { body: { otp: otp.trim() } }),
    onSuccess: () => areStale("/api/me", "/api/me/"),
  });
  const begun = beginning.data;
  return (
    <Part
      title="启用动态口令"
      onSubmit={() => {
        if (begun) confirming.mutate();
        else if (current) beginning.mutate();
      }}
    >
      {owed && <Alert type="warning" showIcon title="审批、管理、督察人员启用动态口令之后才能办理其他事项" />}
      {begun ? (
        <>
          <p>用手机上的身份验证器扫描二维码，或者手工输入密钥，再填写显示的六位数字。</p>
          <QRCode value={begun.address} />
          <p>
            密钥：<code>{begun.secret}</code>
          </p>
          <label htmlFor="otp">六位数字</label>
          <Input
            id="otp"
            autoComplete="one-time-code"
            inputMode="numeric"
            value={otp}
            onChange={(event) => {
              setOtp(event.target.value);
            }}
          />
        </>
      ) : (
        <>
          <p className="quiet">登录时除口令外还须输入手机上的数字，他人得知口令也不能以您的名义登录。</p>
          <Secret id="factor-current" label="口令" value={current} onChange={setCurrent} />
        </>
      )}
      {(beginning.isError || confirming.isError) && <Alert type="error" showIcon title={wordsOf(confirming.error ?? beginning.error)} />}
      <Button type="primary" htmlType="submit" loading={beginning.isPending || confirming.isPending} disabled={begun ? !otp.trim() : !current}>
        {begun ? "确认启用" : "取得二维码"}
      </Button>
    </Part>
  );
}

function Leaving() {
  const leaving = useMutation({ mutationFn: (everywhere: boolean) => leave(everywhere) });
  return (
    <section className="panel" aria-label="退出登录">
      <h2>退出登录</h2>
      {leaving.isError && <Alert type="error" showIcon title={wordsOf(leaving.error)} />}
      <Button
        onClick={() => {
          leaving.mutate(false);
        }}
      >
        退出本机
      </Button>{" "}
      <Button
        danger
        loading={leaving.isPending}
        onClick={() => {
          leaving.mutate(true);
        }}
      >
        在所有设备上退出
      </Button>
    </section>
  );
}

export function AccountPage() {
  const me = useMe().data;
  if (!me) return <Loading />;
  return (
    <>
      <h1>口令与登录</h1>
      {me.own_password && me.owes !== "second-factor" && <OwnPassword owed={me.owes === "password"} />}
      {me.own_password && me.owes !== "password" && !me.second_factor && <SecondFactor owed={me.owes === "second-factor"} />}
      {me.owes === "vouching" && <Alert type="warning" showIcon title="动态口令已启用，请到督察部门当面核实后使用" description="请携带设备前往；核实之后刷新本页，即可办理其他事项。" />}
      {me.second_factor && me.owes !== "vouching" && <p>动态口令已启用。设备遗失的，请联系督察部门停用后重新启用。</p>}
      {!me.owes && <Absences />}
      {me.own_password && <SignIns />}
      {me.owes === "" && <OwnWays />}
      <Leaving />
      <Comings />
    </>
  );
}
