/** A form as it was filled in, field by field in Chinese. */
import "@/forms/forms.css";

import { useQuery } from "@tanstack/react-query";

import { read } from "@/api/client";
import { useOffences, useRoster, useWords } from "@/api/queries";
import type { JsonSchema } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { labelsOf, lengthWords, prepared } from "@/forms/schema";

interface StepForm {
  readonly step: string;
  readonly title: string;
  readonly basis: string;
  readonly document: string;
  readonly form: JsonSchema;
}

// The forms change with a release.
const LONG_MS = 3600_000;

export function useStepForm(step: string) {
  return useQuery({ queryKey: ["step-form", step], queryFn: ({ signal }) => read<StepForm>(`/api/steps/${step}`, {}, signal), staleTime: LONG_MS });
}

type Names = Readonly<Record<string, string>>;

function useNames(): Names {
  const offences = useOffences().data;
  const roster = useRoster().data;
  const offices = useWords().data?.offices ?? {};
  const named = [...(offences?.charges ?? []), ...(offences?.violations ?? [])].map((each) => [each.code, `${each.zh}（${each.article}）`]);
  const units = (roster?.units ?? []).map((each) => [each.unit, each.zh]);
  const people = (roster?.people ?? []).map((each) => [each.username, each.zh]);
  return { ...offices, ...(Object.fromEntries([...named, ...units, ...people]) as Names) };
}

function words(value: unknown, field: JsonSchema | undefined, names: Names): string {
  if (typeof value === "boolean") return value ? "是" : "否";
  if (Array.isArray(value)) return value.map((each) => words(each, undefined, names)).join("、");
  if (typeof value === "object" && value !== null) return JSON.stringify(value);
  const text = String(value);
  if (field?.["format"] === "date-time" || /^\d{4}-\d\d-\d\dT/.test(text)) return shownInstant(text);
  if (Array.isArray(field?.["enum"])) return labelsOf([text], String(field["description"] ?? ""), names)[text] ?? text;
  return names[text] ?? lengthWords(text) ?? text;
}

export function FilledForm({ step, form }: { readonly step: string; readonly form: Readonly<Record<string, unknown>> }) {
  const schema = useStepForm(step).data?.form;
  const names = useNames();
  const fields = schema ? (prepared(schema).properties ?? {}) : {};
  const said = Object.entries(form).filter(([name, value]) => name !== "request" && value !== "" && value !== null && value !== undefined);
  if (said.length === 0) return <span className="quiet">没有填写内容</span>;
  return (
    <dl className="form-facts">
      {said.map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{fields[name]?.title ?? name}</dt>
          <dd style={{ whiteSpace: "pre-wrap" }}>{words(value, fields[name], names)}</dd>
        </div>
      ))}
    </dl>
  );
}
