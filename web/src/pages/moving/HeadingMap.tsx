/** What the columns of a ledger are, as they were read; whatever is chosen instead is tried anew. */
import { Button, Checkbox, Select } from "antd";
import { useState } from "react";

import type { Meant, SheetRead } from "@/pages/moving/told";

interface Props {
  readonly sheet: SheetRead;
  readonly meant: readonly Meant[];
  readonly isTrying: boolean;
  readonly onMeant: (columns: readonly Meant[], remembered: readonly Meant[]) => void;
}

export function HeadingMap({ sheet: { sheet, columns, fields }, meant, isTrying, onMeant }: Props) {
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
  const [isKept, setKept] = useState(true);
  const options = [{ value: "", label: "不读" }, ...fields.map((each) => ({ value: each.field, label: each.zh }))];
  const others = meant.filter((each) => each.sheet !== sheet || !(each.heading in changed));
  return (
    <section className="mapping" aria-label={`${sheet}表的表头`}>
      <div className="mapping-lines">
        {columns.map(({ heading, field }) => (
          <div key={heading} className="mapping-line">
            <span>{heading}</span>
            <Select
              aria-label={`${sheet}表“${heading}”一列是`}
              showSearch={{ optionFilterProp: "label" }}
              value={changed[heading] ?? field ?? ""}
              options={options}
              onChange={(next) => {
                setChanged({ ...changed, [heading]: next });
              }}
            />
          </div>
        ))}
      </div>
      <div className="import-controls">
        <Button
          type="primary"
          aria-label={`${sheet}表按此重新试算`}
          disabled={Object.keys(changed).length === 0}
          loading={isTrying}
          onClick={() => {
            const said = Object.entries(changed).map(([heading, field]) => ({ sheet, heading, field }));
            onMeant([...others, ...said], isKept ? said : []);
          }}
        >
          按此重新试算
        </Button>
        <Checkbox
          checked={isKept}
          onChange={(event) => {
            setKept(event.target.checked);
          }}
        >
          本单位以后都这样读
        </Checkbox>
      </div>
    </section>
  );
}
