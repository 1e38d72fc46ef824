/** How a unit's month is assessed (考评): every indicator with what it counted, the result, and who stands where among their peers. */
import { DatePicker, Drawer, Segmented, Table, type TableColumnsType, Tag } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { Link, useSearchParams } from "react-router";

import { $api, api } from "@/api/client";
import type { components } from "@/api/contract";
import { nowInChina, shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { ExportButton } from "@/pages/boards/ExportButton";
import { matterColumn } from "@/pages/boards/listColumns";
import { FRESH, useFilters } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

type Sheet = components["schemas"]["AssessmentSheet"];
type Indicator = components["schemas"]["IndicatorView"];
type Item = components["schemas"]["AssessedItem"];
type Ranked = components["schemas"]["Ranked"];
type Part = "above" | "below" | "rest";

interface Opened {
  readonly indicator: Indicator;
  readonly part: Part;
}

function useMonth(): [string, (month: string) => void] {
  const [asked, ask] = useSearchParams();
  const change = (month: string) => {
    ask((before) => {
      const next = new URLSearchParams(before);
      next.set("month", month);
      return next;
    });
  };
  return [asked.get("month") ?? nowInChina().format("YYYY-MM"), change];
}

function rateWords({ rate, per, above, below, mean }: Indicator): string {
  if (rate === null) return below > 0 || above > 0 ? `${String(above)}/${String(below)}` : "·";
  if (mean) return `${rate.toFixed(1)} 分`;
  return per === 100 ? `${rate.toFixed(1)}%` : `${rate.toFixed(1)}（每${String(per)}件）`;
}

function intervalWords({ low, high }: { readonly low: number | null; readonly high: number | null }): string {
  return low === null || high === null ? "" : `${low.toFixed(1)}—${high.toFixed(1)}`;
}

function indicatorColumns(open: (indicator: Indicator) => void): TableColumnsType<Indicator> {
  return [
    { title: "序号", dataIndex: "no", key: "no", width: 64 },
    {
      title: "指标",
      key: "zh",
      render: (_, row) => (
        <details>
          <summary>{row.zh}</summary>
          {row.above_words && (
            <div className="quiet">
              分子：{row.above_words}。分母：{row.below_words}。不计入：{row.left_out}。{row.weight > 0 && `${row.better === "more" ? "达到" : "不超过"} ${String(row.line)}${row.mean ? " 分" : row.per === 100 ? "%" : ""} 为标准线。`}
            </div>
          )}
        </details>
      ),
    },
    {
      title: "比率",
      key: "rate",
      align: "right",
      render: (_, row) => {
        const words = rateWords(row);
        if (words === "·") return <span className="quiet">{row.why}</span>;
        return (
          <>
            <button
              type="button"
              className="rate number"
              onClick={() => {
                open(row);
              }}
            >
              <b>{words}</b>
              {row.rate !== null && (
                <small>{row.mean ? `${String(row.below)} 件` : `${String(row.above)}/${String(row.below)}`}</small>
              )}
              <span className="unseen">，查看{row.zh}所计事项</span>
            </button>
            <div className="rate-more quiet">{intervalWords(row) && <span title="95% 置信区间">{intervalWords(row)}</span>}</div>
          </>
        );
      },
    },
    { title: "权重", dataIndex: "weight", key: "weight", align: "right", width: 72, render: (weight: number) => (weight === 0 ? <span className="quiet">不计分</span> : weight) },
    {
      title: "得分",
      key: "points",
      align: "right",
      width: 150,
      render: (_, row) => (row.points === null ? <span className="quiet">{row.weight > 0 ? row.why : ""}</span> : <span className="number">{row.points.toFixed(2)}</span>),
    },
  ];
}

const ITEM_COLUMNS: TableColumnsType<Item> = [
  matterColumn<Item>(),
  {
    title: "期限与时间",
    key: "when",
    render: (_, item) => (
      <>
        {item.limit_zh ?? ""} <span className="number">{shownInstant(item.at)}</span>
        <div className="quiet">{item.ended_at ? `${shownInstant(item.ended_at)} 办结` : item.due_at ? `${shownInstant(item.due_at)} 届满` : ""}</div>
      </>
    ),
  },
  { title: "计入分子", key: "above", render: (_, item) => (item.above ? "✓ 计入" : "✕ 未计入") },
  { title: "民警", key: "officer", responsive: ["md"], render: (_, item) => item.officer_zh ?? item.officer },
];

function Counted({ unit, month, opened }: { readonly unit: string; readonly month: string; readonly opened: Opened }) {
  const list = useList("/api/assessment/sheet/counted", { query: { unit, month, indicator: opened.indicator.indicator, part: opened.part } });
  return (
    <Shown of={{ ...list, data: list.rows }}>
      {(items) => (
        <>
          <Table<Item> size="small" rowKey={(item) => `${item.matter} ${item.clock} ${String(item.above)}`} pagination={false} columns={ITEM_COLUMNS} dataSource={items} locale={{ emptyText: <Nothing>没有这样的事项</Nothing> }} />
          <More list={list} />
        </>
      )}
    </Shown>
  );
}

function SheetPanel({ sheet }: { readonly sheet: Sheet }) {
  const [opened, open] = useState<Opened | null>(null);
  return (
    <section className="panel" aria-label="考评表">
      <h2>
        {sheet.unit_zh} {sheet.month} {sheet.result === null ? "没有可计分的指标" : `${sheet.result.toFixed(1)} 分`} {sheet.band && <Tag>{sheet.band} 等</Tag>}
      </h2>
      <p className="quiet">
        {intervalWords(sheet) && `95% 置信区间 ${intervalWords(sheet)}；`}
        {sheet.capped.length > 0 && `等次以 B 为限：${sheet.capped.join("、")}；`}
        {sheet.standard === null ? "按统一标准" : `按第 ${String(sheet.standard)} 版考评标准`}；统计于 {shownInstant(sheet.at)}。不足 5 件的不计分，权重分摊到其他指标；点数字看所计的每一件。
      </p>
      {sheet.matter && (
        <p>
          <Link to={`/matters/${sheet.matter.number}`}>月度考评 {sheet.matter.number}</Link>：公布、异议、定案。
        </p>
      )}
      <Table<Indicator>
        size="small"
        className="figures"
        rowKey="indicator"
        pagination={false}
        scroll={{ x: 560 }}
        columns={indicatorColumns((indicator) => {
          open({ indicator, part: "below" });
        })}
        dataSource={sheet.indicators}
      />
      {opened && (
        <Drawer
          open
          size="min(960px, 100vw)"
          title={`${sheet.unit_zh} · ${opened.indicator.zh}`}
          onClose={() => {
            open(null);
          }}
        >
          <Segmented<Part>
            aria-label="所计的范围"
            value={opened.part}
            options={[
              { value: "below", label: `分母 ${String(opened.indicator.below)}` },
              { value: "above", label: `分子 ${String(opened.indicator.above)}` },
              { value: "rest", label: "未计入分子" },
            ]}
            onChange={(part) => {
              open({ ...opened, part });
            }}
          />
          <Counted unit={sheet.unit} month={sheet.month} opened={opened} />
        </Drawer>
      )}
    </section>
  );
}

function UnitsPanel({ month }: { readonly month: string }) {
  const told = $api.useQuery("get", "/api/assessment/units", { params: { query: { month } } }, FRESH);
  const columns: TableColumnsType<Ranked> = [
    { title: "单位", key: "unit", render: (_, row) => <Link to={{ search: new URLSearchParams({ unit: row.unit, month }).toString() }}>{row.unit_zh}</Link> },
    { title: "同类单位", dataIndex: "peers", key: "peers", responsive: ["md"], render: (peers: string) => peers || <span className="quiet">未分类，不排名</span> },
    { title: "得分", key: "result", align: "right", render: (_, row) => (row.result === null ? <span className="quiet">没有可计分的</span> : <b className="number">{row.result.toFixed(1)}</b>) },
    { title: "95% 区间", key: "interval", align: "right", responsive: ["md"], render: (_, row) => <span className="number quiet">{intervalWords(row)}</span> },
    { title: "等次", dataIndex: "band", key: "band", width: 64 },
    {
      title: "名次",
      key: "rank",
      align: "right",
      render: (_, row) => (
        <>
          {row.rank ?? ""}
          {row.chance && <div className="quiet">与前一名差异不显著</div>}
        </>
      ),
    },
  ];
  return (
    <Shown of={told}>
      {(data) => (
        <div className="panel">
          <Table<Ranked> size="small" rowKey="unit" pagination={false} columns={columns} dataSource={data.units} locale={{ emptyText: <Nothing>没有您可以查阅的单位</Nothing> }} />
          <p className="quiet foot">名次只在同类单位之间。统计于 {shownInstant(data.at)}</p>
        </div>
      )}
    </Shown>
  );
}

function OneSheet({ unit, month }: { readonly unit: string; readonly month: string }) {
  const sheet = $api.useQuery("get", "/api/assessment/sheet", { params: { query: { unit, month } } }, FRESH);
  return <Shown of={sheet}>{(data) => <SheetPanel sheet={data} />}</Shown>;
}

/** What nobody may be measured by, and who says so. */
function Forbidden() {
  const standards = $api.useQuery("get", "/api/assessment/standards", {});
  return (
    <Shown of={standards}>
      {(data) => (
        <details className="panel">
          <summary>不得作为考核指标的项目</summary>
          <dl className="definitions">
            {data.forbidden.map((each) => (
              <div key={each.indicator}>
                <dt>{each.zh}</dt>
                <dd>{each.source}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
    </Shown>
  );
}

export default function AssessmentView() {
  const [{ unit }] = useFilters();
  const [month, setMonth] = useMonth();
  return (
    <>
      <div className="filter-bar">
        <DatePicker
          picker="month"
          aria-label="月份"
          allowClear={false}
          value={dayjs(`${month}-01`)}
          onChange={(chosen) => {
            if (chosen) setMonth(chosen.format("YYYY-MM"));
          }}
        />
        {unit && <ExportButton ask={() => api.GET("/api/exports/assessment", { params: { query: { unit, month } }, parseAs: "blob" })} name="考评表.xlsx" />}
      </div>
      {unit ? <OneSheet unit={unit} month={month} /> : <UnitsPanel month={month} />}
      <Forbidden />
    </>
  );
}
