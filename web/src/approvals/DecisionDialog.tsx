import "@/approvals/approvals.css";

import { Alert, Button, Form, Input, Modal, Select } from "antd";
import { useMemo, useState } from "react";

import { useMe, useRoster, useWords } from "@/api/queries";
import { type Decidable, idOf, type Outcome, useDecisions, type Verb, VERBS } from "@/approvals/decisions";
import { Cited } from "@/law/Cited";
import { useHeard } from "@/lists/sounds";

interface Props {
  readonly verb: Verb;
  readonly requests: readonly Decidable[];
  readonly onClose: () => void;
}

const SIGNS: Readonly<Record<Outcome["state"], string>> = { waiting: "·", sending: "…", done: "✓", refused: "✕", unsent: "!" };

/** Who else holds the office whose turn it is: to them a request may be handed. */
function useColleagues(office: string) {
  const roster = useRoster().data;
  const words = useWords().data;
  const me = useMe().data?.username;
  return useMemo(() => {
    const units = new Map(roster?.units.map((each) => [each.unit, each.zh]));
    const held = (roster?.people ?? []).filter((each) => each.office === office && each.username !== me);
    const zh = words?.offices[office] ?? office;
    return held.map((each) => ({ value: each.username, label: `${each.zh} · ${units.get(each.unit) ?? each.unit} · ${zh}` }));
  }, [roster, words, me, office]);
}

function Rows({ requests, of }: { readonly requests: readonly Decidable[]; readonly of: (one: Decidable) => Outcome }) {
  return (
    <ul className="decision-rows" aria-live="polite">
      {requests.map((each) => {
        const outcome = of(each);
        return (
          <li key={idOf(each)} className={`decision-${outcome.state}`}>
            <span aria-hidden="true" className="decision-sign">
              {SIGNS[outcome.state]}
            </span>
            <div>
              <div>
                {each.request_zh} · {each.title} <span className="quiet number">{each.matter}</span>
              </div>
              {outcome.words && (
                <div>
                  <Cited text={outcome.basis ? `${outcome.words}（${outcome.basis}）` : outcome.words} />
                </div>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

/** Approve, return or transfer one request or many, with a result for each. */
export default function DecisionDialog({ verb, requests, onClose }: Props) {
  const decisions = useDecisions(verb, requests);
  const heard = useHeard();
  const colleagues = useColleagues(requests[0]?.office ?? "");
  const [words, setWords] = useState(verb === "approve" ? "同意。" : "");
  const [person, setPerson] = useState("");
  const [tried, setTried] = useState(false);
  const offices = new Set(requests.map((each) => each.office));
  const mixed = verb === "transfer" && offices.size > 1;
  const lacksWords = words.trim() === "";
  const lacksPerson = verb === "transfer" && !person;
  const { zh } = VERBS[verb];

  const act = () => {
    setTried(true);
    if (lacksWords || lacksPerson || mixed) return;
    decisions.decide({ words, person });
  };
  const footer = decisions.isWhole
    ? [
        <Button key="close" type="primary" onClick={onClose}>
          完成
        </Button>,
      ]
    : [
        <Button key="cancel" onClick={onClose}>
          关闭
        </Button>,
        <Button key="act" type="primary" danger={verb === "return"} loading={decisions.isDeciding} onClick={act}>
          {decisions.isTried ? "重试未成功的" : `${zh}${requests.length > 1 ? ` ${String(requests.length)} 件` : ""}`}
        </Button>,
      ];
  return (
    <Modal open title={requests.length > 1 ? `${zh} ${String(requests.length)} 件呈请` : `${zh}：${requests[0]?.request_zh ?? ""}`} onCancel={onClose} footer={footer} width={560}>
      {mixed && <Alert type="warning" showIcon title="所选呈请分属不同职务，请分别转办" />}
      <Form layout="vertical" component="div">
        {verb === "transfer" && (
          <Form.Item label="转办给" htmlFor="decision-person" required {...(tried && lacksPerson ? { validateStatus: "error", help: "必须填写" } : {})}>
            <Select
              id="decision-person"
              showSearch={{ filterOption: heard }}
              options={colleagues}
              value={person || null}
              onChange={(next) => {
                setPerson(next ?? "");
              }}
              placeholder="担任同一职务的人"
            />
          </Form.Item>
        )}
        <Form.Item
          label={verb === "approve" ? "审批意见" : `${zh}理由`}
          htmlFor="decision-words"
          required
          {...(tried && lacksWords ? { validateStatus: "error", help: "必须填写" } : {})}
        >
          <Input.TextArea
            id="decision-words"
            rows={3}
            maxLength={8000}
            value={words}
            disabled={decisions.isWhole}
            onChange={(event) => {
              setWords(event.target.value);
            }}
          />
        </Form.Item>
      </Form>
      <Rows requests={requests} of={decisions.of} />
    </Modal>
  );
}
