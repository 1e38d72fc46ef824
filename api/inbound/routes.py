"""The addresses at which systems outside reach us."""

import json

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import get_context
from api.inbound.messages import InboundReceipt, InboundState
from api.inbound.receiving import Receiver
from api.matter_access import get_readable_matter
from api.path_parameters import MessageId, SystemId
from api.problems import document_refusals
from law.offices import Office
from models.access.scope import Person
from models.outside import System, build_machine_name
from models.problems import NotFound, UnsupportedMediaType
from models.store import inbound
from models.store.connection import Connection
from models.store.inbound import Concern, Kept
from models.trace_shapes import Reading

router = APIRouter(tags=["外部系统"])

# As many as somebody looks through at once, of as many as there may be of all units together.
_SHOWN, _MOST = 100, 5000
# Of what is about no matter that we know; and of any, of whom each oversees some.
_OF_NO_MATTER = (Office.ADMINISTRATOR, Office.CASE_MANAGEMENT_OFFICER)
_OVERSEERS = (*_OF_NO_MATTER, Office.LEGAL_REVIEWER)


@router.post(
    "/api/inbound/{system}", include_in_schema=False, responses={200: {"model": InboundReceipt}, 202: {"model": InboundReceipt}}
)
async def receive(request: Request, system: SystemId) -> Response:
    """Take a signed message; what it decides is a step, and the same message again gets the first answer."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise UnsupportedMediaType("只接受 application/json")
    body = await request.body()
    status, text = await Receiver(get_context(request), _get_system(request, system)).receive(request.headers, body)
    return Response(text, status, media_type="application/json" if status < 400 else "application/problem+json")


@router.get(
    "/api/inbound/{system}",
    dependencies=declare_reading(Reading.DELIVERIES),
    summary="未办理的来文",
    responses=document_refusals(401, 404),
)
async def list_held(request: Request, system: SystemId, person: Caller) -> list[InboundState]:
    """What this system has sent and we have not acted on, the oldest first: held until another message comes, mostly."""
    _check_may_ask(_get_system(request, system), person)
    async with get_context(request).pool.connection() as connection:
        several = await inbound.list_held_messages(connection, system, _MOST)
        return [_build_state(each) for each in await _list_theirs(connection, system, person, several)][:_SHOWN]


@router.get(
    "/api/inbound/{system}/{message_id}",
    dependencies=declare_reading(Reading.DELIVERIES),
    summary="来文的状态",
    responses=document_refusals(401, 404),
)
async def get_state(request: Request, system: SystemId, message_id: MessageId, person: Caller) -> InboundState:
    """What became of a message."""
    _check_may_ask(_get_system(request, system), person)
    return _build_state(await _load_message(request, system, message_id, person))


@router.post(
    "/api/inbound/{system}/{message_id}/release",
    summary="不再等待前一报文，直接办理",
    responses=document_refusals(401, 404),
)
async def release(request: Request, system: SystemId, message_id: MessageId, person: Caller) -> InboundState:
    """Act on a held message now, since the one before it will not come; who said so is journaled. What became of it is the answer."""
    found = _get_system(request, system)
    if not any(person.holds_in_bureau(office) for office in _OVERSEERS):
        raise NotFound()
    await _load_message(request, system, message_id, person)
    await Receiver(get_context(request), found).release(message_id, person)
    return _build_state(await _load_message(request, system, message_id, person))


async def _load_message(request: Request, system: str, message_id: str, person: Person) -> Kept:
    """A message that this person may know of; NotFound for any other. To look at one is to look at the matter it is about."""
    async with get_context(request).pool.connection() as connection:
        kept = await inbound.find_message(connection, system, message_id)
        if kept is None or not await _list_theirs(connection, system, person, [kept]):
            raise NotFound("没有收到过这一报文")
        (concern,) = await inbound.list_concerns(connection, system, [kept])
    if concern.office and person.username != build_machine_name(system):
        await get_readable_matter(request, kept.number, person)
    return kept


async def _list_theirs(connection: Connection, system: str, person: Person, several: list[Kept]) -> list[Kept]:
    """Which of these messages are this person's to know of: the system's its own, an overseer's what concerns a unit they oversee.

    What is about a matter is for whoever manages the cases of its unit, or reviews them where its file is sealed; what is about none that
    we know for administrators as well.
    """
    if person.username == build_machine_name(system):
        return several
    concerned = await inbound.list_concerns(connection, system, several)
    return [each for each, concern in zip(several, concerned, strict=True) if _oversees(person, concern)]


def _oversees(person: Person, concern: Concern) -> bool:
    offices = (concern.office,) if concern.office else _OF_NO_MATTER
    return any(each.office in offices and concern.unit in each.own for each in person.offices)


def _get_system(request: Request, system: str) -> System:
    found = request.app.state.systems.get(system)
    if found is None:
        raise NotFound(f"没有名为“{system[:60]}”的系统")
    return found


def _check_may_ask(system: System, person: Person) -> None:
    if person.username != build_machine_name(system.id) and not any(person.holds_in_bureau(office) for office in _OVERSEERS):
        raise NotFound()


def _build_state(kept: Kept) -> InboundState:
    return InboundState(
        id=kept.message_id,
        state=kept.state,
        ignored=kept.ignored,
        after=kept.after,
        received_at=kept.received_at,
        answered_at=kept.answered_at,
        answer=json.loads(kept.answer) if kept.answer else None,
    )
