/** A text on which a rule is tried: what it finds, how each risk word is said, and by which cue. Nothing is kept. */
import { useMutation } from "@tanstack/react-query";
import { Button, Form, Input, Select } from "antd";

import { api, dataOf } from "@/api/client";
import type { components } from "@/api/contract";
import type { InspectionView } from "@/api/shapes";
import { saidOf } from "@/pages/administration/told";

type Told = components["schemas"]["IncidentReport"];

const CLASSIFIED: Readonly<Record<NonNullable<Told["classification"]>, string>> = { help: "求助", consultation: "咨询", complaint: "投诉", dispute: "纠纷", mediation: "治安调解", administrative: "行政案件", criminal: "刑事案件" };
const SAID: Readonly<Record<string, string>> = { affirmed: "肯定", negated: "否定", threat: "威胁", past: "过去", unknown: "存疑", unreal: "不实" };

export function TryBox({ rule }: { readonly rule: InspectionView }) {
  const trying = useMutation({
    mutationFn: (said: Told) => dataOf(api.POST("/api/inspections/{inspection_id}/try", { params: { path: { inspection_id: rule.id } }, body: said })),
  });
  const tried = trying.data;
  return (
    <section aria-label="试一段文字">
      <h3>试一段文字</h3>
      <Form<Told> layout="vertical" initialValues={{ classification: "dispute" }} onFinish={(said) => { trying.mutate(said); }}>
        <Form.Item name="caller" label="报警内容">
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={8000} />
        </Form.Item>
        <Form.Item name="officer" label="处警反馈">
          <Input.TextArea autoSize={{ minRows: 1 }} maxLength={8000} />
        </Form.Item>
        <Form.Item name="classification" label="定性">
          <Select options={Object.entries(CLASSIFIED).map(([value, label]) => ({ value, label }))} style={{ width: 160 }} />
        </Form.Item>
        <Button htmlType="submit" loading={trying.isPending}>
          试跑
        </Button>
      </Form>
      {trying.isError && (
        <p role="alert" className="refused-words">
          {saidOf(trying.error)}
        </p>
      )}
      {tried && (
        <div role="status">
          <p>
            <strong>{tried.findings.length > 0 ? "会提示" : "不会提示"}</strong>
            {tried.amount === null ? "" : `；金额${String(tried.amount)}元`}
          </p>
          <ul className="hits">
            {tried.hits.map((hit, n) => (
              <li key={String(n)}>
                “{hit.word}” {SAID[hit.status] ?? hit.status}
                <span className="quiet">
                  （{hit.said_by === "caller" ? "报警人" : "民警"}
                  {hit.cue ? `，因“${hit.cue}”` : ""}）
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}
