"""Everything that is read: people, where a matter stands, lists, boards. Lists come as the JSON that PostgreSQL wrote."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from law.calendar import Calendar
from models.access.scope import Person, Scope, Tree, Unit, held, scope_of
from models.folding import folded
from models.holding import THEIRS
from models.journal import BUREAU
from models.readmodel.board_tallies import RUNNING
from models.readmodel.exhibits import CUSTODY, THING
from models.readmodel.pagination import Page, fetch_planned, iso, page, title, told, unsealed_to, visible, visible_clocks
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one
from models.store.mappers import calendar_of
from models.store.statements import PUBLISHED

# People and units

UNITS = Query[Unit]("SELECT id, parent_id AS parent, path, zh, kind, serves FROM unit ORDER BY path")


class _Person(NamedTuple):
    """Somebody, and what they hold, each office with its unit."""

    zh: str
    badge: str
    offices: list[str]
    units: list[str]


PERSON = Query[_Person]("""
SELECT p.zh, p.badge, array_remove(array_agg(h.office), NULL) AS offices, array_remove(array_agg(h.unit_id), NULL) AS units
FROM person p LEFT JOIN holding h USING (username) WHERE p.username = %(username)s AND p.active GROUP BY p.username
""")
PASSWORD = Query[str | None]("SELECT password_hash FROM person WHERE username = %(username)s AND active")


class Holder(NamedTuple):
    """Somebody active who holds an office in a unit."""

    username: str
    office: str
    unit: str


HOLDERS = Query[Holder]("""
SELECT username, office, unit_id AS unit FROM holding JOIN person p USING (username)
WHERE p.active AND unit_id = ANY(%(units)s) AND (office = ANY(%(offices)s) OR username = ANY(%(persons)s))
""")
IS_PERSON = Query[bool]("SELECT EXISTS (SELECT FROM person WHERE username = %(username)s AND active)")
ROSTER = Query[str]("""
SELECT coalesce(json_agg(json_build_object('username', username, 'zh', p.zh, 'badge', badge, 'unit', unit_id, 'office', office)
                         ORDER BY unit_id, badge, office), '[]')::text
FROM holding JOIN person p USING (username) WHERE p.active
""")


async def units(connection: Connection) -> Tree:
    """Every unit by its id, each after those above it."""
    return {unit.id: unit for unit in await fetch_all(connection, UNITS)}


async def person(connection: Connection, username: str, tree: Tree) -> Person | None:
    """The active person of that name with the offices they hold; None if there is none."""
    row = await fetch_first(connection, PERSON, {"username": username})
    if row is None:
        return None
    offices = [held(office, tree[unit], tree) for office, unit in zip(row.offices, row.units, strict=True) if unit in tree]
    return Person(username, row.zh, row.badge, tuple(sorted(offices, key=lambda each: (-len(each.unit.path), each.office))))


async def password_of(connection: Connection, username: str) -> str | None:
    """The stored hash of a person's password; None where nobody of that name may sign in by one."""
    return await fetch_first(connection, PASSWORD, {"username": username})


async def is_person(connection: Connection, username: str) -> bool:
    """Whether somebody active bears that user name."""
    return await fetch_one(connection, IS_PERSON, {"username": username})


async def holders(connection: Connection, units: Sequence[str], offices: Sequence[str], persons: Sequence[str]) -> list[Holder]:
    """Who holds one of these offices, or is one of these people and holds any, in one of these units."""
    arguments = {"units": list(units), "offices": list(offices), "persons": list(persons)}
    return await fetch_all(connection, HOLDERS, arguments)


async def roster(connection: Connection) -> str:
    """Who holds which office in which unit, as a JSON list."""
    return await fetch_one(connection, ROSTER)


async def calendar(connection: Connection) -> Calendar:
    """The calendar everyone counts by: the library's years, overlaid by those that an administrator has published."""
    return calendar_of(await fetch_all(connection, PUBLISHED))


