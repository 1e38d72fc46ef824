/** A form in a drawer: what it is, on what it rests, its fields, and what the server said of it. */
import { Alert, App, Button, Drawer } from "antd";
import { type ReactNode, useEffect, useId, useMemo, useRef } from "react";

import type { ProblemDocument } from "@/api/problem";
import { useWords } from "@/api/queries";
import type { JsonSchema, Receipt } from "@/api/shapes";
import { relevant } from "@/forms/conditions";
import type { Party } from "@/forms/PartyWidget";
import type { Thing } from "@/forms/pickers";
import { bringIntoSight } from "@/forms/reaching";
import { prepared } from "@/forms/schema";
import { SchemaForm } from "@/forms/SchemaForm";
import { type Destination, type Sending, useSending } from "@/forms/sending";
import { Cited } from "@/law/Cited";

export interface FormSheet {
  readonly title: string;
  readonly form: JsonSchema;
  readonly basis: string;
  readonly document?: string;
  readonly by?: string;
  readonly approvedBy?: readonly string[];
}

interface Props {
  readonly sheet: FormSheet;
  readonly to: Destination;
  readonly people?: readonly Party[];
  readonly things?: readonly Thing[];
  readonly unit?: string;
  /** What is asked for besides the fields. */
  readonly attachments?: ReactNode;
  /** The names of the files among that. */
  readonly files?: readonly string[];
  /** What stands in the place of the form once it was accepted. */
  readonly afterwards?: ReactNode;
  readonly onClose: () => void;
  readonly onDone: (receipt: Receipt) => void;
}

/** A refusal with its article: why not, and what would be open instead. */
export function Refusal({ problem }: { readonly problem: ProblemDocument }) {
  return (
    <InSight>
      <Alert
        type="error"
        showIcon
        role="alert"
        className="form-refused"
        title={problem.title}
        description={
          <>
            {problem.detail !== problem.title && (
              <div>
                <Cited text={problem.detail} />
              </div>
            )}
            {problem.basis && (
              <div>
                依据：
                <Cited text={problem.basis} />
              </div>
            )}
          </>
        }
      />
    </InSight>
  );
}

/** What stands above a form, which may be scrolled down when it comes. */
function InSight({ children }: { readonly children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    bringIntoSight(ref.current);
  }, []);
  return <div ref={ref}>{children}</div>;
}

function Facts({ sheet }: { readonly sheet: FormSheet }) {
  const words = useWords().data;
  const approvers = (sheet.approvedBy ?? []).map((each) => words?.offices[each] ?? each).join("、");
  const rows: readonly (readonly [string, ReactNode])[] = [
    ["依据", sheet.basis && <Cited text={sheet.basis} />],
    ["办理人身份", sheet.by],
    ["审批", approvers && `须经${approvers}批准`],
    ["文书", sheet.document],
  ];
  const said = rows.filter(([, value]) => value);
  if (said.length === 0) return null;
  return (
    <dl className="form-facts">
      {said.map(([name, value]) => (
        <div key={name} style={{ display: "contents" }}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function useMovedOn(sending: Sending, onLook: () => void): void {
  const { modal } = App.useApp();
  const { movedOn } = sending;
  useEffect(() => {
    if (movedOn === null) return;
    const dialogue = modal.confirm({
      title: "事项已有更新",
      content: "在您填写期间，这一事项已由他人办理了新的步骤。您填写的内容都还在。",
      okText: "仍按所填内容提交",
      cancelText: "先看最新情况",
      onOk: () => {
        sending.sendOver();
      },
      onCancel: onLook,
    });
    return () => {
      dialogue.destroy();
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- asked once for each time it moved on
  }, [movedOn, modal]);
}

export function FormDrawer({ sheet, to, people, things, unit, attachments, files = [], afterwards, onClose, onDone }: Props) {
  const whole = useMemo(() => prepared(sheet.form), [sheet.form]);
  const sending = useSending({ ...to, send: (form, key, seq) => to.send(relevant(whole, form), key, seq) }, files, onDone);
  useMovedOn(sending, onClose);
  const awaits = (sheet.approvedBy ?? []).length > 0;
  const id = useId();
  // Beneath what scrolls and not upon it, so that no field and no button of the form lies half under them.
  const buttons = (
    <div className="form-buttons">
      <Button type="primary" htmlType="submit" form={id} loading={sending.isSending}>
        {awaits ? "呈请审批" : "提交"} <kbd>Ctrl Enter</kbd>
      </Button>
      <Button onClick={onClose}>关闭（保留草稿）</Button>
      {sending.resumed && (
        <Button type="text" onClick={sending.discard}>
          丢弃草稿
        </Button>
      )}
    </div>
  );
  return (
    <Drawer title={sheet.title} open onClose={onClose} size="min(560px, 100vw)" destroyOnHidden footer={afterwards ? null : buttons}>
      {afterwards || (
        <>
          <Facts sheet={sheet} />
          {sending.refusal && <Refusal problem={sending.refusal} />}
          {sending.connectionLost && (
            <InSight>
              <Alert
                type="warning"
                showIcon
                role="alert"
                className="form-refused"
                title="暂时没有送达"
                description="内容保存在本机。连接恢复后请再次提交：同一份表单只会办理一次。"
              />
            </InSight>
          )}
          <SchemaForm
            id={id}
            schema={sheet.form}
            value={sending.data}
            onChange={sending.change}
            errors={sending.fieldErrors}
            onSubmit={sending.send}
            disabled={sending.isSending}
            {...(people ? { people } : {})}
            {...(things ? { things } : {})}
            {...(unit ? { unit } : {})}
          >
            {attachments}
            {sending.resumed && (
              <p className="draft-note">
                已恢复您上次没有提交的草稿。
                {sending.filesLost.length > 0 && `当时的附件没有保存，需要重新选择：${sending.filesLost.join("、")}。`}
              </p>
            )}
          </SchemaForm>
        </>
      )}
    </Drawer>
  );
}
