import { Link } from "react-router";

import { $api, given } from "@/api/client";
import { useMe } from "@/api/queries";
import type { Colour, DueCounts } from "@/api/shapes";
import { COLOURS } from "@/clocks/colours";
import { inChina, writtenInstant } from "@/clocks/instants";
import { Failed } from "@/states/states";
import { useDeskUnit } from "@/shell/desk";

interface Card {
  readonly zh: string;
  readonly colour: Colour;
  readonly count: number;
  readonly query: Readonly<Record<string, string>>;
}

const DAYS = { day: 1, three_days: 3, week: 7 } as const;

function until(at: string, days: number): string {
  return writtenInstant(inChina(at).add(days, "day"));
}

/** Each count opens exactly the clocks it has counted. */
function cardsOf(due: DueCounts): readonly Card[] {
  const within = (days: number) => ({ due_after: writtenInstant(inChina(due.at)), due_before: until(due.at, days) });
  return [
    { zh: "已超期", colour: "overdue", count: due.overdue, query: { colour: "overdue" } },
    { zh: "24 小时内", colour: "red", count: due.day, query: within(DAYS.day) },
    { zh: "3 日内", colour: "orange", count: due.three_days, query: within(DAYS.three_days) },
    { zh: "7 日内", colour: "blue", count: due.week, query: within(DAYS.week) },
  ];
}

/** What falls due when: of my matters, or of all in my units. */
export function DueCards({ mine }: { readonly mine: boolean }) {
  const unit = useDeskUnit();
  const username = useMe().data?.username ?? "";
  const due = $api.useQuery("get", "/api/work/due", { params: { query: { mine, ...given({ unit }) } } });
  if (due.isError && !due.data) return <Failed error={due.error} onRetry={() => void due.refetch()} />;
  const shared: Readonly<Record<string, string>> = { ...(mine ? { officer: username } : {}), ...(unit ? { unit } : {}) };
  const cards = due.data ? cardsOf(due.data) : cardsOf({ at: new Date().toISOString(), overdue: 0, day: 0, three_days: 0, week: 0 });
  return (
    <div className="due-cards" aria-busy={due.isPending}>
      {cards.map((card) => (
        <Link
          key={card.zh}
          to={`/clocks?${new URLSearchParams({ ...card.query, ...shared }).toString()}`}
          className={`due-card colour-${card.count > 0 ? card.colour : "none"}`}
        >
          <span className="due-count number">{due.data ? card.count : "…"}</span>
          <span>
            <span aria-hidden="true">{COLOURS[card.colour].sign}</span> {card.zh}
          </span>
        </Link>
      ))}
    </div>
  );
}
