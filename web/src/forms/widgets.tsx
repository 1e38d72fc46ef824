/** The fields of the house: instants, days, lengths of time, identity numbers, yes or no. */
import type { WidgetProps } from "@rjsf/utils";
import { Button, DatePicker, Input, InputNumber, Radio, Select, Space } from "antd";
import dayjs from "dayjs";

import { inChina, nowInChina, writtenInstant } from "@/clocks/instants";
import { birthIn, citizenFault, citizenTyped, sexIn } from "@/forms/citizen";

/** What assistive technology is told besides the label: the help and the error below the field. */
export function described(id: string): Record<string, string> {
  return { "aria-describedby": `${id}__description ${id}__error` };
}

function wallClock(instant: string): dayjs.Dayjs {
  return dayjs(inChina(instant).format("YYYY-MM-DDTHH:mm:ss"));
}

export function InstantWidget({ id, value, required, disabled, readonly, onChange, onBlur }: WidgetProps) {
  return (
    <Space.Compact block>
      <DatePicker
        id={id}
        showTime={{ format: "HH:mm" }}
        format="YYYY-MM-DD HH:mm"
        showNow={false}
        placeholder={required ? "日期和时间" : "不填即为现在"}
        value={value ? wallClock(String(value)) : null}
        disabled={Boolean(disabled ?? readonly)}
        onChange={(picked) => {
          onChange(picked ? writtenInstant(picked) : undefined);
        }}
        onBlur={() => {
          onBlur(id, value);
        }}
        style={{ flex: 1 }}
        {...described(id)}
      />
      <Button
        disabled={Boolean(disabled ?? readonly)}
        onClick={() => {
          onChange(writtenInstant(nowInChina()));
        }}
      >
        此刻
      </Button>
    </Space.Compact>
  );
}

export function DayWidget({ id, value, disabled, onChange, onBlur }: WidgetProps) {
  return (
    <DatePicker
      id={id}
      placeholder="年-月-日"
      value={value ? dayjs(String(value)) : null}
      // What the picker calls today is the machine's day, which need not be China's.
      showNow={false}
      disabled={disabled ?? false}
      onChange={(picked) => {
        onChange(picked ? picked.format("YYYY-MM-DD") : undefined);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      style={{ width: "100%" }}
      {...described(id)}
    />
  );
}

export function CitizenWidget({ id, value, disabled, onChange, onBlur }: WidgetProps) {
  const number = String(value ?? "");
  const whole = number.length === 18 && citizenFault(number) === null;
  return (
    <Input
      id={id}
      value={number}
      inputMode="text"
      autoComplete="off"
      disabled={disabled ?? false}
      onChange={(event) => {
        onChange(citizenTyped(event.target.value) || undefined);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      suffix={<span className="quiet">{whole ? `${sexIn(number)} · ${birthIn(number)}` : `${number.length}/18`}</span>}
      className="number"
      {...described(id)}
    />
  );
}

const LENGTH_UNITS = [
  { value: "hour", label: "小时" },
  { value: "day", label: "日" },
  { value: "month", label: "个月" },
];
const HOW = [
  { value: "+", label: "延长" },
  { value: "to ", label: "延长至" },
];

/** `+4 day`, `to 30 day`, or where only a length is asked `3 day`. */
export function LengthWidget(asked: WidgetProps) {
  return <Length {...asked} extending={false} />;
}

export function ExtensionWidget(asked: WidgetProps) {
  return <Length {...asked} extending />;
}

function Length({ id, value, disabled, label, onChange, onBlur, extending }: WidgetProps & { readonly extending: boolean }) {
  const found = /^(\+|to )?(\d*) ?(hour|day|month)?$/.exec(String(value ?? ""));
  const how = found?.[1] ?? (extending ? "+" : "");
  const number = found?.[2] ? Number(found[2]) : null;
  const unit = found?.[3] ?? "day";
  const say = (nextHow: string, nextNumber: number | null, nextUnit: string) => {
    onChange(nextNumber ? `${nextHow}${nextNumber} ${nextUnit}` : undefined);
  };
  return (
    <Space.Compact block>
      {extending && (
        <Select
          aria-label={`${label}的方式`}
          value={how}
          options={HOW}
          disabled={disabled ?? false}
          style={{ width: 100 }}
          onChange={(next: string) => {
            say(next, number, unit);
          }}
        />
      )}
      <InputNumber
        id={id}
        min={1}
        max={9999}
        precision={0}
        value={number}
        disabled={disabled ?? false}
        style={{ flex: 1 }}
        onChange={(next) => {
          say(how, next, unit);
        }}
        onBlur={() => {
          onBlur(id, value);
        }}
        {...described(id)}
      />
      <Select
        aria-label={`${label}的单位`}
        value={unit}
        options={LENGTH_UNITS}
        disabled={disabled ?? false}
        style={{ width: 90 }}
        onChange={(next: string) => {
          say(how, number, next);
        }}
      />
    </Space.Compact>
  );
}

/** One of a few values, by their Chinese names. */
export function ChoiceWidget({ id, value, required, disabled, options, onChange, onBlur }: WidgetProps) {
  const choices = (options.enumOptions ?? []).map((each) => ({ value: String(each.value), label: each.label }));
  return (
    <Select
      id={id}
      showSearch={{ optionFilterProp: "label" }}
      allowClear={!required}
      options={choices}
      value={value === undefined || value === null ? null : String(value)}
      disabled={disabled ?? false}
      placeholder="请选择"
      onChange={(next: string | null) => {
        onChange(options.enumOptions?.find((each) => String(each.value) === next)?.value as unknown);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      {...described(id)}
    />
  );
}

export function YesOrNoWidget({ id, value, disabled, label, onChange }: WidgetProps) {
  return (
    <Radio.Group
      id={id}
      aria-label={label}
      disabled={disabled ?? false}
      value={value as boolean | undefined}
      options={[
        { value: true, label: "是" },
        { value: false, label: "否" },
      ]}
      onChange={(event) => {
        onChange(event.target.value);
      }}
    />
  );
}
