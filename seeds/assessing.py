"""Last month's assessment (月度考评) for the demonstration: closed as its schedule would have, published, and objected to by two stations."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

from law.offices import Office
from models.matter import Kind
from seeds.bureau import UNITS, list_holders
from seeds.reviewing import LEGAL, Desk

Close = Callable[[], Awaitable[object]]
"""Has last month's close made for every unit, and each unit's assessment drafted over it."""

SUPERVISOR: Final = list_holders("inspection", Office.SUPERVISOR)[0].username
STATIONS: Final = {
    unit.id: list_holders(unit.id, Office.STATION_HEAD)[0].username
    for unit in UNITS
    if unit.kind == "station" and list_holders(unit.id, Office.STATION_HEAD)
}
_OBJECT: Final = 2
_WAIT_S: Final = 20.0
_POLL_S: Final = 0.1
_COMMENTS: Final = (
    "受案、立案及时，卷宗整理规范；询问笔录逐页签名仍有遗漏。",
    "处警反馈完整，回应群众及时；整改反馈质量不高，个别问题反复出现。",
    "办案期限把握较好；涉案财物入库和案结处理应当跟上。",
)


async def publish_months(desk: Desk, close: Close) -> None:
    """Publish what last month came to, unit by unit; two stations object, and one of the two is answered."""
    await close()
    found = await _list_drafted(desk)
    for n, one in enumerate(found):
        said = {"comment": _COMMENTS[n % len(_COMMENTS)], "topic": "治安调解的范围和程序"}
        await desk.take(LEGAL, one["number"], "publish-assessment", said, f"seed-{one['number']}-publish")
    of_stations = [each for each in found if each["unit"] in STATIONS][:_OBJECT]
    for n, one in enumerate(of_stations):
        if indicator := await _find_scored(desk, one):
            said = {"indicator": indicator, "grounds": "其中一件因鉴定期间不计入办案期限，请予核减。"}
            await desk.take(STATIONS[one["unit"]], one["number"], "object-to-indicator", said, f"seed-{one['number']}-object")
            if n == 0:
                answer = {"upheld": False, "reason": "鉴定期间已经依法扣除，计算无误。"}
                key = f"seed-{one['number']}-decide"
                await desk.take(SUPERVISOR, one["number"], "decide-assessment-objection", answer, key)


async def _list_drafted(desk: Desk) -> list[dict[str, Any]]:
    """The assessments, once they are there; none where nothing of last month is to be scored."""
    asked = {"kind": Kind.ASSESSMENT.value, "limit": "100"}
    loop = asyncio.get_running_loop()
    until, before = loop.time() + _WAIT_S, -1
    while loop.time() < until:
        found = (await desk.read(LEGAL, "/api/matters", asked))["items"]
        if found and len(found) == before:
            return sorted(found, key=lambda each: each["number"])
        before = len(found)
        await asyncio.sleep(_POLL_S * 10 if found else _POLL_S)
    return []


async def _find_scored(desk: Desk, assessment: dict[str, Any]) -> str:
    """The indicator of that unit's month in which most points were lost; empty where none is scored."""
    month = assessment["title"][:7]
    sheet = await desk.read(LEGAL, "/api/assessment/sheet", {"unit": assessment["unit"], "month": month})
    scored = [each for each in sheet["indicators"] if each["points"] is not None and each["weight"]]
    lost = max(scored, key=lambda each: each["weight"] - each["points"], default=None)
    return str(lost["indicator"]) if lost else ""
