/** What the boards ask for: the filters in the address, and the answers. */
import { keepPreviousData } from "@tanstack/react-query";
import { useEffect } from "react";
import { useSearchParams } from "react-router";

import type { components, paths } from "@/api/contract";
import type { Colour } from "@/api/shapes";
import { useDeskUnit } from "@/shell/desk";

type Schemas = components["schemas"];
export type Colours = Schemas["Colours"];
export type DeadlineBoard = Schemas["DeadlineBoard"];
export type RankingBoard = Schemas["RankingBoard"];
export type StageBoard = Schemas["StageBoard"];
export type StationBoard = Schemas["StationBoard"];
export type ScreenBoard = Schemas["ScreenBoard"];
export type SupervisionBoard = Schemas["SupervisionBoard"];
export type RateView = Schemas["RateView"];
export type Rate = Schemas["Rate"];
export type AlertBoard = Schemas["AlertBoard"];
export type OrderBoard = Schemas["OrderBoard"];
export type CallsBoard = Schemas["CallsBoard"];
export type CallCount = Schemas["CallCount"];
export type CountedItem = Schemas["CountedItem"];
export type AwaitingItem = Schemas["AwaitingItem"];
export type RedCard = Schemas["RedCard"];
export type QueueBoard = Schemas["QueueBoard"];
export type SearchBoard = Schemas["SearchBoard"];
export type LetterBoard = Schemas["LetterBoard"];
export type LetterCount = Schemas["LetterCount"];
export type PromiseCount = Schemas["PromiseCount"];
export type QueueCount = Schemas["QueueCount"];
export type QueuedItem = Schemas["QueuedItem"];

// Events tell what changed in matters; that a limit turns yellow because time passes is no event.
export const MINUTE_MS = 60_000;

/** By what a list of clocks is narrowed; empty for no bound. */
type ClockQuery = NonNullable<paths["/api/clocks"]["get"]["parameters"]["query"]>;
export type ClocksAsked = { readonly [K in keyof ClockQuery]?: NonNullable<ClockQuery[K]> | "" };

/** By what a list of matters is narrowed; empty for no bound. */
type MatterQuery = NonNullable<paths["/api/matters"]["get"]["parameters"]["query"]>;
export type MattersAsked = { readonly [K in keyof MatterQuery]?: NonNullable<MatterQuery[K]> | "" };

/** By what a list of letters is narrowed; empty for no bound. */
type LetterQuery = NonNullable<paths["/api/letters"]["get"]["parameters"]["query"]>;
export type LettersAsked = { readonly [K in keyof LetterQuery]?: NonNullable<LetterQuery[K]> | "" };

/** What a board is narrowed to, as the address and the server write it; empty for no bound. */
export interface Filters {
  readonly unit: string;
  readonly kind: NonNullable<ClocksAsked["kind"]>;
  readonly from: string;
  readonly to: string;
}

const NAMES = ["unit", "kind", "from", "to"] as const;

/** The filters, which stand in the address so that a link shows the same to whoever may see it. */
export function useFilters(): [Filters, (change: Partial<Filters>) => void] {
  const [asked, ask] = useSearchParams();
  const desk = useDeskUnit();
  const unsaid = !asked.has("unit") && desk !== "";
  useEffect(() => {
    if (!unsaid) return;
    ask((before) => new URLSearchParams([...before, ["unit", desk]]), { replace: true });
  }, [unsaid, desk, ask]);
  const filters = Object.fromEntries(NAMES.map((name) => [name, asked.get(name) ?? ""])) as unknown as Filters;
  const change = (changed: Partial<Filters>) => {
    ask(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changed)) {
          // An empty unit is said: it is more than the unit of one's desk.
          if (value || name === "unit") next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  };
  return [filters, change];
}

/** How a board is kept fresh; what it showed stays until the next answer. */
export const FRESH = { refetchInterval: MINUTE_MS, placeholderData: keepPreviousData } as const;

/** The clocks behind one count of a board. */
export interface Cell {
  readonly unit: string;
  readonly limit: string;
  readonly colour: Colour | "";
}

const SEPARATOR = "~";

/** Which count is opened, kept in the address too. */
export function useOpenCell(): [Cell | null, (cell: Cell | null) => void] {
  const [asked, ask] = useSearchParams();
  const [unit = "", limit = "", colour = ""] = (asked.get("open") ?? "").split(SEPARATOR);
  const cell = asked.has("open") ? { unit, limit, colour: colour as Colour | "" } : null;
  const open = (next: Cell | null) => {
    ask((before) => {
      const after = new URLSearchParams(before);
      if (next) after.set("open", [next.unit, next.limit, next.colour].join(SEPARATOR));
      else after.delete("open");
      return after;
    });
  };
  return [cell, open];
}

/** The list of clocks that a count was made of, as its address is asked. */
export function clocksOf(cell: Cell, filters: Filters): ClocksAsked {
  const asked: { -readonly [K in keyof ClocksAsked]: ClocksAsked[K] } = { unit: cell.unit || filters.unit, limit_id: cell.limit, colour: cell.colour, kind: filters.kind };
  // A row counts what is a unit's own; the sum of all rows what is of those below as well.
  if (cell.unit) asked.alone = true;
  if (filters.from) asked.due_after = `${filters.from}T00:00:00+08:00`;
  if (filters.to) asked.due_before = `${dayAfter(filters.to)}T00:00:00+08:00`;
  return asked;
}

function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return next.toISOString().slice(0, 10);
}
