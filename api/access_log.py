"""Traces on their way into the database: a bounded queue, written in batches beside the requests, flushed when the API stops.

Whoever reads, comes or goes does not wait for their trace. While the database takes none, traces wait here, sealed files are not read, and everybody is told;
what finds no room here any more is counted and logged. What a process that is killed had not written yet, some tenths of a second, is lost.
"""

import asyncio
import json
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, NamedTuple

from cachetools import TTLCache

from api.sign_in_events import BurstLimit, SignInEvent
from models.access.scope import Person, Reachable
from models.journal import canonical
from models.problems import OrchestratorUnavailable
from models.readmodel.sign_ins import Comer, Comers, comers
from models.store import traces
from models.store.api_writes import bounded
from models.store.connection import Connection
from models.trace_shapes import TAKEN_AWAY, Coming, Left, Reading
from runtime.database import Pool
from runtime.encryption import KeyRing
from runtime.event_loop import pause
from runtime.logging import log
from runtime.metrics import TRACES_LOST, TRACES_WAITING, TRACES_WRITTEN

# Minutes of a busy bureau.
_MOST = 20_000
# One transaction's worth: a tenth of a second.
_BATCH = 1000
# Traces gather for so long, and are written within a second.
_GATHER_S = 0.3
_AGAIN_S = 1.0
# A process that is asked to stop has some seconds in all.
_STOPPING_S = 0.7
# A page that lies open asks for the same every few seconds; that it was read is told once in so long.
_SAME_S = 600.0
_REMEMBERED = 20_000
_LONGEST_NUMBER = 60
_LONGEST_NAME = 200
# So long after a rush at the door at the latest it is told how many came.
_RUSH_S = 60.0
_NOBODY = Comers({}, ())


@dataclass(slots=True)
class AccessRecord:
    """A reading under way: who reads what, from where. `asked` and `reason` are people's own words, and kept under the key ring."""

    reading: Reading
    person: Person
    address: str
    matter: str = ""
    asked: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    # By which offices, once it is known which of them reach the matter.
    offices: tuple[str, ...] | None = None
    # The answer as it goes out, and the matters that it names.
    body: bytearray = field(default_factory=bytearray)
    shown: set[str] = field(default_factory=set[str])

    @property
    def lists(self) -> bool:
        """Whether it tells of many matters, and of sealed ones because of the reason that was given."""
        return not self.matter and self.person.reasoned and self.person.may_owe_reason()

    def spoken(self) -> str:
        """What was asked for and why, in one spelling; empty where nothing was said."""
        private = {
            name: value for name, value in (("asked", bounded(self.asked)), ("reason", self.matter and self.reason)) if value
        }
        return canonical(private) if private else ""


class _Shown(NamedTuple):
    """The matters that an answer named."""

    trace: AccessRecord
    numbers: frozenset[str]

    def of(self, files: Mapping[str, Reachable]) -> Iterator[AccessRecord]:
        """A trace of each of these sealed files that only the reason opened. What was asked for stays with the question: beside a file it would tell of it."""
        person = self.trace.person
        for number in sorted(self.numbers & files.keys()):
            if person.owes_reason(files[number]):
                offices = tuple(each.office for each in person.reaching(files[number]))
                yield replace(self.trace, matter=number, asked={}, offices=offices)


