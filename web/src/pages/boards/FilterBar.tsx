import { DatePicker, Select, TreeSelect } from "antd";
import dayjs, { type Dayjs } from "dayjs";

import { api, given } from "@/api/client";
import { useKinds, useMe, useRoster } from "@/api/queries";
import type { Unit } from "@/api/shapes";
import { nowInChina } from "@/clocks/instants";
import { useHeard } from "@/lists/sounds";
import { ExportButton } from "@/pages/boards/ExportButton";
import { type Filters, useFilters } from "@/pages/boards/reading";

interface Branch {
  readonly value: string;
  readonly title: string;
  readonly children: Branch[];
}

/** The units that I may look into, as a tree whose roots are those of my offices. */
function useUnitTree(): Branch[] {
  const units = useRoster().data?.units ?? [];
  const mine = new Set(useMe().data?.offices.map((each) => each.unit));
  const byId = new Map(units.map((each) => [each.unit, each]));
  const under = (unit: Unit): boolean => {
    const parent = unit.parent ? byId.get(unit.parent) : undefined;
    return parent !== undefined && (mine.has(parent.unit) || under(parent));
  };
  const branch = (unit: Unit): Branch => ({
    value: unit.unit,
    title: unit.zh,
    children: units.filter((each) => each.parent === unit.unit).map(branch),
  });
  return units.filter((each) => mine.has(each.unit) && !under(each)).map(branch);
}

type Board = "calls" | "deadlines" | "ranking" | "red-cards" | "stages" | "station" | "supervision";
// Each report, and each sheet of assessment, is taken along from its own page; of the queues nothing is.
type Shown = Board | "" | "agenda" | "letters" | "searches" | "assessment" | "case-room" | "oversight" | "reports";

/** The periods that are offered: of what is still due those to come, of what was done those that are past. */
function usePresets(isPast: boolean) {
  const today = nowInChina().startOf("day");
  const month = today.startOf("month");
  const presets: [string, Dayjs, Dayjs][] = isPast
    ? [
        ["今天", today, today],
        ["本月", month, today],
        ["上月", month.subtract(1, "month"), month.subtract(1, "day")],
        ["过去 30 天", today.subtract(29, "day"), today],
        ["今年", today.startOf("year"), today],
      ]
    : [
        ["今天", today, today],
        ["未来 7 天", today, today.add(7, "day")],
        ["本月", month, today.endOf("month")],
        ["过去 30 天", today.subtract(30, "day"), today],
      ];
  return presets.map(([label, since, until]) => ({ label, value: [since, until] as [Dayjs, Dayjs] }));
}

interface OfPeriod {
  readonly filters: Filters;
  readonly label: string;
  readonly isPast: boolean;
  readonly onChange: (change: Partial<Filters>) => void;
}

function Period({ filters, label, isPast, onChange }: OfPeriod) {
  const presets = usePresets(isPast);
  return (
    <DatePicker.RangePicker
      allowEmpty={[true, true]}
      aria-label={label}
      placeholder={[`${label}自`, "至"]}
      value={[filters.from ? dayjs(filters.from) : null, filters.to ? dayjs(filters.to) : null]}
      presets={presets}
      onChange={(period) => {
        onChange({ from: period?.[0]?.format("YYYY-MM-DD") ?? "", to: period?.[1]?.format("YYYY-MM-DD") ?? "" });
      }}
    />
  );
}

/** By what a board is narrowed, and the way to take it away as a spreadsheet. */
export function FilterBar({ board, period }: { readonly board: Shown; readonly period: string }) {
  const [filters, change] = useFilters();
  const kinds = useKinds().data ?? [];
  const tree = useUnitTree();
  const heard = useHeard();
  const { unit, from, to } = filters;
  const isOfThePast = board === "supervision" || board === "calls" || board === "letters" || board === "searches";
  const hasOwn = board === "agenda" || board === "letters" || board === "searches" || board === "assessment" || board === "case-room" || board === "oversight" || board === "reports";
  const exportedBoard = board === "" || hasOwn ? "station" : board;
  const exported: Partial<Filters> = isOfThePast ? { unit, from, to } : period ? filters : { unit };
  return (
    <div className="filter-bar" role="search" aria-label="筛选">
      <TreeSelect
        aria-label="单位"
        placeholder="全部单位"
        allowClear
        showSearch={{ filterTreeNode: heard }}
        treeDefaultExpandAll
        popupMatchSelectWidth={260}
        className="filter-unit"
        treeData={tree}
        value={filters.unit || null}
        onChange={(unit: string | null) => {
          change({ unit: unit ?? "" });
        }}
      />
      {period && !isOfThePast && (
          <Select
            aria-label="种类"
            placeholder="全部种类"
            allowClear
            className="filter-kind"
            options={kinds.filter((each) => each.kind !== "delivery").map((each) => ({ value: each.kind, label: each.zh }))}
            value={filters.kind || null}
            onChange={(kind: Filters["kind"] | null) => {
              change({ kind: kind ?? "" });
            }}
          />
      )}
      {period && <Period filters={filters} label={period} isPast={isOfThePast} onChange={change} />}
      {!hasOwn && (
        <ExportButton
          ask={() => api.GET(`/api/exports/${exportedBoard}`, { params: { query: given(exported) }, parseAs: "blob" })}
          name="看板.xlsx"
          done="已导出所示内容"
        />
      )}
    </div>
  );
}
