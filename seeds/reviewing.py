"""A month of case review (案件评查) for the demonstration: a round that is finished, one that is being scored, and drives (专项清查)."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from law.calendar import SHANGHAI
from law.offices import Office
from models.matter import Kind
from models.reviews.checklists import get_checklists
from seeds.bureau import UNITS, list_holders

Take = Callable[[str, str, str, Mapping[str, Any], str], Awaitable[dict[str, Any]]]
"""Take a step, or open a matter of that kind: by whom, on what, which step, with which form, under which key; the receipt."""
Read = Callable[[str, str, Mapping[str, str]], Awaitable[Any]]
"""Read an address: who, which, with which parameters."""

LEGAL: Final = list_holders("legal", Office.LEGAL_REVIEWER)[0].username
# An officer of each station, and none of the legal department, which settles what they find.
REVIEWERS: Final = tuple(
    list_holders(unit.id, Office.CASE_OFFICER)[-1].username
    for unit in UNITS
    if unit.kind == "station" and list_holders(unit.id, Office.CASE_OFFICER)
)
_FILES: Final = 6
_WAIT_S: Final = 20.0
_POLL_S: Final = 0.05
# What the sheets of the finished round lose, by turns: (item, points, what is wrong). The last two do not agree.
_LOST: Final = (
    (),
    ((9, 1, "笔录未逐页签名"),),
    ((31, 1, "结案后十二日才立卷"),),
    ((9, 1, "笔录未逐页签名"), (21, 1, "未向被侵害人送达副本")),
    ((17, 2, "告知与决定同日，未见复核意见"), (16, 2, "幅度说理不足"), (26, 2, "收缴清单缺见证人")),
    (),
)


_SELECTIONS: Final = ("hanging", "wanted", "homicide", "grave-violence", "changed-measures")
_TICKS: Final = (
    "paper_found",
    "catalogue_complete",
    "exhibits_found",
    "samples_usable",
    "suspect_known",
    "measure_checked",
    "within_limitation",
    "witnesses_reachable",
)
_GOES_ON: Final = {
    "result": "continue",
    "next_act": "补充询问证人，完善证据后移送",
    "words": "卷宗在位，证据尚需补充，已定人定期。",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """How the bureau is asked and told: as its users would."""

    take: Take
    read: Read


async def review(desk: Desk, began: datetime) -> None:
    """Play both rounds, whose files are those that the demonstration has just been given."""
    finished = await _draw_round(desk, "finished", "治安案件月度评查", "administrative", began)
    for n, (person, sheet) in enumerate(await _list_sheets(desk, finished)):
        await _score(desk, person, sheet, "administrative", _LOST[n % len(_LOST)])
    await _conclude(desk, finished)
    running = await _draw_round(desk, "running", "接处警月度评查", "incident", began)
    sheets = await _list_sheets(desk, running)
    for person, sheet in sheets[: len(sheets) // 2]:
        await _score(desk, person, sheet, "incident", ())
    await _clear_old_cases(desk, began)


async def _draw_round(desk: Desk, key: str, topic: str, checklist: str, began: datetime) -> str:
    day = began.astimezone(SHANGHAI).date()
    plan = {
        "topic": f"{day.year}年{day.month}月{topic}",
        "checklist": checklist,
        "method": "random",
        "size": _FILES,
        "since": (day - timedelta(days=90)).isoformat(),
        "until": day.isoformat(),
        "reviewers": list(REVIEWERS),
    }
    number = (await desk.take(LEGAL, Kind.REVIEW_ROUND, "", plan, f"seed-review-{key}"))["number"]
    await desk.take(LEGAL, number, "draw-files", {}, f"seed-review-{key}-draw")
    await _list_files(desk, number, lambda _: True)
    await desk.take(LEGAL, number, "assign-reviewers", {}, f"seed-review-{key}-assign")
    return str(number)


async def _list_files(desk: Desk, round_: str, good: Callable[[Mapping[str, Any]], bool]) -> list[dict[str, Any]]:
    """The files of a round, once there are so many and all are so."""
    async with asyncio.timeout(_WAIT_S):
        while True:
            found = (await desk.read(LEGAL, "/api/review-files", {"round": round_}))["items"]
            if found and all(map(good, found)):
                return list(found)
            await asyncio.sleep(_POLL_S)


async def _list_sheets(desk: Desk, round_: str) -> list[tuple[str, str]]:
    """Who has which sheet of a round, once all of them are given."""
    wanted = 2 * len(await _list_files(desk, round_, lambda _: True))
    async with asyncio.timeout(_WAIT_S):
        while True:
            found = [
                (person, each["number"])
                for person in REVIEWERS
                for each in (await desk.read(person, "/api/review-sheets", {"open": "true"}))["items"]
            ]
            if len(found) >= wanted:
                return sorted(found, key=lambda each: each[1])
            await asyncio.sleep(_POLL_S)


async def _score(desk: Desk, person: str, sheet: str, checklist: str, lost: tuple[tuple[int, int, str], ...]) -> None:
    wrong = {item: (points, why) for item, points, why in lost}
    proposed = {each["item"] for each in (await desk.read(person, f"/api/review-sheets/{sheet}", {}))["proposed"]}
    items = [
        _build_score(item.number, item.points, wrong.get(item.number), item.number in proposed)
        for item in get_checklists()[checklist].items
    ]
    await desk.take(person, sheet, "accept-review", {"unrelated": True}, f"seed-{sheet}-accept")
    await desk.take(person, sheet, "score-file", {"items": items}, f"seed-{sheet}-score")


def _build_score(item: int, points: int, wrong: tuple[int, str] | None, is_proposed: bool) -> dict[str, Any]:
    if wrong is None:
        note = {"note": "已核对巡查发现，不影响本项"} if is_proposed else {}
        return {"item": item, "verdict": "met", "points": points, **note}
    less, why = wrong
    verdict = "not" if less >= points else "partly"
    return {"item": item, "verdict": verdict, "points": max(0, points - less), "note": why}


async def _conclude(desk: Desk, round_: str) -> None:
    """Settle what two agree on, rule on the rest, tell the units, and publish."""
    for file in await _list_files(desk, round_, lambda file: file["stage"] in ("settling", "arbitration")):
        number = file["number"]
        if file["stage"] == "settling":
            await desk.take(LEGAL, number, "settle-score", {}, f"seed-{number}-settle")
        else:
            told = await desk.read(LEGAL, f"/api/review-files/{number}", {})
            rulings = [each["first"] for each in told["items"] if each["disputed"]]
            await desk.take(LEGAL, number, "arbitrate-score", {"rulings": rulings}, f"seed-{number}-rule")
        await desk.take(LEGAL, number, "tell-unit", {}, f"seed-{number}-tell")
    summary = "总体合格；询问笔录逐页签名、处罚前告知的复核和结案立卷是共性问题。"
    await desk.take(LEGAL, round_, "publish-results", {"summary": summary}, f"seed-{round_}-publish")


async def _clear_old_cases(desk: Desk, began: datetime) -> None:
    """Have old cases gone through: a third is looked at, a third answered. A drive over identities waits to be launched."""
    day = began.astimezone(SHANGHAI).date()
    ends = {"ends_on": (day + timedelta(days=28)).isoformat()}
    phases = [
        {"topic": topic, "until": (day + timedelta(days=days)).isoformat()}
        for topic, days in (("清底数", 7), ("见卷见物", 14), ("集中攻坚", 28))
    ]
    backlog = {"topic": f"{day.year}年度积案清查", "purpose": "backlog", "selections": _SELECTIONS, "phases": phases} | ends
    number = (await desk.take(LEGAL, Kind.REVIEW_ROUND, "", backlog, "seed-drive"))["number"]
    identity = {"topic": f"{day.year}年身份信息核正", "purpose": "identity"} | ends
    await desk.take(LEGAL, Kind.REVIEW_ROUND, "", identity, "seed-drive-identity")
    if not any(each["matters"] for each in (await desk.read(LEGAL, f"/api/drives/{number}", {}))["selections"]):
        return
    await desk.take(LEGAL, number, "launch-drive", {}, "seed-drive-launch")
    items = await _list_items(desk, number)
    for n, item in enumerate(items[: 2 * len(items) // 3 + 1]):
        answer = dict.fromkeys(_TICKS, "yes") | {"exhibits_found": "yes" if n % 3 else "no", **_GOES_ON}
        form = answer | {"owner": item["officer"], "by_day": ends["ends_on"]}
        await desk.take(item["officer"], item["number"], "answer-backlog-item", form, f"seed-{item['number']}-answer")
        if n <= len(items) // 3:
            await desk.take(LEGAL, item["number"], "verify-drive-item", {}, f"seed-{item['number']}-verify")


async def _list_items(desk: Desk, drive: str) -> list[dict[str, Any]]:
    """What a drive goes through, once all of it was taken in."""
    async with asyncio.timeout(_WAIT_S):
        while True:
            told = await desk.read(LEGAL, f"/api/drives/{drive}", {})
            found = (await desk.read(LEGAL, "/api/drive-items", {"drive": drive, "limit": "100"}))["items"]
            if found and sum(each["items"] for each in told["units"]) == len(found) and all(each["stage"] for each in found):
                return list(found)
            await asyncio.sleep(_POLL_S)
