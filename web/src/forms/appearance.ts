/** How each field of a form is filled in, and what is said below it: found by what its schema says. */
import type { UiSchema } from "@rjsf/utils";

import type { JsonSchema } from "@/api/shapes";
import { helpBeside, labelsOf, lengthWords } from "@/forms/schema";

// Beyond a line or two.
const LONG_TEXT = 1000;

/** What its declaration names (`x-widget`), or else what its type asks for. */
function widgetOf(name: string, field: JsonSchema): string | undefined {
  const type = field["type"];
  if (typeof field["x-widget"] === "string") return field["x-widget"];
  if ("const" in field && type === "string") return "hidden";
  // The time of which nobody has a word is that of the submission.
  if (name === "at" && field["title"] === "") return "hidden";
  if (field["format"] === "date-time") return "instant";
  if (field["format"] === "date") return "day";
  if (type === "boolean") return "yesOrNo";
  if (type !== "string" || field["enum"]) return undefined;
  return Number(field["maxLength"] ?? 0) >= LONG_TEXT ? "textarea" : undefined;
}

function fieldOf(name: string, field: JsonSchema, offices: Readonly<Record<string, string>>): UiSchema {
  const ui: UiSchema = {};
  const widget = widgetOf(name, field);
  if (widget) ui["ui:widget"] = widget;
  if (widget === "textarea") ui["ui:options"] = { rows: 3 };
  const said = String(field["description"] ?? "");
  if (Array.isArray(field["enum"])) {
    const names = (field["x-names"] ?? {}) as Readonly<Record<string, string>>;
    ui["ui:enumNames"] = field["enum"].map((each: unknown) => names[String(each)] ?? labelsOf([each], said, offices)[String(each)] ?? "");
  }
  if (field["type"] === "array" && !widget) {
    const items = field["items"] as JsonSchema | undefined;
    if (Array.isArray(items?.["enum"])) {
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
  if (widget === "officers") return said.replace(/^用户名[,，]?/, "");
  const several = (field["items"] as JsonSchema | undefined)?.["enum"];
  const values: unknown = field["enum"] ?? several;
  if (Array.isArray(values)) return inWords(helpBeside(values, said));
  if (widget === "length") return said.includes("不填即为法定期限") ? "不填即为法定期限" : inWords(said);
  if (widget === "instant") return name === "at" || said.startsWith("须写明时区") ? "" : said;
  if (widget === "day") return said.startsWith("例如") ? "" : said;
  if (widget === "officer") return said.includes("用户名") ? "" : said;
  return ["charge", "violation", "fact", "told", "party", "extension", "hidden"].includes(widget) ? "" : said;
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
