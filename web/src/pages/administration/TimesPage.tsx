import "@/pages/administration/administration.css";

/** How long a dispatch and a turn may wait (等待时限): one person proposes it for a unit, another confirms it. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, InputNumber, Select, Space, Table, TreeSelect } from "antd";
import { useState } from "react";

import { $api, api } from "@/api/client";
import { areStale } from "@/api/stale";
import { shownInstant } from "@/clocks/instants";
import { useHeard } from "@/lists/sounds";
import { once } from "@/pages/administration/once";
import { secondsWords, SPANS, unitOf } from "@/pages/administration/seconds";
import { fieldsOf, useUnits } from "@/pages/administration/told";
import { AwaitingConfirmation, Deciding, HeldSettings, ProposedSettings, RefusedWords, SettingPage, useAdministers } from "@/pages/administration/twoPeople";
import { treeOf } from "@/pages/administration/UnitsPage";
import { Shown } from "@/states/states";

/** What is set for a unit, or proposed, whichever of the two kinds it is. */
interface Told {
  readonly kind: "response" | "patience";
  /** The limit or the step that it is set for. */
  readonly of: string;
  readonly of_zh: string;
  readonly words: string;
  readonly unit: string;
  readonly unit_zh: string;
  readonly at: string;
  readonly proposed_by_zh: string;
  readonly confirmed_by_zh: string | null;
  readonly may_confirm: boolean;
  /** Whether it is proposed that what the words say hold no longer. */
  readonly taken_back: boolean;
}

interface Usual {
  readonly of: string;
  readonly of_zh: string;
  readonly words: string;
}

interface Times {
  readonly in_force: readonly Told[];
  readonly proposed: readonly Told[];
  readonly usual: readonly Usual[];
}

const KINDS = { response: "处警时限", patience: "催办时限" } as const;
const REFRESH_MS = 30_000;

function patienceWords({ reminded_s, goes_up_s }: { readonly reminded_s: number | null; readonly goes_up_s: number | null }): string {
  if (reminded_s === null && goes_up_s === null) return "不催办，不上报";
  return `${reminded_s === null ? "不催办" : `${secondsWords(reminded_s)}后催办`}，${goes_up_s === null ? "不上报" : `${secondsWords(goes_up_s)}后上报`}`;
}

function useTimes() {
  const response = $api.useQuery("get", "/api/response-times", {}, {
    refetchInterval: REFRESH_MS,
    select: (told): Times => {
      const read = (each: (typeof told.in_force)[number]): Told => ({ ...each, kind: "response", of: each.limit, of_zh: each.limit_zh, words: secondsWords(each.seconds) });
      return {
        in_force: told.in_force.map(read),
        proposed: told.proposed.map(read),
        usual: told.usual.map((each) => ({ of: each.limit, of_zh: each.limit_zh, words: secondsWords(each.seconds) })),
      };
    },
  });
  const patience = $api.useQuery("get", "/api/patience", {}, {
    refetchInterval: REFRESH_MS,
    select: (told): Times => {
      const read = (each: (typeof told.in_force)[number]): Told => ({ ...each, kind: "patience", of: each.step, of_zh: each.step_zh, words: patienceWords(each) });
      return {
        in_force: told.in_force.map(read),
        proposed: told.proposed.map(read),
        usual: told.usual.map((each) => ({ of: each.step, of_zh: each.step_zh, words: patienceWords(each) })),
      };
    },
  });
  return { response, patience };
}

/** What is proposed, in words. */
function proposedWords({ words, taken_back }: Told): string {
  return taken_back ? `不再另行设定（原为${words}）` : words;
}

function stale(): void {
  void areStale("/api/response-times", "/api/patience", "/api/tasks", "/api/tasks/counts");
}

/** The page to which the task of whoever confirms leads. */
export function TimesPage() {
  return (
    <SettingPage title="等待时限">
      <AllTimes />
    </SettingPage>
  );
}

