/** Who works here: found by name, unit, office; each opens with their offices. */
import { PlusOutlined } from "@ant-design/icons";
import { Button, Input, Segmented, Select, Table, Tag, TreeSelect } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { useWords } from "@/api/queries";
import { type Narrowed, useList } from "@/lists/lists";
import { useSought } from "@/lists/sought";
import { useHeard } from "@/lists/sounds";
import { AwaitingAppointments } from "@/pages/administration/Appointments";
import { NewPerson } from "@/pages/administration/NewPerson";
import { PersonDrawer } from "@/pages/administration/PersonDrawer";
import { type PersonView, useUnits } from "@/pages/administration/told";
import { treeOf } from "@/pages/administration/UnitsPage";
import { Nothing, Shown } from "@/states/states";

const COLUMNS: ColumnsType<PersonView> = [
  { title: "姓名", dataIndex: "zh", width: 110 },
  { title: "用户名", dataIndex: "username", width: 150, responsive: ["md"] },
  { title: "警号", dataIndex: "badge", width: 100, className: "number", responsive: ["md"] },
  { title: "职务", key: "holdings", render: (_, person) => <Offices person={person} /> },
  { title: "在办", key: "open", width: 70, align: "right", className: "number", responsive: ["sm"], render: (_, person) => person.open_matters || "" },
  { title: "状态", key: "active", width: 84, responsive: ["sm"], render: (_, { active }) => <span className={`colour colour-${active ? "blue" : "none"}`}>{active ? "● 在用" : "○ 停用"}</span> },
];

function Offices({ person }: { readonly person: PersonView }) {
  if (person.holdings.length + person.awaiting.length === 0) return <span className="quiet">（无）</span>;
  return (
    <>
      {person.holdings.map((each) => (
        <Tag key={`${each.unit}/${each.office}`}>
          {each.unit_zh} · {each.office_zh}
        </Tag>
      ))}
      {person.awaiting.map((each) => (
        <Tag key={`${each.unit}/${each.office}`} variant="outlined">
          待确认：{each.unit_zh} · {each.office_zh}
        </Tag>
      ))}
    </>
  );
}

type Query = NonNullable<Narrowed<"/api/admin/people">["query"]>;

interface Filters {
  readonly unit: string;
  readonly office: NonNullable<Query["office"]>;
  readonly active: string;
}

export default function PeoplePage() {
  const [asked, setAsked] = useSearchParams();
  const [words, look] = useSought("people");
  const [open, setOpen] = useState("");
  const [isNew, setNew] = useState(false);
  const filters: Filters = { unit: asked.get("unit") ?? "", office: (asked.get("office") ?? "") as Filters["office"], active: asked.get("active") ?? "true" };
  const people = useList("/api/admin/people", { query: { ...filters, active: filters.active && filters.active === "true" }, q: words });
  const set = (name: keyof Filters, value: string) => {
    setAsked(
      (before) => {
        const next = new URLSearchParams(before);
        next.set(name, value);
        return next;
      },
      { replace: true },
    );
  };
  return (
    <section className="panel" aria-label="人员">
      <AwaitingAppointments />
      <FilterRow
        filters={filters}
        sought={words}
        onLook={look}
        onSet={set}
        onNew={() => {
          setNew(true);
        }}
      />
      <Shown of={{ ...people, data: people.rows }}>
        {(rows) => {
          if (rows.length === 0) return <Nothing>没有符合条件的人员</Nothing>;
          return (
            <>
              <Table<PersonView>
                size="small"
                rowKey="username"
                pagination={false}
                dataSource={[...rows]}
                columns={[{ ...COLUMNS[0], render: (_, person) => <NameButton person={person} onOpen={setOpen} /> }, ...COLUMNS.slice(1)]}
              />
              {people.hasMore && (
                <Button block type="text" loading={people.isMore} onClick={people.more}>
                  更多
                </Button>
              )}
            </>
          );
        }}
      </Shown>
      {open && (
        <PersonDrawer
          username={open}
          onClose={() => {
            setOpen("");
          }}
        />
      )}
      {isNew && (
        <NewPerson
          unit={filters.unit}
          onClose={(username) => {
            setNew(false);
            if (username) setOpen(username);
          }}
        />
      )}
    </section>
  );
}

function NameButton({ person, onOpen }: { readonly person: PersonView; readonly onOpen: (username: string) => void }) {
  return (
    <Button
      type="link"
      size="small"
      className="name-button"
      onClick={() => {
        onOpen(person.username);
      }}
    >
      {person.zh}
    </Button>
  );
}

interface RowProps {
  readonly filters: Filters;
  readonly sought: string;
  readonly onLook: (words: string) => void;
  readonly onSet: (name: keyof Filters, value: string) => void;
  readonly onNew: () => void;
}

function FilterRow({ filters, sought, onLook, onSet, onNew }: RowProps) {
  const units = useUnits().data;
  const words = useWords().data;
  const heard = useHeard();
  const offices = [...new Set(units?.kinds.flatMap((each) => each.offices))];
  return (
    <div className="filter-row">
      <Input.Search
        allowClear
        placeholder="姓名、用户名、警号"
        aria-label="按姓名、用户名或者警号查找"
        defaultValue={sought}
        onSearch={(value) => {
          onLook(value.trim());
        }}
      />
      <TreeSelect
        aria-label="单位"
        allowClear
        placeholder="全部单位"
        treeData={treeOf(units?.units ?? [])}
        treeDefaultExpandAll
        showSearch={{ filterTreeNode: heard }}
        value={filters.unit || null}
        onChange={(value: string | null) => {
          onSet("unit", value ?? "");
        }}
      />
      <Select
        aria-label="职务"
        allowClear
        placeholder="全部职务"
        showSearch={{ optionFilterProp: "label" }}
        options={offices.map((each) => ({ value: each as string, label: words?.offices[each] ?? each }))}
        value={filters.office || null}
        onChange={(value: string | null) => {
          onSet("office", value ?? "");
        }}
      />
      <Segmented
        aria-label="状态"
        value={filters.active}
        onChange={(value) => {
          onSet("active", value);
        }}
        options={[
          { value: "true", label: "在用" },
          { value: "false", label: "停用" },
          { value: "", label: "全部" },
        ]}
      />
      <span className="stretch" />
      <Button type="primary" icon={<PlusOutlined />} onClick={onNew}>
        新增人员
      </Button>
    </div>
  );
}
