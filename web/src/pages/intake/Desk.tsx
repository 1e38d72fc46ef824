/** The desk: a form that is ready for the next call at once, what is like it, and what was just entered. */
import { App } from "antd";
import { useCallback, useMemo, useState } from "react";

import type { FieldError } from "@/api/problem";
import { useKinds, useMe } from "@/api/queries";
import { discardDraft, draftOf, keepDraft, newKey } from "@/forms/drafts";
import { faultsOf } from "@/forms/faults";
import { filledIn, prepared } from "@/forms/schema";
import { missingAsked } from "@/pages/intake/Circumstances";
import { DeskForm } from "@/pages/intake/DeskForm";
import { Earlier } from "@/pages/intake/Earlier";
import { Entered } from "@/pages/intake/Entered";
import { type Call, type CallForm, take, takeBack, useOutbox } from "@/pages/intake/outbox";
import { Similar, useSimilar } from "@/pages/intake/Similar";
import { useShortcut } from "@/shell/shortcuts";
import { Loading } from "@/states/states";

// Under which the draft of the desk is kept, apart from that of the same form in a drawer.
const AT = ["incident", "desk"] as const;

function focusFirst(): void {
  document.querySelector<HTMLElement>(".desk-form textarea")?.focus();
}

function isEmpty(form: CallForm): boolean {
  return Object.keys(filledIn(form)).length === 0;
}

export function Desk() {
  const username = useMe().data?.username;
  return username ? <DeskOf key={username} username={username} /> : <Loading />;
}

interface Filling {
  readonly form: CallForm;
  readonly key: string;
  readonly sameAs: string;
  readonly change: (form: CallForm) => void;
  readonly choose: (number: string) => void;
  /** An empty form, or this one, for another call. */
  readonly next: (form?: CallForm) => void;
}

/** What is being filled in, kept on this machine with the key by which it will be sent. */
function useFilling(username: string): Filling {
  const [draft] = useState(() => draftOf(username, ...AT));
  const [form, setForm] = useState<CallForm>(draft?.data ?? {});
  const [key, setKey] = useState(() => draft?.key ?? newKey());
  const [sameAs, choose] = useState("");
  return {
    form,
    key,
    sameAs,
    choose,
    change: (next) => {
      setForm(next);
      if (isEmpty(next)) discardDraft(username, ...AT);
      else keepDraft(username, ...AT, { data: next, key, savedAt: Date.now() });
    },
    next: (start = {}) => {
      const fresh = newKey();
      setForm(start);
      setKey(fresh);
      choose("");
      if (isEmpty(start)) discardDraft(username, ...AT);
      else keepDraft(username, ...AT, { data: start, key: fresh, savedAt: Date.now() });
    },
  };
}

function DeskOf({ username }: { readonly username: string }) {
  const { message } = App.useApp();
  const schema = useKinds().data?.find((each) => each.kind === "incident")?.opens?.form;
  const ready = useMemo(() => (schema ? prepared(schema) : null), [schema]);
  const calls = useOutbox(username);
  const filling = useFilling(username);
  const [faults, setFaults] = useState<readonly FieldError[]>([]);
  const [open, setOpen] = useState("");
  const { form, sameAs } = filling;
  const found = useSimilar({ place: text(form["place"]), narrative: text(form["narrative"]), phone: text(form["reporter_phone"]) });
  const openDispatch = useCallback((number: string) => {
    setOpen(number);
    if (!number) focusFirst();
  }, []);
  const enter = () => {
    const word = ready ? missingAsked(ready, form) : "";
    const wrong = [...(ready ? faultsOf(ready, form) : []), ...(word ? [{ field: "missing", rule: "missing", detail: `报警内容写有“${word}”，必须回答` }] : [])];
    setFaults(wrong);
    if (wrong.length > 0) {
      window.setTimeout(() => {
        const first = document.querySelector<HTMLElement>(".desk-form [aria-invalid=true]");
        // Of several to choose from the first is where one answers.
        (first?.querySelector("input") ?? first)?.focus();
      });
      return;
    }
    take(username, filling.key, filledIn(form), sameAs);
    filling.next();
    focusFirst();
  };
  const correct = (call: Call) => {
    if (!isEmpty(form)) {
      void message.warning("请先录入或者清空当前的表单");
      return;
    }
    takeBack(username, call.key);
    filling.next(call.form);
    setFaults(call.problem?.errors ?? []);
    focusFirst();
  };
  const clear = () => {
    filling.next();
    setFaults([]);
    focusFirst();
  };
  useShortcut("ctrl+Enter", "录入这一警情", enter);
  useShortcut("n", "到报警内容", focusFirst);
  useShortcut("ctrl+u", "标为紧急警情，或者取消", () => {
    filling.change({ ...form, urgent: form["urgent"] === true ? undefined : true });
  });
  useShortcut("ctrl+d", "为刚录入的警情派警", () => {
    const latest = calls.find((each) => each.state === "entered");
    if (latest?.number) setOpen(latest.number);
  });
  return (
    <div className="desk">
      <DeskForm
        schema={ready}
        value={form}
        onChange={(next) => {
          filling.change(next);
          setFaults((before) => before.filter((each) => next[each.field] === form[each.field]));
        }}
        faults={faults}
        before={calls}
        sameAs={sameAs}
        isKept={!isEmpty(form)}
        onSend={enter}
        onClear={clear}
      />
      <div className="desk-side">
        <Earlier citizenNumber={text(form["reporter_citizen_number"])} phone={text(form["reporter_phone"])} />
        <Similar found={found} chosen={sameAs} onChoose={filling.choose} />
        <Entered calls={calls} open={open} onOpen={openDispatch} onCorrect={correct} />
      </div>
    </div>
  );
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
