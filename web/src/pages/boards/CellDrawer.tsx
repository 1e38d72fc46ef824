import { FileExcelOutlined } from "@ant-design/icons";
import { useMutation } from "@tanstack/react-query";
import { App, Button, Drawer, Table, type TableColumnsType } from "antd";
import { Link } from "react-router";

import { api, given } from "@/api/client";
import { save } from "@/api/files";
import type { ClockRow } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { type Cell, type ClocksAsked, clocksOf, useFilters, useOpenCell } from "@/pages/boards/reading";
import { useWhy } from "@/pages/boards/WhyThisDate";
import { Nothing, Shown } from "@/states/states";

function columns(onWhy: (clock: ClockRow) => void): TableColumnsType<ClockRow> {
  return [
    {
      title: "警情案件",
      key: "matter",
      render: (_, clock) => (
        <>
          <Link to={`/matters/${clock.matter}`}>{clock.title}</Link>
          <div className="quiet number">{clock.matter}</div>
        </>
      ),
    },
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
    {
      title: "单位与民警",
      key: "who",
      responsive: ["md"],
      render: (_, clock) => (
        <>
          {clock.unit_zh}
          <div className="quiet">{clock.officer_zh ?? clock.officer}</div>
        </>
      ),
    },
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
  const { message } = App.useApp();
  const asked = cell && clocksOf(cell, filters);
  const exporting = useMutation({
    mutationFn: () => save(api.GET("/api/exports/clocks", { params: { query: given(asked ?? {}) }, parseAs: "blob" }), "期限.xlsx"),
    onError: (error) => void message.error(error.message),
  });
  return (
    <Drawer
      open={cell !== null}
      size="min(920px, 100vw)"
      title={cell && titled(cell)}
      onClose={() => {
        open(null);
      }}
      extra={
        <Button
          icon={<FileExcelOutlined />}
          loading={exporting.isPending}
          onClick={() => {
            exporting.mutate();
          }}
        >
          导出 Excel
        </Button>
      }
    >
      {asked && <Clocks asked={asked} />}
    </Drawer>
  );
}
