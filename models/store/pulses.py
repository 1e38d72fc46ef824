"""Pulses: the signs of life that workers and watchdogs leave in the database, on whichever machine they run."""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import DateTime
from sqlmodel import Field, SQLModel

from models.store.connection import Connection, Query, fetch_all

# A process leaves one every two seconds, a busy one a little later; one that has left none for five times that is away, or hangs.
PULSE_S = 2.0
ALIVE = timedelta(seconds=5 * PULSE_S)


class _Living(NamedTuple):
    """How many processes of a kind live."""

    process: str
    many: int


LIVING = Query[_Living](
    "SELECT process, count(*) AS many FROM pulse WHERE at > clock_timestamp() - %(alive)s::interval GROUP BY process"
)


class Pulse(SQLModel, table=True):
    """The last sign of life of one process, by the database's clock. Unlogged: what was alive before a crash says so again."""

    __table_args__ = {"prefixes": ["UNLOGGED"]}

    process: str = Field(primary_key=True)
    host: str = Field(primary_key=True)
    pid: int = Field(primary_key=True)
    at: datetime = Field(sa_type=DateTime(timezone=True))  # type: ignore[call-overload] - SQLModel takes an instance, too


async def count_living(connection: Connection) -> dict[str, int]:
    """How many processes of each kind gave a sign of life within seconds."""
    return dict(await fetch_all(connection, LIVING, {"alive": ALIVE}))
