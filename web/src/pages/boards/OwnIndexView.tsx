/** An officer's own index (健康指数): what each point rests on, and what one says to it; for a unit's head, of each of its people; never a ranking. */
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Input, Segmented, Select } from "antd";
import { useState } from "react";
import { Link } from "react-router";

import { $api, api } from "@/api/client";
import type { components } from "@/api/contract";
import { useMe } from "@/api/queries";
import { wordsOf } from "@/api/problem";
import { areStale } from "@/api/stale";
import { shownInstant } from "@/clocks/instants";
import { newKey } from "@/forms/drafts";
import { ExportButton } from "@/pages/boards/ExportButton";
import { FRESH } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

type Index = components["schemas"]["PersonalIndex"];
type Item = components["schemas"]["ItemOfIndex"];
type Point = components["schemas"]["PointView"];
type Objection = components["schemas"]["ObjectionView"];

const STANDINGS: Readonly<Record<Point["standing"], string>> = { shown: "告知中", counts: "计入", suspended: "申诉中", removed: "已撤销", old: "已过期" };
// Shorter says nothing that could be weighed.
const LEAST = 5;

function stale() {
  return areStale("/api/personal-index", "/api/personal-index/objections", "/api/tasks");
}

/** What its officer says to a point: a statement, or an objection. */
function Answering({ point }: { readonly point: Point }) {
  const [words, setWords] = useState("");
  const header = { "Idempotency-Key": newKey() };
  const saying = useMutation({
    mutationFn: (sort: "state" | "object") =>
      sort === "state"
        ? api.POST("/api/personal-index/statements", { body: { point: point.id, words }, params: { header } })
        : api.POST("/api/personal-index/objections", { body: { point: point.id, grounds: words }, params: { header } }),
    onSuccess: () => {
      setWords("");
      return stale();
    },
  });
  if (point.statement && point.objected) return null;
  const ready = words.trim().length >= LEAST;
  return (
    <details>
      <summary>陈述、提出异议（{point.object_until} 前）</summary>
      <Input.TextArea
        aria-label={`对“${point.about}”的陈述或者异议`}
        value={words}
        maxLength={2000}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      {saying.isError && <Alert type="error" showIcon title={wordsOf(saying.error)} />}
      {!point.statement && (
        <Button
          disabled={!ready}
          loading={saying.isPending}
          onClick={() => {
            saying.mutate("state");
          }}
        >
          陈述
        </Button>
      )}{" "}
      {!point.objected && (
        <Button
          type="primary"
          disabled={!ready}
          loading={saying.isPending}
          onClick={() => {
            saying.mutate("object");
          }}
        >
          提出异议
        </Button>
      )}
    </details>
  );
}

function PointRow({ point, own }: { readonly point: Point; readonly own: boolean }) {
  return (
    <li>
      <b className="number">{point.value > 0 ? `+${String(point.value)}` : point.value}</b> {point.about} · {STANDINGS[point.standing]}
      {point.standing === "counts" && point.worth !== point.value && `，现值 ${String(point.worth)}`}
      <div className="quiet">
        <Link className="among-words" to={`/matters/${point.matter}`}>{point.matter}</Link> 第 {point.seq} 步，{shownInstant(point.at)} 由{point.verified_by_zh}核查、确认；{point.rule}（{point.edition} 版）；{shownInstant(point.counts_from)} 起计入
      </div>
      {point.statement && <div>本人陈述：{point.statement}</div>}
      {own && <Answering point={point} />}
    </li>
  );
}

function ItemPanel({ item, own }: { readonly item: Item; readonly own: boolean }) {
  const words = item.waits || (item.sum === null ? "只展示，不计分" : `${item.sum > 0 ? "+" : ""}${String(item.sum)}`);
  return (
    <details open={item.points.length > 0}>
      <summary>
        {item.no} {item.zh} <b className="number">{words}</b> {item.attention && "（达到关注阈值）"}
      </summary>
      <p className="quiet">
        {item.rests_on}；最多扣 {Math.abs(item.least)} 分，最多加 {item.most} 分
      </p>
      <ul>
        {item.points.map((each) => (
          <PointRow key={each.id} point={each} own={own} />
        ))}
      </ul>
    </details>
  );
}

function Sheet({ index, own }: { readonly index: Index; readonly own: boolean }) {
  const [now, ...before] = [index.index, ...index.before];
  return (
    <section className="panel" aria-label="健康指数">
      <h2>
        {index.zh} {now} · {index.level}
      </h2>
      <p>
        {index.dimensions.map((each) => `${each.dimension} ${each.sum > 0 ? "+" : ""}${String(each.sum)}`).join("，")}
      </p>
      <p className="quiet">
        30、60、90 日以前：{before.join("、")}。在办 {index.load.open} 件{index.load.peers_median !== null && `，本单位中位数 ${String(index.load.peers_median)} 件`}
        {index.load.overloaded && "，负荷过高"}。{index.note}。计算于 {shownInstant(index.at)}
      </p>
      {own && <ExportButton ask={() => api.GET("/api/personal-index/export", { parseAs: "blob" })} name="健康指数.xlsx" />}
      {index.items.map((each) => (
        <ItemPanel key={each.item} item={each} own={own} />
      ))}
    </section>
  );
}

