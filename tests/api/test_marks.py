"""Marks: shown and found in lists, set by forms and by hand, taken away with a reason; under some of them people are called by a code."""

import asyncio
from typing import Any
from urllib.parse import quote

from api.access_reason import REASON
from models.marks import build_code_name
from tests.api.matters import accepted, requested
from tests.api.test_rectification_orders import problem
from tests.world import Hand, World
from verification.verification import verify

BOY = "贺小宝"


async def marked(hand: Hand, mark: str) -> dict[str, list[str]]:
    return {each["number"]: each["marks"] for each in (await hand.read("/api/matters", mark=mark))["items"]}


async def title(hand: Hand, number: str) -> str:
    (row,) = (await hand.find("/api/matters/find", q=number))["items"]
    assert row["title"] == (await hand.card(number))["title"]
    return row["title"]


async def found(hand: Hand, words: str) -> list[tuple[str, str]]:
    return [(each["matter"], each["name"]) for each in (await hand.find("/api/search", q=words))["people"]]


async def test_a_mark_is_set_shown_and_found_until_who_reviews_takes_it_away_with_a_reason(bureau: World) -> None:
    case, officer = await accepted(bureau)
    legal = await bureau.as_("jiangruolan")
    said: dict[str, Any] = {"marks": ["foreigner", "media", "media"]}
    await officer.take(case, "mark-matter", **said)
    assert (await officer.card(case))["marks"] == ["foreigner", "media"]
    assert (await marked(officer, "media"), await marked(officer, "minor")) == ({case: ["foreigner", "media"]}, {})
    assert (await problem(officer, case, "mark-matter", marks=["media"]))[:2] == (422, "form-invalid")
    # That it is sensitive has a step of its own, with criteria.
    assert (await problem(officer, case, "mark-matter", marks=["sensitive"]))[:2] == (422, "form-invalid")
    assert (await problem(officer, case, "clear-marks", marks=["media"], reason="已平息"))[:2] == (403, "office-may-not-act")
    assert (await problem(legal, case, "clear-marks", marks=["media"]))[:2] == (422, "form-invalid")
    await legal.take(case, "clear-marks", marks=["media"], reason="已平息")
    assert (await problem(legal, case, "clear-marks", marks=["media"], reason="已平息"))[:2] == (422, "form-invalid")
    assert await marked(officer, "foreigner") == {case: ["foreigner"]}
    grave, _ = await accepted(bureau, charge="xf-236", injured=False, summary="夜归途中被侵害")
    assert await marked(officer, "sexual-offence") == {grave: ["sexual-offence"]}
    # Whoever does not handle it says why they read it: a colleague of the station, with the reason on record.
    colleague = await bureau.as_("xuyating", reason="")
    told_of = [each for each in (await colleague.find("/api/search", q="夜归途中"))["narrative"] if each["matter"] == grave]
    assert [each["excerpt"] for each in told_of] == ["（标有敏感标记，内容请打开事项查阅）"], "nor does a search tell what it says"
    refused = await colleague.get(f"/api/matters/{grave}")
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/reading-reason-missing")
    assert "性侵害" in refused.json()["detail"]
    colleague.http.headers[REASON] = quote("协助办理，核对被害人")
    officer.http.headers[REASON] = ""
    for hand, number in ((colleague, grave), (officer, grave), (officer, case)):
        assert (await hand.card(number))["number"] == number
    assert await bureau.ctx.access_log.flush()
    told = (await (await bureau.as_("mengqiu")).read("/api/reading-traces", username="xuyating"))["items"]
    assert [(each["matter"], each["reason"]) for each in told if each["sort"] == "matter"] == [
        (grave, "协助办理，核对被害人"),
        (grave, ""),
    ]


async def test_a_minor_is_called_by_a_code_wherever_lists_and_searches_name_them(bureau: World) -> None:
    case, officer = await requested(bureau)
    await (await bureau.as_("zhouminghui")).take(case, "approve", request="file-case")
    suspect = (await officer.take(case, "name-suspect", name=BOY, born_on="2011-05-01"))["opened"][0]
    code = build_code_name("suspect", suspect, "suspect")
    assert await title(officer, suspect) == code
    assert await found(officer, BOY) == [(suspect, code)]
    assert [each["name"] for each in (await officer.card(suspect))["people"]] == [BOY], (
        "who handles the file knows whom it is about"
    )
    assert {*await marked(officer, "minor")} == {case, suspect}
    assert (
        BOY
        not in (await officer.get("/api/clocks")).text
        + (await officer.get("/api/tasks")).text
        + (await officer.get("/api/notices")).text
    )
    await officer.take(suspect, "find-adult", evidence="户籍档案载明其已满十八周岁")
    await (await bureau.as_("zhaotiejun")).take(suspect, "approve", request="find-adult")
    assert (await title(officer, suspect), await found(officer, BOY)) == (BOY, [(suspect, BOY)])
    assert (await asyncio.to_thread(verify, bureau.settings)).faults == []
