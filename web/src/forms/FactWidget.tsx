import type { WidgetProps } from "@rjsf/utils";
import { Select } from "antd";
import { useEffect } from "react";
import { useParams } from "react-router";

import { useWords } from "@/api/queries";
import { shownInstant } from "@/clocks/instants";
import { described } from "@/forms/widgets";
import { useList } from "@/lists/lists";

interface Content {
  readonly facts?: readonly { readonly fact: string; readonly at: string }[];
}

/** One fact of the matter that is open, by what happened and when: nobody has to look its number up in the journal. */
export function FactWidget({ id, value, disabled, required, registry, onBlur }: WidgetProps) {
  const context = registry.formContext as { readonly data?: { readonly fact_n?: number }; readonly set: (values: Readonly<Record<string, unknown>>) => void };
  const { number = "" } = useParams();
  const words = useWords().data;
  const { rows, hasMore, isMore, more } = useList("/api/matters/{number}/journal", { number });
  useEffect(() => {
    if (hasMore && !isMore) more();
  }, [hasMore, isMore, more]);
  const options = (rows ?? []).flatMap((entry) => {
    const facts = (entry.content as Content).facts ?? [];
    return facts.map((each, n) => ({
      value: `${String(entry.seq)}/${String(n)}`,
      seq: entry.seq,
      n,
      label: `${words?.facts[each.fact] ?? each.fact} ${shownInstant(each.at)}（${words?.steps[entry.step] ?? ""}）`,
    }));
  });
  const chosen = options.find((each) => each.seq === value && each.n === (context.data?.fact_n ?? 0));
  return (
    <Select
      id={id}
      showSearch={{ optionFilterProp: "label" }}
      allowClear={!required}
      options={options}
      loading={rows === undefined}
      value={chosen?.value ?? null}
      disabled={disabled ?? false}
      placeholder="选择要更正的事实"
      onChange={(next: string | null) => {
        const fact = options.find((each) => each.value === next);
        context.set({ fact_seq: fact?.seq, fact_n: fact?.n });
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      {...described(id)}
    />
  );
}
