/** A table of which only the rows in sight are drawn; on a phone each row is a card. */
import "@/lists/lists.css";

import { type ReactNode, useEffect, useRef, useState } from "react";

import type { List } from "@/lists/lists";
import { usePhone } from "@/theme/phone";
import { Failed, Loading, Nothing } from "@/states/states";

export interface Column<T> {
  readonly key: string;
  readonly title: ReactNode;
  /** A track of the grid: `140px`, `2fr`. */
  readonly width: string;
  readonly cell: (row: T) => ReactNode;
}

interface Props<T> {
  readonly label: string;
  readonly list: List<T>;
  readonly columns: readonly Column<T>[];
  readonly rowKey: (row: T) => string | number;
  /** A row as a card, for narrow screens. */
  readonly card: (row: T) => ReactNode;
  readonly empty: string;
  readonly cardHeight?: number;
  readonly rowHeight?: number;
  /** The row that the keyboard has come to. */
  readonly at?: number;
}

// Rows drawn beyond either edge, so that scrolling shows no gap.
const BEYOND = 8;
const ROW = 44;
const CARD = 94;

export function VirtualTable<T>({ label, list, columns, rowKey, card, empty, cardHeight = CARD, rowHeight = ROW, at = -1 }: Props<T>) {
  const phone = usePhone();
  const frame = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const rows = list.rows ?? [];
  const height = phone ? cardHeight : rowHeight;
  const first = Math.max(0, Math.floor(view.top / height) - BEYOND);
  const last = Math.min(rows.length, Math.ceil((view.top + view.height) / height) + BEYOND);
  const nearEnd = last >= rows.length - BEYOND;
  const { hasMore, isMore, more } = list;

  useEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => {
      setView({ top: element.scrollTop, height: element.clientHeight });
    };
    const sized = new ResizeObserver(look);
    sized.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sized.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [list.isPending]);
  useEffect(() => {
    if (nearEnd && hasMore && !isMore) more();
  }, [nearEnd, hasMore, isMore, more]);

  useEffect(() => {
    const element = frame.current;
    if (!element || at < 0) return;
    const top = at * height;
    if (top < element.scrollTop || top + 2 * height > element.scrollTop + element.clientHeight) element.scrollTo({ top: top - height });
  }, [at, height]);

  if (list.rows === undefined) return list.isPending ? <Loading /> : <Failed error={list.error} onRetry={() => void list.refetch()} />;
  if (rows.length === 0) return <Nothing>{empty}</Nothing>;
  const grid = { gridTemplateColumns: columns.map((each) => each.width).join(" ") };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by the keyboard
    <div ref={frame} className="virtual-table" tabIndex={0} role="table" aria-label={label} aria-rowcount={hasMore ? -1 : rows.length + 1}>
      {!phone && (
        <div role="row" className="virtual-head" style={grid} aria-rowindex={1}>
          {columns.map((column) => (
            <div role="columnheader" key={column.key}>
              {column.title}
            </div>
          ))}
        </div>
      )}
      <div role="rowgroup" style={{ height: rows.length * height, position: "relative" }}>
        {rows.slice(first, last).map((row, n) => (
          <div
            role="row"
            key={rowKey(row)}
            aria-rowindex={first + n + 2}
            className={`${phone ? "virtual-card" : "virtual-row"}${first + n === at ? " at" : ""}`}
            {...(first + n === at ? { "aria-current": true } : {})}
            style={{ ...(phone ? {} : grid), height, transform: `translateY(${String((first + n) * height)}px)` }}
          >
            {phone ? (
              <div role="cell">{card(row)}</div>
            ) : (
              columns.map((column) => (
                <div role="cell" key={column.key}>
                  {column.cell(row)}
                </div>
              ))
            )}
          </div>
        ))}
      </div>
    </div>
  );
}
