import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, DatePicker, Select } from "antd";
import dayjs from "dayjs";

import { Field, type FactsProps } from "@/pages/calculator/Field";
import type { Exclusion } from "@/pages/calculator/question";

/** Stretches of time that this limit leaves out. */
export function Exclusions({ edition, question, refusal, onChange }: FactsProps) {
  const { exclusions } = question;
  const change = (place: number, changed: Partial<Exclusion>) => {
    onChange({ exclusions: exclusions.map((each, other) => (other === place ? { ...each, ...changed } : each)) });
  };
  const add = () => {
    onChange({ exclusions: [...exclusions, { reason: edition.exclusions[0]?.zh ?? "", from: "", to: "" }] });
  };
  return (
    <Field label="不计入的期间" said={refusal?.field === "exclusions" ? refusal.detail : ""} hint={`法律只扣除：${edition.not_counted.join("、")}`}>
      {exclusions.map((each, place) => (
        // Rows have no identity but their place.
        <div key={place} className="exclusion">
          <Select
            aria-label={`第 ${String(place + 1)} 段的事由`}
            value={each.reason}
            options={edition.exclusions.map((known) => ({ value: known.zh, label: known.zh }))}
            onChange={(reason: string) => {
              change(place, { reason });
            }}
          />
          <DatePicker.RangePicker
            aria-label={`第 ${String(place + 1)} 段的起止`}
            placeholder={["自", "至"]}
            value={[each.from ? dayjs(each.from) : null, each.to ? dayjs(each.to) : null]}
            onChange={(days) => {
              change(place, { from: days?.[0]?.format("YYYY-MM-DD") ?? "", to: days?.[1]?.format("YYYY-MM-DD") ?? "" });
            }}
          />
          <Button
            type="text"
            icon={<DeleteOutlined />}
            aria-label={`去掉第 ${String(place + 1)} 段`}
            onClick={() => {
              onChange({ exclusions: exclusions.filter((_, other) => other !== place) });
            }}
          />
        </div>
      ))}
      <Button size="small" icon={<PlusOutlined />} onClick={add}>
        加一段
      </Button>
    </Field>
  );
}
