"""Assessment of units (执法质量考评): the sheet of a unit's month, the items behind each figure, and the standard by which it is weighed."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from api.access_tracking import declare_reading
from api.administrative_changes import make_change
from api.auth import Caller
from api.context import AppContext, get_context
from api.filters import narrow_scope
from api.http_io import Cursor, Key, Limit, build_page_response, decode_cursor, request_body
from api.problems import document_refusals
from api.untraced import declare_untraced
from law.calendar import SHANGHAI
from law.offices import Office
from models.access.scope import Person, build_scope, list_units_below
from models.administration import HANDLING
from models.assessment.forbidden import FORBIDDEN
from models.assessment.indicators import BY_ID, INDICATORS
from models.problems import NotFound, OfficeMayNotAct
from models.readmodel.assessment_places import rank_units
from models.readmodel.assessment_shapes import AssessedList, AssessmentSheet, Ranked
from models.readmodel.assessment_sheets import Month, Part, list_items, read_sheets
from models.store import assessment_standards as standards
from models.store.administrative_change import Change
from models.store.assessment_standards import Edition
from models.store.two_people import CONFIRMS, may_confirm
from models.trace_shapes import Reading

router = APIRouter(prefix="/api/assessment", tags=["考评"])
_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)
_MONTH = re.compile(r"20\d\d-(0[1-9]|1[0-2])")

Peers = Literal["城区所", "城乡所", "农村所", "办案大队"]


def _parse_month(value: str) -> str:
    if not _MONTH.fullmatch(value):
        raise ValueError("请写作 2026-09")
    return value


Written = Annotated[str, AfterValidator(_parse_month), Field(max_length=7)]
OfMonth = Annotated[Written | None, Query(title="月份", description="写作 2026-09，不填即本月")]
OfUnit = Annotated[str, Query(title="单位", examples=["chengguan"], min_length=1, max_length=60)]
OfIndicator = Annotated[str, Query(title="考评指标", examples=["closure-raw"], max_length=60)]
OfPart = Annotated[Part, Query(title="范围", description="above 分子；below 分母；rest 未计入分子的")]


class UnitsRanked(BaseModel):
    """The results of units of a month, class by class of peers."""

    month: str
    at: AwareDatetime = Field(title="统计时间")
    units: list[Ranked]


class WeightView(BaseModel):
    """What an indicator weighs."""

    model_config = ConfigDict(extra="forbid")

    indicator: str = Field(title="考评指标", min_length=1, max_length=60)
    weight: float = Field(title="权重", ge=0, le=100)


class PeersView(BaseModel):
    """To which class of peers a unit belongs."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", min_length=1, max_length=60)
    peers: Peers = Field(title="同类单位")


class ProposedStandard(BaseModel):
    """By what a unit and those below it are measured from that month on."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", min_length=1, max_length=60)
    month: Written = Field(title="自哪个月起", examples=["2026-10"])
    weights: list[WeightView] = Field(title="权重", description="合计为100；不列的为0", max_length=60)
    peers: list[PeersView] = Field(default_factory=list, title="同类单位", max_length=300)


class ConfirmedStandard(BaseModel):
    """Which proposal is confirmed: the instant at which it was made, as it was told."""

    model_config = ConfigDict(extra="forbid")

    unit: str = Field(title="单位", min_length=1, max_length=60)
    proposed_at: AwareDatetime = Field(title="所确认的提请的时间")


class StandardView(BaseModel):
    """An edition, or a proposal (`edition` None)."""

    edition: int | None
    unit: str
    unit_zh: str
    month: str = Field(title="自哪个月起")
    weights: list[WeightView]
    peers: list[PeersView]
    proposed_by_zh: str
    confirmed_by_zh: str | None
    at: datetime
    may_confirm: bool


class ForbiddenView(BaseModel):
    """A figure that nobody is measured by, and who forbids it."""

    indicator: str
    zh: str
    source: str = Field(title="禁止的依据")


class UsualWeight(BaseModel):
    """An indicator, and what it weighs where nothing was set; 0: it is shown only."""

    no: str
    indicator: str
    zh: str
    weight: float
    waits: str = Field(title="尚不能计算的原因")


class StandardList(BaseModel):
    """What was set and is proposed where the caller administers or confirms, what the house's own is, and what is forbidden."""

    in_force: list[StandardView]
    proposed: list[StandardView]
    usual: list[UsualWeight]
    forbidden: list[ForbiddenView]


