import "@/pages/boards/screen.css";

import { useEffect, useMemo, useState } from "react";
import { useSearchParams } from "react-router";

import { $api, given } from "@/api/client";
import { useConnection } from "@/api/connection";
import { useEvents } from "@/api/events";
import { useRoster } from "@/api/queries";
import { Chart } from "@/charts/Chart";
import type { DrawingProps } from "@/charts/Drawing";
import { BY_URGENCY, COLOURS } from "@/clocks/colours";
import { inChina, spanWords } from "@/clocks/instants";
import { MINUTE_MS, type ScreenBoard } from "@/pages/boards/reading";
import { Shown } from "@/states/states";

const SECOND_MS = 1000;
// A poll that has failed to come, and the one after it.
const STALE_MS = 2.5 * MINUTE_MS;
const RANKED = ["overdue", "red", "orange", "yellow"] as const;

function useSeconds(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = window.setInterval(() => {
      setNow(Date.now());
    }, SECOND_MS);
    return () => {
      window.clearInterval(timer);
    };
  }, []);
  return now;
}

function ago(milliseconds: number): string {
  return milliseconds < MINUTE_MS ? `${String(Math.max(0, Math.floor(milliseconds / SECOND_MS)))} 秒前` : `${spanWords(milliseconds)}前`;
}

function Head({ fresh, unit }: { readonly fresh: number; readonly unit: string }) {
  const now = useSeconds();
  const lost = useConnection() === "lost" || (fresh > 0 && now - fresh > STALE_MS);
  const name = useRoster().data?.units.find((each) => each.unit === unit)?.zh;
  return (
    <header className="screen-head">
      <h1>
        漏刻 <span>{name ? `${name} · ` : ""}办案期限监控</span>
      </h1>
      <p className={lost ? "screen-lost" : "screen-fresh"} role="status">
        {lost ? "✕ 连接中断，正在重连" : "● 实时"}
        {fresh > 0 && <span aria-hidden="true"> · 数据 {inChina(fresh).format("HH:mm:ss")}（{ago(now - fresh)}）</span>}
      </p>
      <time className="screen-time number">
        {inChina(now).format("YYYY年M月D日 dddd")} <b>{inChina(now).format("HH:mm:ss")}</b>
      </time>
    </header>
  );
}

function Figures({ board }: { readonly board: ScreenBoard }) {
  return (
    <section className="screen-figures" aria-label="计时中期限的颜色">
      {BY_URGENCY.map((colour) => (
        <div key={colour} className={`screen-figure screen-${colour}`}>
          <b className="number">{board.clocks[colour]}</b>
          <span>
            <span aria-hidden="true">{COLOURS[colour].sign}</span> {COLOURS[colour].meaning}
          </span>
        </div>
      ))}
    </section>
  );
}

function hoursOf({ intake }: ScreenBoard): DrawingProps["drawn"] {
  return (palette) => ({
    grid: { left: 0, right: 0, top: palette.em * 1.6, bottom: 0, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "category",
      data: intake.hours.map((_, hour) => String(hour)),
      axisLabel: { color: palette.quiet, fontSize: palette.em * 0.85, interval: 2 },
      axisLine: { lineStyle: { color: palette.line } },
      axisTick: { show: false },
    },
    yAxis: { type: "value", minInterval: 1, axisLabel: { color: palette.quiet, fontSize: palette.em * 0.85 }, splitLine: { lineStyle: { color: palette.line } } },
    series: [
      {
        type: "bar",
        data: intake.hours.map((n) => n || null),
        itemStyle: { color: palette.accent },
        label: { show: true, position: "top", color: palette.text, fontSize: palette.em * 0.9 },
      },
    ],
  });
}

function Intake({ board }: { readonly board: ScreenBoard }) {
  // Drawn anew only when a figure has changed, not at every look.
  const said = JSON.stringify(board.intake);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- `said` is what it shows of the board
  const drawn = useMemo(() => hoursOf(board), [said]);
  return (
    <section className="screen-panel screen-intake">
      <h2>
        今日接报 <b className="number">{board.intake.total}</b>
      </h2>
      <Chart label={`今日接报${String(board.intake.total)}起，按小时`} height="100%" drawn={drawn} />
    </section>
  );
}

