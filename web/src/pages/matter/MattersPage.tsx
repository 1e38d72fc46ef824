/** The matters I may know of, narrowed by kind, stage, unit, colour, officer and words. */
import { PlusOutlined } from "@ant-design/icons";
import { Button, Checkbox, Dropdown, Input, Tag } from "antd";
import { lazy, Suspense, useState } from "react";
import { Link, useNavigate } from "react-router";

import { useKinds, useMe } from "@/api/queries";
import type { Kind, MatterRow } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { MarkTags } from "@/clocks/MarkTags";
import { UrgentTag } from "@/clocks/UrgentTag";
import { shownInstant } from "@/clocks/instants";
import { ColourFilter, KindFilter, MarkFilter, OfficerFilter, StageFilter, UnitFilter } from "@/lists/FilterFields";
import { type Filters, useFilters } from "@/lists/filters";
import { chosen, useList } from "@/lists/lists";
import { useSought } from "@/lists/sought";
import { type Column, VirtualTable } from "@/lists/VirtualTable";
import { useDeskUnit } from "@/shell/desk";

const OpeningDrawer = lazy(() => import("@/forms/OpeningDrawer"));

const FILTERS = ["kind", "stage", "colour", "officer", "unsettled", "mark", "late_after", "opened_after", "taken_up"] as const;

/** The way to the matter, with the mark of what was entered late in it. */
function Title({ row }: { readonly row: MatterRow }) {
  return (
    <>
      <UrgentTag urgent={row.urgent} /> <MarkTags marks={row.marks} /> <Link to={`/matters/${row.number}`}>{row.title || "（无标题）"}</Link>
      {row.late_entries > 0 && (
        <span className="colour colour-yellow" title={`补录 ${String(row.late_entries)} 次，最近录入于 ${shownInstant(row.late_at)}`}>
          补录
        </span>
      )}
    </>
  );
}

function columnsOf(kinds: readonly Kind[]): readonly Column<MatterRow>[] {
  const kindOf = (row: MatterRow) => kinds.find((each) => each.kind === row.kind);
  return [
    { key: "colour", title: "期限", width: "80px", cell: (row) => <ColourTag colour={row.colour} /> },
    { key: "kind", title: "种类", width: "100px", cell: (row) => kindOf(row)?.zh ?? row.kind },
    { key: "title", title: "警情案件", width: "minmax(180px, 2fr)", cell: (row) => <Title row={row} /> },
    { key: "number", title: "编号", width: "140px", cell: (row) => <span className="number quiet">{row.number}</span> },
    { key: "stage", title: "阶段", width: "120px", cell: (row) => kindOf(row)?.stages[row.stage] ?? row.stage },
    { key: "unit", title: "单位", width: "minmax(110px, 1fr)", cell: (row) => row.unit_zh ?? row.unit },
    { key: "officer", title: "民警", width: "90px", cell: (row) => row.officer_zh ?? "—" },
    { key: "at", title: "创建时间", width: "140px", cell: (row) => <span className="number">{shownInstant(row.opened_at)}</span> },
  ];
}

/** A new matter, of the kinds that one of my offices opens. */
function NewMatter() {
  const navigate = useNavigate();
  const [opening, setOpening] = useState("");
  const held = useMe().data?.offices.map((each) => each.office) ?? [];
  const kinds = (useKinds().data ?? []).filter((each) => each.opens?.by.some((office) => held.includes(office.office)));
  if (kinds.length === 0) return null;
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: kinds.map((each) => ({ key: each.kind, label: each.opens?.title })),
          onClick: ({ key }) => {
            setOpening(key);
          },
        }}
      >
        <Button type="primary" icon={<PlusOutlined />}>
          登记
        </Button>
      </Dropdown>
      {opening && (
        <Suspense>
          <OpeningDrawer
            kind={opening}
            onClose={() => {
              setOpening("");
            }}
            onDone={(receipt) => void navigate(`/matters/${receipt.number}`)}
          />
        </Suspense>
      )}
    </>
  );
}

interface OnlyThose {
  readonly filters: Filters;
  readonly name: string;
  readonly zh: string;
}

function Only({ filters, name, zh }: OnlyThose) {
  return (
    <Checkbox
      checked={filters.get(name) === "true"}
      onChange={(event) => {
        filters.set(name, event.target.checked ? "true" : "");
      }}
    >
      {zh}
    </Checkbox>
  );
}

/** What narrows the list since a link opened it, to be taken away. */
function Narrowed({ filters, name, zh }: OnlyThose) {
  if (!filters.get(name)) return null;
  return (
    <Tag
      closable
      onClose={() => {
        filters.set(name, "");
      }}
    >
      {zh}
    </Tag>
  );
}

export function MattersPage() {
  const filters = useFilters();
  const kinds = useKinds().data ?? [];
  const deskUnit = useDeskUnit();
  const asked = chosen("/api/matters", filters, FILTERS);
  const [words, look] = useSought("matters");
  const list = useList("/api/matters", { query: { ...asked, unit: filters.get("unit") || deskUnit }, q: words });
  return (
    <div className="list-page">
      <div className="page-head">
        <h1>警情案件</h1>
        <span className="stretch" />
        <NewMatter />
      </div>
      <div className="filters">
        <Input.Search
          allowClear
          aria-label="标题或者编号"
          placeholder="标题或者编号"
          defaultValue={words}
          onSearch={(text) => {
            look(text.trim());
          }}
          style={{ width: 220 }}
        />
        <KindFilter filters={filters} />
        <StageFilter filters={filters} />
        <UnitFilter filters={filters} />
        <ColourFilter filters={filters} />
        <OfficerFilter filters={filters} />
        <Only filters={filters} name="unsettled" zh="只看未结" />
        <MarkFilter filters={filters} />
        <Narrowed filters={filters} name="late_after" zh={`${shownInstant(filters.get("late_after"))} 起有补录`} />
        <Narrowed filters={filters} name="opened_after" zh={`${shownInstant(filters.get("opened_after"))} 起新增`} />
        <Narrowed filters={filters} name="taken_up" zh="只看警情、案件和嫌疑人" />
        <Button
          type="text"
          onClick={() => {
            filters.clear();
            look("");
          }}
        >
          清除
        </Button>
      </div>
      <VirtualTable
        label="警情案件"
        list={list}
        columns={columnsOf(kinds)}
        rowKey={(row) => row.number}
        empty="没有符合条件的警情和案件。"
        card={(row) => (
          <>
            <div className="card-line spread">
              <span className="quiet">
                {kinds.find((each) => each.kind === row.kind)?.zh} <span className="number">{row.number}</span>
              </span>
              <ColourTag colour={row.colour} />
            </div>
            <div className="card-line">
              <Title row={row} />
            </div>
            <div className="card-line quiet">
              <span>
                {kinds.find((each) => each.kind === row.kind)?.stages[row.stage]} · {row.unit_zh} · {row.officer_zh ?? "未指定"}
              </span>
            </div>
          </>
        )}
      />
    </div>
  );
}
