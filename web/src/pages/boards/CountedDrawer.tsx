import { Drawer, Segmented, Table, type TableColumnsType } from "antd";

import { api, given } from "@/api/client";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { ExportButton } from "@/pages/boards/ExportButton";
import { matterColumn, officerColumn } from "@/pages/boards/listColumns";
import { type OpenFigure, type Part, useOpenFigure } from "@/pages/boards/rates";
import { type CountedItem, type RateView, type Rate, type SupervisionBoard, useFilters } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

const COLUMNS: TableColumnsType<CountedItem> = [
  matterColumn<CountedItem>(),
  {
    title: "期限",
    key: "limit",
    render: (_, item) => (
      <>
        {item.limit_zh ?? "新增"}
        <div className="quiet number">{shownInstant(item.started_at)}</div>
      </>
    ),
  },
  {
    title: "届满与办结",
    key: "ended",
    render: (_, item) => (
      <>
        {item.due_at && <span className="number">{shownInstant(item.due_at, item.date_only ?? false)} 届满</span>}
        <div className="quiet">{item.ended_at ? `${shownInstant(item.ended_at)} 办结` : item.due_at ? "尚未办结" : ""}</div>
      </>
    ),
  },
  {
    title: "计入分子",
    key: "above",
    render: (_, item) => (
      <>
        {item.above ? "✓ 计入" : "✕ 未计入"}
        <div className="quiet">{item.late ? "届满后补录" : ""}</div>
      </>
    ),
  },
  officerColumn<CountedItem>(),
];

interface Opened {
  readonly opened: OpenFigure;
  readonly board: SupervisionBoard;
  readonly told: RateView;
}

/** By what the list is asked for: a row of the board counts a unit's own, the sum of all rows what is of those below as well. */
function useAsked({ opened, board, told }: Opened) {
  const [{ unit }] = useFilters();
  return { figure: told.figure, part: opened.part, unit: opened.unit || unit, ...(opened.unit ? { alone: true } : {}), from: board.since, to: board.until };
}

interface OfParts {
  readonly told: RateView;
  readonly rate: Rate;
  readonly part: Part;
  readonly onChange: (part: Part) => void;
}

function Parts({ told, rate, part, onChange }: OfParts) {
  const isShare = told.measure === "share";
  return (
    <Segmented<Part>
      aria-label="所计的范围"
      value={part}
      options={[
        { value: "below", label: `分母 ${String(rate.below)}` },
        { value: "above", label: `分子 ${String(rate.above)}` },
        ...(isShare ? [{ value: "missed" as const, label: `未计入分子 ${String(rate.below - rate.above)}` }] : []),
      ]}
      onChange={onChange}
    />
  );
}

function Counted(of: Opened) {
  const list = useList("/api/boards/supervision/counted", { query: useAsked(of) });
  return (
    <Shown of={{ ...list, data: list.rows }}>
      {(items) => (
        <>
          <Table<CountedItem>
            size="small"
            rowKey={(item) => `${item.matter} ${item.clock}`}
            pagination={false}
            columns={COLUMNS}
            dataSource={items}
            locale={{ emptyText: <Nothing>没有这样的事项</Nothing> }}
          />
          <More list={list} />
        </>
      )}
    </Shown>
  );
}

function Open({ rate, ...of }: Opened & { readonly rate: Rate }) {
  const { opened, board, told } = of;
  const [, open] = useOpenFigure();
  const asked = useAsked(of);
  const unit = board.units.find((each) => each.unit === opened.unit)?.zh ?? "全部单位";
  return (
    <Drawer
      open
      size="min(960px, 100vw)"
      title={`${unit} · ${told.zh}`}
      onClose={() => {
        open(null);
      }}
      extra={
        <ExportButton ask={() => api.GET("/api/exports/supervision/counted", { params: { query: given(asked) }, parseAs: "blob" })} name="指标明细.xlsx" />
      }
    >
      <Parts
        told={told}
        rate={rate}
        part={opened.part}
        onChange={(part) => {
          open({ ...opened, part });
        }}
      />
      <Counted {...of} />
    </Drawer>
  );
}

/** The list of just those matters that a rate of the board counted. */
export function CountedDrawer({ board }: { readonly board: SupervisionBoard }) {
  const [opened] = useOpenFigure();
  const place = board.figures.findIndex((each) => each.figure === opened?.figure);
  const told = board.figures[place];
  const rate = (opened?.unit ? board.units.find((each) => each.unit === opened.unit)?.rates : board.totals)?.[place];
  return opened && told && rate ? <Open opened={opened} board={board} told={told} rate={rate} /> : null;
}
