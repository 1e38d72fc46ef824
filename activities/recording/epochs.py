"""Beginning an epoch: a bureau that was put back to an earlier state says so in its journal, and gives no number of the lost time again."""

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.journal import BUREAU
from models.store import api_writes
from models.store.connection import Connection, Query, fetch_one
from models.store.epochs import (
    BEGIN_EPOCH,
    FREE_RESERVATIONS,
    LAST_SERIAL,
    NUMBER_FROM,
    UNNUMBER_EXPIRIES,
    compute_first_paper_number,
    compute_first_serial,
)
from models.store.seals import SEAL_HEAD
from models.store.statements import ChainHead
from runtime.seals import Head, Sealer

HEAD = Query[ChainHead]("SELECT position, hash FROM chain WHERE chain = %(chain)s")


async def begin_epoch(connection: Connection, now: datetime, by: str | None, content: Mapping[str, Any], serials: list[int]) -> int:
    """Begin an epoch, in one transaction, beyond all these running numbers that are known to have been given out; the first of its own.

    `by` is the user name of who declared it, None where it was a command of this machine; the rest of `content` goes into the entry.
    """
    async with connection.transaction():
        last = await fetch_one(connection, LAST_SERIAL)
        first, papers = compute_first_serial(now, [last, *serials]), compute_first_paper_number(now)
        await connection.execute(NUMBER_FROM, {"first": first, "papers": papers})
        await connection.execute(FREE_RESERVATIONS)
        await connection.execute(UNNUMBER_EXPIRIES)
        actor = {"actor": {"person": by}} if by else {}
        numbers = {"first_serial": first, "papers_beyond": papers}
        await api_writes.append(connection, BUREAU, "administration", BEGIN_EPOCH, by, {**actor, **content, **numbers}, now)
    return first


async def seal_epoch(connection: Connection, sealer: Sealer) -> None:
    """Attest the entry in which the epoch was begun: the newest seal is then one that the database holds."""
    row = await fetch_one(connection, HEAD, {"chain": BUREAU})
    await asyncio.to_thread(sealer.append, [Head(BUREAU, row.position, row.hash.hex())])
    await connection.execute(SEAL_HEAD, {"chain": BUREAU, "position": row.position})


async def journal_upkeep(connection: Connection, step: str, content: Mapping[str, Any], now: datetime) -> None:
    """Journal what else was done for the upkeep of the bureau."""
    await api_writes.append(connection, BUREAU, "administration", step, None, content, now)
