"""Exports (导出): what a list or a board shows, as a spreadsheet; who took what away is journaled before they have it."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

import anyio
from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import AwareDatetime

from api.auth import Caller
from api.boards import Alone, From, InUnit, OfKind, To, names_of, narrowed, scope_within, stage_names
from api.desk import Desk, desk
from api.matters import filters_of
from api.problems import documented
from api.spreadsheets import MEDIA_TYPE, Column, spreadsheet
from law.calendar import SHANGHAI
from law.clock import Colour
from models import attempts, boards, queries
from models.figures import Colours
from models.matter import Kind
from models.problems import TooManyRows
from models.reach import Person
from models.red_cards import red_cards as cards_of

router = APIRouter(tags=["导出"])

# Half a minute of a person's patience, and more rows than anybody reads.
MOST_ROWS = 20_000
# Writing one takes a core for seconds: others of this process wait for it, and requests do not.
_ONE_AT_A_TIME = anyio.CapacityLimiter(1)
_FILE: dict[int | str, dict[str, Any]] = {200: {"content": {MEDIA_TYPE: {}}, "description": "电子表格"}}
_COLOURS = [Column(colour.zh, 10) for colour in reversed(Colour)]

Words = dict[str, str]


class Sheet(NamedTuple):
    """What is exported: its name in addresses and to people, headings and rows."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


@router.get("/api/exports/matters", summary="导出事项列表", responses=_FILE | documented(401, 422))
async def matters(
    request: Request,
    person: Caller,
    kind: Annotated[Kind | None, Query(title="种类")] = None,
    stage: Annotated[str | None, Query(title="阶段", max_length=60)] = None,
    unit: InUnit = None,
    colour: Annotated[Colour | None, Query(title="颜色")] = None,
    officer: Annotated[str | None, Query(title="办案民警", max_length=60)] = None,
    q: Annotated[str | None, Query(title="标题或者编号", min_length=1, max_length=100)] = None,
    parent: Annotated[str | None, Query(title="所属事项", description="例如 某一案件的涉案财物", max_length=60)] = None,
    holder: Annotated[str | None, Query(title="保管人", description="涉案财物在谁手中，用户名或者名称", max_length=200)] = None,
) -> Response:
    """Exactly the matters that the list shows with these filters."""
    house = desk(request)
    filters = filters_of(kind, stage, colour, officer, q, parent, holder)
    scope = await scope_within(house, person, unit)
    async with house.pool.connection() as connection:
        page = await queries.matters(connection, scope, filters, None, MOST_ROWS)
    _bounded(page.after)
    rows = [_matter(json.loads(item)) for item in page.items]
    said = {
        "种类": kind and kind.zh,
        "阶段": stage and _stage(kind, stage),
        "颜色": colour and colour.zh,
        "标题或者编号": q,
        "所属事项": parent,
        "保管人": holder,
    }
    return await _handed_over(house, person, Sheet("matters", "事项", _MATTERS, rows), {"单位": unit, "办案民警": officer, **said})


@router.get("/api/exports/clocks", summary="导出期限列表", responses=_FILE | documented(401, 422))
async def clocks(
    request: Request,
    person: Caller,
    colour: Annotated[Colour | None, Query(title="颜色")] = None,
    unit: InUnit = None,
    alone: Alone = False,
    due_before: Annotated[AwareDatetime | None, Query(title="在此之前届满")] = None,
    due_after: Annotated[AwareDatetime | None, Query(title="自此时起届满")] = None,
    officer: Annotated[str | None, Query(title="办案民警", max_length=60)] = None,
    kind: OfKind = None,
    limit_id: Annotated[str | None, Query(title="期限", max_length=100)] = None,
    liberty: Annotated[bool, Query(title="只看羁押等人身自由期限")] = False,
) -> Response:
    """Exactly the running clocks that the list shows with these filters."""
    house = desk(request)
    given: dict[str, Any] = {
        "colour": colour,
        "due_before": due_before,
        "due_after": due_after,
        "officer": officer,
        "limit_id": limit_id,
        "prefix": kind and kind.prefix,
        "liberty": liberty or None,
    }
    filters = {name: value for name, value in given.items() if value is not None}
    scope = await scope_within(house, person, unit, alone)
    async with house.pool.connection() as connection:
        page = await queries.clocks(connection, scope, filters, None, MOST_ROWS)
    _bounded(page.after)
    rows = [_clock(json.loads(item)) for item in page.items]
    said = {
        "种类": kind and kind.zh,
        "颜色": colour and colour.zh,
        "届满": _period(due_after, due_before),
        "期限": limit_id,
        "范围": "人身自由期限" if liberty else None,
        "下属单位": "不含" if alone else None,
    }
    return await _handed_over(house, person, Sheet("clocks", "期限", _CLOCKS, rows), {"单位": unit, "办案民警": officer, **said})


