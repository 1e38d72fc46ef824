/** By what the traces of reading and of coming and going are narrowed alike: of whom, of what sort, and from which day to which. */
import { DatePicker, Select } from "antd";
import dayjs from "dayjs";

import { useRoster } from "@/api/queries";
import type { Filters } from "@/lists/filters";
import { useHeard } from "@/lists/sounds";

const DAY_MS = 86_400_000;

/** The filters as the server takes them; what is not one of its sorts it refuses. */
export function asked<Sort extends string>(filters: Filters) {
  const from = filters.get("from");
  const to = filters.get("to");
  return {
    username: filters.get("person"),
    sort: filters.get("sort") as Sort | "",
    since: from && `${from}T00:00:00+08:00`,
    until: to && new Date(Date.parse(`${to}T00:00:00+08:00`) + DAY_MS).toISOString(),
  };
}

interface Asked {
  readonly filters: Filters;
  readonly who: string;
  readonly what: string;
  readonly sorts: Readonly<Record<string, string>>;
}

export function TraceFilters({ filters, who, what, sorts }: Asked) {
  const heard = useHeard();
  const people = new Map((useRoster().data?.people ?? []).map((each) => [each.username, each.zh]));
  return (
    <>
      <Select
        allowClear
        showSearch={{ filterOption: heard }}
        aria-label={who}
        placeholder={who}
        style={{ width: 150 }}
        value={filters.get("person") || null}
        onChange={(value: string | null) => {
          filters.set("person", value ?? "");
        }}
        options={[...people].map(([value, label]) => ({ value, label }))}
      />
      <Select
        allowClear
        aria-label={what}
        placeholder={what}
        style={{ minWidth: 160 }}
        value={filters.get("sort") || null}
        onChange={(value: string | null) => {
          filters.set("sort", value ?? "");
        }}
        options={Object.entries(sorts).map(([value, label]) => ({ value, label }))}
      />
      {(["from", "to"] as const).map((name) => (
        <DatePicker
          key={name}
          aria-label={name === "from" ? "自" : "至"}
          placeholder={name === "from" ? "自" : "至"}
          value={filters.get(name) ? dayjs(filters.get(name)) : null}
          onChange={(day) => {
            filters.set(name, day ? day.format("YYYY-MM-DD") : "");
          }}
        />
      ))}
    </>
  );
}
