/** By which rules people are told who have no page open: whom, of what, by which way and when, and to whom it goes up unread. */
import { PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Drawer, Form, Input, InputNumber, Popconfirm, Select, Table, TreeSelect } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";

import { $api, api } from "@/api/client";
import type { components } from "@/api/contract";
import { areStale } from "@/api/stale";
import { useHeard } from "@/lists/sounds";
import { once } from "@/pages/administration/once";
import { fieldsOf, saidOf, useUnits } from "@/pages/administration/told";
import { treeOf } from "@/pages/administration/UnitsPage";
import { Nothing, Shown } from "@/states/states";

type RuleList = components["schemas"]["RuleList"];
type RuleView = components["schemas"]["RuleView"];
type Rule = RuleView["rule"];
type Fares = RuleList["channels"][number];

const NEW = { occasion: "red", to: null, channel: "sms", begins: "00:00", ends: "00:00", outside: "wait", delay: 0, unread: null, then: null } as const;

function told(): void {
  void areStale("/api/admin/channel-rules", "/api/admin/messages");
}

function Standing({ channel }: { readonly channel: Fares }) {
  if (!channel.configured) return <span className="colour colour-none">○ {channel.zh} 未开通</span>;
  if (channel.failing) return <span className="colour colour-red">✕ {channel.zh} {channel.last_error}</span>;
  return <span className="colour colour-blue">✓ {channel.zh} 正常</span>;
}

export default function RulesPage() {
  const rules = $api.useQuery("get", "/api/admin/channel-rules", {}, { refetchInterval: 30_000 });
  return <Shown of={rules}>{(known) => <Rules told={known} />}</Shown>;
}

function Rules({ told: known }: { readonly told: RuleList }) {
  const { message } = App.useApp();
  const [changing, setChanging] = useState<RuleView | "new" | null>(null);
  const units = useUnits();
  const named = new Map(units.data?.units.map((each) => [each.unit, each.zh]));
  const dropping = useMutation({
    mutationFn: (rule: RuleView) => once(["drop", rule], (header) => api.DELETE("/api/admin/channel-rules/{rule}", { params: { path: { rule: rule.id }, header } })),
    onSuccess: told,
    onError: (error) => void message.error(saidOf(error)),
  });
  const columns: ColumnsType<RuleView> = [
    { title: "单位", key: "unit", width: 160, render: (_, each) => named.get(each.rule.unit) ?? each.rule.unit },
    { title: "规则", dataIndex: "zh" },
    {
      title: <span className="unseen">办理</span>,
      key: "act",
      width: 150,
      render: (_, each) =>
        each.mine && (
          <div className="form-row">
            <Button size="small" aria-label={`修改：${each.zh}`} onClick={() => { setChanging(each); }}>
              修改
            </Button>
            <Popconfirm title="撤销这条规则？" description="已经排定的通知照发。" okText="撤销" cancelText="不撤销" onConfirm={() => { dropping.mutate(each); }}>
              <Button size="small" danger aria-label={`撤销：${each.zh}`}>
                撤销
              </Button>
            </Popconfirm>
          </div>
        ),
    },
  ];
  return (
    <section className="panel" aria-label="通知规则">
      <div className="filter-row">
        <h2>通知规则</h2>
        {known.channels.map((each) => (
          <Standing key={each.channel} channel={each} />
        ))}
        <span className="stretch" />
        <Button type="primary" icon={<PlusOutlined />} onClick={() => { setChanging("new"); }}>
          新设规则
        </Button>
      </div>
      {known.rules.length === 0 ? (
        <Nothing>还没有规则：没有打开页面的人得不到通知</Nothing>
      ) : (
        <Table<RuleView> size="small" rowKey="id" pagination={false} columns={columns} dataSource={known.rules} />
      )}
      <Drawer title={changing === "new" ? "新设规则" : "修改规则"} open={changing !== null} destroyOnHidden onClose={() => { setChanging(null); }} size={420}>
        {changing && <RuleForm known={known} rule={changing === "new" ? null : changing} onDone={() => { setChanging(null); }} />}
      </Drawer>
    </section>
  );
}

function RuleForm({ known, rule, onDone }: { readonly known: RuleList; readonly rule: RuleView | null; readonly onDone: () => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Rule>();
  const units = useUnits();
  const branches = treeOf(units.data?.units ?? []);
  const heard = useHeard();
  const keeping = useMutation({
    mutationFn: (said: Rule) => {
      const body = { ...said, to: said.to ?? null, then: said.then ?? null, unread: said.unread ?? null };
      return rule
        ? once(["replace", rule.id, body], (header) => api.PUT("/api/admin/channel-rules/{rule}", { params: { path: { rule: rule.id }, header }, body }))
        : once(["add", body], (header) => api.POST("/api/admin/channel-rules", { params: { header }, body }));
    },
    onSuccess: () => {
      told();
      void message.success("规则已保存");
      onDone();
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  const offices = known.offices.map((each) => ({ value: each.value, label: each.zh }));
  const choices = (of: RuleList["occasions"]) => of.map((each) => ({ value: each.value, label: each.zh }));
  return (
    <Form<Rule> form={form} layout="vertical" requiredMark initialValues={rule ? rule.rule : { ...NEW, unit: branches[0]?.key }} onFinish={(said) => { keeping.mutate(said); }}>
      <Form.Item name="unit" label="单位" extra="含其下属单位" rules={[{ required: true, message: "必须选择" }]}>
        <TreeSelect treeData={branches} treeDefaultExpandAll showSearch={{ filterTreeNode: heard }} />
      </Form.Item>
      <Form.Item name="occasion" label="何事" rules={[{ required: true, message: "必须选择" }]}>
        <Select options={choices(known.occasions)} />
      </Form.Item>
      <Form.Item name="to" label="通知谁" extra="不选为该通知本来的对象">
        <Select allowClear options={offices} />
      </Form.Item>
      <Form.Item name="channel" label="方式" rules={[{ required: true, message: "必须选择" }]}>
        <Select options={known.channels.map((each) => ({ value: each.channel, label: each.configured ? each.zh : `${each.zh}（未开通）` }))} />
      </Form.Item>
      <Form.Item name="begins" label="时段自" rules={[{ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: "如 22:00" }]}>
        <Input />
      </Form.Item>
      <Form.Item name="ends" label="时段至" extra="与起点相同为全天，早于起点为次日；限制人身自由的期限不受时段限制" rules={[{ pattern: /^([01]\d|2[0-3]):[0-5]\d$/, message: "如 07:00" }]}>
        <Input />
      </Form.Item>
      <Form.Item name="outside" label="时段之外">
        <Select options={choices(known.outside)} />
      </Form.Item>
      <Form.Item name="delay" label="延后（分钟）" extra="其间已经查看或者办理的，不再发送">
        <InputNumber min={0} max={1440} precision={0} />
      </Form.Item>
      <Form.Item name="unread" label="多久未查看即上报（分钟）">
        <InputNumber min={1} max={1440} precision={0} />
      </Form.Item>
      <Form.Item name="then" label="上报给谁">
        <Select allowClear options={offices} />
      </Form.Item>
      {keeping.isError && (
        <p role="alert" className="refused-words">
          ✕ {saidOf(keeping.error)}
        </p>
      )}
      <Button type="primary" htmlType="submit" loading={keeping.isPending}>
        保存
      </Button>
    </Form>
  );
}
