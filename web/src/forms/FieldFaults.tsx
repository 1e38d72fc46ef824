import { errorId, type FieldErrorProps } from "@rjsf/utils";

import { Cited } from "@/law/Cited";

/** What is wrong with a field; an article that says so opens its words. */
export function FieldFaults({ errors = [], fieldPathId }: FieldErrorProps<Record<string, unknown>>) {
  if (errors.length === 0) return null;
  return (
    <div id={errorId(fieldPathId)}>
      {errors.map((each) => (
        <div key={String(each)}>{typeof each === "string" ? <Cited text={each} /> : each}</div>
      ))}
    </div>
  );
}