/** What is proposed, what holds, and for whoever administers a way to propose it. */
export default function AllTimes() {
  const { response, patience } = useTimes();
  return (
    <div className="stack">
      <Shown of={response}>
        {(dispatch) => (
          <Shown of={patience}>
            {(turns) => (
              <>
                <Proposed items={[...dispatch.proposed, ...turns.proposed]} />
                <Kept kind="response" times={dispatch} explained="派警后多久应当签收、到场，到场后多久应当反馈。是本局的考核时限，不是法定期限；一起警情从派警到反馈，适用派警时有效的时限。" />
                <Kept kind="patience" times={turns} explained="一件事轮到谁办，多久没有办理就催办本人，多久没有办理就上报上一级。只对此后轮到的事项适用。" />
              </>
            )}
          </Shown>
        )}
      </Shown>
    </div>
  );
}

function Proposed({ items }: { readonly items: readonly Told[] }) {
  return (
    <ProposedSettings
      called="时限"
      explained="由系统管理员提请，经督察或者法制员确认后生效；提请的人不能自己确认。对该单位及其下属未另行设定的单位适用。"
      empty={items.length === 0}
    >
      <Table<Told>
        size="small"
        rowKey={(each) => `${each.kind}/${each.unit}/${each.of}`}
        pagination={false}
        dataSource={items}
        columns={[
          { title: "单位", dataIndex: "unit_zh" },
          { title: "时限", key: "of", render: (_, each) => `${KINDS[each.kind]} · ${each.of_zh}` },
          { title: "拟设", key: "words", render: (_, each) => proposedWords(each) },
          { title: "提请", key: "by", responsive: ["sm"], render: (_, each) => `${each.proposed_by_zh} ${shownInstant(each.at)}` },
          { title: "办理", key: "act", render: (_, each) => (each.may_confirm ? <Confirming of={each} /> : <AwaitingConfirmation />) },
        ]}
      />
    </ProposedSettings>
  );
}

function Confirming({ of }: { readonly of: Told }) {
  const called = `确认${of.unit_zh}${KINDS[of.kind]}（${of.of_zh}）`;
  const said = { unit: of.unit, proposed_at: of.at };
  return (
    <Deciding
      act="确认"
      primary
      called={called}
      asks={`${called}？`}
      explained={`${of.taken_back ? proposedWords(of) : `设为${of.words}`}，即时生效；此前已经开始的，仍按开始时的时限。`}
      ok="确认"
      send={async () => {
        await (of.kind === "response"
          ? once(["confirm", of], (header) => api.POST("/api/response-times/confirm", { params: { header }, body: { ...said, limit: of.of } }))
          : once(["confirm", of], (header) => api.POST("/api/patience/confirm", { params: { header }, body: { ...said, step: of.of } })));
      }}
      done={`已${called}：${proposedWords(of)}`}
      stale={stale}
    />
  );
}

/** Propose that a unit's own time hold no longer. */
function TakingBack({ of }: { readonly of: Told }) {
  const called = `取消${of.unit_zh}${KINDS[of.kind]}（${of.of_zh}）`;
  const said = { unit: of.unit, taken_back: true };
  return (
    <Deciding
      act="取消设定"
      called={called}
      asks={`提请${called}？`}
      explained={`现为${of.words}。确认后不再另行设定，按上级单位的设定；上级单位也没有设定的，按通用时限。`}
      ok="提请"
      send={async () => {
        await (of.kind === "response"
          ? once(["take back", of], (header) => api.POST("/api/response-times", { params: { header }, body: { ...said, limit: of.of } }))
          : once(["take back", of], (header) => api.POST("/api/patience", { params: { header }, body: { ...said, step: of.of } })));
      }}
      done="已提请，待督察或者法制员确认"
      stale={stale}
    />
  );
}

function Kept({ kind, times, explained }: { readonly kind: Told["kind"]; readonly times: Times; readonly explained: string }) {
  const administers = useAdministers();
  return (
    <HeldSettings
      title={KINDS[kind]}
      propose="提请设定"
      called={`提请设定${KINDS[kind]}`}
      width={420}
      form={(onDone) => <ProposalForm kind={kind} usual={times.usual} onDone={onDone} />}
    >
      <p className="quiet">{explained}</p>
      {times.in_force.length > 0 && (
        <Table<Told>
          size="small"
          rowKey={(each) => `${each.unit}/${each.of}`}
          pagination={false}
          dataSource={times.in_force}
          columns={[
            { title: "单位", dataIndex: "unit_zh" },
            { title: kind === "response" ? "时限" : "轮到办理", dataIndex: "of_zh" },
            { title: "现行", dataIndex: "words" },
            { title: "生效", key: "at", responsive: ["sm"], render: (_, each) => shownInstant(each.at) },
            { title: "提请、确认", key: "by", responsive: ["md"], render: (_, each) => `${each.proposed_by_zh}、${each.confirmed_by_zh ?? ""}` },
            ...(administers ? [{ title: "办理", key: "act", render: (_: unknown, each: Told) => <TakingBack of={each} /> }] : []),
          ]}
        />
      )}
      <details className="usual" open={times.in_force.length === 0 && kind === "response"}>
        <summary>没有另行设定的，按下列时限</summary>
        <ul className="usual-times">
          {times.usual.map((each) => (
            <li key={each.of}>
              {each.of_zh}：{each.words}
            </li>
          ))}
        </ul>
      </details>
    </HeldSettings>
  );
}

