/** The call itself: what happened first, then where, what kind, who goes, who called. By keyboard from beginning to end. */
import { AutoComplete, Button, Input, Select } from "antd";
import { type KeyboardEvent, useRef } from "react";

import type { FieldError } from "@/api/problem";
import { useRoster } from "@/api/queries";
import type { JsonSchema } from "@/api/shapes";
import { citizenTyped } from "@/forms/citizen";
import { useHeard } from "@/lists/sounds";
import { CHANNELS } from "@/pages/intake/channels";
import { Circumstances } from "@/pages/intake/Circumstances";
import { Field, type PartProps, text } from "@/pages/intake/DeskField";
import { byKeyboard, moveOn } from "@/pages/intake/keyboard";
import type { CallForm } from "@/pages/intake/outbox";
import { answering, categoryOf, COMMON_KINDS, kindsFor, unitFor } from "@/pages/intake/suggestions";

const OFFERED = Object.entries(CHANNELS).map(([value, label]) => ({ value, label }));

export interface DeskFormProps {
  readonly schema: JsonSchema | null;
  readonly value: CallForm;
  readonly onChange: (next: CallForm) => void;
  readonly faults: readonly FieldError[];
  readonly before: readonly { readonly place: string; readonly unit: string }[];
  readonly sameAs: string;
  readonly isKept: boolean;
  readonly onSend: () => void;
  readonly onClear: () => void;
}

export function DeskForm(props: DeskFormProps) {
  const { schema, value, onChange, faults, before, sameAs, isKept, onSend, onClear } = props;
  const frame = useRef<HTMLFormElement>(null);
  const set = (name: string, next: unknown) => {
    onChange({ ...value, [name]: next, ...(name === "kind" ? { category: categoryOf(text(next)) } : {}) });
  };
  const faultOf = (name: string) => faults.find((each) => each.field === name)?.detail;
  const pick = () => {
    const here = document.activeElement;
    // The list closes first; only then is there a next field to go to.
    window.setTimeout(() => {
      if (frame.current && here) moveOn(frame.current, here);
    });
  };
  return (
    <form
      ref={frame}
      className="panel desk-form"
      aria-label="接警录入"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
      }}
      onKeyDownCapture={(event: KeyboardEvent<HTMLElement>) => {
        byKeyboard(event, onSend);
      }}
    >
      <Field zh="报警内容" required wide fault={faultOf("narrative")} hint="Enter 到下一项，Shift+Enter 换行">
        {(id, described) => (
          <Input.TextArea
            id={id}
            autoFocus
            data-first
            className="narrative"
            autoSize={{ minRows: 4, maxRows: 12 }}
            placeholder="照报警人的话记：何时、何地、何人、何事、现在怎样"
            value={text(value["narrative"])}
            onChange={(event) => {
              set("narrative", event.target.value);
            }}
            {...described}
          />
        )}
      </Field>
      <Answer value={value} set={set} faultOf={faultOf} onPick={pick} before={before} />
      <Caller value={value} set={set} faultOf={faultOf} onPick={pick} />
      <Circumstances schema={schema} value={value} set={set} faultOf={faultOf} onPick={pick} />
      {sameAs && (
        <p className="wide same-as" role="status">
          ⧉ 录入后记为对 <span className="number">{sameAs}</span> 的重复报案，不再另行登记
        </p>
      )}
      <div className="wide send-row">
        <Button type="primary" size="large" data-last onClick={onSend}>
          录入 <kbd>Ctrl Enter</kbd>
        </Button>
        <Button size="large" onClick={onClear}>
          清空
        </Button>
        <span className="quiet">{isKept && "草稿已存在本机"}</span>
        <span className="quiet desk-keys">
          <kbd>Enter</kbd> 下一项 <kbd>Ctrl D</kbd> 派警 <kbd>N</kbd> 回到报警内容
        </span>
      </div>
    </form>
  );
}

