/** A form as it was filled in, field by field in Chinese. */
import "@/forms/forms.css";

import { $api } from "@/api/client";
import { useOffences, useRoster, useWords } from "@/api/queries";
import { type JsonSchema, schemaOf } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { filledIn, labelsOf, lengthWords, prepared } from "@/forms/schema";

// The forms change with a release.
const LONG_MS = 3600_000;

export function useStepForm(step: string) {
  return $api.useQuery("get", "/api/steps/{step}", { params: { path: { step } } }, { staleTime: LONG_MS });
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
  const codes = (field?.["items"] as JsonSchema | undefined)?.["enum"];
  const ofOne = codes && field ? { ...field, enum: codes as unknown[] } : undefined;
  if (Array.isArray(value)) return value.map((each) => words(each, ofOne, names)).join("、");
  const text = String(value);
  if (field?.["format"] === "date-time" || /^\d{4}-\d\d-\d\dT/.test(text)) return shownInstant(text);
  if (Array.isArray(field?.["enum"])) return labelsOf([text], String(field["description"] ?? ""), names)[text] ?? text;
  return names[text] ?? lengthWords(text) ?? text;
}

type Said = Readonly<Record<string, unknown>>;

function isSaid(value: unknown): value is Said {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What stood in a field before it was set right. */
interface Before {
  readonly field: string;
  readonly old: string;
  readonly at: string;
}

interface FactsProps {
  readonly said: Said;
  readonly fields: Readonly<Record<string, JsonSchema>>;
  readonly names: Names;
  readonly before: readonly Before[];
}

/** What was said in each field; a list of things as its rows. */
function Facts({ said, fields, names, before }: FactsProps) {
  const filled = Object.entries(said).filter(([name, value]) => name !== "request" && value !== "" && value !== null && value !== undefined);
  // In the order of the form; the journal keeps them in that of their names.
  const order = Object.keys(fields);
  filled.sort(([one], [other]) => order.indexOf(one) - order.indexOf(other));
  return filled.map(([name, value]) => {
    const field = fields[name];
    const rows = Array.isArray(value) ? value.filter(isSaid) : [];
    const inner = (field?.["items"] as JsonSchema | undefined)?.properties ?? {};
    return (
      <div key={name} style={{ display: "contents" }}>
        <dt>{field?.title ?? name}</dt>
        <dd style={{ whiteSpace: "pre-wrap" }}>
          {rows.length > 0 ? (
            <ol className="form-said-rows">
              {rows.map((row, n) => (
                <li key={String(n)}>{rowWords(row, inner, names)}</li>
              ))}
            </ol>
          ) : (
            words(value, field, names)
          )}
          {before
            .filter((each) => each.field === name)
            .map((each) => (
              <div key={each.at} className="quiet">
                {shownInstant(each.at)} 更正前：<del>{words(each.old || "未填写", field, names)}</del>
              </div>
            ))}
        </dd>
      </div>
    );
  });
}

/** “手机 1部（特征：黑色；持有人：贺文涛）”. */
function rowWords(row: Said, fields: Readonly<Record<string, JsonSchema>>, names: Names): string {
  const { name, quantity, ...rest } = row;
  const more = Object.entries(rest).filter(([, value]) => value !== "" && value !== null && value !== undefined);
  const said = more.map(([field, value]) => `${fields[field]?.title ?? field}：${words(value, fields[field], names)}`).join("；");
  return `${[name, quantity].filter(Boolean).join(" ")}${said && `（${said}）`}`;
}

export function FilledForm({ step, form, before = [] }: { readonly step: string; readonly form: Said; readonly before?: readonly Before[] }) {
  const asked = useStepForm(step);
  const schema = asked.data?.form;
  const names = useNames();
  if (Object.keys(filledIn(form)).every((name) => name === "request")) return <span className="quiet">没有填写内容</span>;
  return (
    <dl className="form-facts" aria-busy={asked.isPending}>
      <Facts said={form} fields={schema ? (prepared(schemaOf(schema)).properties ?? {}) : {}} names={names} before={before} />
    </dl>
  );
}
