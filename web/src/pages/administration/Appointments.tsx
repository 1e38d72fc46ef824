/** Appointments that await a second person (任职确认): shown to whoever administers, confirmed or declined by whoever supervises or reviews the law. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Form, Input, Modal, Table } from "antd";
import { useState } from "react";

import { $api, api } from "@/api/client";
import type { components } from "@/api/contract";
import { areStale } from "@/api/stale";
import { shownInstant } from "@/clocks/instants";
import { once } from "@/pages/administration/once";
import { bureauIsStale, fieldsOf, saidOf } from "@/pages/administration/told";
import { Nothing, Shown } from "@/states/states";

type Told = components["schemas"]["AppointmentList"];
type Awaiting = Told["items"][number];

function useAppointments() {
  return $api.useQuery("get", "/api/appointments");
}

/** Something was decided: it awaits nobody any more. */
function decided(): void {
  bureauIsStale();
  void areStale("/api/tasks");
}

function Deciding({ of }: { readonly of: Awaiting }) {
  const { message, modal } = App.useApp();
  const [isDeclining, setDeclining] = useState(false);
  const post = `${of.zh}为${of.unit_zh}${of.office_zh}`;
  const confirming = useMutation({
    mutationFn: () => once(["confirm", of.id], (header) => api.POST("/api/appointments/confirm", { params: { header }, body: { appointment: of.id } })),
    onSuccess: () => {
      decided();
      void message.success(`已确认任命${post}，即时生效`);
    },
    onError: (error) => {
      decided();
      void message.error(saidOf(error));
    },
  });
  return (
    <>
      <Button
        size="small"
        type="primary"
        aria-label={`确认任命${post}`}
        loading={confirming.isPending}
        onClick={() => {
          modal.confirm({
            title: `确认任命${post}？`,
            content: `用户名 ${of.username}，警号 ${of.badge || "无"}。请核对任职文件和本人；确认后即时生效，本人可以审批、查阅。`,
            okText: "确认",
            cancelText: "取消",
            onOk: () => {
              confirming.mutate();
            },
          });
        }}
      >
        确认
      </Button>{" "}
      <Button
        size="small"
        aria-label={`不同意任命${post}`}
        onClick={() => {
          setDeclining(true);
        }}
      >
        不同意
      </Button>
      {isDeclining && (
        <Declining
          of={of}
          title={`不同意任命${post}`}
          onClose={() => {
            setDeclining(false);
          }}
        />
      )}
    </>
  );
}

function Declining({ of, title, onClose }: { readonly of: Awaiting; readonly title: string; readonly onClose: () => void }) {
  const [form] = Form.useForm<{ reason: string }>();
  const declining = useMutation({
    mutationFn: ({ reason }: { reason: string }) => once(["decline", of.id, reason], (header) => api.POST("/api/appointments/decline", { params: { header }, body: { appointment: of.id, reason } })),
    onSuccess: () => {
      decided();
      onClose();
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  return (
    <Modal title={title} open onCancel={onClose} okText="不同意" cancelText="取消" okButtonProps={{ danger: true, loading: declining.isPending }} onOk={form.submit}>
      <Form
        form={form}
        layout="vertical"
        onFinish={(asked) => {
          declining.mutate(asked);
        }}
      >
        <Form.Item name="reason" label="理由" extra="告知提请人" rules={[{ required: true, message: "必须填写" }]}>
          <Input maxLength={200} autoComplete="off" />
        </Form.Item>
        {declining.isError && (
          <p role="alert" className="refused-words">
            ✕ {saidOf(declining.error)}
          </p>
        )}
      </Form>
    </Modal>
  );
}

function AppointmentsTable({ items }: { readonly items: readonly Awaiting[] }) {
  return (
    <Table<Awaiting>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={items}
      columns={[
        { title: "姓名", key: "zh", render: (_, each) => `${each.zh}（${each.username}）` },
        { title: "警号", dataIndex: "badge", className: "number", responsive: ["md"] },
        { title: "拟任职务", key: "office", render: (_, each) => `${each.unit_zh} · ${each.office_zh}` },
        { title: "提请", key: "by", responsive: ["sm"], render: (_, each) => `${each.proposed_by_zh} ${shownInstant(each.proposed_at)}` },
        { title: "办理", key: "act", width: 190, render: (_, each) => (each.may_confirm ? <Deciding of={each} /> : <span className="quiet">待督察或者法制员确认</span>) },
      ]}
    />
  );
}

/** What awaits confirmation, over the list of people; nothing where nothing does. */
export function AwaitingAppointments() {
  const told = useAppointments().data;
  if (!told?.items.length) return null;
  return (
    <section className="above-list" aria-label="待确认的任职">
      <h2>待确认的任职</h2>
      <AppointmentsTable items={told.items} />
    </section>
  );
}

/** The page to which the task of whoever confirms leads. */
export function AppointmentsPage() {
  const told = useAppointments();
  return (
    <>
      <div className="page-head">
        <h1>任职确认</h1>
      </div>
      <section className="panel" aria-label="待确认的任职">
        <p className="quiet">审批、监督、管理、可以查阅封存案卷、属于其他机关和及于多个办案单位的职务，由系统管理员提请，经督察或者法制员确认后生效。提请的人和被任命的人不能确认。</p>
        <Shown of={told}>{({ items }) => (items.length > 0 ? <AppointmentsTable items={items} /> : <Nothing>没有待确认的任职</Nothing>)}</Shown>
      </section>
    </>
  );
}
