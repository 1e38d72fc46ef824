/** A matter as a paper: everything that is known of it, in words, and on every sheet which matter it is and when it was printed. */
import "@/pages/matter/paper.css";

import { useQueryClient } from "@tanstack/react-query";
import { App } from "antd";
import { useEffect, useState } from "react";

import { api } from "@/api/client";
import { wordsOf } from "@/api/problem";
import { useKinds, useMe } from "@/api/queries";
import type { MatterCard } from "@/api/shapes";
import { nowInChina } from "@/clocks/instants";
import { ClockRows } from "@/pages/matter/ClockTable";
import { JournalTimeline } from "@/pages/matter/JournalTimeline";
import { LateEntries } from "@/pages/matter/LateEntries";
import { Standing } from "@/pages/matter/MatterHead";
import { MeasuresTable } from "@/pages/matter/MeasuresChart";
import { DocumentList } from "@/pages/matter/Papers";
import { useClocks, useMeasures } from "@/pages/matter/reading";
import { Requests } from "@/pages/matter/Requests";
import { Summary } from "@/pages/matter/Summary";
import { Links, People, Thing } from "@/pages/matter/Surroundings";

const LOOK_AGAIN_MS = 250;
// Between the answer to one question and the question that follows from it nothing is on its way.
const CALM_LOOKS = 3;
// A part that is still to come says so, also to whoever cannot see it.
const TO_COME = ".paper [aria-busy=true], .paper [role=status]";

/** Print once every part has come, and say when it is over. */
function usePrinting(number: string, onDone: () => void): void {
  const { message } = App.useApp();
  const client = useQueryClient();
  useEffect(() => {
    window.addEventListener("afterprint", onDone);
    return () => {
      window.removeEventListener("afterprint", onDone);
    };
  }, [onDone]);
  useEffect(() => {
    const preparing = message.loading("正在准备打印", 0);
    let calm = 0;
    const look = window.setInterval(() => {
      calm = client.isFetching() > 0 || document.querySelector(TO_COME) ? 0 : calm + 1;
      if (calm < CALM_LOOKS) return;
      window.clearInterval(look);
      preparing();
      // That it was printed leaves a trace; where it cannot, nothing is printed.
      api.POST("/api/matters/{number}/printed", { params: { path: { number } } }).then(
        () => {
          window.print();
        },
        (error: unknown) => {
          void message.error(wordsOf(error));
          window.dispatchEvent(new Event("afterprint"));
        },
      );
    }, LOOK_AGAIN_MS);
    return () => {
      preparing();
      window.clearInterval(look);
    };
  }, [client, message, number]);
}

function Limits({ card }: { readonly card: MatterCard }) {
  const clocks = useClocks(card.number).data ?? [];
  const measures = (useMeasures(card.number).data ?? []).filter((each) => each.measures.length + each.limits.length > 0);
  return (
    <>
      <section>
        <h2>期限</h2>
        {clocks.length > 0 ? <ClockRows clocks={clocks} /> : <p>没有期限。</p>}
      </section>
      {measures.map((each) => (
        <section key={each.matter + each.person}>
          <h2>{each.name}的措施与期限</h2>
          <MeasuresTable person={each} limits={each.limits} />
        </section>
      ))}
    </>
  );
}

export function Paper({ card, onDone }: { readonly card: MatterCard; readonly onDone: () => void }) {
  const kind = useKinds().data?.find((each) => each.kind === card.kind);
  const me = useMe().data;
  const [at] = useState(() => nowInChina().format("YYYY-MM-DD HH:mm"));
  usePrinting(card.number, onDone);
  return (
    // The head of a table is the one thing that every browser repeats on every sheet.
    <table className="paper" role="presentation">
      <thead>
        <tr>
          <td>
            <div className="paper-head">
              <span>
                {kind?.zh} {card.number}
              </span>
              <span>
                打印人 {me?.zh}（{me?.username}） 打印时间 {at}
              </span>
            </div>
          </td>
        </tr>
      </thead>
      <tbody>
        <tr>
          <td>
            <h1>{card.title}</h1>
            <Standing card={card} />
            <Summary card={card} />
            <People card={card} />
            <Thing card={card} />
            <Limits card={card} />
            <LateEntries card={card} />
            <Requests card={card} steps={[]} onOpen={() => undefined} />
            <Links card={card} />
            <section>
              <h2>法律文书</h2>
              <DocumentList number={card.number} />
            </section>
            <section>
              <h2>日志</h2>
              <JournalTimeline number={card.number} whole />
            </section>
          </td>
        </tr>
      </tbody>
    </table>
  );
}