# Before a submission

STATUS = "m.number, m.kind, m.stage, m.final, m.seq, m.unit_id AS unit, m.officer, m.shared_with, m.requests, m.sealed, m.handlers, m.shared_at"


class _Found(NamedTuple):
    """The status of a matter, all None where there is none; and the content of the entry recorded under a key."""

    number: str | None
    kind: str | None
    stage: str | None
    final: bool | None
    seq: int | None
    unit: str | None
    officer: str | None
    shared_with: list[str] | None
    requests: list[dict[str, Any]] | None
    sealed: bool | None
    handlers: list[str] | None
    shared_at: dict[str, int] | None
    first: str | None


MATTER = Query[_Found](f"""
SELECT {STATUS},
       (SELECT content FROM entry WHERE key = %(key)s) AS first
FROM (SELECT) AS always LEFT JOIN matter m ON m.number = %(number)s
""")
RECORDED = Query[str]("SELECT content FROM entry WHERE key = %(key)s")


class MatterStatus(NamedTuple):
    """What a submission is judged by: stage, unit, officer and who reaches the matter; `requests` are those that await approval, without their forms."""

    number: str
    kind: str
    stage: str
    final: bool
    seq: int
    unit: str
    officer: str
    shared_with: list[str]
    requests: list[dict[str, Any]]
    sealed: bool
    handlers: list[str]
    # By office, and for copies by whom, at which position of the journal it was shared; what was shared before this was kept is not here.
    shared_at: dict[str, int]


async def find_matter(connection: Connection, number: str, key: str = "") -> tuple[MatterStatus | None, dict[str, Any] | None]:
    """The status of that matter, None if there is none, and the entry already recorded under that key, if any."""
    row = await fetch_one(connection, MATTER, {"number": number, "key": key})
    return (MatterStatus._make(row[:-1]) if row.number else None), (json.loads(row.first) if row.first else None)


ANCESTORS = Query[MatterStatus](f"""
WITH RECURSIVE above(number, depth) AS (
    SELECT parent, 1 FROM matter WHERE number = %(number)s
    UNION SELECT m.parent, depth + 1 FROM matter m JOIN above USING (number)
) SELECT {STATUS} FROM matter m JOIN above USING (number) ORDER BY depth DESC
""")


async def ancestors(connection: Connection, number: str) -> list[MatterStatus]:
    """The matters that a matter came of, the eldest first."""
    return await fetch_all(connection, ANCESTORS, {"number": number})


async def recorded(connection: Connection, key: str) -> dict[str, Any] | None:
    """The entry recorded under that key."""
    content = await fetch_first(connection, RECORDED, {"key": key})
    return json.loads(content) if content else None


class Opened(NamedTuple):
    """A matter that was opened under a key, and by whom; the number is empty before whoever may not know what it is about."""

    key: str
    number: str
    username: str
    zh: str | None


OPENED_UNDER = Query[Opened]("""
SELECT e.key, CASE WHEN {visible} AND {told} THEN e.chain ELSE '' END AS number, e.username, p.zh
FROM entry e LEFT JOIN person p USING (username) LEFT JOIN matter m ON m.number = e.chain WHERE e.key = ANY(%(keys)s)
""")


async def opened_under(connection: Connection, scope: Scope, keys: Sequence[str]) -> list[Opened]:
    """What was opened under any of these keys, as somebody of that scope may know of it."""
    arguments: dict[str, Any] = {"keys": list(keys)}
    sql = OPENED_UNDER.format(visible=visible(scope, arguments), told=told(scope, arguments))
    return await fetch_planned(connection, sql, arguments)


PROMISED_BY = Query[str]("SELECT matter FROM outbox WHERE target = %(number)s AND verb = 'open' LIMIT 1")
EXISTING = Query[str]("SELECT number FROM matter WHERE number = ANY(%(numbers)s)")

