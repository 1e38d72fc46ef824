"""Rollback detection: whether the database is older than the seals or Temporal prove (an old backup, a lossy failover, a wrong address).

Two witnesses stand outside it: the newest seal attests heads that it must hold, and Temporal runs matters whose numbers it must have given
out. Whoever goes on all the same writes another history over the one that was sealed, and gives numbers out twice; so nothing of ours
starts until somebody has said that it was meant.
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, LiteralString, NamedTuple, cast

from psycopg import AsyncConnection, Connection, Error
from psycopg.rows import TupleRow, args_row
from temporalio.client import Client
from temporalio.service import RPCError

from runtime.database import Pool, connect, unavailable
from runtime.embedded.marks import RESTORING
from runtime.seals import Head, get_heads_file, is_of_journal, read_backwards

# Of the heads that were sealed (`said`), those that the database does not hold as they were. Canaries that were summed up are accounted for
# by the entry that took their place.
_LOST = """
WITH gone AS MATERIALIZED (
    SELECT * FROM {said} AS said WHERE NOT EXISTS (
        SELECT FROM entry e WHERE (e.chain, e.position, e.hash) = (said.chain, said.position, decode(said.hash, 'hex')))
), summed AS MATERIALIZED (
    SELECT head.key AS chain, (head.value ->> 0)::int AS position, head.value ->> 1 AS hash
    FROM entry s CROSS JOIN json_each(s.content::json -> 'heads') AS head
    WHERE s.chain = 'BUREAU' AND s.key IN (SELECT 'canaries/' || substr(chain, 3, 8) FROM gone WHERE starts_with(chain, 'ZJ'))
)
SELECT {what} FROM gone WHERE NOT EXISTS (
    SELECT FROM summed s WHERE s.chain = gone.chain
        AND (s.position > gone.position OR (s.position, s.hash) = (gone.position, gone.hash)))
"""
_SAID = "unnest(%(chains)s::text[], %(positions)s::int[], %(hashes)s::text[]) AS said (chain, position, hash)"
MISSING = _LOST.format(said=f"(SELECT * FROM {_SAID})", what="chain, position") + "ORDER BY starts_with(chain, 'ZJ'), chain LIMIT 1"
# The same of all that was ever sealed, which is copied into a table; from this seal on the journal is not as it was sealed.
FIRST_LOST = _LOST.format(said="(SELECT * FROM attested WHERE NOT starts_with(chain, 'READ/'))", what="min(n) AS n")
# And of the traces of reading, but for days that were forgotten since.
FIRST_LOST_READING = """
SELECT min(n) AS n FROM attested a WHERE starts_with(chain, 'READ/') AND NOT EXISTS (
    SELECT FROM reading_trace t WHERE (t.day, t.position, t.hash) = (substr(a.chain, 6)::date, a.position, decode(a.hash, 'hex'))
) AND NOT EXISTS (SELECT FROM entry e WHERE e.chain = 'BUREAU' AND e.key = 'readings/' || substr(a.chain, 6))
"""
# The last seal of the time that was lost in the newest declared restore: what was sealed up to it is not asked for.
LAST_LOST = """
SELECT content::json ->> 'last_seal' AS seal FROM entry WHERE chain = 'BUREAU' AND step = 'begin-epoch' ORDER BY position DESC LIMIT 1
"""
# The newest of these matters whose running number was not given out yet; canaries are numbered by the instant.
OUTRUN = """
SELECT max(said.number) AS number FROM unnest(%(numbers)s::text[]) AS said (number), matter_number
WHERE CASE WHEN said.number ~ '^[A-Z]{2}[0-9]{12,15}$' AND said.number !~ '^ZJ' THEN substr(said.number, 7)::bigint > last_value ELSE false END
"""
# So many heads are held against the database at least; of a busy bureau they are those of the last minutes.
_ENOUGH = 500
# The table stands in a database for as long as a restore into it is under way (`models.store.restoring`).
_MARKED = "SELECT WHERE to_regclass('restoring') IS NOT NULL"
# Matters begun lately, among which those of the lost time are.
_LATEST = 1000
_WHAT_NOW = (
    "Nothing is started, lest another history be written over the one that was. If the database was restored on purpose, declare it: "
    "louke resume --restored --by <user name> --reason <why>. If not, set LOUKE_DATABASE_URL to the right one."
)


class _Lost(NamedTuple):
    seal: str | None


class _Missing(NamedTuple):
    chain: str
    position: int


class _Outrun(NamedTuple):
    number: str | None


class RolledBack(Exception):
    """The database is older than what was sealed; the message says how that is known, and what to do."""


class HalfRestored(RolledBack):
    """A restore into the database, or into the data directory, was begun and not finished; the message says what to do."""


def _read_heads(file: Path, last_lost: str | None) -> list[Head]:
    """What the newest seals attest since the lost time: so much of it that something a person entered is among it, where anything is.

    In a quiet week only canaries are sealed, whose heads alone would not tell one state of the bureau's own record from another.
    """
    heads, entered = list[Head](), False
    with suppress(ValueError, KeyError, TypeError):  # a spoilt file is a matter for whoever verifies
        for seal in read_backwards(file):
            if seal.hash == last_lost:
                break
            of_journal = [head for head in seal.heads if is_of_journal(head)]
            of_people = [head for head in of_journal if not head.chain.startswith("ZJ")]
            entered = entered or bool(of_people)
            heads += of_journal if len(heads) < _ENOUGH else of_people
            if entered and len(heads) >= _ENOUGH:
                break
    return heads


def _build_arguments(heads: Sequence[Head]) -> dict[str, Any]:
    chains, positions, hashes = zip(*heads, strict=True) if heads else ((), (), ())
    return {"chains": list(chains), "positions": list(positions), "hashes": list(hashes)}


def refuse_rolled_back(url: str, data_dir: Path) -> None:
    """Raise RolledBack where the database lacks what the newest seal of this data directory attests; silent while it is away.

    HalfRestored where a restore was broken off, which is no bureau at all.
    """
    refuse_half_restored(url, data_dir)
    if not url:
        return  # the library would go and find some other database of this machine
    try:
        with connect(url, "interlock") as connection:
            lost = describe_lost_since_sealed(connection, data_dir)
    except Error as error:
        if unavailable(error):
            return  # whoever starts without it finds out when it comes: the journal refuses, and nothing is sealed
        raise
    if lost:
        raise RolledBack(
            f"The database is older than its journal's seals: {lost} was sealed and is not there, or is not what was sealed. {_WHAT_NOW}"
        )


def refuse_half_restored(url: str, data_dir: Path) -> None:
    """Raise HalfRestored where a restore into that database, or into that data directory, was not finished; silent while it is away."""
    if (data_dir / RESTORING).exists():
        raise HalfRestored(
            f"到{data_dir}的恢复没有完成，不能使用：删除该目录（以 LOUKE_DATABASE_URL 另指数据库的，连同该数据库），重新执行 louke restore"
        )
    try:
        half = url and is_half_restored(url)
    except Error as error:
        if unavailable(error):
            return
        raise
    if half:
        raise HalfRestored(
            "数据库中的恢复没有完成，其中只有半个系统，不能使用：删除该数据库（DROP DATABASE）和恢复所用的数据目录，重新执行 louke restore"
        )


def is_half_restored(url: str) -> bool:
    """Whether a restore into that database is under way or was broken off; psycopg's errors where it is away."""
    with connect(url, "interlock") as connection:
        return connection.execute(_MARKED).rowcount > 0