/** Where it happened, what kind of thing it is, and who goes: the last two are proposed from what was said before. */
function Answer({ value, set, faultOf, onPick, before }: PartProps & { readonly before: DeskFormProps["before"] }) {
  const heard = useHeard();
  const units = answering(useRoster().data?.units ?? []);
  const kinds = kindsFor(text(value["narrative"]));
  const unit = unitFor(text(value["place"]), units, before);
  const others = COMMON_KINDS.filter((each) => !kinds.includes(each));
  const suggested = (name: string, suggestion: string | undefined) => {
    if (!value[name] && suggestion) set(name, suggestion);
  };
  return (
    <>
        <Field zh="发生地点" required wide fault={faultOf("place")}>
          {(id, described) => (
            <Input
              id={id}
              value={text(value["place"])}
              onChange={(event) => {
                set("place", event.target.value);
              }}
              {...described}
            />
          )}
        </Field>
        <Field zh="警情类别" required fault={faultOf("kind")} hint={kinds[0] && value["kind"] === kinds[0] ? "按报警内容建议，可改" : ""}>
          {(id, described) => (
            <AutoComplete
              id={id}
              defaultActiveFirstOption={false}
              options={[...kinds, ...others].map((each) => ({ value: each }))}
              showSearch={{ filterOption: (input, option) => !input || kinds.includes(input) || Boolean(option?.value.includes(input)) }}
              value={text(value["kind"])}
              onFocus={(event) => {
                suggested("kind", kinds[0]);
                const input = event.target as HTMLInputElement;
                // What was proposed is typed over.
                window.setTimeout(() => {
                  input.select();
                });
              }}
              onChange={(next: string) => {
                set("kind", next);
              }}
              onSelect={onPick}
              {...described}
            />
          )}
        </Field>
        <Field zh="处警单位" fault={faultOf("unit")} hint={unit && value["unit"] === unit ? "按地点建议，可改" : ""}>
          {(id, described) => (
            <Select
              id={id}
              showSearch={{ filterOption: heard }}
              allowClear
              placeholder="不填则留在本单位"
              options={units.map((each) => ({ value: each.unit, label: each.zh }))}
              value={text(value["unit"]) || undefined}
              onFocus={() => {
                suggested("unit", unit);
              }}
              onChange={(next: string | undefined) => {
                set("unit", next);
              }}
              onSelect={onPick}
              {...described}
            />
          )}
        </Field>
    </>
  );
}

/** Who called, and how. */
function Caller({ value, set, faultOf, onPick }: PartProps) {
  return (
    <>
      <Field zh="报警人电话" fault={faultOf("reporter_phone")}>
        {(id, described) => (
          <Input
            id={id}
            type="tel"
            autoComplete="off"
            className="number"
            value={text(value["reporter_phone"])}
            onChange={(event) => {
              set("reporter_phone", event.target.value);
            }}
            {...described}
          />
        )}
      </Field>
      <Field zh="报警人姓名" fault={faultOf("reporter")}>
        {(id, described) => (
          <Input
            id={id}
            autoComplete="off"
            value={text(value["reporter"])}
            onChange={(event) => {
              set("reporter", event.target.value);
            }}
            {...described}
          />
        )}
      </Field>
      <Field zh="公民身份号码" fault={faultOf("reporter_citizen_number")}>
        {(id, described) => (
          <Input
            id={id}
            autoComplete="off"
            className="number"
            value={text(value["reporter_citizen_number"])}
            onChange={(event) => {
              set("reporter_citizen_number", citizenTyped(event.target.value));
            }}
            {...described}
          />
        )}
      </Field>
      <Field zh="报警方式" fault={faultOf("channel")}>
        {(id, described) => (
          <Select
            id={id}
            options={OFFERED}
            value={text(value["channel"]) || "110"}
            onChange={(next: string) => {
              set("channel", next);
            }}
            onSelect={onPick}
            {...described}
          />
        )}
      </Field>
    </>
  );
}
