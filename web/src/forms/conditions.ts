/** Which fields of a form mean something as it is filled in: the others are neither shown nor asked for, nor sent. */
import type { JsonSchema } from "@/api/shapes";

type Data = Readonly<Record<string, unknown>>;
type Fields = Readonly<Record<string, JsonSchema>>;

/** Whether a field means something after what was said before it. */
function isAsked(field: JsonSchema, said: Data): boolean {
  const where = (field["x-only-where"] ?? {}) as Readonly<Record<string, readonly unknown[]>>;
  return Object.entries(where).every(([name, values]) => values.includes(said[name] ?? null));
}

/** The fields that mean nothing as the form is filled in, in its order; what is said in one of them decides nothing about those after it. */
export function idleIn(schema: JsonSchema, data: Data): readonly string[] {
  const said: Record<string, unknown> = {};
  const idle: string[] = [];
  for (const [name, field] of Object.entries((schema.properties ?? {}) as Fields)) {
    if (isAsked(field, said)) said[name] = data[name] ?? field["default"];
    else idle.push(name);
  }
  return idle;
}

/** The schema without those fields; of the rest, what must be said only under its condition must be said. */
export function without(schema: JsonSchema, idle: readonly string[]): JsonSchema {
  const kept = Object.entries((schema.properties ?? {}) as Fields).filter(([name]) => !idle.includes(name));
  const needed = kept.filter(([, field]) => field["x-needed"]).map(([name]) => name);
  return { ...schema, properties: Object.fromEntries(kept), required: [...new Set([...(schema.required ?? []), ...needed])].filter((name) => !idle.includes(name)) };
}

/**
 * What was filled in, with a place for each field that has come to mean something, and its preset in it. While the form library hears a change,
 * it takes no other form than the one it would itself have made of what was filled in.
 */
export function withPresets(schema: JsonSchema, data: Data): Record<string, unknown> {
  const idle = idleIn(schema, data);
  const preset = Object.entries((schema.properties ?? {}) as Fields).flatMap(([name, field]) =>
    field["x-only-where"] && !idle.includes(name) ? [[name, field["default"]] as const] : [],
  );
  const given = Object.entries(data).filter(([, value]) => value !== undefined);
  return { ...data, ...Object.fromEntries(preset), ...Object.fromEntries(given) };
}

/** What was filled in, without what no longer means anything. */
export function relevant(schema: JsonSchema, data: Data): Record<string, unknown> {
  const idle = idleIn(schema, data);
  return Object.fromEntries(Object.entries(data).filter(([name]) => !idle.includes(name)));
}