@router.get(
    "/sheet", dependencies=declare_reading(Reading.BOARD), summary="单位考评表", responses=document_refusals(401, 403, 404, 422)
)
async def get_sheet(request: Request, person: Caller, unit: OfUnit, month: OfMonth = None) -> AssessmentSheet:
    """Every indicator of a unit's month, what each adds, the result and the band; as of now."""
    ctx = get_context(request)
    await _check_reads(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        (told,) = await read_sheets(connection, await ctx.directory.load_units(), [unit], _of(month), datetime.now(UTC))
    return told


@router.get(
    "/sheet/counted",
    dependencies=declare_reading(Reading.BOARD),
    summary="考评指标所计的事项",
    responses={200: {"model": AssessedList}} | document_refusals(401, 403, 404, 422),
)
async def list_counted(
    request: Request,
    person: Caller,
    unit: OfUnit,
    indicator: OfIndicator,
    part: OfPart = "below",
    month: OfMonth = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """The items that an indicator counted, newest first; exactly as many as the sheet says."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str, str)
    await _check_reads(ctx, person, unit)
    if indicator not in BY_ID:
        raise NotFound(f"没有代号为“{indicator}”的考评指标", near=[each.id for each in INDICATORS if not each.waits])
    scope = await narrow_scope(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        return build_page_response(await list_items(connection, scope, BY_ID[indicator], part, _of(month), after, limit))


@router.get("/units", dependencies=declare_reading(Reading.BOARD), summary="各单位考评结果", responses=document_refusals(401, 422))
async def list_units(request: Request, person: Caller, month: OfMonth = None) -> UnitsRanked:
    """The results of the units that the caller reads, ranked within their class of peers."""
    ctx, now, of = get_context(request), datetime.now(UTC), _of(month)
    tree = await ctx.directory.load_units()
    read = [unit for unit in build_scope(person).units if tree[unit].kind in HANDLING]
    async with ctx.pool.connection() as connection:
        sheets = await read_sheets(connection, tree, read, of, now)
    return UnitsRanked(month=str(of), at=now.astimezone(SHANGHAI), units=rank_units(sheets))


@router.get(
    "/standards", dependencies=declare_untraced("settings of the bureau"), summary="考评标准", responses=document_refusals(401, 403)
)
async def list_standards(request: Request, person: Caller) -> StandardList:
    """In the units that the caller administers, supervises or reviews; and what nobody may be measured by."""
    ctx = get_context(request)
    seats = [each for each in person.offices if each.office in (Office.ADMINISTRATOR, *CONFIRMS)]
    tree = await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        rows = await standards.list_editions(connection, frozenset[str]().union(*(each.own for each in seats)))
    in_force, proposed = ([_build_standard_view(each, tree[each.unit_id].zh, person) for each in found] for found in rows)
    usual = [UsualWeight(no=each.no, indicator=each.id, zh=each.zh, weight=each.usual, waits=each.waits) for each in INDICATORS]
    forbidden = [ForbiddenView(indicator=each.id, zh=each.zh, source=each.source) for each in FORBIDDEN]
    return StandardList(in_force=in_force, proposed=proposed, usual=usual, forbidden=forbidden)


@router.post("/standards", summary="提请考评标准", openapi_extra=request_body(ProposedStandard), responses=_REFUSALS)
async def propose(request: Request, person: Caller, key: Key = None) -> StandardList:
    """Propose what weighs how much from a month on; it holds once another person has confirmed it. What is forbidden is refused."""

    async def make(change: Change, said: ProposedStandard) -> None:
        weights = {each.indicator: each.weight for each in said.weights}
        await standards.propose(change, said.unit, _of(said.month).first, weights, {each.unit: each.peers for each in said.peers})

    await make_change(request, person, "propose-assessment-standard", ProposedStandard, key, make)
    return await list_standards(request, person)


@router.post("/standards/confirm", summary="确认考评标准", openapi_extra=request_body(ConfirmedStandard), responses=_REFUSALS)
async def confirm(request: Request, person: Caller, key: Key = None) -> StandardList:
    """Set what another person proposed: for months that have not begun."""

    async def make(change: Change, said: ConfirmedStandard) -> None:
        await standards.confirm(change, said.unit, said.proposed_at)

    await make_change(request, person, "confirm-assessment-standard", ConfirmedStandard, key, make)
    return await list_standards(request, person)


async def _check_reads(ctx: AppContext, person: Person, unit: str) -> None:
    tree = await ctx.directory.load_units()
    if unit not in tree:
        raise NotFound(f"没有代号为“{unit}”的单位")
    if not list_units_below(unit, tree) <= set(build_scope(person).units):
        raise OfficeMayNotAct("考评表由所属单位的领导、案管员、法制员、督察查阅")


def _of(month: str | None) -> Month:
    return Month(date.fromisoformat(f"{month}-01") if month else datetime.now(SHANGHAI).date().replace(day=1))


def _build_standard_view(edition: Edition, unit_zh: str, person: Person) -> StandardView:
    return StandardView(
        edition=edition.id or None,
        unit=edition.unit_id,
        unit_zh=unit_zh,
        month=f"{edition.month:%Y-%m}",
        weights=[WeightView(indicator=each, weight=weight) for each, weight in edition.weights.items()],
        peers=[PeersView.model_validate({"unit": unit, "peers": peers}) for unit, peers in edition.classes.items()],
        proposed_by_zh=edition.proposed_by_zh,
        confirmed_by_zh=edition.confirmed_by_zh or None,
        at=edition.at.astimezone(SHANGHAI),
        may_confirm=not edition.id and may_confirm(person, edition.unit_id, edition.proposed_by),
    )
