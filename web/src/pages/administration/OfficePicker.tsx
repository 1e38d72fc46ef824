/** An office in a unit: only those that may be held in a unit of its kind. */
import { Form, Select, TreeSelect } from "antd";

import { useWords } from "@/api/queries";
import { useHeard } from "@/lists/sounds";
import { useUnits } from "@/pages/administration/told";
import { treeOf } from "@/pages/administration/UnitsPage";

const REQUIRED = [{ required: true, message: "必须选择" }];

/** Two fields of the form around it, `unit` and `office`. */
export function OfficePicker() {
  const units = useUnits().data;
  const words = useWords().data;
  const heard = useHeard();
  const form = Form.useFormInstance();
  const unit = Form.useWatch("unit", form) as string | undefined;
  const kind = units?.units.find((each) => each.unit === unit)?.kind;
  const offices = units?.kinds.find((each) => each.kind === kind)?.offices ?? [];
  return (
    <>
      <Form.Item name="unit" label="单位" rules={REQUIRED}>
        <TreeSelect
          treeData={treeOf(units?.units ?? [])}
          treeDefaultExpandAll
          showSearch={{ filterTreeNode: heard }}
          placeholder="选择单位，可输入名称、拼音"
          onChange={() => {
            form.setFieldValue("office", undefined);
          }}
        />
      </Form.Item>
      <Form.Item name="office" label="职务" rules={REQUIRED} extra={unit ? "" : "先选单位"}>
        <Select disabled={!unit} showSearch={{ optionFilterProp: "label" }} options={offices.map((each) => ({ value: each, label: words?.offices[each] ?? each }))} placeholder="选择职务" />
      </Form.Item>
    </>
  );
}