function Open({ board }: { readonly board: ScreenBoard }) {
  const most = Math.max(1, ...board.open.map((each) => each.open));
  return (
    <section className="screen-panel screen-open">
      <h2>在办事项</h2>
      <ul>
        {board.open.map((each) => (
          <li key={each.kind}>
            <span>{each.kind_zh}</span>
            <span className="screen-bar" aria-hidden="true">
              <i style={{ width: `${String((each.open / most) * 100)}%` }} />
            </span>
            <b className="number">{each.open}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Ranking({ board }: { readonly board: ScreenBoard }) {
  return (
    <section className="screen-panel screen-ranking">
      <h2>红黄牌排名</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">名次</th>
            <th scope="col">单位</th>
            {RANKED.map((colour) => (
              <th key={colour} scope="col">
                <span aria-hidden="true">{COLOURS[colour].sign}</span> {COLOURS[colour].word}
              </th>
            ))}
            <th scope="col">在办</th>
          </tr>
        </thead>
        <tbody>
          {board.ranking.map((each) => (
            <tr key={each.unit}>
              <td className="number">{each.rank}</td>
              <th scope="row">{each.zh}</th>
              {RANKED.map((colour) => (
                <td key={colour} className="number">
                  <span className={each[colour] > 0 ? `screen-${colour}` : "quiet"}>{each[colour]}</span>
                </td>
              ))}
              <td className="number">{each.open}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RedCards({ board }: { readonly board: ScreenBoard }) {
  const now = useSeconds();
  const held = board.red_cards.filter((card) => card.standing === "running");
  return (
    <section className="screen-panel screen-cards">
      <h2>
        羁押超期红牌 <b className="number">{board.red_cards_total}</b>
      </h2>
      {held.length === 0 && <p className="screen-none">✓ 没有人被超期羁押</p>}
      <p className="screen-past">
        曾经超期 <b className="number">{board.overruns_total}</b>
      </p>
      <ol>
        {held.map((card) => (
          <li key={card.clock}>
            <span className="screen-who">
              <b>{card.title}</b> <span className="number">{card.matter}</span> {card.limit_zh}
              <small>
                {card.unit_zh ?? card.unit} · {card.officer_zh ?? card.officer} · {card.order ? `整改：${card.order.stage_zh}` : "未下达整改指令单"}
              </small>
            </span>
            <span className="screen-late number">超 {spanWords(now - new Date(card.due_at).getTime())}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Foot({ board }: { readonly board: ScreenBoard }) {
  const now = useSeconds();
  const { rings, canary } = board;
  return (
    <footer className="screen-foot">
      <span>
        24 小时内响铃 <b className="number">{rings.total}</b> 次
      </span>
      <span>
        {rings.late > 0 ? "▲" : "✓"} 迟于两秒 <b className="number">{rings.late}</b> 次
      </span>
      <span>
        由守望进程响铃 <b className="number">{rings.by_watchdog}</b> 次
      </span>
      <span>
        在办事项中补录 <b className="number">{board.late_total}</b> 次
      </span>
      <span>
        {canary ? (
          <>
            ✓ 自检时钟 <b className="number">{ago(now - new Date(canary.rung_at).getTime())}</b>响过
          </>
        ) : (
          "✕ 自检时钟近期没有响过，请系统管理员检查"
        )}
      </span>
    </footer>
  );
}

/** The wall (大屏): every figure at once, by itself, read from across the room. */
export function ScreenPage() {
  useEvents();
  const unit = useSearchParams()[0].get("unit") ?? "";
  const board = $api.useQuery("get", "/api/boards/screen", { params: { query: given({ unit }) } }, { refetchInterval: MINUTE_MS, refetchIntervalInBackground: true });
  return (
    <main className="screen">
      <Head fresh={board.dataUpdatedAt} unit={unit} />
      <Shown of={board} rows={12}>
        {(data) => (
          <>
            <Figures board={data} />
            <div className={data.ranking.length > 1 ? "screen-columns" : "screen-columns screen-one"}>
              <div className="screen-column">
                <Intake board={data} />
                <Open board={data} />
              </div>
              {data.ranking.length > 1 && <Ranking board={data} />}
              <RedCards board={data} />
            </div>
            <Foot board={data} />
          </>
        )}
      </Shown>
    </main>
  );
}