interface Said {
  readonly unit: string;
  readonly of: string;
  readonly seconds?: number;
  readonly reminded_s?: number | null;
  readonly goes_up_s?: number | null;
}

function ProposalForm({ kind, usual, onDone }: { readonly kind: Told["kind"]; readonly usual: readonly Usual[]; readonly onDone: () => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Said>();
  const branches = treeOf(useUnits().data?.units ?? []);
  const heard = useHeard();
  const proposing = useMutation({
    mutationFn: async ({ unit, of, seconds = 0, reminded_s = null, goes_up_s = null }: Said) => {
      await (kind === "response"
        ? once(["propose", kind, unit, of, seconds], (header) => api.POST("/api/response-times", { params: { header }, body: { unit, limit: of, seconds } }))
        : once(["propose", kind, unit, of, reminded_s, goes_up_s], (header) => api.POST("/api/patience", { params: { header }, body: { unit, step: of, reminded_s, goes_up_s } })));
    },
    onSuccess: () => {
      stale();
      void message.success("已提请，待督察或者法制员确认");
      onDone();
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  const must = [{ required: true, message: "必须填写" }];
  return (
    <Form<Said>
      form={form}
      layout="vertical"
      onFinish={(said) => {
        proposing.mutate(said);
      }}
    >
      <Form.Item name="unit" label="单位" extra="含其下属没有另行设定的单位" rules={must}>
        <TreeSelect treeData={branches} treeDefaultExpandAll showSearch={{ filterTreeNode: heard }} />
      </Form.Item>
      <Form.Item name="of" label={kind === "response" ? "时限" : "轮到办理"} rules={must}>
        <Select showSearch={{ optionFilterProp: "label" }} options={usual.map((each) => ({ value: each.of, label: each.of_zh }))} />
      </Form.Item>
      {kind === "response" ? (
        <Form.Item name="seconds" label="多久之内" extra="10秒至24小时" rules={must}>
          <Span label="多久之内" />
        </Form.Item>
      ) : (
        <>
          <Form.Item name="reminded_s" label="多久后催办" extra="不填则不催办">
            <Span label="多久后催办" />
          </Form.Item>
          <Form.Item name="goes_up_s" label="多久后上报" extra="不填则不上报；不得早于催办">
            <Span label="多久后上报" />
          </Form.Item>
        </>
      )}
      {proposing.isError && <RefusedWords error={proposing.error} />}
      <Button type="primary" htmlType="submit" loading={proposing.isPending}>
        提请
      </Button>
    </Form>
  );
}

/** A number and its unit, which together are so many seconds. */
function Span({ id, label, value = null, onChange }: { readonly id?: string; readonly label: string; readonly value?: number | null; readonly onChange?: (seconds: number | null) => void }) {
  const [unit, setUnit] = useState(unitOf(value));
  const many = value === null ? null : value / unit;
  return (
    <Space.Compact block>
      <InputNumber<number>
        {...(id ? { id } : {})}
        style={{ width: "65%" }}
        min={0}
        precision={0}
        value={many}
        onChange={(said) => {
          onChange?.(said === null ? null : said * unit);
        }}
      />
      <Select<number>
        aria-label={`${label}的单位`}
        style={{ width: "35%" }}
        value={unit}
        options={SPANS.map((each) => ({ ...each }))}
        onChange={(chosen) => {
          setUnit(chosen);
          if (many !== null) onChange?.(many * chosen);
        }}
      />
    </Space.Compact>
  );
}
