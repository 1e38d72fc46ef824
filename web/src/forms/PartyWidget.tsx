import type { WidgetProps } from "@rjsf/utils";
import { Input, Select } from "antd";

import { useWords } from "@/api/queries";
import { topField } from "@/forms/schema";
import { described } from "@/forms/widgets";
import { useHeard } from "@/lists/sounds";

type Fields = Readonly<Record<string, unknown>>;
type Said = Readonly<Record<string, unknown>>;

export interface Party {
  readonly id: string;
  readonly role: string;
  readonly name: string;
  readonly citizen_id?: string;
  readonly spelt?: string;
  readonly said?: Readonly<Record<string, string>>;
}

/** Somebody of the matter: by number where the form counts its people, by id where it names them. */
export function PartyWidget({ id, value, disabled, required, schema, registry, onChange, onBlur }: WidgetProps) {
  const words = useWords().data;
  const heard = useHeard();
  const context = registry.formContext as { readonly people?: readonly Party[]; readonly fields: Fields; readonly set: (values: Said) => void };
  const counts = schema.type === "integer";
  // Whoever is not known yet can be brought in by a form that asks for a name.
  const isOpen = counts && "name" in context.fields;
  const options = (context.people ?? []).flatMap((each) => {
    // Whoever was in the matter already when they got a number is known by both.
    const number = /\bperson-(\d+)\b/.exec(`${each.id} ${each.said?.["also"] ?? ""}`)?.[1];
    if (counts && !number) return [];
    return [{ value: counts ? Number(number) : each.id, label: `${each.name}（${words?.roles[each.role] ?? each.role}）`, spelt: each.spelt ?? "", party: each as Party | null }];
  });
  if (isOpen) {
    const next = Math.max(0, ...options.map((each) => Number(each.value))) + 1;
    options.push({ value: next, label: next === 1 ? "新登记的人" : "另一人（新登记）", spelt: "", party: null });
  }
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
  if (options.length === 0) {
    // A number would be nobody's: who it is about is said by the step that enters them.
    return <Input id={id} disabled value="" placeholder="还没有登记这样的人员，请先办理登记人员的步骤" {...described(id)} />;
  }
  return (
    <Select
      id={id}
      showSearch={{ filterOption: heard }}
      options={options}
      value={(value as string | number | undefined) ?? null}
      disabled={disabled ?? false}
      allowClear={!required}
      onChange={(next: string | number | undefined, option) => {
        if (isOpen) context.set({ [topField(id)]: next, ...cardOf((option as { readonly party?: Party | null }).party ?? null, context.fields) });
        else onChange(next);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      {...described(id)}
    />
  );
}

// What forms ask of a person, by what the record calls it.
const OF_THE_RECORD: Readonly<Record<string, string>> = { citizen_number: "citizen_id" };
const OF_A_PERSON = ["name", "citizen_number", "travel_document", "sex", "born_on", "address", "employer", "phone"];

/** What is known of somebody, in the fields of the form; of a new person nothing. */
function cardOf(party: Party | null, fields: Fields): Said {
  const known: Said = { ...party?.said, name: party?.name, citizen_id: party?.citizen_id };
  const asked = OF_A_PERSON.filter((name) => name in fields);
  return Object.fromEntries(asked.map((name) => [name, known[OF_THE_RECORD[name] ?? name] || undefined]));
}