def describe_lost_since_sealed(connection: Connection[TupleRow], data_dir: Path) -> str:
    """What the newest seals attest and the database does not hold, as chain and position; empty where all is there."""
    if not connection.execute("SELECT WHERE to_regclass('entry') IS NOT NULL").rowcount:
        return ""
    lost = connection.cursor(row_factory=args_row(_Lost)).execute(LAST_LOST).fetchone()
    heads = _read_heads(get_heads_file(data_dir), lost and lost.seal)
    if not heads:
        return ""
    cursor = connection.cursor(row_factory=args_row(_Missing))
    missing = cursor.execute(cast("LiteralString", MISSING), _build_arguments(heads))
    row = missing.fetchone()
    return f"{row.chain} {row.position}" if row else ""


async def has_lost(connection: AsyncConnection[TupleRow], file: Path) -> bool:
    """Whether the newest seals of that file attest what the database does not hold."""
    lost = await (await connection.cursor(row_factory=args_row(_Lost)).execute(LAST_LOST)).fetchone()
    heads = await asyncio.to_thread(_read_heads, file, lost and lost.seal)
    return bool(heads) and (await connection.execute(cast("LiteralString", MISSING), _build_arguments(heads))).rowcount > 0


async def refuse_outrun(pool: Pool, client: Client, task_queue: str) -> None:
    """Raise RolledBack where Temporal runs a matter whose number the database has not given out; silent while either is away."""
    try:
        numbers = await list_lately_begun(client, task_queue)
        async with pool.connection() as connection:
            row = await (await connection.cursor(row_factory=args_row(_Outrun)).execute(OUTRUN, {"numbers": numbers})).fetchone()
    except (Error, RPCError):
        return  # whoever is behind is refused by the journal
    if row and row.number:
        raise RolledBack(f"The database is older than Temporal: {row.number} runs, and was never numbered. {_WHAT_NOW}")


async def list_lately_begun(client: Client, task_queue: str) -> list[str]:
    """The numbers of the matters that Temporal has begun last and that run."""
    running = client.list_workflows(f"TaskQueue = '{task_queue}' AND ExecutionStatus = 'Running'", limit=_LATEST)
    return [each.id.partition("/")[2] async for each in running]
