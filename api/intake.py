"""Bulk intake (批量接报): checks a sheet of incidents without writing anything. Each valid row is then opened like any incident."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import import_files
from api.auth import Caller
from api.context import get_context
from api.http_io import build_form_invalid, parse_form, read_body, request_body
from api.matters import get_seat_unit
from api.problems import document_refusals
from api.schemas.intake import Checked, LedgerWordsKept, LedgerWordsSaid, MendedRows, RefusedRows, RowsChecked
from api.sheets.cells import Table
from api.sheets.uploads import build_sheet_body, list_rows_below, read_sheet
from api.untraced import declare_untraced
from api.xlsx import XLSX, build_xlsx_response
from models import bulk_intake
from models.access.scope import Person, Tree, build_scope
from models.bulk_intake import LedgerWords
from models.forms.incident import OpenIncident
from models.ledgers import headings
from models.ledgers.cells import Cell
from models.ledgers.headings import Headings
from models.problems import FormInvalid, OfficeMayNotAct
from models.readmodel.matter_status import Opened, find_opened_under
from models.store.ledger_words import keep_words, merge_words, read_words

router = APIRouter(tags=["批量接报"])


@router.post(
    "/api/imports",
    summary="检查警情表",
    openapi_extra=build_sheet_body(
        "警情表（xlsx、xls、ods、csv，或者另存为 xls 的网页）", "words", "本次各列和各种写法的含义（LedgerWordsSaid 的 JSON）"
    ),
    responses={200: {"model": Checked}} | document_refusals(401, 403, 413, 415, 422),
    response_model=None,
)
async def check(request: Request, person: Caller) -> Response:
    """Check a sheet of incidents: each row comes back as a filled-in form or with its errors. Nothing is written.

    The headings are searched in the first ten rows of every sheet. Columns and words mean what the unit has defined, and what `words`
    defines for this upload. To enter a valid row, submit its `form` to `POST /api/matters/incident` with its `key` as Idempotency-Key. The
    key is derived from the row's content, so a row that is uploaded again, by anyone, gets the first receipt. `number` is the incident that
    was opened from the row before, `by_zh` who opened it, if not the caller. A row with an outcome is opened as already closed (迁入).
    """
    ctx = get_context(request)
    units = _list_reporting_units(person, await ctx.directory.load_units())
    sheet = await read_sheet(request, ctx.sheet_slots, "words", LedgerWordsSaid)
    words = merge_words(await _load_unit_words(request, person), _build_words(sheet.beside) if sheet.beside else LedgerWords())
    found, lines, table = _find_lines(sheet.tables, words)
    rows = await anyio.to_thread.run_sync(
        partial(bulk_intake.check_rows, lines, units, datetime.now(UTC), words, since_1904=table.since_1904)
    )
    answer = {
        "sheet": table.name,
        "heading_row": found.row,
        "columns": [{"heading": word, "field": found.columns.get(place)} for place, word in enumerate(found.words) if word],
        "unknown": [asdict(each) for each in bulk_intake.list_unknown_words(rows)],
        "rows": await _describe_rows(request, person, rows),
    }
    return Response(json.dumps(answer, ensure_ascii=False), media_type="application/json")


@router.post(
    "/api/imports/rows",
    summary="核对改过的行",
    openapi_extra=request_body(MendedRows),
    responses={200: {"model": RowsChecked}} | document_refusals(401, 403, 413, 415, 422),
    response_model=None,
)
async def check_rows(request: Request, person: Caller) -> Response:
    """Check rows that the user corrected on the page, in the same way as a sheet."""
    units = _list_reporting_units(person, await get_context(request).directory.load_units())
    mended = parse_form(MendedRows, await read_body(request)).rows
    words = await _load_unit_words(request, person)
    lines = [(each.row, {name: Cell(text.strip()) for name, text in each.cells.items()}) for each in mended]
    rows = await anyio.to_thread.run_sync(partial(bulk_intake.check_rows, lines, units, datetime.now(UTC), words))
    answer = {"rows": await _describe_rows(request, person, rows)}
    return Response(json.dumps(answer, ensure_ascii=False), media_type="application/json")


@router.put(
    "/api/imports/words",
    summary="记住本单位台账的用语",
    openapi_extra=request_body(LedgerWordsSaid),
    responses={200: {"model": LedgerWordsKept}} | document_refusals(401, 403, 413, 415, 422),
)
async def keep(request: Request, person: Caller) -> LedgerWordsKept:
    """Define what the headings and words of the unit's ledgers mean, for all later imports of the unit. The change is journaled."""
    units = _list_reporting_units(person, await get_context(request).directory.load_units())
    said = _build_words(parse_form(LedgerWordsSaid, await read_body(request)))
    if unknown := next((word for word, unit in said.values.get("unit", {}).items() if unit not in units), None):
        raise build_form_invalid("values.unit", "unknown-unit", f"“{unknown[:60]}”对应的单位不存在，或者不在您的管辖范围内")
    async with get_context(request).pool.connection() as connection:
        whole = await keep_words(connection, get_seat_unit(person, OpenIncident), said, person.username, datetime.now(UTC))
    return LedgerWordsKept(headings=dict(whole.headings), values={name: dict(each) for name, each in whole.values.items()})


