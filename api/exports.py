"""Exports (导出): lists and boards as spreadsheets. Each export is journaled before the file is sent."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import export_columns
from api.access_tracking import declare_reading, note_rows
from api.assessments import OfMonth, OfUnit, get_sheet
from api.auth import Caller
from api.boards import SHIFT, SOON, load_station_board, read_names
from api.context import get_context
from api.drives import ItemsIn, OfDrive, OfResult
from api.export_marks import make_export_mark
from api.filters import (
    OWN_WORDS,
    Alone,
    FilterWords,
    InUnit,
    OfBoard,
    OfClocks,
    OfCounted,
    OfMatters,
    OfPeriod,
    SoughtMatters,
    narrow_scope,
)
from api.http_io import request_body
from api.labels import build_labels_json
from api.letters import OfLetters
from api.problems import document_refusals
from api.xlsx import ONE_AT_A_TIME, XLSX, Column, ExportSheet, build_xlsx_response, write_export
from law.calendar import SHANGHAI
from models.access.scope import Person, Scope
from models.problems import TooManyRows
from models.readmodel import boards
from models.readmodel.board_calls import read_calls
from models.readmodel.board_figures import list_counted, read_supervision
from models.readmodel.board_red_cards import list_red_cards
from models.readmodel.clocks import list_clocks, list_for_duty
from models.readmodel.drives import ItemFilters, list_items
from models.readmodel.figures import BY_ID
from models.readmodel.letters import list_letters
from models.readmodel.matters import list_matters
from models.readmodel.pagination import Page
from models.readmodel.pending_approvals import list_pending
from models.store import api_writes
from models.store.connection import Connection
from models.trace_shapes import Reading

router = APIRouter(tags=["导出"], default_response_class=Response)

# Takes about half a minute to write.
MOST_ROWS = 20_000


class Sheet(NamedTuple):
    """What is exported: its name in the journal, its title for users, columns and rows."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Any]]


@router.get(
    "/api/exports/matters",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出事项列表",
    responses=XLSX | document_refusals(401, 422),
)
@router.post(
    "/api/exports/matters/find",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出查找到的事项",
    openapi_extra=request_body(SoughtMatters),
    responses=XLSX | document_refusals(401, 415, 422),
)
async def export_matters(request: Request, person: Caller, filters: OfMatters) -> Response:
    """The matters that the list shows with the same filters and search words."""
    ctx = get_context(request)
    scope = await narrow_scope(ctx, person, filters.unit, filters.alone)
    async with ctx.pool.connection() as connection:
        items = _get_all_items(await list_matters(connection, scope, filters.chosen, None, MOST_ROWS))
    sheet = Sheet("matters", "事项", export_columns.MATTERS, [export_columns.build_matter_row(each) for each in items])
    return await _journal_and_send(request, person, sheet, filters.in_words)


@router.get(
    "/api/exports/clocks",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出期限列表",
    responses=XLSX | document_refusals(401, 422),
)
async def export_clocks(request: Request, person: Caller, filters: OfClocks) -> Response:
    """The running clocks that the list shows with the same filters."""
    ctx = get_context(request)
    scope = await narrow_scope(ctx, person, filters.unit, filters.alone)
    async with ctx.pool.connection() as connection:
        items = _get_all_items(await list_clocks(connection, scope, filters.chosen, None, MOST_ROWS))
    sheet = Sheet("clocks", "期限", export_columns.CLOCKS, [export_columns.build_clock_row(each) for each in items])
    return await _journal_and_send(request, person, sheet, filters.in_words)


@router.get(
    "/api/exports/station",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出今日看板",
    responses=XLSX | document_refusals(401, 422),
)
async def export_station_board(request: Request, person: Caller, unit: InUnit = None) -> Response:
    """The board of today with complete lists: overdue, due within 24 hours, awaiting approval, opened or entered late within 24 hours."""
    ctx = get_context(request)
    scope = await narrow_scope(ctx, person, unit)
    async with ctx.pool.connection() as connection:
        rows = await _build_station_rows(connection, person, scope, datetime.now(UTC))
    return await _journal_and_send(request, person, Sheet("station", "今日看板", export_columns.STATION, rows), {"单位": unit})


