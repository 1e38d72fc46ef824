/** Who takes over: anybody of the bureau but the one who leaves. */
import { Select } from "antd";
import { useMemo } from "react";

import { useRoster } from "@/api/queries";
import { useHeard } from "@/lists/sounds";

interface Props {
  readonly value: string;
  readonly onChange: (username: string) => void;
  readonly except: string;
}

export function SuccessorPicker({ value, onChange, except }: Props) {
  const roster = useRoster().data;
  const heard = useHeard();
  const options = useMemo(() => {
    const units = new Map(roster?.units.map((each) => [each.unit, each.zh]));
    const people = new Map((roster?.people ?? []).filter((each) => each.username !== except).map((each) => [each.username, `${each.zh} · ${units.get(each.unit) ?? each.unit}`]));
    return [...people].map(([username, label]) => ({ value: username, label }));
  }, [roster, except]);
  return (
    <Select
      aria-label="接手人"
      showSearch={{ filterOption: heard }}
      allowClear
      placeholder="接手人：输入姓名、拼音或者单位"
      options={options}
      value={value || null}
      onChange={(next: string | null) => {
        onChange(next ?? "");
      }}
      style={{ width: "100%" }}
    />
  );
}
