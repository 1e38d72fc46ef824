"""Many incidents at once (批量接报): a sheet is read and checked, and nothing is written; each good row is then opened as any incident is."""

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
from api.http_io import invalid, parse_form, read_body, request_body
from api.matters import unit_of_seat
from api.problems import documented
from api.schemas.intake import Checked, LedgerWordsKept, LedgerWordsSaid, MendedRows, RefusedRows, RowsChecked
from api.sheets.cells import MOST_ROWS, Table
from api.sheets.reading import read_apart
from api.uploads import file_in, multipart
from models import bulk_intake
from models.access.scope import Person, Tree, scope_of
from models.bulk_intake import Words
from models.forms.incident import OpenIncident
from models.ledgers import headings
from models.ledgers.cells import Cell
from models.ledgers.headings import Headings
from models.ledgers.words import is_foot
from models.problems import FormInvalid, FormTooLarge, OfficeMayNotAct
from models.readmodel.matter_status import Opened, find_opened_under
from models.store.ledger_words import joined, keep_words, words_of

router = APIRouter(tags=["批量接报"])

# Two thousand rows with a long narrative each.
LARGEST_SHEET = 5_000_000
LARGEST_UPLOAD = LARGEST_SHEET + 100_000
_FILE = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "string",
                            "format": "binary",
                            "title": "警情表（xlsx、xls、ods、csv，或者另存为 xls 的网页）",
                        },
                        "words": {"type": "string", "title": "本次各列和各种写法的含义（LedgerWordsSaid 的 JSON）"},
                    },
                }
            }
        },
    }
}


@router.post(
    "/api/imports",
    summary="检查警情表",
    openapi_extra=_FILE,
    responses={200: {"model": Checked}} | documented(401, 403, 413, 415, 422),
    response_model=None,
)
async def check(request: Request, person: Caller) -> Response:
    """Read a sheet of incidents and say of each row what is wrong with it, or give its form; nothing is written.

    The headings are found among the first ten rows of every sheet, and told; columns and words mean what the unit has said that they do,
    and what `words` says over it. Each good row is to be handed in to `POST /api/matters/incident` with its `key` as Idempotency-Key: the
    key is made of what the row says, so that a row uploaded again, by whomever, gets the first receipt. `number` is the incident that was
    opened of it before; `by_zh` tells who did, if not the caller. A row with an outcome is opened as dealt with (迁入).
    """
    ctx = get_context(request)
    units = _nameable(person, await ctx.directory.units())
    async with multipart(request, 1, "须有一个文件，至多另有 words 一项") as form:
        data = await file_in(form).read()
        said = form.get("words")
    if len(data) > LARGEST_SHEET:
        raise FormTooLarge(
            f"警情表至多{LARGEST_SHEET // 1_000_000}MB，这个文件有{len(data) / 1_000_000:.1f}MB", limit_bytes=LARGEST_SHEET
        )
    words = joined(
        await _known_words(request, person),
        _said_words(parse_form(LedgerWordsSaid, said.encode()) if isinstance(said, str) else None),
    )
    tables = await read_apart(request, ctx.sheet_turns, data)
    found, lines, table = _placed(tables, words)
    rows = await anyio.to_thread.run_sync(
        partial(bulk_intake.checked, lines, units, datetime.now(UTC), words, since_1904=table.since_1904)
    )
    told = {
        "sheet": table.name,
        "heading_row": found.row,
        "columns": [{"heading": word, "field": found.columns.get(place)} for place, word in enumerate(found.words) if word],
        "unknown": [asdict(each) for each in bulk_intake.unknown_words(rows)],
        "rows": await _rows_told(request, person, rows),
    }
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


@router.post(
    "/api/imports/rows",
    summary="核对改过的行",
    openapi_extra=request_body(MendedRows),
    responses={200: {"model": RowsChecked}} | documented(401, 403, 413, 415, 422),
    response_model=None,
)
async def check_rows(request: Request, person: Caller) -> Response:
    """Check rows whose cells were mended on the page, as a sheet is checked."""
    units = _nameable(person, await get_context(request).directory.units())
    mended = parse_form(MendedRows, await read_body(request)).rows
    words = await _known_words(request, person)
    lines = [(each.row, {name: Cell(text.strip()) for name, text in each.cells.items()}) for each in mended]
    rows = await anyio.to_thread.run_sync(partial(bulk_intake.checked, lines, units, datetime.now(UTC), words))
    told = {"rows": await _rows_told(request, person, rows)}
    return Response(json.dumps(told, ensure_ascii=False), media_type="application/json")


@router.put(
    "/api/imports/words",
    summary="记住本单位台账的用语",
    openapi_extra=request_body(LedgerWordsSaid),
    responses={200: {"model": LedgerWordsKept}} | documented(401, 403, 413, 415, 422),
)
async def keep(request: Request, person: Caller) -> LedgerWordsKept:
    """Say once what the headings and words of the unit's ledgers mean: whoever imports for the unit is asked no more. It is journaled."""
    units = _nameable(person, await get_context(request).directory.units())
    said = _said_words(parse_form(LedgerWordsSaid, await read_body(request)))
    if strange := next((word for word, unit in said.values.get("unit", {}).items() if unit not in units), None):
        raise invalid("values.unit", "unknown-unit", f"“{strange[:60]}”对应的单位不存在，或者不在您的管辖范围内")
    async with get_context(request).pool.connection() as connection:
        whole = await keep_words(connection, unit_of_seat(person, OpenIncident), said, person.username, datetime.now(UTC))
    return LedgerWordsKept(headings=dict(whole.headings), values={name: dict(each) for name, each in whole.values.items()})


