"""Boards (看板): figures about the open matters and running clocks of a station or a bureau."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading
from api.auth import Caller
from api.context import AppContext, get_context
from api.filters import InUnit, OfBoard, OfCounted, OfPeriod, narrow_scope
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.labels import build_labels_json
from api.problems import document_refusals
from api.schemas.work import AwaitingList
from api.untraced import declare_untraced
from models.access.scope import Scope
from models.problems import NotFound
from models.readmodel import boards
from models.readmodel.board_calls import read_calls
from models.readmodel.board_counts import BoardFilter, DisplayNames
from models.readmodel.board_figures import list_counted, read_supervision
from models.readmodel.board_red_cards import build_page, list_red_cards
from models.readmodel.board_screen import read_screen
from models.readmodel.board_shapes import (
    CallsBoard,
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
from models.readmodel.pending_approvals import count_pending, list_pending
from models.store.connection import Connection
from models.trace_shapes import Reading
from workflows.registry import get_settled_stages, get_stage_names

router = APIRouter(tags=["看板"])

BOARDS = (
    *("station", "supervision", "calls", "deadlines", "ranking", "stages", "red-cards", "screen"),
    *("alerts", "orders", "six-elements", "agenda", "searches", "letters"),
)
# Clocks due within this time are shown as due soon: the current shift and the next one.
SOON = timedelta(hours=24)
# New and late entries of this time are shown: since the hand-over a day ago.
SHIFT = timedelta(hours=24)
# Rows of each list that can be read across a duty room.
_ON_SCREEN = 10


@router.get(
    "/api/boards/station", dependencies=declare_reading(Reading.BOARD), summary="所队看板", responses=document_refusals(401)
)
async def get_station_board(request: Request, person: Caller, unit: InUnit = None) -> StationBoard:
    """Open matters by colour and stage, those opened or entered late within 24 hours, pending approvals, clocks overdue or due within 24 hours."""
    ctx = get_context(request)
    now = datetime.now(UTC)
    scope = await narrow_scope(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        return await load_station_board(connection, scope, now)


async def load_station_board(connection: Connection, scope: Scope, now: datetime) -> StationBoard:
    """The figures of a station at an instant."""
    counted = await count_open_matters(connection, scope, now, now + SOON, get_settled_stages())
    opened, waiting = await boards.count_opened(connection, scope, now - SHIFT), await count_pending(connection, scope)
    late = await boards.count_entered_late(connection, scope, now - SHIFT)
    return StationBoard(opened=opened, awaiting_approval=waiting, entered_late=late, **counted)


@router.get(
    "/api/boards/station/awaiting",
    dependencies=declare_reading(Reading.BOARD),
    summary="有待审批",
    responses={200: {"model": AwaitingList}} | document_refusals(401, 422),
)
async def list_awaiting(
    request: Request, person: Caller, unit: InUnit = None, cursor: Cursor = None, limit: Limit = 50
) -> Response:
    """Requests of the unit that await approval, since when and with whom; first those that the caller may decide (`mine`)."""
    ctx, after = get_context(request), decode_cursor(cursor, str, bool, str, int)
    scope = await narrow_scope(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        return build_page_response(
            await list_pending(connection, person, scope, build_labels_json(), datetime.now(UTC), after, limit)
        )


@router.get(
    "/api/boards/supervision",
    dependencies=declare_reading(Reading.BOARD),
    summary="执法监督看板",
    responses=document_refusals(401, 422),
)
async def get_supervision_board(request: Request, person: Caller, filters: OfPeriod) -> SupervisionBoard:
    """The rates of each unit in a period, beside the period of the same length before; each rate has its definition."""
    ctx, period = get_context(request), filters.period
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await read_supervision(connection, scope, period, names, datetime.now(UTC))


@router.get(
    "/api/boards/supervision/counted",
    dependencies=declare_reading(Reading.BOARD),
    summary="指标所计的事项",
    responses={200: {"model": CountedList}} | document_refusals(401, 422),
)
async def get_counted(request: Request, person: Caller, filters: OfCounted, cursor: Cursor = None, limit: Limit = 50) -> Response:
    """The items that a rate counted, newest first; exactly as many as the board says."""
    ctx, after = get_context(request), decode_cursor(cursor, str, str, str)
    scope = await narrow_scope(ctx, person, filters.unit, filters.alone)
    async with ctx.pool.connection() as connection:
        figure = BY_ID[filters.figure]
        return build_page_response(await list_counted(connection, scope, figure, filters.part, filters.period, after, limit))


@router.get(
    "/api/boards/calls", dependencies=declare_reading(Reading.BOARD), summary="警情分类", responses=document_refusals(401, 422)
)
async def get_calls_board(request: Request, person: Caller, filters: OfPeriod) -> CallsBoard:
    """The incidents of each unit by their groups in a period, beside those of the period of the same length before."""
    ctx, period = get_context(request), filters.period
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await read_calls(connection, scope, period, names, datetime.now(UTC))


@router.get(
    "/api/boards/deadlines", dependencies=declare_reading(Reading.BOARD), summary="期限看板", responses=document_refusals(401, 422)
)
async def get_deadline_board(request: Request, person: Caller, filters: OfBoard) -> DeadlineBoard:
    """Running clocks by unit, limit and colour; each count opens the list of clocks with the same filters."""
    ctx, chosen = get_context(request), filters.chosen
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await boards.read_deadlines(connection, scope, chosen, names, datetime.now(UTC))


@router.get(
    "/api/boards/ranking", dependencies=declare_reading(Reading.BOARD), summary="红黄牌排名", responses=document_refusals(401, 422)
)
async def get_ranking_board(request: Request, person: Caller, filters: OfBoard) -> RankingBoard:
    """Units by overdue clocks, then by red, orange and yellow ones, with their open matters."""
    ctx, chosen = get_context(request), filters.chosen
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await boards.read_ranking(connection, scope, chosen, names, datetime.now(UTC))


@router.get(
    "/api/boards/stages", dependencies=declare_reading(Reading.BOARD), summary="阶段停留", responses=document_refusals(401, 422)
)
async def get_stage_board(request: Request, person: Caller, filters: OfBoard) -> StageBoard:
    """How long open matters have been at each stage: median, 90th percentile, and the oldest matter."""
    ctx, chosen = get_context(request), filters.chosen
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        return await boards.read_stages(connection, scope, chosen, names, datetime.now(UTC))


@router.get(
    "/api/boards/red-cards",
    dependencies=declare_reading(Reading.BOARD),
    summary="红牌墙",
    response_model=RedCards,
    responses=document_refusals(401, 422),
)
async def get_red_cards(
    request: Request,
    person: Caller,
    filters: OfBoard,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Limits on liberty that are overdue, the longest first, then past overruns; each with its rectification order."""
    ctx, chosen = get_context(request), filters.chosen
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    after = decode_cursor(cursor, int, int, str)
    async with ctx.pool.connection() as connection:
        return build_page_response(
            build_page(*await list_red_cards(connection, scope, chosen, names, datetime.now(UTC), after, limit))
        )


@router.get("/api/boards/screen", dependencies=declare_reading(Reading.BOARD), summary="大屏", responses=document_refusals(401))
async def get_screen_board(request: Request, person: Caller, unit: InUnit = None) -> ScreenBoard:
    """All figures of the big screen in one answer."""
    ctx, now = get_context(request), datetime.now(UTC)
    scope, names = await narrow_scope(ctx, person, unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        figures = await read_screen(connection, scope, names, now, _ON_SCREEN)
        cards, _ = await list_red_cards(connection, scope, BoardFilter(), names, now, None, _ON_SCREEN)
    return ScreenBoard(red_cards=cards, **figures._asdict())


@router.get("/api/boards/{board}", dependencies=declare_untraced("there is no such board"), include_in_schema=False)
async def refuse_unknown_board(board: str, _: Caller) -> None:
    """Refuse other names with those that exist."""
    raise NotFound(f"没有名为“{board[:60]}”的看板", near=list(BOARDS))


async def read_names(ctx: AppContext) -> DisplayNames:
    """The display names of all units, and of the stages of every kind of matter."""
    return DisplayNames(await ctx.directory.load_units(), get_stage_names(), get_settled_stages())
