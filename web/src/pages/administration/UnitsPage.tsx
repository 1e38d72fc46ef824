/** The units as a tree, founded, renamed and moved. */
import { PlusOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input, Select, Tree, TreeSelect } from "antd";
import { useEffect, useMemo, useState } from "react";
import { Link } from "react-router";

import { api } from "@/api/client";
import type { components } from "@/api/contract";
import { useHeard } from "@/lists/sounds";
import { bureauIsStale, fieldsOf, saidOf, type UnitList, type UnitView, useUnits } from "@/pages/administration/told";
import { Shown } from "@/states/states";
import { once } from "@/pages/administration/once";

export interface Branch {
  readonly key: string;
  readonly value: string;
  readonly title: string;
  readonly children: Branch[];
}

/** The units as branches; a unit whose parent is another's to administer stands at the top. */
export function treeOf(units: readonly UnitView[]): Branch[] {
  const found = new Map<string, Branch>(units.map((each) => [each.unit, { key: each.unit, value: each.unit, title: each.zh, children: [] }]));
  const tops: Branch[] = [];
  for (const each of units) {
    const branch = found.get(each.unit);
    const above = each.parent ? found.get(each.parent) : undefined;
    if (branch) (above?.children ?? tops).push(branch);
  }
  return tops;
}

export default function UnitsPage() {
  const units = useUnits();
  return <Shown of={units}>{(told) => <Units told={told} />}</Shown>;
}

function Units({ told }: { readonly told: UnitList }) {
  const [chosen, setChosen] = useState(told.units[0]?.unit ?? "");
  const [isNew, setNew] = useState(false);
  const [sought, setSought] = useState("");
  const tree = useMemo(() => treeOf(told.units), [told.units]);
  const byId = useMemo(() => new Map(told.units.map((each) => [each.unit, each])), [told.units]);
  const here = byId.get(chosen);
  const title = (id: string) => {
    const unit = byId.get(id);
    const isFound = sought !== "" && unit?.zh.includes(sought);
    return (
      <span className={isFound ? "unit-found" : ""}>
        {unit?.zh} <span className="quiet">{unit?.people ? `${unit.people}人` : ""}</span>
      </span>
    );
  };
  return (
    <div className="units">
      <section className="panel" aria-label="单位树">
        <div className="units-head">
          <Input
            allowClear
            placeholder="按名称查找"
            aria-label="按名称查找单位"
            value={sought}
            onChange={(event) => {
              setSought(event.target.value);
              const first = told.units.find((each) => event.target.value && each.zh.includes(event.target.value));
              if (first) {
                setChosen(first.unit);
                setNew(false);
              }
            }}
          />
          <Button
            type="primary"
            icon={<PlusOutlined />}
            disabled={!here}
            onClick={() => {
              setNew(true);
            }}
          >
            新设
          </Button>
        </div>
        <Tree<Branch>
          blockNode
          defaultExpandAll
          treeData={tree}
          selectedKeys={[chosen]}
          titleRender={(branch) => title(branch.key)}
          onSelect={(_, { node }) => {
            setChosen(node.key);
            setNew(false);
          }}
          aria-label="单位"
        />
      </section>
      <section className="panel" aria-label={isNew ? "新设单位" : "单位详情"}>
        {isNew && here ? (
          <NewUnit
            told={told}
            parent={here}
            onDone={(unit) => {
              setNew(false);
              if (unit) setChosen(unit);
            }}
          />
        ) : (
          here && <ChangeUnit key={here.unit} told={told} unit={here} />
        )}
      </section>
    </div>
  );
}

type Founded = components["schemas"]["NewUnit"];
type Changed = components["schemas"]["ChangedUnit"];

function kindsOf(told: UnitList): { value: string; label: string }[] {
  return told.kinds.map((each) => ({ value: each.kind, label: each.zh }));
}

