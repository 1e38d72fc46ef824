"""Patience (催办时限): how long a turn waits until somebody is reminded and until it goes up, set for a unit by two people."""

from functools import cache
from typing import Self

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field, model_validator

from api.administrative_changes import make_change
from api.auth import Caller
from api.http_io import Key, build_form_invalid, request_body
from api.problems import document_refusals
from api.unit_settings import REFUSALS, Confirmed, Known, OfUnit, SettingView, list_editions
from api.untraced import declare_untraced
from models.forms.form import get_forms
from models.store.administrative_change import Change
from models.store.patience import PATIENCE
from models.turns import get_patience as usual
from workflows.registry import get_lifecycles

router = APIRouter(prefix="/api/patience", tags=["系统管理"])
# Less is no time to look up; a month is a matter that somebody has forgotten.
_SHORTEST_S, _LONGEST_S = 10, 31 * 24 * 3600


class _OfStep(OfUnit):
    step: str = Field(title="步骤", min_length=1, max_length=60)


class ProposedPatience(_OfStep):
    """How long a turn of that step waits in that unit; none: it never is reminded of, or goes up.

    `taken_back`: as long as in the unit above it, or as is usual, whatever was set before.
    """

    reminded_s: int | None = Field(default=None, title="多少秒后催办", ge=_SHORTEST_S, le=_LONGEST_S)
    goes_up_s: int | None = Field(default=None, title="多少秒后上报", ge=_SHORTEST_S, le=_LONGEST_S)
    taken_back: bool = Field(default=False, title="不再另行设定")

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.taken_back and (self.reminded_s or self.goes_up_s):
            raise ValueError("不再另行设定的不填多少秒")
        if self.reminded_s and self.goes_up_s and self.goes_up_s < self.reminded_s:
            raise ValueError("上报不得早于催办")
        return self


class ConfirmedPatience(_OfStep, Confirmed):
    """Which proposal is confirmed."""


class PatienceView(SettingView):
    """An edition, or a proposal (`edition` None), in seconds."""

    step: str
    step_zh: str
    reminded_s: int | None
    goes_up_s: int | None


class UsualPatience(BaseModel):
    """What holds for a step where no unit has set anything, in seconds."""

    step: str
    step_zh: str
    reminded_s: int | None
    goes_up_s: int | None


class PatienceList(BaseModel):
    """What is in force and what is proposed where the caller administers or confirms, and what holds where nothing is set."""

    in_force: list[PatienceView]
    proposed: list[PatienceView]
    usual: list[UsualPatience]


@cache
def _get_steps() -> tuple[str, ...]:
    """Every step that a stage waits for."""
    stages = (stage for life in get_lifecycles().values() for stage in life.stages.values() if stage.awaits and not stage.rests)
    return tuple(dict.fromkeys(form.rule.step for stage in stages for form in (stage.awaits[0], stage.assigned) if form))


@router.get("", dependencies=declare_untraced("settings of the bureau"), summary="催办时限", responses=document_refusals(401, 403))
async def list_patience(request: Request, person: Caller) -> PatienceList:
    """In the units that the caller administers, supervises or reviews."""
    in_force, proposed = (
        [_build_patience_view(each) for each in found] for found in await list_editions(request, person, PATIENCE)
    )
    return PatienceList(in_force=in_force, proposed=proposed, usual=[_build_usual(step) for step in _get_steps()])


@router.post("", summary="提请催办时限", openapi_extra=request_body(ProposedPatience), responses=REFUSALS)
async def propose(request: Request, person: Caller, key: Key = None) -> PatienceList:
    """Propose how long turns of a step wait in a unit; it holds once another person has confirmed it."""

    async def make(change: Change, said: ProposedPatience) -> None:
        if said.step not in _get_steps():
            raise build_form_invalid("step", "unknown-step", f"没有等待办理的步骤“{said.step}”")
        figures = None if said.taken_back else {"reminded_s": said.reminded_s, "goes_up_s": said.goes_up_s}
        await PATIENCE.propose(change, said.unit, said.step, _get_step_label(said.step), figures)

    await make_change(request, person, "propose-patience", ProposedPatience, key, make)
    return await list_patience(request, person)


@router.post("/confirm", summary="确认催办时限", openapi_extra=request_body(ConfirmedPatience), responses=REFUSALS)
async def confirm(request: Request, person: Caller, key: Key = None) -> PatienceList:
    """Set what another person proposed: for turns that begin from now on."""

    async def make(change: Change, said: ConfirmedPatience) -> None:
        await PATIENCE.confirm(change, said.unit, said.step, _get_step_label(said.step), said.proposed_at)

    await make_change(request, person, "confirm-patience", ConfirmedPatience, key, make)
    return await list_patience(request, person)


def _build_patience_view(known: Known) -> PatienceView:
    return PatienceView(**known.whose, step=known.subject, step_zh=_get_step_label(known.subject), **known.figures)


def _build_usual(step: str) -> UsualPatience:
    left = usual(step)
    reminded, goes_up = (round(each.total_seconds()) if each else None for each in (left.reminded_after, left.goes_up_after))
    return UsualPatience(step=step, step_zh=_get_step_label(step), reminded_s=reminded, goes_up_s=goes_up)


def _get_step_label(step: str) -> str:
    return get_forms()[step].rule.title if step in get_forms() else step
