"""The addresses at which systems outside reach us."""

import json

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.auth import Caller
from api.desk import desk
from api.inbound.messages import InboundState
from api.inbound.receiving import Receiver
from api.problems import documented
from api.reads import reads
from law.offices import Office
from models import inbound
from models.inbound import Kept
from models.outside import System, machine
from models.problems import NotFound, UnsupportedMediaType
from models.reach import Person
from models.traces import Reading

router = APIRouter(tags=["外部系统"])

# More than anybody looks through at once.
_MOST = 100
_OVERSEERS = (Office.ADMINISTRATOR, Office.CASE_MANAGEMENT_OFFICER)


@router.post("/api/inbound/{system}", include_in_schema=False)
async def receive(request: Request, system: str) -> Response:
    """Take a signed message; what it decides is a step, and the same message again gets the first answer."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType()
    body = await request.body()
    status, text = await Receiver(desk(request), _known(request, system)).receive(request.headers, body)
    return Response(text, status, media_type="application/json" if status < 400 else "application/problem+json")


@router.get("/api/inbound/{system}", dependencies=reads(Reading.DELIVERIES), summary="未办理的来文", responses=documented(401, 404))
async def held(request: Request, system: str, person: Caller) -> list[InboundState]:
    """What this system has sent and we have not acted on, the oldest first: held until another message comes, mostly."""
    _check_may_ask(_known(request, system), person)
    async with desk(request).pool.connection() as connection:
        return [_state(each) for each in await inbound.held(connection, system, _MOST)]


@router.get(
    "/api/inbound/{system}/{message_id}",
    dependencies=reads(Reading.DELIVERIES),
    summary="来文的状态",
    responses=documented(401, 404),
)
async def state(request: Request, system: str, message_id: str, person: Caller) -> InboundState:
    """What became of a message."""
    _check_may_ask(_known(request, system), person)
    async with desk(request).pool.connection() as connection:
        kept = await inbound.kept(connection, system, message_id)
    if kept is None:
        raise NotFound("没有收到过这一报文")
    return _state(kept)


@router.post(
    "/api/inbound/{system}/{message_id}/release",
    summary="不再等待前一报文，直接办理",
    responses=documented(401, 404),
)
async def release(request: Request, system: str, message_id: str, person: Caller) -> InboundState:
    """Act on a held message now, since the one before it will not come; who said so is journaled. What became of it is the answer."""
    found = _known(request, system)
    if not any(person.holds_in_bureau(office) for office in _OVERSEERS):
        raise NotFound()
    await Receiver(desk(request), found).release(message_id, person)
    async with desk(request).pool.connection() as connection:
        kept = await inbound.kept(connection, system, message_id)
    if kept is None:
        raise NotFound("没有收到过这一报文")
    return _state(kept)


def _known(request: Request, system: str) -> System:
    found = request.app.state.systems.get(system)
    if found is None:
        raise NotFound(f"没有名为“{system[:60]}”的系统")
    return found


def _check_may_ask(system: System, person: Person) -> None:
    if person.username != machine(system.id) and not any(person.holds_in_bureau(office) for office in _OVERSEERS):
        raise NotFound()


def _state(kept: Kept) -> InboundState:
    return InboundState(
        id=kept.message_id,
        state=kept.state,
        ignored=kept.ignored,
        after=kept.after,
        received_at=kept.received_at,
        answered_at=kept.answered_at,
        answer=json.loads(kept.answer) if kept.answer else None,
    )
