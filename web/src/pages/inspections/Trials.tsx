/** Trying a rule on matters of a period before anything is set: what it would find, where, and a sample that people label. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, InputNumber, Select, Space } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { Link } from "react-router";

import { $api, api } from "@/api/client";
import type { InspectionSettings, InspectionView, InspectionTrial, InspectionTrialDetail } from "@/api/shapes";
import { areStale } from "@/api/stale";
import { ColourTag } from "@/clocks/ColourTag";
import { shownInstant } from "@/clocks/instants";
import { once } from "@/pages/administration/once";
import { saidOf } from "@/pages/administration/told";
import { useSettings } from "@/pages/inspections/asked";
import { useShortcut } from "@/shell/shortcuts";
import { Shown } from "@/states/states";

type Hit = InspectionTrialDetail["sample"][number];

const LOOK_MS = 2000;

function trialsAreStale(): void {
  void areStale("/api/inspections/{inspection_id}/trials", "/api/inspections/{inspection_id}/trials/{trial_id}");
}

export function Trials({ rule, begins }: { readonly rule: InspectionView; readonly begins: boolean }) {
  const path = { inspection_id: rule.id };
  const trials = $api.useQuery("get", "/api/inspections/{inspection_id}/trials", { params: { path } }, {
    refetchInterval: ({ state }) => (state.data?.some((each) => each.state === "running") ? LOOK_MS : false),
  });
  const [chosen, setChosen] = useState<number | null>(null);
  return (
    <section aria-label="历史试跑">
      <h3>历史试跑</h3>
      <p className="quiet">在已有事项上试跑，按事项现在的登记情况，不产生提示；封存的不在其内。</p>
      {begins && <Asking rule={rule} onAsked={setChosen} />}
      <Shown of={trials} rows={2}>
        {(all) => (
          <ul className="hits">
            {all.map((each) => (
              <li key={each.id}>
                <Button type="link" size="small" className="rule-name" aria-expanded={chosen === each.id} onClick={() => { setChosen(chosen === each.id ? null : each.id); }}>
                  {each.unit_zh} {each.since}至{each.until}
                </Button>
                <Counted trial={each} />
                {chosen === each.id && each.state === "done" && <Trial rule={rule} id={each.id} labels={begins} />}
              </li>
            ))}
          </ul>
        )}
      </Shown>
    </section>
  );
}

function Counted({ trial }: { readonly trial: InspectionTrial }) {
  const judged = trial.right + trial.wrong;
  return (
    <div className="quiet">
      {trial.asked_by_zh} {shownInstant(trial.asked_at)}
      {trial.changes.length > 0 ? `；${trial.changes.join("；")}` : ""}
      {trial.state === "running" ? `；正在试跑，已看${String(trial.matters)}件` : `；${String(trial.matters)}件中命中${String(trial.hits)}，比现行多${String(trial.fresh)}、少${String(trial.gone)}`}
      {trial.capped ? "（达到上限而止）" : ""}
      {judged > 0 ? `；标注${String(judged)}件，对的${String(Math.round((100 * trial.right) / judged))}%` : ""}
    </div>
  );
}

interface Said {
  readonly unit: string;
  readonly period: readonly [Dayjs, Dayjs];
  readonly figures?: Readonly<Record<string, number | null>>;
  readonly group?: string;
  readonly added?: readonly string[];
  readonly removed?: readonly string[];
}

/** Risk words that are tried as if they were set: of one group, beside or instead of those that hold. */
function TriedWords({ settings, onGroup }: { readonly settings: InspectionSettings; readonly onGroup: (group: string) => void }) {
  const group = Form.useWatch<string | undefined>("group");
  return (
    <div className="form-row">
      <Form.Item name="group" label="试改的风险词">
        <Select
          allowClear
          placeholder="不改词"
          options={settings.words.map((each) => ({ value: each.group, label: each.label }))}
          style={{ width: 180 }}
          onChange={(next: string | undefined) => {
            onGroup(next ?? "");
          }}
        />
      </Form.Item>
      {group && (
        <>
          <Form.Item name="added" label="增加的词">
            <Select mode="tags" open={false} suffixIcon={null} placeholder="输入后回车" style={{ minWidth: 180 }} />
          </Form.Item>
          <Form.Item name="removed" label="排除的词">
            <Select mode="tags" open={false} suffixIcon={null} placeholder="输入后回车" style={{ minWidth: 180 }} />
          </Form.Item>
        </>
      )}
    </div>
  );
}

