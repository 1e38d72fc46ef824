"""Patience (催办时限): how long a turn waits until somebody is reminded and until it goes up, set for a unit by two people."""

from datetime import datetime
from functools import cache
from typing import Self

from fastapi import APIRouter, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from api.administrative_changes import make_change
from api.auth import Caller
from api.context import get_context
from api.http_io import Key, invalid, request_body
from api.problems import documented
from api.untraced import untraced
from law.calendar import SHANGHAI
from law.offices import Office
from models.access.scope import Person
from models.forms.form import forms
from models.store import patience
from models.store.administrative_change import Change
from models.store.patience import Edition
from models.store.two_people import CONFIRMS, Setting, may_confirm
from models.turns import patience as usual
from workflows.registry import lifecycles

router = APIRouter(prefix="/api/patience", tags=["系统管理"])
_REFUSALS = documented(401, 403, 404, 409, 415, 422)
# Less is no time to look up; a month is a matter that somebody has forgotten.
_SHORTEST_S, _LONGEST_S = 10, 31 * 24 * 3600


class _OfStep(BaseModel):
    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", min_length=1, max_length=60)
    step: str = Field(title="步骤", min_length=1, max_length=60)


class ProposedPatience(_OfStep):
    """How long a turn of that step waits in that unit; none: it never is reminded of, or goes up."""

    reminded_s: int | None = Field(None, title="多少秒后催办", ge=_SHORTEST_S, le=_LONGEST_S)
    goes_up_s: int | None = Field(None, title="多少秒后上报", ge=_SHORTEST_S, le=_LONGEST_S)

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.reminded_s and self.goes_up_s and self.goes_up_s < self.reminded_s:
            raise ValueError("上报不得早于催办")
        return self


class ConfirmedPatience(_OfStep):
    """Which proposal is confirmed: the instant at which it was made, as it was told."""

    proposed_at: AwareDatetime = Field(title="所确认的提请的时间")


class PatienceTold(BaseModel):
    """An edition, or a proposal (`edition` None), in seconds."""

    edition: int | None
    unit: str
    unit_zh: str
    step: str
    step_zh: str
    reminded_s: int | None
    goes_up_s: int | None
    proposed_by_zh: str
    confirmed_by_zh: str | None
    at: datetime
    # Whether the caller may confirm it.
    may_confirm: bool


class UsualPatience(BaseModel):
    """What holds for a step where no unit has set anything, in seconds."""

    step: str
    step_zh: str
    reminded_s: int | None
    goes_up_s: int | None


class PatienceList(BaseModel):
    """What is in force and what is proposed where the caller administers or confirms, and what holds where nothing is set."""

    in_force: list[PatienceTold]
    proposed: list[PatienceTold]
    usual: list[UsualPatience]


@cache
def _steps() -> tuple[str, ...]:
    """Every step that a stage waits for."""
    stages = (stage for life in lifecycles().values() for stage in life.stages.values() if stage.awaits and not stage.rests)
    return tuple(dict.fromkeys(form.rule.step for stage in stages for form in (stage.awaits[0], stage.assigned) if form))


@router.get("", dependencies=untraced("settings of the bureau"), summary="催办时限", responses=documented(401, 403))
async def told(request: Request, person: Caller) -> PatienceList:
    """In the units that the caller administers, supervises or reviews."""
    ctx = get_context(request)
    seats = [each for each in person.offices if each.office in (Office.ADMINISTRATOR, *CONFIRMS)]
    tree = await ctx.directory.units()
    async with ctx.pool.connection() as connection:
        rows = await patience.editions(connection, frozenset[str]().union(*(each.own for each in seats)))
    in_force, proposed = ([_told(each, tree[each.unit_id].zh, person) for each in found] for found in rows)
    return PatienceList(in_force=in_force, proposed=proposed, usual=[_usual(step) for step in _steps()])


@router.post("", summary="提请催办时限", openapi_extra=request_body(ProposedPatience), responses=_REFUSALS)
async def propose(request: Request, person: Caller, key: Key = None) -> PatienceList:
    """Propose how long turns of a step wait in a unit; it holds once another person has confirmed it."""

    async def make(change: Change, said: ProposedPatience) -> None:
        if said.step not in _steps():
            raise invalid("step", "unknown-step", f"没有等待办理的步骤“{said.step}”")
        await patience.propose(change, _setting(said), said.step, said.reminded_s, said.goes_up_s)

    await make_change(request, person, "propose-patience", ProposedPatience, key, make)
    return await told(request, person)


@router.post("/confirm", summary="确认催办时限", openapi_extra=request_body(ConfirmedPatience), responses=_REFUSALS)
async def confirm(request: Request, person: Caller, key: Key = None) -> PatienceList:
    """Set what another person proposed: for turns that begin from now on."""

    async def make(change: Change, said: ConfirmedPatience) -> None:
        await patience.confirm(change, _setting(said), said.step, said.proposed_at)

    await make_change(request, person, "confirm-patience", ConfirmedPatience, key, make)
    return await told(request, person)


def _setting(of: _OfStep) -> Setting:
    return Setting(f"催办时限（{_called(of.step)}）", of.unit, f"patience/{of.step}")


def _told(edition: Edition, unit_zh: str, person: Person) -> PatienceTold:
    return PatienceTold(
        edition=edition.id or None,
        unit=edition.unit_id,
        unit_zh=unit_zh,
        step=edition.step,
        step_zh=_called(edition.step),
        reminded_s=edition.reminded_s,
        goes_up_s=edition.goes_up_s,
        proposed_by_zh=edition.proposed_by_zh,
        confirmed_by_zh=edition.confirmed_by_zh or None,
        at=edition.at.astimezone(SHANGHAI),
        may_confirm=not edition.id and may_confirm(person, edition.unit_id, edition.proposed_by),
    )


def _usual(step: str) -> UsualPatience:
    left = usual(step)
    reminded, goes_up = (round(each.total_seconds()) if each else None for each in (left.reminded_after, left.goes_up_after))
    return UsualPatience(step=step, step_zh=_called(step), reminded_s=reminded, goes_up_s=goes_up)


def _called(step: str) -> str:
    return forms()[step].rule.title if step in forms() else step
