"""Absences (离岗代理): who is away and who stands in for them, said by oneself or by whoever administers the unit."""

from datetime import UTC, datetime
from typing import Self

from fastapi import APIRouter, Query, Request
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from api.administrative_changes import make_change
from api.auth import Caller
from api.context import get_context
from api.http_io import Key, request_body
from api.problems import document_refusals
from api.untraced import declare_untraced
from law.calendar import SHANGHAI
from models.access.scope import Person
from models.store import absences
from models.store.administrative_change import Change, list_administered_units

router = APIRouter(prefix="/api/absences", tags=["系统管理"])
_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")


class NamedDeputy(_Said):
    """That somebody is away, and who stands in for them."""

    person: str = Field(default="", title="离岗人", description="不填即为本人", max_length=60)
    deputy: str = Field(title="代理人", min_length=1, max_length=60)
    begins: AwareDatetime = Field(title="离岗时间")
    ends: AwareDatetime = Field(title="返岗时间")
    reason: str = Field(title="事由", min_length=1, max_length=100)

    @model_validator(mode="after")
    def _check_order(self) -> Self:
        if self.ends <= self.begins:
            raise ValueError("返岗时间须在离岗时间之后")
        return self


class EndedAbsence(_Said):
    """Which absence has ended."""

    absence: int = Field(title="离岗登记的编号", ge=1, lt=2**63)


class AbsenceView(BaseModel):
    """Somebody is away; `own` says that the caller may end it."""

    id: int
    person: str
    person_zh: str
    deputy: str
    deputy_zh: str
    begins: datetime
    ends: datetime
    reason: str
    own: bool


class AbsenceList(BaseModel):
    """The absences that concern the caller."""

    items: list[AbsenceView]


class DeputyView(BaseModel):
    """Somebody who could stand in."""

    username: str
    zh: str


class DeputyList(BaseModel):
    """Who could stand in."""

    items: list[DeputyView]


@router.get(
    "",
    dependencies=declare_untraced("who stands in for whom, not for which matter"),
    summary="离岗代理",
    responses=document_refusals(401),
)
async def list_absences(request: Request, person: Caller) -> AbsenceList:
    """One's own absences, those of whom one stands in for, and those of whom one administers: to come, or under way."""
    ctx = get_context(request)
    within = list_administered_units(person, await ctx.directory.load_units())
    async with ctx.pool.connection() as connection:
        rows = await absences.list_absences(connection, person, within, datetime.now(UTC))
    return AbsenceList(items=[_build_absence_view(each, person) for each in rows])


@router.get(
    "/deputies", dependencies=declare_untraced("people, not matters"), summary="可以代理的人员", responses=document_refusals(401)
)
async def list_deputies(request: Request, person: Caller, of: str = Query("", title="离岗人", max_length=60)) -> DeputyList:
    """Who holds every office of that person, or of the caller, each in the same unit."""
    async with get_context(request).pool.connection() as connection:
        rows = await absences.list_deputies(connection, of or person.username)
    return DeputyList(items=[DeputyView(username=each.username, zh=each.zh) for each in rows])


@router.post("", summary="登记离岗和代理人", openapi_extra=request_body(NamedDeputy), responses=_REFUSALS)
async def appoint_deputy(request: Request, person: Caller, key: Key = None) -> AbsenceList:
    """Say that somebody is away from then till then, and who stands in. The answer is what concerns the caller."""

    async def make(change: Change, said: NamedDeputy) -> None:
        begins, ends = said.begins.astimezone(SHANGHAI), said.ends.astimezone(SHANGHAI)
        await absences.appoint_deputy(change, said.person or person.username, said.deputy, begins, ends, said.reason)

    await make_change(request, person, "name-deputy", NamedDeputy, key, make)
    return await list_absences(request, person)


@router.post("/end", summary="登记返岗", openapi_extra=request_body(EndedAbsence), responses=_REFUSALS)
async def end(request: Request, person: Caller, key: Key = None) -> AbsenceList:
    """Say that somebody is back before the time. The answer is what concerns the caller."""

    async def make(change: Change, said: EndedAbsence) -> None:
        await absences.end_absence(change, said.absence)

    await make_change(request, person, "end-absence", EndedAbsence, key, make)
    return await list_absences(request, person)


def _build_absence_view(absence: absences.Absence, person: Person) -> AbsenceView:
    return AbsenceView(
        id=absence.id,
        person=absence.username,
        person_zh=absence.zh,
        deputy=absence.deputy,
        deputy_zh=absence.deputy_zh,
        begins=absence.begins.astimezone(SHANGHAI),
        ends=absence.ends.astimezone(SHANGHAI),
        reason=absence.reason,
        own=absence.deputy != person.username,
    )
