"""Many incidents at once (批量接报): a sheet is read and checked, and nothing is written; each good row is then opened as any incident is."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import anyio
from fastapi import APIRouter, Request
from fastapi.responses import Response

from api import import_files
from api.auth import Caller
from api.context import get_context
from api.http_io import parse_form, read_body, request_body
from api.matters import unit_of_seat
from api.problems import documented
from api.schemas.intake import Checked, RefusedRows
from api.uploads import file_in, multipart
from models import bulk_intake
from models.access.scope import Person, Tree, scope_of
from models.forms.incident import OpenIncident
from models.problems import FormTooLarge, OfficeMayNotAct
from models.readmodel import queries

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
                    "properties": {"file": {"type": "string", "format": "binary", "title": "警情表（xlsx 或者 csv）"}},
                }
            }
        },
    }
}
_SHEET: dict[int | str, dict[str, Any]] = {200: {"content": {import_files.MEDIA_TYPE: {}}}}


@router.post(
    "/api/imports",
    summary="检查警情表",
    openapi_extra=_FILE,
    responses={200: {"model": Checked}} | documented(401, 403, 413, 415, 422),
    response_model=None,
)
async def check(request: Request, person: Caller) -> Response:
    """Read a sheet of incidents and say of each row what is wrong with it, or give its form; nothing is written.

    Each good row is to be handed in to `POST /api/matters/incident` with its `key` as Idempotency-Key: the key is made of what the row
    says, so that a row uploaded again, by whomever, gets the first receipt. `number` is the incident that was opened of it before; `by_zh` tells who
    did, if not the caller.
    """
    ctx = get_context(request)
    units = _nameable(person, await ctx.directory.units())
    async with multipart(request, 0, "须有一个文件") as form:
        data = await file_in(form).read()
    if len(data) > LARGEST_SHEET:
        raise FormTooLarge(limit_bytes=LARGEST_SHEET)
    headings, rows = await anyio.to_thread.run_sync(partial(_checked, data, units))
    keys = {name: row.key for row in rows if row.key for name in _known_by(person, row)}
    # A sheet that is checked leaves no trace of reading: a reason to read opens nothing here.
    scope = scope_of(replace(person, reasoned=False))
    async with ctx.pool.connection() as connection:
        opened = {keys[each.key]: each for each in await queries.opened_under(connection, scope, list(keys))}
    return Response(json.dumps(_told(person, headings, rows, opened), ensure_ascii=False), media_type="application/json")


def _known_by(person: Person, row: bulk_intake.Row) -> tuple[str, ...]:
    """The keys under which the journal may know a row; rows that people imported before they were everybody's it knows as theirs."""
    unit = row.form.get("unit") or unit_of_seat(person, OpenIncident)
    return bulk_intake.shared_key(unit, row.key), f"{person.username}:{row.key}"


def _checked(data: bytes, units: Mapping[str, str]) -> tuple[list[str], list[bulk_intake.Row]]:
    headings, lines = import_files.read(data)
    return headings, bulk_intake.checked(lines, units, datetime.now(UTC))


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


def _told(person: Person, headings: list[str], rows: list[bulk_intake.Row], opened: Mapping[str, queries.Opened]) -> dict[str, Any]:
    known = {column.heading: column.field for column in bulk_intake.columns()} | {
        column.field: column.field for column in bulk_intake.columns()
    }
    return {
        "columns": [{"heading": each, "field": known.get(each)} for each in headings if each],
        "rows": [
            {
                "row": row.place,
                "form": row.raw if row.errors else row.form,
                "key": "" if row.errors else row.key,
                **_before(person, opened.get(row.key)),
                "errors": row.errors,
            }
            for row in rows
        ],
    }


def _before(person: Person, opened: queries.Opened | None) -> dict[str, str | None]:
    """Which incident was opened of a row before, and by whom else."""
    if opened is None:
        return {"number": None, "by_zh": None}
    return {"number": opened.number, "by_zh": (opened.zh or opened.username) if opened.username != person.username else None}


@router.get("/api/imports/template.xlsx", summary="空白警情表", responses=_SHEET | documented(401))
async def template(_: Caller) -> Response:
    """The sheet to fill in."""
    return _excel(await anyio.to_thread.run_sync(import_files.template), "警情导入表")


@router.post(
    "/api/imports/refused",
    summary="未导入的行",
    openapi_extra=request_body(RefusedRows),
    responses=_SHEET | documented(401, 413, 415, 422),
)
async def refused(request: Request, _: Caller) -> Response:
    """The rows that could not be imported, in the layout of the template with the reason behind each: correct it and upload it again."""
    rows = parse_form(RefusedRows, await read_body(request)).rows
    headings = {column.field: column.heading for column in bulk_intake.columns()}
    told = [(row.form, "；".join(f"{headings.get(each.field, '')} {each.detail}".strip() for each in row.errors)) for row in rows]
    return _excel(await anyio.to_thread.run_sync(partial(import_files.refused, told)), "未导入的警情")


def _excel(data: bytes, name: str) -> Response:
    encoded = "".join(f"%{byte:02X}" for byte in name.encode())
    disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{encoded}.xlsx"}
    return Response(data, media_type=import_files.MEDIA_TYPE, headers=disposition)
