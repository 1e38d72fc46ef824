"""A person's work: what they were told, did, asked for, were copied, and what is due. Lists come as the JSON that PostgreSQL wrote.

`words` are what people call kinds, stages, steps and offices, each a JSON object by id: the lifecycles know them, the database does not.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from models.access.scope import Person, Scope, build_scope, list_copy_seats, list_seats
from models.access.succession import build_in_service_sql
from models.readmodel.pagination import (
    OWN_SHEET,
    Page,
    build_not_kept_sql,
    build_subject_shown_sql,
    build_title_sql,
    build_visible_clocks_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.readmodel.todo import WITHHELD
from models.store.connection import Connection, Query

_KIND = "%(kinds)s::jsonb ->> m.kind AS kind_zh"
_RUNNING = "c.state IN ('running', 'suspended', 'not-started')"

NOTICES = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT n.id, n.matter, coalesce(m.kind, '') AS kind, CASE WHEN m.number IS NULL THEN '' ELSE {{title}} END AS title, n.clock_id AS clock, n.colour,
    CASE WHEN {{told}} OR n.clock_id <> '' THEN n.words ELSE '{WITHHELD}' END AS words,
    n.unit_id AS unit, n.office, {format_iso_sql("n.sent_at")} AS sent_at, n.type) j)::text, n.id
FROM (
    SELECT n.* FROM unnest(%(seat_units)s::text[], %(seat_offices)s::text[]) AS seat (unit_id, office), LATERAL (
        SELECT * FROM notice n WHERE n.unit_id = seat.unit_id AND n.office = seat.office AND n.id < %(after)s
            AND n.username IN ('', %(username)s) ORDER BY n.id DESC LIMIT %(limit)s
    ) n
    UNION ALL
    (SELECT n.* FROM notice n WHERE n.office = '' AND n.username = %(username)s AND n.id < %(after)s ORDER BY n.id DESC LIMIT %(limit)s)
    UNION ALL
    (SELECT n.* FROM absence a JOIN notice n ON n.username = a.username AND n.office = '' AND n.matter <> '' AND n.sent_at >= a.begins
     WHERE a.deputy = %(username)s AND a.ended_at IS NULL AND a.begins <= now() AND a.ends > now() AND n.id < %(after)s
     ORDER BY n.id DESC LIMIT %(limit)s)
) n LEFT JOIN matter m ON m.number = n.matter WHERE (n.matter = '' OR {{visible}} OR NOT m.sealed AND m.shared_with && %(copied)s::text[] AND {{known}} OR {OWN_SHEET}) ORDER BY n.id DESC LIMIT %(limit)s
"""

# Done, and asked for: what a person handed in, the newest first. An index alone knows which steps; what they said is fetched for one page.
_MINE = """
handed_in AS {kept} (
    SELECT e.chain, e.position, e.step, e.recorded_at FROM entry e WHERE e.username = %(username)s AND e.sort = 'step' AND {where}{inherited}
), page AS (
    SELECT e.*, m.kind, {title} AS title, m.requests FROM handed_in e JOIN matter m ON m.number = e.chain WHERE {visible}
    ORDER BY e.recorded_at DESC, e.chain DESC, e.position DESC LIMIT %(limit)s
)
"""
DONE = f"""
WITH {_MINE}
SELECT (SELECT row_to_json(j) FROM (SELECT m.chain AS matter, m.kind, {_KIND}, m.title, m.step, %(steps)s::jsonb ->> m.step AS step_zh,
    e.seq, {format_iso_sql("m.recorded_at")} AS recorded_at, e.content::json #>> '{{{{recorded,receipt,standing}}}}' AS standing) j)::text,
    m.recorded_at, m.chain, m.position
FROM page m JOIN entry e USING (chain, position) ORDER BY m.recorded_at DESC, m.chain DESC, m.position DESC
"""
# What awaits approval and is somebody's who took over from whoever asked (接手) and has left: open requests are few.
_INHERITED = f"""
    UNION ALL
    SELECT e.chain, e.position, e.step, e.recorded_at
    FROM succession s JOIN matter m ON m.unit_id = s.unit_id AND m.requests <> '[]', jsonb_array_elements(m.requests) AS r (asked)
    JOIN entry e ON e.seq = (r.asked ->> 'seq')::int AND e.position >= (r.asked ->> 'seq')::int AND e.sort = 'step'
    WHERE s.successor = %(username)s AND r.asked #>> '{{asked_by,person}}' = s.username AND e.chain = m.number
        AND NOT {build_in_service_sql("s.username", "m.unit_id")}"""
