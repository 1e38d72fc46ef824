"""Fan-out of PostgreSQL NOTIFY to event streams (SSE): one LISTEN connection for each process."""

import asyncio
import json
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from models.store.connection import Connection
from runtime.event_loop import pause
from runtime.logging import note_engine_found, note_engine_lost

# A client that lags so far behind is told to look afresh instead.
_BACKLOG = 256
# What a client that lost its connection for some seconds may have missed.
_REMEMBERED = 1000
# A restarted PostgreSQL is back within the second.
_RECONNECT_S = 0.5
RESYNC: dict[str, Any] = {"resync": True}
# Somebody's account or offices have changed: whoever listens is asked anew who they are.
PEOPLE: dict[str, Any] = {"people": True}
_CHANNELS = ("louke", "louke_people")


class EventBus:
    """Receives the notification of every recorded entry and passes it to the streams of this process."""

    def __init__(self, url: str, people_changed: Callable[[], None] = lambda: None) -> None:
        """Listen at that database once `listen` runs; `people_changed` is called when somebody's account or offices change."""
        self._url = url
        self._people_changed = people_changed
        self._streams: set[asyncio.Queue[dict[str, Any]]] = set()
        self._recent: deque[dict[str, Any]] = deque(maxlen=_REMEMBERED)
        self.listening = asyncio.Event()

    async def listen(self) -> None:
        """Listen until cancelled, reconnecting whenever PostgreSQL was away."""
        while True:
            try:
                await self._listen_once()
            except psycopg.OperationalError as error:
                note_engine_lost("postgres", error)
                self.listening.clear()
                await pause(_RECONNECT_S)

    async def _listen_once(self) -> None:
        connection = await psycopg.AsyncConnection.connect(self._url, autocommit=True, application_name="louke-events")
        async with connection:
            for channel in _CHANNELS:
                await connection.execute(f"LISTEN {channel}")
            note_engine_found("postgres")
            # What happened while nobody listened is not told again: everyone looks afresh.
            self._recent.clear()
            self._people_changed()
            self.publish(RESYNC)
            self.listening.set()
            await self._relay(connection)

    async def _relay(self, connection: Connection) -> None:
        # The generator that psycopg offers takes a millisecond of the processor for each notice, a sixth of what a step takes of it.
        arrived, loop, socket = asyncio.Event(), asyncio.get_running_loop(), connection.fileno()
        loop.add_reader(socket, arrived.set)
        arrived.set()  # something may have come with the answer to LISTEN
        try:
            while True:
                await arrived.wait()
                arrived.clear()
                connection.pgconn.consume_input()
                while notice := connection.pgconn.notifies():
                    if notice.relname == b"louke_people":
                        self._people_changed()
                        self.publish(PEOPLE)
                        continue
                    event = json.loads(notice.extra)
                    self._recent.append(event)
                    self.publish(event)
        finally:
            loop.remove_reader(socket)

    def publish(self, event: dict[str, Any]) -> None:
        """Pass an event to every stream."""
        for stream in self._streams:
            if stream.full():
                while not stream.empty():
                    stream.get_nowait()
                event = RESYNC
            stream.put_nowait(event)

    @contextmanager
    def stream(self, last_id: str | None) -> Iterator[asyncio.Queue[dict[str, Any]]]:
        """A stream of the events after `last_id`; it begins with a resync where that is no longer in memory."""
        events: asyncio.Queue[dict[str, Any]] = asyncio.Queue(_REMEMBERED + _BACKLOG)
        for event in self._list_missed_since(last_id):
            events.put_nowait(event)
        self._streams.add(events)
        try:
            yield events
        finally:
            self._streams.discard(events)

    def _list_missed_since(self, last_id: str | None) -> list[dict[str, Any]]:
        if not last_id:
            return []
        # Told of the file as it was then: it may have been sealed since.
        recent = [event | {"sealed": None} for event in self._recent]
        places = [n for n, event in enumerate(recent) if build_event_id(event) == last_id]
        return recent[places[-1] + 1 :] if places else [RESYNC]


def build_event_id(event: dict[str, Any]) -> str:
    """The id of an event, which a client sends back to continue: the matter's number and sequence."""
    return f"{event['number']}:{event['seq']}"