class AccessLog:
    """The traces that this process has not written yet."""

    def __init__(self, pool: Pool, ring: KeyRing) -> None:
        """Write through that pool, people's words under that ring; nothing is written before `keep`."""
        self._pool, self._ring = pool, ring
        self._waiting: deque[tuple[datetime, AccessRecord | SignInEvent | _Shown, str, int]] = deque()
        self._batch: list[Left] = []
        self._trying: list[traces.Head] = []
        self._some, self._one = asyncio.Event(), asyncio.Lock()
        self._lately: TTLCache[tuple[Any, ...], bool] = TTLCache(_REMEMBERED, _SAME_S)
        self._rush = BurstLimit()
        self._lost = 0
        self.failing = False
        TRACES_WAITING.set_function(lambda: len(self._waiting) + len(self._batch))

    def leave(self, trace: AccessRecord, status: int) -> None:
        """Note that something was read, or refused with that status; it never waits, and never fails."""
        private = trace.spoken()
        if self._is_new(trace, private, status):
            self._wait(trace, private, status)

    def show(self, trace: AccessRecord) -> None:
        """Note the matters that a list told of: each sealed one that was opened by a reason leaves a trace of its own. It never waits, and never fails."""
        if trace.shown:
            self._wait(_Shown(replace(trace, body=bytearray()), frozenset(trace.shown)), "", 200)

    def tell(self, came: SignInEvent) -> None:
        """Note that somebody came, went, or changed what they come in by; whoever does it without end is counted. It never waits, and never fails."""
        self._tell_rush()
        if self._rush.lets(came):
            self._wait(came, came.spoken(), came.type.status)

    def _tell_rush(self, *, now: bool = False) -> None:
        for each in self._rush.over(now=now):
            self._wait(each, each.spoken(), each.type.status)

    def _wait(self, trace: AccessRecord | SignInEvent | _Shown, private: str, status: int) -> None:
        if len(self._waiting) >= _MOST:
            self._lost += 1
            TRACES_LOST.inc()
            return
        self._waiting.append((datetime.now(UTC), trace, private, status))
        self._some.set()

    def needed(self) -> None:
        """Refuse what may not be read without a trace while none can be written."""
        if self.failing:
            raise OrchestratorUnavailable(
                "查阅记录暂时不能写入，封存案卷此时不能查阅，请稍后再查", engine="postgres", retry_after=5
            )

    async def keep(self) -> None:
        """Write what comes, until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_RUSH_S):
                    await self._some.wait()
            self._tell_rush()
            await pause(_GATHER_S)
            while self._some.is_set():
                await pause(0 if await self.flush() else _AGAIN_S)

    async def flush(self) -> bool:
        """Write one batch of what waits; whether that could be done."""
        async with self._one:
            return await self._flush()

    async def _flush(self) -> bool:
        try:
            if self._batch or self._waiting:
                async with self._pool.connection() as connection:
                    await self._take(connection)
                    await traces.write(connection, self._batch, self._trying)
        except Exception as error:  # noqa: BLE001 - whatever it is, the traces wait, and whoever reads goes on
            if not self.failing:
                log.error("trace.unwritten", error=error, count=len(self._batch) + len(self._waiting))
            self.failing = True
            return False
        TRACES_WRITTEN.inc(len(self._batch))
        self._batch, self.failing = [], False
        if not self._waiting:
            self._some.clear()
        self._tell_lost()
        return True

    async def _take(self, connection: Connection) -> None:
        """Take the next batch of what waits, unless one could not be written yet."""
        if self._batch:
            return
        several = list(islice(self._waiting, _BATCH))
        came = [trace.username for _, trace, _, _ in several if isinstance(trace, SignInEvent)]
        whose = await comers(connection, list(filter(_is_storable, came))) if came else _NOBODY
        named = {number for _, trace, _, _ in several if isinstance(trace, _Shown) for number in trace.numbers}
        files = await traces.sealed(connection, named) if named else {}
        self._batch, self._trying = [left for each in several for left in self._lefts(*each, whose, files)], []
        for _ in several:
            self._waiting.popleft()

    async def close(self) -> None:
        """Write what is left before the process ends; what cannot be is counted and logged."""
        self._tell_rush(now=True)
        try:
            async with asyncio.timeout(_STOPPING_S):
                while (self._batch or self._waiting) and await self.flush():
                    pass
        except TimeoutError:
            pass
        if left := len(self._batch) + len(self._waiting):
            TRACES_LOST.inc(left)
            self._lost += left
        self._tell_lost()

    def _tell_lost(self) -> None:
        if self._lost:
            log.error("trace.lost", count=self._lost)
            self._lost = 0

    def _is_new(self, trace: AccessRecord, private: str, status: int) -> bool:
        if trace.reading in TAKEN_AWAY:
            return True
        key = (trace.person.username, trace.address, trace.reading, trace.matter, status, hash(private))
        if key in self._lately:
            return False
        return self._lately.setdefault(key, True)

    def _lefts(
        self,
        at: datetime,
        trace: AccessRecord | SignInEvent | _Shown,
        private: str,
        status: int,
        whose: Comers,
        files: Mapping[str, Reachable],
    ) -> Iterator[Left]:
        if not isinstance(trace, _Shown):
            yield self._left(at, trace, private, status, whose)
            return
        for each in trace.of(files):
            private = each.spoken()
            if self._is_new(each, private, status):
                yield self._left(at, each, private, status, whose)

    def _left(self, at: datetime, trace: AccessRecord | SignInEvent, private: str, status: int, whose: Comers) -> Left:
        who = _by_reading(trace) if isinstance(trace, AccessRecord) else _by_coming(trace, whose.by(trace.username))
        secret = self._ring.encrypt(private.encode("utf-8", "replace")) if private else None
        return Left(at, *who, status, secret, self._ring.key_id if private else None)


class _Who(NamedTuple):
    """The middle of a trace as it is left."""

    username: str
    offices: list[str]
    units: list[str]
    address: str
    event: str
    matter: str


def _by_reading(trace: AccessRecord) -> _Who:
    held = trace.person.offices
    offices = trace.offices if trace.offices is not None else tuple(each.office for each in held)
    units = {each.unit.id for each in held if each.office in offices} or {each.unit.id for each in held}
    return _Who(
        trace.person.username, sorted(set(offices)), sorted(units), trace.address, trace.reading.value, _storable(trace.matter)
    )


def _by_coming(came: SignInEvent, comer: Comer) -> _Who:
    # Of an account that is closed everybody is told that the password is wrong, but for whoever supervises.
    event = Coming.CLOSED if came.type is Coming.WRONG and not comer.active else came.type
    return _Who(comer.username, sorted(comer.offices), sorted(comer.units), came.address, event.value, "")


def _storable(private: str) -> str:
    """A number as somebody typed it into an address, in a form that a column holds."""
    return private.encode("utf-8", "replace").decode().replace("\0", "")[:_LONGEST_NUMBER]


def _is_storable(name: str) -> bool:
    """Whether somebody may bear that name: no column holds all that can be typed."""
    return name.isprintable() and len(name) <= _LONGEST_NAME


def plain(body: bytes) -> dict[str, Any]:
    """What a question in a body asks for; empty where it is none."""
    try:
        private = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return private if isinstance(private, dict) else {}