# Those of these numbers under which a workflow of ours runs, or is about to.
AT_WORK = Query[str]("""
SELECT number FROM matter WHERE NOT final AND number = ANY(%(numbers)s)
UNION SELECT target FROM outbox WHERE verb = 'open' AND target = ANY(%(numbers)s) ORDER BY 1
""")


async def existing(connection: Connection, numbers: Sequence[str]) -> set[str]:
    """Those of these matters that have been opened."""
    return set(await fetch_all(connection, EXISTING, {"numbers": list(numbers)}))


async def promised_by(connection: Connection, number: str) -> str:
    """The matter that has promised to open this one, and not done so yet; empty where none has."""
    return await fetch_first(connection, PROMISED_BY, {"number": number}) or ""


# Lists

MATTERS = f"""
WITH page AS (SELECT m.* FROM matter m WHERE {{where}} ORDER BY m.opened_at DESC, m.number DESC LIMIT %(limit)s)
SELECT (SELECT row_to_json(j) FROM (SELECT m.number, m.kind, m.stage, m.final, m.seq, {{title}} AS title, m.unit_id AS unit, u.zh AS unit_zh,
    m.officer, p.zh AS officer_zh, m.colour, m.parent, m.sealed, m.late_entries, {iso("m.late_at")} AS late_at,
    {iso("m.opened_at")} AS opened_at, {iso("m.updated_at")} AS updated_at,
    CASE WHEN {{told}} THEN {CUSTODY} END AS custody
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
    "late_after": "m.late_at >= %(late_after)s::timestamptz",
    "parent": "m.parent = %(parent)s",
    "holder": "EXISTS (SELECT FROM party WHERE matter = m.number AND id = 'holder' AND folded = %(holder)s)",
}

# What a matter is about: no sealed file is found by it before whoever is not told that.
_BY_WORDS = frozenset({"q", "holder"})
# No index knows a single character, which stands in so many titles that the newest are soon found.
_ONE_CHARACTER = "%(q)s <> '' AND strpos(lower(m.title), %(q)s) > 0"


async def matters(connection: Connection, scope: Scope, filters: dict[str, str], after: Sequence[Any] | None, limit: int) -> Page:
    """Matters, the newest first; `filters` by kind, stage, colour, officer, number, parent, holder, age, or `q`, which is part of the title."""
    arguments: dict[str, Any] = {name: folded(said) if name in _BY_WORDS else said for name, said in filters.items()}
    known = told(scope, arguments)
    # The bureau's own proof that its watch works is nobody's matter, and a delivery only that of who asks for deliveries.
    where = [
        "m.kind <> 'canary'",
        *(() if "kind" in filters else ("m.kind <> 'delivery'",)),
        visible(scope, arguments),
        *((known,) if _BY_WORDS & filters.keys() else ()),
        *(_ONE_CHARACTER if name == "q" and len(arguments["q"]) < 2 else _MATTER_FILTERS[name] for name in filters),
    ]
    if after:
        arguments |= {"opened_at": after[0], "after": after[1]}
        where.append("(m.opened_at, m.number) < (%(opened_at)s::timestamptz, %(after)s)")
    sql = MATTERS.format(where=" AND ".join(where), title=title(scope, arguments), told=known)
    return await page(connection, sql, arguments, limit)


_CLOCK = f"""c.id, c.matter, c.limit_id AS limit, c.zh, c.basis, c.about, c.unit_id AS unit, c.officer, c.state, c.colour, c.liberty,
    {iso("c.started_at")} AS started_at, {iso("c.due_at")} AS due_at, c.date_only, {iso("c.ended_at")} AS ended_at, c.calendar,
    c.answerable, c.at_expiry, CASE WHEN c.overrun_due_at IS NOT NULL THEN json_build_object('due_at', {iso("c.overrun_due_at")},
        'until', {iso("c.overrun_until")}, 'entered_at', {iso("c.overrun_entered_at")},
        'acknowledged_at', {iso("c.overrun_acknowledged_at")}, 'acknowledged_by_zh', (SELECT coalesce(max(zh), c.overrun_acknowledged_by)
            FROM person WHERE username = c.overrun_acknowledged_by)) END AS overrun"""
CLOCKS = f"""
WITH page AS (SELECT c.* FROM clock c WHERE {{where}} ORDER BY c.due_at, c.id LIMIT %(limit)s)
SELECT (SELECT row_to_json(j) FROM (SELECT {_CLOCK}, u.zh AS unit_zh, p.zh AS officer_zh, {{title}} AS title, m.kind, m.stage) j)::text,
    c.due_at, c.id
