"""An officer's own index (民警健康指数): each reads their own, whoever heads a unit its people's, and nobody a ranking of people.

What an officer says to a point of theirs, and how somebody else decides on it, is journaled in the bureau's chain.
"""

from datetime import UTC, datetime

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from api.access_tracking import declare_reading
from api.administrative_changes import make_change
from api.auth import Caller
from api.context import AppContext, get_context
from api.export_marks import make_export_mark
from api.http_io import Key, request_body
from api.path_parameters import Username
from api.problems import document_refusals
from api.untraced import declare_untraced
from api.xlsx import ONE_AT_A_TIME, XLSX, Column, ExportSheet, build_xlsx_response, write_export
from law.calendar import SHANGHAI
from law.offices import HEADS, Office
from models.access.scope import Person, list_units_below
from models.administration import HANDLING
from models.assessment.personal import NOT_ALONE, ScoredPoint
from models.problems import NotFound
from models.readmodel.personal_index import Officer, find_point, list_officers, read_distribution, read_index, reckon_one
from models.readmodel.personal_shapes import (
    Distribution,
    ObjectionList,
    ObjectionView,
    PeopleOfIndex,
    PersonalIndex,
    PersonOfIndex,
)
from models.store import api_writes, point_objections
from models.store.administrative_change import Change
from models.trace_shapes import Reading

router = APIRouter(prefix="/api/personal-index", tags=["考评"])
_REFUSALS = document_refusals(401, 403, 404, 409, 415, 422)
_NOBODY = "没有这一民警的指数，或者您无权查阅"
# Above a unit only how its people are spread is told.
_ABOVE = (*HEADS, Office.LEGAL_REVIEWER, Office.SUPERVISOR)
_COLUMNS = (
    Column("序号", 6),
    Column("项目", 14),
    Column("事由", 36),
    Column("来源事项", 18),
    Column("来源步骤", 8),
    Column("核查、确认的人员", 16),
    Column("核查、确认的时间", 18),
    Column("原分值", 8),
    Column("现分值", 8),
    Column("状态", 14),
    Column("计分规则的版本", 14),
    Column("本人陈述", 40),
)
_STANDINGS = {"shown": "告知中", "counts": "计入", "suspended": "申诉中", "removed": "已撤销", "old": "已过期"}


class Statement(BaseModel):
    """What an officer says to a point of theirs."""

    model_config = ConfigDict(extra="forbid")

    point: str = Field(title="积分项", min_length=1, max_length=200)
    words: str = Field(title="陈述", min_length=1, max_length=2000)


class Objecting(BaseModel):
    """That, and why, an officer objects to a point of theirs."""

    model_config = ConfigDict(extra="forbid")

    point: str = Field(title="积分项", min_length=1, max_length=200)
    grounds: str = Field(title="异议理由", min_length=5, max_length=2000)


class Decision(BaseModel):
    """How an objection is decided on."""

    model_config = ConfigDict(extra="forbid")

    objection: int = Field(title="异议的编号", ge=1, lt=2**63)
    upheld: bool = Field(title="异议成立", description="成立的撤销该项积分，不成立的恢复计入")
    reason: str = Field(title="决定理由", min_length=5, max_length=2000)


@router.get(
    "", dependencies=declare_reading(Reading.PERSONAL_INDEX), summary="本人的健康指数", responses=document_refusals(401, 404)
)
async def get_own_index(request: Request, person: Caller) -> PersonalIndex:
    """One's own index, with every point, what it rests on and who verified it."""
    return await _read(get_context(request), _get_own_officer(person))


@router.get(
    "/people/{username}",
    dependencies=declare_reading(Reading.PERSONAL_INDEX),
    summary="一名民警的健康指数",
    responses=document_refusals(401, 404),
)
async def of_one(request: Request, username: Username, person: Caller) -> PersonalIndex:
    """The index of somebody of the unit that the caller heads; for everybody else there is none."""
    ctx = get_context(request)
    return await _read(ctx, await _of_their_people(ctx, person, username))


@router.get(
    "/people",
    dependencies=declare_untraced("names of a unit's people, no points"),
    summary="本单位民警",
    responses=document_refusals(401),
)
async def list_people(request: Request, person: Caller) -> PeopleOfIndex:
    """Whose sheets the caller may open, by name."""
    ctx = get_context(request)
    tree = await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        found = await list_officers(connection, sorted(_list_headed_units(person)))
    return PeopleOfIndex(
        people=[PersonOfIndex(username=each.username, zh=each.zh, unit=each.unit, unit_zh=tree[each.unit].zh) for each in found]
    )


@router.get("/distribution", dependencies=declare_reading(Reading.BOARD), summary="健康指数分布", responses=document_refusals(401))
async def list_distributions(request: Request, person: Caller) -> Distribution:
    """How the people of each unit that the caller oversees are spread over the levels; of fewer than five nothing is told."""
    ctx, now = get_context(request), datetime.now(UTC)
    tree = await ctx.directory.load_units()
    within = frozenset[str]().union(*(each.own for each in person.offices if each.office in _ABOVE))
    units = {unit.id: unit.zh for unit in tree.values() if unit.id in within and unit.kind in HANDLING}
    async with ctx.pool.connection() as connection:
        told = await read_distribution(connection, units, now, lambda unit: list_units_below(unit, tree))
    return Distribution(at=now.astimezone(SHANGHAI), units=told)


