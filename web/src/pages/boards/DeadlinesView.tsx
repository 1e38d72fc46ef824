import { Button, Grid, Segmented, Table, type TableColumnsType } from "antd";
import { useState } from "react";
import { useSearchParams } from "react-router";

import { $api, given } from "@/api/client";
import type { Colour } from "@/api/shapes";
import { BY_URGENCY, COLOURS } from "@/clocks/colours";
import { shownInstant } from "@/clocks/instants";
import { CellDrawer } from "@/pages/boards/CellDrawer";
import { ColourHead, Count } from "@/pages/boards/Count";
import { FRESH, type Cell, type Colours, type DeadlineBoard, useFilters, useOpenCell } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

interface Row extends Colours {
  readonly key: string;
  readonly zh: string;
  readonly unit: string;
  readonly limit: string;
  /** How much was entered late in the unit's open matters: known of whole units alone. */
  readonly late?: number;
  readonly children?: Row[];
}

function worstFirst(one: Colours, other: Colours): number {
  for (const colour of BY_URGENCY) if (one[colour] !== other[colour]) return other[colour] - one[colour];
  return 0;
}

function byUnit(board: DeadlineBoard): Row[] {
  return board.units.map((of) => ({
    ...of.totals,
    key: of.unit,
    zh: of.zh,
    unit: of.unit,
    limit: "",
    late: of.late,
    children: of.cells.map((cell) => ({ ...cell, key: `${of.unit} ${cell.limit}`, zh: cell.limit_zh, unit: of.unit })),
  }));
}

function byLimit(board: DeadlineBoard): Row[] {
  const rows = new Map<string, Row & { children: Row[] }>();
  for (const of of board.units) {
    for (const cell of of.cells) {
      const row = rows.get(cell.limit) ?? { key: cell.limit, zh: cell.limit_zh, unit: "", limit: cell.limit, children: [], ...nothing() };
      for (const colour of BY_URGENCY) row[colour] += cell[colour];
      row.children.push({ ...cell, key: `${cell.limit} ${of.unit}`, zh: of.zh, unit: of.unit });
      rows.set(cell.limit, row);
    }
  }
  return [...rows.values()].sort(worstFirst);
}

function nothing(): Colours {
  return { none: 0, blue: 0, yellow: 0, orange: 0, red: 0, unkept: 0, overdue: 0, overrun: 0 };
}

function total(of: Colours): number {
  return BY_URGENCY.reduce((sum, colour) => sum + of[colour], 0);
}

const LATE: TableColumnsType<Row>[number] = {
  title: "补录",
  key: "late",
  align: "right",
  width: 74,
  sorter: (one, other) => (one.late ?? 0) - (other.late ?? 0),
  sortDirections: ["descend"],
  render: (_, row) => <span className="number">{row.late}</span>,
};

function columns(first: string, isWide: boolean, byUnits: boolean, onOpen: (cell: Cell) => void): TableColumnsType<Row> {
  const counts: TableColumnsType<Row> = BY_URGENCY.map((colour: Colour) => ({
    title: <ColourHead colour={colour} />,
    key: colour,
    align: "right",
    width: isWide ? 74 : 66,
    sorter: (one: Row, other: Row) => one[colour] - other[colour],
    sortDirections: ["descend"],
    render: (_: unknown, row: Row) => (
      <Count
        colour={colour}
        n={row[colour]}
        of={row.zh}
        onOpen={() => {
          onOpen({ unit: row.unit, limit: row.limit, colour });
        }}
      />
    ),
  }));
  return [
    { title: first, dataIndex: "zh", key: "zh", fixed: isWide && "left", width: isWide ? 260 : 150, className: "first-column" },
    ...counts,
    { title: "合计", key: "total", align: "right", width: 74, render: (_, row) => <span className="number">{total(row)}</span> },
    ...(byUnits ? [LATE] : []),
  ];
}

function Sum({ of, late, onOpen }: { readonly of: Colours; readonly late: number | undefined; readonly onOpen: (colour: Colour) => void }) {
  return (
    <Table.Summary.Row className="sum-row">
      <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
      {BY_URGENCY.map((colour, place) => (
        <Table.Summary.Cell key={colour} index={place + 1} align="right">
          <Count
            colour={colour}
            n={of[colour]}
            of="合计"
            onOpen={() => {
              onOpen(colour);
            }}
          />
        </Table.Summary.Cell>
      ))}
      <Table.Summary.Cell index={BY_URGENCY.length + 1} align="right">
        <b className="number">{total(of)}</b>
      </Table.Summary.Cell>
      {late !== undefined && (
        <Table.Summary.Cell index={BY_URGENCY.length + 2} align="right">
          <b className="number">{late}</b>
        </Table.Summary.Cell>
      )}
    </Table.Summary.Row>
  );
}

function Deadlines({ board }: { readonly board: DeadlineBoard }) {
  const [asked, ask] = useSearchParams();
  const [, open] = useOpenCell();
  const isWide = Grid.useBreakpoint().md ?? true;
  const [expanded, setExpanded] = useState<readonly React.Key[]>([]);
  const limitsFirst = asked.get("by") === "limit";
  const rows = limitsFirst ? byLimit(board) : byUnit(board);
  return (
    <>
      <div className="lens">
        <Segmented
          options={[
            { value: "unit", label: "按单位" },
            { value: "limit", label: "按期限" },
          ]}
          value={limitsFirst ? "limit" : "unit"}
          onChange={(by) => {
            setExpanded([]);
            ask((before) => new URLSearchParams([...[...before].filter(([name]) => name !== "by"), ["by", by]]), { replace: true });
          }}
        />
        <Button
          type="text"
          onClick={() => {
            setExpanded(expanded.length > 0 ? [] : rows.map((each) => each.key));
          }}
        >
          {expanded.length > 0 ? "全部收起" : "全部展开"}
        </Button>
        <span className="quiet">统计于 {shownInstant(board.at)}</span>
      </div>
      <Table<Row>
        size="small"
        className="figures"
        pagination={false}
        columns={columns(limitsFirst ? "期限" : "单位", isWide, !limitsFirst, open)}
        dataSource={rows}
        scroll={{ x: isWide ? 908 : 760 }}
        expandable={{ expandedRowKeys: expanded, onExpandedRowsChange: setExpanded }}
        summary={() => (
          <Sum
            of={board.totals}
            late={limitsFirst ? undefined : board.units.reduce((sum, each) => sum + each.late, 0)}
            onOpen={(colour) => {
              open({ unit: "", limit: "", colour });
            }}
          />
        )}
      />
    </>
  );
}

/** The name of a count: unit, limit and colour in words. */
function titled(board: DeadlineBoard | undefined, cell: Cell): string {
  const unit = board?.units.find((each) => each.unit === cell.unit)?.zh ?? "全部单位";
  const limit = board?.units.flatMap((each) => each.cells).find((each) => each.limit === cell.limit)?.limit_zh;
  return [unit, limit, cell.colour && COLOURS[cell.colour].meaning].filter(Boolean).join(" · ");
}

export default function DeadlinesView() {
  const [filters] = useFilters();
  const board = $api.useQuery("get", "/api/boards/deadlines", { params: { query: given(filters) } }, FRESH);
  return (
    <div className="panel">
      <Shown of={board} rows={12}>
        {(data) => (data.units.length > 0 ? <Deadlines board={data} /> : <Nothing>没有符合条件的计时中期限</Nothing>)}
      </Shown>
      <CellDrawer titled={(cell) => titled(board.data, cell)} />
    </div>
  );
}