FROM page c LEFT JOIN matter m ON m.number = c.matter LEFT JOIN unit u ON u.id = c.unit_id LEFT JOIN person p ON p.username = c.officer
ORDER BY c.due_at, c.id
"""
_CLOCK_FILTERS = {
    "colour": "c.colour = %(colour)s",
    "officer": "c.officer = %(officer)s",
    "due_before": "c.due_at < %(due_before)s",
    "due_after": "c.due_at >= %(due_after)s",
    "limit_id": "c.limit_id = %(limit_id)s",
    "kind": "c.kind = %(kind)s",
    "liberty": "c.liberty",
}


async def clocks(connection: Connection, scope: Scope, filters: dict[str, Any], after: Sequence[Any] | None, limit: int) -> Page:
    """Running clocks, the next due first; `filters` by colour, officer, limit, `kind` of the matter, when due, or `liberty`."""
    arguments: dict[str, Any] = dict(filters)
    where = ["c.state IN ('running', 'suspended', 'not-started')", "c.due_at IS NOT NULL", "c.limit_id <> 'canary'"]
    where += [visible_clocks(scope, arguments), *(_CLOCK_FILTERS[name] for name in filters)]
    if after:
        arguments |= {"due_at": after[0], "after": after[1]}
        where.append("(c.due_at, c.id) > (%(due_at)s::timestamptz, %(after)s)")
    return await page(connection, CLOCKS.format(where=" AND ".join(where), title=title(scope, arguments)), arguments, limit)


JOURNAL = f"""
SELECT (SELECT row_to_json(j) FROM (SELECT e.position, e.seq, e.sort, e.step, e.username, p.zh AS name,
    {iso("e.recorded_at")} AS recorded_at, encode(e.hash, 'hex') AS hash, encode(e.previous, 'hex') AS previous,
    e.content::json AS content) j)::text, e.position
FROM entry e LEFT JOIN person p USING (username)
WHERE e.chain = %(number)s AND e.position > %(after)s ORDER BY e.position LIMIT %(limit)s
"""


async def journal(connection: Connection, number: str, after: int, limit: int) -> Page:
    """A matter's journal after that position, the oldest first, each entry with its hash and the one before it."""
    return await page(connection, JOURNAL, {"number": number, "after": after}, limit)


class BureauEntry(NamedTuple):
    """An entry of the bureau's own journal."""

    position: int
    recorded_at: datetime
    sort: str
    step: str
    username: str | None
    zh: str | None
    content: dict[str, Any]


# What the house does by itself every minute is left out: rings given back, canaries summed up.
BUREAU_JOURNAL = Query[BureauEntry](f"""
SELECT e.position, e.recorded_at, e.sort, e.step, e.username, p.zh, e.content::json AS content
FROM entry e LEFT JOIN person p USING (username)
WHERE e.chain = '{BUREAU}' AND e.sort NOT IN ('rings', 'canaries') AND (%(before)s::int IS NULL OR e.position < %(before)s)
ORDER BY e.position DESC LIMIT %(limit)s
""")


