/** How a round was drawn (抽取公示): from what, by which seed, and that it comes out the same again; and its files. */
import { Link, useParams } from "react-router";

import { $api } from "@/api/client";
import type { DrawView } from "@/api/shapes";
import { shownInstant } from "@/clocks/instants";
import { PlainTable } from "@/lists/PlainTable";
import { FilesOf } from "@/pages/reviews/FilesView";
import { methodWord } from "@/pages/reviews/words";
import { Nothing, Shown } from "@/states/states";

function Draw({ draw }: { readonly draw: DrawView }) {
  const taken = draw.population.filter((each) => each.taken).length;
  return (
    <section className="panel" aria-label={`第${String(draw.drawing)}次抽取`}>
      <h2>
        第 {draw.drawing} 次抽取 <span className={`review-mark ${draw.same ? "blue" : "red"}`}>{draw.same ? "重算一致" : "重算不一致"}</span>
      </h2>
      <p>
        {shownInstant(draw.drawn_at)}，{methodWord(draw.method)}抽取：总体 {draw.population.length} 卷，抽中 {taken} 卷
        {draw.sealed + draw.lately > 0 && `；不列入封存的 ${String(draw.sealed)} 卷、一年内评查过或者正在复议诉讼的 ${String(draw.lately)} 卷`}。
      </p>
      <dl className="draw-digest">
        <dt>总体摘要</dt>
        <dd className="number">{draw.digest}</dd>
        <dt>种子</dt>
        <dd className="number">{draw.seed}</dd>
      </dl>
      <p className="quiet">{draw.recipe}。</p>
      <details>
        <summary>总体和位次</summary>
        <PlainTable columns={["位次", "案卷", "单位", "处理结果", "抽中"]}>
          {draw.population.map((each) => (
            <tr key={each.number}>
              <td className="number">{each.place}</td>
              <td>{each.number}</td>
              <td>{each.unit_zh}</td>
              <td>
                {each.outcome_zh}
                {each.disputed && <span className="quiet">（复议诉讼中）</span>}
              </td>
              <td>{each.taken ? "是" : ""}</td>
            </tr>
          ))}
        </PlainTable>
      </details>
    </section>
  );
}

export default function DrawPage() {
  const { number = "" } = useParams();
  const draws = $api.useQuery("get", "/api/review-rounds/{number}/draw", { params: { path: { number } } });
  return (
    <>
      <p>
        <Link to={`/matters/${number}`}>批次 {number}：办理抽取、分派、通报和办结</Link>
      </p>
      <Shown of={draws}>{(told) => (told.length === 0 ? <Nothing>尚未抽取。</Nothing> : told.map((each) => <Draw key={each.drawing} draw={each} />))}</Shown>
      <FilesOf round={number} />
    </>
  );
}
