"""Status of a matter, by which a submission is judged, and what was already recorded under a key."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from models.access.scope import Scope
from models.marks import OF_SEALED_FILE
from models.matter import Kind
from models.readmodel.pagination import build_subject_shown_sql, build_visible_sql, fetch_planned
from models.store.connection import Connection, Query, fetch_all, fetch_first, fetch_one

# What a task discloses of a sealed file is read as that file is.
_MARKS = f"""m.marks || ARRAY(SELECT '{OF_SEALED_FILE}' FROM matter p
    WHERE m.kind = '{Kind.JOINT_TASK}' AND p.number = m.parent AND p.sealed) AS marks"""
STATUS = f"m.number, m.kind, m.stage, m.final, m.seq, m.unit_id AS unit, m.officer, m.shared_with, m.requests, m.sealed, m.handlers, m.shared_at, m.kept_from, {_MARKS}"


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
    kept_from: list[str] | None
    marks: list[str] | None
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
    kept_from: list[str]
    marks: list[str]


async def find_matter(connection: Connection, number: str, key: str = "") -> tuple[MatterStatus | None, dict[str, Any] | None]:
    """The status of that matter, None if there is none, and the entry already recorded under that key, if any."""
    row = await fetch_one(connection, MATTER, {"number": number, "key": key})
    return (MatterStatus._make(row[:-1]) if row.number else None), (json.loads(row.first) if row.first else None)


async def find_entry(connection: Connection, key: str) -> dict[str, Any] | None:
    """The entry recorded under that key."""
    content = await fetch_first(connection, RECORDED, {"key": key})
    return json.loads(content) if content else None


class Opened(NamedTuple):
    """A matter that was opened under a key, and by whom; the number is empty before whoever may not know what it is about."""

    key: str
    number: str
    username: str | None
    zh: str | None


OPENED_UNDER = Query[Opened]("""
SELECT e.key, CASE WHEN {visible} AND {told} THEN e.chain ELSE '' END AS number, e.username, p.zh
FROM entry e LEFT JOIN person p USING (username) LEFT JOIN matter m ON m.number = e.chain WHERE e.key = ANY(%(keys)s)
""")


async def find_opened_under(connection: Connection, scope: Scope, keys: Sequence[str]) -> list[Opened]:
    """What was opened under any of these keys, as somebody of that scope may know of it."""
    arguments: dict[str, Any] = {"keys": list(keys)}
    sql = OPENED_UNDER.format(visible=build_visible_sql(scope, arguments), told=build_subject_shown_sql(scope, arguments))
    return await fetch_planned(connection, sql, arguments)


PROMISED_BY = Query[str]("SELECT matter FROM outbox WHERE target = %(number)s AND verb = 'open' LIMIT 1")
# The kind of a matter that somebody names by its number alone.
KIND_OF = Query[str]("SELECT kind FROM matter WHERE number = %(number)s")
EXISTING = Query[str]("SELECT number FROM matter WHERE number = ANY(%(numbers)s)")

# Those of these numbers under which a workflow of ours runs, or is about to.
AT_WORK = Query[str]("""
SELECT number FROM matter WHERE NOT final AND number = ANY(%(numbers)s)
UNION SELECT target FROM outbox WHERE verb = 'open' AND target = ANY(%(numbers)s) ORDER BY 1
""")


async def find_existing(connection: Connection, numbers: Sequence[str]) -> set[str]:
    """Those of these matters that have been opened."""
    return set(await fetch_all(connection, EXISTING, {"numbers": list(numbers)}))


async def find_promising_matter(connection: Connection, number: str) -> str:
    """The matter that has promised to open this one, and not done so yet; empty where none has."""
    return await fetch_first(connection, PROMISED_BY, {"number": number}) or ""
