/** Matters that agree in a number, or in how, where and when it was done: a machine's proposal, on which a person decides. */
import { App, Button, Drawer, Form, Input, Select } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { useKinds } from "@/api/queries";
import type { Series, SeriesPair } from "@/api/shapes";
import { matterIsStale } from "@/api/stale";
import { takeStep } from "@/api/steps";
import { shownInstant } from "@/clocks/instants";
import { newKey } from "@/forms/drafts";
import { UnitFilter } from "@/lists/FilterFields";
import { useFilters } from "@/lists/filters";
import { useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { useDeskUnit } from "@/shell/desk";
import { useShortcut } from "@/shell/shortcuts";
import { Failed, Loading, Nothing } from "@/states/states";

const SCORES = [60, 70, 85] as const;
const PROPOSED = 70;

interface Judging {
  readonly pair: SeriesPair;
  readonly step: "link-case" | "dismiss-link";
}

type Features = SeriesPair["features"];

/** In what the two agree, and in which step of each it stands. */
function Agreement({ features }: { readonly features: Features }) {
  const spot = ({ seq }: Features[number]["here"]) => (seq ? `第${String(seq)}步` : "现有登记");
  return (
    <ul className="plain">
      {features.map((each) => (
        <li key={`${each.sort}/${each.words}/${String(each.here.seq)}/${String(each.there.seq)}`}>
          <span className="number">+{each.weight}</span> {each.words}
          <span className="quiet">
            {" "}
            {each.here.matter}
            {spot(each.here)}、{each.there.matter}
            {spot(each.there)}
          </span>
        </li>
      ))}
    </ul>
  );
}

function Pair({ pair, chosen, onJudge }: { readonly pair: SeriesPair; readonly chosen: boolean; readonly onJudge: (judging: Judging) => void }) {
  return (
    <section className="panel" aria-label={`${pair.low}与${pair.high}`} aria-current={chosen}>
      <div className="card-line spread">
        <span>
          <strong className="number">{pair.score}分</strong> <Link to={`/matters/${pair.low}`}>{pair.low}</Link> — <Link to={`/matters/${pair.high}`}>{pair.high}</Link>
        </span>
        {pair.linked ? (
          <span className="quiet">已串案</span>
        ) : (
          <span>
            <Button
              size="small"
              type="primary"
              onClick={() => {
                onJudge({ pair, step: "link-case" });
              }}
            >
              串案
            </Button>{" "}
            <Button
              size="small"
              onClick={() => {
                onJudge({ pair, step: "dismiss-link" });
              }}
            >
              不予采纳
            </Button>
          </span>
        )}
      </div>
      <Agreement features={pair.features} />
    </section>
  );
}

function OneSeries({ series, at, onJudge }: { readonly series: Series; readonly at: SeriesPair | undefined; readonly onJudge: (judging: Judging) => void }) {
  const kinds = useKinds().data ?? [];
  const stageOf = (kind: string, stage: string) => kinds.find((each) => each.kind === kind)?.stages[stage] ?? stage;
  return (
    <section className="panel" aria-label={`${series.first}等${String(series.matters.length)}件`}>
      <h2>
        {series.matters.length}件可能有关联，最高{series.score}分
      </h2>
      <ul className="plain">
        {series.matters.map((each) => (
          <li key={each.number}>
            <Link to={`/matters/${each.number}`}>{each.title || each.number}</Link>{" "}
            <span className="quiet">
              {each.number} · {each.unit_zh} · {each.officer_zh ?? "未定承办人"} · {stageOf(each.kind, each.stage)} · {shownInstant(each.opened_at)}
            </span>
          </li>
        ))}
      </ul>
      {series.pairs.map((each) => (
        <Pair key={`${each.low}/${each.high}`} pair={each} chosen={each === at} onJudge={onJudge} />
      ))}
    </section>
  );
}

const ASKED = {
  "link-case": { title: "串案", label: "串案依据", extra: "哪些特征一致，如何核实；两件事项的案件日志都有记载，各自继续办理" },
  "dismiss-link": { title: "不予采纳", label: "不予采纳的理由", extra: "在同样的特征上不再提示；出现新的一致特征时再提示" },
} as const;

/** Asks why they belong together, or not, and takes the step that says so. */
function Judgement({ judging, onClose }: { readonly judging: Judging; readonly onClose: () => void }) {
  const { message } = App.useApp();
  const [sending, setSending] = useState(false);
  const { pair, step } = judging;
  const asked = ASKED[step];
  const send = async ({ reason }: { readonly reason: string }) => {
    setSending(true);
    try {
      await takeStep(pair.high, step, { other: pair.low, reason }, newKey());
      matterIsStale(pair.high);
      matterIsStale(pair.low);
      void message.success(step === "link-case" ? "已串案" : "已记录，不再提示");
      onClose();
    } catch (error) {
      void message.error(error instanceof Error ? error.message : "没有办成，请重试");
    } finally {
      setSending(false);
    }
  };
  return (
    <Drawer open title={asked.title} onClose={onClose} width={480}>
      <p>
        {pair.low} — {pair.high}，{pair.score}分
      </p>
      <Agreement features={pair.features} />
      <Form layout="vertical" onFinish={(said: { readonly reason: string }) => void send(said)}>
        <Form.Item name="reason" label={asked.label} extra={asked.extra} rules={[{ required: true, whitespace: true, message: `请填写${asked.label}` }]}>
          <Input.TextArea autoFocus rows={4} maxLength={2000} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={sending}>
          {asked.title}
        </Button>
      </Form>
    </Drawer>
  );
}

/** The pair that the keyboard has come to: j and k go down and up, Enter opens one of its matters, l links the two, x dismisses. */
function useKeyboard(pairs: readonly SeriesPair[], judge: (judging: Judging) => void): SeriesPair | undefined {
  const navigate = useNavigate();
  const [at, setAt] = useState(-1);
  const place = Math.min(at, pairs.length - 1);
  const pair = pairs[place];
  useShortcut("j", "下一对", () => {
    setAt(Math.min(place + 1, pairs.length - 1));
  });
  useShortcut("k", "上一对", () => {
    setAt(Math.max(place - 1, 0));
  });
  useShortcut("Enter", "打开事项", () => {
    if (pair) void navigate(`/matters/${pair.high}`);
  });
  useShortcut("l", "串案", () => {
    if (pair) judge({ pair, step: "link-case" });
  });
  useShortcut("x", "不予采纳", () => {
    if (pair) judge({ pair, step: "dismiss-link" });
  });
  return pair;
}

export function SeriesPage() {
  const filters = useFilters();
  const deskUnit = useDeskUnit();
  const least = Number(filters.get("least") || PROPOSED);
  const [judging, setJudging] = useState<Judging>();
  const list = useList("/api/link-series", { query: { unit: filters.get("unit") || deskUnit, matter: filters.get("matter"), least } });
  const rows = list.rows ?? [];
  const at = useKeyboard(
    rows.flatMap((each) => each.pairs).filter((each) => !each.linked),
    setJudging,
  );
  return (
    <div className="list-page">
      <div className="page-head">
        <h1>串并案</h1>
        <span className="quiet">号码、手法、地点和时段一致的警情、案件，由系统比对提出，是否串案由民警核实决定；j、k 选择，回车打开，l 串案，x 不予采纳</span>
      </div>
      <div className="filters">
        <Select
          aria-label="最低分值"
          value={least}
          options={SCORES.map((value) => ({ value, label: `${String(value)}分以上` }))}
          onChange={(next: number) => {
            filters.set("least", next === PROPOSED ? "" : String(next));
          }}
          style={{ width: 120 }}
        />
        <UnitFilter filters={filters} />
        <Button type="text" onClick={filters.clear}>
          清除
        </Button>
      </div>
      {list.error ? <Failed error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <Loading /> : null}
      {list.rows?.length === 0 ? <Nothing>没有达到这一分值的候选。</Nothing> : null}
      {rows.map((each) => (
        <OneSeries key={each.first} series={each} at={at} onJudge={setJudging} />
      ))}
      <More list={list} />
      {judging ? (
        <Judgement
          judging={judging}
          onClose={() => {
            setJudging(undefined);
          }}
        />
      ) : null}
    </div>
  );
}
