"""A duty of the watchdog: work repeated at its own pace, undisturbed by failures of other duties."""

import time
from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import ClassVar, Generic, TypeVar

from temporalio.client import Client

from activities.timekeeper import Timekeeper, get_timekeeper
from models.proofs import Speaker
from runtime import database, temporal
from runtime.channel_settings import ChannelSettings
from runtime.database import Pool
from runtime.process_signatures import WATCHDOG, load_speaker
from runtime.seals import Sealer
from runtime.settings import get_settings

Result = TypeVar("Result")


class Engine(StrEnum):
    """An engine that a duty may need; the value is its name in the log and the metrics."""

    POSTGRES = "postgres"
    TEMPORAL = "temporal"

    def is_away(self, error: BaseException) -> bool:
        """Whether the error means that this engine does not answer now."""
        return database.unavailable(error) if self is Engine.POSTGRES else temporal.unavailable(error)


@dataclass(frozen=True)
class Tools:
    """What duties work with: the engines, the file of seals, and the data directory."""

    pool: Pool
    client: Client
    sealer: Sealer
    task_queue: str
    data_dir: Path = field(default_factory=lambda: get_settings().data_dir)
    # By which people are told outside, and where they open the pages then.
    channels: ChannelSettings = field(default_factory=lambda: get_settings().channels)
    public_address: str = field(default_factory=lambda: get_settings().public_address)
    timekeeper: Timekeeper = field(default_factory=lambda: get_timekeeper("watch"))
    # `time.monotonic` when this watchdog began.
    began: float = field(default_factory=time.monotonic)

    @cached_property
    def speaker(self) -> Speaker:
        """The process that signs what the watchdog submits."""
        return load_speaker(get_settings().model_copy(update={"data_dir": self.data_dir}), WATCHDOG)

    async def read_now(self) -> datetime | None:
        """The instant by the database's clock; None while this machine's disagrees with it."""
        async with self.pool.connection() as connection:
            return await self.timekeeper.read_now(connection)


class Duty(ABC, Generic[Result]):
    """A duty of the watchdog: a subclass declares these three, and works in `do`.

    Duties repeat independently. While an engine that one `needs` is away, its round does nothing, quietly (the engine's absence is logged
    once, as `engine.lost`), and is tried again at the usual pace. Any other error is a fault of ours: it is logged under the duty's name,
    and the duty goes on.
    """

    # How it is called in the log.
    name: ClassVar[str]
    # From the end of a round to the next.
    every: ClassVar[timedelta]
    needs: ClassVar[frozenset[Engine]] = frozenset({Engine.POSTGRES})

    def __init__(self, tools: Tools) -> None:
        """Work with these tools."""
        self.tools = tools

    @abstractmethod
    async def do(self) -> Result:
        """One round; returns what was done, mostly how many."""

    def is_excused(self, error: BaseException) -> bool:
        """Whether the error only means that a needed engine is away."""
        return any(engine.is_away(error) for engine in self.needs)


BOTH_ENGINES = frozenset(Engine)
