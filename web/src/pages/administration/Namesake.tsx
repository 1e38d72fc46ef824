/** Where somebody bears that name already: whether this is another person. */
import { Checkbox, Form } from "antd";

import { fieldsOf } from "@/pages/administration/told";

/** Whether a change was refused because somebody bears that name. */
export function isNamesake(error: unknown): boolean {
  return fieldsOf(error).some((each) => each.name === "namesake");
}

export function Namesake() {
  return (
    <Form.Item name="namesake" valuePropName="checked">
      <Checkbox>与在用人员同名的不是同一人</Checkbox>
    </Form.Item>
  );
}
