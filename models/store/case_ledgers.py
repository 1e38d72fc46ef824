"""Ledgers of open cases to migrate (在办案件迁入): proposed by one person, released by another, both journaled in the bureau's chain."""

from datetime import datetime
from typing import Any, NamedTuple

from psycopg.types.json import Jsonb

from models.journal import BUREAU
from models.store.api_writes import append
from models.store.connection import Connection, Query, fetch_first

PROPOSE = Query[str]("""
INSERT INTO case_ledger (digest, file, unit_id, content, keys, cases, people, proposed_by, proposed_at)
VALUES (%(digest)s, %(file)s, %(unit)s, %(content)s, %(keys)s, %(cases)s, %(people)s, %(username)s, %(now)s)
ON CONFLICT (digest) DO NOTHING RETURNING digest
""")
RELEASE = Query[str]("""
UPDATE case_ledger SET released_by = %(username)s, released_at = %(now)s
WHERE digest = %(digest)s AND released_by IS NULL AND proposed_by <> %(username)s RETURNING digest
""")


class ProposedLedger(NamedTuple):
    """A ledger to propose: digest of its content, name of the file, unit of the proposer, the cases as JSON, and the counts.

    `keys` are the idempotency keys of the first step of each case, by which entered cases are recognised.
    """

    digest: str
    file: str
    unit: str
    content: list[dict[str, Any]]
    keys: list[str]
    cases: int
    people: int


async def propose(connection: Connection, ledger: ProposedLedger, username: str, now: datetime) -> None:
    """Store a ledger for release, and journal who proposed it; nothing happens where one with that digest is stored."""
    arguments = ledger._asdict() | {"content": Jsonb(ledger.content), "username": username, "now": now}
    async with connection.transaction():
        if await fetch_first(connection, PROPOSE, arguments):
            await _journal_ledger(
                connection, "propose-case-ledger", username, ledger.digest, ledger.file, ledger.cases, ledger.people, now
            )


async def release(connection: Connection, digest: str, file: str, cases: int, people: int, username: str, now: datetime) -> bool:
    """Release a ledger, and journal who did. False where it is released already, or this person proposed it."""
    async with connection.transaction():
        released = await fetch_first(connection, RELEASE, {"digest": digest, "username": username, "now": now})
        if released:
            await _journal_ledger(connection, "release-case-ledger", username, digest, file, cases, people, now)
    return bool(released)


async def _journal_ledger(
    connection: Connection, step: str, username: str, digest: str, file: str, cases: int, people: int, now: datetime
) -> None:
    content = {"actor": {"person": username}, "digest": digest, "file": file, "cases": cases, "suspects": people}
    await append(connection, BUREAU, "administration", step, username, content, now)