function OwnSheet() {
  const index = $api.useQuery("get", "/api/personal-index", {}, FRESH);
  return <Shown of={index}>{(data) => <Sheet index={data} own />}</Shown>;
}

function SheetOf({ username }: { readonly username: string }) {
  const index = $api.useQuery("get", "/api/personal-index/people/{username}", { params: { path: { username } } }, FRESH);
  return <Shown of={index}>{(data) => <Sheet index={data} own={false} />}</Shown>;
}

/** Of the unit that one heads, one sheet after another, each look at which is on record. */
function People() {
  const [chosen, choose] = useState("");
  const people = $api.useQuery("get", "/api/personal-index/people", {});
  return (
    <Shown of={people}>
      {(data) => (
        <>
          <Select
            aria-label="本单位民警"
            className="filter-unit"
            placeholder="选择民警（每次查看留痕）"
            value={chosen || null}
            options={data.people.map((each) => ({ value: each.username, label: `${each.zh}（${each.unit_zh}）` }))}
            onChange={choose}
            notFoundContent="没有您可以查阅的民警"
          />
          {chosen && <SheetOf username={chosen} />}
        </>
      )}
    </Shown>
  );
}

function Spread() {
  const told = $api.useQuery("get", "/api/personal-index/distribution", {}, FRESH);
  return (
    <Shown of={told}>
      {(data) => (
        <section className="panel" aria-label="分布">
          <ul>
            {data.units.map((each) => (
              <li key={each.unit}>
                {each.unit_zh}：{each.levels ? each.levels.map(({ level, count }) => `${level} ${String(count)} 人`).join("，") : <span className="quiet">不足五人，不列</span>}
              </li>
            ))}
          </ul>
        </section>
      )}
    </Shown>
  );
}

function Deciding({ objection }: { readonly objection: Objection }) {
  const [reason, setReason] = useState("");
  const deciding = useMutation({
    mutationFn: (upheld: boolean) => api.POST("/api/personal-index/objections/decide", { body: { objection: objection.id, upheld, reason }, params: { header: { "Idempotency-Key": newKey() } } }),
    onSuccess: stale,
  });
  const ready = reason.trim().length >= LEAST;
  return (
    <li className="panel">
      <p>
        {objection.zh}：{objection.about}（{objection.due_on} 前决定）
      </p>
      <p>异议理由：{objection.grounds}</p>
      {objection.statement && <p>此前的陈述：{objection.statement}</p>}
      <Input.TextArea
        aria-label="决定理由"
        placeholder="决定理由"
        value={reason}
        maxLength={2000}
        onChange={(event) => {
          setReason(event.target.value);
        }}
      />
      {deciding.isError && <Alert type="error" showIcon title={wordsOf(deciding.error)} />}
      <Button
        disabled={!ready}
        loading={deciding.isPending}
        onClick={() => {
          deciding.mutate(true);
        }}
      >
        异议成立，撤销积分
      </Button>{" "}
      <Button
        disabled={!ready}
        loading={deciding.isPending}
        onClick={() => {
          deciding.mutate(false);
        }}
      >
        异议不成立
      </Button>
    </li>
  );
}

function Objections() {
  const told = $api.useQuery("get", "/api/personal-index/objections", {}, FRESH);
  return (
    <Shown of={told}>
      {(data) =>
        data.objections.length === 0 ? (
          <Nothing>没有等您决定的异议</Nothing>
        ) : (
          <ul>
            {data.objections.map((each) => (
              <Deciding key={each.id} objection={each} />
            ))}
          </ul>
        )
      }
    </Shown>
  );
}

const HEADS: readonly string[] = ["station-head", "county-head", "higher-police", "city-head", "provincial-head"];
const DECIDES: readonly string[] = ["legal-reviewer", "supervisor"];

export default function OwnIndexView() {
  const held: readonly string[] = (useMe().data?.offices ?? []).map((each) => each.office);
  const views = [
    ...(held.includes("case-officer") ? [{ value: "own", label: "本人", View: OwnSheet }] : []),
    ...(held.includes("station-head") ? [{ value: "people", label: "本单位民警", View: People }] : []),
    ...(held.some((each) => HEADS.includes(each) || DECIDES.includes(each)) ? [{ value: "spread", label: "分布", View: Spread }] : []),
    ...(held.some((each) => DECIDES.includes(each)) ? [{ value: "objections", label: "待决定的异议", View: Objections }] : []),
  ];
  const [chosen, choose] = useState("");
  const shown = views.find((each) => each.value === chosen) ?? views[0];
  if (!shown) return <Nothing>健康指数只对办案民警计算。</Nothing>;
  return (
    <>
      {views.length > 1 && <Segmented aria-label="健康指数" className="more" value={shown.value} options={views.map(({ value, label }) => ({ value, label }))} onChange={choose} />}
      <shown.View />
    </>
  );
}
