/** One person: who they are, which offices they hold, what is open in their name; each changed here. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Drawer, Form, Input, Modal } from "antd";
import { useState } from "react";

import { $api, api, given } from "@/api/client";
import type { components } from "@/api/contract";
import { isRefused } from "@/api/problem";
import { OfficePicker } from "@/pages/administration/OfficePicker";
import { SuccessorPicker } from "@/pages/administration/SuccessorPicker";
import { bureauIsStale, fieldsOf, type PersonView, saidOf } from "@/pages/administration/told";
import { Shown } from "@/states/states";
import { isNamesake, Namesake } from "@/pages/administration/Namesake";
import { once } from "@/pages/administration/once";

type Schemas = components["schemas"];
type Holding = PersonView["holdings"][number];
type Office = Schemas["GrantedOffice"]["office"];

function withdraw({ username }: PersonView, { unit, office }: Holding, successor = ""): Promise<PersonView> {
  const body = { username, unit, office, ...given({ successor }) };
  return once(["withdraw", body], (header) => api.POST("/api/admin/holdings/withdraw", { params: { header }, body }));
}

function change({ username }: PersonView, body: Schemas["ChangedPerson"]): Promise<PersonView> {
  return once(["change", username, body], (header) => api.PATCH("/api/admin/people/{username}", { params: { path: { username }, header }, body }));
}

export function PersonDrawer({ username, onClose }: { readonly username: string; readonly onClose: () => void }) {
  const person = $api.useQuery("get", "/api/admin/people/{username}", { params: { path: { username } } });
  return (
    <Drawer title={person.data?.zh ?? username} open onClose={onClose} size="min(560px, 100vw)">
      <Shown of={person}>
        {(told) => (
          <div className="person">
            <Holdings person={told} />
            <Details person={told} />
            <Leaving person={told} />
          </div>
        )}
      </Shown>
    </Drawer>
  );
}

function Holdings({ person }: { readonly person: PersonView }) {
  const { message } = App.useApp();
  const [leaving, setLeaving] = useState<Holding | null>(null);
  const [form] = Form.useForm<{ unit: string; office: Office }>();
  const granting = useMutation({
    mutationFn: (asked: { unit: string; office: Office }) => {
      const body = { username: person.username, ...asked };
      return once(["grant", body], (header) => api.POST("/api/admin/holdings", { params: { header }, body }));
    },
    onSuccess: ({ awaiting }, asked) => {
      bureauIsStale();
      form.resetFields();
      const awaits = awaiting.some((each) => each.unit === asked.unit && each.office === asked.office);
      void message.success(awaits ? "已提请任命，待督察或者法制员确认" : "已任命，即时生效");
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  return (
    <section aria-label="职务">
      <h2>职务</h2>
      <ul className="holdings">
        {person.holdings.map((each) => (
          <li key={`${each.unit}/${each.office}`}>
            <span>
              {each.unit_zh} · <strong>{each.office_zh}</strong>
            </span>
            {each.within ? (
              <Button
                size="small"
                danger
                aria-label={`免去${each.unit_zh}${each.office_zh}`}
                onClick={() => {
                  setLeaving(each);
                }}
              >
                免去
              </Button>
            ) : (
              <span className="quiet">由其他管理员管理</span>
            )}
          </li>
        ))}
        <Proposed person={person} />
        {person.holdings.length === 0 && <li className="quiet">没有职务，不能办理任何事项</li>}
      </ul>
      {person.active && (
        <details className="granting">
          <summary>任命新的职务</summary>
          <Form
            form={form}
            layout="vertical"
            onFinish={(asked) => {
              granting.mutate(asked);
            }}
          >
            <OfficePicker />
            {granting.isError && (
              <p role="alert" className="refused-words">
                ✕ {saidOf(granting.error)}
              </p>
            )}
            <Button type="primary" htmlType="submit" loading={granting.isPending}>
              任命
            </Button>
          </Form>
        </details>
      )}
      {leaving && (
        <Successor
          title={`免去${person.zh}的${leaving.unit_zh}${leaving.office_zh}`}
          words="免去后立即生效：本人随即不能再以这一职务办理事项。"
          person={person}
          ask={(successor) => withdraw(person, leaving, successor)}
          onClose={() => {
            setLeaving(null);
          }}
        />
      )}
    </section>
  );
}

/** What is proposed for this person, until a second one confirms it. */
function Proposed({ person }: { readonly person: PersonView }) {
  const { message } = App.useApp();
  const takingBack = useMutation({
    mutationFn: (holding: Holding) => withdraw(person, holding),
    onSuccess: bureauIsStale,
    onError: (error) => {
      void message.error(saidOf(error));
    },
  });
  return person.awaiting.map((each) => (
    <li key={`${each.unit}/${each.office}`}>
      <span>
        {each.unit_zh} · <strong>{each.office_zh}</strong> <span className="quiet">待督察或者法制员确认</span>
      </span>
      {each.within && (
        <Button
          size="small"
          aria-label={`撤回提请任命${each.unit_zh}${each.office_zh}`}
          onClick={() => {
            takingBack.mutate(each);
          }}
        >
          撤回
        </Button>
      )}
    </li>
  ));
}

