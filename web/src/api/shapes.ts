/** What the server's lists and cards look like, as far as its OpenAPI document leaves them open. */

export type Colour = "none" | "blue" | "yellow" | "orange" | "red" | "overdue";
export type ClockState = "running" | "met" | "met-late" | "lapsed" | "not-started" | "suspended";

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export interface Desk {
  readonly office: string;
  readonly zh: string;
  readonly unit: string;
  readonly unit_zh: string;
}

export interface Me {
  readonly username: string;
  readonly zh: string;
  readonly badge: string;
  readonly offices: readonly Desk[];
}

export interface Unit {
  readonly unit: string;
  readonly parent: string | null;
  readonly zh: string;
  readonly kind: string;
}

export interface Holder {
  readonly username: string;
  readonly zh: string;
  readonly badge: string;
  readonly unit: string;
  readonly office: string;
}

export interface Roster {
  readonly units: readonly Unit[];
  readonly people: readonly Holder[];
}

export interface Charge {
  readonly code: string;
  readonly zh: string;
  readonly article: string;
  readonly chapter: string;
}

export interface Offences {
  readonly charges: readonly Charge[];
  readonly violations: readonly Charge[];
}

/** JSON Schema as the forms of the house are written. */
export type JsonSchema = Record<string, unknown> & {
  readonly title?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
};

export interface Kind {
  readonly kind: string;
  readonly zh: string;
  readonly stages: Readonly<Record<string, string>>;
  readonly steps: Readonly<Record<string, string>>;
  readonly opens: Opening | null;
  readonly graph?: readonly { readonly stage: string; readonly zh: string; readonly final: boolean; readonly leads_to: readonly string[] }[];
  readonly main?: readonly string[];
}

export interface Opening {
  readonly step: string;
  readonly title: string;
  readonly by: readonly { readonly office: string; readonly zh: string }[];
  readonly basis: string;
  readonly form: JsonSchema;
}

/** A step that the caller may take now. */
export interface Step {
  readonly step: string;
  readonly title: string;
  readonly request: string | null;
  readonly office: string;
  readonly office_zh: string;
  readonly basis: string;
  readonly document: string;
  readonly form: JsonSchema;
  readonly standing: "done" | "awaiting-approval";
  readonly approved_by: readonly string[];
}

export interface Receipt {
  readonly number: string;
  readonly kind: string;
  readonly seq: number;
  readonly stage: string;
  readonly step: string;
  readonly standing: "done" | "awaiting-approval";
  readonly recorded_at: string;
  readonly opened: readonly string[];
}

export interface Notice {
  readonly id: number;
  readonly matter: string;
  readonly kind: string;
  readonly title: string;
  readonly clock: string | null;
  readonly colour: Colour | "";
  readonly words: string;
  readonly unit: string;
  readonly office: string;
  readonly sent_at: string;
}

export interface MatterRow {
  readonly number: string;
  readonly kind: string;
  readonly stage: string;
  readonly final: boolean;
  readonly seq: number;
  readonly title: string;
  readonly unit: string;
  readonly unit_zh: string;
  readonly officer: string;
  readonly officer_zh: string | null;
  readonly colour: Colour;
  readonly parent: string;
  readonly sealed: boolean;
  readonly opened_at: string;
  readonly updated_at: string;
}

export interface ClockRow {
  readonly id: string;
  readonly matter: string;
  readonly limit: string;
  readonly zh: string;
  readonly basis: string;
  readonly about: string;
  readonly unit: string;
  readonly unit_zh?: string;
  readonly officer: string;
  readonly officer_zh?: string | null;
  readonly state: ClockState;
  readonly colour: Colour;
  readonly liberty: boolean;
  readonly started_at: string | null;
  readonly due_at: string | null;
  readonly date_only: boolean;
  readonly ended_at: string | null;
  readonly calendar: string;
  readonly answerable: string;
  readonly at_expiry: string;
  readonly title?: string;
  readonly kind?: string;
  readonly stage?: string;
}
