/** One inspection: what it finds and by which rule, its figures, how often it was right, and a text to try it on. */
import { Button, Drawer, Space } from "antd";
import { useState } from "react";

import type { InspectionQuality, InspectionView } from "@/api/shapes";
import { Cited } from "@/law/Cited";
import { precisionWords, useMyPart, useSettings } from "@/pages/inspections/asked";
import { ProposalForm, type Subject } from "@/pages/inspections/ProposalForm";
import { Trials } from "@/pages/inspections/Trials";
import { TryBox } from "@/pages/inspections/TryBox";

export function Rule({ rule, quality }: { readonly rule: InspectionView; readonly quality: InspectionQuality | undefined }) {
  const { keeps, sees } = useMyPart();
  if (rule.waiting) {
    return (
      <dl className="rule-facts">
        <dt>状态</dt>
        <dd>尚未建成：{rule.waiting}</dd>
        <dt>依据</dt>
        <dd>
          <Cited text={rule.basis.join("、")} />
        </dd>
      </dl>
    );
  }
  return (
    <div className="stack">
      <dl className="rule-facts">
        <dt>编号</dt>
        <dd>{rule.id}</dd>
        <dt>依据</dt>
        <dd>
          <Cited text={rule.basis.join("、")} />
        </dd>
        <dt>发现以后</dt>
        <dd>{rule.demand}</dd>
        {rule.remedy_zh.length > 0 && (
          <>
            <dt>可以消除的步骤</dt>
            <dd>{rule.remedy_zh.join("、")}</dd>
          </>
        )}
      </dl>
      <Settable rule={rule} sees={sees} />
      {quality && <Quality quality={quality} />}
      {keeps && rule.kinds.includes("incident") && <TryBox rule={rule} />}
      {sees && <Trials rule={rule} begins={keeps} />}
    </div>
  );
}

function Settable({ rule, sees }: { readonly rule: InspectionView; readonly sees: boolean }) {
  const settings = useSettings(sees).data;
  const [subject, setSubject] = useState<Subject | null>(null);
  const proposes = settings?.units.some((each) => each.proposes) ?? false;
  const past = settings?.editions.filter((each) => each.name === `switch/${rule.id}` || rule.parameters.some((one) => each.name === `figure/${one.id}`)) ?? [];
  return (
    <section aria-label="参数和启停">
      <h3>参数和启停</h3>
      {rule.parameters.length === 0 && <p className="quiet">没有由本局设定的数值；法律规定的期限、数额不能设定。</p>}
      <ul className="hits">
        {rule.parameters.map((each) => (
          <li key={each.id}>
            {each.words}{" "}
            {proposes && (
              <Button size="small" type="link" aria-label={`提请设定${each.label}`} onClick={() => { setSubject({ sort: "figure", parameter: each }); }}>
                提请设定
              </Button>
            )}
          </li>
        ))}
        {past.map((each) => (
          <li key={each.edition} className="quiet">
            第{each.edition}版 {each.unit_zh}：{each.label}，{each.words}（{each.proposed_by_zh}提请、{each.confirmed_by_zh}确认：{each.reason}）{each.holds ? "，现行" : ""}
          </li>
        ))}
      </ul>
      {proposes && (
        <Space>
          <Button danger={!rule.off_until} onClick={() => { setSubject({ sort: "switch", rule }); }}>
            {rule.off_until ? "提请启用" : "提请停用"}
          </Button>
        </Space>
      )}
      <Drawer title="提请设定" open={subject !== null} destroyOnHidden size={420} onClose={() => { setSubject(null); }}>
        {subject && settings && <ProposalForm subject={subject} settings={settings} onDone={() => { setSubject(null); }} />}
      </Drawer>
    </section>
  );
}

function Quality({ quality }: { readonly quality: InspectionQuality }) {
  const counted = `提示${String(quality.raised)}件：转整改${String(quality.ordered)}，核查销号${String(quality.verified)}，提醒后办结${String(quality.closed)}，提示后改正${String(quality.cured)}，更正数据后消除${String(quality.withdrawn)}，误报${String(quality.wrong)}，其他排除${String(quality.dismissed)}，未结${String(quality.open)}`;
  return (
    <section aria-label="近90天">
      <h3>近90天</h3>
      <p>
        准确率：{precisionWords(quality)}
        {quality.hours === null ? "" : `；半数在${quality.hours.toFixed(1)}小时内签收`}
      </p>
      <p>
        评查发现的问题中：已经提示 {quality.reviewed_told} 件，没有提示 {quality.reviewed_missed} 件
      </p>
      <p className="quiet">{counted}。</p>
    </section>
  );
}
