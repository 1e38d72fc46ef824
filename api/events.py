"""Events as they happen (server-sent), told to whoever may know of the matter."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated, Any

import psycopg
from fastapi import APIRouter, Header, Request
from fastapi.responses import StreamingResponse

from api.auth import Caller
from api.bell import RESYNC, Bell, event_id
from api.desk import desk
from api.problems import documented
from models import queries
from models.reach import Person
from runtime.database import Pool

router = APIRouter(tags=["事件"])

# Proxies close what is silent for a minute.
_HEARTBEAT_S = 15.0
# Streams end after this, and clients begin another, so that nobody listens on by an office they no longer hold.
_LASTING_S = 600.0


@router.get("/api/events", summary="事件流", responses=documented(401))
async def events(
    request: Request, person: Caller, last_event_id: Annotated[str | None, Header(alias="Last-Event-ID")] = None
) -> StreamingResponse:
    """Each entry recorded in a matter that the caller may know of: `step` events; `resync` says to look at the lists afresh."""
    house = desk(request)
    return StreamingResponse(_told(house.bell, house.pool, person, last_event_id), media_type="text/event-stream")


async def _told(bell: Bell, pool: Pool, person: Person, last_id: str | None) -> AsyncIterator[str]:
    ends_at = asyncio.get_running_loop().time() + _LASTING_S
    with bell.stream(last_id) as stream:
        yield "retry: 2000\n\n"
        while asyncio.get_running_loop().time() < ends_at:
            try:
                async with asyncio.timeout(_HEARTBEAT_S):
                    event = await stream.get()
            except TimeoutError:
                yield ":\n\n"
                continue
            try:
                known = event is RESYNC or await _may_know(pool, person, event)
            except psycopg.Error:  # nobody can say now whether it may be told; whoever looks afresh will see
                known, event = True, RESYNC
            if event is RESYNC:
                yield "event: resync\ndata: {}\n\n"
            elif known:
                yield f"id: {event_id(event)}\nevent: step\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"


async def _may_know(pool: Pool, person: Person, event: dict[str, Any]) -> bool:
    unit, own = event["unit"], any(event["unit"] in each.own for each in person.offices)
    if own and event.get("sealed") is False:
        return True
    if not own and not any(unit in each.served for each in person.offices):
        return False
    async with pool.connection() as connection:
        here, _ = await queries.standing(connection, event["number"])
    return here is not None and bool(person.reaching(here))
