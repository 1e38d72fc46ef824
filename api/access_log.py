"""Writing traces: a bounded queue, written in batches beside the requests, and flushed when the API stops.

No request waits for its trace. While the database takes none, traces stay in the queue, sealed files are not read, and the state of the
system says so. What does not fit into the queue is counted and logged. A process that is killed loses what it had not written yet: some
tenths of a second.
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
from models.journal import format_canonical
from models.problems import OrchestratorUnavailable
from models.readmodel.sign_ins import SignInPeople, SignInPerson, load_sign_in_people
from models.store import traces
from models.store.api_writes import shorten_content
from models.store.connection import Connection
from models.trace_shapes import TAKEN_AWAY, AccountEvent, Reading, Trace
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
# A burst of sign-in events is counted for so long at most before the count is recorded.
_RUSH_S = 60.0
_NOBODY = SignInPeople({}, ())


@dataclass(slots=True)
class AccessRecord:
    """A reading in progress: who reads what, from where. `asked` and `reason` are people's own words, and are stored encrypted."""

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
        """Whether it lists many matters, and sealed ones among them because a reason was given."""
        return not self.matter and self.person.reasoned and self.person.may_owe_reason()

    def to_private_json(self) -> str:
        """What was asked for and why, as canonical JSON; empty where neither was said."""
        private = {
            name: value
            for name, value in (("asked", shorten_content(self.asked)), ("reason", self.matter and self.reason))
            if value
        }
        return format_canonical(private) if private else ""


class _ShownMatters(NamedTuple):
    """The matters that an answer named."""

    trace: AccessRecord
    numbers: frozenset[str]

    def of(self, files: Mapping[str, Reachable]) -> Iterator[AccessRecord]:
        """A trace for each of these sealed files that only the reason opened, and of what is kept from somebody, whoever was shown it.

        What was searched for is kept with the search alone: beside a file it would say something of its content.
        """
        person = self.trace.person
        for number in sorted(self.numbers & files.keys()):
            if person.owes_reason(files[number]) or files[number].kept_from:
                offices = tuple(each.office for each in person.list_reaching_offices(files[number]))
                yield replace(self.trace, matter=number, asked={}, offices=offices)