interface SuccessorProps {
  readonly title: string;
  readonly words: string;
  readonly person: PersonView;
  readonly ask: (successor: string) => Promise<unknown>;
  readonly onClose: () => void;
}

/** A change after which somebody else must see to what is open; who that is, is asked where the server says so. */
function Successor({ title, words, person, ask, onClose }: SuccessorProps) {
  const { message } = App.useApp();
  const [successor, setSuccessor] = useState("");
  const asking = useMutation({
    mutationFn: () => ask(successor),
    onSuccess: () => {
      bureauIsStale();
      void message.success("已办理，即时生效");
      onClose();
    },
  });
  const isNeeded = isRefused(asking.error, "still-needed") || successor !== "";
  return (
    <Modal title={title} open onCancel={onClose} okText="确定" okButtonProps={{ danger: true, loading: asking.isPending }} cancelText="取消" onOk={() => { asking.mutate(); }}>
      <p>{words}</p>
      {(isNeeded || person.open_matters > 0) && (
        <>
          <p>
            {person.zh}名下有 {person.open_matters} 件未结事项、{person.open_tasks} 项待办，须有人接手：
          </p>
          <SuccessorPicker value={successor} onChange={setSuccessor} except={person.username} />
        </>
      )}
      {asking.isError && (
        <p role="alert" className="refused-words">
          ✕ {saidOf(asking.error)}
        </p>
      )}
    </Modal>
  );
}

interface Changed {
  readonly zh: string;
  readonly badge: string;
  readonly password?: string;
  readonly namesake?: boolean;
}

function Details({ person }: { readonly person: PersonView }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Changed>();
  const changing = useMutation({
    mutationFn: (asked: Changed) => change(person, given(asked)),
    onSuccess: () => {
      bureauIsStale();
      form.resetFields(["password"]);
      void message.success("已保存");
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  return (
    <section aria-label="基本情况">
      <h2>基本情况</h2>
      <p className="quiet">
        用户名 {person.username} · {person.has_password ? "可以口令登录" : "只能由统一身份认证登录"} · 承办未结 {person.open_matters} 件 · 待办 {person.open_tasks} 项
      </p>
      <Form<Changed>
        form={form}
        layout="vertical"
        initialValues={{ zh: person.zh, badge: person.badge }}
        onFinish={(asked) => {
          changing.mutate(asked);
        }}
      >
        <div className="pair">
          <Form.Item name="zh" label="姓名" rules={[{ required: true, message: "必须填写" }]}>
            <Input maxLength={60} autoComplete="off" />
          </Form.Item>
          <Form.Item name="badge" label="警号" rules={[{ pattern: /^[0-9A-Za-z]*$/, message: "只含数字和字母" }]}>
            <Input maxLength={20} autoComplete="off" />
          </Form.Item>
        </div>
        {isNamesake(changing.error) && <Namesake />}
        <Form.Item name="password" label="新口令" extra="不填则不变；至少 10 个字符" rules={[{ min: 10, message: "至少 10 个字符" }]}>
          <Input.Password maxLength={200} autoComplete="new-password" />
        </Form.Item>
        {changing.isError && (
          <p role="alert" className="refused-words">
            ✕ {saidOf(changing.error)}
          </p>
        )}
        <Button htmlType="submit" loading={changing.isPending}>
          保存
        </Button>
      </Form>
    </section>
  );
}

function Leaving({ person }: { readonly person: PersonView }) {
  const { message } = App.useApp();
  const [isLeaving, setLeaving] = useState(false);
  const returning = useMutation({
    mutationFn: () => change(person, { active: true }),
    onSuccess: () => {
      bureauIsStale();
      void message.success("已启用");
    },
    onError: (error) => {
      void message.error(saidOf(error));
    },
  });
  return (
    <section aria-label="停用与启用">
      <h2>{person.active ? "停用" : "启用"}</h2>
      <p className="quiet">{person.active ? "停用后不能登录，职务与经办记录都保留。" : "已停用，不能登录。"}</p>
      {person.active ? (
        <Button
          danger
          onClick={() => {
            setLeaving(true);
          }}
        >
          停用{person.zh}
        </Button>
      ) : (
        <Button
          loading={returning.isPending}
          onClick={() => {
            returning.mutate();
          }}
        >
          启用{person.zh}
        </Button>
      )}
      {isLeaving && (
        <Successor
          title={`停用${person.zh}`}
          words="停用后立即不能登录。"
          person={person}
          ask={(successor) => change(person, { active: false, ...given({ successor }) })}
          onClose={() => {
            setLeaving(false);
          }}
        />
      )}
    </section>
  );
}