@router.get(
    "/export",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出本人的健康指数",
    responses=XLSX | document_refusals(401, 404),
)
async def export(request: Request, person: Caller) -> Response:
    """One's own index as a workbook, with the sentence that says what it may not be used for."""
    ctx = get_context(request)
    index = await _read(ctx, _get_own_officer(person))
    rows = [
        [
            *(item.no, item.zh, point.about, point.matter, point.seq, point.verified_by_zh, point.at, point.value, point.worth),
            *(_STANDINGS[point.standing], f"{point.edition}", point.statement),
        ]
        for item in index.items
        for point in item.points
    ]
    about = f"{index.zh}的健康指数{index.index:g}（{index.level}），计算时间{index.at:%Y-%m-%d %H:%M}。{NOT_ALONE}。导出人：{person.zh}。"
    now = datetime.now(SHANGHAI)
    mark = make_export_mark(person, now)
    data = await anyio.to_thread.run_sync(
        write_export, [ExportSheet("积分", _COLUMNS, rows)], about, mark.words, limiter=ONE_AT_A_TIME
    )
    offices = sorted({each.office for each in person.offices})
    async with ctx.pool.connection() as connection:
        await api_writes.journal_export(
            connection, person.username, offices, "personal-index", {"本人": person.zh}, len(rows), now, mark.id
        )
    return build_xlsx_response(data, f"{index.zh}健康指数{index.at:%Y-%m-%d}")


@router.post("/statements", summary="陈述", openapi_extra=request_body(Statement), responses=_REFUSALS)
async def state_point(request: Request, person: Caller, key: Key = None) -> PersonalIndex:
    """Say something to a point of one's own, once; the answer is one's index."""
    ctx = get_context(request)
    officer = _get_own_officer(person)

    async def make(change: Change, said: Statement) -> None:
        await point_objections.state_point(change, await _load_point(change, officer, said.point), said.words)

    await make_change(request, person, "state-on-point", Statement, key, make)
    return await _read(ctx, officer)


@router.post("/objections", summary="提出异议", openapi_extra=request_body(Objecting), responses=_REFUSALS)
async def object_to(request: Request, person: Caller, key: Key = None) -> PersonalIndex:
    """Object to a point of one's own: it is suspended until somebody else has decided. The answer is one's index."""
    ctx = get_context(request)
    officer, calendar = _get_own_officer(person), await ctx.get_calendar()

    async def make(change: Change, said: Objecting) -> None:
        point = await _load_point(change, officer, said.point)
        await point_objections.object_to(change, point, officer.unit, said.grounds, calendar)

    await make_change(request, person, "object-to-point", Objecting, key, make)
    return await _read(ctx, officer)


@router.get(
    "/objections", dependencies=declare_reading(Reading.PERSONAL_INDEX), summary="待决定的异议", responses=document_refusals(401)
)
async def list_objections(request: Request, person: Caller) -> ObjectionList:
    """The objections that the caller may decide."""
    async with get_context(request).pool.connection() as connection:
        rows = await point_objections.open_objections(connection, person)
    return ObjectionList(
        objections=[
            ObjectionView(
                id=each.id,
                zh=each.zh,
                about=each.about,
                grounds=each.grounds,
                statement=each.statement,
                raised_at=each.raised_at.astimezone(SHANGHAI),
                due_on=each.due_on,
            )
            for each in rows
        ]
    )


@router.post("/objections/decide", summary="决定异议", openapi_extra=request_body(Decision), responses=_REFUSALS)
async def decide(request: Request, person: Caller, key: Key = None) -> ObjectionList:
    """Decide on an objection of somebody else; the answer is what still awaits the caller."""

    async def make(change: Change, said: Decision) -> None:
        await point_objections.decide(change, said.objection, said.reason, upheld=said.upheld)

    await make_change(request, person, "decide-point-objection", Decision, key, make)
    return await list_objections(request, person)


async def _read(ctx: AppContext, officer: Officer) -> PersonalIndex:
    async with ctx.pool.connection() as connection:
        return await read_index(connection, officer, await ctx.get_calendar(), datetime.now(UTC))


def _get_own_officer(person: Person) -> Officer:
    """The caller as somebody who has an index, in the unit in which they handle cases, or else work; NotFound outside the police."""
    if person.is_outsider():
        raise NotFound("健康指数只对公安民警计算")
    units = sorted((each.office != Office.CASE_OFFICER, each.unit.id) for each in person.offices)
    return Officer(person.username, person.zh, units[0][1])


async def _of_their_people(ctx: AppContext, person: Person, username: str) -> Officer:
    async with ctx.pool.connection() as connection:
        found = await list_officers(connection, sorted(_list_headed_units(person)))
    for each in found:
        if each.username == username:
            return each
    if username == person.username:
        return _get_own_officer(person)
    raise NotFound(_NOBODY)


def _list_headed_units(person: Person) -> frozenset[str]:
    """The units whose people's sheets this person may open: those that they head themselves, and nobody above them."""
    return frozenset[str]().union(*(each.own for each in person.offices if each.office == Office.STATION_HEAD))


async def _load_point(change: Change, officer: Officer, point: str) -> ScoredPoint:
    found = find_point(await reckon_one(change.connection, officer, change.now), point)
    if found is None:
        raise NotFound("您的指数中没有这一项")
    return found
