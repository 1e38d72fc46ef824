"""Is the database older than what is known of it? A backup put back, a failover that lost seconds, another database by mistake.

Two witnesses stand outside it: the newest seal attests heads that it must hold, and Temporal runs matters whose numbers it must have given
out. Whoever goes on all the same writes another history over the one that was sealed, and gives numbers out twice; so nothing of ours
starts until somebody has said that it was meant.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from psycopg import Error
from temporalio.client import Client

from runtime.database import connect, unavailable
from runtime.seals import Head, heads_file, newest

# Of the heads that were sealed, those that the database does not hold as they were.
MISSING = """
SELECT said.chain, said.position FROM unnest(%(chains)s::text[], %(positions)s::int[], %(hashes)s::text[]) AS said (chain, position, hash)
WHERE NOT EXISTS (SELECT FROM entry e WHERE (e.chain, e.position, e.hash) = (said.chain, said.position, decode(said.hash, 'hex')))
ORDER BY said.chain LIMIT 1
"""
# Matters begun lately, among which those of the lost time are.
_LATEST = 1000


class RolledBack(Exception):
    """The database is older than what was sealed; the message says how that is known, and what to do."""


def arguments(heads: Iterable[Head]) -> dict[str, Any]:
    """The heads, as `MISSING` takes them."""
    chains, positions, hashes = list[str](), list[int](), list[str]()
    for head in heads:
        chains.append(head.chain)
        positions.append(head.position)
        hashes.append(head.hash)
    return {"chains": chains, "positions": positions, "hashes": hashes}


def refuse_rolled_back(url: str, data_dir: Path) -> None:
    """Raise RolledBack where the database lacks what the newest seal of this data directory attests; silent while it is away."""
    try:
        with connect(url, "interlock") as connection:
            lost = lost_since_sealed(connection, data_dir)
    except Error as error:
        if unavailable(error):
            return  # whoever starts without it finds out when it comes: the journal refuses, and nothing is sealed
        raise
    if lost:
        raise RolledBack(
            f"The database is older than its journal's seals: {lost} was sealed and is not there, or is not what was sealed. Nothing is "
            "started, lest another history be written over it. If the database was restored on purpose, declare it: "
            "louke resume --restored --by <user name> --reason <why>. If not, set LOUKE_DATABASE_URL to the right one."
        )


def lost_since_sealed(connection: Any, data_dir: Path) -> str:
    """What the newest seal attests and the database does not hold, as chain and position; empty where all is there."""
    try:
        seal = newest(heads_file(data_dir))
    except (ValueError, KeyError, TypeError):
        return ""  # a spoilt file is a matter for whoever verifies
    if seal is None or connection.execute("SELECT to_regclass('entry') AS there").fetchone().there is None:
        return ""
    row = connection.execute(MISSING, arguments(seal.heads)).fetchone()
    return f"{row.chain} {row.position}" if row else ""


async def begun_lately(client: Client, task_queue: str) -> list[str]:
    """The numbers of the matters that Temporal has begun last and that run."""
    running = client.list_workflows(f"TaskQueue = '{task_queue}' AND ExecutionStatus = 'Running'", limit=_LATEST)
    return [each.id.partition("/")[2] async for each in running]
