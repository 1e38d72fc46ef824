/** What else the desk asks of a call: when, how urgent, what is going on there, and whether somebody is missing. */
import { Checkbox, Input, Radio, Select } from "antd";
import { useId, useState } from "react";

import type { JsonSchema } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { Field, type PartProps, text } from "@/pages/intake/DeskField";
import { askedBy, CATEGORIES, SIGNS } from "@/pages/intake/suggestions";
import { readTime } from "@/pages/intake/writtenTime";

type Sign = keyof typeof SIGNS;

const OFFERED = Object.entries(CATEGORIES).map(([value, label]) => ({ value, label }));

interface TimeProps {
  readonly zh: string;
  readonly name: string;
  readonly hint: string;
  readonly part: PartProps;
}

/** A time as it is said; what cannot be read stays as it was typed, and is refused as no time. */
function TimeField({ zh, name, hint, part: { value, set, faultOf } }: TimeProps) {
  const [typed, setTyped] = useState({ text: "", said: "" });
  const said = text(value[name]);
  const isRead = said.includes("T");
  const fault = faultOf(name);
  return (
    <Field zh={zh} fault={fault && !isRead ? "写作 21:30、昨天 21:30 或者 11-29 21:30" : fault} hint={isRead && typed.said === said ? shownInstant(said) : hint}>
      {(id, described) => (
        <Input
          id={id}
          autoComplete="off"
          className="number"
          value={said && typed.said === said ? typed.text : isRead ? shownInstant(said) : said}
          onChange={(event) => {
            const next = event.target.value;
            const at = readTime(next) ?? next.trim();
            setTyped({ text: next, said: at });
            set(name, at || undefined);
          }}
          {...described}
        />
      )}
    </Field>
  );
}

function Urgency({ value, set, cue }: PartProps & { readonly cue: unknown }) {
  const word = value["urgent"] === true ? "" : askedBy(cue, text(value["narrative"]));
  return (
    <div className="urgency">
      <Checkbox
        checked={value["urgent"] === true}
        onChange={(event) => {
          set("urgent", event.target.checked || undefined);
        }}
      >
        <strong>紧急</strong>
      </Checkbox>
      <kbd className="desk-key">Ctrl U</kbd>
      {word && (
        <span className="field-said cue" role="status">
          报警内容写有“{word}”，是否紧急？
        </span>
      )}
    </div>
  );
}

/** Asked of every call and answered by nobody else; where the words speak of it no call goes in without an answer. */
function Missing({ value, set, faultOf, cue }: PartProps & { readonly cue: unknown }) {
  const id = useId();
  const word = askedBy(cue, `${text(value["kind"])}\n${text(value["narrative"])}`);
  const isOpen = typeof value["missing"] !== "boolean";
  const fault = faultOf("missing");
  return (
    <div className={word && isOpen ? "missing asked" : "missing"}>
      <span id={id}>
        <strong>有人失踪、走失</strong>
      </span>
      <Radio.Group
        aria-labelledby={id}
        aria-describedby={`${id}-said`}
        {...(fault ? { "aria-invalid": true } : {})}
        value={isOpen ? null : value["missing"]}
        options={[
          { value: true, label: "是" },
          { value: false, label: "否" },
        ]}
        onChange={(event) => {
          set("missing", event.target.value);
        }}
      />
      <span id={`${id}-said`} className={fault ? "field-said refused-words" : "field-said cue"} role="status">
        {fault ? `✕ ${fault}` : word && isOpen ? `报警内容写有“${word}”，必须回答` : ""}
      </span>
    </div>
  );
}

interface Props extends PartProps {
  readonly schema: JsonSchema | null;
}

/** The word by which a call asks whether somebody is missing, while nobody has answered; empty: it does not. */
export function missingAsked(schema: JsonSchema, value: Readonly<Record<string, unknown>>): string {
  return typeof value["missing"] === "boolean" ? "" : askedBy(schema.properties?.["missing"]?.["x-cue"], `${text(value["kind"])}\n${text(value["narrative"])}`);
}

export function Circumstances({ schema, ...part }: Props) {
  const { value, set, faultOf, onPick } = part;
  const signs = (value["signs"] as readonly Sign[] | undefined) ?? [];
  return (
    <>
      <TimeField zh="接警时间" name="at" hint="不填即为现在；补录的填写 21:30" part={part} />
      <TimeField zh="发生时间" name="happened_at" hint="不填即与接警时间相同" part={part} />
      <Field zh="警情大类" fault={faultOf("category")} hint="按警情类别代填，可改">
        {(id, described) => (
          <Select
            id={id}
            showSearch={{ optionFilterProp: "label" }}
            allowClear
            options={OFFERED}
            value={text(value["category"]) || null}
            onChange={(next: string | null) => {
              set("category", next ?? undefined);
            }}
            onSelect={onPick}
            {...described}
          />
        )}
      </Field>
      <Field zh="接警录音编号" fault={faultOf("recording")}>
        {(id, described) => (
          <Input
            id={id}
            autoComplete="off"
            className="number"
            value={text(value["recording"])}
            onChange={(event) => {
              set("recording", event.target.value);
            }}
            {...described}
          />
        )}
      </Field>
      <div className="wide circumstances">
        <Urgency {...part} cue={schema?.properties?.["urgent"]?.["x-cue"]} />
        <Checkbox.Group
          aria-label="现场情形"
          options={Object.entries(SIGNS).map(([sign, label]) => ({ value: sign, label }))}
          value={[...signs]}
          onChange={(next) => {
            set("signs", next.length > 0 ? next : undefined);
          }}
        />
        <Missing {...part} cue={schema?.properties?.["missing"]?.["x-cue"]} />
      </div>
    </>
  );
}
