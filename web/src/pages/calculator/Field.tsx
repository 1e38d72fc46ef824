import { Form } from "antd";
import type { ReactNode } from "react";

import type { Edition, LimitCard, Question } from "@/pages/calculator/question";

export interface FactsProps {
  readonly card: LimitCard;
  readonly edition: Edition;
  readonly question: Question;
  readonly refusal: { readonly field: string; readonly detail: string } | null;
  readonly onChange: (change: Partial<Question>) => void;
}

/** A field with what the law says against it. */
export function Field({ label, id, said, hint, children }: { readonly label: string; readonly id?: string; readonly said: string; readonly hint?: string; readonly children: ReactNode }) {
  return (
    <Form.Item
      label={label}
      {...(id && { htmlFor: id })}
      {...(said && { validateStatus: "error" as const, help: <span role="alert">{said}</span> })}
      {...(hint && { extra: hint })}
    >
      {children}
    </Form.Item>
  );
}
