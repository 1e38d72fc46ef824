"""Response times (处警时限): in what time a dispatch is signed for, arrives and is reported on, set for a unit by two people."""

from typing import Self

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, model_validator

from api.administrative_changes import make_change
from api.auth import Caller
from api.http_io import Key, build_form_invalid, request_body
from api.problems import document_refusals
from api.unit_settings import REFUSALS, Confirmed, Known, OfUnit, SettingView, list_editions
from api.untraced import declare_untraced
from law.time_limits import TimeLimit, get_limits
from models.store.administrative_change import Change
from models.store.response_times import RESPONSE_TIMES

router = APIRouter(prefix="/api/response-times", tags=["系统管理"])
# Less is no time to answer a radio; more than a day is no promise any more.
_SHORTEST_S, _LONGEST_S = 10, 24 * 3600


class _OfLimit(OfUnit):
    limit: str = Field(title="时限", min_length=1, max_length=60)


class ProposedResponseTime(_OfLimit):
    """In what time that limit ends in that unit; `taken_back`: as in the unit above it, or as is usual, whatever was set before."""

    seconds: int | None = Field(default=None, title="多少秒", ge=_SHORTEST_S, le=_LONGEST_S)
    taken_back: bool = Field(default=False, title="不再另行设定")

    @model_validator(mode="after")
    def _check_one_of_both(self) -> Self:
        if (self.seconds is None) != self.taken_back:
            raise ValueError("不再另行设定的不填多少秒" if self.taken_back else "须填写多少秒")
        return self


class ConfirmedResponseTime(_OfLimit, Confirmed):
    """Which proposal is confirmed."""


class ResponseTimeView(SettingView):
    """An edition, or a proposal (`edition` None), in seconds."""

    limit: str
    limit_zh: str
    seconds: int


class UsualResponseTime(BaseModel):
    """What holds for a limit where no unit has set anything, in seconds."""

    limit: str
    limit_zh: str
    seconds: int


class ResponseTimeList(BaseModel):
    """What is in force and what is proposed where the caller administers or confirms, and what holds where nothing is set."""

    in_force: list[ResponseTimeView]
    proposed: list[ResponseTimeView]
    usual: list[UsualResponseTime]


@router.get("", dependencies=declare_untraced("settings of the bureau"), summary="处警时限", responses=document_refusals(401, 403))
async def list_response_times(request: Request, person: Caller) -> ResponseTimeList:
    """In the units that the caller administers, supervises or reviews."""
    in_force, proposed = (
        [_build_response_time_view(each) for each in found] for found in await list_editions(request, person, RESPONSE_TIMES)
    )
    return ResponseTimeList(
        in_force=in_force, proposed=proposed, usual=[_build_usual(each) for each in get_limits().values() if each.by_unit]
    )


@router.post("", summary="提请处警时限", openapi_extra=request_body(ProposedResponseTime), responses=REFUSALS)
async def propose(request: Request, person: Caller, key: Key = None) -> ResponseTimeList:
    """Propose in what time a unit answers a dispatch; it holds once another person has confirmed it."""

    async def make(change: Change, said: ProposedResponseTime) -> None:
        if said.limit not in get_limits() or not get_limits()[said.limit].by_unit:
            raise build_form_invalid("limit", "unknown-limit", f"没有由单位设定的时限“{said.limit}”")
        figures = None if said.taken_back else {"seconds": said.seconds}
        await RESPONSE_TIMES.propose(change, said.unit, said.limit, _get_limit_label(said.limit), figures)

    await make_change(request, person, "propose-response-time", ProposedResponseTime, key, make)
    return await list_response_times(request, person)


@router.post("/confirm", summary="确认处警时限", openapi_extra=request_body(ConfirmedResponseTime), responses=REFUSALS)
async def confirm(request: Request, person: Caller, key: Key = None) -> ResponseTimeList:
    """Set what another person proposed: for calls that are dispatched from now on."""

    async def make(change: Change, said: ConfirmedResponseTime) -> None:
        await RESPONSE_TIMES.confirm(change, said.unit, said.limit, _get_limit_label(said.limit), said.proposed_at)

    await make_change(request, person, "confirm-response-time", ConfirmedResponseTime, key, make)
    return await list_response_times(request, person)


def _build_response_time_view(known: Known) -> ResponseTimeView:
    return ResponseTimeView(
        **known.whose, limit=known.subject, limit_zh=_get_limit_label(known.subject), seconds=known.figures["seconds"]
    )


def _build_usual(limit: TimeLimit) -> UsualResponseTime:
    length = limit.editions[0].bases[0].length
    return UsualResponseTime(limit=limit.id, limit_zh=limit.zh, seconds=round(length.clock.total_seconds()) if length else 0)


def _get_limit_label(limit: str) -> str:
    return get_limits()[limit].zh if limit in get_limits() else limit
