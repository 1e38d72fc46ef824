/** A step's JSON Schema as the form library takes it: references resolved, nothing nullable, and what each value is called. */
import type { JsonSchema } from "@/api/shapes";
import { visible } from "@/forms/visible";

type Plain = Record<string, unknown>;

/** The schema with every reference put in its place and `X or null` written as an optional X. */
export function prepared(schema: JsonSchema): JsonSchema {
  const definitions = (schema["$defs"] ?? {}) as Record<string, JsonSchema>;
  const plain = settled(schema, definitions);
  delete plain["$defs"];
  // What a form as a whole means is said in its heading.
  delete plain["description"];
  return plain as JsonSchema;
}

function settled(schema: Plain, definitions: Record<string, Plain>): Plain {
  const { anyOf, $ref, ...own } = schema;
  const names = typeof $ref === "string" ? definitions[$ref.split("/").at(-1) ?? ""] : undefined;
  const choices = Array.isArray(anyOf) ? (anyOf as Plain[]).filter((each) => each["type"] !== "null") : [];
  const inner = names ?? (choices.length === 1 ? choices[0] : undefined);
  const whole: Plain = inner ? { ...settled(inner, definitions), ...own } : { ...schema };
  if (whole["default"] === null) delete whole["default"];
  if (whole["properties"]) {
    const properties = whole["properties"] as Record<string, Plain>;
    whole["properties"] = Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, settled(each, definitions)]));
  }
  if (whole["items"]) whole["items"] = settled(whole["items"] as Plain, definitions);
  return whole;
}

/** The field of an id that the form library gave: `root_person` is `person`. */
export function topField(id: string): string {
  return id.replace(/^root_/, "");
}

const UNITS: Readonly<Record<string, string>> = { hour: "小时", day: "日", "working day": "个工作日", month: "个月", year: "年" };

/** A length of time as the law writes it: `+4 day` is “延长 4 日”, `to 30 day` “延长至 30 日”. */
export function lengthWords(text: string): string | null {
  const found = /^(\+|to )?(\d+) (hour|day|working day|month|year)s?$/.exec(text.trim());
  if (!found) return null;
  const [, how, number, unit] = found;
  const before = how === "+" ? "延长 " : how ? "延长至 " : "";
  return `${before}${number} ${UNITS[unit ?? ""] ?? ""}`;
}

/** What the values of a pick list are called, from the pairs “code 中文” in its description. */
export function labelsOf(values: readonly unknown[], description: string, known: Readonly<Record<string, string>> = {}): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const value of values) {
    const code = String(value);
    const escaped = code.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const said = code ? new RegExp(`(?:^|[、,，;；。 (（])${escaped}[ ::：]+([^、,，;；。()（）]+)`).exec(description)?.[1] : undefined;
    labels[code] = said?.trim() ?? known[code] ?? lengthWords(code) ?? (code || "（不填）");
  }
  return labels;
}

/** A description without the pairs that the pick list shows by itself; empty where nothing else was said. */
export function helpBeside(values: readonly unknown[], description: string): string {
  const labels = labelsOf(values, description);
  let rest = description;
  for (const [code, zh] of Object.entries(labels)) if (code && code !== zh) rest = rest.replace(new RegExp(`${code}[ ::：]+${zh}[、,，;；。]?`), "");
  return /[一-鿿]/.test(rest) ? rest.trim() : "";
}

/** What was filled in, without what was left empty or cannot be seen: the server takes its own defaults. Rows of a list keep their places. */
export function filledIn(data: Plain): Plain {
  const said = Object.entries(data).map(([name, value]) => [name, Array.isArray(value) ? value.map(row) : seen(value)] as const);
  return Object.fromEntries(said.filter(([, value]) => value !== undefined && value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)));
}

function row(each: unknown): unknown {
  return typeof each === "object" && each !== null && !Array.isArray(each) ? filledIn(each as Plain) : (seen(each) ?? "");
}

function seen(value: unknown): unknown {
  return typeof value === "string" ? visible(value) : value;
}
