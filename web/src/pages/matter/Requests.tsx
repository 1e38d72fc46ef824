import { Button } from "antd";
import { useState } from "react";

import { useRoster, useWords } from "@/api/queries";
import type { ApprovalRequest, MatterCard, Step } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import type { Decidable } from "@/approvals/decisions";
import { Deciding } from "@/approvals/Deciding";
import { ApprovalSheet } from "@/approvals/Sheet";

type Signer = ApprovalRequest["turns"][number][number];

interface Props {
  readonly card: MatterCard;
  readonly steps: readonly Step[];
  readonly onOpen: (step: Step) => void;
}

function useNames() {
  const people = useRoster().data?.people ?? [];
  const words = useWords().data;
  return {
    person: (username: string) => people.find((each) => each.username === username)?.zh ?? username,
    office: (office: string) => words?.offices_called[office] ?? words?.offices[office] ?? office,
    step: (step: string) => words?.steps[step] ?? step,
  };
}

function Turns({ turns }: { readonly turns: readonly (readonly Signer[])[] }) {
  const names = useNames();
  const words = (each: Signer) => (each.person ? names.person(each.person) : names.office(each.office));
  const besides = (each: Signer) =>
    [each.delegate && `可由${names.person(each.delegate)}代为审批`, each.added_by && `${names.person(each.added_by)}加签`].filter(Boolean).map((said) => `，${said}`).join("");
  return (
    <ol className="turns" aria-label="审批流转">
      {turns.map((turn, n) => (
        <li key={String(n)}>
          {turn.map((each) => (
            <span key={words(each)} className={each.signed_by ? "turn-signed" : "turn-waiting"}>
              <span aria-hidden="true">{each.signed_by ? "✓ " : "… "}</span>
              {words(each)}
              {each.signed_by ? `（${names.person(each.signed_by)} 已同意）` : `（待审批${besides(each)}）`}
            </span>
          ))}
        </li>
      ))}
    </ol>
  );
}

interface OfVerbs {
  readonly card: MatterCard;
  readonly request: ApprovalRequest;
  readonly zh: string;
  readonly verbs: readonly Step[];
  readonly onOpen: (step: Step) => void;
}

/** What I may do about it: whoever approves does so on the spot, with a form of its own where more is to be said. */
function Verbs({ card, request, zh, verbs, onOpen }: OfVerbs) {
  const [returning, setReturning] = useState(false);
  const approving = verbs.find((step) => step.step === "approve");
  const one: Decidable = { matter: card.number, title: card.title, request: request.step, request_zh: zh, asked_at_seq: request.seq, seq: card.seq, office: approving?.office ?? "" };
  const others = verbs.map((step) => (
    <Button
      key={step.step}
      onClick={() => {
        onOpen(step);
      }}
    >
      {step.title.split(/[:：]/)[0]}
      {approving && (step.step === "approve" || step.step === "return") ? "（填写意见）" : ""}
    </Button>
  ));
  return (
    <div className="steps">
      {approving ? (
        <Deciding one={one} returning={returning} onReturning={setReturning}>
          {others}
        </Deciding>
      ) : (
        others
      )}
    </div>
  );
}

/** What awaits approval, with the form as it was filled in, whose turn it is, and what I may do about it. */
export function Requests({ card, steps, onOpen }: Props) {
  const names = useNames();
  return card.requests.map((request) => {
    const verbs = steps.filter((step) => step.request === request.step);
    return (
      <section key={request.step} className="panel request" aria-label={`等待审批：${names.step(request.step)}`}>
        <div className="panel-head">
          <h2>等待审批：{names.step(request.step)}</h2>
          <span className="quiet">
            {names.person(request.asked_by.person)} 呈请于 {shownInstant(request.asked_at)}
            {request.asker !== request.asked_by.person && (request.asker ? `，现由${names.person(request.asker)}接手` : "，呈请人已不在任")}
          </span>
        </div>
        {request.vacant && <p role="note">现无人可以审批，可以由单位负责人退回呈请人。</p>}
        {request.turns.length > 0 ? <Turns turns={request.turns} /> : <p>待 {request.awaiting.map(names.office).join("、")} 审批</p>}
        <ApprovalSheet number={card.number} seq={request.seq} within />
        <Verbs card={card} request={request} zh={names.step(request.step)} verbs={verbs} onOpen={onOpen} />
      </section>
    );
  });
}
