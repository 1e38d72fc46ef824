import { Button, Drawer, Table, type TableColumnsType } from "antd";

import { api, given } from "@/api/client";
import type { ClockRow } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { ExportButton } from "@/pages/boards/ExportButton";
import { matterColumn, officerColumn } from "@/pages/boards/listColumns";
import { type Cell, type ClocksAsked, clocksOf, useFilters, useOpenCell } from "@/pages/boards/reading";
import { useWhy } from "@/pages/boards/WhyThisDate";
import { Nothing, Shown } from "@/states/states";

function columns(onWhy: (clock: ClockRow) => void): TableColumnsType<ClockRow> {
  return [
    matterColumn<ClockRow>(),
    {
      title: "期限",
      key: "limit",
      render: (_, clock) => (
        <>
          {clock.zh}
          <div>
            <ColourTag colour={clock.colour} />
          </div>
        </>
      ),
    },
    {
      title: "届满",
      key: "due",
      render: (_, clock) => (
        <>
          <span className="number">{shownInstant(clock.due_at, clock.date_only)}</span>
          <div className="quiet">{clock.due_at && <Countdown due={clock.due_at} colour={clock.colour} />}</div>
        </>
      ),
    },
    officerColumn<ClockRow>(),
    {
      title: "理由",
      key: "why",
      render: (_, clock) => (
        <Button
          type="link"
          size="small"
          className="why-button"
          aria-label={`为什么是这一天？${clock.title ?? clock.matter} ${clock.zh}`}
          onClick={() => {
            onWhy(clock);
          }}
        >
          为什么是这一天？
        </Button>
      ),
    },
  ];
}

function Clocks({ asked }: { readonly asked: ClocksAsked }) {
  const [why, ask] = useWhy();
  const list = useList("/api/clocks", { query: asked });
  return (
    <Shown of={{ ...list, data: list.rows }}>
      {(clocks) => (
        <>
          <Table<ClockRow>
            size="small"
            rowKey="id"
            pagination={false}
            columns={columns((clock) => {
              ask(clock.matter, clock.id);
            })}
            dataSource={clocks}
            locale={{ emptyText: <Nothing>没有这样的期限</Nothing> }}
          />
          <More list={list} />
          {why}
        </>
      )}
    </Shown>
  );
}

/** The list of just those clocks of which a count was made. */
export function CellDrawer({ titled }: { readonly titled: (cell: Cell) => string }) {
  const [filters] = useFilters();
  const [cell, open] = useOpenCell();
  const asked = cell && clocksOf(cell, filters);
  return (
    <Drawer
      open={cell !== null}
      size="min(920px, 100vw)"
      title={cell && titled(cell)}
      onClose={() => {
        open(null);
      }}
      extra={<ExportButton ask={() => api.GET("/api/exports/clocks", { params: { query: given(asked ?? {}) }, parseAs: "blob" })} name="期限.xlsx" />}
    >
      {asked && <Clocks asked={asked} />}
    </Drawer>
  );
}
