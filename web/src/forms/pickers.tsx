/** Pick lists of the bureau and of the law: units, officers, people of the matter, charges and violations. */
import type { WidgetProps } from "@rjsf/utils";
import { AutoComplete, Select, TreeSelect } from "antd";
import { useMemo, useState } from "react";

import { useMe, useOffences, useRoster, useWords } from "@/api/queries";
import type { Charge, Holder } from "@/api/shapes";
import { described } from "@/forms/widgets";
import { Cited } from "@/law/Cited";
import { found } from "@/lists/finding";
import { usePatrols } from "@/lists/patrols";
import { useHeard } from "@/lists/sounds";
import { branches } from "@/lists/unitTree";

export function UnitWidget({ id, value, disabled, onChange, onBlur }: WidgetProps) {
  const units = useRoster().data?.units;
  const tree = useMemo(() => branches(units ?? []), [units]);
  const heard = useHeard();
  return (
    <TreeSelect
      id={id}
      treeData={tree}
      value={(value as string | undefined) || undefined}
      showSearch={{ filterTreeNode: heard }}
      treeDefaultExpandAll
      allowClear
      disabled={disabled ?? false}
      placeholder="选择单位，可输入名称、拼音"
      onChange={(next: string | undefined) => {
        onChange(next);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      style={{ width: "100%" }}
      {...described(id)}
    />
  );
}

interface Person {
  readonly value: string;
  readonly label: string;
  readonly name: string;
}

/** Everyone who holds an office, once, with where they sit; those of `near` first. */
function usePeople(near: string): Person[] {
  const roster = useRoster().data;
  const words = useWords().data;
  return useMemo(() => {
    const units = new Map(roster?.units.map((each) => [each.unit, each.zh]));
    const byName = new Map<string, Holder[]>();
    for (const each of roster?.people ?? []) byName.set(each.username, [...(byName.get(each.username) ?? []), each]);
    const people = [...byName.values()].map((held) => ({ held, near: held.some((each) => each.unit === near) }));
    people.sort((one, other) => Number(other.near) - Number(one.near));
    return people.flatMap(({ held }) => {
      const first = held[0];
      if (!first) return [];
      const offices = [...new Set(held.map((each) => words?.offices[each.office] ?? each.office))].join("、");
      return [{ value: first.username, name: first.zh, label: `${first.zh} · ${units.get(first.unit) ?? first.unit} · ${offices}` }];
    });
  }, [roster, words, near]);
}

// How a form calls whoever goes to an incident.
const SENT = "处警民警";

function chosenUnit({ registry }: WidgetProps): string {
  const context = registry.formContext as { readonly data?: { readonly unit?: string }; readonly unit?: string };
  return context.data?.unit ?? context.unit ?? "";
}

export function OfficerWidget(props: WidgetProps) {
  const { id, value, disabled, onChange, onBlur } = props;
  const unit = chosenUnit(props);
  // Where a unit is sent, those of it who go out are chosen from, by what they have in hand; nobody else can go.
  const sent = usePatrols(props.label === SENT ? unit : "");
  const everybody = usePeople(unit);
  const people = sent ? [...sent] : everybody;
  const heard = useHeard();
  return (
    <Select
      id={id}
      showSearch={{ filterOption: heard }}
      allowClear
      options={people}
      value={(value as string | undefined) || undefined}
      disabled={disabled ?? false}
      placeholder="选择人员，可输入姓名、拼音、单位"
      onChange={(next: string | undefined) => {
        onChange(next);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      {...described(id)}
    />
  );
}

export function OfficersWidget(props: WidgetProps) {
  const { id, value, disabled, onChange } = props;
  const people = usePeople(chosenUnit(props));
  const heard = useHeard();
  return (
    <Select
      id={id}
      mode="multiple"
      showSearch={{ filterOption: heard }}
      options={people}
      value={(value as string[] | undefined) ?? []}
      disabled={disabled ?? false}
      placeholder="选择人员"
      onChange={(next: string[]) => {
        onChange(next);
      }}
      {...described(id)}
    />
  );
}

/** A name, proposed from the bureau's own people but for oneself: nobody is their own companion. */
export function ColleagueWidget(props: WidgetProps) {
  const { id, value, disabled, onChange, onBlur } = props;
  const me = useMe().data?.username;
  const people = usePeople(chosenUnit(props)).filter((each) => each.value !== me);
  const heard = useHeard();
  return (
    <AutoComplete
      id={id}
      options={people.map((each) => ({ value: each.name, label: each.label }))}
      value={(value as string | undefined) ?? ""}
      disabled={disabled ?? false}
      showSearch={{ filterOption: heard }}
      onChange={(next: string) => {
        onChange(next || undefined);
      }}
      onBlur={() => {
        onBlur(id, value);
      }}
      style={{ width: "100%" }}
      {...described(id)}
    />
  );
}

/** Several of a few values, by their Chinese names: offices, or what the field itself calls them. */
export function SeveralWidget({ id, value, disabled, schema, options, onChange }: WidgetProps) {
  const words = useWords().data;
  const called = (options["called"] ?? {}) as Readonly<Record<string, string>>;
  const values = ((schema.items as { readonly enum?: readonly string[] } | undefined)?.enum ?? []).map((each) => ({
    value: each,
    label: called[each] ?? words?.offices[each] ?? each,
  }));
  return (
    <Select
      id={id}
      mode="multiple"
      options={values}
      showSearch={{ optionFilterProp: "label" }}
      value={(value as string[] | undefined) ?? []}
      disabled={disabled ?? false}
      onChange={(next: string[]) => {
        onChange(next);
      }}
      {...described(id)}
    />
  );
}

export interface Thing {
  readonly number: string;
  readonly title: string;
}

/** Things of the matter, by what they are and their numbers; a number may be typed as well. */
export function ThingsWidget({ id, value, disabled, registry, onChange }: WidgetProps) {
  const things = (registry.formContext as { readonly things?: readonly Thing[] }).things ?? [];
  return (
    <Select
      id={id}
      mode="tags"
      options={things.map((each) => ({ value: each.number, label: `${each.title} ${each.number}` }))}
      showSearch={{ optionFilterProp: "label" }}
      value={(value as string[] | undefined) ?? []}
      disabled={disabled ?? false}
      placeholder="选择本案的财物"
      onChange={(next: string[]) => {
        onChange(next);
      }}
      {...described(id)}
    />
  );
}

interface OfOffences {
  readonly widget: WidgetProps;
  readonly law: string;
  readonly offences: readonly Charge[];
}

/** Offences by name, everyday word, pinyin, article or code: the best answer first, and the choice read back with its article. */
function OffenceSelect({ widget, law, offences }: OfOffences) {
  const { id, value, disabled, onChange, onBlur } = widget;
  const [typed, setTyped] = useState("");
  const answers = useMemo(() => found(offences.map((each) => ({ ...each, besides: `${each.article}${each.code}` })), typed), [offences, typed]);
  const chosen = offences.find((each) => each.code === value);
  const label = ({ zh, article }: Charge) => `${zh}（${article}）`;
  // What was chosen is called by its name though it does not answer what is typed.
  const listed = chosen && !answers.some((each) => each.code === chosen.code) && typed === "" ? [chosen, ...answers] : answers;
  return (
    <>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: setTyped }}
        allowClear
        options={listed.map((each) => ({ value: each.code, label: label(each) }))}
        labelRender={() => (chosen ? label(chosen) : "")}
        value={(value as string | undefined) || undefined}
        disabled={disabled ?? false}
        placeholder="名称、俗称、拼音或者条文，例如 打架、odtr、第51条"
        notFoundContent="没有相符的，请换个说法"
        onChange={(next: string | undefined) => {
          setTyped("");
          onChange(next);
        }}
        onBlur={() => {
          setTyped("");
          onBlur(id, value);
        }}
        {...described(id)}
      />
      {chosen && (
        <div className="chosen-offence" role="status">
          已选：<strong>{chosen.zh}</strong> <Cited text={`《${law}》${chosen.article}`} />
        </div>
      )}
    </>
  );
}

export function ChargeWidget(props: WidgetProps) {
  return <OffenceSelect widget={props} law="刑法" offences={useOffences().data?.charges ?? []} />;
}

export function ViolationWidget(props: WidgetProps) {
  return <OffenceSelect widget={props} law="治安管理处罚法" offences={useOffences().data?.violations ?? []} />;
}
