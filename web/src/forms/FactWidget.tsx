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

/** One step of the matter that is open, by what it says happened: nobody has to look its number up in the journal. */
export function FactWidget({ id, value, disabled, required, onChange, onBlur }: WidgetProps) {
  const { number = "" } = useParams();
  const words = useWords().data;
  const { rows, hasMore, isMore, more } = useList("/api/matters/{number}/journal", { number });
  useEffect(() => {
    if (hasMore && !isMore) more();
  }, [hasMore, isMore, more]);
  const options = (rows ?? []).flatMap((entry) => {
    const facts = (entry.content as Content).facts ?? [];
    if (facts.length === 0) return [];
    const said = facts.map((each) => `${words?.facts[each.fact] ?? each.fact} ${shownInstant(each.at)}`).join("、");
    return [{ value: entry.seq, label: `第${String(entry.seq)}步 ${words?.steps[entry.step] ?? ""}：${said}` }];
  });
  return (
    <Select
      id={id}
      showSearch={{ optionFilterProp: "label" }}
      allowClear={!required}
      options={options}
      loading={rows === undefined}
      value={(value as number | undefined) ?? null}
      disabled={disabled ?? false}
      placeholder="选择要更正的一步"
      onChange={(next: number | undefined) => {
        onChange(next);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      {...described(id)}
    />
  );
}
