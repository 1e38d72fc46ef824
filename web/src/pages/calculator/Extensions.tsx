import { PlusOutlined } from "@ant-design/icons";
import { Button, InputNumber, Tag } from "antd";
import { useState } from "react";

import { Cited } from "@/law/Cited";
import { Field, type FactsProps } from "@/pages/calculator/Field";
import { type Offer, stepWords } from "@/pages/calculator/question";

/** One extension that the law offers, with its grounds and who approves it; of “up to” less may be taken. */
function Offered({ offer, onTake }: { readonly offer: Offer; readonly onTake: (step: string) => void }) {
  const most = Number(/\d+/.exec(offer.step)?.[0] ?? 0);
  const [n, setN] = useState(most);
  const step = offer.step.replace(/\d+/, String(n));
  return (
    <li>
      <div>
        <b>{stepWords(offer.step)}</b>
        {offer.up_to && "以内"}
        {offer.times !== null && <span className="quiet"> · {offer.times === 1 ? "一次" : `至多 ${String(offer.times)} 次`}</span>}
        {offer.of_base && <span className="quiet"> · 限 {stepWords(`+${offer.of_base}`).replace("延长", "")}的</span>}
      </div>
      <div>事由：{offer.grounds}</div>
      <div className="quiet">批准：{offer.approver_zh || "法律未另行规定"}</div>
      <div className="offer-take">
        {offer.up_to && <InputNumber aria-label={`${stepWords(offer.step)}以内，取多少`} size="small" min={1} max={most} value={n} onChange={(value) => { setN(value ?? most); }} />}
        <Button
          size="small"
          icon={<PlusOutlined />}
          onClick={() => {
            onTake(step);
          }}
        >
          {stepWords(step)}
        </Button>
      </div>
    </li>
  );
}

/** The extensions that were approved, in their order, and those there are. */
export function Extensions({ edition, question, refusal, onChange }: FactsProps) {
  const { extensions } = question;
  if (edition.offers.length === 0 && extensions.length === 0) return <p className="quiet">法律没有规定这一期限可以延长。</p>;
  return (
    <Field label="已经批准的延长（按先后）" said="">
      {extensions.length > 0 && (
        <ol className="taken" aria-label="已经批准的延长">
          {extensions.map((step, place) => (
            <li key={`${String(place)} ${step}`}>
              <Tag
                closable={{ "aria-label": `去掉第 ${String(place + 1)} 次：${stepWords(step)}` }}
                onClose={(event) => {
                  event.preventDefault();
                  onChange({ extensions: extensions.filter((_, other) => other !== place) });
                }}
              >
                {place + 1}. {stepWords(step)}
              </Tag>
            </li>
          ))}
        </ol>
      )}
      {refusal?.field === "extensions" && (
        <p className="field-refusal" role="alert">
          <span aria-hidden="true">✕</span> <Cited text={refusal.detail} on={question.start} />
        </p>
      )}
      <ul className="offers" aria-label="法律规定的延长">
        {edition.offers.map((offer) => (
          <Offered
            key={offer.zh}
            offer={offer}
            onTake={(step) => {
              onChange({ extensions: [...extensions, step] });
            }}
          />
        ))}
      </ul>
    </Field>
  );
}
