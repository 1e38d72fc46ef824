"""S8: a suspect of sixteen, whose file only those who handle it may open; and a child who is asked once."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from law.calendar import SHANGHAI
from operations.verify import verify
from tests.sandbox import Sandbox
from tests.scenarios.fraud import Team, detain, filed_case, opened, team
from tests.scenarios.passing import Passing, eventually
from tests.world import Answer, World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Sixteen in 2026, invented; the check digit is by GB 11643-1999.
BOY: dict[str, Any] = {"name": "何小舟", "sex": "男", "citizen_number": "110105201005150010", "grounds": "监控显示其推走电动自行车"}
ROOM: dict[str, Any] = {"place": "办案中心讯问室", "companion": "许雅婷"}
CHILD: dict[str, Any] = {
    "victim": "victim-1",
    "situation": "both",
    "name": "李小满",
    "sex": "女",
    "place": "一站式取证中心",
    "companion": "许雅婷",
    "recorded": True,
    "guardian": "李秋云",
    "relation": "母亲",
    "female_officer": "许雅婷",
}


def _now() -> datetime:
    return datetime.now(SHANGHAI).replace(second=0, microsecond=0)


async def _minor(people: Team, at: datetime) -> tuple[str, str]:
    case = await filed_case(people, at - DAY)
    return case, await opened(people.officer, await people.officer.take(case, "name-suspect", **BOY))


async def _accesses(people: Team, number: str) -> list[Answer]:
    journal = (await people.legal.read(f"/api/matters/{number}/journal", limit=100))["items"]
    return [each for each in journal if each["sort"] == "access"]


async def test_a_minor_gets_a_lawyer_within_the_limit_and_the_justice_bureau_is_asked(passing: Passing, sandbox: Sandbox) -> None:
    people = await team(passing.county)
    at = await passing.now()
    _, suspect = await _minor(people, at)
    aid = await people.officer.clock(suspect, "legal-aid-mandatory-notice")
    started, due = (datetime.fromisoformat(aid[name]) for name in ("started_at", "due_at"))
    # Nobody is held: three days after the day on which it was found, to the end of the third, or of the next working day.
    assert (aid["state"], due.timetz().isoformat()) == ("running", "23:59:59+08:00")
    assert due.date() >= started.date() + 3 * DAY
    assert "第二百七十八条" in aid["basis"]

    await people.officer.take(suspect, "notify-legal-aid-centre", centre="青岚县法律援助中心")
    clocks = [each for each in await people.officer.read(f"/api/matters/{suspect}/clocks") if each["limit"] == aid["limit"]]
    assert {each["id"]: each["state"] for each in clocks}[aid["id"]] == "met"

    async def asked() -> list[dict[str, Any]]:
        return sandbox.received("justice-bureau")

    (message,) = await eventually(asked)
    assert message["message"]["data"]["suspects"][0]["name"] == BOY["name"]


async def test_a_minor_is_questioned_beside_an_adult_and_the_guardian_is_told(passing: Passing) -> None:
    people = await team(passing.county)
    at = await passing.now()
    _, suspect = await _minor(people, at)
    await detain(people, suspect, at)
    alone = await people.officer.try_(suspect, "interrogate", at=at, **ROOM)
    assert (alone.status_code, alone.json()["type"], alone.json()["field"]) == (409, "/problems/law-forbids", "attended_by")
    assert "《刑事诉讼法》第二百八十一条" in alone.json()["basis"]
    assert "第三百二十三条" in alone.json()["basis"]
    assert (await people.officer.clock(suspect, "criminal-detention-first-interrogation"))["state"] == "running"
    await people.officer.take(suspect, "interrogate", at=at, attended_by="何建国", relation="父亲", **ROOM)
    assert (await people.officer.clock(suspect, "criminal-detention-first-interrogation"))["state"] == "met"

    told: dict[str, Any] = {"at": at, "relative": "父亲 何建国", "means": "当面送达拘留通知书"}
    unnamed = await people.officer.try_(suspect, "notify-family", **told)
    assert (unnamed.status_code, unnamed.json()["field"]) == (409, "guardian")
    await people.officer.take(suspect, "notify-family", guardian="何建国", **told)
    assert (await people.officer.clock(suspect, "criminal-detention-family-notice"))["state"] == "met"
    assert {each["role"]: each["name"] for each in (await people.officer.card(suspect))["people"]}["guardian"] == "何建国"


async def test_a_minors_file_opens_only_to_those_who_handle_it_and_each_look_is_on_record(county: World) -> None:
    people = await team(county)
    case, suspect = await _minor(people, _now())
    colleague = await county.as_("xuyating")
    for number in (case, suspect):
        for hand in (colleague, people.supervisor):
            for path in ("", "/journal", "/clocks", "/steps"):
                assert (await hand.get(f"/api/matters/{number}{path}")).status_code == 404
            assert number not in [each["number"] for each in (await hand.read("/api/matters", limit=100))["items"]]
            assert number not in [each["matter"] for each in (await hand.read("/api/clocks", limit=100))["items"]]
        for hand in (people.officer, people.head, people.chief, people.legal):
            assert (await hand.card(number))["sealed"] is True
            assert number in [each["number"] for each in (await hand.read("/api/matters", limit=100))["items"]]
    refused = await colleague.try_(suspect, "interrogate", attended_by="何建国", relation="父亲", **ROOM)
    assert refused.status_code == 404

    looks = [(each["username"], each["content"]["what"]) for each in await _accesses(people, suspect)]
    assert looks[-5:-1] == [("liusiyuan", "card"), ("zhaotiejun", "card"), ("zhouminghui", "card"), ("fangzhengping", "card")]
    assert looks[-1] == ("fangzhengping", "journal")
    assert not {"xuyating", "leijianfeng"} & {name for name, _ in looks}
    assert verify(county.settings).faults == []


async def test_the_same_look_into_a_sealed_file_is_journaled_once_in_ten_minutes(county: World) -> None:
    people = await team(county)
    _, suspect = await _minor(people, _now())

    async def looks(what: str) -> int:
        told = [each["content"]["what"] for each in await _accesses(people, suspect) if each["username"] == "zhaotiejun"]
        return told.count(what)

    await asyncio.gather(*(people.head.read(f"/api/matters/{suspect}/clocks") for _ in range(20)))
    await people.head.card(suspect)
    assert (await looks("clocks"), await looks("card")) == (1, 1)
    await county.ask("ALTER TABLE entry DISABLE TRIGGER USER")
    await county.ask("UPDATE entry SET recorded_at = recorded_at - interval '11 minutes' WHERE chain = %(n)s", n=suspect)
    await people.head.read(f"/api/matters/{suspect}/clocks")
    assert (await looks("clocks"), await looks("card")) == (2, 1)


async def test_somebody_joins_those_who_handle_a_sealed_file_and_leaves_them_again(county: World) -> None:
    people = await team(county)
    _, suspect = await _minor(people, _now())
    colleague = await county.as_("xuyating")
    stranger = await people.officer.try_(suspect, "admit-handler", handler="wuhaoran", reason="协办")
    assert (stranger.status_code, stranger.json()["errors"][0]["rule"]) == (422, "out-of-reach")
    await people.officer.take(suspect, "admit-handler", handler="xuyating", reason="讯问须有女工作人员协办")
    assert (await colleague.get(f"/api/matters/{suspect}")).status_code == 404
    await people.head.approve(suspect, "admit-handler")
    assert (await colleague.card(suspect))["handlers"] == ["xuyating"]
    assert suspect in [each["number"] for each in (await colleague.read("/api/matters"))["items"]]
    await people.officer.take(suspect, "dismiss-handler", handler="xuyating", reason="协办结束")
    assert (await colleague.get(f"/api/matters/{suspect}")).status_code == 404


async def test_any_file_may_be_sealed_and_opened_again_by_the_county_head(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, _now() - DAY)
    colleague = await county.as_("xuyating")
    assert (await colleague.card(case))["sealed"] is False
    await people.officer.take(case, "seal-file", grounds="涉及被害人隐私")
    await people.head.approve(case, "seal-file")
    assert (await colleague.get(f"/api/matters/{case}")).status_code == 404
    await people.legal.take(case, "unseal-file", grounds="封存事由消失")
    await people.chief.approve(case, "unseal-file")
    assert (await colleague.card(case))["sealed"] is False


async def test_a_corrected_birthday_makes_a_minor_with_all_that_follows(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, _now() - DAY)
    suspect = await opened(people.officer, await people.officer.take(case, "name-suspect", name="何小舟", born_on="2000-05-15"))
    colleague = await county.as_("xuyating")
    assert (await colleague.card(suspect))["sealed"] is False
    number = BOY["citizen_number"]
    await people.officer.take(suspect, "correct-record", party="suspect", citizen_number=number, reason="户籍系统核对")
    await people.head.approve(suspect, "correct-record")
    assert (await people.officer.clock(suspect, "legal-aid-mandatory-notice"))["state"] == "running"
    assert (await colleague.get(f"/api/matters/{suspect}")).status_code == 404
    assert (await people.officer.try_(suspect, "interrogate", **ROOM)).json()["field"] == "attended_by"

    async def sealed() -> bool:
        return (await people.officer.card(case))["sealed"]

    assert await eventually(sealed)
    assert verify(county.settings).faults == []


async def test_a_child_is_interviewed_once_and_again_only_for_a_reason_and_by_leave(county: World) -> None:
    people = await team(county)
    case = await filed_case(people, _now() - DAY)
    alone: dict[str, Any] = {**CHILD, "guardian": "", "relation": ""}
    unguarded = await people.officer.try_(case, "interview-victim", **alone)
    assert unguarded.status_code == 422
    await people.officer.take(case, "interview-victim", **CHILD)
    assert {each["id"]: each["role"] for each in (await people.officer.card(case))["people"]}["victim-1"] == "victim"

    second = await people.officer.try_(case, "interview-victim", **CHILD)
    assert (second.status_code, second.json()["type"]) == (409, "/problems/law-forbids")
    assert "第三百二十六条" in second.json()["basis"]
    again: dict[str, Any] = {
        name: CHILD[name] for name in ("victim", "place", "companion", "recorded", "guardian", "relation", "female_officer")
    }
    unexplained = await people.officer.try_(case, "interview-victim-again", **again)
    assert [each["field"] for each in unexplained.json()["errors"]] == ["explanation"]
    asked = await people.officer.take(case, "interview-victim-again", explanation="出现新的关键证据，须向其核实", **again)
    assert asked["standing"] == "awaiting-approval"
    assert (await people.head.approve(case, "interview-victim-again"))["standing"] == "done"
    another: dict[str, Any] = {**again, "victim": "victim-2", "explanation": "核实"}
    assert (await people.officer.try_(case, "interview-victim-again", **another)).status_code == 409
