import { CheckCircleOutlined } from "@ant-design/icons";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Result } from "antd";
import { Suspense, useState } from "react";
import { Link } from "react-router";

import { read } from "@/api/client";
import { keys } from "@/api/queries";
import type { Page } from "@/api/shapes";
import { useNow } from "@/clocks/Countdown";
import { shownInstant, spanWords } from "@/clocks/instants";
import { Cited } from "@/law/Cited";
import { MINUTE_MS, type RedCard, useFilters } from "@/pages/boards/reading";
import { WhyThisDate } from "@/pages/boards/WhyThisDate";
import { Shown } from "@/states/states";

const PAGE = 60;

function Card({ card, onWhy }: { readonly card: RedCard; readonly onWhy: () => void }) {
  const now = useNow();
  return (
    <li className="red-card panel">
      <p className="red-card-late">
        <span aria-hidden="true">✕</span> 超期 <b className="number">{spanWords(now - new Date(card.due_at).getTime())}</b>
      </p>
      <h2>
        <Link to={`/matters/${card.matter}`}>{card.title}</Link>
      </h2>
      <p>
        {card.limit_zh} · <span className="number">{shownInstant(card.due_at)}</span> 届满
      </p>
      <p className="quiet red-card-basis" title={card.basis}>
        <Cited text={card.basis} on={card.started_at} />
      </p>
      <p>
        <b>届满后必须：{card.at_expiry_zh}</b>
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
          <span>○ 尚未开立整改指令单</span>
        )}
        <Button type="link" size="small" className="why-button" aria-label={`为什么是这一天？${card.title} ${card.limit_zh}`} onClick={onWhy}>
          为什么是这一天？
        </Button>
      </p>
    </li>
  );
}

/** Whoever is held beyond a limit, the longest overdue first (红牌墙). */
export default function RedCardsView() {
  const [filters] = useFilters();
  const [why, setWhy] = useState<RedCard | null>(null);
  const wall = useInfiniteQuery({
    queryKey: keys.boards("red-cards", filters),
    queryFn: ({ pageParam, signal }) => read<Page<RedCard>>("/api/boards/red-cards", { ...filters, limit: PAGE, cursor: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: MINUTE_MS,
  });
  return (
    <Shown of={wall} rows={12}>
      {({ pages }) => {
        const cards = pages.flatMap((page) => page.items);
        if (cards.length === 0) {
          return <Result icon={<CheckCircleOutlined />} title="没有红牌" subTitle="所选范围内没有超期的人身自由期限。" />;
        }
        return (
          <>
            <p className="quiet">
              {wall.hasNextPage ? `已载入 ${String(cards.length)} 张，超期最久的在前` : `共 ${String(cards.length)} 张，超期最久的在前`}
            </p>
            <ul className="red-wall">
              {cards.map((card) => (
                <Card
                  key={card.clock}
                  card={card}
                  onWhy={() => {
                    setWhy(card);
                  }}
                />
              ))}
            </ul>
            {wall.hasNextPage && (
              <Button block loading={wall.isFetchingNextPage} className="more" onClick={() => void wall.fetchNextPage()}>
                继续载入
              </Button>
            )}
            <Suspense>
              {why && (
                <WhyThisDate
                  number={why.matter}
                  clock={why.clock}
                  onClose={() => {
                    setWhy(null);
                  }}
                />
              )}
            </Suspense>
          </>
        );
      }}
    </Shown>
  );
}
