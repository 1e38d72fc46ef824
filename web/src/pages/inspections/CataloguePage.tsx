import "@/pages/administration/administration.css";
import "@/pages/inspections/inspections.css";

/** The catalogue of inspections: what each finds, by which rule and figures, whether it runs, and how often it was right. */
import { Button, Drawer, Input, type InputRef, Select } from "antd";
import { useRef, useState } from "react";

import { $api } from "@/api/client";
import type { InspectionQuality, InspectionView } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { COLOURS } from "@/clocks/colours";
import { shownInstant } from "@/clocks/instants";
import { useFilters } from "@/lists/filters";
import { precisionWords, type State, stateOf, STATES, useMyPart, useQuality, useSettings } from "@/pages/inspections/asked";
import { Proposals } from "@/pages/inspections/Proposals";
import { Rule } from "@/pages/inspections/Rule";
import { Words } from "@/pages/inspections/Words";
import { useShortcut } from "@/shell/shortcuts";
import { Nothing, Shown } from "@/states/states";

const SEVERITIES = ["red", "orange", "yellow", "blue"] as const;
const GRADES: Readonly<Record<string, number>> = { red: 0, orange: 1, yellow: 2, blue: 3 };

function matches(rule: InspectionView, sought: string): boolean {
  const text = [rule.id, rule.label, rule.demand, rule.waiting, ...rule.basis, ...rule.remedy_zh, ...rule.parameters.map((each) => each.label)].join(" ");
  return sought.split(/\s+/).every((word) => text.includes(word));
}

export function CataloguePage() {
  const rules = $api.useQuery("get", "/api/inspections");
  const { keeps, sees } = useMyPart();
  const settings = useSettings(sees);
  const quality = useQuality(sees);
  return (
    <div className="stack">
      <div className="page-head">
        <h1>巡查规则</h1>
        <span className="quiet">/ 查找，j、k 选择，回车打开</span>
      </div>
      {settings.data && <Proposals settings={settings.data} />}
      <Shown of={rules}>{(all) => <Catalogue rules={all} quality={quality} />}</Shown>
      {settings.data && keeps && <Words settings={settings.data} />}
    </div>
  );
}

function Catalogue({ rules, quality }: { readonly rules: readonly InspectionView[]; readonly quality: ReadonlyMap<string, InspectionQuality> }) {
  const filters = useFilters();
  const search = useRef<InputRef>(null);
  const [at, setAt] = useState(-1);
  // What is typed stays out of the address, which would lag behind the keys.
  const [sought, setSought] = useState("");
  const [severity, state] = [filters.get("severity"), filters.get("state")];
  const shown = rules
    .filter((each) => (!severity || each.severity === severity) && (!state || stateOf(each, quality.get(each.id)) === state) && matches(each, sought))
    .sort((one, other) => Number(Boolean(one.waiting)) - Number(Boolean(other.waiting)) || (GRADES[one.severity] ?? 9) - (GRADES[other.severity] ?? 9));
  const place = Math.min(at, shown.length - 1);
  const open = rules.find((each) => each.id === filters.get("rule"));
  const go = (to: number) => {
    const next = Math.max(0, Math.min(to, shown.length - 1));
    setAt(next);
    document.getElementById(`rule-${shown[next]?.id ?? ""}`)?.scrollIntoView({ block: "nearest" });
  };
  useShortcut("/", "查找规则", () => search.current?.focus());
  useShortcut("j", "下一条规则", () => { go(place + 1); });
  useShortcut("k", "上一条规则", () => { go(place - 1); });
  useShortcut("Enter", "打开规则", () => {
    const rule = shown[place];
    if (rule) filters.set("rule", rule.id);
  });
  return (
    <section className="panel" aria-label="规则目录">
      <div className="filter-row">
        <Input ref={search} aria-label="查找规则" placeholder="名称、依据、参数" allowClear value={sought} style={{ width: 220 }} onChange={(event) => { setSought(event.target.value); }} />
        <Select aria-label="等级" placeholder="等级" allowClear value={severity || null} style={{ width: 110 }} options={SEVERITIES.map((value) => ({ value, label: `${COLOURS[value].sign} ${COLOURS[value].word}` }))} onChange={(next: string | null) => { filters.set("severity", next ?? ""); }} />
        <Select aria-label="状态" placeholder="状态" allowClear value={state || null} style={{ width: 120 }} options={Object.entries(STATES).map(([value, label]) => ({ value, label }))} onChange={(next: string | null) => { filters.set("state", next ?? ""); }} />
        <span className="quiet">
          共{rules.length}条，列出{shown.length}条
        </span>
      </div>
      {shown.length === 0 ? (
        <Nothing>没有符合条件的规则</Nothing>
      ) : (
        <table className="rules">
          <thead>
            <tr>
              <th scope="col">等级</th>
              <th scope="col">规则</th>
              <th scope="col">依据</th>
              <th scope="col">参数</th>
              <th scope="col">近90天准确率</th>
              <th scope="col">状态</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((rule, n) => (
              <Row key={rule.id} rule={rule} quality={quality.get(rule.id)} at={n === place} onOpen={() => { filters.set("rule", rule.id); }} />
            ))}
          </tbody>
        </table>
      )}
      <Drawer title={open?.label ?? ""} open={open !== undefined} destroyOnHidden size={640} onClose={() => { filters.set("rule", ""); }}>
        {open && <Rule rule={open} quality={quality.get(open.id)} />}
      </Drawer>
    </section>
  );
}

function Row({ rule, quality, at, onOpen }: { readonly rule: InspectionView; readonly quality: InspectionQuality | undefined; readonly at: boolean; readonly onOpen: () => void }) {
  return (
    <tr id={`rule-${rule.id}`} className={at ? "at" : ""} aria-current={at}>
      <td>
        <ColourTag colour={rule.severity} />
      </td>
      <td>
        <Button type="link" className="rule-name" onClick={onOpen}>
          {rule.label}
        </Button>
      </td>
      <td className="wide quiet">{rule.basis.join("、")}</td>
      <td className="wide quiet">{rule.parameters.map((each) => `${each.label}${String(each.figure)}${each.measure}`).join("；") || "—"}</td>
      <td className="wide number">{precisionWords(quality)}</td>
      <td className="wide">
        <Standing rule={rule} state={stateOf(rule, quality)} />
      </td>
    </tr>
  );
}

function Standing({ rule, state }: { readonly rule: InspectionView; readonly state: State }) {
  if (state === "waiting") return <span className="quiet">待建：{rule.waiting}</span>;
  if (state === "off") return <span className="colour colour-none">○ 停用至{shownInstant(rule.off_until ?? "")}</span>;
  if (state === "flagged") return <span className="colour colour-yellow">▲ 准确率低，请复核</span>;
  return <span className="colour colour-blue">✓ 运行</span>;
}
