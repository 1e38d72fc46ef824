/** One file item by item (一卷的评查): both seats once both are in, what was settled, and what the unit objects to. */
import { Link, useParams } from "react-router";

import { $api } from "@/api/client";
import type { ItemScore, ReviewView } from "@/api/shapes";
import { PlainTable } from "@/lists/PlainTable";
import { figure, useStageWords, VERDICTS } from "@/pages/reviews/words";
import { Nothing, Shown } from "@/states/states";

function Score({ score }: { readonly score: ItemScore | null }) {
  if (!score) return "—";
  return (
    <>
      <span className="number">{score.points ?? 0}</span> {VERDICTS[score.verdict]}
      {score.veto ? " ★" : ""}
      {score.note ? <div className="quiet">{score.note}</div> : null}
    </>
  );
}

function Review({ review }: { readonly review: ReviewView }) {
  const stages = useStageWords("case-review");
  const scored = review.first !== null;
  return (
    <section className="panel" aria-label="评查结果">
      <h2>
        {review.subject} · {review.checklist_zh}
      </h2>
      <p>
        {stages[review.stage] ?? review.stage}；第一席 {figure(review.first)}，第二席 {figure(review.second)}，分差 {figure(review.difference)}；结果 {figure(review.result)} {review.grade_zh}
        {review.vetoes.length > 0 && <span className="review-mark red">第 {review.vetoes.join("、")} 项一票否决</span>}
        {review.rechecked && <span className="review-mark blue">已复核</span>}
      </p>
      <p>
        <Link to={`/matters/${review.number}`}>办理定分、反馈、复核和退查</Link>
      </p>
      {scored ? (
        <PlainTable columns={["项目", "分值", "第一席", "第二席", "定分", "申请复核"]}>
          {review.items.map((each) => (
            <tr key={each.number} className={each.disputed ? "disputed" : ""}>
              <td>
                {each.number}. {each.title}
                {each.veto ? <span className="quiet"> ★{each.veto}</span> : null}
              </td>
              <td className="number">{each.points}</td>
              <td>
                <Score score={each.first} />
              </td>
              <td>
                <Score score={each.second} />
              </td>
              <td>
                <Score score={each.settled} />
              </td>
              <td>{each.objection}</td>
            </tr>
          ))}
        </PlainTable>
      ) : (
        <Nothing>二席均打分以后才能查看；在此之前，任何人都看不到其中一席的打分。</Nothing>
      )}
    </section>
  );
}

export default function FilePage() {
  const { number = "" } = useParams();
  const review = $api.useQuery("get", "/api/review-files/{number}", { params: { path: { number } } });
  return <Shown of={review}>{(told) => <Review review={told} />}</Shown>;
}
