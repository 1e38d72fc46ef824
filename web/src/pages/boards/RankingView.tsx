import { Table, type TableColumnsType } from "antd";
import { useMemo } from "react";
import { Link } from "react-router";

import { $api, given } from "@/api/client";
import { Chart } from "@/charts/Chart";
import type { DrawingProps } from "@/charts/Drawing";
import type { Colour } from "@/api/shapes";
import { BY_URGENCY, COLOURS } from "@/clocks/colours";
import { shownInstant } from "@/clocks/instants";
import { CellDrawer } from "@/pages/boards/CellDrawer";
import { ColourHead, Count } from "@/pages/boards/Count";
import { FRESH, type Cell, type Filters, type RankingBoard, useFilters, useOpenCell } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

type Rank = RankingBoard["units"][number];

// What a unit is ranked by; blue and none are nobody's reproach.
const RANKED: readonly Colour[] = BY_URGENCY.filter((colour) => colour !== "blue" && colour !== "none");

function columns(filters: Filters, onOpen: (cell: Cell) => void): TableColumnsType<Rank> {
  return [
    { title: "名次", dataIndex: "rank", key: "rank", width: 60, align: "right", className: "number" },
    { title: "单位", dataIndex: "zh", key: "zh", fixed: "left", width: 180, className: "first-column" },
    ...BY_URGENCY.map((colour) => ({
      title: <ColourHead colour={colour} />,
      key: colour,
      align: "right" as const,
      width: 74,
      sorter: (one: Rank, other: Rank) => one[colour] - other[colour],
      sortDirections: ["descend" as const],
      render: (_: unknown, row: Rank) => (
        <Count
          colour={colour}
          n={row[colour]}
          of={row.zh}
          onOpen={() => {
            onOpen({ unit: row.unit, limit: "", colour });
          }}
        />
      ),
    })),
    {
      title: "曾经超期",
      key: "overrun",
      dataIndex: "overrun",
      align: "right",
      width: 96,
      className: "number",
      sorter: (one, other) => one.overrun - other.overrun,
      sortDirections: ["descend"],
    },
    {
      title: "未结事项",
      key: "open",
      align: "right",
      width: 96,
      sorter: (one, other) => one.open - other.open,
      sortDirections: ["descend"],
      render: (_, row) => (
        <Link className="number" to={`/matters?unsettled=true&unit=${row.unit}${filters.kind && `&kind=${filters.kind}`}`}>
          {row.open}
        </Link>
      ),
    },
    {
      title: <span title="每百件未结事项的超期数">每百件超期</span>,
      key: "per-hundred",
      dataIndex: "overdue_per_hundred",
      align: "right",
      width: 104,
      className: "number",
      sorter: (one, other) => (one.overdue_per_hundred ?? -1) - (other.overdue_per_hundred ?? -1),
      sortDirections: ["descend"],
    },
    {
      title: "补录",
      key: "late",
      dataIndex: "late",
      align: "right",
      width: 76,
      className: "number",
      sorter: (one, other) => one.late - other.late,
      sortDirections: ["descend"],
    },
  ];
}

/** Stacked bars, the worst unit on top. */
function barsOf(units: readonly Rank[]): DrawingProps["drawn"] {
  return (palette) => ({
    grid: { left: 8, right: 16, top: 34, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 12, textStyle: { color: palette.text } },
    tooltip: { trigger: "axis", axisPointer: { type: "shadow" }, backgroundColor: palette.surface, borderColor: palette.line, textStyle: { color: palette.text } },
    xAxis: { type: "value", minInterval: 1, axisLabel: { color: palette.quiet }, splitLine: { lineStyle: { color: palette.line } } },
    yAxis: { type: "category", inverse: true, data: units.map((each) => each.zh), axisLabel: { color: palette.text }, axisLine: { lineStyle: { color: palette.line } }, axisTick: { show: false } },
    series: RANKED.map((colour) => ({
      id: colour,
      type: "bar",
      stack: "all",
      barMaxWidth: 22,
      name: `${COLOURS[colour].sign} ${COLOURS[colour].word}`,
      itemStyle: { color: palette.of(colour), borderColor: palette.surface, borderWidth: 1 },
      data: units.map((each) => each[colour]),
    })),
  });
}

function Ranking({ board, filters }: { readonly board: RankingBoard; readonly filters: Filters }) {
  const [, open] = useOpenCell();
  // Units without any warning would be empty bars.
  const warned = useMemo(() => board.units.filter((each) => RANKED.some((colour) => each[colour] > 0)), [board]);
  const drawn = useMemo(() => barsOf(warned), [warned]);
  return (
    <>
      {warned.length > 0 && (
        <Chart
          label={`各单位超期、红、橙、黄的期限数，以下表格逐一列明。最多的是${warned[0]?.zh ?? ""}。`}
          height={`${String(warned.length * 30 + 64)}px`}
          drawn={drawn}
          onChoose={(place, colour) => {
            open({ unit: warned[place]?.unit ?? "", limit: "", colour: colour as Colour });
          }}
        />
      )}
      <Table<Rank> size="small" className="figures" rowKey="unit" pagination={false} scroll={{ x: 1014 }} columns={columns(filters, open)} dataSource={board.units} />
      <p className="quiet foot">先比超期，再依次比红、橙、黄；相同的并列。已办结、已转为案件等只待归档的不计入未结。补录为未结事项中的次数。统计于 {shownInstant(board.at)}</p>
    </>
  );
}

export default function RankingView() {
  const [filters] = useFilters();
  const board = $api.useQuery("get", "/api/boards/ranking", { params: { query: given(filters) } }, FRESH);
  const titled = (cell: Cell) =>
    [board.data?.units.find((each) => each.unit === cell.unit)?.zh ?? "全部单位", cell.colour && COLOURS[cell.colour].meaning].filter(Boolean).join(" · ");
  return (
    <div className="panel">
      <Shown of={board} rows={12}>
        {(data) => (data.units.length > 0 ? <Ranking board={data} filters={filters} /> : <Nothing>没有符合条件的单位</Nothing>)}
      </Shown>
      <CellDrawer titled={titled} />
    </div>
  );
}
