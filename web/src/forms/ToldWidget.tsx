import type { WidgetProps } from "@rjsf/utils";
import { useQueries } from "@tanstack/react-query";
import { Select } from "antd";
import { useParams } from "react-router";

import { $api } from "@/api/client";
import { type JsonSchema, schemaOf } from "@/api/shapes";
import { prepared } from "@/forms/schema";
import { described } from "@/forms/widgets";

// The forms change with a release.
const LONG_MS = 3600_000;
// So much of what was told says which it is.
const BEGINNING = 24;

/** Whether a field holds free words, which alone are typed anew. */
function isWords(field: JsonSchema | undefined): field is JsonSchema {
  return field?.["type"] === "string" && !field["enum"] && !field["format"];
}

/** What the matter that is open tells in words (基本情况), by what stands there; its words are put before whoever corrects them. */
export function ToldWidget({ id, value, disabled, required, registry, onBlur }: WidgetProps) {
  const context = registry.formContext as { readonly data?: { readonly told_field?: string }; readonly set: (values: Readonly<Record<string, unknown>>) => void };
  const { number = "" } = useParams();
  const summary = $api.useQuery("get", "/api/matters/{number}/summary", { params: { path: { number } } });
  const told = (summary.data?.told ?? []).filter((each) => each.matter === number);
  const steps = [...new Set(told.map((each) => each.step))];
  const forms = useQueries({ queries: steps.map((step) => $api.queryOptions("get", "/api/steps/{step}", { params: { path: { step } } }, { staleTime: LONG_MS })) });
  const options = told.flatMap(({ seq, step, form }) => {
    const asked = forms[steps.indexOf(step)]?.data;
    const fields = asked ? (prepared(schemaOf(asked.form)).properties ?? {}) : {};
    return Object.entries(form).flatMap(([field, said]) => {
      const shape = fields[field];
      if (!isWords(shape) || typeof said !== "string") return [];
      const begun = said.length > BEGINNING ? `${said.slice(0, BEGINNING)}…` : said;
      return [{ value: `${String(seq)}/${field}`, seq, field, said, label: `${shape.title ?? field}：${begun}` }];
    });
  });
  const chosen = options.find((each) => each.seq === value && each.field === context.data?.told_field);
  return (
    <Select
      id={id}
      showSearch={{ optionFilterProp: "label" }}
      allowClear={!required}
      options={options}
      loading={summary.isPending || forms.some((each) => each.isPending)}
      value={chosen?.value ?? null}
      disabled={disabled ?? false}
      placeholder="选择要更正的内容"
      onChange={(next: string | null) => {
        const words = options.find((each) => each.value === next);
        context.set({ told_seq: words?.seq, told_field: words?.field, told_text: words?.said });
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      {...described(id)}
    />
  );
}
