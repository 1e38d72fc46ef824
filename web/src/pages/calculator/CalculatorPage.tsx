import "@/pages/calculator/calculator.css";

import { Refused } from "@/api/problem";
import { Cited } from "@/law/Cited";
import { Answer } from "@/pages/calculator/Answer";
import { Facts } from "@/pages/calculator/Facts";
import { Directory, LimitPicker } from "@/pages/calculator/LimitPicker";
import { editionOf, isAskable, useAnswer, useLimit, useQuestion } from "@/pages/calculator/question";
import { Nothing, Shown } from "@/states/states";

/** What the law says against one part of the question, by the name of the part; empty for the question as a whole. */
function refusalOf(error: unknown): { readonly field: string; readonly detail: string } | null {
  if (!(error instanceof Refused)) return null;
  const { field, errors, detail } = error.problem;
  const first = errors?.[0];
  return { field: field ?? first?.field ?? "", detail: first?.detail ?? detail };
}

function Asked({ limit }: { readonly limit: string }) {
  const [question, change] = useQuestion();
  const card = useLimit(limit);
  const answer = useAnswer(question);
  const refusal = refusalOf(answer.error);
  return (
    <Shown of={card} rows={10}>
      {(told) => {
        const edition = editionOf(told, question.start);
        return (
          <>
            {edition && <Facts card={told} edition={edition} question={question} refusal={refusal} onChange={change} />}
            <section className="panel answer" aria-label="计算结果" aria-live="polite">
              {!isAskable(question) && <Nothing>填写起算时间，即得届满之日</Nothing>}
              {isAskable(question) && refusal && (
                <div className="refused" role="alert">
                  <h2>
                    <span aria-hidden="true">✕</span> {answer.error instanceof Refused ? answer.error.problem.title : ""}
                  </h2>
                  <p>
                    <Cited text={refusal.detail} on={question.start} />
                  </p>
                </div>
              )}
              {isAskable(question) && !refusal && <Shown of={answer}>{(reckoned) => <Answer card={told} question={question} reckoned={reckoned} />}</Shown>}
            </section>
          </>
        );
      }}
    </Shown>
  );
}

/** When a limit ends, and why (期限计算器). */
export function CalculatorPage() {
  const [question, change] = useQuestion();
  const choose = (limit: string) => {
    // What was decided of another limit says nothing of this one; when and whether in custody does.
    change({ limit, base: "", term: "", extensions: [], exclusions: [] });
  };
  return (
    <div className="calculator">
      <div className="page-head">
        <h1>期限计算</h1>
        <span className="quiet">与系统布设时钟用的是同一套规则；结果供参考，以法律文书为准</span>
      </div>
      <LimitPicker chosen={question.limit} onChoose={choose} />
      {question.limit ? (
        <div className="calculator-columns">
          <Asked key={question.limit} limit={question.limit} />
        </div>
      ) : (
        <Directory onChoose={choose} />
      )}
    </div>
  );
}
