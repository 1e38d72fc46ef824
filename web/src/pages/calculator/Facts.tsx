import { DatePicker, Form, InputNumber, Radio, Segmented, Select, Space } from "antd";
import dayjs from "dayjs";
import { useState } from "react";

import { Exclusions } from "@/pages/calculator/Exclusions";
import { Extensions } from "@/pages/calculator/Extensions";
import { Field, type FactsProps } from "@/pages/calculator/Field";
import type { Question } from "@/pages/calculator/question";

// Of these the law counts minutes, or every twenty-four hours from the minute on; of a date alone, from its midnight.
const BY_THE_MINUTE = /^(H|DC)/;

function Start({ card, edition, question, refusal, onChange }: FactsProps) {
  const chosen = edition.bases.find((each) => each.length === question.base) ?? edition.bases[0];
  const exact = chosen !== undefined && BY_THE_MINUTE.test(chosen.counting);
  const [timed, setTimed] = useState(question.start ? question.start.includes("T") : exact);
  const what = card.starts_on.map((each) => each.zh).join("或者");
  const label = card.counted_back_from ? "所依期限的届满时间" : `起算：${what}`;
  return (
    <Field label={label} id="start" said={refusal?.field === "start" ? refusal.detail : ""}>
      <Space wrap>
        <DatePicker
          id="start"
          key={String(timed)}
          showTime={timed ? { format: "HH:mm" } : false}
          format={timed ? "YYYY-MM-DD HH:mm" : "YYYY-MM-DD"}
          placeholder={timed ? "2026-09-28 10:00" : "2026-09-28"}
          value={question.start ? dayjs(question.start) : null}
          needConfirm={false}
          onChange={(value) => {
            onChange({ start: value?.format(timed ? "YYYY-MM-DDTHH:mm" : "YYYY-MM-DD") ?? "" });
          }}
        />
        <Segmented
          aria-label="起算时间的精度"
          options={[
            { value: "instant", label: "到分" },
            { value: "day", label: "到日" },
          ]}
          value={timed ? "instant" : "day"}
          onChange={(value) => {
            setTimed(value === "instant");
            const day = question.start.slice(0, 10);
            if (day) onChange({ start: value === "instant" ? `${day}T09:00` : day });
          }}
        />
      </Space>
    </Field>
  );
}

function Term({ question, refusal, onChange }: FactsProps) {
  const [number = "", unit = "day"] = question.term.split(" ");
  const change = (n: number | null, of: string) => {
    onChange({ term: n ? `${String(n)} ${of}` : "" });
  };
  return (
    <Field label="决定书确定的期限（可不填）" id="term" said={refusal?.field === "term" ? refusal.detail : ""}>
      <Space.Compact>
        <InputNumber
          id="term"
          min={1}
          value={number ? Number(number) : null}
          onChange={(n) => {
            change(n, unit);
          }}
        />
        <Select
          aria-label="单位"
          value={unit}
          options={[
            { value: "hour", label: "小时" },
            { value: "day", label: "日" },
            { value: "month", label: "个月" },
          ]}
          onChange={(of: string) => {
            change(Number(number) || null, of);
          }}
        />
      </Space.Compact>
    </Field>
  );
}

/** What is known of the case: only what the law asks of this limit is asked. */
export function Facts(props: FactsProps) {
  const { card, edition, question, refusal, onChange } = props;
  const figures = edition.bases.filter((each) => each.length);
  const dependsOnCustody = card.liberty || edition.bases.some((each) => each.counting.includes("/"));
  return (
    <section className="panel facts" aria-label="已知事实">
      <h2>{card.zh}</h2>
      <p className="quiet">
        {card.phase_zh} · {edition.bases[0]?.counting_zh}
      </p>
      <Form layout="vertical" component={false}>
        <Start {...props} />
        {dependsOnCustody && (
          <Field label="是否在押" said={refusal?.field === "in_custody" ? refusal.detail : ""}>
            <Radio.Group
              aria-label="是否在押"
              optionType="button"
              value={question.custody}
              options={[
                { value: "", label: "不说明" },
                { value: "yes", label: "在押" },
                { value: "no", label: "不在押" },
              ]}
              onChange={(event) => {
                onChange({ custody: event.target.value as Question["custody"] });
              }}
            />
          </Field>
        )}
        {figures.length > 1 && (
          <Field label="适用哪一期限" said={refusal?.field === "base" ? refusal.detail : ""}>
            <Radio.Group
              aria-label="适用哪一期限"
              className="figures-choice"
              value={question.base}
              options={[
                { value: "", label: "通常" },
                ...figures.map((each) => ({ value: each.length ?? "", label: `${each.zh}${each.when && `:${each.when}`}` })),
              ]}
              onChange={(event) => {
                onChange({ base: event.target.value as string });
              }}
            />
          </Field>
        )}
        {card.decided && <Term {...props} />}
        <Extensions {...props} />
        {edition.exclusions.length > 0 && <Exclusions {...props} />}
      </Form>
    </section>
  );
}
