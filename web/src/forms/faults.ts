/** What is wrong with a form as it is typed, in Chinese, checked without making code of text: the security policy forbids that. */
import { type Schema, Validator } from "@cfworker/json-schema";

import type { FieldError } from "@/api/problem";
import type { JsonSchema } from "@/api/shapes";
import { citizenFault } from "@/forms/citizen";
import { filledIn } from "@/forms/schema";

type Plain = Record<string, unknown>;

function words(keyword: string, field: JsonSchema): string {
  switch (keyword) {
    case "required":
      return "必须填写";
    case "minLength":
      return field["minLength"] === 1 ? "必须填写" : `至少${String(field["minLength"])}个字符`;
    case "maxLength":
      return `至多${String(field["maxLength"])}个字符`;
    case "minimum":
      return `不得小于${String(field["minimum"])}`;
    case "maximum":
      return `不得大于${String(field["maximum"])}`;
    case "exclusiveMinimum":
      return `须大于${String(field["exclusiveMinimum"])}`;
    case "minItems":
      return `至少${String(field["minItems"])}项`;
    case "maxItems":
      return `至多${String(field["maxItems"])}项`;
    case "enum":
      return "须从列表中选择";
    case "const":
      return "须确认此项";
    case "pattern":
      return "格式不符";
    case "format":
      return field["format"] === "date" ? "须为日期" : "须为日期和时间";
    default:
      return "填写有误";
  }
}

/** Each fault with its field, `person.0.name`; a prepared schema is expected. */
export function faultsOf(schema: JsonSchema, data: Plain): FieldError[] {
  const filled = filledIn(data);
  const missing = (schema.required ?? []).filter((name) => filled[name] === undefined);
  const found: FieldError[] = missing.map((field) => ({ field, rule: "missing", detail: "必须填写" }));
  const judged = new Validator(schema as Schema, "2020-12", false).validate(filled);
  for (const { keyword, instanceLocation, error } of judged.errors) {
    const lacking = keyword === "required" ? /"([^"]+)"/.exec(error)?.[1] : undefined;
    const path = `${instanceLocation}${lacking ? `/${lacking}` : ""}`.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
    const field = fieldAt(schema, path);
    const isOuter = keyword === "properties" || keyword === "items" || keyword === "additionalProperties";
    if (path.length === 0 || isOuter || !field || found.some((each) => each.field === path.join("."))) continue;
    found.push({ field: path.join("."), rule: keyword, detail: words(keyword, field) });
  }
  for (const [name, value] of Object.entries(filled)) {
    const fault = schema.properties?.[name]?.["x-widget"] === "citizen" && typeof value === "string" ? citizenFault(value) : null;
    if (fault && !found.some((each) => each.field === name)) found.push({ field: name, rule: "citizen-number", detail: fault });
  }
  return found;
}

function fieldAt(schema: JsonSchema, path: readonly string[]): JsonSchema | undefined {
  let here: JsonSchema | undefined = schema;
  for (const part of path) here = /^\d+$/.test(part) ? (here?.["items"] as JsonSchema | undefined) : here?.properties?.[part];
  return here;
}

/** Whether a value fits a schema, for the little that the form library asks. */
export function fits(schema: JsonSchema, value: unknown): boolean {
  return new Validator(schema as Schema, "2020-12").validate(value).valid;
}