# A request ends with the first later entry that no longer knows it: by its own end, or because the matter has left the stage it was made in.
STARTED = f"""
WITH {_MINE}
SELECT (SELECT row_to_json(j) FROM (SELECT m.chain AS matter, m.kind, {_KIND}, m.title, m.step, %(steps)s::jsonb ->> m.step AS step_zh,
    own.seq, {format_iso_sql("m.recorded_at")} AS asked_at, first.zh AS asked_by_zh,
    CASE WHEN open.yet THEN 'awaiting' WHEN (e.recorded #>> '{{{{ended,seq}}}}')::int = own.seq THEN
        CASE e.step WHEN 'approve' THEN 'approved' WHEN 'return' THEN 'returned' WHEN 'withdraw' THEN 'withdrawn' ELSE 'lapsed' END
        ELSE 'lapsed' END AS state,
    (SELECT coalesce(json_agg(json_build_object('office', t.office, 'office_zh', %(office_words)s::jsonb ->> t.office,
         'person', t.username, 'person_zh', p.zh) ORDER BY t.id), '[]') FROM task t LEFT JOIN person p ON p.username = t.username
         WHERE t.matter = m.chain AND t.done_at IS NULL AND t.sort = 'approval' AND t.request_seq = own.seq) AS with,
    {format_iso_sql("e.recorded_at")} AS ended_at) j)::text,
    m.recorded_at, m.chain, m.position
FROM page m
JOIN entry own USING (chain, position)
LEFT JOIN person first ON first.username = own.username AND own.username <> %(username)s
CROSS JOIN LATERAL (SELECT m.requests @> jsonb_build_array(jsonb_build_object('seq', own.seq)) AS yet) open
LEFT JOIN LATERAL (
    SELECT later.step, later.recorded_at, later.recorded FROM (
        SELECT e.step, e.recorded_at, e.position, e.content::jsonb -> 'recorded' AS recorded
        FROM entry e WHERE e.chain = m.chain AND e.position > m.position AND e.sort IN ('step', 'told')
    ) later WHERE NOT open.yet AND NOT later.recorded -> 'requests' @> jsonb_build_array(jsonb_build_object('seq', own.seq))
    ORDER BY later.position LIMIT 1
) e ON true
ORDER BY m.recorded_at DESC, m.chain DESC, m.position DESC
"""
# Copied to a person or a seat of theirs: by the last copy that named them.
COPIED = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT m.number AS matter, m.kind, {_KIND}, {{title}} AS title, m.stage,
    %(stages)s::jsonb ->> (m.kind || '/' || m.stage) AS stage_zh, m.colour, {format_iso_sql("e.recorded_at")} AS copied_at, e.username AS "by",
    p.zh AS by_zh) j)::text, e.recorded_at, m.number
FROM matter m CROSS JOIN LATERAL (
    SELECT e.recorded_at, e.username FROM entry e
    WHERE e.chain = m.number AND e.step = 'copy-to' AND e.sort = 'step'
        AND (e.content::jsonb #> '{{{{form,persons}}}}' ?| ARRAY(SELECT %(username)s UNION ALL
                SELECT username FROM succession WHERE successor = %(username)s) OR e.content::jsonb #> '{{{{form,offices}}}}' ?| %(held)s::text[])
    ORDER BY e.position DESC LIMIT 1
) e LEFT JOIN person p ON p.username = e.username
WHERE (m.shared_with && %(copied)s::text[] OR m.number = ANY(ARRAY(
        SELECT n.matter FROM notice n JOIN unnest(%(seat_units)s::text[], %(seat_offices)s::text[]) AS seat (unit_id, office) USING (unit_id, office)
        WHERE n.type = 'copy'
    ))) AND (NOT m.sealed AND m.shared_with && %(copied)s::text[] AND {{known}} OR {{visible}}) AND {{where}}
