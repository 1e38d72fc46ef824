import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";

import { $api, api, dataOf, given } from "@/api/client";
import { useKinds } from "@/api/queries";
import type { ClockRow, MatterRow } from "@/api/shapes";
import { ColourTag } from "@/clocks/ColourTag";
import { BY_URGENCY } from "@/clocks/colours";
import { Countdown } from "@/clocks/Countdown";
import { shownInstant } from "@/clocks/instants";
import { UrgentTag } from "@/clocks/UrgentTag";
import { AwaitingWatch } from "@/pages/boards/AwaitingWatch";
import { FRESH, MINUTE_MS, type StationBoard, useFilters } from "@/pages/boards/reading";
import { type Heading, WatchHead } from "@/pages/boards/WatchHead";
import { Nothing, Shown } from "@/states/states";

// As many as are read at a glance; the rest is one step away.
const SHOWN = 8;
const DAY_MS = 86_400_000;

interface Latest<T> {
  readonly items: readonly T[];
}

/** The first rows of a list, asked for since, or until, the moment of asking: a key that held it would never be the same again. */
function useLatest<T>(list: "clocks" | "matters", what: string, unit: string, ask: (signal: AbortSignal) => Promise<{ readonly data?: Latest<T> }>) {
  return useQuery({ queryKey: ["get", `/api/${list}`, { what, unit }], queryFn: ({ signal }) => dataOf(ask(signal)), refetchInterval: MINUTE_MS });
}

function ago(ms: number): string {
  return new Date(Date.now() - ms).toISOString();
}

interface Watched<T> {
  readonly heading: Heading;
  readonly empty: string;
  readonly of: ReturnType<typeof useLatest<T>>;
  readonly line: (item: T) => ReactNode;
}

function Watch<T>({ heading, empty, of, line }: Watched<T>) {
  return (
    <section className="panel watch" aria-label={heading.title}>
      <WatchHead heading={heading} />
      <Shown of={of} rows={4}>
        {(page) => (page.items.length > 0 ? <ul className="watch-list">{page.items.map(line)}</ul> : <Nothing>{empty}</Nothing>)}
      </Shown>
    </section>
  );
}

function ClockLine({ clock }: { readonly clock: ClockRow }) {
  return (
    <li className={clock.urgent ? "watch-urgent" : undefined}>
      <UrgentTag urgent={clock.urgent} /> <Link to={`/matters/${clock.matter}`}>{clock.title ?? clock.matter}</Link>
      <ColourTag colour={clock.colour} />
      <span className="quiet">{clock.zh}</span>
      <span className="watch-when">
        {clock.due_at && <Countdown due={clock.due_at} colour={clock.colour} />}
        <span className="quiet">{clock.officer_zh ?? clock.officer}</span>
      </span>
    </li>
  );
}

function DueWatches({ board, unit, at }: { readonly board: StationBoard; readonly unit: string; readonly at: number }) {
  const soon = useLatest<ClockRow>("clocks", "soon", unit, (signal) =>
    api.GET("/api/clocks", { params: { query: { ...given({ unit }), due_after: ago(0), due_before: ago(-DAY_MS), order: "duty", limit: SHOWN } }, signal }),
  );
  const late = useLatest<ClockRow>("clocks", "late", unit, (signal) =>
    api.GET("/api/clocks", { params: { query: { ...given({ unit }), due_before: ago(0), order: "duty", limit: SHOWN } }, signal }),
  );
  const line = (clock: ClockRow) => <ClockLine key={clock.id} clock={clock} />;
  const more = (after: number | null, before: number) =>
    `/clocks?${new URLSearchParams({ unit, ...(after && { due_after: new Date(after).toISOString() }), due_before: new Date(before).toISOString() }).toString()}`;
  return (
    <>
      <Watch<ClockRow>
        heading={{ title: "期限已经超期", count: board.overdue, sign: "✕", tone: "overdue", more: more(null, at) }}
        empty="没有超期的期限"
        of={late}
        line={line}
      />
      <Watch<ClockRow>
        heading={{ title: "期限 24 小时内届满", count: board.due_soon, sign: "■", tone: "red", more: more(at, at + DAY_MS) }}
        empty="24 小时内没有届满的期限"
        of={soon}
        line={line}
      />
    </>
  );
}

function WorkWatches({ board, unit, at }: { readonly board: StationBoard; readonly unit: string; readonly at: number }) {
  const kinds = useKinds().data ?? [];
  const fresh = useLatest<MatterRow>("matters", "fresh", unit, (signal) =>
    api.GET("/api/matters", { params: { query: { ...given({ unit }), opened_after: ago(DAY_MS), taken_up: true, limit: SHOWN } }, signal }),
  );
  const late = useLatest<MatterRow>("matters", "late", unit, (signal) =>
    api.GET("/api/matters", { params: { query: { ...given({ unit }), late_after: ago(DAY_MS), limit: SHOWN } }, signal }),
  );
  return (
    <>
      <AwaitingWatch count={board.awaiting_approval} unit={unit} />
      <Watch<MatterRow>
        heading={{ title: "24 小时内新增", count: board.opened, sign: "●", tone: "blue", more: `/matters?${new URLSearchParams({ unit, opened_after: new Date(at - DAY_MS).toISOString(), taken_up: "true" }).toString()}` }}
        empty="没有新增的警情和案件"
        of={fresh}
        line={(matter) => (
          <li key={matter.number}>
            <UrgentTag urgent={matter.urgent} /> <Link to={`/matters/${matter.number}`}>{matter.title}</Link>
            <span className="quiet">{kinds.find((each) => each.kind === matter.kind)?.stages[matter.stage] ?? matter.stage}</span>
            <span className="watch-when quiet number">{shownInstant(matter.opened_at)}</span>
          </li>
        )}
      />
      <Watch<MatterRow>
        heading={{
          title: "24 小时内补录",
          count: board.entered_late,
          sign: "▲",
          tone: "yellow",
          more: `/matters?${new URLSearchParams({ unit, late_after: new Date(at - DAY_MS).toISOString() }).toString()}`,
        }}
        empty="24 小时内没有补录"
        of={late}
        line={(matter) => (
          <li key={matter.number}>
            <Link to={`/matters/${matter.number}`}>{matter.title}</Link>
            <span className="quiet">共补录 {matter.late_entries} 次</span>
            <span className="watch-when quiet number" title="最近一次补录的录入时间">
              {shownInstant(matter.late_at)}
            </span>
          </li>
        )}
      />
    </>
  );
}

/** What a shift begins with: what came in, what is due, what is late, what waits for a decision. */
export function StationView() {
  const [{ unit }] = useFilters();
  const board = $api.useQuery("get", "/api/boards/station", { params: { query: given({ unit }) } }, FRESH);
  return (
    <Shown of={board} rows={12}>
      {(data) => (
        <>
          <ul className="colour-strip" aria-label="未结事项的颜色">
            <li className="quiet">未结事项</li>
            {BY_URGENCY.map((colour) => (
              <li key={colour}>
                <Link to={`/matters?unsettled=true&unit=${unit}&colour=${colour}`}>
                  <ColourTag colour={colour} /> <b className="number">{data.colours[colour]}</b>
                </Link>
              </li>
            ))}
          </ul>
          <div className="watches">
            <DueWatches board={data} unit={unit} at={board.dataUpdatedAt} />
            <WorkWatches board={data} unit={unit} at={board.dataUpdatedAt} />
          </div>
        </>
      )}
    </Shown>
  );
}
