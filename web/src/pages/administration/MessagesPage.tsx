/** What was sent to people outside, and what became of it; what was given up is sent again. */
import { App, Button, Segmented, Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";
import { Link } from "react-router";

import { $api, api } from "@/api/client";
import type { components } from "@/api/contract";
import { areStale } from "@/api/stale";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { once } from "@/pages/administration/once";
import { saidOf } from "@/pages/administration/told";
import { Nothing, Shown } from "@/states/states";

type Message = components["schemas"]["MessageItem"];
type State = Message["state"];

const STATES: Readonly<Record<State, string>> = { "given-up": "✕ 发送失败", unreachable: "▲ 没有地址", waiting: "… 待发送", sent: "✓ 已发送", needless: "○ 无需发送" };
const COLOURS: Readonly<Record<State, string>> = { "given-up": "red", unreachable: "orange", waiting: "yellow", sent: "blue", needless: "none" };
const CHOICES = Object.entries(STATES).map(([value, label]) => ({ value: value as State | "", label }));
const REPEATABLE: readonly State[] = ["given-up", "unreachable"];

export default function MessagesPage() {
  const { message } = App.useApp();
  const [state, setState] = useState<State | "">("");
  const [busy, setBusy] = useState(0);
  const channels = $api.useQuery("get", "/api/admin/channel-rules").data?.channels ?? [];
  const called = new Map<string, string>(channels.map((each) => [each.channel, each.zh]));
  const messages = useList("/api/admin/messages", { query: { state } }, 15_000);
  const repeat = async (id: number) => {
    setBusy(id);
    try {
      await once(["repeat", id, Date.now()], (header) => api.POST("/api/admin/messages/{message}/repeat", { params: { path: { message: id }, header } }));
      void message.success("已交重新发送");
      await areStale("/api/admin/messages");
    } catch (error) {
      void message.error(saidOf(error));
    }
    setBusy(0);
  };
  const columns: ColumnsType<Message> = [
    { title: "时间", dataIndex: "said_at", width: 140, className: "number", render: (at: string) => shownInstant(at) },
    { title: "收件人", dataIndex: "person_zh", width: 100 },
    { title: "方式", key: "channel", width: 90, render: (_, each) => called.get(each.channel) ?? "" },
    {
      title: "内容",
      key: "words",
      render: (_, each) => (
        <>
          <Link to={`/matters/${each.matter}`} className="number">
            {each.matter}
          </Link>
          <div className="quiet">{each.words}</div>
        </>
      ),
    },
    { title: "状态", key: "state", width: 120, render: (_, each) => <span className={`colour colour-${COLOURS[each.state]}`}>{STATES[each.state]}</span> },
    { title: "次数", dataIndex: "tries", width: 60, align: "right", className: "number", responsive: ["md"] },
    { title: "发出", dataIndex: "sent_at", width: 140, className: "number", responsive: ["lg"], render: (at: string | null) => shownInstant(at) },
    { title: "查看", dataIndex: "read_at", width: 140, className: "number", responsive: ["lg"], render: (at: string | null) => shownInstant(at) },
    { title: "回执或者原因", key: "outcome", responsive: ["xl"], render: (_, each) => <span className="seal">{each.last_error || each.receipt}</span> },
    {
      title: <span className="unseen">办理</span>,
      key: "act",
      width: 100,
      render: (_, each) =>
        REPEATABLE.includes(each.state) && (
          <Button size="small" aria-label={`重新发送 ${each.matter} ${each.person_zh}`} loading={busy === each.id} onClick={() => void repeat(each.id)}>
            重新发送
          </Button>
        ),
    },
  ];
  return (
    <section className="panel" aria-label="发送记录">
      <div className="filter-row">
        <h2>发送记录</h2>
        <Segmented<State | ""> aria-label="状态" value={state} onChange={setState} options={[{ value: "", label: "全部" }, ...CHOICES]} />
      </div>
      <Shown of={{ ...messages, data: messages.rows }}>
        {(rows) =>
          rows.length === 0 ? (
            <Nothing>{state ? "没有这样的通知" : "还没有发出过通知"}</Nothing>
          ) : (
            <>
              <Table<Message> size="small" rowKey="id" pagination={false} columns={columns} dataSource={[...rows]} />
              {messages.hasMore && (
                <Button block type="text" loading={messages.isMore} onClick={messages.more}>
                  更多
                </Button>
              )}
            </>
          )
        }
      </Shown>
    </section>
  );
}
