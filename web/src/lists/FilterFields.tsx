/** The fields by which lists are narrowed. */
import { Select, TreeSelect } from "antd";
import { useMemo } from "react";

import { useKinds, useRoster } from "@/api/queries";
import { BY_URGENCY, COLOURS } from "@/clocks/colours";
import { MARKS } from "@/clocks/MarkTags";
import type { Filters } from "@/lists/filters";
import { useHeard } from "@/lists/sounds";
import { branches } from "@/lists/unitTree";

export function KindFilter({ filters }: { readonly filters: Filters }) {
  const kinds = useKinds().data ?? [];
  return (
    <Select
      aria-label="种类"
      placeholder="种类"
      allowClear
      value={filters.get("kind") || null}
      options={kinds.map((each) => ({ value: each.kind, label: each.zh }))}
      onChange={(next: string | null) => {
        filters.set("kind", next ?? "");
      }}
      style={{ width: 130 }}
    />
  );
}

export function StageFilter({ filters }: { readonly filters: Filters }) {
  const kind = useKinds().data?.find((each) => each.kind === filters.get("kind"));
  return (
    <Select
      aria-label="阶段"
      placeholder={kind ? "阶段" : "先选种类"}
      allowClear
      disabled={!kind}
      value={filters.get("stage") || null}
      options={Object.entries(kind?.stages ?? {})
        .filter(([stage]) => stage !== "unopened")
        .map(([value, label]) => ({ value, label }))}
      onChange={(next: string | null) => {
        filters.set("stage", next ?? "");
      }}
      style={{ width: 140 }}
    />
  );
}

export function ColourFilter({ filters }: { readonly filters: Filters }) {
  return (
    <Select
      aria-label="颜色"
      placeholder="颜色"
      allowClear
      value={filters.get("colour") || null}
      options={BY_URGENCY.map((value) => ({ value, label: `${COLOURS[value].sign} ${COLOURS[value].word}` }))}
      onChange={(next: string | null) => {
        filters.set("colour", next ?? "");
      }}
      style={{ width: 110 }}
    />
  );
}

export function MarkFilter({ filters }: { readonly filters: Filters }) {
  return (
    <Select
      aria-label="敏感标记"
      placeholder="敏感标记"
      allowClear
      value={filters.get("mark") || null}
      options={Object.entries(MARKS).map(([value, label]) => ({ value, label }))}
      onChange={(next: string | null) => {
        filters.set("mark", next ?? "");
      }}
      style={{ width: 130 }}
    />
  );
}

export function UnitFilter({ filters }: { readonly filters: Filters }) {
  const units = useRoster().data?.units;
  const tree = useMemo(() => branches(units ?? []), [units]);
  const heard = useHeard();
  return (
    <TreeSelect
      aria-label="单位（含下属）"
      placeholder="单位（含下属）"
      allowClear
      showSearch={{ filterTreeNode: heard }}
      treeDefaultExpandAll
      treeData={tree}
      value={filters.get("unit") || null}
      onChange={(next: string | null) => {
        filters.set("unit", next ?? "");
      }}
      style={{ width: 190 }}
      popupMatchSelectWidth={300}
    />
  );
}

export function OfficerFilter({ filters }: { readonly filters: Filters }) {
  const roster = useRoster().data;
  const options = useMemo(() => {
    const units = new Map(roster?.units.map((each) => [each.unit, each.zh]));
    const officers = (roster?.people ?? []).filter((each) => each.office === "case-officer" || each.office === "station-head");
    const once = new Map(officers.map((each) => [each.username, { value: each.username, label: `${each.zh} · ${units.get(each.unit) ?? ""}` }]));
    return [...once.values()];
  }, [roster]);
  const heard = useHeard();
  return (
    <Select
      aria-label="办案民警"
      placeholder="办案民警"
      allowClear
      showSearch={{ filterOption: heard }}
      value={filters.get("officer") || null}
      options={options}
      onChange={(next: string | null) => {
        filters.set("officer", next ?? "");
      }}
      style={{ width: 150 }}
      popupMatchSelectWidth={240}
    />
  );
}