async def _load_unit_words(request: Request, person: Person) -> LedgerWords:
    async with get_context(request).pool.connection() as connection:
        return await read_words(connection, get_seat_unit(person, OpenIncident))


def _build_words(said: LedgerWordsSaid) -> LedgerWords:
    return LedgerWords(said.headings, {str(name): each for name, each in said.values.items()})


Lines = list[tuple[int, dict[str, Cell]]]


def _find_lines(tables: list[Table], words: LedgerWords) -> tuple[Headings, Lines, Table]:
    """The headings, the cells below them by field, and the table they were found in.

    FormInvalid where headings are missing or repeated; it names the sheet and row that look most like headings.
    """
    sheets = [each.rows for each in tables]
    found = headings.find_headings(sheets, words.headings)
    sheet, row, seen = (found.sheet, found.row, found.words) if found else headings.guess_headings(sheets)
    name = tables[sheet].name if tables else ""
    shown = "、".join(word[:20] for word in seen if word) or "没有文字"
    if wrong := bulk_intake.check_headings(found, f"读的是工作表“{name}”第{row}行：{shown[:300]}"):
        columns = [
            {"heading": word[:60], "field": found.columns.get(place) if found else None} for place, word in enumerate(seen) if word
        ]
        raise FormInvalid(
            errors=wrong, sheet=name, heading_row=row, headings=[each["heading"] for each in columns], columns=columns
        )
    assert found is not None  # otherwise `wrong_headings` has reported it
    found = replace(found, columns=bulk_intake.settle_times(found.columns))
    table = tables[found.sheet]
    lines = [
        (n, {name: cells[place] for place, name in found.columns.items() if place < len(cells)})
        for n, cells in list_rows_below(found, table)
    ]
    return found, lines, table


async def _describe_rows(request: Request, person: Person, rows: list[bulk_intake.Row]) -> list[dict[str, Any]]:
    """Each row as the answer describes it: its form or its errors, and the incident that was opened from it before."""
    keys = {name: row.key for row in rows if row.key for name in _list_journal_keys(person, row)}
    # Checking a sheet is not recorded in the access log, so a reason for access must not unlock sealed matters here.
    scope = build_scope(replace(person, reasoned=False))
    async with get_context(request).pool.connection() as connection:
        opened = {keys[each.key]: each for each in await find_opened_under(connection, scope, list(keys))}
    return [
        {
            "row": row.place,
            "form": row.raw if row.errors else row.form,
            "key": "" if row.errors else row.key,
            **_describe_earlier_import(person, opened.get(row.key)),
            "errors": row.errors,
        }
        for row in rows
    ]


def _list_journal_keys(person: Person, row: bulk_intake.Row) -> tuple[str, ...]:
    """The idempotency keys under which the journal may have the row: the unit's, the person's own, and those that earlier releases made."""
    unit = row.form.get("unit") or get_seat_unit(person, OpenIncident)
    every = dict.fromkeys((row.key, bulk_intake.compute_former_row_key(row.form)))
    return tuple(name for key in every for name in (bulk_intake.build_unit_key(unit, key), f"{person.username}:{key}"))


def _list_reporting_units(person: Person, tree: Tree) -> dict[str, str]:
    """The ids of the units in which this person may open an incident, by name and by id; OfficeMayNotAct where there are none."""
    able = [each for each in person.offices if each.office in OpenIncident.rule.by]
    if not able:
        names = "、".join(office.label for office in OpenIncident.rule.by)
        raise OfficeMayNotAct(
            f"应由{names}办理",
            required=[str(office) for office in OpenIncident.rule.by],
            held=sorted({each.office for each in person.offices}),
        )
    reach = frozenset[str]().union(*(each.own for each in able))
    return {tree[each].zh: each for each in sorted(reach, reverse=True)} | {each: each for each in reach}


def _describe_earlier_import(person: Person, opened: Opened | None) -> dict[str, str | None]:
    """The number of the incident that was opened from a row before, and who opened it, if not this person."""
    if opened is None:
        return {"number": None, "by_zh": None}
    return {"number": opened.number, "by_zh": (opened.zh or opened.username) if opened.username != person.username else None}


@router.get(
    "/api/imports/template.xlsx",
    dependencies=declare_untraced("an empty template"),
    summary="空白警情表",
    response_class=Response,
    responses=XLSX | document_refusals(401),
)
async def get_template(_: Caller) -> Response:
    """The empty sheet to fill in."""
    return build_xlsx_response(await anyio.to_thread.run_sync(import_files.render_template), "警情导入表")


@router.post(
    "/api/imports/refused",
    summary="未导入的行",
    openapi_extra=request_body(RefusedRows),
    response_class=Response,
    responses=XLSX | document_refusals(401, 413, 415, 422),
)
async def get_refused_rows(request: Request, _: Caller) -> Response:
    """The refused rows in the layout of the template, each with its reason in the last column, to be corrected and uploaded again."""
    rows = parse_form(RefusedRows, await read_body(request)).rows
    headings_by_field = {column.field: column.heading for column in bulk_intake.list_columns()}
    reasons = [
        (row.form, "；".join(f"{headings_by_field.get(each.field, '')} {each.detail}".strip() for each in row.errors))
        for row in rows
    ]
    return build_xlsx_response(await anyio.to_thread.run_sync(partial(import_files.render_refused_rows, reasons)), "未导入的警情")