class AccessLog:
    """The queue of traces of this process."""

    def __init__(self, pool: Pool, ring: KeyRing) -> None:
        """Write through that pool, encrypting people's words under that ring; nothing is written before `run`."""
        self._pool, self._ring = pool, ring
        self._waiting: deque[tuple[datetime, AccessRecord | SignInEvent | _ShownMatters, str, int]] = deque()
        self._batch: list[Trace] = []
        self._trying: list[traces.Head] = []
        self._some, self._one = asyncio.Event(), asyncio.Lock()
        self._lately: TTLCache[tuple[Any, ...], bool] = TTLCache(_REMEMBERED, _SAME_S)
        self._rush = BurstLimit()
        self._lost = 0
        self.failing = False
        TRACES_WAITING.set_function(lambda: len(self._waiting) + len(self._batch))

    def add_reading(self, trace: AccessRecord, status: int) -> None:
        """Queue a trace that something was read, or refused with that status. Never waits, never fails."""
        private = trace.to_private_json()
        if self._is_new(trace, private, status):
            self._enqueue(trace, private, status)

    def add_shown(self, trace: AccessRecord) -> None:
        """Queue a trace for each sealed matter that a list showed because of a reason. Never waits, never fails."""
        if trace.shown:
            self._enqueue(_ShownMatters(replace(trace, body=bytearray()), frozenset(trace.shown)), "", 200)

    def add_event(self, event: SignInEvent) -> None:
        """Queue a trace of a sign-in event; beyond a rate, events are counted instead. Never waits, never fails."""
        self._flush_burst()
        if self._rush.admit(event):
            self._enqueue(event, event.to_private_json(), event.type.status)

    def _flush_burst(self, *, now: bool = False) -> None:
        for each in self._rush.take_counted(now=now):
            self._enqueue(each, each.to_private_json(), each.type.status)

    def _enqueue(self, trace: AccessRecord | SignInEvent | _ShownMatters, private: str, status: int) -> None:
        if len(self._waiting) >= _MOST:
            self._lost += 1
            TRACES_LOST.inc()
            return
        self._waiting.append((datetime.now(UTC), trace, private, status))
        self._some.set()

    def check_writable(self) -> None:
        """OrchestratorUnavailable while no trace can be written, for what may not be read without one."""
        if self.failing:
            raise OrchestratorUnavailable(
                "查阅记录暂时不能写入，封存案卷此时不能查阅，请稍后再查", engine="postgres", retry_after=5
            )

    async def run(self) -> None:
        """Write what is queued, until cancelled."""
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(_RUSH_S):
                    await self._some.wait()
            self._flush_burst()
            await pause(_GATHER_S)
            while self._some.is_set():
                await pause(0 if await self.flush() else _AGAIN_S)

    async def flush(self) -> bool:
        """Write one batch; whether that succeeded."""
        async with self._one:
            return await self._flush()

    async def _flush(self) -> bool:
        try:
            if self._batch or self._waiting:
                async with self._pool.connection() as connection:
                    await self._take_batch(connection)
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
        self._log_lost()
        return True

    async def _take_batch(self, connection: Connection) -> None:
        """Take the next batch from the queue, unless one is still unwritten."""
        if self._batch:
            return
        several = list(islice(self._waiting, _BATCH))
        usernames = [trace.username for _, trace, _, _ in several if isinstance(trace, SignInEvent)]
        whose = await load_sign_in_people(connection, list(filter(_is_storable, usernames))) if usernames else _NOBODY
        named = {number for _, trace, _, _ in several if isinstance(trace, _ShownMatters) for number in trace.numbers}
        files = await traces.find_apart(connection, named) if named else {}
        self._batch, self._trying = [left for each in several for left in self._build_traces(*each, whose, files)], []
        for _ in several:
            self._waiting.popleft()

    async def close(self) -> None:
        """Write what is left before the process ends; what cannot be written is counted and logged."""
        self._flush_burst(now=True)
        try:
            async with asyncio.timeout(_STOPPING_S):
                while (self._batch or self._waiting) and await self.flush():
                    pass
        except TimeoutError:
            pass
        if left := len(self._batch) + len(self._waiting):
            TRACES_LOST.inc(left)
            self._lost += left
        self._log_lost()

    def _log_lost(self) -> None:
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

    def _build_traces(
        self,
        at: datetime,
        trace: AccessRecord | SignInEvent | _ShownMatters,
        private: str,
        status: int,
        whose: SignInPeople,
        files: Mapping[str, Reachable],
    ) -> Iterator[Trace]:
        if not isinstance(trace, _ShownMatters):
            yield self._build_trace(at, trace, private, status, whose)
            return
        for each in trace.of(files):
            private = each.to_private_json()
            if self._is_new(each, private, status):
                yield self._build_trace(at, each, private, status, whose)

    def _build_trace(
        self, at: datetime, trace: AccessRecord | SignInEvent, private: str, status: int, whose: SignInPeople
    ) -> Trace:
        who = (
            _build_reader(trace) if isinstance(trace, AccessRecord) else _build_event_actor(trace, whose.get_person(trace.username))
        )
        secret = self._ring.encrypt(private.encode("utf-8", "replace")) if private else None
        return Trace(at, *who, status, secret, self._ring.key_id if private else None)


class _TraceMiddle(NamedTuple):
    """The fields of a trace that say who, from where, and what."""

    username: str
    offices: list[str]
    units: list[str]
    address: str
    event: str
    matter: str


def _build_reader(trace: AccessRecord) -> _TraceMiddle:
    held = trace.person.offices
    offices = trace.offices if trace.offices is not None else tuple(each.office for each in held)
    units = {each.unit.id for each in held if each.office in offices} or {each.unit.id for each in held}
    return _TraceMiddle(
        trace.person.username, sorted(set(offices)), sorted(units), trace.address, trace.reading.value, _make_storable(trace.matter)
    )


def _build_event_actor(event: SignInEvent, comer: SignInPerson) -> _TraceMiddle:
    # Of an account that is closed everybody is told that the password is wrong, but for whoever supervises.
    kind = AccountEvent.CLOSED if event.type is AccountEvent.WRONG and not comer.active else event.type
    return _TraceMiddle(comer.username, sorted(comer.offices), sorted(comer.units), event.address, kind.value, "")


def _make_storable(private: str) -> str:
    """A number as somebody typed it into an address, in a form that a column can hold."""
    return private.encode("utf-8", "replace").decode().replace("\0", "")[:_LONGEST_NUMBER]


def _is_storable(name: str) -> bool:
    """Whether it can be a user name: no column holds everything that can be typed."""
    return name.isprintable() and len(name) <= _LONGEST_NAME


def parse_question(body: bytes) -> dict[str, Any]:
    """The members of a search in a request's body; empty where it is none."""
    try:
        private = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return private if isinstance(private, dict) else {}
