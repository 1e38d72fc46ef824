"""Second factors of others (动态口令): supervisors vouch for them face to face (当面核实), and drop what was lost or is not its owner's."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.attempts import Attempt, open_attempt
from api.auth import Caller, note_account_event
from api.context import get_context
from api.http_io import parse_form, read_body, request_body
from api.path_parameters import Username
from api.problems import document_refusals
from api.schemas.people import FactorList, FactorView
from api.untraced import declare_untraced
from law.calendar import SHANGHAI
from law.offices import Office
from models.access.scope import Person
from models.problems import OfficeMayNotAct
from models.second_factors import FactorStep
from models.store import accounts, second_factor_vouching
from models.store.connection import Connection
from models.trace_shapes import AccountEvent

router = APIRouter(tags=["登录"])


class VouchedFactor(BaseModel):
    """The second factor that is vouched for, by the instant at which it was enrolled; one enrolled since has not been seen."""

    model_config = ConfigDict(extra="forbid")

    enrolled_at: AwareDatetime = Field(title="所核实的动态口令的启用时间")


@router.get(
    "/api/second-factors",
    dependencies=declare_untraced("accounts that await a second factor"),
    summary="动态口令：待核实的和在用的",
    responses=document_refusals(401, 403),
)
async def list_factors(request: Request, person: Caller) -> FactorList:
    """The second factors of those whom the caller supervises, what awaits them first."""
    _check_supervises(person)
    ctx = get_context(request)
    async with ctx.pool.connection() as connection:
        rows = await second_factor_vouching.list_factors(connection, person)
    told = [
        FactorView(
            username=row.username,
            zh=row.zh,
            badge=row.badge,
            offices_zh=list(dict.fromkeys(Office(each).label for each in row.offices)),
            units_zh=list(dict.fromkeys(row.units_zh)),
            enrolled_at=row.enrolled_at.astimezone(SHANGHAI),
            awaits=bool(offices_needing_factor := ctx.directory.list_approving(row.offices))
            and not second_factor_vouching.counts(row.vouched, offices_needing_factor),
        )
        for row in rows
    ]
    return FactorList(items=sorted(told, key=lambda each: not each.awaits))


@router.post(
    "/api/admin/people/{username}/second-factor/vouch",
    summary="当面核实动态口令",
    status_code=204,
    openapi_extra=request_body(VouchedFactor),
    responses=document_refusals(401, 403, 404, 409, 415, 422),
)
async def vouch_for_second_factor(request: Request, username: Username, person: Caller) -> Response:
    """Vouch that the second factor of somebody is theirs, who was met face to face: by whoever supervises them and administers nothing."""

    async def vouch(connection: Connection, this: Attempt, now: datetime) -> None:
        seen = parse_form(VouchedFactor, this.fill_in(await read_body(request)))
        await second_factor_vouching.vouch(connection, person, username, seen.enrolled_at, now)

    return await _make_change(request, person, username, FactorStep.VOUCH, vouch, AccountEvent.FACTOR_VOUCHED)


@router.post(
    "/api/admin/people/{username}/second-factor/drop",
    summary="停用动态口令",
    status_code=204,
    responses=document_refusals(401, 403, 404),
)
async def drop_second_factor(request: Request, username: Username, person: Caller) -> Response:
    """Drop the second factor of somebody who has lost their device, or did not enrol it: by whoever supervises them, since administrators set passwords."""

    async def drop(connection: Connection, _this: Attempt, now: datetime) -> None:
        await accounts.drop_factor(connection, person, username, now)

    return await _make_change(request, person, username, FactorStep.DROP, drop, AccountEvent.FACTOR_DROPPED)


async def _make_change(
    request: Request,
    person: Person,
    username: str,
    step: str,
    act: Callable[[Connection, Attempt, datetime], Awaitable[None]],
    event: AccountEvent,
) -> Response:
    ctx = get_context(request)
    async with open_attempt(ctx, person, step) as this:
        _check_supervises(person)
        async with ctx.pool.connection() as connection:
            await act(connection, this, datetime.now(UTC))
    ctx.directory.forget()
    note_account_event(request, event, username, by=person.username)
    return Response(status_code=204)


def _check_supervises(person: Person) -> None:
    if not person.holds(Office.SUPERVISOR):
        raise OfficeMayNotAct("动态口令由督察核实和停用", required=[Office.SUPERVISOR])
