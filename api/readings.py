"""What was read (查阅记录), for those who supervise whoever read it or the matter that was read; asking for it leaves a trace too."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from api.auth import Caller
from api.bodies import Cursor, Limit, listed, read_cursor
from api.desk import desk
from api.problems import documented
from api.reads import reads
from api.shapes.readings import ReadingList
from law.calendar import SHANGHAI
from law.offices import Office
from models import readings as read_by
from models.instants import Sought
from models.pages import MASKED, Page
from models.problems import OfficeMayNotAct
from models.reach import Tree, scope_of
from models.traces import Reading
from runtime.encryption import KeyRing, Unreadable

router = APIRouter(tags=["查阅记录"])

_LONGEST = 60
_WORDS = {403: "未说明理由，未予查阅", 404: "无权知悉或者不存在，未予查阅"}


@router.get(
    "/api/reading-traces",
    dependencies=reads(Reading.TRACES),
    summary="查阅记录",
    responses={200: {"model": ReadingList}} | documented(401, 403, 422),
)
async def readings(
    request: Request,
    person: Caller,
    username: Annotated[str | None, Query(title="查阅人", max_length=_LONGEST)] = None,
    matter: Annotated[str | None, Query(title="事项编号", max_length=_LONGEST)] = None,
    sort: Annotated[Reading | None, Query(title="查阅内容")] = None,
    since: Annotated[Sought | None, Query(title="自此时起")] = None,
    until: Annotated[Sought | None, Query(title="至此时止")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Response:
    """Who looked at, searched for, exported or printed what, from where, by which office and why, the newest first.

    Of people and matters in the units that the caller supervises; a sealed file that is closed to them is not named.
    """
    if not person.holds(Office.SUPERVISOR):
        raise OfficeMayNotAct("查阅记录只对督察开放", required=[Office.SUPERVISOR])
    after = read_cursor(cursor, str, int)
    chosen = {
        "username": username,
        "matter": matter and matter.upper(),
        "sort": sort and sort.value,
        "since": since,
        "until": until,
    }
    chosen = {name: value for name, value in chosen.items() if value is not None}
    house = desk(request)
    tree = await house.register.units()
    async with house.pool.connection() as connection:
        rows = await read_by.readings(connection, scope_of(person), chosen, after, limit + 1)
    items = [json.dumps(_told(row, tree, house.ring), ensure_ascii=False) for row in rows[:limit]]
    last = rows[limit - 1] if len(rows) > limit else None
    return listed(Page(items, last and (last.sorted_by, last.position)))


def _told(row: Any, tree: Tree, ring: KeyRing) -> dict[str, Any]:
    asked, reason = _said(row, ring)
    return {
        "at": row.at.astimezone(SHANGHAI).isoformat(),
        "username": row.username,
        "zh": row.zh,
        "offices_zh": [Office(each).zh for each in row.offices if each in set(Office)],
        "units_zh": [tree[each].zh for each in row.units if each in tree],
        "address": row.address,
        "sort": row.sort,
        "sort_zh": Reading(row.sort).zh if row.sort in set(Reading) else row.sort,
        "matter": row.matter,
        "title": MASKED if row.closed else row.title,
        "asked": asked,
        "reason": reason,
        "refused": _WORDS.get(row.status),
    }


def _said(row: Any, ring: KeyRing) -> tuple[str, str]:
    """What was asked for, as `name：value；…`, and why."""
    if row.secret is None:
        return "", ""
    try:
        said = json.loads(ring.decrypt(row.key_id or "", row.secret))
    except (Unreadable, ValueError):
        return "（密钥已更换，无法显示）", ""
    words = "；".join(f"{name}：{value}" for name, value in said.get("asked", {}).items() if value not in ("", None))
    return words, said.get("reason", "")
