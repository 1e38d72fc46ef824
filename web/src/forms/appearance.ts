/** How each field of a form is filled in: found by what its schema says and how it is called. */
import type { UiSchema } from "@rjsf/utils";

import type { JsonSchema } from "@/api/shapes";
import { helpBeside, labelsOf, lengthWords } from "@/forms/schema";

// Beyond a line or two.
const LONG_TEXT = 1000;
// Fields that hold a user name of the bureau.
const OFFICERS = new Set(["officer", "handler", "person", "talkers", "doer"]);
// Fields that hold somebody's name, who is mostly of the bureau.
const NAMES = new Set(["companion", "presiding", "investigator", "female_officer", "wearer"]);

function widgetOf(name: string, field: JsonSchema): string | undefined {
  const said = String(field["description"] ?? "");
  const type = field["type"];
  if ("const" in field && type === "string") return "hidden";
  // Chosen with the entry in which it stands.
  if (name === "fact_n" || name === "told_field") return "hidden";
  // The time of which nobody has a word is that of the submission.
  if (name === "at" && field["title"] === "") return "hidden";
  if (field["format"] === "date-time") return "instant";
  if (field["format"] === "date") return "day";
  if (type === "boolean") return "yesOrNo";
  if (type === "integer") return name === "person" ? "party" : name === "fact_seq" ? "fact" : name === "told_seq" ? "told" : undefined;
  if (type !== "string" || field["enum"]) return undefined;
  if (name.endsWith("citizen_number")) return "citizen";
  if (said.includes("罪名代码")) return "charge";
  if (said.includes("违反治安管理行为代码")) return "violation";
  if (name === "unit" || name === "units") return "unit";
  if (name === "party") return "party";
  if (OFFICERS.has(name)) return "officer";
  if (NAMES.has(name)) return "colleague";
  if (name === "extension" || name === "term" || /例如 \d+ (hour|day|month)/.test(said)) return "length";
  return Number(field["maxLength"] ?? 0) >= LONG_TEXT ? "textarea" : undefined;
}

function fieldOf(name: string, field: JsonSchema, offices: Readonly<Record<string, string>>): UiSchema {
  const ui: UiSchema = {};
  const widget = widgetOf(name, field);
  if (widget) ui["ui:widget"] = widget;
  if (widget === "textarea") ui["ui:options"] = { rows: 3 };
  const said = String(field["description"] ?? "");
  if (widget === "length") ui["ui:options"] = { extending: name === "extension" };
  if (Array.isArray(field["enum"])) {
    const names = (field["x-names"] ?? {}) as Readonly<Record<string, string>>;
    ui["ui:enumNames"] = field["enum"].map((each: unknown) => names[String(each)] ?? labelsOf([each], said, offices)[String(each)] ?? "");
  }
  if (field["type"] === "array") {
    const items = field["items"] as JsonSchema | undefined;
    if (name === "persons" || name === "officers") ui["ui:widget"] = "officers";
    else if (name === "exhibits") ui["ui:widget"] = "things";
    else if (Array.isArray(items?.["enum"])) {
      ui["ui:widget"] = "several";
      ui["ui:options"] = { called: { ...labelsOf(items["enum"], said, offices), ...(items["x-names"] as Readonly<Record<string, string>> | undefined) } };
    }
    else if (items) {
      ui["ui:options"] = { copyable: true };
      // A row is called by what it says, not by the name of its schema.
      ui["items"] = { ...fieldOf(name, items, offices), ...fieldsOf(items, offices), "ui:title": "" };
    }
  }
  return ui;
}

/** “+1 day 至 +4 day” as “延长 1 日 至 延长 4 日”. */
function inWords(said: string): string {
  return said.replaceAll(/写作 ?/g, "").replaceAll(/(\+|to )?\d+ (hour|day|month|year)/g, (each) => lengthWords(each) ?? each);
}

/** What is said below a field, where its widget does not show that by itself; and whence what is proposed in it is known. */
function helpOf(name: string, field: JsonSchema): string {
  const known = typeof field["x-known"] === "string" ? `已代填：${field["x-known"]}` : "";
  return [saidOf(name, field), known].filter(Boolean).join("。");
}

function saidOf(name: string, field: JsonSchema): string {
  const said = String(field["description"] ?? "");
  const widget = widgetOf(name, field) ?? "";
  if (name === "persons" || name === "officers") return said.replace(/^用户名[,，]?/, "");
  const several = (field["items"] as JsonSchema | undefined)?.["enum"];
  const values: unknown = field["enum"] ?? several;
  if (Array.isArray(values)) return inWords(helpBeside(values, said));
  if (widget === "length") return said.includes("不填即为法定期限") ? "不填即为法定期限" : said.includes("增加写") ? "" : inWords(said);
  if (widget === "instant") return name === "at" || said.startsWith("须写明时区") ? "" : said;
  if (widget === "day") return said.startsWith("例如") ? "" : said;
  if (widget === "officer") return said.includes("用户名") ? "" : said;
  return ["charge", "violation", "fact", "told", "party", "hidden"].includes(widget) ? "" : said;
}

/** A yes or no that must be said, as the form library takes it without answering no by itself: what a duty hangs on has no preset. */
function unanswered(field: JsonSchema): JsonSchema {
  return { ...Object.fromEntries(Object.entries(field).filter(([name]) => name !== "type")), enum: [true, false] };
}

/** The schema with the help that is left to be said. */
export function helped(schema: JsonSchema): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([name, field]) => {
    const items = field["items"] as JsonSchema | undefined;
    const inner = items?.properties ? { items: { ...helped(items), description: undefined } } : {};
    const isAsked = field["type"] === "boolean" && (schema.required ?? []).includes(name) && field["default"] === undefined;
    return [name, { ...(isAsked ? unanswered(field) : field), ...inner, description: helpOf(name, field) || undefined }];
  });
  return { ...schema, properties: Object.fromEntries(properties) as Record<string, JsonSchema> };
}

function fieldsOf(schema: JsonSchema, offices: Readonly<Record<string, string>>): UiSchema {
  return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, field]) => [name, fieldOf(name, field, offices)]));
}

/** The instructions for a whole form; when it happened is asked last, since mostly it is now. */
export function appearance(schema: JsonSchema, offices: Readonly<Record<string, string>>): UiSchema {
  return {
    "ui:submitButtonOptions": { norender: true },
    "ui:title": "",
    ...("at" in (schema.properties ?? {}) ? { "ui:order": ["*", "at"] } : {}),
    ...fieldsOf(schema, offices),
  };
}
