/** Proposing what is to hold of the inspections: a figure, the words of a group, or that a rule is switched off or on again. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, DatePicker, Form, Input, InputNumber, Select } from "antd";
import type { Dayjs } from "dayjs";

import { api } from "@/api/client";
import type { InspectionSettings, InspectionView } from "@/api/shapes";
import { once } from "@/pages/administration/once";
import { fieldsOf, saidOf } from "@/pages/administration/told";
import { settingsAreStale } from "@/pages/inspections/asked";

export type Subject =
  | { readonly sort: "figure"; readonly parameter: InspectionView["parameters"][number] }
  | { readonly sort: "words"; readonly group: string; readonly added: readonly string[]; readonly removed: readonly string[] }
  | { readonly sort: "switch"; readonly rule: InspectionView };

interface Said {
  readonly unit: string;
  readonly figure?: number;
  readonly added?: string[];
  readonly removed?: string[];
  readonly off_until?: Dayjs;
  readonly reason: string;
}

function nameOf(subject: Subject): string {
  if (subject.sort === "figure") return `figure/${subject.parameter.id}`;
  return subject.sort === "words" ? `words/${subject.group}` : `switch/${subject.rule.id}`;
}

export function ProposalForm({ subject, settings, onDone }: { readonly subject: Subject; readonly settings: InspectionSettings; readonly onDone: () => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Said>();
  const byUnit = subject.sort === "figure" && subject.parameter.by_unit;
  const units = settings.units.filter((each) => each.proposes && (each.bureau || byUnit));
  const proposing = useMutation({
    mutationFn: (said: Said) => {
      const body = {
        unit: said.unit,
        name: nameOf(subject),
        reason: said.reason,
        added: said.added ?? [],
        removed: said.removed ?? [],
        ...(said.figure === undefined ? {} : { figure: said.figure }),
        ...(said.off_until ? { off_until: said.off_until.endOf("day").toISOString() } : {}),
      };
      return once(["propose-inspection-setting", body], (header) => api.POST("/api/inspection-settings", { params: { header }, body }));
    },
    onSuccess: () => {
      settingsAreStale();
      void message.success("已提请，待局领导确认");
      onDone();
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  return (
    <Form<Said> form={form} layout="vertical" requiredMark initialValues={initial(subject, units[0]?.unit)} onFinish={(said) => { proposing.mutate(said); }}>
      <Form.Item name="unit" label="单位" extra={byUnit ? "对该单位及其下属未另行设定的单位适用" : "由公安局统一设定"} rules={[{ required: true, message: "必须选择" }]}>
        <Select options={units.map((each) => ({ value: each.unit, label: each.unit_zh }))} />
      </Form.Item>
      <Fields subject={subject} />
      <Form.Item name="reason" label="理由" rules={[{ required: true, message: "必须填写" }]}>
        <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} showCount />
      </Form.Item>
      {proposing.isError && (
        <p role="alert" className="refused-words">
          {saidOf(proposing.error)}
        </p>
      )}
      <Button type="primary" htmlType="submit" loading={proposing.isPending}>
        提请
      </Button>
    </Form>
  );
}

function initial(subject: Subject, unit: string | undefined) {
  const base = unit === undefined ? {} : { unit };
  if (subject.sort === "figure") return { ...base, figure: subject.parameter.figure };
  return subject.sort === "words" ? { ...base, added: [...subject.added], removed: [...subject.removed] } : base;
}

function Fields({ subject }: { readonly subject: Subject }) {
  if (subject.sort === "figure") {
    const { label, measure, least, most, default: usual } = subject.parameter;
    return (
      <Form.Item name="figure" label={`${label}（${measure}）`} extra={`${String(least)}至${String(most)}${measure}；通用值${String(usual)}${measure}`} rules={[{ required: true, message: "必须填写" }]}>
        <InputNumber min={least} max={most} precision={0} />
      </Form.Item>
    );
  }
  if (subject.sort === "words") {
    return (
      <>
        <Form.Item name="added" label="增加的词" extra="本局增加的全部词，二至二十个字，写完一个按回车">
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[" ", "、", "，", ","]} />
        </Form.Item>
        <Form.Item name="removed" label="排除的词" extra="不作为风险词的全部词，例如只是地名、店名的；不能使验收句读错">
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[" ", "、", "，", ","]} />
        </Form.Item>
      </>
    );
  }
  if (subject.rule.off_until) return <p>提请恢复启用“{subject.rule.label}”。</p>;
  return (
    <Form.Item name="off_until" label="停用至" extra="最长一年，到期自动恢复；已经提示的不因停用而消除" rules={[{ required: true, message: "必须选择" }]}>
      <DatePicker />
    </Form.Item>
  );
}
