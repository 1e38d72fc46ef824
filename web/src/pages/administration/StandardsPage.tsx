import "@/pages/administration/administration.css";

/** By what units are assessed (考评标准): one person proposes weights and peers for months to come, another confirms them. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, InputNumber, TreeSelect } from "antd";
import type { Dayjs } from "dayjs";
import type { ReactNode } from "react";

import { $api, api } from "@/api/client";
import type { components } from "@/api/contract";
import { useRoster } from "@/api/queries";
import { areStale } from "@/api/stale";
import { nowInChina, shownInstant } from "@/clocks/instants";
import { useHeard } from "@/lists/sounds";
import { branches } from "@/lists/unitTree";
import { once } from "@/pages/administration/once";
import { fieldsOf } from "@/pages/administration/told";
import { AwaitingConfirmation, Deciding, HeldSettings, ProposedSettings, RefusedWords, SettingPage } from "@/pages/administration/twoPeople";
import { Shown } from "@/states/states";

type Standard = components["schemas"]["StandardView"];
type StandardList = components["schemas"]["StandardList"];
type Usual = components["schemas"]["UsualWeight"];
type Peers = components["schemas"]["PeersView"]["peers"];

const CLASSES: readonly Peers[] = ["城区所", "城乡所", "农村所", "办案大队"];
const WHOLE = 100;
const REFRESH_MS = 30_000;

function stale(): void {
  void areStale("/api/assessment/", "/api/tasks", "/api/tasks/counts");
}

/** The page to which the task of whoever confirms leads. */
export function StandardsPage() {
  return (
    <SettingPage title="考评标准">
      <AllStandards />
    </SettingPage>
  );
}

/** What is proposed, what was set, and for whoever administers a way to propose it. */
export default function AllStandards() {
  const standards = $api.useQuery("get", "/api/assessment/standards", {}, { refetchInterval: REFRESH_MS });
  return (
    <Shown of={standards}>
      {(told) => (
        <div className="stack">
          <ProposedSettings
            called="考评标准"
            explained="由系统管理员提请，经督察或者法制员确认后，自所列月份起适用于该单位及其下属未另行设定的单位；提请的人不能自己确认。月份开始以后不能再确认，不溯及既往。"
            empty={told.proposed.length === 0}
          >
            {told.proposed.map((each) => (
              <Edition key={each.unit} of={each} usual={told.usual} open>
                {each.may_confirm ? <Confirming of={each} /> : <AwaitingConfirmation />}
              </Edition>
            ))}
          </ProposedSettings>
          <HeldSettings title="已确认的考评标准" propose="提请考评标准" width="min(520px, 100vw)" form={(onDone) => <ProposalForm told={told} onDone={onDone} />}>
            {told.in_force.map((each) => (
              <Edition key={each.edition} of={each} usual={told.usual} />
            ))}
            <details className="usual" open={told.in_force.length === 0}>
              <summary>没有另行设定的，按统一标准</summary>
              <Weights of={new Map(told.usual.map((each) => [each.indicator, each.weight]))} usual={told.usual} />
            </details>
          </HeldSettings>
        </div>
      )}
    </Shown>
  );
}

/** An edition or a proposal: whose it is, from when on, by whom, and in full. */
function Edition({ of, usual, open = false, children }: { readonly of: Standard; readonly usual: readonly Usual[]; readonly open?: boolean; readonly children?: ReactNode }) {
  const units = useRoster().data?.units ?? [];
  const called = (unit: string) => units.find((each) => each.unit === unit)?.zh ?? unit;
  const classes = CLASSES.map((each) => [each, of.peers.filter(({ peers }) => peers === each)] as const).filter(([, members]) => members.length > 0);
  return (
    <article aria-label={`${of.unit_zh} ${of.month}`}>
      <div className="filter-row">
        <b>
          {of.unit_zh}，自 {of.month} 起{of.edition !== null && `（第 ${String(of.edition)} 版）`}
        </b>
        <span className="quiet">
          {of.proposed_by_zh}提请{of.confirmed_by_zh && `，${of.confirmed_by_zh}确认`}，{shownInstant(of.at)}
        </span>
        <span className="stretch" />
        {children}
      </div>
      <details open={open}>
        <summary>权重与同类单位</summary>
        <Weights of={new Map(of.weights.map((each) => [each.indicator, each.weight]))} usual={usual} />
        {classes.map(([each, members]) => (
          <p key={each}>
            {each}：{members.map(({ unit }) => called(unit)).join("、")}
          </p>
        ))}
        {classes.length === 0 && <p className="quiet">没有划分同类单位，不排名</p>}
      </details>
    </article>
  );
}

/** What weighs how much, and where that is not what the house's own standard says, what it says. */
function Weights({ of, usual }: { readonly of: ReadonlyMap<string, number>; readonly usual: readonly Usual[] }) {
  return (
    <ul className="usual-times">
      {usual
        .filter((each) => each.weight > 0)
        .map((each) => {
          const weight = of.get(each.indicator) ?? 0;
          return (
            <li key={each.indicator}>
              {each.zh}：{weight}
              {weight !== each.weight && <span className="quiet">（统一标准 {each.weight}）</span>}
            </li>
          );
        })}
    </ul>
  );
}

