"""Lists, pages and counts of matters. Lists come as the JSON that PostgreSQL wrote."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from models.access.scope import Person, Scope, build_scope
from models.folding import fold_words
from models.holding import THEIRS
from models.links import BACKWARDS, Relation
from models.matter import ASKED_OF_OTHERS
from models.readmodel.clocks import CLOCK_COLUMNS
from models.readmodel.exhibits import CUSTODY, THING
from models.readmodel.pagination import (
    Page,
    build_subject_shown_sql,
    build_title_sql,
    build_visible_clocks_sql,
    build_visible_sql,
    fetch_planned,
    format_iso_sql,
    load_page,
)
from models.readmodel.todo import TURN, name_turn, turn_arguments
from models.sensitivity import CRITERIA
from models.store.connection import Connection, Query, fetch_one
from models.store.marks import SENSITIVE, has_mark
from models.store.sensitivity import build_marks_sql
from models.store.urgency import is_urgent

URGENT = is_urgent("m.number", "m.kind")
# Who is asked to do something for a sealed file is not told which that is.
_ASKED_OF_OTHERS = ", ".join(f"'{each}'" for each in sorted(ASKED_OF_OTHERS))
PARENT = f"""CASE WHEN m.kind NOT IN ({_ASKED_OF_OTHERS}) OR NOT (SELECT above.sealed FROM matter above WHERE above.number = m.parent)
    THEN m.parent END"""
MATTERS = f"""
WITH page AS (SELECT m.* FROM matter m WHERE {{where}} ORDER BY m.opened_at DESC, m.number DESC LIMIT %(limit)s)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number, m.kind, m.stage, m.final, m.seq, {{title}} AS title, m.unit_id AS unit, u.zh AS unit_zh,
    m.officer, p.zh AS officer_zh, m.colour, {URGENT} AS urgent, {SENSITIVE} AS sensitive, m.marks, {PARENT} AS parent, m.sealed, m.late_entries, {format_iso_sql("m.late_at")} AS late_at,
    {format_iso_sql("m.opened_at")} AS opened_at, {format_iso_sql("m.updated_at")} AS updated_at,
    CASE WHEN m.kind = 'exhibit' AND {{told}} THEN {CUSTODY} END AS custody
) j)::text, m.opened_at, m.number
FROM page m LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer
ORDER BY m.opened_at DESC, m.number DESC
"""
_MATTER_FILTERS = {
    "kind": "m.kind = %(kind)s",
    "stage": "m.stage = %(stage)s",
    "colour": "m.colour = %(colour)s",
    "officer": "m.officer = %(officer)s",
    "q": """m.number IN (SELECT h.matter FROM heading h
        WHERE bigrams(h.folded) @> bigrams(%(q)s) AND strpos(h.folded, %(q)s) > 0)""",
    "number": "m.number = %(number)s",
    "unsettled": "NOT m.final AND m.kind || '/' || m.stage <> ALL(string_to_array(%(unsettled)s, ','))",
    "opened_after": "m.opened_at >= %(opened_after)s::timestamptz",
    "opened_before": "m.opened_at < %(opened_before)s::timestamptz",
    "category": "m.kind = 'incident' AND coalesce(nullif(m.category, ''), 'none') = %(category)s",
    "sensitive": SENSITIVE,
    "mark": has_mark("%(mark)s"),
    "taken_up": "m.kind = ANY(string_to_array(%(taken_up)s, ','))",
    "late_after": "m.late_at >= %(late_after)s::timestamptz",
    "parent": "m.parent = %(parent)s",
    "holder": "EXISTS (SELECT FROM party WHERE matter = m.number AND id = 'holder' AND folded = %(holder)s)",
}

# What a matter is about: no sealed file is found by it before whoever is not told that.
_BY_WORDS = frozenset({"q", "holder"})
_BY_WHAT_IT_IS = _BY_WORDS | {"category"}
# No index knows a single character, which stands in so many titles that the newest are soon found.
_ONE_CHARACTER = "%(q)s <> '' AND strpos(lower(m.title), %(q)s) > 0"


async def list_matters(
    connection: Connection, scope: Scope, filters: dict[str, str], after: Sequence[Any] | None, limit: int
) -> Page:
    """Matters, the newest first; `filters` by kind, stage, colour, officer, number, parent, holder, age, or `q`, which is part of the title."""
    arguments: dict[str, Any] = {name: fold_words(said) if name in _BY_WORDS else said for name, said in filters.items()}
    known = build_subject_shown_sql(scope, arguments)
    # The bureau's own proof that its watch works is nobody's matter, and a delivery only that of who asks for deliveries.
    where = [
        "m.kind <> 'canary'",
        *(() if "kind" in filters else ("m.kind <> 'delivery'",)),
        build_visible_sql(scope, arguments),
        *((known,) if _BY_WHAT_IT_IS & filters.keys() else ()),
        *(_ONE_CHARACTER if name == "q" and len(arguments["q"]) < 2 else _MATTER_FILTERS[name] for name in filters),
    ]
    if after:
        arguments |= {"opened_at": after[0], "after": after[1]}
        where.append("(m.opened_at, m.number) < (%(opened_at)s::timestamptz, %(after)s)")
    sql = MATTERS.format(where=" AND ".join(where), title=build_title_sql(scope, arguments), told=known)
    return await load_page(connection, sql, arguments, limit)


# The cases that this one carries on, the oldest first: when each was filed, when it turned into the next, and the days it took.
_DAY_OF = "(f.{} AT TIME ZONE 'Asia/Shanghai')::date"
EARLIER = f"""(WITH RECURSIVE chain (number, kind, parent, depth) AS (
         SELECT a.number, a.kind, a.parent, 1 FROM matter a WHERE a.number = m.parent AND m.kind IN ('criminal-case', 'public-order-case')
         UNION SELECT a.number, a.kind, a.parent, depth + 1 FROM matter a JOIN chain ON a.number = chain.parent
     ) SELECT coalesce(json_agg(json_build_object('number', c.number, 'kind', c.kind, 'filed_at', {format_iso_sql("f.filed_at")},
         'turned_at', {format_iso_sql("f.turned_at")}, 'days', {_DAY_OF.format("turned_at")} - {_DAY_OF.format("filed_at")}) ORDER BY c.depth DESC), '[]')
     FROM chain c JOIN LATERAL (SELECT
         min(at) FILTER (WHERE fact IN ('public-order.filed', 'public-order.other-law-filed', 'criminal.filed')) AS filed_at,
         max(at) FILTER (WHERE fact IN ('public-order.turned-criminal', 'case.turned-administrative')) AS turned_at
         FROM fact WHERE matter = c.number AND NOT said ? 'told_by') f ON f.turned_at IS NOT NULL)"""
# What was sent with the request that came back.
_SENT = """(SELECT e.content::json -> 'form' FROM entry e
    WHERE e.chain = m.number AND e.position >= task.request_seq AND e.seq = task.request_seq AND e.sort = 'step')"""
_CRITERIA = json.dumps(CRITERIA, ensure_ascii=False)
# By what a sensitive matter was marked, since when, and whether superiors were told of it since.
MARKS = f"""(SELECT json_build_object('since', {format_iso_sql("min(e.recorded_at)")}, 'criteria', json_agg(DISTINCT %(criteria)s::jsonb ->> one.code),
    'reported', coalesce((SELECT max(r.seq) FROM fact r WHERE r.matter = m.number AND r.fact = 'case.sensitive-reported') > min(e.seq), false))
    FROM {build_marks_sql("m.number")}, json_array_elements_text(e.content::json #> '{{form,criteria}}') AS one (code))"""


_RELATIONS = json.dumps({each: (each.label, BACKWARDS[each]) for each in Relation}, ensure_ascii=False)
# The matters with which this one is linked, from either end, as far as the reader may know of both; the newest first.
LINKED = """(SELECT coalesce(json_agg(json_build_object('number', l.number, 'kind', l.kind, 'stage', l.stage, 'title', l.title,
         'relation', l.relation, 'zh', %(relations)s::jsonb -> l.relation ->> l.theirs::int, 'theirs', l.theirs)
         ORDER BY l.opened_at DESC, l.number DESC, l.relation), '[]')
     FROM (SELECT m.number, m.kind, m.stage, m.opened_at, {title} AS title, known.relation, known.theirs
         FROM (SELECT other AS number, relation, false AS theirs FROM link WHERE matter = %(number)s
             UNION ALL SELECT matter, relation, true FROM link WHERE other = %(number)s) known JOIN matter m ON m.number = known.number
         WHERE {visible} ORDER BY m.opened_at DESC, m.number DESC LIMIT 100) l)"""


class _Card(NamedTuple):
    """A card in JSON but for whose turn it is, which is told beside it."""

    card: str
    turn: dict[str, Any] | None


CARD = f"""
SELECT row_to_json(t)::text AS card, {TURN} AS turn FROM (
    SELECT m.number, m.kind, m.stage, m.final, m.seq, m.title, m.unit_id AS unit, u.zh AS unit_zh, m.officer, p.zh AS officer_zh,
        m.colour, {URGENT} AS urgent, m.shared_with, m.sealed, m.handlers, m.marks, m.late_entries, {format_iso_sql("m.opened_at")} AS opened_at, {format_iso_sql("m.updated_at")} AS updated_at,
        CASE WHEN m.kind = 'exhibit' THEN {CUSTODY} END AS custody, {THING} AS thing, CASE WHEN {SENSITIVE} THEN {MARKS} END AS sensitive,
        (SELECT coalesce(json_agg(json_build_object('id', id, 'role', role, 'roles', roles, 'name', name, 'citizen_id', citizen_id,
             'said', said, 'spelt', array_to_string(sounds, ' ')) ORDER BY id), '[]') FROM party WHERE matter = m.number) AS people,
        (SELECT coalesce(json_agg(row_to_json(c) ORDER BY c.due_at, c.id), '[]') FROM (SELECT {CLOCK_COLUMNS} FROM clock c WHERE {THEIRS}) c) AS clocks,
        (SELECT json_build_object('parent', {PARENT}, 'children', coalesce(json_agg(json_build_object('number', number, 'kind', kind,
             'stage', stage, 'title', title, 'colour', colour) ORDER BY number), '[]'),
             'merged_into', (SELECT about FROM fact WHERE matter = m.number AND fact = 'criminal.merged' AND NOT said ? 'told_by'),
             'earlier', {EARLIER}, 'linked', {{linked}},
             'merged', ARRAY(SELECT said ->> 'told_by' FROM fact WHERE matter = m.number AND fact = 'criminal.merged' AND about = m.number)
             ) FROM matter WHERE parent = m.number AND (NOT sealed OR m.sealed OR officer = %(handler)s OR handlers @> %(handled)s
                 OR unit_id = ANY(%(opens_sealed)s)) AND NOT kept_from && %(kept_by)s::text[]) AS links,
        (SELECT coalesce(json_agg(json_build_object('id', id, 'sort', sort, 'words', words, 'office', office, 'unit', unit_id,
             'person', username, 'step', step, 'clock', clock_id, 'mandatory', mandatory, 'opened_at', {format_iso_sql("opened_at")},
             'form', CASE WHEN sort = 'returned' THEN {_SENT} END)
             ORDER BY id), '[]')
             FROM task WHERE matter = m.number AND done_at IS NULL) AS tasks,
        (SELECT coalesce(jsonb_agg(late || jsonb_build_object('seq', e.seq, 'request', e.content::jsonb #>> '{{form,request}}')
             ORDER BY e.position), '[]') FROM entry e, jsonb_array_elements(e.content::jsonb -> 'late') late
             WHERE m.late_entries > 0 AND e.chain = m.number) AS late,
        (SELECT coalesce(json_agg(r || jsonb_build_object('form', e.content::jsonb -> 'form')), '[]') FROM
             jsonb_array_elements(m.requests) r LEFT JOIN entry e ON e.chain = m.number AND e.position >= (r ->> 'seq')::int
             AND e.seq = (r ->> 'seq')::int AND e.sort = 'step') AS requests
    FROM matter m LEFT JOIN unit u ON u.id = m.unit_id LEFT JOIN person p ON p.username = m.officer WHERE m.number = %(number)s
) t
"""


async def read_card(connection: Connection, number: str, person: Person, meets: str, now: datetime) -> str:
    """Everything a matter's page shows this person, in JSON: where it stands, people, clocks, links, tasks, requests with their forms, its turn.

    `meets` are the limits that each step meets, a JSON object by step.
    """
    arguments = {"criteria": _CRITERIA, "relations": _RELATIONS, **turn_arguments(number, meets, now)}
    scope = build_scope(person)
    linked = LINKED.format(visible=build_visible_sql(scope, arguments), title=build_title_sql(scope, arguments))
    if not scope.reasoned:  # of what is open without a reason, nothing is told that is not
        arguments["opens_sealed"] = []
    found = await fetch_one(connection, Query[_Card](CARD.replace("{linked}", linked)), arguments)
    return f'{found.card[:-1]},"turn":{name_turn(found.turn)}}}'


class _Count(NamedTuple):
    """How many matters of a kind stand at a stage in that colour."""

    kind: str
    stage: str
    colour: str
    n: int


COUNTS = Query[_Count]("""
SELECT m.kind, m.stage, m.colour, count(*) AS n FROM matter m
WHERE NOT m.final AND m.kind NOT IN ('canary', 'delivery') AND {visible} GROUP BY 1, 2, 3 ORDER BY 1, 2
""")


class _Due(NamedTuple):
    """How many clocks are due soon, and how many were."""

    soon: int
    overdue: int


# The canary's clocks run in no unit of the tree, so that the index by unit alone answers.
DUE = Query[_Due]("""
SELECT count(*) FILTER (WHERE c.due_at >= %(now)s) AS soon, count(*) FILTER (WHERE c.due_at < %(now)s) AS overdue
FROM clock c WHERE c.state IN ('running', 'suspended', 'not-started') AND c.due_at < %(soon)s AND {visible}
""")


async def count_open_matters(
    connection: Connection, scope: Scope, now: datetime, soon: datetime, settled: Collection[tuple[str, str]]
) -> dict[str, Any]:
    """Open matters that are not at a settled stage, by colour and by stage, and how many clocks are due from now to `soon` or overdue."""
    arguments: dict[str, Any] = {"now": now, "soon": soon}
    matters, clocks = build_visible_sql(scope, arguments), build_visible_clocks_sql(scope, arguments)
    counts = await fetch_planned(connection, COUNTS.format(visible=matters), arguments)
    (due,) = await fetch_planned(connection, DUE.format(visible=clocks), arguments)
    colours, stages = Counter[str](), Counter[tuple[str, str]]()
    for kind, stage, colour, n in counts:
        if (kind, stage) in settled:
            continue
        colours[colour] += n
        stages[kind, stage] += n
    return {
        "colours": colours,
        "stages": [{"kind": kind, "stage": stage, "count": n} for (kind, stage), n in stages.items()],
        "due_soon": due.soon,
        "overdue": due.overdue,
    }