function NewUnit({ told, parent, onDone }: { readonly told: UnitList; readonly parent: UnitView; readonly onDone: (unit?: string) => void }) {
  const heard = useHeard();
  const { message } = App.useApp();
  const [form] = Form.useForm<Founded>();
  const kind = Form.useWatch("kind", form);
  const founding = useMutation({
    mutationFn: (body: Founded) => once(["found", body], (header) => api.POST("/api/admin/units", { params: { header }, body })),
    onSuccess: (unit) => {
      bureauIsStale();
      void message.success(`已新设${unit.zh}`);
      onDone(unit.unit);
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  return (
    <Form<Founded>
      form={form}
      layout="vertical"
      requiredMark
      initialValues={{ parent: parent.unit, kind: "station" }}
      onFinish={(asked) => {
        founding.mutate(asked);
      }}
    >
      <h2>新设单位</h2>
      <Form.Item name="zh" label="名称" rules={[{ required: true, message: "必须填写" }]}>
        <Input autoFocus maxLength={60} />
      </Form.Item>
      <Form.Item name="unit" label="代号" extra="小写字母、数字和连字符，设立后不再更改" rules={[{ required: true, message: "必须填写" }, { pattern: /^[a-z][a-z0-9-]{1,39}$/, message: "以小写字母开头，只含小写字母、数字和连字符" }]}>
        <Input maxLength={40} autoComplete="off" />
      </Form.Item>
      <Form.Item name="kind" label="类别" rules={[{ required: true, message: "必须选择" }]}>
        <Select options={kindsOf(told)} />
      </Form.Item>
      <Form.Item name="parent" label="上级单位" rules={[{ required: true, message: "必须选择" }]}>
        <TreeSelect treeData={treeOf(told.units)} treeDefaultExpandAll showSearch={{ filterTreeNode: heard }} />
      </Form.Item>
      {told.kinds.some((each) => each.kind === kind && each.serving) && (
        <Form.Item name="serves" label="所服务的单位" extra="办理哪一单位的事项">
          <TreeSelect treeData={treeOf(told.units)} treeDefaultExpandAll allowClear showSearch={{ filterTreeNode: heard }} />
        </Form.Item>
      )}
      {founding.isError && (
        <p role="alert" className="refused-words">
          ✕ {saidOf(founding.error)}
        </p>
      )}
      <div className="form-row">
        <Button type="primary" htmlType="submit" loading={founding.isPending}>
          设立
        </Button>
        <Button
          onClick={() => {
            onDone();
          }}
        >
          取消
        </Button>
      </div>
    </Form>
  );
}

function ChangeUnit({ told, unit }: { readonly told: UnitList; readonly unit: UnitView }) {
  const heard = useHeard();
  const { message } = App.useApp();
  const [form] = Form.useForm<Changed>();
  const isTop = !told.units.some((each) => each.unit === unit.parent);
  const below = told.units.filter((each) => each.parent === unit.unit);
  useEffect(() => {
    form.resetFields();
  }, [form, unit]);
  const changing = useMutation({
    mutationFn: (body: Changed) =>
      once(["change", unit.unit, body], (header) => api.PATCH("/api/admin/units/{unit}", { params: { path: { unit: unit.unit }, header }, body })),
    onSuccess: (changed) => {
      bureauIsStale();
      void message.success(`已保存${changed.zh}`);
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  return (
    <Form<Changed>
      form={form}
      layout="vertical"
      initialValues={{ zh: unit.zh, kind: unit.kind, ...(isTop ? {} : { parent: unit.parent ?? "" }) }}
      onFinish={(asked) => {
        changing.mutate(asked);
      }}
    >
      <h2>{unit.zh}</h2>
      <p className="quiet">
        代号 {unit.unit} · {unit.kind_zh} · 任职 {unit.people} 人 · 下属 {below.length} 个单位 · <Link to={`/administration/people?unit=${unit.unit}`}>查看人员</Link>
      </p>
      <Form.Item name="zh" label="名称" rules={[{ required: true, message: "必须填写" }]}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="kind" label="类别">
        <Select options={kindsOf(told)} />
      </Form.Item>
      {isTop ? (
        <p className="quiet">本单位是您管理范围的顶端，其隶属由上级管理员调整。</p>
      ) : (
        <Form.Item name="parent" label="上级单位" extra={below.length > 0 ? "下属单位随之移动" : undefined}>
          <TreeSelect treeData={treeOf(told.units)} treeDefaultExpandAll showSearch={{ filterTreeNode: heard }} />
        </Form.Item>
      )}
      {changing.isError && (
        <p role="alert" className="refused-words">
          ✕ {saidOf(changing.error)}
        </p>
      )}
      <Button type="primary" htmlType="submit" loading={changing.isPending}>
        保存
      </Button>
    </Form>
  );
}
