import { Drawer, Table, type TableColumnsType } from "antd";
import { useSearchParams } from "react-router";

import { $api, given } from "@/api/client";
import { ColourTag } from "@/clocks/ColourTag";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { useKinds } from "@/api/queries";
import type { Colour } from "@/api/shapes";
import { useList } from "@/lists/lists";
import { More } from "@/lists/More";
import { matterColumn, officerColumn } from "@/pages/boards/listColumns";
import { FRESH, type QueueBoard, type QueueCount, type QueuedItem, useFilters } from "@/pages/boards/reading";
import { Nothing, Shown } from "@/states/states";

const SEPARATOR = "~";

interface Opened {
  readonly queue: QueueCount["queue"];
  /** A unit of its own, without those below; empty for all that the board counts. */
  readonly unit: string;
}

function useOpened(): [Opened | null, (next: Opened | null) => void] {
  const [asked, ask] = useSearchParams();
  const [queue = "", unit = ""] = (asked.get("open") ?? "").split(SEPARATOR);
  const open = (next: Opened | null) => {
    ask((before) => {
      const after = new URLSearchParams(before);
      if (next) after.set("open", [next.queue, next.unit].join(SEPARATOR));
      else after.delete("open");
      return after;
    });
  };
  return [queue ? { queue: queue as QueueCount["queue"], unit } : null, open];
}

function columns(stage: (item: QueuedItem) => string): TableColumnsType<QueuedItem> {
  return [
    matterColumn<QueuedItem>(),
    { title: "阶段", key: "stage", render: (_, item) => stage(item) },
    {
      title: "期限",
      key: "due",
      render: (_, item) =>
        item.due_at ? (
          <>
            {item.limit_zh} <ColourTag colour={item.colour as Colour} />
            <div>
              <span className="number">{shownInstant(item.due_at, item.date_only ?? false)}</span>{" "}
              <span className="quiet">
                <Countdown due={item.due_at} colour={item.colour as Colour} />
              </span>
            </div>
          </>
        ) : (
          <span className="quiet">自 {shownInstant(item.since)}，没有期限</span>
        ),
    },
    officerColumn<QueuedItem>(),
  ];
}

function Queued({ opened, act }: { readonly opened: Opened; readonly act: string }) {
  const [{ unit }] = useFilters();
  const kinds = useKinds().data ?? [];
  const list = useList("/api/boards/six-elements/queued", {
    query: { which: opened.queue, unit: opened.unit || unit, ...(opened.unit ? { alone: true } : {}) },
  });
  return (
    <>
      <p>现在要做的：{act}</p>
      <Shown of={{ ...list, data: list.rows }}>
        {(items) => (
          <>
            <Table<QueuedItem>
              size="small"
              rowKey={(item) => `${item.matter} ${item.limit_zh ?? ""} ${item.due_at ?? ""}`}
              pagination={false}
              columns={columns((item) => kinds.find((each) => each.kind === item.kind)?.stages[item.stage] ?? item.stage)}
              dataSource={items}
              locale={{ emptyText: <Nothing>没有这样的事项</Nothing> }}
            />
            <More list={list} />
          </>
        )}
      </Shown>
    </>
  );
}

function Queue({ queue, onOpen }: { readonly queue: QueueCount; readonly onOpen: () => void }) {
  return (
    <li>
      <button type="button" className="rate number" disabled={queue.count === 0} aria-label={`${queue.zh}：${String(queue.count)} 件，查看明细`} onClick={onOpen}>
        <b>{queue.count}</b>
      </button>
      <span>{queue.zh}</span>
      {queue.count > 0 && (
        <span className="watch-when quiet">
          {queue.due_at ? `最先 ${shownInstant(queue.due_at)} 届满` : queue.since && `最早 ${shownInstant(queue.since)}`}
        </span>
      )}
    </li>
  );
}

/** Units side by side: how much stands in each queue of each, where there are several. */
function Units({ board, onOpen }: { readonly board: QueueBoard; readonly onOpen: (next: Opened) => void }) {
  const queues = board.elements.flatMap((each) => each.queues);
  if (board.units.length < 2) return null;
  return (
    <section className="panel" aria-label="各单位">
      <h2>各单位</h2>
      <Table<QueueBoard["units"][number]>
        size="small"
        className="figures"
        rowKey="unit"
        pagination={false}
        scroll={{ x: 132 + queues.length * 96 }}
        dataSource={board.units}
        columns={[
          { title: "单位", dataIndex: "zh", key: "zh", fixed: "left", width: 132, className: "first-column" },
          ...queues.map((queue, place) => ({
            title: queue.zh,
            key: queue.queue,
            align: "right" as const,
            width: 96,
            render: (_: unknown, row: QueueBoard["units"][number]) =>
              row.counts[place] ? (
                <button
                  type="button"
                  className="rate number"
                  aria-label={`${row.zh}：${queue.zh} ${String(row.counts[place])} 件，查看明细`}
                  onClick={() => {
                    onOpen({ queue: queue.queue, unit: row.unit });
                  }}
                >
                  {row.counts[place]}
                </button>
              ) : (
                <span className="count-nothing">0</span>
              ),
          })),
        ]}
      />
    </section>
  );
}

export function Queues({ board }: { readonly board: QueueBoard }) {
  const [opened, open] = useOpened();
  const queue = board.elements.flatMap((each) => each.queues).find((each) => each.queue === opened?.queue);
  const unit = board.units.find((each) => each.unit === opened?.unit)?.zh;
  return (
    <>
      <div className="watches">
        {board.elements.map((element) => (
          <section key={element.element} className="panel watch" aria-label={element.zh}>
            <h2>{element.zh}</h2>
            <ul className="watch-list">
              {element.queues.map((each) => (
                <Queue
                  key={each.queue}
                  queue={each}
                  onOpen={() => {
                    open({ queue: each.queue, unit: "" });
                  }}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
      <Units board={board} onOpen={open} />
      {opened && queue && (
        <Drawer
          open
          size="min(920px, 100vw)"
          title={[unit, queue.zh].filter(Boolean).join(" · ")}
          onClose={() => {
            open(null);
          }}
        >
          <Queued opened={opened} act={queue.act} />
        </Drawer>
      )}
    </>
  );
}

/** The case room's work by the six elements; nothing is ticked off, what is done leaves its queue. */
export function CaseRoomView() {
  const [{ unit }] = useFilters();
  const board = $api.useQuery("get", "/api/boards/six-elements", { params: { query: given({ unit }) } }, FRESH);
  return (
    <Shown of={board} rows={12}>
      {(data) => <Queues board={data} />}
    </Shown>
  );
}

/** What comes before those who supervise the bureau. */
export function AgendaView() {
  const [{ unit }] = useFilters();
  const board = $api.useQuery("get", "/api/boards/agenda", { params: { query: given({ unit }) } }, FRESH);
  return (
    <Shown of={board} rows={8}>
      {(data) => <Queues board={data} />}
    </Shown>
  );
}