async def bureau_journal(connection: Connection, before: int | None, limit: int) -> list[BureauEntry]:
    """The bureau's own journal before that position, the newest first."""
    return await fetch_all(connection, BUREAU_JOURNAL, {"before": before, "limit": limit})


# One matter, one clock

# The cases that this one carries on, the oldest first: when each was filed, when it turned into the next, and the days it took.
_DAY_OF = "(f.{} AT TIME ZONE 'Asia/Shanghai')::date"
EARLIER = f"""(WITH RECURSIVE chain (number, kind, parent, depth) AS (
         SELECT a.number, a.kind, a.parent, 1 FROM matter a WHERE a.number = m.parent AND m.kind IN ('criminal-case', 'public-order-case')
         UNION SELECT a.number, a.kind, a.parent, depth + 1 FROM matter a JOIN chain ON a.number = chain.parent
     ) SELECT coalesce(json_agg(json_build_object('number', c.number, 'kind', c.kind, 'filed_at', {iso("f.filed_at")},
         'turned_at', {iso("f.turned_at")}, 'days', {_DAY_OF.format("turned_at")} - {_DAY_OF.format("filed_at")}) ORDER BY c.depth DESC), '[]')
     FROM chain c JOIN LATERAL (SELECT
         min(at) FILTER (WHERE fact IN ('public-order.filed', 'public-order.other-law-filed', 'criminal.filed')) AS filed_at,
         max(at) FILTER (WHERE fact IN ('public-order.turned-criminal', 'case.turned-administrative')) AS turned_at
         FROM fact WHERE matter = c.number AND NOT said ? 'told_by') f ON f.turned_at IS NOT NULL)"""
# What was sent with the request that came back.
_SENT = """(SELECT e.content::json -> 'form' FROM entry e
    WHERE e.chain = m.number AND e.position >= task.request_seq AND e.seq = task.request_seq AND e.sort = 'step')"""
CARD = Query[str](f"""
SELECT row_to_json(t)::text FROM (
    SELECT m.number, m.kind, m.stage, m.final, m.seq, m.title, m.unit_id AS unit, u.zh AS unit_zh, m.officer, p.zh AS officer_zh,
        m.colour, m.shared_with, m.sealed, m.handlers, m.late_entries, {iso("m.opened_at")} AS opened_at, {iso("m.updated_at")} AS updated_at,
        {CUSTODY} AS custody, {THING} AS thing,
        (SELECT coalesce(json_agg(json_build_object('id', id, 'role', role, 'roles', roles, 'name', name, 'citizen_id', citizen_id,
             'said', said)             ORDER BY id), '[]') FROM party WHERE matter = m.number) AS people,
        (SELECT coalesce(json_agg(row_to_json(c) ORDER BY c.due_at, c.id), '[]') FROM (SELECT {_CLOCK} FROM clock c WHERE {THEIRS}) c) AS clocks,
        (SELECT json_build_object('parent', m.parent, 'children', coalesce(json_agg(json_build_object('number', number, 'kind', kind,
             'stage', stage, 'title', title, 'colour', colour) ORDER BY number), '[]'),
             'merged_into', (SELECT about FROM fact WHERE matter = m.number AND fact = 'criminal.merged' AND NOT said ? 'told_by'),
             'earlier', {EARLIER},
             'merged', ARRAY(SELECT said ->> 'told_by' FROM fact WHERE matter = m.number AND fact = 'criminal.merged' AND about = m.number)
             ) FROM matter WHERE parent = m.number AND (NOT sealed OR m.sealed OR officer = %(handler)s OR handlers @> %(handled)s
                 OR unit_id = ANY(%(opens_sealed)s))) AS links,
        (SELECT coalesce(json_agg(json_build_object('id', id, 'sort', sort, 'words', words, 'office', office, 'unit', unit_id,
             'person', username, 'step', step, 'clock', clock_id, 'mandatory', mandatory, 'opened_at', {iso("opened_at")},
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
""")
CLOCKS_OF = Query[str](f"""
SELECT coalesce(json_agg(row_to_json(c) ORDER BY c.due_at, c.id), '[]')::text
FROM (SELECT {_CLOCK}, c.reasons, c.rungs FROM matter m JOIN clock c ON {THEIRS} WHERE m.number = %(number)s) c
""")


