"""Boards: the figures a station or a bureau is steered by."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import reads
from api.auth import Caller
from api.context import AppContext, get_context
from api.filters import InUnit, OfBoard, OfCounted, OfPeriod, scope_within, settled_stages, stage_names
from api.http_io import Cursor, Limit, decode_cursor, page_response
from api.labels import labels_as_json
from api.problems import documented
from api.schemas.work import AwaitingList
from models.access.scope import Scope
from models.problems import NotFound
from models.readmodel import boards
from models.readmodel.board_counts import Asked, Names
from models.readmodel.board_figures import counted as counted_of
from models.readmodel.board_figures import supervision as rates_of
from models.readmodel.board_red_cards import paged
from models.readmodel.board_red_cards import red_cards as cards_of
from models.readmodel.board_screen import screen as figures_of
from models.readmodel.board_shapes import (
    CountedList,
    DeadlineBoard,
    RankingBoard,
    RedCards,
    ScreenBoard,
    StageBoard,
    StationBoard,
    SupervisionBoard,
)
from models.readmodel.figures import BY_ID
from models.readmodel.matters import count_open_matters
from models.readmodel.pending_approvals import awaiting as waiting_of
from models.readmodel.pending_approvals import how_many
from models.store.connection import Connection
from models.trace_shapes import Reading

router = APIRouter(tags=["看板"])

BOARDS = ("station", "supervision", "deadlines", "ranking", "stages", "red-cards", "screen")
# A shift and the one after it: what is due by then must be in somebody's hands now.
SOON = timedelta(hours=24)
# What came in since the last hand-over at this hour.
SHIFT = timedelta(hours=24)
# What can be read from the other side of a duty room.
_ON_SCREEN = 10


@router.get("/api/boards/station", dependencies=reads(Reading.BOARD), summary="所队看板", responses=documented(401))
async def station(request: Request, person: Caller, unit: InUnit = None) -> StationBoard:
    """Open matters by colour and stage, opened or entered late within 24 hours, awaiting approval, clocks due within 24 hours and overdue."""
    ctx = get_context(request)
    now = datetime.now(UTC)
    scope = await scope_within(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        return await station_board(connection, scope, now)


async def station_board(connection: Connection, scope: Scope, now: datetime) -> StationBoard:
    """The figures of a station at that instant."""
    counted = await count_open_matters(connection, scope, now, now + SOON, settled_stages())
    opened, waiting = await boards.opened(connection, scope, now - SHIFT), await how_many(connection, scope)
    late = await boards.entered_late(connection, scope, now - SHIFT)
    return StationBoard(opened=opened, awaiting_approval=waiting, entered_late=late, **counted)


@router.get(
    "/api/boards/station/awaiting",
    dependencies=reads(Reading.BOARD),
    summary="有待审批",
    responses={200: {"model": AwaitingList}} | documented(401, 422),
)
async def awaiting(request: Request, person: Caller, unit: InUnit = None, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Every request of the unit that awaits approval, since when and with whom: first those that the caller may decide (`mine`)."""
    ctx, after = get_context(request), decode_cursor(cursor, str, bool, str, int)
    scope = await scope_within(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        return page_response(await waiting_of(connection, person, scope, labels_as_json(), datetime.now(UTC), after, limit))


@router.get("/api/boards/supervision", dependencies=reads(Reading.BOARD), summary="执法监督看板", responses=documented(401, 422))
async def supervision(request: Request, person: Caller, filters: OfPeriod) -> SupervisionBoard:
    """What units filed, closed, put right and answered in time, beside the period before of as many days; each figure says what it counts."""
    ctx, period = get_context(request), filters.period
    scope, names = await scope_within(ctx, person, filters.unit), await names_of(ctx)
    async with ctx.pool.connection() as connection:
        return await rates_of(connection, scope, period, names, datetime.now(UTC))


@router.get(
    "/api/boards/supervision/counted",
    dependencies=reads(Reading.BOARD),
    summary="指标所计的事项",
    responses={200: {"model": CountedList}} | documented(401, 422),
)
async def counted(request: Request, person: Caller, filters: OfCounted, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """Exactly what a rate of the board counted, the newest first: as many rows as the figure says."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str, str)
    scope = await scope_within(ctx, person, filters.unit, filters.alone)
    async with ctx.pool.connection() as connection:
        figure = BY_ID[filters.figure]
        return page_response(await counted_of(connection, scope, figure, filters.part, filters.period, after, limit))


@router.get("/api/boards/deadlines", dependencies=reads(Reading.BOARD), summary="期限看板", responses=documented(401, 422))
async def deadlines(request: Request, person: Caller, filters: OfBoard) -> DeadlineBoard:
    """Running clocks by unit, limit and colour; each count opens the list of clocks with the same filters."""
    ctx, asked = get_context(request), filters.asked
    scope, names = await scope_within(ctx, person, filters.unit), await names_of(ctx)
    async with ctx.pool.connection() as connection:
        return await boards.deadlines(connection, scope, asked, names, datetime.now(UTC))


@router.get("/api/boards/ranking", dependencies=reads(Reading.BOARD), summary="红黄牌排名", responses=documented(401, 422))
async def ranking(request: Request, person: Caller, filters: OfBoard) -> RankingBoard:
    """Units by their overdue clocks, then red, orange and yellow, with their open matters."""
    ctx, asked = get_context(request), filters.asked
    scope, names = await scope_within(ctx, person, filters.unit), await names_of(ctx)
    async with ctx.pool.connection() as connection:
        return await boards.ranking(connection, scope, asked, names, datetime.now(UTC))


@router.get("/api/boards/stages", dependencies=reads(Reading.BOARD), summary="阶段停留", responses=documented(401, 422))
async def stages(request: Request, person: Caller, filters: OfBoard) -> StageBoard:
    """Where open matters stand and for how long: median, nine of ten, and the oldest of each stage."""
    ctx, asked = get_context(request), filters.asked
    scope, names = await scope_within(ctx, person, filters.unit), await names_of(ctx)
    async with ctx.pool.connection() as connection:
        return await boards.stages(connection, scope, asked, names, datetime.now(UTC))


@router.get(
    "/api/boards/red-cards",
    dependencies=reads(Reading.BOARD),
    summary="红牌墙",
    response_model=RedCards,
    responses=documented(401, 422),
)
async def red_cards(
    request: Request,
    person: Caller,
    filters: OfBoard,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Limits on somebody's liberty that are overdue, the longest first, then those that once were; each with the order over it."""
    ctx, asked = get_context(request), filters.asked
    scope, names = await scope_within(ctx, person, filters.unit), await names_of(ctx)
    after = decode_cursor(cursor, int, int, str)
    async with ctx.pool.connection() as connection:
        return page_response(paged(*await cards_of(connection, scope, asked, names, datetime.now(UTC), after, limit)))


@router.get("/api/boards/screen", dependencies=reads(Reading.BOARD), summary="大屏", responses=documented(401))
async def screen(request: Request, person: Caller, unit: InUnit = None) -> ScreenBoard:
    """Every figure of the big screen in one answer."""
    ctx, now = get_context(request), datetime.now(UTC)
    scope, names = await scope_within(ctx, person, unit), await names_of(ctx)
    async with ctx.pool.connection() as connection:
        figures = await figures_of(connection, scope, names, now, _ON_SCREEN)
        cards, _ = await cards_of(connection, scope, Asked(), names, now, None, _ON_SCREEN)
    return ScreenBoard(red_cards=cards, **figures._asdict())


@router.get("/api/boards/{board}", include_in_schema=False)
async def unknown(board: str, _: Caller) -> None:
    """There is no other board."""
    raise NotFound(f"没有名为“{board[:60]}”的看板", near=list(BOARDS))


async def names_of(ctx: AppContext) -> Names:
    """How people call the units there are, and the stages of every kind of matter."""
    return Names(await ctx.directory.units(), stage_names(), settled_stages())
