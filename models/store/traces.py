"""Traces in the database: appended in batches to the chains of their days, and read by supervisors."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, LiteralString, NamedTuple, cast

from law.calendar import SHANGHAI
from models.access.kept_from import APART
from models.access.scope import Reachable, Scope
from models.journal import GENESIS, link
from models.readmodel.pagination import build_subject_shown_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one
from models.trace_shapes import COLUMNS, Trace, build_trace_content, values_of

BEGIN = "INSERT INTO reading_day (day, position, hash) VALUES (%(day)s, 0, %(genesis)s) ON CONFLICT DO NOTHING"


class _Newest(NamedTuple):
    """The newest trace of a day."""

    position: int
    hash: bytes


# The lock serialises processes that write at the same time.
HEAD = Query[_Newest]("SELECT position, hash FROM reading_day WHERE day = %(day)s FOR UPDATE")
# The names of columns are our own.
COPY = f"COPY reading_trace (day, position, {', '.join(COLUMNS)}, hash) FROM STDIN"
ADVANCE = "UPDATE reading_day SET position = %(position)s, hash = %(hash)s WHERE day = %(day)s"
WRITTEN = Query[int]("SELECT 1 AS there FROM reading_trace WHERE day = %(day)s AND position = %(position)s AND hash = %(hash)s")


class Head(NamedTuple):
    """The head of a day's chain."""

    day: date
    position: int
    hash: bytes


async def write(connection: Connection, traces: Sequence[Trace], trying: list[Head]) -> None:
    """Append traces to the chains of their days, all or none.

    `trying` are the heads that the last attempt with these traces would have reached; it is replaced by those of this attempt before it
    commits, so that what was committed while the connection broke is not written twice.
    """
    async with connection.transaction():
        if trying and await fetch_first(connection, WRITTEN, trying[-1]._asdict()):
            return
        trying.clear()
        for day, of_day in groupby(sorted(traces, key=lambda each: each.at), key=lambda each: each.at.astimezone(SHANGHAI).date()):
            trying.append(await _write(connection, day, list(of_day)))


async def _write(connection: Connection, day: date, traces: Sequence[Trace]) -> Head:
    await connection.execute(BEGIN, {"day": day, "genesis": GENESIS})
    position, hash_ = await fetch_one(connection, HEAD, {"day": day})
    async with connection.cursor() as cursor, cursor.copy(cast("LiteralString", COPY)) as copy:
        for each in traces:
            position += 1
            hash_ = link(hash_, build_trace_content(day, position, each))
            await copy.write_row((day, position, *values_of(each), hash_))
    reached = Head(day, position, hash_)
    await connection.execute(ADVANCE, reached._asdict())
    return reached


class _Apart(NamedTuple):
    """A matter that is not everybody's who reaches its unit, and what decides who reads it."""

    number: str
    kind: str
    unit: str
    officer: str
    shared_with: list[str]
    sealed: bool
    final: bool
    handlers: list[str]
    kept_from: list[str]


APART_OF = Query[_Apart](f"""
SELECT m.number, m.kind, m.unit_id AS unit, m.officer, m.shared_with, m.sealed, m.final, m.handlers, m.kept_from
FROM matter m WHERE m.number = ANY(%(numbers)s) AND {APART}
""")


async def find_apart(connection: Connection, numbers: Collection[str]) -> Mapping[str, Reachable]:
    """Those of these matters whose files are sealed, or kept from somebody, each with what decides who reads it."""
    rows = await fetch_all(connection, APART_OF, {"numbers": list(numbers)})
    return {row.number: row for row in rows}


# Reading them

# A supervisor knows of people in the units they supervise, and of matters there, whoever read them; of a sealed file by name where they ask
# for that very one, and say why.
_NAMED = "m.unit_id = ANY(%(supervises)s::text[]) AND t.matter = %(named)s"


class ListedTrace(NamedTuple):
    """A trace as supervisors see it; `closed`: the file of its matter is sealed and not open to the reader."""

    at: datetime
    position: int
    username: str
    zh: str | None
    offices: list[str]
    units: list[str]
    address: str
    sort: str
    status: int
    secret: bytes | None
    key_id: str | None
    matter: str
    closed: bool
    title: str | None
    sorted_by: str


READINGS = Query[ListedTrace]("""
SELECT t.at, t.position, t.username, p.zh, t.offices, t.units, t.address, t.sort, t.status, t.secret, t.key_id,
       CASE WHEN m.number IS NULL OR {known} THEN t.matter ELSE '' END AS matter, m.number IS NOT NULL AND NOT {told} AS closed,
       CASE WHEN m.number IS NOT NULL AND {told} THEN m.title END AS title, t.at::text AS sorted_by
FROM reading_trace t LEFT JOIN person p ON p.username = t.username LEFT JOIN matter m ON m.number = t.matter
WHERE (t.units && %(supervises)s::text[] OR m.unit_id = ANY(%(supervises)s::text[])) {narrowed}
ORDER BY t.at DESC, t.position DESC LIMIT %(limit)s
""")
_NARROWED = {
    "username": "t.username = %(username)s",
    "matter": "t.matter = %(matter)s AND (m.number IS NULL OR {known})",
    "sorts": "t.sort = ANY(%(sorts)s)",
    "since": "t.at >= %(since)s",
    "until": "t.at < %(until)s",
    "after": "(t.at, t.position) < (%(after)s::timestamptz, %(place)s)",
}


async def list_traces(
    connection: Connection, scope: Scope, chosen: dict[str, Any], after: Sequence[Any] | None, limit: int
) -> list[ListedTrace]:
    """Traces (those of `sorts`, if given) of people whom this person supervises, or of matters there, the newest first."""
    named = chosen.get("matter", "") if scope.reasoned else ""
    arguments: dict[str, Any] = {"supervises": list(scope.supervising), "limit": limit, "named": named, **chosen}
    if after:
        arguments |= {"after": after[0], "place": after[1]}
    seen = build_visible_sql(scope, arguments)
    within = {"known": f"({seen} OR {_NAMED})", "told": f"({seen} AND {build_subject_shown_sql(scope, arguments)})"}
    narrowed = "".join(f" AND {_NARROWED[name].format(**within)}" for name in _NARROWED if name in arguments)
    return await fetch_planned(connection, READINGS.format(narrowed=narrowed, **within), arguments)
