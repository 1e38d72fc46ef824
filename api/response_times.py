"""Response times (处警时限): in what time a dispatch is signed for, arrives and is reported on, set for a unit by two people."""

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from api.administrative_changes import make_change
from api.auth import Caller
from api.context import get_context
from api.http_io import Key, invalid, request_body
from api.problems import documented
from api.untraced import untraced
from law.calendar import SHANGHAI
from law.offices import Office
from law.time_limits import TimeLimit, limits
from models.access.scope import Person
from models.store import response_times
from models.store.administrative_change import Change
from models.store.response_times import Edition
from models.store.two_people import CONFIRMS, Setting, may_confirm

router = APIRouter(prefix="/api/response-times", tags=["系统管理"])
_REFUSALS = documented(401, 403, 404, 409, 415, 422)
# Less is no time to answer a radio; more than a day is no promise any more.
_SHORTEST_S, _LONGEST_S = 10, 24 * 3600


class _OfLimit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", min_length=1, max_length=60)
    limit: str = Field(title="时限", min_length=1, max_length=60)


class ProposedResponseTime(_OfLimit):
    """In what time that limit ends in that unit."""

    seconds: int = Field(title="多少秒", ge=_SHORTEST_S, le=_LONGEST_S)


class ConfirmedResponseTime(_OfLimit):
    """Which proposal is confirmed: the instant at which it was made, as it was told."""

    proposed_at: AwareDatetime = Field(title="所确认的提请的时间")


class ResponseTimeTold(BaseModel):
    """An edition, or a proposal (`edition` None), in seconds."""

    edition: int | None
    unit: str
    unit_zh: str
    limit: str
    limit_zh: str
    seconds: int
    proposed_by_zh: str
    confirmed_by_zh: str | None
    at: datetime
    # Whether the caller may confirm it.
    may_confirm: bool


class UsualResponseTime(BaseModel):
    """What holds for a limit where no unit has set anything, in seconds."""

    limit: str
    limit_zh: str
    seconds: int


class ResponseTimeList(BaseModel):
    """What is in force and what is proposed where the caller administers or confirms, and what holds where nothing is set."""

    in_force: list[ResponseTimeTold]
    proposed: list[ResponseTimeTold]
    usual: list[UsualResponseTime]


@router.get("", dependencies=untraced("settings of the bureau"), summary="处警时限", responses=documented(401, 403))
async def told(request: Request, person: Caller) -> ResponseTimeList:
    """In the units that the caller administers, supervises or reviews."""
    ctx = get_context(request)
    seats = [each for each in person.offices if each.office in (Office.ADMINISTRATOR, *CONFIRMS)]
    tree = await ctx.directory.units()
    async with ctx.pool.connection() as connection:
        rows = await response_times.editions(connection, frozenset[str]().union(*(each.own for each in seats)))
    in_force, proposed = ([_told(each, tree[each.unit_id].zh, person) for each in found] for found in rows)
    return ResponseTimeList(
        in_force=in_force, proposed=proposed, usual=[_usual(each) for each in limits().values() if each.by_unit]
    )


@router.post("", summary="提请处警时限", openapi_extra=request_body(ProposedResponseTime), responses=_REFUSALS)
async def propose(request: Request, person: Caller, key: Key = None) -> ResponseTimeList:
    """Propose in what time a unit answers a dispatch; it holds once another person has confirmed it."""

    async def make(change: Change, said: ProposedResponseTime) -> None:
        if said.limit not in limits() or not limits()[said.limit].by_unit:
            raise invalid("limit", "unknown-limit", f"没有由单位设定的时限“{said.limit}”")
        await response_times.propose(change, _setting(said), said.limit, said.seconds)

    await make_change(request, person, "propose-response-time", ProposedResponseTime, key, make)
    return await told(request, person)


@router.post("/confirm", summary="确认处警时限", openapi_extra=request_body(ConfirmedResponseTime), responses=_REFUSALS)
async def confirm(request: Request, person: Caller, key: Key = None) -> ResponseTimeList:
    """Set what another person proposed: for calls that are dispatched from now on."""

    async def make(change: Change, said: ConfirmedResponseTime) -> None:
        await response_times.confirm(change, _setting(said), said.limit, said.proposed_at)

    await make_change(request, person, "confirm-response-time", ConfirmedResponseTime, key, make)
    return await told(request, person)


def _setting(of: _OfLimit) -> Setting:
    called = limits()[of.limit].zh if of.limit in limits() else of.limit
    return Setting(f"处警时限（{called}）", of.unit, f"response-time/{of.limit}")


def _told(edition: Edition, unit_zh: str, person: Person) -> ResponseTimeTold:
    return ResponseTimeTold(
        edition=edition.id or None,
        unit=edition.unit_id,
        unit_zh=unit_zh,
        limit=edition.limit_id,
        limit_zh=limits()[edition.limit_id].zh,
        seconds=edition.seconds,
        proposed_by_zh=edition.proposed_by_zh,
        confirmed_by_zh=edition.confirmed_by_zh or None,
        at=edition.at.astimezone(SHANGHAI),
        may_confirm=not edition.id and may_confirm(person, edition.unit_id, edition.proposed_by),
    )


def _usual(limit: TimeLimit) -> UsualResponseTime:
    length = limit.editions[0].bases[0].length
    return UsualResponseTime(limit=limit.id, limit_zh=limit.zh, seconds=round(length.clock.total_seconds()) if length else 0)
