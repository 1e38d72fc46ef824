/** Any form of the API, made from its JSON Schema: checked as it is typed, and showing what the server refused at its fields. */
import "@/forms/forms.css";

import { withTheme } from "@rjsf/core";
import { Theme } from "@rjsf/antd";
import type { ErrorSchema, Experimental_DefaultFormStateBehavior, RegistryWidgetsType, RJSFSchema } from "@rjsf/utils";
import { Alert } from "antd";
import { type FormEvent, type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from "react";

import type { FieldError } from "@/api/problem";
import { useRoster, useWords } from "@/api/queries";
import type { JsonSchema } from "@/api/shapes";
import { appearance, helped } from "@/forms/appearance";
import { idleIn, without, withPresets } from "@/forms/conditions";
import { faultsOf } from "@/forms/faults";
import { FactWidget } from "@/forms/FactWidget";
import { FieldFaults } from "@/forms/FieldFaults";
import { type Party, PartyWidget } from "@/forms/PartyWidget";
import { ChargeWidget, ColleagueWidget, OfficersWidget, OfficerWidget, SeveralWidget, type Thing, ThingsWidget, UnitWidget, ViolationWidget } from "@/forms/pickers";
import { FieldsTemplate, RowsTemplate, RowTemplate } from "@/forms/rows";
import { reach } from "@/forms/reaching";
import { prepared, topField } from "@/forms/schema";
import { ToldWidget } from "@/forms/ToldWidget";
import { inChinese } from "@/forms/words";
import validator from "@/forms/validator";
import { ChoiceWidget, CitizenWidget, DayWidget, ExtensionWidget, InstantWidget, LengthWidget, YesOrNoWidget } from "@/forms/widgets";
import { Cited } from "@/law/Cited";

export type FormData = Record<string, unknown>;

const RjsfForm = withTheme<FormData>(Theme);

const WIDGETS: RegistryWidgetsType<FormData> = {
  SelectWidget: ChoiceWidget,
  instant: InstantWidget,
  day: DayWidget,
  citizen: CitizenWidget,
  length: LengthWidget,
  extension: ExtensionWidget,
  yesOrNo: YesOrNoWidget,
  charge: ChargeWidget,
  violation: ViolationWidget,
  unit: UnitWidget,
  officer: OfficerWidget,
  officers: OfficersWidget,
  colleague: ColleagueWidget,
  several: SeveralWidget,
  party: PartyWidget,
  fact: FactWidget,
  told: ToldWidget,
  things: ThingsWidget,
};

const TEMPLATES = { ArrayFieldTemplate: RowsTemplate, ArrayFieldItemTemplate: RowTemplate, ObjectFieldTemplate: FieldsTemplate, FieldErrorTemplate: FieldFaults };

// The first row of a list of things is there to be filled in; nobody is put among the officers by the form.
const EMPTY: Experimental_DefaultFormStateBehavior = {
  arrayMinItems: { computeSkipPopulate: (_, schema) => (schema?.items as { readonly type?: string } | undefined)?.type !== "object" },
};

interface Props {
  /** Of the form, which a button outside of it names. */
  readonly id: string;
  readonly schema: JsonSchema;
  readonly value: FormData;
  readonly onChange: (next: FormData) => void;
  /** What the server refused, by field. */
  readonly errors?: readonly FieldError[];
  /** Called when nothing is wrong any more as far as can be seen from here. */
  readonly onSubmit: () => void;
  readonly people?: readonly Party[];
  readonly things?: readonly Thing[];
  readonly unit?: string;
  readonly disabled?: boolean;
  readonly children?: ReactNode;
}

function errorSchemaOf(errors: readonly FieldError[]): ErrorSchema<FormData> {
  const root: ErrorSchema<FormData> = {};
  for (const { field, detail } of errors) {
    let here = root as Record<string, unknown> & { __errors?: string[] };
    for (const part of field.split(".").filter(Boolean)) here = (here[part] ??= {}) as typeof here;
    here.__errors = [...(here.__errors ?? []), detail];
  }
  return root;
}

export function SchemaForm(props: Props) {
  const { id, schema, value, onChange, errors = [], onSubmit, people, things, unit, disabled, children } = props;
  const words = useWords().data;
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const [tried, setTried] = useState(false);
  const whole = useMemo(() => prepared(schema), [schema]);
  const idle = idleIn(whole, value).join(" ");
  const ready = useMemo(() => without(whole, idle.split(" ")), [whole, idle]);
  const read = useMemo(() => helped(ready), [ready]);
  const officers = useRoster().data?.people;
  // What offers offices or people to pick from calls them as people do.
  const called = useMemo(() => ({ ...Object.fromEntries((officers ?? []).map((each) => [each.username, each.zh])), ...words?.offices }), [officers, words]);
  const looks = useMemo(() => appearance(ready, called), [ready, called]);
  const faults = useMemo(() => faultsOf(ready, value), [ready, value]);
  const known = ready.properties ?? {};
  const shown = faults.filter((each) => tried || isTouched(each.field.split("."), touched));
  const outside = errors.filter((each) => !((each.field.split(".")[0] ?? "") in known));
  const marked = [...shown, ...errors.filter((each) => !outside.includes(each))];
  const refused = errors.find((each) => !outside.includes(each))?.field;
  useEffect(() => {
    if (refused) reach(refused);
  }, [refused]);

  /** Fill in several fields at once, as a widget does that knows what belongs together. */
  const set = (values: FormData) => {
    onChange(withPresets(whole, { ...value, ...values }));
  };
  const submit = (event?: FormEvent) => {
    event?.preventDefault();
    setTried(true);
    const first = faults[0];
    if (first) reach(first.field);
    else onSubmit();
  };
  const keyed = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing || disabled) return;
    // Before a pick list takes it for the choice of an entry.
    event.preventDefault();
    event.stopPropagation();
    submit();
  };
  return (
    <div className="schema-form" role="group" aria-label="表单内容" onKeyDownCapture={keyed}>
      {outside.map((each) => (
        <Alert key={each.detail} type="error" showIcon title={<Cited text={each.detail} />} role="alert" />
      ))}
      <RjsfForm
        id={id}
        schema={read as unknown as RJSFSchema}
        uiSchema={looks}
        validator={validator}
        widgets={WIDGETS}
        templates={TEMPLATES}
        experimental_defaultFormStateBehavior={EMPTY}
        formData={value}
        formContext={{ data: value, people, things, unit, fields: whole.properties ?? {}, set, descriptionLocation: "below" }}
        extraErrors={errorSchemaOf(marked)}
        translateString={inChinese}
        noValidate
        noHtml5Validate
        showErrorList={false}
        disabled={disabled ?? false}
        onChange={(event, field) => {
          if (field) setTouched((before) => new Set([...before, topField(field), fieldNamed(topField(field), known)]));
          onChange(withPresets(whole, event.formData ?? {}));
        }}
        onBlur={(field) => {
          setTouched((before) => new Set([...before, topField(field), fieldNamed(topField(field), known)]));
        }}
        onSubmit={(_, event) => {
          submit(event);
        }}
      >
        {/* Never nothing, for which the library puts a button of its own. */}
        <>{children}</>
      </RjsfForm>
    </div>
  );
}

/** Whether somebody has been at a field; within a row of a list at that very one, since the row was empty when it came. */
function isTouched(path: readonly string[], touched: ReadonlySet<string>): boolean {
  const isOfRow = path.length > 2;
  return touched.has(path.join("_")) || (!isOfRow && touched.has(path[0] ?? ""));
}

/** The field to which an id within the form belongs: `persons_0` to `persons`. */
function fieldNamed(id: string, known: Readonly<Record<string, unknown>>): string {
  return Object.keys(known).find((name) => id === name || id.startsWith(`${name}_`)) ?? id;
}
