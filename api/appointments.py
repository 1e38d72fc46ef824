"""Appointments that await confirmation by a second person (任职确认)."""

from fastapi import APIRouter, Request

from api.administrative_changes import make_change
from api.auth import Caller
from api.context import get_context
from api.http_io import Key, request_body
from api.problems import document_refusals
from api.untraced import declare_untraced
from law.offices import Office
from models.access.scope import Person
from models.administration import AppointmentList, ConfirmedAppointment, DeclinedAppointment
from models.problems import OfficeMayNotAct
from models.store import appointment_confirmations
from models.store.administrative_change import Change
from models.store.appointment_confirmations import CONFIRMS

router = APIRouter(prefix="/api/appointments", tags=["系统管理"])

_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)


@router.get(
    "", dependencies=declare_untraced("offices, not matters"), summary="待确认的任职", responses=document_refusals(401, 403)
)
async def list_awaiting(request: Request, person: Caller) -> AppointmentList:
    """The appointments that await confirmation where the caller administers or may confirm, the oldest first."""
    ctx = get_context(request)
    _check_holds(person, Office.ADMINISTRATOR, *CONFIRMS)
    async with ctx.pool.connection() as connection:
        tree = await ctx.directory.load_units()
        return AppointmentList(
            items=await appointment_confirmations.list_awaiting(connection, person, tree, demo=ctx.settings.demo)
        )


@router.post("/confirm", summary="确认任职", openapi_extra=request_body(ConfirmedAppointment), responses=_REFUSALS)
async def confirm(request: Request, person: Caller, key: Key = None) -> AppointmentList:
    """Confirm an appointment that another person proposed: from now on the office is held. The answer is what still awaits."""
    await _decide(request, person, "confirm-appointment", ConfirmedAppointment, key)
    return await list_awaiting(request, person)


@router.post("/decline", summary="不同意任职", openapi_extra=request_body(DeclinedAppointment), responses=_REFUSALS)
async def decline(request: Request, person: Caller, key: Key = None) -> AppointmentList:
    """Decline an appointment for a reason, which whoever proposed it is told. The answer is what still awaits."""
    await _decide(request, person, "decline-appointment", DeclinedAppointment, key)
    return await list_awaiting(request, person)


async def _decide(request: Request, person: Person, step: str, model: type[ConfirmedAppointment], key: str | None) -> None:
    async def make(change: Change, asked: ConfirmedAppointment) -> None:
        reason = asked.reason if isinstance(asked, DeclinedAppointment) else None
        await appointment_confirmations.decide(change, asked.appointment, reason)

    await make_change(request, person, step, model, key, make, check=lambda: _check_holds(person, *CONFIRMS))
    get_context(request).directory.forget()


def _check_holds(person: Person, *offices: Office) -> None:
    if not any(person.holds(each) for each in offices):
        raise OfficeMayNotAct("任职由督察或者法制员确认", required=list(offices))