async def _build_station_rows(connection: Connection, person: Person, scope: Scope, now: datetime) -> list[export_columns.Row]:
    late = await list_for_duty(connection, scope, {"due_before": now}, now, None, MOST_ROWS)
    soon = await list_for_duty(connection, scope, {"due_after": now, "due_before": now + SOON}, now, None, MOST_ROWS)
    pending = await list_pending(connection, person, scope, build_labels_json(), now, None, MOST_ROWS)
    fresh = await list_matters(connection, scope, {"opened_after": (now - SHIFT).isoformat()}, None, MOST_ROWS)
    entered = await list_matters(connection, scope, {"late_after": (now - SHIFT).isoformat()}, None, MOST_ROWS)
    return [
        *export_columns.build_station_figures(await load_station_board(connection, scope, now)),
        *(export_columns.build_station_clock("已经超期", each) for each in _get_all_items(late)),
        *(export_columns.build_station_clock("24小时内届满", each) for each in _get_all_items(soon)),
        *(export_columns.build_station_request("有待审批", each) for each in _get_all_items(pending)),
        *(export_columns.build_station_matter("24小时内新增", each) for each in _get_all_items(fresh)),
        *(export_columns.build_station_late("24小时内补录", each) for each in _get_all_items(entered)),
    ]


@router.get(
    "/api/exports/supervision",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出执法监督看板",
    responses=XLSX | document_refusals(401, 422),
)
async def export_supervision_board(request: Request, person: Caller, filters: OfPeriod) -> Response:
    """The supervision board, one row for each rate of each unit, with the definition of the rate."""
    ctx, period = get_context(request), filters.period
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        rows = export_columns.build_rate_rows(await read_supervision(connection, scope, period, names, datetime.now(UTC)))
    return await _journal_and_send(request, person, Sheet("supervision", "执法监督", export_columns.RATES, rows), filters.in_words)


@router.get(
    "/api/exports/supervision/counted",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出指标所计的事项",
    responses=XLSX | document_refusals(401, 422),
)
async def export_counted(request: Request, person: Caller, filters: OfCounted) -> Response:
    """The items that a rate of the supervision board counted."""
    ctx, figure = get_context(request), BY_ID[filters.figure]
    scope = await narrow_scope(ctx, person, filters.unit, filters.alone)
    async with ctx.pool.connection() as connection:
        items = _get_all_items(await list_counted(connection, scope, figure, filters.part, filters.period, None, MOST_ROWS))
    sheet = Sheet("counted", figure.zh, export_columns.COUNTED, [export_columns.build_counted_row(each) for each in items])
    return await _journal_and_send(request, person, sheet, filters.in_words)


@router.get(
    "/api/exports/calls",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出警情分类",
    responses=XLSX | document_refusals(401, 422),
)
async def export_calls_board(request: Request, person: Caller, filters: OfPeriod) -> Response:
    """The board of calls, one row for each group of each unit."""
    ctx, period = get_context(request), filters.period
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        rows = export_columns.call_rows(await read_calls(connection, scope, period, names, datetime.now(UTC)))
    return await _journal_and_send(request, person, Sheet("calls", "警情分类", export_columns.CALLS, rows), filters.in_words)


@router.get(
    "/api/exports/assessment",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出单位考评表",
    responses=XLSX | document_refusals(401, 403, 404, 422),
)
async def export_assessment(request: Request, person: Caller, unit: OfUnit, month: OfMonth = None) -> Response:
    """The sheet of a unit's month, one row for each indicator, with what it counts."""
    told = await get_sheet(request, person, unit, month)
    exported = Sheet("assessment", "考评表", export_columns.ASSESSMENT, export_columns.build_assessment_rows(told))
    return await _journal_and_send(request, person, exported, {"单位": unit, "月份": told.month})


@router.get(
    "/api/exports/deadlines",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出期限看板",
    responses=XLSX | document_refusals(401, 422),
)
async def export_deadline_board(request: Request, person: Caller, filters: OfBoard) -> Response:
    """The deadline board, one row for each limit of each unit."""
    ctx, chosen = get_context(request), filters.chosen
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        rows = export_columns.build_deadline_rows(await boards.read_deadlines(connection, scope, chosen, names, datetime.now(UTC)))
    return await _journal_and_send(
        request, person, Sheet("deadlines", "期限看板", export_columns.DEADLINES, rows), filters.in_words
    )


@router.get(
    "/api/exports/ranking",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出红黄牌排名",
    responses=XLSX | document_refusals(401, 422),
)
async def export_ranking_board(request: Request, person: Caller, filters: OfBoard) -> Response:
    """The ranking of units."""
    ctx, chosen = get_context(request), filters.chosen
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        rows = export_columns.build_ranking_rows(await boards.read_ranking(connection, scope, chosen, names, datetime.now(UTC)))
    return await _journal_and_send(request, person, Sheet("ranking", "红黄牌排名", export_columns.RANKING, rows), filters.in_words)


@router.get(
    "/api/exports/stages",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出阶段停留",
    responses=XLSX | document_refusals(401, 422),
)
async def export_stage_board(request: Request, person: Caller, filters: OfBoard) -> Response:
    """How long open matters have been at each stage."""
    ctx, chosen = get_context(request), filters.chosen
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        rows = export_columns.build_stage_rows(await boards.read_stages(connection, scope, chosen, names, datetime.now(UTC)))
    return await _journal_and_send(request, person, Sheet("stages", "阶段停留", export_columns.STAGES, rows), filters.in_words)