async def _known_words(request: Request, person: Person) -> Words:
    async with get_context(request).pool.connection() as connection:
        return await words_of(connection, unit_of_seat(person, OpenIncident))


def _said_words(said: LedgerWordsSaid | None) -> Words:
    return Words(said.headings, {str(name): each for name, each in said.values.items()}) if said else Words()


Lines = list[tuple[int, dict[str, Cell]]]


def _placed(tables: list[Table], words: Words) -> tuple[Headings, Lines, Table]:
    """The headings that were found, the rows under them by field, and their table; FormInvalid with what was seen where that will not do."""
    sheets = [each.rows for each in tables]
    found = headings.found(sheets, words.headings)
    sheet, row, seen = (found.sheet, found.row, found.words) if found else headings.likeliest(sheets)
    name = tables[sheet].name if tables else ""
    shown = "、".join(word[:20] for word in seen if word) or "没有文字"
    if wrong := bulk_intake.wrong_headings(found, f"读的是工作表“{name}”第{row}行：{shown[:300]}"):
        raise FormInvalid(errors=wrong, sheet=name, heading_row=row, headings=[word[:60] for word in seen if word])
    assert found is not None  # else something is wrong
    under = [
        (n, cells)
        for n, cells in tables[found.sheet].rows[found.after :]
        if not is_foot(next((each.text for each in cells if each.text), ""))
    ]
    if len(under) > MOST_ROWS:
        raise invalid("file", "too-many-rows", f"一次至多导入{MOST_ROWS}行，请分成几个文件")
    lines = [(n, {name: cells[place] for place, name in found.columns.items() if place < len(cells)}) for n, cells in under]
    return found, lines, tables[found.sheet]


async def _rows_told(request: Request, person: Person, rows: list[bulk_intake.Row]) -> list[dict[str, Any]]:
    """Each row with what is wrong, or its form, and what was opened of it before."""
    keys = {name: row.key for row in rows if row.key for name in _known_by(person, row)}
    # A sheet that is checked leaves no trace of reading: a reason to read opens nothing here.
    scope = scope_of(replace(person, reasoned=False))
    async with get_context(request).pool.connection() as connection:
        opened = {keys[each.key]: each for each in await find_opened_under(connection, scope, list(keys))}
    return [
        {
            "row": row.place,
            "form": row.raw if row.errors else row.form,
            "key": "" if row.errors else row.key,
            **_before(person, opened.get(row.key)),
            "errors": row.errors,
        }
        for row in rows
    ]


def _known_by(person: Person, row: bulk_intake.Row) -> tuple[str, ...]:
    """The keys under which the journal may know a row; rows that people imported before they were everybody's it knows as theirs."""
    unit = row.form.get("unit") or unit_of_seat(person, OpenIncident)
    return bulk_intake.shared_key(unit, row.key), f"{person.username}:{row.key}"


def _nameable(person: Person, tree: Tree) -> dict[str, str]:
    """The units in which this person may open an incident, by name and by id; refused where there are none."""
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


def _before(person: Person, opened: Opened | None) -> dict[str, str | None]:
    """Which incident was opened of a row before, and by whom else."""
    if opened is None:
        return {"number": None, "by_zh": None}
    return {"number": opened.number, "by_zh": (opened.zh or opened.username) if opened.username != person.username else None}


@router.get("/api/imports/template.xlsx", summary="空白警情表", responses=import_files.SHEET | documented(401))
async def template(_: Caller) -> Response:
    """The sheet to fill in."""
    return excel(await anyio.to_thread.run_sync(import_files.template), "警情导入表")


@router.post(
    "/api/imports/refused",
    summary="未导入的行",
    openapi_extra=request_body(RefusedRows),
    responses=import_files.SHEET | documented(401, 413, 415, 422),
)
async def refused(request: Request, _: Caller) -> Response:
    """The rows that could not be imported, in the layout of the template with the reason behind each: correct it and upload it again."""
    rows = parse_form(RefusedRows, await read_body(request)).rows
    called = {column.field: column.heading for column in bulk_intake.columns()}
    told = [(row.form, "；".join(f"{called.get(each.field, '')} {each.detail}".strip() for each in row.errors)) for row in rows]
    return excel(await anyio.to_thread.run_sync(partial(import_files.refused, told)), "未导入的警情")


def excel(data: bytes, name: str) -> Response:
    """A workbook as it is handed out, under that name."""
    encoded = "".join(f"%{byte:02X}" for byte in name.encode())
    disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{encoded}.xlsx"}
    return Response(data, media_type=import_files.MEDIA_TYPE, headers=disposition)
