/** The risk alerts that I may know of, the gravest first: what was found, where, on what it rests, and how long is left. */
import { Button, Select, Switch } from "antd";
import { useState } from "react";
import { Link, useNavigate } from "react-router";

import { useKinds } from "@/api/queries";
import type { AlertRow } from "@/api/shapes";
import { matterIsStale } from "@/api/stale";
import { takeStep } from "@/api/steps";
import { ColourTag } from "@/clocks/ColourTag";
import { COLOURS } from "@/clocks/colours";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { newKey } from "@/forms/drafts";
import { UnitFilter } from "@/lists/FilterFields";
import { type Filters, useFilters } from "@/lists/filters";
import { chosen, useList } from "@/lists/lists";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { useDeskUnit } from "@/shell/desk";
import { useShortcut } from "@/shell/shortcuts";

const FILTERS = ["severity", "stage", "rule", "subject", "alone", "overdue", "by_hand"] as const;
const SEVERITIES = ["red", "orange", "yellow", "blue"] as const;

function useStages(): Readonly<Record<string, string>> {
  return useKinds().data?.find((each) => each.kind === "risk-alert")?.stages ?? {};
}

function columns(stages: Readonly<Record<string, string>>): readonly Column<AlertRow>[] {
  return [
    { key: "severity", title: "等级", width: "80px", cell: (row) => <ColourTag colour={row.severity} /> },
    { key: "title", title: "规则或者问题", width: "minmax(160px, 1.4fr)", cell: (row) => <Link to={`/matters/${row.number}`}>{row.title}</Link> },
    { key: "subject", title: "涉及事项", width: "minmax(140px, 1.2fr)", cell: (row) => (row.subject ? <Link to={`/matters/${row.subject}`}>{row.subject_title ?? row.subject}</Link> : "—") },
    {
      key: "evidence",
      title: "主要依据",
      width: "minmax(160px, 1.6fr)",
      cell: (row) => (
        <span className="quiet" title={row.evidence.join("；")}>
          {row.evidence.join("；")}
        </span>
      ),
    },
    { key: "unit", title: "单位", width: "minmax(90px, 0.8fr)", cell: (row) => row.unit_zh ?? row.unit },
    { key: "officer", title: "承办民警", width: "80px", cell: (row) => row.officer_zh ?? "—" },
    { key: "opened", title: "提示时间", width: "130px", cell: (row) => <span className="number">{shownInstant(row.opened_at)}</span> },
    { key: "left", title: "处置剩余", width: "120px", cell: (row) => (row.due_at ? <Countdown due={row.due_at} colour={row.colour} /> : "—") },
    { key: "stage", title: "状态", width: "90px", cell: (row) => stages[row.stage] ?? row.stage },
  ];
}

function SeverityFilter({ filters }: { readonly filters: Filters }) {
  return (
    <Select
      aria-label="等级"
      placeholder="等级"
      allowClear
      value={filters.get("severity") || null}
      options={SEVERITIES.map((value) => ({ value, label: `${COLOURS[value].sign} ${COLOURS[value].word}` }))}
      onChange={(next: string | null) => {
        filters.set("severity", next ?? "");
      }}
      style={{ width: 110 }}
    />
  );
}

function StateFilter({ filters }: { readonly filters: Filters }) {
  return (
    <Select
      aria-label="状态"
      placeholder="状态"
      allowClear
      value={filters.get("stage") || null}
      options={Object.entries(useStages())
        .filter(([stage]) => stage !== "unopened")
        .map(([value, label]) => ({ value, label }))}
      onChange={(next: string | null) => {
        filters.set("stage", next ?? "");
      }}
      style={{ width: 130 }}
    />
  );
}

/** The row that the keyboard has come to: j and k go down and up, Enter opens it, x signs for it. */
function useKeyboard(rows: readonly AlertRow[]): number {
  const navigate = useNavigate();
  const [at, setAt] = useState(-1);
  const place = Math.min(at, rows.length - 1);
  const row = rows[place];
  useShortcut("j", "下一条提示", () => {
    setAt(Math.min(place + 1, rows.length - 1));
  });
  useShortcut("k", "上一条提示", () => {
    setAt(Math.max(place - 1, 0));
  });
  useShortcut("Enter", "打开提示", () => {
    if (row) void navigate(`/matters/${row.number}`);
  });
  useShortcut("x", "签收核查", () => {
    if (row?.stage !== "raised") return;
    void takeStep(row.number, "acknowledge-alert", {}, newKey()).finally(() => {
      matterIsStale(row.number);
    });
  });
  return place;
}

export function AlertsPage() {
  const filters = useFilters();
  const deskUnit = useDeskUnit();
  const stages = useStages();
  const everything = filters.get("open") === "false";
  const asked = chosen("/api/alerts", filters, FILTERS);
  const list = useList("/api/alerts", { query: { ...asked, unit: filters.get("unit") || deskUnit, open: !everything } });
  const at = useKeyboard(list.rows ?? []);
  return (
    <div className="list-page">
      <div className="page-head">
        <h1>风险提示</h1>
        <span className="quiet">巡查和人工发现的问题，等级高的在前；j、k 选择，回车打开，x 签收</span>
        <Link to="/boards/oversight">按规则汇总</Link>
      </div>
      <div className="filters">
        <SeverityFilter filters={filters} />
        <StateFilter filters={filters} />
        <UnitFilter filters={filters} />
        <span>
          <Switch
            size="small"
            aria-label="包括已经了结的提示"
            checked={everything}
            onChange={(on) => {
              filters.set("open", on ? "false" : "");
            }}
          />{" "}
          包括已了结
        </span>
        <Button type="text" onClick={filters.clear}>
          清除
        </Button>
      </div>
      <VirtualTable
        label="风险提示"
        list={list}
        columns={columns(stages)}
        rowKey={(row) => row.number}
        at={at}
        empty="没有符合条件的风险提示。"
        card={(row) => (
          <>
            <div className="card-line spread">
              <Link to={`/matters/${row.number}`}>{row.title}</Link>
              <ColourTag colour={row.severity} />
            </div>
            <div className="card-line">{row.subject_title ?? row.subject}</div>
            <div className="card-line quiet">
              <span>
                {row.unit_zh ?? row.unit} · {stages[row.stage] ?? row.stage}
                {row.due_at ? (
                  <>
                    {" · "}
                    <Countdown due={row.due_at} colour={row.colour} />
                  </>
                ) : null}
              </span>
            </div>
          </>
        )}
      />
    </div>
  );
}
