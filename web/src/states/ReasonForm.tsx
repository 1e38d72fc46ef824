/** Asks for the reason without which a sealed file is not shown to whoever does not handle it. */
import { LockOutlined } from "@ant-design/icons";
import { Button, Form, Input, Result } from "antd";

import { queryClient } from "@/api/queries";
import { MOST, sayReason } from "@/api/reason";

export function ReasonForm({ detail, onSaid }: { readonly detail: string; readonly onSaid?: () => void }) {
  return (
    <Result icon={<LockOutlined />} title="查阅须说明理由" subTitle={detail}>
      <Form<{ reason: string }>
        layout="vertical"
        style={{ maxWidth: 480, margin: "0 auto" }}
        onFinish={({ reason }) => {
          sayReason(reason);
          onSaid?.();
          // What was listed before under no name is listed anew.
          void queryClient.invalidateQueries();
        }}
      >
        <Form.Item
          name="reason"
          label="查阅理由"
          extra="记入查阅记录，本次登录期间有效。"
          rules={[{ required: true, whitespace: true, message: "请填写查阅理由，例如：审核延长羁押期限的呈请" }]}
        >
          <Input maxLength={MOST} autoFocus />
        </Form.Item>
        <Button type="primary" htmlType="submit">
          查阅
        </Button>
      </Form>
    </Result>
  );
}