@router.get("/api/exports/deadlines", summary="导出期限看板", responses=_FILE | documented(401, 422))
async def deadlines(
    request: Request, person: Caller, unit: InUnit = None, kind: OfKind = None, from_: From = None, to: To = None
) -> Response:
    """The board of deadlines, a row for each limit of each unit."""
    house, asked = desk(request), narrowed(kind, from_, to)
    scope, names = await scope_within(house, person, unit), await names_of(house)
    async with house.pool.connection() as connection:
        board = await boards.deadlines(connection, scope, asked, names, datetime.now(UTC))
    rows = [(of.zh, cell.limit_zh, *_colours(cell)) for of in board.units for cell in of.cells]
    columns = (Column("单位", 24), Column("期限", 36), *_COLOURS)
    return await _handed_over(house, person, Sheet("deadlines", "期限看板", columns, rows), _filters(unit, kind, from_, to))


@router.get("/api/exports/ranking", summary="导出红黄牌排名", responses=_FILE | documented(401, 422))
async def ranking(
    request: Request, person: Caller, unit: InUnit = None, kind: OfKind = None, from_: From = None, to: To = None
) -> Response:
    """The ranking of units."""
    house, asked = desk(request), narrowed(kind, from_, to)
    scope, names = await scope_within(house, person, unit), await names_of(house)
    async with house.pool.connection() as connection:
        board = await boards.ranking(connection, scope, asked, names, datetime.now(UTC))
    rows = [(of.rank, of.zh, *_colours(of), of.open) for of in board.units]
    columns = (Column("名次", 8), Column("单位", 24), *_COLOURS, Column("未结事项"))
    return await _handed_over(house, person, Sheet("ranking", "红黄牌排名", columns, rows), _filters(unit, kind, from_, to))


@router.get("/api/exports/stages", summary="导出阶段停留", responses=_FILE | documented(401, 422))
async def stages(
    request: Request, person: Caller, unit: InUnit = None, kind: OfKind = None, from_: From = None, to: To = None
) -> Response:
    """How long matters have stood at each stage."""
    house, asked = desk(request), narrowed(kind, from_, to)
    scope, names = await scope_within(house, person, unit), await names_of(house)
    async with house.pool.connection() as connection:
        board = await boards.stages(connection, scope, asked, names, datetime.now(UTC))
    rows = [
        (of.kind_zh, of.stage_zh, of.open, of.median_days, of.p90_days)
        + ((of.oldest.number, of.oldest.title, of.oldest.since) if of.oldest else ("", "", None))
        for of in board.stages
    ]
    return await _handed_over(house, person, Sheet("stages", "阶段停留", _STAGES, rows), _filters(unit, kind, from_, to))


@router.get("/api/exports/red-cards", summary="导出红牌", responses=_FILE | documented(401, 422))
async def red_cards(
    request: Request, person: Caller, unit: InUnit = None, kind: OfKind = None, from_: From = None, to: To = None
) -> Response:
    """The red-card wall."""
    house, asked = desk(request), narrowed(kind, from_, to)
    scope, names = await scope_within(house, person, unit), await names_of(house)
    async with house.pool.connection() as connection:
        cards, after = await cards_of(connection, scope, asked, names, datetime.now(UTC), None, MOST_ROWS)
    _bounded(after)
    rows = [
        (card.matter, card.kind_zh, card.title, card.limit_zh, card.due_at, card.overdue_hours, card.at_expiry_zh)
        + ((card.order.number, card.order.stage_zh) if card.order else ("", ""))
        + (card.officer_zh or card.officer, card.unit_zh or card.unit, card.basis)
        for card in cards
    ]
    return await _handed_over(house, person, Sheet("red-cards", "红牌", _RED_CARDS, rows), _filters(unit, kind, from_, to))


# Rows


