/** How the house is: what the doctor found, in words, and what to do about it. */
import { Alert, Button } from "antd";

import { $api } from "@/api/client";
import { shownInstant, spanWords } from "@/clocks/instants";
import type { HealthView } from "@/pages/administration/told";
import { Shown } from "@/states/states";

type Finding = HealthView["findings"][number];

const LOOKS: Readonly<Record<Finding["level"], { readonly sign: string; readonly colour: string }>> = {
  broken: { sign: "✕", colour: "red" },
  look: { sign: "▲", colour: "orange" },
  unknown: { sign: "?", colour: "none" },
  well: { sign: "✓", colour: "blue" },
};
const ORDER: readonly Finding["level"][] = ["broken", "look", "unknown", "well"];
const ALERTS = { broken: "error", look: "warning", unknown: "info", well: "success" } as const;
const WORDS: Readonly<Record<Finding["level"], string>> = {
  broken: "有故障，请按下列办法处理",
  look: "运行正常，有需要关注之处",
  unknown: "有未能检查的项目",
  well: "一切正常",
};
const REFRESH_MS = 30_000;

export default function HealthPage() {
  const health = $api.useQuery("get", "/api/admin/health", {}, { refetchInterval: REFRESH_MS });
  return (
    <section className="panel" aria-label="运行状况">
      <div className="filter-row">
        <h2>运行状况</h2>
        {health.data && <span className="quiet number">检查于 {shownInstant(health.data.at)}</span>}
        <span className="stretch" />
        <Button loading={health.isFetching} onClick={() => void health.refetch()}>
          重新检查
        </Button>
      </div>
      <Shown of={health}>{(told) => <Findings told={told} />}</Shown>
    </section>
  );
}

function Findings({ told }: { readonly told: HealthView }) {
  const findings = [...told.findings].sort((one, other) => ORDER.indexOf(one.level) - ORDER.indexOf(other.level));
  return (
    <>
      <Alert type={ALERTS[told.level]} showIcon role="status" title={WORDS[told.level]} description={canaryWords(told.canary)} />
      <ul className="findings">
        {findings.map((each) => (
          <li key={each.check}>
            <span className={`colour colour-${LOOKS[each.level].colour}`}>
              <span aria-hidden="true">{LOOKS[each.level].sign}</span>
              {each.level_zh}
            </span>
            <strong>{each.check}</strong>
            <div>
              {each.words}
              {each.remedy && <div className="remedy">怎么办：{each.remedy}</div>}
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

function canaryWords(canary: HealthView["canary"]): string {
  if (!canary) return "自检时钟还没有响过：启动后数分钟内首次响铃。";
  return `自检时钟 ${spanWords(canary.age_seconds * 1000)}前响过，预警在正常发出。`;
}
