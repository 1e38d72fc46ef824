import { CheckCircleOutlined } from "@ant-design/icons";
import { Button, Result } from "antd";
import { Link } from "react-router";

import { useNow } from "@/clocks/Countdown";
import { shownInstant, spanWords } from "@/clocks/instants";
import { Cited } from "@/law/Cited";
import { useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { MINUTE_MS, type RedCard, useFilters } from "@/pages/boards/reading";
import { useAcknowledging } from "@/pages/boards/Acknowledging";
import { useWhy } from "@/pages/boards/WhyThisDate";
import { useHolds } from "@/shell/desk";
import { Shown } from "@/states/states";

const STANDING: Readonly<Record<RedCard["standing"], string>> = {
  running: "超期",
  ended: "曾经超期，已终结",
  "entered-late": "届满后补录，迟",
};

/** Until when everybody saw the limit overdue. */
function overdueUntil(card: RedCard, now: number): number {
  const until = card.standing === "running" ? null : (card.entered_at ?? card.ended_at);
  return until ? new Date(until).getTime() : now;
}

/** What may be asked of a card: why it fell on that day, and, of whoever supervises, to take note of it. */
interface Asking {
  readonly why: (matter: string, clock: string) => void;
  readonly acknowledge: ((matter: string) => void) | null;
}

function Card({ card, asking }: { readonly card: RedCard; readonly asking: Asking }) {
  const now = useNow();
  return (
    <li className={card.standing === "running" ? "red-card panel" : "red-card red-card-past panel"}>
      <p className="red-card-late">
        <span aria-hidden="true">✕</span> {STANDING[card.standing]} <b className="number">{spanWords(overdueUntil(card, now) - new Date(card.due_at).getTime())}</b>
      </p>
      <h2>
        {card.readable ? <Link to={`/matters/${card.matter}`}>{card.title}</Link> : card.title} <span className="quiet number">{card.matter}</span>
      </h2>
      <p>
        {card.limit_zh} · <span className="number">{shownInstant(card.due_at)}</span> 届满
      </p>
      <p className="quiet red-card-basis" title={card.basis}>
        <Cited text={card.basis} on={card.started_at} />
      </p>
      <p>
        {card.standing === "running" ? <b>届满后必须：{card.at_expiry_zh}</b> : <PastInstants card={card} />}
      </p>
      <p>
        {card.unit_zh ?? card.unit} · {card.officer_zh ?? card.officer}
      </p>
      <p className="red-card-foot">
        {card.order ? (
          <Link to={`/matters/${card.order.number}`}>
            {card.order.final ? "✓" : "▶"} 整改指令单：{card.order.stage_zh}
          </Link>
        ) : (
          <span>○ 尚未下达整改指令单</span>
        )}
        {asking.acknowledge && card.standing !== "running" && card.acknowledged_at === null && (
          <Button
            type="link"
            size="small"
            aria-label={`督察确认 ${card.title} ${card.limit_zh}`}
            onClick={() => {
              asking.acknowledge?.(card.matter);
            }}
          >
            督察确认
          </Button>
        )}
        {card.readable && (
          <Button
            type="link"
            size="small"
            className="why-button"
            aria-label={`为什么是这一天？${card.title} ${card.limit_zh}`}
            onClick={() => {
              asking.why(card.matter, card.clock);
            }}
          >
            为什么是这一天？
          </Button>
        )}
      </p>
    </li>
  );
}

function PastInstants({ card }: { readonly card: RedCard }) {
  return (
    <span className="number">
      {card.ended_at && <>{shownInstant(card.ended_at)} 终结</>} {card.entered_at && <>{shownInstant(card.entered_at)} 录入</>}{" "}
      {card.acknowledged_at ? (
        <>
          ✓ {card.acknowledged_by_zh} {shownInstant(card.acknowledged_at)} 确认
        </>
      ) : (
        "○ 待督察确认"
      )}
    </span>
  );
}

/** Whether it is over, and somebody who supervises has taken note of it. */
function isAcknowledged(card: RedCard): boolean {
  return card.standing !== "running" && card.acknowledged_at !== null;
}

function Wall({ cards, asking }: { readonly cards: readonly RedCard[]; readonly asking: Asking }) {
  return (
    <ul className="red-wall">
      {cards.map((card) => (
        <Card key={card.clock} card={card} asking={asking} />
      ))}
    </ul>
  );
}

/** Whoever is held beyond a limit, the longest overdue first, and then whoever once was (红牌墙). */
export default function RedCardsView() {
  const [filters] = useFilters();
  const supervises = useHolds("supervisor");
  const [why, ask] = useWhy();
  const list = useList("/api/boards/red-cards", { query: filters }, MINUTE_MS);
  const [acknowledging, acknowledge] = useAcknowledging(() => void list.refetch());
  const asking = { why: ask, acknowledge: supervises ? acknowledge : null };
  return (
    <Shown of={{ ...list, data: list.rows }} rows={12}>
      {(cards) =>
        cards.length === 0 ? (
          <Result icon={<CheckCircleOutlined />} title="没有红牌" subTitle="所选范围内没有超期的人身自由期限。" />
        ) : (
          <>
            <p className="quiet">{list.hasMore ? `已载入 ${String(cards.length)} 张，正在超期的在前` : `共 ${String(cards.length)} 张，正在超期的在前`}</p>
            <Wall cards={cards.filter((card) => !isAcknowledged(card))} asking={asking} />
            {cards.some(isAcknowledged) && (
              <details className="red-past">
                <summary>曾经超期、已经督察确认的（{cards.filter(isAcknowledged).length}）</summary>
                <Wall cards={cards.filter(isAcknowledged)} asking={asking} />
              </details>
            )}
            <More list={list} />
            {why}
            {acknowledging}
          </>
        )
      }
    </Shown>
  );
}
