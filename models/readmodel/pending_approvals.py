"""Requests awaiting approval (有待审批): since when and with whom each waits, those that wait for the reader first.

`words` are the display names of kinds, steps and offices, as in `models.readmodel.worklist`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from models.access.scope import Person, Scope, list_seats
from models.access.succession import build_answerable_sql
from models.readmodel.pagination import (
    Page,
    build_title_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
    parse_instant_sql,
)
from models.store.connection import Connection, Query

_ASKED_AT = parse_instant_sql("r.asked ->> 'asked_at'")
_ASKED = f"""
SELECT m.number, m.kind, {{title}} AS title, m.colour, m.officer, m.unit_id, m.seq AS at_seq, r.asked, (r.asked ->> 'seq')::int AS seq,
    coalesce({_ASKED_AT}, m.updated_at) AS asked_at
FROM matter m, jsonb_array_elements(m.requests) AS r (asked)
WHERE m.requests <> '[]' AND m.kind NOT IN ('canary', 'delivery') AND {{visible}}
"""
# The open tasks of a request `a`: one for each person or office whose decision it awaits.
_WITH = "FROM task t WHERE t.matter = a.number AND t.done_at IS NULL AND t.sort = 'approval' AND t.request_seq = a.seq"
# The requests that the reader may decide, collected once. The rules are those of the reader's list of tasks: a named person is asked whatever
# office they hold, and nobody else is then; a case officer is asked only in their own matters.
_MINE = """
SELECT t.matter, t.request_seq AS seq, bool_and(t.username = '' AND t.office = 'case-officer') AS by_matter
FROM (
    SELECT t.* FROM task t JOIN unnest(%(seat_units)s::text[], %(seat_offices)s::text[]) AS seat (unit_id, office) USING (unit_id, office)
    WHERE t.username = '' AND t.done_at IS NULL
    UNION ALL
    SELECT t.* FROM task t WHERE t.username = %(username)s AND t.username <> '' AND t.done_at IS NULL
) t WHERE t.sort = 'approval' GROUP BY 1, 2
"""
# The holders of the office in the unit or above it, so that the user knows whom to call.
_HOLDERS = """(SELECT coalesce(json_agg(DISTINCT p.zh), '[]') FROM holding h JOIN person p ON p.username = h.username AND p.active
    JOIN unit above ON above.id = h.unit_id WHERE t.username = '' AND h.office = t.office AND starts_with(there.path, above.path))"""
_ASKER = build_answerable_sql("a.asked #>> '{{asked_by,person}}'", "a.unit_id")
AWAITING = f"""
WITH mine AS ({_MINE}), lying AS (
    SELECT a.*, coalesce(NOT mine.by_matter OR a.officer IN ('', %(username)s), false) AS mine
    FROM ({_ASKED}) a LEFT JOIN mine ON mine.matter = a.number AND mine.seq = a.seq
), page AS (
    SELECT * FROM lying WHERE {{where}} ORDER BY mine DESC, asked_at, number, seq LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT a.number AS matter, a.kind, %(kinds)s::jsonb ->> a.kind AS kind_zh, a.title, a.colour,
    a.unit_id AS unit, u.zh AS unit_zh, a.at_seq AS seq, a.asked ->> 'step' AS request,
    %(steps)s::jsonb ->> (a.asked ->> 'step') AS request_zh, p.zh AS asked_by_zh, asker.zh AS asker_zh,
    {format_iso_sql("a.asked_at")} AS asked_at,
    greatest(0, round(extract(epoch FROM %(now)s::timestamptz - a.asked_at) / 3600, 1)) AS waited_hours, a.mine,
    (SELECT coalesce(json_agg(json_build_object('office', t.office, 'office_zh', %(office_words)s::jsonb ->> t.office,
         'unit_zh', there.zh, 'person', t.username, 'person_zh', named.zh, 'holders', {_HOLDERS}) ORDER BY t.id), '[]')
         {_WITH.replace("task t", "task t LEFT JOIN person named ON named.username = t.username LEFT JOIN unit there ON there.id = t.unit_id")}
    ) AS with) j)::text, a.asked_at, a.mine, a.number, a.seq
FROM page a LEFT JOIN unit u ON u.id = a.unit_id LEFT JOIN person p ON p.username = a.asked #>> '{{{{asked_by,person}}}}'
LEFT JOIN person asker ON asker.username = {_ASKER}
ORDER BY a.mine DESC, a.asked_at, a.number, a.seq
"""
COUNTED = Query[int](f"SELECT count(*)::int FROM ({_ASKED}) asked")


async def list_pending(
    connection: Connection,
    person: Person,
    scope: Scope,
    words: Mapping[str, str],
    now: datetime,
    after: Sequence[Any] | None,
    limit: int,
) -> Page:
    """Requests in the scope: first those that this person may decide, then the others; the longest waiting first."""
    units, offices = list_seats(person)
    arguments: dict[str, Any] = {**words, "username": person.username, "seat_units": units, "seat_offices": offices, "now": now}
    where = "true"
    if after:
        arguments |= dict(zip(("asked_at", "mine", "number", "seq"), after, strict=True))
        where = "(NOT mine, asked_at, number, seq) > (NOT %(mine)s, %(asked_at)s::timestamptz, %(number)s, %(seq)s)"
    sql = AWAITING.format(where=where, visible=build_visible_sql(scope, arguments), title=build_title_sql(scope, arguments))
    return await load_page(connection, sql, arguments, limit)


async def count_pending(connection: Connection, scope: Scope) -> int:
    """The number of requests in the scope that await a decision."""
    arguments: dict[str, Any] = {}
    sql = COUNTED.format(visible=build_visible_sql(scope, arguments), title=build_title_sql(scope, arguments))
    (many,) = await fetch_planned(connection, sql, arguments)
    return many
