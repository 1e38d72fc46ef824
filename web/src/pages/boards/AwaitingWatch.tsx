/** Every request of the station that awaits approval: since when, with whom, those that wait for me first. */
import { Button } from "antd";
import { Link } from "react-router";

import { useWords } from "@/api/queries";
import { useNow } from "@/clocks/Countdown";
import { shownInstant, spanWords } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import type { AwaitingItem } from "@/pages/boards/reading";
import { askedWords } from "@/approvals/asked";
import { WatchHead } from "@/pages/boards/WatchHead";
import { Nothing, Shown } from "@/states/states";

// Whom to call; of an office that many hold, the first few.
const NAMED = 2;

function whom(of: AwaitingItem["with"][number], called: Readonly<Record<string, string>> = {}): string {
  if (of.person) return of.person_zh ?? of.person;
  const office = called[of.office] ?? of.office_zh ?? of.office;
  if (of.holders.length === 0) return office;
  return `${office}（${of.holders.slice(0, NAMED).join("、")}${of.holders.length > NAMED ? ` 等 ${String(of.holders.length)} 人` : ""}）`;
}

function RequestLine({ request, now }: { readonly request: AwaitingItem; readonly now: number }) {
  const called = useWords().data?.offices_called;
  return (
    <li className={request.mine ? "watch-mine" : undefined}>
      <Link to={`/matters/${request.matter}`}>{request.title}</Link>
      {request.mine && <span className="watch-mark">◆ 等您审批</span>}
      <span className="quiet" title={request.with.map((each) => each.office_zh).join("、")}>
        {request.request_zh ?? request.request} · {askedWords(request)}
        {!request.mine && ` · 在${request.with.map((each) => whom(each, called)).join("、")}处`}
      </span>
      <span className="watch-when number" title={shownInstant(request.asked_at)}>
        已等 {spanWords(Math.max(0, now - new Date(request.asked_at).getTime()))}
      </span>
    </li>
  );
}

export function AwaitingWatch({ count, unit }: { readonly count: number; readonly unit: string }) {
  const now = useNow();
  const list = useList("/api/boards/station/awaiting", { query: { unit } });
  return (
    <section className="panel watch" aria-label="有待审批">
      <WatchHead heading={{ title: "有待审批", count, sign: "◆", tone: "yellow", more: "/", moreWords: "去审批" }} />
      <Shown of={{ ...list, data: list.rows }} rows={4}>
        {(rows) =>
          rows.length > 0 ? (
            <ul className="watch-list watch-whole">
              {rows.map((request) => (
                <RequestLine key={`${request.matter}${request.request}`} request={request} now={now} />
              ))}
              {list.hasMore && (
                <li>
                  <Button block loading={list.isMore} onClick={list.more}>
                    继续载入
                  </Button>
                </li>
              )}
            </ul>
          ) : (
            <Nothing>没有待审批的呈请</Nothing>
          )
        }
      </Shown>
    </section>
  );
}