_MATTERS = (
    Column("编号", 18),
    Column("种类"),
    Column("阶段"),
    Column("标题", 44),
    Column("单位", 20),
    Column("办案民警"),
    Column("颜色", 10),
    Column("所属事项", 18),
    Column("封存", 6),
    Column("开立时间", 18),
    Column("最近更新", 18),
)
_CLOCKS = (
    Column("事项编号", 18),
    Column("种类"),
    Column("标题", 44),
    Column("期限", 30),
    Column("颜色", 10),
    Column("起算时间", 18),
    Column("届满时间", 18),
    Column("人身自由", 10),
    Column("单位", 20),
    Column("办案民警"),
    Column("依据", 44),
)
_STAGES = (
    Column("种类"),
    Column("阶段"),
    Column("未结事项"),
    Column("停留天数中位数", 16),
    Column("停留天数九成位数", 18),
    Column("停留最久的事项", 18),
    Column("标题", 44),
    Column("进入本阶段的时间", 18),
)
_RED_CARDS = (
    Column("事项编号", 18),
    Column("种类"),
    Column("标题", 44),
    Column("期限", 30),
    Column("届满时间", 18),
    Column("已经超期（小时）", 16),
    Column("届满后必须", 20),
    Column("整改指令单", 18),
    Column("整改情况"),
    Column("办案民警"),
    Column("单位", 20),
    Column("依据", 44),
)


def _matter(of: dict[str, Any]) -> tuple[Any, ...]:
    return (
        of["number"],
        Kind(of["kind"]).zh,
        _stage(of["kind"], of["stage"]),
        of["title"],
        of["unit_zh"] or of["unit"],
        of["officer_zh"] or of["officer"],
        Colour(of["colour"]).zh,
        of["parent"] or "",
        "是" if of["sealed"] else "",
        _instant(of["opened_at"]),
        _instant(of["updated_at"]),
    )


def _clock(of: dict[str, Any]) -> tuple[Any, ...]:
    return (
        of["matter"],
        Kind(of["kind"]).zh,
        of["title"],
        of["zh"],
        Colour(of["colour"]).zh,
        _instant(of["started_at"]),
        _instant(of["due_at"]),
        "是" if of["liberty"] else "",
        of["unit_zh"] or of["unit"],
        of["officer_zh"] or of["officer"],
        of["basis"],
    )


def _colours(of: Colours) -> tuple[int, ...]:
    return tuple(getattr(of, colour.value) for colour in reversed(Colour))


def _stage(kind: str | None, stage: str) -> str:
    return stage_names().get((kind, stage), stage) if kind else stage


def _instant(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


# What it was narrowed to, and who had it


def _filters(unit: str | None, kind: Kind | None, since: date | None, until: date | None) -> dict[str, str | None]:
    period = f"{since or ''}至{until or ''}" if since or until else None
    return {"单位": unit, "种类": kind and kind.zh, "期间": period}


def _period(since: datetime | None, until: datetime | None) -> str | None:
    said = [f"{each.astimezone(SHANGHAI):%Y-%m-%d %H:%M}" if each else "" for each in (since, until)]
    return "至".join(said) if any(said) else None


def _bounded(after: Any) -> None:
    """Refuse what goes on beyond the bound."""
    if after is not None:
        raise TooManyRows(f"符合条件的超过{MOST_ROWS}行，请按单位、种类或者时间缩小范围后再导出", limit=MOST_ROWS)


async def _handed_over(house: Desk, person: Person, sheet: Sheet, filters: dict[str, str | None]) -> Response:
    """The sheet, once it is journaled who had it."""
    now, tree = datetime.now(SHANGHAI), await house.register.units()
    chosen: Words = {name: value for name, value in filters.items() if value}
    if (unit := chosen.get("单位")) and unit in tree:
        chosen["单位"] = f"{tree[unit].zh}" if "下属单位" in chosen else f"{tree[unit].zh}及下属单位"
    said = "；".join(f"{name}：{value}" for name, value in chosen.items()) or "无（您管辖的全部）"
    first = f"{sheet.title}。筛选：{said}。导出人：{person.zh}（{person.username}）。导出时间：{now:%Y-%m-%d %H:%M}。共{len(sheet.rows)}行。"
    data = await anyio.to_thread.run_sync(spreadsheet, sheet.title, first, sheet.columns, sheet.rows, limiter=_ONE_AT_A_TIME)
    offices = sorted({each.office for each in person.offices})
    async with house.pool.connection() as connection:
        await attempts.exported(connection, person.username, offices, sheet.name, chosen, len(sheet.rows), now)
    name = quote(f"{sheet.title}{now:%Y%m%d%H%M}.xlsx")
    return Response(data, media_type=MEDIA_TYPE, headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"})
