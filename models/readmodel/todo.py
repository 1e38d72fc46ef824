"""What a person has to do (待办), and whose turn a matter is (轮到). Lists come as the JSON that PostgreSQL wrote.

`words` are what people call kinds, stages, steps and offices, and the limits that a step meets, each a JSON object by id: the lifecycles know
them, the database does not.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from law.offices import Office
from models.access.read_rights import READS
from models.access.scope import Person, build_scope, list_copy_seats, list_seats
from models.access.succession import build_answerable_sql
from models.forms.form import get_forms
from models.readmodel.pagination import (
    MASKED,
    OWN_SHEET,
    Page,
    build_not_kept_sql,
    build_subject_shown_sql,
    build_title_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.store.absences import STOOD_IN_FOR
from models.store.connection import Connection, Query
from models.store.urgency import is_urgent
from models.turns import SIGNED_FOR

# What a warning, a request for approval or a turn says the law and the forms say; all else people wrote, of a sealed file what it is about.
WITHHELD = f"{MASKED}，说明查阅理由后显示"
# Of a turn the limit that its step meets comes before any other of the matter.
_DUE = """(SELECT coalesce(min(c.due_at) FILTER (WHERE met.limits ? c.limit_id), min(c.due_at)) FROM clock c
    LEFT JOIN LATERAL (SELECT value AS limits FROM jsonb_each(%(meets)s::jsonb) WHERE key = t.step) met ON t.sort = 'turn'
    WHERE c.matter = t.matter AND c.state IN ('running', 'suspended', 'not-started'))"""
# And its colour is that of the limit whose time stands beside it.
_COLOUR = """CASE WHEN t.sort = 'turn' THEN (SELECT c.colour FROM clock c WHERE c.matter = t.matter AND c.due_at = due.due_at
    AND c.state IN ('running', 'suspended', 'not-started') ORDER BY c.colour <> t.colour LIMIT 1) END"""
_QUEUE = """CASE WHEN t.sort IN ('approval', 'returned') THEN t.sort WHEN t.sort IN ('expired', 'overrun') THEN 'overdue'
    WHEN t.sort <> 'turn' THEN 'other' WHEN t.step = ANY(%(signing)s) THEN 'signing' WHEN m.kind = 'rectification-order' THEN 'rectification'
    ELSE 'turn' END"""
# What was copied to them they read, as a unit that differs over whose a matter is does.
_COPIED = "NOT m.sealed AND m.shared_with && %(copied)s::text[]"
# Who is named is asked whatever office they hold; nobody else is then but who stands in for them. A turn that nobody has taken is besides that of the office above.
# What concerns no matter of ours has no number.
_THEIRS = f"""
theirs AS (
    SELECT t.*, {_QUEUE} AS queue, urgent.urgent,
        CASE WHEN urgent.urgent THEN 0 WHEN {_QUEUE} IN ('returned', 'signing') THEN 1 ELSE 2 END AS place, m.number, m.kind, m.colour, m.seq AS at_seq,
        m.requests, m.unit_id AS of_unit, {{told}} AS told,
        CASE WHEN t.sort IN ('law', 'appointment', 'setting', 'objection', 'report') THEN '本局事务' WHEN m.number IS NULL THEN '本局查无此事项'
            WHEN {{visible}} OR {_COPIED} OR {OWN_SHEET} THEN {{title}} ELSE '{MASKED}' END AS title
    FROM (
        SELECT t.*, false AS gone_up FROM task t
        JOIN unnest(%(seat_units)s::text[], %(seat_offices)s::text[]) AS seat (unit_id, office) USING (unit_id, office)
        WHERE t.username = '' AND t.done_at IS NULL
        UNION ALL
        SELECT t.*, false FROM task t WHERE t.username = %(username)s AND t.username <> '' AND t.done_at IS NULL
        UNION ALL
        SELECT t.*, false FROM task t JOIN {STOOD_IN_FOR} away USING (username) WHERE t.done_at IS NULL AND NOT (t.sort = 'approval' AND EXISTS (
            -- Nobody approves what they asked for themselves, for whomever they stand in.
            SELECT FROM matter o, jsonb_array_elements(o.requests) r
            WHERE o.number = t.matter AND r ->> 'step' = t.step AND r #>> '{{{{asked_by,person}}}}' = %(username)s))
        UNION ALL
        SELECT t.*, true FROM task t
        JOIN unnest(%(seat_units)s::text[], %(seat_offices)s::text[]) AS seat (unit_id, above) USING (unit_id, above)
        WHERE t.done_at IS NULL AND t.above <> '' AND t.goes_up_at <= %(now)s AND t.username <> %(username)s AND NOT (
            t.username = '' AND (t.unit_id, t.office) IN (SELECT * FROM unnest(%(seat_units)s::text[], %(seat_offices)s::text[])))
    ) t LEFT JOIN matter m ON m.number = t.matter
    CROSS JOIN LATERAL (SELECT t.sort = 'turn' AND {is_urgent("m.number", "m.kind")} AS urgent) urgent
    WHERE {{known}} AND (t.matter = '' OR (t.username <> '' OR t.office <> 'case-officer' OR t.sort = 'turn' OR m.officer IN ('', %(username)s)) AND ({{visible}} OR {_COPIED})
        OR t.sort = 'overrun' AND m.unit_id = ANY(%(supervised)s) OR {OWN_SHEET})
)"""
_ASKER = build_answerable_sql("r.asked #>> '{{asked_by,person}}'", "t.of_unit")
TASKS = f"""
WITH {_THEIRS}, page AS (
    SELECT t.*, due.due_at FROM theirs t CROSS JOIN LATERAL (SELECT {{due}} AS due_at) due WHERE {{where}} ORDER BY {{order}} LIMIT %(limit)s
)
SELECT (SELECT row_to_json(j) FROM (SELECT t.id, t.matter, coalesce(t.kind, '') AS kind, t.title, t.sort, t.queue, coalesce(t.urgent, false) AS urgent, t.gone_up,
    CASE WHEN t.told OR t.clock_id <> '' OR t.sort IN ('approval', 'turn') THEN t.words ELSE '{WITHHELD}' END AS words, t.unit_id AS unit,
    t.office, t.username AS person, t.step, t.clock_id AS clock, t.mandatory, {format_iso_sql("t.opened_at")} AS opened_at,
    coalesce({_COLOUR}, t.colour, 'none') AS colour, coalesce(t.at_seq, 0) AS seq, %(steps)s::jsonb ->> t.step AS step_zh,
    (r.asked ->> 'seq')::int AS request_seq, r.asked ->> 'step' AS request, p.zh AS asked_by_zh, asker.zh AS asker_zh, CASE WHEN t.told THEN e.content::json -> 'form' END AS form,
    {format_iso_sql("due.due_at")} AS due_at) j)::text, {{order}}
FROM page t
CROSS JOIN LATERAL (SELECT coalesce(t.due_at, {_DUE}) AS due_at) due
LEFT JOIN LATERAL (SELECT asked FROM jsonb_array_elements(t.requests) asked WHERE t.sort = 'approval' AND asked ->> 'step' = t.step) r ON true
LEFT JOIN person p ON p.username = r.asked #>> '{{{{asked_by,person}}}}'
LEFT JOIN person asker ON asker.username = {_ASKER}
LEFT JOIN entry e ON e.chain = t.matter AND e.position >= (r.asked ->> 'seq')::int AND e.seq = (r.asked ->> 'seq')::int AND e.sort = 'step'
ORDER BY {{order}}
"""
COUNTS = f"WITH {_THEIRS} SELECT t.queue, count(*) AS n FROM theirs t GROUP BY t.queue"
# The first to arrive first; or urgent incidents, what came back and what is to be signed for, and then what is due first.
_ORDERS = {"arrival": "t.id", "due": "t.place, coalesce(due.due_at, 'infinity'), t.id"}
_AFTER = {
    "arrival": "t.id > %(id)s",
    "due": "(t.place, coalesce(due.due_at, 'infinity'), t.id) > (%(place)s, %(due_at)s::timestamptz, %(id)s)",
}
_FILTERS = {
    "queue": "t.queue = %(queue)s",
    # What a sealed file is about finds nothing before whoever is not told it: its title is not there.
    "q": """strpos(folded(concat_ws(' ', t.title, t.matter, t.words, %(steps)s::jsonb ->> t.step)), folded(%(q)s::text)) > 0""",
}

# Of the tasks that say whose turn a matter is the first sort counts: a request that awaits its approval, the stage's own, and where that is
# nobody's what somebody is asked for by name, as whoever's request came back. A part of the card's statement, whose words are added here.
TURN = f"""
(WITH said AS (
    SELECT t.*, rank() OVER (ORDER BY array_position(ARRAY['approval', 'turn', 'returned'], t.sort), t.step) AS place FROM task t
    WHERE t.matter = %(number)s AND t.done_at IS NULL AND t.sort IN ('approval', 'returned', 'turn')
)
SELECT json_build_object('sort', min(t.sort), 'step', min(t.step),
    'since', {format_iso_sql("min(t.opened_at)")}, 'due_at', {format_iso_sql(f"min({_DUE})")}, 'outside', bool_or(t.office = ANY(%(outside)s)),
    'gone_up', coalesce(bool_or(t.goes_up_at <= %(now)s), false),
    'who', json_agg(json_build_object('office', t.office, 'unit_zh', u.zh,
        'person', t.username, 'person_zh', p.zh, 'deputy_zh', (SELECT d.zh FROM absence a JOIN person d ON d.username = a.deputy
            WHERE a.username = t.username AND a.ended_at IS NULL AND a.begins <= %(now)s AND a.ends > %(now)s))
        ORDER BY t.id))
FROM said t LEFT JOIN person p ON p.username = t.username AND t.username <> '' LEFT JOIN unit u ON u.id = t.unit_id
WHERE t.place = 1 HAVING count(*) > 0)
"""
_OUTSIDE = [str(office) for office, what in READS.items() if what.outside]
_OFFICES = {office.value: office.label for office in Office}


class _Queue(NamedTuple):
    queue: str
    n: int


class Wanted(NamedTuple):
    """Which tasks are asked for, and in which order: by arrival, or what is due first; of one queue, or with those words."""

    order: str = "arrival"
    queue: str = ""
    q: str = ""


async def list_tasks(
    connection: Connection,
    person: Person,
    words: Mapping[str, str],
    wanted: Wanted,
    after: Sequence[Any] | None,
    now: datetime,
    limit: int,
) -> Page:
    """What this person has to do: what they or their offices must, and of an officer's tasks those of their matters."""
    arguments = {**words, **{name: said for name in _FILTERS if (said := getattr(wanted, name))}}
    where = [_FILTERS[name] for name in arguments if name in _FILTERS]
    if after:
        where.append(_AFTER[wanted.order])
        arguments |= dict(zip(("place", "due_at", "id") if wanted.order == "due" else ("id",), after, strict=True))
    filled = {"where": " AND ".join(where) or "true", "order": _ORDERS[wanted.order]}
    filled["due"] = _DUE if wanted.order == "due" else "NULL::timestamptz"
    return await load_page(connection, *_add_addressees(TASKS, person, arguments, now, **filled), limit)


async def count_tasks(connection: Connection, person: Person, now: datetime) -> dict[str, int]:
    """How many tasks this person has, by queue."""
    sql, arguments = _add_addressees(COUNTS, person, {}, now)
    return dict(await fetch_planned(connection, Query[_Queue](sql), arguments))


def turn_arguments(number: str, meets: str, now: datetime) -> dict[str, Any]:
    """The arguments of `TURN`; `meets` are the limits that a step meets, as above."""
    return {"number": number, "meets": meets, "outside": _OUTSIDE, "now": now}


def name_turn(turn: dict[str, Any] | None) -> str:
    """What `TURN` found as JSON, with what people call its step and its offices; `null` where it is nobody's."""
    if turn is None:
        return "null"
    form = get_forms().get(turn["step"])
    who = [{**each, "office_zh": _OFFICES.get(each["office"])} for each in turn["who"]]
    return json.dumps({**turn, "step_zh": form and form.rule.title, "who": who}, ensure_ascii=False)


def _add_addressees(
    sql: str, person: Person, arguments: Mapping[str, Any], now: datetime, **filled: str
) -> tuple[str, dict[str, Any]]:
    units, offices = list_seats(person)
    scope = build_scope(person)
    arguments = {
        **arguments,
        "seat_units": units,
        "seat_offices": offices,
        "username": person.username,
        "copied": list_copy_seats(person),
        "supervised": list(scope.supervising),
        "signing": list(SIGNED_FOR),
        "now": now,
    }
    said = {
        "visible": build_visible_sql(scope, arguments),
        "known": build_not_kept_sql(scope, arguments),
        "told": build_subject_shown_sql(scope, arguments),
        "title": build_title_sql(scope, arguments),
    }
    return sql.format(**said, **filled), arguments
