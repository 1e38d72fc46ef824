/** How one is told who has no page open: addresses that are confirmed by a code, and a calendar of one's deadlines. */
import { useMutation } from "@tanstack/react-query";
import { Alert, App, Button, Input } from "antd";
import { type FormEvent, useState } from "react";

import { $api, api, dataOf } from "@/api/client";
import type { components } from "@/api/contract";
import { wordsOf } from "@/api/problem";
import { areStale } from "@/api/stale";
import { shownInstant } from "@/clocks/instants";
import { Nothing, Shown } from "@/states/states";

type Way = components["schemas"]["OwnWay"];

function told(): void {
  void areStale("/api/me/channels");
}

function Field({ way, label, value, onChange, onSubmit, button, busy }: { readonly way: Way; readonly label: string; readonly value: string; readonly onChange: (said: string) => void; readonly onSubmit: () => void; readonly button: string; readonly busy: boolean }) {
  const id = `${way.channel}-${button}`;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (value) onSubmit();
  };
  return (
    <form onSubmit={submit} className="form-row">
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        className="way-field"
        autoComplete="off"
        value={value}
        onChange={(event) => {
          onChange(event.target.value.trim());
        }}
      />
      <Button htmlType="submit" loading={busy} disabled={!value}>
        {button}
      </Button>
    </form>
  );
}

function OneWay({ way }: { readonly way: Way }) {
  const { message } = App.useApp();
  const [address, setAddress] = useState("");
  const [code, setCode] = useState("");
  const path = { path: { channel: way.channel } };
  const proposing = useMutation({
    mutationFn: () => api.PUT("/api/me/channels/{channel}", { params: path, body: { address } }),
    onSuccess: () => {
      setAddress("");
      told();
    },
  });
  const confirming = useMutation({
    mutationFn: () => api.POST("/api/me/channels/{channel}/confirm", { params: path, body: { code } }),
    onSuccess: () => {
      setCode("");
      told();
    },
  });
  const testing = useMutation({ mutationFn: () => api.POST("/api/me/channels/{channel}/test", { params: path }), onSuccess: () => void message.success(`测试通知已交${way.zh}发送`) });
  const forgetting = useMutation({ mutationFn: () => api.DELETE("/api/me/channels/{channel}", { params: path }), onSuccess: told });
  const failed = proposing.error ?? confirming.error ?? testing.error ?? forgetting.error;
  const holds = way.address_zh === "" || way.address !== "";
  return (
    <li aria-label={way.zh}>
      <h3>{way.zh}</h3>
      {way.address_zh === "" && <p className="quiet">由本单位的系统按用户名转告，不需要地址。</p>}
      {way.address && (
        <p>
          {way.address} <span className="quiet">{shownInstant(way.confirmed_at)} 确认</span>
        </p>
      )}
      {way.pending && (
        <>
          <p className="quiet">确认码已发往 {way.pending}，10分钟内有效。</p>
          <Field way={way} label="确认码" value={code} onChange={setCode} button="确认" busy={confirming.isPending} onSubmit={() => { confirming.mutate(); }} />
        </>
      )}
      {way.address_zh && (
        <Field way={way} label={`${way.address ? "改用" : ""}${way.address_zh}（例如 ${way.example}）`} value={address} onChange={setAddress} button="发送确认码" busy={proposing.isPending} onSubmit={() => { proposing.mutate(); }} />
      )}
      {holds && (
        <div className="form-row">
          <Button size="small" aria-label={`${way.zh}：发送测试通知`} loading={testing.isPending} onClick={() => { testing.mutate(); }}>
            发送测试通知
          </Button>
          {way.address && (
            <Button size="small" danger aria-label={`${way.zh}：删除地址`} loading={forgetting.isPending} onClick={() => { forgetting.mutate(); }}>
              删除地址
            </Button>
          )}
        </div>
      )}
      {failed !== null && <Alert type="error" showIcon title={wordsOf(failed)} />}
    </li>
  );
}

/** A calendar that other programs read; its address is shown once, as a password is. */
function Feed({ madeAt }: { readonly madeAt: string | null }) {
  const making = useMutation({ mutationFn: () => dataOf(api.POST("/api/me/calendar-feed", {})), onSuccess: told });
  const ending = useMutation({
    mutationFn: () => api.DELETE("/api/me/calendar-feed", {}),
    onSuccess: () => {
      making.reset();
      told();
    },
  });
  const made = making.data;
  return (
    <section className="panel" aria-label="期限日历">
      <h2>期限日历</h2>
      <p className="quiet">在手机或者电脑的日历中按网址订阅，您承办事项的期限自动更新并提前提醒；只有期限名称和编号，没有当事人和案情。网址等同口令，请勿转告他人。</p>
      {made && (
        <Alert
          type="success"
          title="网址只显示这一次，请立即复制到日历软件"
          description={<code className="way-address">{`${window.location.origin}${made.path}`}</code>}
        />
      )}
      {madeAt && <p>{shownInstant(madeAt)} 建立，正在使用。</p>}
      {(making.isError || ending.isError) && <Alert type="error" showIcon title={wordsOf(making.error ?? ending.error)} />}
      <div className="form-row">
        <Button loading={making.isPending} onClick={() => { making.mutate(); }}>
          {madeAt ? "更换网址" : "建立期限日历"}
        </Button>
        {madeAt && (
          <Button danger loading={ending.isPending} onClick={() => { ending.mutate(); }}>
            停用
          </Button>
        )}
      </div>
    </section>
  );
}

export function OwnWays() {
  const asked = $api.useQuery("get", "/api/me/channels", {}, { staleTime: 0 });
  return (
    <Shown of={asked} rows={3}>
      {(ways) => {
        const offered = ways.items.filter((each) => each.configured);
        return (
          <>
            <section className="panel" aria-label="通知方式">
              <h2>通知方式</h2>
              <p className="quiet">没有打开页面时，红色预警、超期、新警情和待审批的呈请按本单位的通知规则发到这里。</p>
              {offered.length === 0 ? (
                <Nothing>本单位没有开通外发通知</Nothing>
              ) : (
                <ul className="ways">
                  {offered.map((each) => (
                    <OneWay key={each.channel} way={each} />
                  ))}
                </ul>
              )}
            </section>
            <Feed madeAt={ways.feed_made_at} />
          </>
        );
      }}
    </Shown>
  );
}