class _Clock(NamedTuple):
    """A clock in JSON, and its matter."""

    json: str
    matter: str


CLOCK = Query[_Clock](f"""
SELECT row_to_json(t)::text AS json, t.matter FROM (
    SELECT {_CLOCK}, c.edition, c.reasons, c.rungs,
        (SELECT coalesce(json_agg(json_build_object('colour', r.colour, 'at', {iso("r.at")}, 'rung_at', {iso("r.rung_at")},
             'late_ms', r.late_ms, 'rung_by', r.rung_by) ORDER BY r.at, r.rung_at), '[]') FROM ring r WHERE r.clock_id = c.id) AS rings
    FROM clock c WHERE c.id = %(id)s
) t
""")


async def card(connection: Connection, number: str, person: Person) -> str:
    """Everything a matter's page shows this person, in JSON: where it stands, people, clocks, links, tasks, requests with their forms."""
    arguments: dict[str, Any] = {"number": number}
    scope = scope_of(person)
    unsealed_to(scope, arguments)
    if not scope.reasoned:  # of what is open without a reason, nothing is told that is not
        arguments["opens_sealed"] = []
    return await fetch_one(connection, CARD, arguments)


class Overrun(NamedTuple):
    """A clock that ran out: its limit, whom it concerned (None: nobody by name), and when it was due."""

    id: str
    zh: str
    name: str | None
    due_at: datetime


UNACKNOWLEDGED = Query[Overrun]("""
SELECT c.id, c.zh, p.name, c.overrun_due_at AS due_at FROM clock c LEFT JOIN party p ON p.matter = c.matter AND p.id = c.about
WHERE c.matter = %(number)s AND c.liberty AND c.overrun_due_at IS NOT NULL AND c.overrun_acknowledged_at IS NULL ORDER BY c.overrun_due_at, c.id
""")


async def unacknowledged(connection: Connection, number: str) -> tuple[Overrun, ...]:
    """The clocks of a matter, of those on liberty, of which nobody has acknowledged yet that they ran out."""
    return tuple(await fetch_all(connection, UNACKNOWLEDGED, {"number": number}))


HAS_RED_CARD = Query[bool](f"""
SELECT EXISTS (
    SELECT FROM clock c WHERE c.matter = %(number)s AND c.liberty AND c.limit_id <> 'canary'
        AND (c.overrun_due_at IS NOT NULL OR {RUNNING} AND c.colour = 'overdue')
)
""")


async def has_red_card(connection: Connection, number: str) -> bool:
    """Whether a limit on somebody's liberty has run out in this matter, now or once."""
    return await fetch_one(connection, HAS_RED_CARD, {"number": number})


async def clocks_of(connection: Connection, number: str) -> str:
    """Every clock of a matter with its reasons, as a JSON list."""
    return await fetch_one(connection, CLOCKS_OF, {"number": number})


async def clock(connection: Connection, clock_id: str) -> tuple[str, str] | None:
    """One clock with reasons, rungs and rings, as a JSON object, and the number of its matter; None if there is none."""
    return await fetch_first(connection, CLOCK, {"id": clock_id})


# What a person has before them


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


async def board(
    connection: Connection, scope: Scope, now: datetime, soon: datetime, settled: Collection[tuple[str, str]]
) -> dict[str, Any]:
    """Open matters that are not at a settled stage, by colour and by stage, and how many clocks are due from now to `soon` or overdue."""
    arguments: dict[str, Any] = {"now": now, "soon": soon}
    matters, clocks = visible(scope, arguments), visible_clocks(scope, arguments)
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
