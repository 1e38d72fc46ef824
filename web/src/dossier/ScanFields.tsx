import { Input, Select } from "antd";

import type { Dossier } from "@/api/shapes";

export type Place = Dossier["places"][number];

export interface Filing {
  readonly place: string;
  readonly title: string;
}

interface Props extends Filing {
  /** By which its fields are told from those of another file. */
  readonly id: string;
  readonly places: readonly Place[];
  readonly disabled?: boolean;
  readonly onChange: (next: Filing) => void;
}

/** Where in the catalogue a file belongs, and what it is called there. */
export function ScanFields({ id, places, place, title, disabled = false, onChange }: Props) {
  const papers = places.find((each) => each.place === place)?.papers ?? [];
  return (
    <>
      <label htmlFor={`${id}-place`}>位置</label>
      <Select
        id={`${id}-place`}
        showSearch={{ optionFilterProp: "label" }}
        value={place}
        disabled={disabled}
        options={places.map((each) => ({ value: each.place, label: each.zh }))}
        onChange={(next) => {
          onChange({ place: next, title });
        }}
      />
      <label htmlFor={`${id}-title`}>材料名称</label>
      <Input
        id={`${id}-title`}
        list={`${id}-titles`}
        value={title}
        disabled={disabled}
        placeholder="不填即为文件名；同名的成为新版本"
        onPressEnter={(event) => {
          // Within a form it would send that.
          event.preventDefault();
        }}
        onChange={(event) => {
          onChange({ place, title: event.target.value });
        }}
      />
      <datalist id={`${id}-titles`}>
        {papers.map((each) => (
          <option key={each} value={each} />
        ))}
      </datalist>
    </>
  );
}
