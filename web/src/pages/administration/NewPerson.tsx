/** Enrol a person in their first office. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Drawer, Form, Input } from "antd";

import { api, given } from "@/api/client";
import type { components } from "@/api/contract";
import { isNamesake, Namesake } from "@/pages/administration/Namesake";
import { OfficePicker } from "@/pages/administration/OfficePicker";
import { bureauIsStale, fieldsOf, saidOf } from "@/pages/administration/told";
import { once } from "@/pages/administration/once";

type Enrolled = components["schemas"]["NewPerson"];

export function NewPerson({ unit, onClose }: { readonly unit: string; readonly onClose: (username?: string) => void }) {
  const { message } = App.useApp();
  const [form] = Form.useForm<Enrolled>();
  const enrolling = useMutation({
    mutationFn: ({ password, badge = "", ...asked }: Enrolled) => {
      const body = { ...asked, badge, ...given({ password }) };
      return once(["enrol", body], (header) => api.POST("/api/admin/people", { params: { header }, body }));
    },
    onSuccess: (person) => {
      bureauIsStale();
      void message.success(person.awaiting.length > 0 ? `已新增${person.zh}，职务待督察或者法制员确认` : `已新增${person.zh}`);
      onClose(person.username);
    },
    onError: (error) => {
      form.setFields(fieldsOf(error) as Parameters<typeof form.setFields>[0]);
    },
  });
  return (
    <Drawer
      title="新增人员"
      open
      size="min(480px, 100vw)"
      onClose={() => {
        onClose();
      }}
    >
      <Form<Enrolled>
        form={form}
        layout="vertical"
        initialValues={unit ? { unit } : {}}
        onFinish={(asked) => {
          enrolling.mutate(asked);
        }}
      >
        <Form.Item name="zh" label="姓名" rules={[{ required: true, message: "必须填写" }]}>
          <Input autoFocus maxLength={60} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="username"
          label="用户名"
          extra="登录所用，新增后不再更改"
          rules={[
            { required: true, message: "必须填写" },
            { pattern: /^[a-z][a-z0-9._-]{1,39}$/, message: "以小写字母开头，只含小写字母、数字、点、连字符和下划线" },
          ]}
        >
          <Input maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="badge" label="警号" rules={[{ pattern: /^[0-9A-Za-z]*$/, message: "只含数字和字母" }]}>
          <Input maxLength={20} autoComplete="off" />
        </Form.Item>
        {isNamesake(enrolling.error) && <Namesake />}
        <OfficePicker />
        <Form.Item name="password" label="初始口令" extra="至少 12 个字符，本人三天之内须登录并修改；不填则只能由统一身份认证登录" rules={[{ min: 12, message: "至少 12 个字符" }]}>
          <Input.Password maxLength={128} autoComplete="new-password" />
        </Form.Item>
        {enrolling.isError && (
          <p role="alert" className="refused-words">
            ✕ {saidOf(enrolling.error)}
          </p>
        )}
        <Button type="primary" htmlType="submit" loading={enrolling.isPending}>
          新增
        </Button>
      </Form>
    </Drawer>
  );
}
