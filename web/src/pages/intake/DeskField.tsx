/** A field of the desk: its label, what is typed, and what is said of it. */
import { type ReactNode, useId } from "react";

export interface PartProps {
  readonly value: Readonly<Record<string, unknown>>;
  readonly set: (name: string, next: unknown) => void;
  readonly faultOf: (name: string) => string | undefined;
  readonly onPick: () => void;
}

interface FieldProps {
  readonly zh: string;
  readonly fault: string | undefined;
  readonly hint?: string;
  readonly wide?: boolean;
  readonly required?: boolean;
  readonly children: (id: string, described: Record<string, string | boolean>) => ReactNode;
}

export function Field({ zh, fault, hint, wide, required, children }: FieldProps) {
  const id = useId();
  const described = { "aria-describedby": `${id}-said`, ...(fault ? { "aria-invalid": true } : {}), ...(required ? { "aria-required": true } : {}) };
  return (
    <div className={wide ? "field wide" : "field"}>
      <label htmlFor={id}>
        {zh}
        {required && (
          <span className="required" aria-hidden="true">
            *
          </span>
        )}
      </label>
      {children(id, described)}
      <div id={`${id}-said`} className={fault ? "field-said refused-words" : "field-said quiet"}>
        {fault ? `✕ ${fault}` : hint}
      </div>
    </div>
  );
}

export function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
