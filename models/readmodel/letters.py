"""The desk of letters (来信清单): letters as who keeps them sees them, what is to be done next first, narrowed by all that the board tells apart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from models.access.scope import Scope
from models.journal import format_canonical
from models.readmodel.board_figures import Period
from models.readmodel.board_letters import (
    CHANNELS,
    NOBODY_SAID,
    OUTCOMES,
    PROMISED,
    SCORES,
    SORTS,
    TOLD,
    build_instants,
    build_span,
    list_subclasses,
)
from models.readmodel.board_tallies import RUNNING
from models.readmodel.pagination import (
    Page,
    build_subject_shown_sql,
    build_title_sql,
    build_visible_sql,
    format_iso_sql,
    load_page,
)
from models.store.connection import Connection

State = Literal["open", "satisfied", "evaluated", "repeated", "reopened"]
STATES: Mapping[State, str] = {
    "open": "尚未办结",
    "satisfied": "评价满意",
    "evaluated": "已评价",
    "repeated": "重复来信",
    "reopened": "重办",
}
Outcome = Literal["kept", "late", "broken", "running"]
OUTCOME: Mapping[Outcome, str] = {"kept": "按期", "late": "逾期完成", "broken": "届满未完成", "running": "尚未届满"}
"""What people call the states and outcomes by which the list is narrowed."""


@dataclass(frozen=True, slots=True)
class LetterFilters:
    """By what the list is narrowed; empty: by nothing. `outcome` is what became of the limit `promise`, or of any."""

    period: Period
    channel: str = ""
    sort: str = ""
    subclass: str = ""
    score: str = ""
    state: State | Literal[""] = ""
    promise: str = ""
    outcome: Outcome | Literal[""] = ""


_STATES = {
    "open": "t.is_open",
    "satisfied": "t.score IN ('very', 'satisfied', 'basic')",
    "evaluated": f"t.score <> '{NOBODY_SAID}'",
    "repeated": "t.repeated",
    "reopened": "t.reopened",
}
_END = "coalesce(c.due_at, 'infinity')"
LISTED = f"""{TOLD}, page AS (
    SELECT t.*, c.due_at, c.limit_zh, c.date_only FROM told t LEFT JOIN LATERAL (
        SELECT c.due_at, c.zh AS limit_zh, c.date_only FROM clock c WHERE c.matter = t.number AND {RUNNING} ORDER BY c.due_at LIMIT 1
    ) c ON true WHERE t.opened_at >= %(first)s AND {{where}} ORDER BY {_END}, t.number LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number, {{title}} AS title, m.stage, m.unit_id AS unit, u.zh AS unit_zh, m.officer, p.zh AS officer_zh,
    m.colour, m.marks, %(called)s::jsonb ->> ('channel/' || c.channel) AS channel_zh, %(called)s::jsonb ->> ('sort/' || c.sort) AS sort_zh,
    %(called)s::jsonb ->> ('class/' || c.subclass) AS subclass_zh, %(called)s::jsonb ->> ('score/' || c.score) AS score_zh,
    c.limit_zh, c.date_only, {format_iso_sql("c.due_at")} AS due_at, {format_iso_sql("m.opened_at")} AS opened_at,
    c.repeats
) j)::text, {_END}, m.number
FROM page c JOIN matter m ON m.number = c.number LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer
ORDER BY {_END}, m.number
"""


async def list_letters(
    connection: Connection, scope: Scope, filters: LetterFilters, after: Sequence[Any] | None, limit: int
) -> Page:
    """Letters that came in the period, the one whose limit ends next first; just as many as the board counts by the same."""
    span = build_span(filters.period)
    arguments = build_instants(span, span.since) | {"called": format_canonical(_list_called())}
    where = [_STATES[filters.state] if filters.state else "true"]
    for name in ("channel", "sort", "subclass", "score"):
        if said := getattr(filters, name):
            arguments[name] = said
            where.append(f"t.{name} = %({name})s")
    if filters.promise or filters.outcome:
        arguments["limits"] = [filters.promise] if filters.promise else [*PROMISED]
        outcome = OUTCOMES[filters.outcome] if filters.outcome else "true"
        where.append(f"EXISTS (SELECT FROM clock c WHERE c.matter = t.number AND c.limit_id = ANY(%(limits)s) AND {outcome})")
    if after:
        arguments |= {"after_due": after[0], "after_number": after[1]}
        where.append(f"({_END}, t.number) > (%(after_due)s::timestamptz, %(after_number)s)")
    sql = LISTED.format(
        where=" AND ".join(where),
        visible=build_visible_sql(scope, arguments),
        known=build_subject_shown_sql(scope, arguments),
        title=build_title_sql(scope, arguments),
    )
    return await load_page(connection, sql, arguments, limit)


def _list_called() -> dict[str, str]:
    named = {"channel": CHANNELS, "sort": SORTS, "class": list_subclasses(), "score": SCORES}
    return {f"{what}/{code}": zh for what, names in named.items() for code, zh in names.items()}
