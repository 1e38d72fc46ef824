import { Table, type TableColumnsType } from "antd";

import { $api, given } from "@/api/client";
import { shownInstant } from "@/clocks/instants";
import { CountedDrawer } from "@/pages/boards/CountedDrawer";
import { changeWords, isCounted, partsWords, rateWords, useOpenFigure } from "@/pages/boards/rates";
import { type RateView, FRESH, type Rate, type SupervisionBoard, useFilters } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

interface Row {
  readonly unit: string;
  readonly zh: string;
  readonly rates: readonly Rate[];
}

interface OfCell {
  readonly told: RateView;
  readonly rate: Rate;
  readonly zh: string;
  readonly onOpen: () => void;
}

/** One rate of a unit: the share, of how many, how long it took, and how it stood in the period before. */
function RateCell({ told, rate, zh, onOpen }: OfCell) {
  if (!isCounted(rate)) {
    return (
      <span className="count-nothing">
        <span aria-hidden="true">·</span>
        <span className="unseen">没有可计的</span>
      </span>
    );
  }
  const change = changeWords(told, rate);
  return (
    <>
      <button type="button" className="rate number" onClick={onOpen}>
        <span className="unseen">
          {zh}：{told.zh}{" "}
        </span>
        <b>{rateWords(told, rate)}</b> {rate.rate !== null && <small>{partsWords(rate)}</small>}
        <span className="unseen">，查看所计事项</span>
      </button>
      <div className="rate-more quiet">
        {told.timed && rate.median_s !== null && <span title="完成的用时，一半在此以内">中位 {secondsWords(rate.median_s)}</span>}
        {change && <span title={`上期 ${rateWords(told, { ...rate, rate: rate.before_rate, above: rate.before_above, below: rate.before_below })}`}>{change}</span>}
        {rate.late > 0 && <span title="按办理时间计入，届满以后才补录">补录 {rate.late}</span>}
      </div>
    </>
  );
}

function secondsWords(seconds: number): string {
  if (seconds < 60) return `${String(seconds)} 秒`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${String(minutes)} 分` : `${String(Math.floor(minutes / 60))} 小时 ${String(minutes % 60)} 分`;
}

function columns(figures: readonly RateView[], onOpen: (unit: string, figure: string) => void): TableColumnsType<Row> {
  return [
    { title: "单位", dataIndex: "zh", key: "zh", fixed: "left", width: 132, className: "first-column" },
    ...figures.map((told, place) => ({
      title: <span title={`${told.above}；占${told.below}`}>{told.zh}</span>,
      key: told.figure,
      align: "right" as const,
      width: 124,
      render: (_: unknown, row: Row) => {
        const rate = row.rates[place];
        return (
          rate && (
            <RateCell
              told={told}
              rate={rate}
              zh={row.zh}
              onOpen={() => {
                onOpen(row.unit, told.figure);
              }}
            />
          )
        );
      },
    })),
  ];
}

/** What each figure counts, in words. */
function Definitions({ figures }: { readonly figures: readonly RateView[] }) {
  return (
    <section className="panel" aria-label="指标口径">
      <h2>指标口径</h2>
      <dl className="definitions">
        {figures.map((told) => (
          <div key={told.figure}>
            <dt>{told.zh}</dt>
            <dd>分子：{told.above}。</dd>
            <dd>分母：{told.below}。</dd>
            <dd>不计入：{told.left_out}。</dd>
          </div>
        ))}
      </dl>
      <p className="quiet">
        按现在承办的单位计；按办理时间计，届满以后才补录的另外标明“补录”。分母不足 5 件的只列件数，不算比率；上期分母不足 10 件的不比较。各项供发现问题和指导整改使用，不排名，不作为对单位和个人的考核。
      </p>
    </section>
  );
}

function Board({ board }: { readonly board: SupervisionBoard }) {
  const [, open] = useOpenFigure();
  // Of all together the row without a unit.
  const rows: Row[] = [...(board.units.length > 1 ? [{ unit: "", zh: "合计", rates: board.totals }] : []), ...board.units];
  return (
    <div className="panel">
      <p className="period">
        本期 <b className="number">{board.since}</b> 至 <b className="number">{board.until}</b>；环比上期 <span className="number">{board.before_since}</span> 至{" "}
        <span className="number">{board.before_until}</span>（天数相同）
      </p>
      <Table<Row>
        size="small"
        className="figures rates"
        rowKey="unit"
        pagination={false}
        scroll={{ x: 132 + board.figures.length * 124 }}
        columns={columns(board.figures, (unit, figure) => {
          open({ unit, figure, part: "below" });
        })}
        dataSource={rows}
        locale={{ emptyText: <Nothing>本期和上期都没有可计的事项</Nothing> }}
      />
      <p className="quiet foot">点数字看所计的每一件。统计于 {shownInstant(board.at)}</p>
    </div>
  );
}

/** How units file, close, put right and answer in time (执法监督), each figure with what it counts. */
export default function SupervisionView() {
  const [{ unit, from, to }] = useFilters();
  const board = $api.useQuery("get", "/api/boards/supervision", { params: { query: given({ unit, from, to }) } }, FRESH);
  return (
    <>
      <Shown of={board} rows={12}>
        {(data) => (
          <>
            <Board board={data} />
            <Definitions figures={data.figures} />
            <CountedDrawer board={data} />
          </>
        )}
      </Shown>
    </>
  );
}
