/** What two people set (双人设定): the frame of what is proposed, of what holds with a way to propose more, and the button of whoever confirms. */
import { useMutation } from "@tanstack/react-query";
import { App, Button, Drawer } from "antd";
import { type ReactNode, useState } from "react";

import { useMe } from "@/api/queries";
import { saidOf } from "@/pages/administration/told";
import { Nothing } from "@/states/states";

/** The page to which the task of whoever confirms leads. */
export function SettingPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <>
      <div className="page-head">
        <h1>{title}</h1>
      </div>
      {children}
    </>
  );
}

/** What waits for a second person; `empty`: nothing does. */
export function ProposedSettings({ called, explained, empty, children }: { readonly called: string; readonly explained: string; readonly empty: boolean; readonly children: ReactNode }) {
  return (
    <section className="panel" aria-label={`待确认的${called}`}>
      <h2>待确认的{called}</h2>
      <p className="quiet">{explained}</p>
      {empty ? <Nothing>没有待确认的{called}</Nothing> : children}
    </section>
  );
}

interface HeldProps {
  readonly title: string;
  /** What the button says, and the drawer that it opens. */
  readonly propose: string;
  readonly called?: string;
  readonly width: number | string;
  /** The form of a proposal, which ends when it is done. */
  readonly form: (onDone: () => void) => ReactNode;
  readonly children: ReactNode;
}

/** What holds, and for whoever administers a way to propose it. */
export function HeldSettings({ title, propose, called = propose, width, form, children }: HeldProps) {
  const [proposing, setProposing] = useState(false);
  const administers = useAdministers();
  return (
    <section className="panel" aria-label={title}>
      <div className="filter-row">
        <h2>{title}</h2>
        <span className="stretch" />
        {administers && (
          <Button
            aria-label={called}
            onClick={() => {
              setProposing(true);
            }}
          >
            {propose}
          </Button>
        )}
      </div>
      {children}
      <Drawer
        title={called}
        open={proposing}
        destroyOnHidden
        size={width}
        onClose={() => {
          setProposing(false);
        }}
      >
        {form(() => {
          setProposing(false);
        })}
      </Drawer>
    </section>
  );
}

export function useAdministers(): boolean {
  return useMe().data?.offices.some((each) => each.office === "administrator") ?? false;
}

interface DecidingProps {
  /** What the button says, and on what it decides. */
  readonly act: string;
  readonly called: string;
  readonly asks: string;
  readonly explained: string;
  readonly ok: string;
  readonly primary?: boolean;
  readonly send: () => Promise<unknown>;
  readonly done: string;
  readonly stale: () => void;
}

/** A button that asks once more, and then does it. */
export function Deciding({ act, called, asks, explained, ok, primary = false, send, done, stale }: DecidingProps) {
  const { message, modal } = App.useApp();
  const deciding = useMutation({
    mutationFn: send,
    onSuccess: () => {
      void message.success(done);
    },
    onError: (error) => {
      void message.error(saidOf(error));
    },
    onSettled: stale,
  });
  return (
    <Button
      size="small"
      {...(primary ? { type: "primary" } : {})}
      aria-label={called}
      loading={deciding.isPending}
      onClick={() => {
        modal.confirm({
          title: asks,
          content: explained,
          okText: ok,
          cancelText: "取消",
          onOk: () => {
            deciding.mutate();
          },
        });
      }}
    >
      {act}
    </Button>
  );
}

/** What stands where somebody else is to confirm. */
export function AwaitingConfirmation() {
  return <span className="quiet">待督察或者法制员确认</span>;
}

/** A refusal under a form. */
export function RefusedWords({ error }: { readonly error: Error }) {
  return (
    <p role="alert" className="refused-words">
      ✕ {saidOf(error)}
    </p>
  );
}