function Asking({ rule, onAsked }: { readonly rule: InspectionView; readonly onAsked: (id: number) => void }) {
  const settings = useSettings(true).data;
  const [form] = Form.useForm<Said>();
  const asking = useMutation({
    mutationFn: (said: Said) => {
      const words = said.group ? [{ name: `words/${said.group}`, added: [...(said.added ?? [])], removed: [...(said.removed ?? [])] }] : [];
      const figures = rule.parameters.flatMap((each) => {
        const figure = said.figures?.[each.id];
        return typeof figure === "number" && figure !== each.figure ? [{ name: `figure/${each.id}`, figure, added: [], removed: [] }] : [];
      });
      const body = { unit: said.unit, since: said.period[0].format("YYYY-MM-DD"), until: said.period[1].format("YYYY-MM-DD"), changes: [...figures, ...words], seed: 1 };
      // Asked again on purpose, it is tried again: matters have changed meanwhile.
      return once(["try", rule.id, body, Date.now()], (header) => api.POST("/api/inspections/{inspection_id}/trials", { params: { path: { inspection_id: rule.id }, header }, body }));
    },
    onSuccess: (trial) => {
      trialsAreStale();
      onAsked(trial.id);
    },
  });
  if (!settings) return null;
  // What is tried stands instead of what the bureau has set: so it begins with that.
  const begin = (group: string) => {
    const held = settings.editions.find((each) => each.holds && each.name === `words/${group}`)?.value;
    form.setFieldsValue({ added: held?.added ?? [], removed: held?.removed ?? [] });
  };
  const units = settings.units.map((each) => ({ value: each.unit, label: each.unit_zh }));
  return (
    <Form<Said> form={form} layout="vertical" initialValues={{ unit: units[0]?.value, figures: Object.fromEntries(rule.parameters.map((each) => [each.id, each.figure])) }} onFinish={(said) => { asking.mutate(said); }}>
      <div className="form-row">
        <Form.Item name="unit" label="单位" rules={[{ required: true, message: "必须选择" }]}>
          <Select options={units} style={{ width: 180 }} />
        </Form.Item>
        <Form.Item name="period" label="期间" rules={[{ required: true, message: "必须选择" }]}>
          <DatePicker.RangePicker />
        </Form.Item>
        {rule.parameters.map((each) => (
          <Form.Item key={each.id} name={["figures", each.id]} label={`${each.label}（${each.measure}）`}>
            <InputNumber min={each.least} max={each.most} precision={0} />
          </Form.Item>
        ))}
      </div>
      {rule.kinds.includes("incident") && <TriedWords settings={settings} onGroup={begin} />}
      {asking.isError && (
        <p role="alert" className="refused-words">
          {saidOf(asking.error)}
        </p>
      )}
      <Button htmlType="submit" loading={asking.isPending}>
        在历史上试跑
      </Button>
    </Form>
  );
}

function Trial({ rule, id, labels }: { readonly rule: InspectionView; readonly id: number; readonly labels: boolean }) {
  const path = { inspection_id: rule.id, trial_id: id };
  const trial = $api.useQuery("get", "/api/inspections/{inspection_id}/trials/{trial_id}", { params: { path } });
  const { message } = App.useApp();
  const failed = (error: unknown) => void message.error(saidOf(error));
  const drawing = useMutation({
    mutationFn: (seed: number) => once(["draw", id, seed], (header) => api.POST("/api/inspections/{inspection_id}/trials/{trial_id}/draw", { params: { path, header }, body: { seed } })),
    onSuccess: trialsAreStale,
    onError: failed,
  });
  const labelling = useMutation({
    mutationFn: ({ hit, label }: { readonly hit: Hit; readonly label: "right" | "wrong" }) => {
      const body = { subject: hit.subject, about: hit.about, label };
      return once(["label", id, body, hit.label], (header) => api.POST("/api/inspections/{inspection_id}/trials/{trial_id}/labels", { params: { path, header }, body }));
    },
    onSuccess: trialsAreStale,
    onError: failed,
  });
  return (
    <Shown of={trial} rows={2}>
      {(told) => (
        <div className="stack">
          <div className="quiet">{told.units.map((each) => `${each.unit_zh}${String(each.hits)}`).join("、") || "没有命中"}</div>
          <Space>
            <span>抽样种子 {told.seed}</span>
            {labels && (
              <Button size="small" loading={drawing.isPending} onClick={() => { drawing.mutate(told.seed + 1); }}>
                重新抽样
              </Button>
            )}
          </Space>
          <Sample hits={told.sample} {...(labels ? { onLabel: (hit: Hit, label: "right" | "wrong") => { labelling.mutate({ hit, label }); } } : {})} />
        </div>
      )}
    </Shown>
  );
}

function Sample({ hits, onLabel }: { readonly hits: readonly Hit[]; readonly onLabel?: (hit: Hit, label: "right" | "wrong") => void }) {
  const next = hits.findIndex((each) => each.label === "");
  const label = (said: "right" | "wrong") => {
    const hit = hits[next];
    if (hit) onLabel?.(hit, said);
  };
  useShortcut("1", "标注为对", () => { label("right"); });
  useShortcut("2", "标注为错", () => { label("wrong"); });
  return (
    <ul className="hits" aria-label="抽样">
      {hits.map((hit, n) => (
        <li key={hit.subject + hit.about} className={n === next ? "at" : ""}>
          <ColourTag colour={hit.severity} /> <Link to={`/matters/${hit.subject}`}>{hit.subject_title ?? hit.subject}</Link> <span className="quiet">{hit.unit_zh}{hit.before ? (hit.after ? "" : "，试跑不再命中") : "，比现行多出"}</span>
          <div className="quiet">{hit.evidence.map((each) => each.words).join("；")}</div>
          <Space>
            {onLabel && (
              <>
                <Button size="small" type={hit.label === "right" ? "primary" : "default"} aria-pressed={hit.label === "right"} onClick={() => { onLabel(hit, "right"); }}>
                  对
                </Button>
                <Button size="small" type={hit.label === "wrong" ? "primary" : "default"} aria-pressed={hit.label === "wrong"} onClick={() => { onLabel(hit, "wrong"); }}>
                  错
                </Button>
              </>
            )}
            {hit.labelled_by_zh && (
              <span className="quiet">
                {hit.labelled_by_zh}标为{hit.label === "right" ? "对" : "错"}
              </span>
            )}
          </Space>
        </li>
      ))}
    </ul>
  );
}