@router.get(
    "/api/exports/red-cards",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出红牌",
    responses=XLSX | document_refusals(401, 422),
)
async def export_red_cards(request: Request, person: Caller, filters: OfBoard) -> Response:
    """The red-card wall."""
    ctx, chosen = get_context(request), filters.chosen
    scope, names = await narrow_scope(ctx, person, filters.unit), await read_names(ctx)
    async with ctx.pool.connection() as connection:
        cards, after = await list_red_cards(connection, scope, chosen, names, datetime.now(UTC), None, MOST_ROWS)
    _check_complete(after)
    sheet = Sheet("red-cards", "红牌", export_columns.RED_CARDS, export_columns.build_red_card_rows(cards))
    return await _journal_and_send(request, person, sheet, filters.in_words)


@router.get(
    "/api/exports/drive-items",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出清查事项",
    responses=XLSX | document_refusals(401, 422),
)
async def export_drive_items(
    request: Request,
    person: Caller,
    drive: OfDrive = None,
    unit: InUnit = None,
    alone: Alone = False,
    state: ItemsIn = None,
    result: OfResult = None,
) -> Response:
    """What a drive goes through, as the list shows it with the same filters."""
    ctx = get_context(request)
    scope = await narrow_scope(ctx, person, unit, alone)
    async with ctx.pool.connection() as connection:
        items = _get_all_items(await list_items(connection, scope, ItemFilters(drive, state, result), None, MOST_ROWS))
    rows = [export_columns.build_drive_item_row(each) for each in items]
    chosen = {"清查批次": drive, "单位": unit, "进展": state, "清查结果": result}
    return await _journal_and_send(request, person, Sheet("drive-items", "清查事项", export_columns.DRIVE_ITEMS, rows), chosen)


@router.get(
    "/api/exports/letters",
    dependencies=declare_reading(Reading.EXPORT),
    summary="导出来信清单",
    responses=XLSX | document_refusals(401, 422),
)
async def export_letters(request: Request, person: Caller, filters: OfLetters) -> Response:
    """The letters that the list shows with the same filters; who wrote them stands in none."""
    ctx = get_context(request)
    scope = await narrow_scope(ctx, person, filters.unit, filters.alone)
    async with ctx.pool.connection() as connection:
        items = _get_all_items(await list_letters(connection, scope, filters.chosen, None, MOST_ROWS))
    sheet = Sheet("letters", "群众来信", export_columns.LETTERS, [export_columns.build_letter_row(each) for each in items])
    return await _journal_and_send(request, person, sheet, filters.in_words)


def _get_all_items(page: Page) -> list[dict[str, Any]]:
    """The items of a list that fits into one page; TooManyRows otherwise."""
    _check_complete(page.after)
    return [json.loads(item) for item in page.items]


def _check_complete(after: tuple[Any, ...] | None) -> None:
    """Raises TooManyRows where the list continues beyond MOST_ROWS, as its cursor tells."""
    if after is not None:
        raise TooManyRows(f"符合条件的超过{MOST_ROWS}行，请按单位、种类或者时间缩小范围后再导出", limit=MOST_ROWS)


async def _journal_and_send(request: Request, person: Person, sheet: Sheet, filters: FilterWords) -> Response:
    """Write the file, journal the export with its filters, then send it."""
    ctx = get_context(request)
    now, tree = datetime.now(SHANGHAI), await ctx.directory.load_units()
    chosen: dict[str, str] = {name: value for name, value in filters.items() if value}
    if (unit := chosen.get("单位")) and unit in tree:
        chosen["单位"] = f"{tree[unit].zh}" if "下属单位" in chosen else f"{tree[unit].zh}及下属单位"
    filtered = "；".join(f"{name}：{value}" for name, value in chosen.items()) or "无（您管辖的全部）"
    first = f"{sheet.title}。筛选：{filtered}。导出人：{person.zh}（{person.username}）。导出时间：{now:%Y-%m-%d %H:%M}。共{len(sheet.rows)}行。"
    written, mark = [ExportSheet(sheet.title, sheet.columns, sheet.rows)], make_export_mark(person, now)
    data = await anyio.to_thread.run_sync(write_export, written, first, mark.words, limiter=ONE_AT_A_TIME)
    offices = sorted({each.office for each in person.offices})
    # Search words may name a person: they are kept encrypted in the access log, and not in the journal.
    kept = {name: "（见查阅记录）" if name in OWN_WORDS else value for name, value in chosen.items()}
    async with ctx.pool.connection() as connection:
        await api_writes.journal_export(connection, person.username, offices, sheet.name, kept, len(sheet.rows), now, mark.id)
    note_rows(request, sheet.rows)
    return build_xlsx_response(data, f"{sheet.title}{now:%Y%m%d%H%M}")
