"""The access log (查阅记录) and the log of sign-ins (登录记录), for supervisors; reading them is traced too."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.access_tracking import declare_reading, list_parameter_titles, note_matter
from api.auth import Caller
from api.context import get_context
from api.http_io import Cursor, Limit, build_page_response, decode_cursor
from api.problems import document_refusals
from api.schemas.readings import AccessTraceList, SignInTraceList
from api.sign_in_events import decrypt, describe_event
from law.calendar import SHANGHAI
from law.instants import read
from law.offices import Office
from law.reasons import format_minute
from models.access.scope import Person, Tree, build_scope
from models.instants import Sought
from models.problems import OfficeMayNotAct, ReasonMissing
from models.readmodel.matter_status import find_matter
from models.readmodel.pagination import MASKED, Page
from models.store import traces as read_by
from models.store.connection import Connection
from models.store.traces import ListedTrace
from models.trace_shapes import AccountEvent, Reading
from runtime.encryption import KeyRing

router = APIRouter(tags=["查阅记录"])

_LONGEST = 60
_WORDS = {403: "无权查阅或者未说明理由，未予查阅", 404: "无权知悉或者不存在，未予查阅"}
# Paging and order say nothing of what was read.
OF_THE_PAGE = frozenset({"cursor", "limit", "order"})
_YES_OR_NO = {"true": "是", "false": "否"}
# Search words stand in the body, which declares no parameters; all else is called by the title of its declaration.
_SEARCHED = {"q": "查找", "holder": "保管人", "narrative": "报警内容", "phone": "报警人电话", "place": "发生地点"}


@dataclass(frozen=True)
class _Span:
    """Of whom, and from when to when; and which page of it."""

    username: Annotated[str | None, Query(title="何人", description="用户名", max_length=_LONGEST)] = None
    since: Annotated[Sought | None, Query(title="自此时起")] = None
    until: Annotated[Sought | None, Query(title="至此时止")] = None
    cursor: Cursor = None
    limit: Limit = 50


Span = Annotated[_Span, Depends()]


@router.get(
    "/api/reading-traces",
    dependencies=declare_reading(Reading.TRACES),
    summary="查阅记录",
    responses={200: {"model": AccessTraceList}} | document_refusals(401, 403, 422),
)
async def list_readings(
    request: Request,
    person: Caller,
    span: Span,
    matter: Annotated[str | None, Query(title="事项编号", max_length=_LONGEST)] = None,
    sort: Annotated[Reading | None, Query(title="何事")] = None,
) -> Response:
    """Who looked at, searched for, exported or printed what, from where, by which office and why, the newest first.

    Of people and matters in the units that the caller supervises; a sealed file that is closed to them is not named, unless they ask for it by
    its number, and say why.
    """
    return await _answer_page(
        request,
        person,
        span,
        partial(_read, list_parameter_titles(request.app)),
        matter=matter and matter.upper(),
        sorts=[sort] if sort else list(Reading),
    )


@router.get(
    "/api/comings",
    dependencies=declare_reading(Reading.COMINGS),
    summary="登录记录",
    responses={200: {"model": SignInTraceList}} | document_refusals(401, 403, 422),
)
async def list_sign_ins(
    request: Request, person: Caller, span: Span, sort: Annotated[AccountEvent | None, Query(title="何事")] = None
) -> Response:
    """Who signed in, tried to, signed out, or changed what they sign in by, from where and how, the newest first.

    Of people in the units that the caller supervises; machines and strangers are told to whoever supervises a bureau whole.
    """
    return await _answer_page(request, person, span, _describe_sign_in, sorts=[sort] if sort else list(AccountEvent))


async def _answer_page(
    request: Request, person: Person, span: _Span, tell: Callable[[ListedTrace, Tree, KeyRing], dict[str, Any]], **chosen: Any
) -> Response:
    if not person.holds(Office.SUPERVISOR):
        raise OfficeMayNotAct("查阅和登录记录只对督察开放", required=[Office.SUPERVISOR])
    after = decode_cursor(span.cursor, str, int)
    given = chosen | {"username": span.username, "since": span.since, "until": span.until}
    given = {name: value for name, value in given.items() if value is not None}
    ctx = get_context(request)
    tree = await ctx.directory.load_units()
    async with ctx.pool.connection() as connection:
        await _note_sealed_matter(request, connection, person, given.get("matter", ""))
        rows = await read_by.list_traces(connection, build_scope(person), given, after, span.limit + 1)
    items = [json.dumps(tell(row, tree, ctx.ring), ensure_ascii=False) for row in rows[: span.limit]]
    last = rows[span.limit - 1] if len(rows) > span.limit else None
    return build_page_response(Page(items, last and (last.sorted_by, last.position)))


async def _note_sealed_matter(request: Request, connection: Connection, person: Person, number: str) -> None:
    """Note about which matter is asked who looked at it; of a sealed file ReasonMissing where nothing is said why."""
    matter, _ = await find_matter(connection, number)
    if matter is None or not person.list_supervising_offices(matter):
        return
    note_matter(request, matter, person)
    if matter.sealed:
        trace = request.state.trace
        trace.asked = {
            name: value for name, value in trace.asked.items() if name != "matter"
        }  # which is not for whoever reads the trace
        if not person.reasoned:
            raise ReasonMissing(matter=number)


def _describe_person(row: ListedTrace, tree: Tree) -> dict[str, Any]:
    return {
        "username": row.username,
        "zh": row.zh,
        "offices_zh": [Office(each).label for each in row.offices if each in set(Office)],
        "units_zh": [tree[each].zh for each in row.units if each in tree],
    }


def _describe_sign_in(row: ListedTrace, tree: Tree, ring: KeyRing) -> dict[str, Any]:
    event = describe_event(row, ring)
    return _describe_person(row, tree) | event | {"at": event["at"].isoformat()}


def _read(titles: Mapping[str, str], row: ListedTrace, tree: Tree, ring: KeyRing) -> dict[str, Any]:
    asked, reason = _decrypt_question_and_reason(row, ring, {**_SEARCHED, **titles})
    return _describe_person(row, tree) | {
        "at": row.at.astimezone(SHANGHAI).isoformat(),
        "address": row.address,
        "sort": row.sort,
        "sort_zh": Reading(row.sort).label if row.sort in set(Reading) else row.sort,
        "matter": row.matter,
        "title": MASKED if row.closed else row.title,
        "asked": asked,
        "reason": reason,
        "refused": _WORDS.get(row.status),
    }


def _decrypt_question_and_reason(row: ListedTrace, ring: KeyRing, titles: Mapping[str, str]) -> tuple[str, str]:
    """What was asked for, as `title：value；…`, and the reason given."""
    private = decrypt(row, ring)
    if private is None:
        return "（密钥已更换，无法显示）", ""
    asked = {name: value for name, value in private.get("asked", {}).items() if name not in OF_THE_PAGE and value not in ("", None)}
    return "；".join(f"{titles.get(name, name)}：{_describe(value)}" for name, value in asked.items()), private.get("reason", "")


def _describe(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(_describe, value))
    if isinstance(value, str) and value in _YES_OR_NO:
        return _YES_OR_NO[value]
    try:
        return format_minute(read(value)) if isinstance(value, str) and "T" in value else str(value)
    except ValueError:
        return value