function Confirming({ of }: { readonly of: Standard }) {
  const called = `确认${of.unit_zh}考评标准`;
  return (
    <Deciding
      act="确认"
      primary
      called={called}
      asks={`${called}？`}
      explained={`自 ${of.month} 起按所列权重和同类单位考评；此前各月不变。`}
      ok="确认"
      send={() => once(["confirm standard", of.unit, of.at], (header) => api.POST("/api/assessment/standards/confirm", { params: { header }, body: { unit: of.unit, proposed_at: of.at } }))}
      done={`已${called}`}
      stale={stale}
    />
  );
}

interface Said {
  readonly unit: string;
  readonly month: Dayjs;
  readonly weights: Readonly<Record<string, number | null>>;
  readonly classes: Readonly<Partial<Record<Peers, readonly string[]>>>;
}

/** What the form begins with: the house's own standard, or what that unit had set last. */
function begun({ usual, in_force }: StandardList, unit?: string): Pick<Said, "weights" | "classes"> {
  const last = in_force.find((each) => each.unit === unit);
  const set = new Map(last?.weights.map((each) => [each.indicator, each.weight]));
  return {
    weights: Object.fromEntries(usual.filter((each) => each.weight > 0).map((each) => [each.indicator, last ? (set.get(each.indicator) ?? 0) : each.weight])),
    classes: Object.fromEntries(CLASSES.map((each) => [each, last?.peers.filter(({ peers }) => peers === each).map(({ unit: one }) => one) ?? []])),
  };
}

function ProposalForm({ told, onDone }: { readonly told: StandardList; readonly onDone: () => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Said>();
  const heard = useHeard();
  const tree = branches(useRoster().data?.units ?? []);
  const weights = Form.useWatch("weights", form) ?? begun(told).weights;
  const whole = Math.round(Object.values(weights).reduce<number>((sum, each) => sum + (each ?? 0), 0) * WHOLE) / WHOLE;
  const proposing = useMutation({
    mutationFn: ({ unit, month, weights: said, classes }: Said) => {
      const body = {
        unit,
        month: month.format("YYYY-MM"),
        weights: Object.entries(said).map(([indicator, weight]) => ({ indicator, weight: weight ?? 0 })),
        peers: CLASSES.flatMap((peers) => (classes[peers] ?? []).map((each) => ({ unit: each, peers }))),
      };
      return once(["propose standard", body], (header) => api.POST("/api/assessment/standards", { params: { header }, body }));
    },
    onSuccess: () => {
      stale();
      void message.success("已提请，待督察或者法制员确认");
      onDone();
    },
    onError: (error) => {
      form.setFields(fieldsOf(error).filter(({ name }) => name === "unit" || name === "month") as Parameters<typeof form.setFields>[0]);
    },
  });
  const must = [{ required: true, message: "必须填写" }];
  return (
    <Form<Said>
      form={form}
      layout="vertical"
      initialValues={begun(told)}
      onValuesChange={(changed: Partial<Said>) => {
        if (changed.unit) form.setFieldsValue(begun(told, changed.unit));
      }}
      onFinish={(said) => {
        proposing.mutate(said);
      }}
    >
      <Form.Item name="unit" label="单位" extra="含其下属没有另行设定的单位" rules={must}>
        <TreeSelect treeData={tree} treeDefaultExpandAll showSearch={{ filterTreeNode: heard }} />
      </Form.Item>
      <Form.Item name="month" label="自哪个月起" extra="下月或者以后的月份；应当在该月开始以前确认" rules={must} initialValue={nowInChina().add(1, "month").startOf("month")}>
        <DatePicker picker="month" allowClear={false} disabledDate={(day) => !day.isAfter(nowInChina(), "month")} />
      </Form.Item>
      <h2>权重</h2>
      {told.usual
        .filter((each) => each.weight > 0)
        .map((each) => (
          <Form.Item key={each.indicator} name={["weights", each.indicator]} label={each.zh} {...(each.waits ? { extra: `${each.waits}，暂不计分` } : {})}>
            <InputNumber<number> min={0} max={WHOLE} />
          </Form.Item>
        ))}
      <p role="status">
        合计 {whole}
        {whole !== WHOLE && <b>，应为 {WHOLE}</b>}
      </p>
      <h2>同类单位</h2>
      <p className="quiet">只在同类单位之间排名；未划入的不排名。</p>
      {CLASSES.map((each) => (
        <Form.Item key={each} name={["classes", each]} label={each}>
          <TreeSelect multiple treeData={tree} treeDefaultExpandAll showSearch={{ filterTreeNode: heard }} />
        </Form.Item>
      ))}
      {proposing.isError && <RefusedWords error={proposing.error} />}
      <Button type="primary" htmlType="submit" loading={proposing.isPending}>
        提请
      </Button>
    </Form>
  );
}
