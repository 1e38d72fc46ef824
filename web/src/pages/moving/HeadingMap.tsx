/** What the columns of a ledger are, as they were read; whatever is chosen instead is tried anew. */
import { Button, Select } from "antd";
import { useState } from "react";

import type { Meant, SheetRead } from "@/pages/moving/told";

interface Props {
  readonly sheet: SheetRead;
  readonly meant: readonly Meant[];
  readonly isTrying: boolean;
  readonly onMeant: (columns: readonly Meant[]) => void;
}

export function HeadingMap({ sheet: { sheet, columns, fields }, meant, isTrying, onMeant }: Props) {
  const [changed, setChanged] = useState<Readonly<Record<string, string>>>({});
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
            onMeant([...others, ...Object.entries(changed).map(([heading, field]) => ({ sheet, heading, field }))]);
          }}
        >
          按此重新试算
        </Button>
      </div>
    </section>
  );
}