ORDER BY e.recorded_at DESC, m.number DESC LIMIT %(limit)s
"""


class Due(NamedTuple):
    """How many running clocks are overdue, and how many fall due within so long."""

    overdue: int
    day: int
    three_days: int
    week: int


DUE = Query[Due](f"""
SELECT (SELECT count(*) FROM clock c WHERE {_RUNNING} AND c.colour = 'overdue' AND c.limit_id <> 'canary' AND {{whose}}) AS overdue, day, three_days, week
FROM (
    SELECT count(*) FILTER (WHERE c.due_at < %(day)s) AS day, count(*) FILTER (WHERE c.due_at < %(three_days)s) AS three_days, count(*) AS week
    FROM clock c WHERE {_RUNNING} AND c.due_at >= %(now)s AND c.due_at < %(week)s AND c.limit_id <> 'canary' AND {{whose}}
) AS ahead
""")


async def list_notices(connection: Connection, person: Person, before: int, limit: int) -> Page:
    """What this person and their offices were warned or told of, the newest first, before that id."""
    units, offices = list_seats(person)
    scope = build_scope(person)
    arguments: dict[str, Any] = {"seat_units": units, "seat_offices": offices, "username": person.username, "after": before}
    arguments["copied"] = list_copy_seats(person)
    filled = NOTICES.format(
        visible=build_visible_sql(scope, arguments),
        known=build_not_kept_sql(scope, arguments),
        told=build_subject_shown_sql(scope, arguments),
        title=build_title_sql(scope, arguments),
    )
    return await load_page(connection, filled, arguments, limit)


async def list_done(
    connection: Connection, person: Person, words: Mapping[str, str], after: Sequence[Any] | None, limit: int
) -> Page:
    """What this person handed in, the newest first, of matters that they may still know of."""
    return await _list_mine(connection, DONE, person, words, after, limit)


async def list_started(
    connection: Connection, person: Person, words: Mapping[str, str], steps: Sequence[str], after: Sequence[Any] | None, limit: int
) -> Page:
    """The requests for approval that this person made, or answers for now, the newest first; `steps` are those that need approval."""
    return await _list_mine(connection, STARTED, person, {**words, "asking": list(steps)}, after, limit)


async def _list_mine(
    connection: Connection, sql: str, person: Person, words: Mapping[str, Any], after: Sequence[Any] | None, limit: int
) -> Page:
    arguments: dict[str, Any] = {**words, "username": person.username}
    where, inherited = (["e.step = ANY(%(asking)s)"], _INHERITED) if "asking" in words else ([], "")
    if after:
        arguments |= {"recorded_at": after[0], "chain": after[1], "position": after[2]}
        where.append("(e.recorded_at, e.chain, e.position) < (%(recorded_at)s::timestamptz, %(chain)s, %(position)s)")
    scope = build_scope(person)
    reach, called = build_visible_sql(scope, arguments), build_title_sql(scope, arguments)
    # Requests are few among all that somebody handed in: they are picked out before anything is known of their matters.
    kept = "MATERIALIZED" if "asking" in words else "NOT MATERIALIZED"
    narrowed = " AND ".join(where) or "true"
    inherited = inherited and f"{inherited} AND {narrowed}"
    sql = sql.format(where=narrowed, inherited=inherited, visible=reach, title=called, kept=kept)
    return await load_page(connection, sql, arguments, limit)


async def list_copied(
    connection: Connection, person: Person, words: Mapping[str, str], after: Sequence[Any] | None, limit: int
) -> Page:
    """What was copied (抄送) to this person or their seats, the newest first; of a sealed file only if they may open it anyhow."""
    units, offices = list_seats(person)
    named = {"username": person.username, "copied": list_copy_seats(person), "seat_units": units, "seat_offices": offices}
    arguments: dict[str, Any] = {**words, **named, "held": sorted(set(offices))}
    where = "true"
    if after:
        arguments |= {"copied_at": after[0], "after": after[1]}
        where = "(e.recorded_at, m.number) < (%(copied_at)s::timestamptz, %(after)s)"
    scope = build_scope(person)
    visible, known = build_visible_sql(scope, arguments), build_not_kept_sql(scope, arguments)
    sql = COPIED.format(where=where, visible=visible, known=known, title=build_title_sql(scope, arguments))
    return await load_page(connection, sql, arguments, limit)


async def count_due(connection: Connection, scope: Scope, officer: str | None, now: datetime) -> Due:
    """How many running clocks are overdue, and how many fall due within a day, three days and a week; of all, or of one officer's."""
    arguments: dict[str, Any] = {"now": now, "officer": officer}
    arguments |= {"day": now + timedelta(days=1), "three_days": now + timedelta(days=3), "week": now + timedelta(days=7)}
    whose = [build_visible_clocks_sql(scope, arguments), *(("c.officer = %(officer)s",) if officer else ())]
    (counts,) = await fetch_planned(connection, DUE.format(whose=" AND ".join(whose)), arguments)
    return counts
