import type { WidgetProps } from "@rjsf/utils";
import { Input, InputNumber, Select } from "antd";

import { useWords } from "@/api/queries";
import { described } from "@/forms/widgets";

export interface Party {
  readonly id: string;
  readonly role: string;
  readonly name: string;
  readonly said?: Readonly<Record<string, string>>;
}

/** Somebody of the matter: by number where the form counts its people, by id where it names them. */
export function PartyWidget({ id, value, disabled, required, schema, registry, onChange, onBlur }: WidgetProps) {
  const words = useWords().data;
  const context = registry.formContext as { readonly people?: readonly Party[]; readonly names?: boolean };
  const counts = schema.type === "integer";
  const options = (context.people ?? []).flatMap((each) => {
    // Whoever was in the matter already when they got a number is known by both.
    const number = /\bperson-(\d+)\b/.exec(`${each.id} ${each.said?.["also"] ?? ""}`)?.[1];
    if (counts && !number) return [];
    return [{ value: counts ? Number(number) : each.id, label: `${each.name}（${words?.roles[each.role] ?? each.role}）` }];
  });
  if (options.length === 0 && !counts) {
    return (
      <Input
        id={id}
        value={(value as string | undefined) ?? ""}
        disabled={disabled ?? false}
        onChange={(event) => {
          onChange(event.target.value || undefined);
        }}
        {...described(id)}
      />
    );
  }
  if (options.length === 0 || context.names) {
    return (
      <InputNumber
        id={id}
        min={1}
        precision={0}
        value={(value as number | undefined) ?? null}
        disabled={disabled ?? false}
        onChange={(next) => {
          onChange(next ?? undefined);
        }}
        {...described(id)}
      />
    );
  }
  return (
    <Select
      id={id}
      options={options}
      value={(value as string | number | undefined) ?? null}
      disabled={disabled ?? false}
      allowClear={!required}
      onChange={(next: string | number | undefined) => {
        onChange(next);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      {...described(id)}
    />
  );
}
