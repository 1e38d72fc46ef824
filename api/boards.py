"""Boards: the figures a station or a bureau is steered by."""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.auth import Caller
from api.bodies import Cursor, Limit, invalid, listed, read_cursor
from api.desk import Desk, desk
from api.problems import documented
from models import boards, queries
from models.counting import Asked, Names
from models.figures import DeadlineBoard, RankingBoard, RedCards, ScreenBoard, StageBoard, StationBoard
from models.matter import Kind
from models.problems import NotFound
from models.reach import Person, Scope, below, scope_of
from models.red_cards import paged
from models.red_cards import red_cards as cards_of
from models.screen import screen as figures_of
from workflows.registry import lifecycles

router = APIRouter(tags=["看板"])

BOARDS = ("station", "deadlines", "ranking", "stages", "red-cards", "screen")
# A shift and the one after it: what is due by then must be in somebody's hands now.
_SOON = timedelta(hours=24)
# What came in since the last hand-over at this hour.
_SHIFT = timedelta(hours=24)
# What can be read from the other side of a duty room.
_ON_SCREEN = 10

InUnit = Annotated[str | None, Query(title="单位", description="含其下属单位；不填为您管辖的全部单位", max_length=60)]
Alone = Annotated[bool, Query(title="只看本单位", description="不含其下属单位")]
OfKind = Annotated[Kind | None, Query(title="事项种类")]
From = Annotated[date | None, Query(alias="from", title="自", description="期限届满之日（阶段停留为事项开立之日）不早于此日")]
To = Annotated[date | None, Query(title="至", description="期限届满之日（阶段停留为事项开立之日）不晚于此日")]


@router.get("/api/boards/station", summary="所队看板", responses=documented(401))
async def station(request: Request, person: Caller, unit: InUnit = None) -> StationBoard:
    """Open matters by colour and stage, opened within 24 hours, awaiting approval, clocks due within 24 hours (`due_soon`) and overdue."""
    house = desk(request)
    now = datetime.now(UTC)
    scope = await scope_within(house, person, unit)
    async with house.pool.connection() as connection:
        counted = await queries.board(connection, scope, now, now + _SOON)
        return StationBoard(opened=await boards.opened(connection, scope, now - _SHIFT), **counted)


@router.get("/api/boards/deadlines", summary="期限看板", responses=documented(401, 422))
async def deadlines(
    request: Request, person: Caller, unit: InUnit = None, kind: OfKind = None, from_: From = None, to: To = None
) -> DeadlineBoard:
    """Running clocks by unit, limit and colour; each count opens the list of clocks with the same filters."""
    asked, scope, names = await _asked(request, person, unit, kind, from_, to)
    async with desk(request).pool.connection() as connection:
        return await boards.deadlines(connection, scope, asked, names, datetime.now(UTC))


@router.get("/api/boards/ranking", summary="红黄牌排名", responses=documented(401, 422))
async def ranking(
    request: Request, person: Caller, unit: InUnit = None, kind: OfKind = None, from_: From = None, to: To = None
) -> RankingBoard:
    """Units by their overdue clocks, then red, orange and yellow, with their open matters."""
    asked, scope, names = await _asked(request, person, unit, kind, from_, to)
    async with desk(request).pool.connection() as connection:
        return await boards.ranking(connection, scope, asked, names, datetime.now(UTC))


@router.get("/api/boards/stages", summary="阶段停留", responses=documented(401, 422))
async def stages(
    request: Request, person: Caller, unit: InUnit = None, kind: OfKind = None, from_: From = None, to: To = None
) -> StageBoard:
    """Where open matters stand and for how long: median, nine of ten, and the oldest of each stage."""
    asked, scope, names = await _asked(request, person, unit, kind, from_, to)
    async with desk(request).pool.connection() as connection:
        return await boards.stages(connection, scope, asked, names, datetime.now(UTC))


@router.get("/api/boards/red-cards", summary="红牌墙", response_model=RedCards, responses=documented(401, 422))
async def red_cards(
    request: Request,
    person: Caller,
    unit: InUnit = None,
    kind: OfKind = None,
    from_: From = None,
    to: To = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Limits on somebody's liberty that have run out while they run on, the longest overdue first, each with the order over it."""
    asked, scope, names = await _asked(request, person, unit, kind, from_, to)
    after = read_cursor(cursor, str, str)
    async with desk(request).pool.connection() as connection:
        return listed(paged(*await cards_of(connection, scope, asked, names, datetime.now(UTC), after, limit)))


@router.get("/api/boards/screen", summary="大屏", responses=documented(401))
async def screen(request: Request, person: Caller, unit: InUnit = None) -> ScreenBoard:
    """Every figure of the big screen in one answer."""
    asked, scope, names = await _asked(request, person, unit, None, None, None)
    now = datetime.now(UTC)
    async with desk(request).pool.connection() as connection:
        figures = await figures_of(connection, scope, names, now, _ON_SCREEN)
        cards, _ = await cards_of(connection, scope, asked, names, now, None, _ON_SCREEN)
    return ScreenBoard(red_cards=cards, **figures._asdict())


@router.get("/api/boards/{board}", include_in_schema=False)
async def unknown(board: str, _: Caller) -> None:
    """There is no other board."""
    raise NotFound(f"没有名为“{board[:60]}”的看板", near=list(BOARDS))


async def scope_within(house: Desk, person: Person, unit: str | None, alone: bool = False) -> Scope:
    """What this person may know of, narrowed to a unit, if one is named, and those below it unless it is asked for alone."""
    if not unit:
        return scope_of(person)
    tree = await house.register.units()
    return scope_of(person, frozenset({unit} & tree.keys()) if alone else below(unit, tree))


async def _asked(
    request: Request, person: Person, unit: str | None, kind: Kind | None, since: date | None, until: date | None
) -> tuple[Asked, Scope, Names]:
    house = desk(request)
    return narrowed(kind, since, until), await scope_within(house, person, unit), await names_of(house)


def narrowed(kind: Kind | None, since: date | None, until: date | None) -> Asked:
    """The filters of a board; FormInvalid where the period ends before it begins."""
    if since and until and until < since:
        raise invalid("to", "period", "截止日不得早于起始日")
    if until and until >= date.max - timedelta(days=1):
        raise invalid("to", "period", "截止日过晚")
    return Asked(kind and kind.value, since, until)


async def names_of(house: Desk) -> Names:
    """How people call the units there are, and the stages of every kind of matter."""
    return Names(await house.register.units(), stage_names())


@cache
def stage_names() -> dict[tuple[str, str], str]:
    """The name of each stage, by kind and stage."""
    return {(kind.value, stage.name): stage.zh for kind, life in lifecycles().items() for stage in life.stages.values()}
