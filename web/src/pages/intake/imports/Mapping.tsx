/** What the headings of a ledger and the words in it mean, said once: whoever imports for the unit is asked no more. */
import { useMutation } from "@tanstack/react-query";
import { Alert, Button, Checkbox, Select } from "antd";
import { useState } from "react";

import { useRoster } from "@/api/queries";
import { CHANNELS } from "@/pages/intake/channels";
import type { LedgerField, Unknown, Words } from "@/pages/intake/imports/run";
import { checkAgain } from "@/pages/intake/imports/sheet";
import { CATEGORIES, SIGNS } from "@/pages/intake/suggestions";

const FIELDS: Readonly<Record<LedgerField, string>> = {
  "": "不导入",
  at: "接警时间",
  happened_at: "发生时间",
  category: "警情大类",
  kind: "警情类别",
  place: "发生地点",
  narrative: "报警内容",
  channel: "报警方式",
  reporter: "报警人姓名",
  reporter_phone: "报警人电话",
  reporter_citizen_number: "报警人公民身份号码",
  missing: "失踪、走失人员警情",
  urgent: "紧急警情",
  signs: "现场情形",
  recording: "接警录音编号",
  unit: "处警单位",
  outcome: "处理结果（旧警情记为已办结）",
};
const FIELD_OPTIONS = Object.entries(FIELDS).map(([value, label]) => ({ value: value as LedgerField, label }));
const TRUTH_OPTIONS = [
  { value: "true", label: "是" },
  { value: "false", label: "否" },
];
const OPTIONS = { channel: optionsOf(CHANNELS), category: optionsOf(CATEGORIES), signs: optionsOf(SIGNS), missing: TRUTH_OPTIONS, urgent: TRUTH_OPTIONS };

type OfWords = keyof typeof OPTIONS | "unit";
type Column = { readonly heading: string; readonly field: string | null };

function optionsOf(said: Readonly<Record<string, string>>) {
  return Object.entries(said).map(([value, label]) => ({ value, label }));
}

function isOfWords(field: string): field is OfWords {
  return field === "unit" || field in OPTIONS;
}

function WordPicker({ unknown, value, onChange }: { readonly unknown: Unknown; readonly value: string | undefined; readonly onChange: (value: string) => void }) {
  const units = useRoster().data?.units ?? [];
  const options = { ...OPTIONS, unit: units.map((each) => ({ value: each.unit, label: each.zh })) };
  if (!isOfWords(unknown.field)) return null;
  return (
    <div className="mapping-line">
      <span>
        {FIELDS[unknown.field]}“<strong>{unknown.word}</strong>”<span className="quiet">（{unknown.rows} 行）</span>
      </span>
      <Select showSearch={{ optionFilterProp: "label" }} aria-label={`“${unknown.word}”是`} placeholder="是…" value={value ?? null} onChange={onChange} options={options[unknown.field]} />
    </div>
  );
}

/** The columns as they were read, and words that nobody knows; what is chosen is read anew. */
export function Mapping({ columns, unknown }: { readonly columns: readonly Column[]; readonly unknown: readonly Unknown[] }) {
  const [fields, setFields] = useState<Readonly<Record<string, LedgerField>>>({});
  const [values, setValues] = useState<Words["values"]>({});
  const [isKept, setKept] = useState(true);
  const again = useMutation({ mutationFn: () => checkAgain({ headings: fields, values }, isKept) });
  const isTouched = Object.keys(fields).length > 0 || Object.keys(values).length > 0;
  return (
    <section className="mapping" aria-label="台账用语">
      <div className="mapping-lines">
        {columns.map(({ heading, field }) => (
          <div key={heading} className="mapping-line">
            <span>{heading}</span>
            <Select
              aria-label={`“${heading}”一列是`}
              value={fields[heading] ?? ((field ?? "") as LedgerField)}
              onChange={(next) => {
                setFields({ ...fields, [heading]: next });
              }}
              options={FIELD_OPTIONS}
            />
          </div>
        ))}
        {unknown.map((each) => (
          <WordPicker
            key={`${each.field}/${each.word}`}
            unknown={each}
            value={isOfWords(each.field) ? values[each.field]?.[each.word] : undefined}
            onChange={(next) => {
              if (isOfWords(each.field)) setValues({ ...values, [each.field]: { ...values[each.field], [each.word]: next } });
            }}
          />
        ))}
      </div>
      <div className="import-controls">
        <Button
          type="primary"
          disabled={!isTouched}
          loading={again.isPending}
          onClick={() => {
            again.mutate();
          }}
        >
          按此重新核对
        </Button>
        <Checkbox
          checked={isKept}
          onChange={(event) => {
            setKept(event.target.checked);
          }}
        >
          本单位以后都这样读
        </Checkbox>
      </div>
      {again.isError && <Alert type="error" showIcon role="alert" title={again.error.message} />}
    </section>
  );
}
