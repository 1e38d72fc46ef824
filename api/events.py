"""Server-sent events, sent to whoever may know of the matter."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Annotated, Any

import psycopg
from fastapi import APIRouter, Header, Request
from fastapi.sse import KEEPALIVE_COMMENT, EventSourceResponse, format_sse_event

from api.access_tracking import declare_reading
from api.auth import Caller, find_signed_in_person
from api.context import get_context
from api.event_bus import PEOPLE, RESYNC, EventBus, build_event_id
from api.problems import document_refusals
from models.access.read_rights import get_read_rights
from models.access.scope import Person
from models.problems import OrchestratorUnavailable
from models.readmodel.matter_status import find_matter
from models.trace_shapes import Reading
from runtime.database import Pool

router = APIRouter(tags=["事件"])

# Proxies close what is silent for a minute.
_HEARTBEAT_S = 15.0
# Streams end after this, and clients begin another.
_LASTING_S = 600.0
# After which a client whose stream ended begins another.
_RETRY_MS = 2000


_STREAM: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}}


@router.get(
    "/api/events", dependencies=declare_reading(Reading.STREAM), summary="事件流", responses=_STREAM | document_refusals(401)
)
async def stream_events(
    request: Request, person: Caller, last_event_id: Annotated[str | None, Header(alias="Last-Event-ID")] = None
) -> EventSourceResponse:
    """Each entry recorded in a matter that the caller may know of: `step` events; `resync` says to look at the lists afresh.

    `asked` in an event is what it asks of the caller: the sort and step of each task that has come to be theirs, and whether it is `urgent`.

    The stream ends with the sign-in it was begun by.
    """
    ctx = get_context(request)
    again = partial(find_signed_in_person, request)
    return EventSourceResponse(_stream(ctx.event_bus, ctx.pool, person, again, last_event_id))


async def _stream(
    bus: EventBus, pool: Pool, person: Person, again: Callable[[], Awaitable[Person | None]], last_id: str | None
) -> AsyncIterator[bytes]:
    ends_at = asyncio.get_running_loop().time() + _LASTING_S
    with bus.stream(last_id) as stream:
        yield format_sse_event(retry=_RETRY_MS)
        while asyncio.get_running_loop().time() < ends_at:
            event = await _wait_for_event(stream)
            try:
                if event is None or event is PEOPLE:  # their sign-in may have ended, or their offices have changed
                    still = await again()
                    if still is None:
                        return
                    person = still
                known = event is RESYNC or (event is not None and event is not PEOPLE and await _is_visible(pool, person, event))
            except (
                psycopg.Error,
                OrchestratorUnavailable,
            ):  # nobody can say now whether it may be told; whoever looks afresh will see
                known, event = True, RESYNC
            if event is None:
                yield KEEPALIVE_COMMENT
            elif event is RESYNC:
                yield format_sse_event(event="resync", data_str="{}")
            elif known:
                yield format_sse_event(
                    id=build_event_id(event),
                    event="step",
                    data_str=json.dumps(event | {"asked": _list_own_tasks(person, event)}, ensure_ascii=False),
                )


async def _wait_for_event(stream: asyncio.Queue[dict[str, Any]]) -> dict[str, Any] | None:
    """The next event; None after a silence in which a client might take the stream for dead."""
    try:
        async with asyncio.timeout(_HEARTBEAT_S):
            return await stream.get()
    except TimeoutError:
        return None


def _list_own_tasks(person: Person, event: dict[str, Any]) -> list[dict[str, Any]]:
    """Which tasks named by an event are this person's."""
    mine = [
        each
        for each in event.get("asked") or ()
        if person.username in (each["person"], *each.get("deputies", ()))
        or (
            not each["person"]
            and any(each["office"] == held.office and each["unit"] in held.own | held.served for held in person.offices)
        )
    ]
    return [{"sort": each["sort"], "step": each["step"], "urgent": event.get("urgent", False)} for each in mine]


async def _is_visible(pool: Pool, person: Person, event: dict[str, Any]) -> bool:
    unit = event["unit"]
    if event.get("sealed") is False and any(
        unit in each.own and event["kind"] in get_read_rights(each.office).kinds for each in person.offices
    ):
        return True
    if not any(unit in each.own or unit in each.served for each in person.offices):
        return False
    async with pool.connection() as connection:
        matter, _ = await find_matter(connection, event["number"])
    return matter is not None and bool(person.list_reaching_offices(matter))
