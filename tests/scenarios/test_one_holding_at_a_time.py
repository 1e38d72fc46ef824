"""Nobody is held twice at once, whatever the matters are; and nobody is brought in once an incident is settled."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.scenarios.fraud import SUSPECT, detain, filed_case, named_suspect, opened, team
from tests.workflows.test_trunk import HELP, an_incident, standing_of
from tests.world import Hand, World

STOP: dict[str, Any] = {"name": "盘问甲", "grounds": "形迹可疑", "vulnerable": False}
SUMMONS: dict[str, Any] = {"name": "盘问甲", "grounds": "殴打他人"}
DONE: dict[str, Any] = {"outcome": "已办结"}
KNOWN = {"name": SUSPECT["name"], "citizen_number": SUSPECT["citizen_number"]}
CRIMINAL: dict[str, Any] = {"place": "城关派出所", "grounds": "需要讯问"}
WARRANT: dict[str, Any] = {"place": "青岚县城关镇", "grounds": "可能逃跑"}


async def test_nobody_is_stopped_or_summoned_again_before_they_were_let_go_or_at_once_after(county: World) -> None:
    number, officer = await an_incident(county)
    head, now = await county.as_("zhaotiejun"), datetime.now(UTC)
    await officer.take(number, "stop-person", at=now - timedelta(hours=3), **STOP)
    await head.approve(number, "stop-person")
    before = await officer.card(number)
    for step, said in (("stop-person", STOP), ("stop-person", {**STOP, "vulnerable": True}), ("summon-for-inquiry", SUMMONS)):
        refused = await officer.try_(number, step, **said)
        assert (refused.status_code, refused.json()["type"], refused.json()["field"]) == (409, "/problems/law-forbids", "at")
        assert "尚未结束" in refused.json()["detail"]
    assert (await officer.card(number))["seq"] == before["seq"]
    await officer.take(number, "end-stop", at=now - timedelta(hours=1))
    chained = await officer.try_(number, "stop-person", **STOP)
    assert chained.status_code == 409
    assert "间隔不满12小时" in chained.json()["detail"]


async def test_nobody_is_brought_in_once_the_incident_is_closed_nor_by_approving_what_was_asked_before(county: World) -> None:
    number, officer = await an_incident(county)
    head = await county.as_("zhaotiejun")
    await officer.take(number, "classify-incident", **HELP)
    await officer.take(number, "stop-person", **STOP)
    assert (await officer.take(number, "close-incident", **DONE))["stage"] == "closed"
    assert (await standing_of(county, number)).requests == []
    fallen = await head.try_(number, "approve", request="stop-person")
    assert (fallen.status_code, fallen.json()["type"]) == (409, "/problems/step-not-open")
    for step, said in (("stop-person", STOP), ("summon-for-inquiry", SUMMONS), ("start-sobering", {})):
        refused = await officer.try_(number, step, **said)
        assert (refused.status_code, refused.json()["type"]) == (409, "/problems/step-not-open")


async def test_whoever_is_held_as_the_incident_is_closed_can_still_be_let_go(county: World) -> None:
    number, officer = await an_incident(county)
    await officer.take(number, "classify-incident", **HELP)
    await officer.take(number, "stop-person", **STOP)
    await (await county.as_("zhaotiejun")).approve(number, "stop-person")
    assert (await officer.take(number, "close-incident", **DONE))["stage"] == "closed"
    assert (await officer.take(number, "end-stop"))["standing"] == "done"


async def test_whoever_is_stopped_in_an_incident_is_not_summoned_meanwhile_in_the_case_made_of_it(county: World) -> None:
    number, officer = await an_incident(county)
    head, now = await county.as_("zhaotiejun"), datetime.now(UTC)
    await officer.take(number, "stop-person", at=now - timedelta(hours=3), **STOP)
    await head.approve(number, "stop-person")
    beaten = {"violation": "za-51-1", "reason": "殴打他人", "injured": False}
    await officer.take(number, "classify-incident", classification="administrative", **beaten)
    case = await opened(officer, await officer.take(number, "file-administrative-case", violation="za-51-1", injured=False))
    for said in (SUMMONS, {**SUMMONS, "name": "盘 问甲"}):
        refused = await officer.try_(case, "summon-for-inquiry", **said)
        assert (refused.status_code, refused.json()["type"], refused.json()["field"]) == (409, "/problems/law-forbids", "at")
        assert "尚未结束" in refused.json()["detail"]
        assert number in refused.json()["detail"]
    assert (await officer.take(case, "summon-for-inquiry", **{**SUMMONS, "name": "盘问乙"}))["standing"] == "awaiting-approval"
    await officer.take(case, "withdraw", request="summon-for-inquiry", reason="改由他人办理")
    other = await officer.take(case, "summon-for-inquiry", **SUMMONS, namesake=True)
    assert other["standing"] == "awaiting-approval"
    await officer.take(case, "withdraw", request="summon-for-inquiry", reason="系同一人")
    await officer.take(number, "end-stop", at=now - timedelta(hours=1))
    await officer.take(case, "summon-for-inquiry", **SUMMONS)
    assert (await head.approve(case, "summon-for-inquiry"))["standing"] == "done"


async def an_administrative_case(officer: Hand, *, person: dict[str, Any]) -> str:
    case = (await officer.open("public-order-case", violation="za-51-1", summary="殴打他人", injured=False))["number"]
    await officer.take(case, "name-offender", **person)
    return case


def held_already(refused: httpx.Response, *said: str, field: str = "at") -> None:
    answer = refused.json()
    assert (refused.status_code, answer["type"], answer["field"]) == (409, "/problems/law-forbids", field), answer
    assert all(each in answer["detail"] for each in said), answer["detail"]


async def test_nobody_is_summoned_in_two_administrative_cases_at_once(county: World) -> None:
    officer, head = await county.as_("liusiyuan"), await county.as_("zhaotiejun")
    one, other = [await an_administrative_case(officer, person=KNOWN) for _ in range(2)]
    await officer.take(one, "summon-for-inquiry", grounds="殴打他人")
    await head.approve(one, "summon-for-inquiry")
    held_already(await officer.try_(other, "summon-for-inquiry", grounds="殴打他人"), f"另案（{one}）", "治安传唤")
    await officer.take(one, "end-inquiry")
    held_already(await officer.try_(other, "summon-for-inquiry", grounds="殴打他人"), "间隔不满12小时", f"另案（{one}）")


async def test_whoever_is_detained_is_not_summoned_in_an_administrative_case(county: World) -> None:
    people = await team(county)
    at = datetime.now(UTC) - timedelta(hours=2)
    suspect = await named_suspect(people, await filed_case(people, at - timedelta(hours=3)))
    await detain(people, suspect, at)
    case = await an_administrative_case(people.officer, person=KNOWN)
    held_already(await people.officer.try_(case, "summon-for-inquiry", grounds="殴打他人"), suspect, "刑事拘留")
    await people.officer.take(suspect, "release", grounds="不应当拘留")
    await people.chief.approve(suspect, "release")
    assert (await people.officer.take(case, "summon-for-inquiry", grounds="殴打他人"))["standing"] == "awaiting-approval"


async def test_nobody_is_summoned_in_two_criminal_cases_at_once(county: World) -> None:
    people = await team(county)
    at = datetime.now(UTC) - timedelta(hours=3)
    one, other = [await named_suspect(people, await filed_case(people, at)) for _ in range(2)]
    await people.officer.take(one, "summon", **CRIMINAL)
    await people.head.approve(one, "summon")
    held_already(await people.officer.try_(other, "summon", **CRIMINAL), one, "传唤")
    await people.officer.take(one, "end-summons")
    held_already(await people.officer.try_(other, "summon", **CRIMINAL), "间隔不满12小时", f"另案（{one}）")


async def test_a_chain_of_summonses_through_two_cases_is_none_of_either_and_a_day_later_they_are(county: World) -> None:
    officer, head, now = await county.as_("liusiyuan"), await county.as_("zhaotiejun"), datetime.now(UTC)
    one, other = [await an_administrative_case(officer, person=KNOWN) for _ in range(2)]
    await officer.take(one, "summon-for-inquiry", grounds="殴打他人", at=now - timedelta(hours=20))
    await head.approve(one, "summon-for-inquiry")
    await officer.take(one, "end-inquiry", at=now - timedelta(hours=13))
    before = await officer.try_(other, "summon-for-inquiry", grounds="殴打他人", at=now - timedelta(hours=24))
    assert before.status_code in (409, 422), "nor is one dated back before it"
    await county.ask("UPDATE matter SET sealed = true, officer = 'zhaotiejun', handlers = '{}' WHERE number = %(one)s", one=one)
    near = await officer.try_(other, "summon-for-inquiry", grounds="殴打他人", at=now - timedelta(hours=12))
    held_already(near, "间隔不满12小时", "本局另案）")
    assert one not in near.text
    assert (await officer.take(other, "summon-for-inquiry", grounds="殴打他人"))["standing"] == "awaiting-approval"


async def test_what_holds_somebody_in_a_file_that_is_closed_to_whoever_asks_bears_no_number(county: World) -> None:
    officer, head = await county.as_("liusiyuan"), await county.as_("zhaotiejun")
    one, other = [await an_administrative_case(officer, person=KNOWN) for _ in range(2)]
    await officer.take(one, "summon-for-inquiry", grounds="殴打他人")
    await head.approve(one, "summon-for-inquiry")
    await county.ask("UPDATE matter SET sealed = true, officer = 'zhaotiejun', handlers = '{}' WHERE number = %(one)s", one=one)
    refused = await officer.try_(other, "summon-for-inquiry", grounds="殴打他人")
    held_already(refused, "本局另案自")
    assert one not in refused.text


async def test_of_a_namesake_who_is_held_in_another_case_whoever_asks_is_told(county: World) -> None:
    officer, head = await county.as_("liusiyuan"), await county.as_("zhaotiejun")
    one, other = [await an_administrative_case(officer, person={"name": name, "minor": False}) for name in ("重名丙", "重名 丙")]
    await officer.take(one, "summon-for-inquiry", grounds="殴打他人")
    await head.approve(one, "summon-for-inquiry")
    receipt = await officer.take(other, "summon-for-inquiry", grounds="殴打他人")
    assert any(one in note and "同名" in note for note in receipt["notes"])


async def test_whoever_is_summoned_for_an_inquiry_is_not_summoned_in_the_criminal_case_made_of_it(county: World) -> None:
    people = await team(county)
    case = await an_administrative_case(people.officer, person=KNOWN)
    await people.officer.take(case, "summon-for-inquiry", grounds="殴打他人")
    await people.head.approve(case, "summon-for-inquiry")
    await people.officer.take(case, "turn-criminal", charge="xf-266", reason="涉嫌犯罪")
    criminal = await opened(people.officer, await people.chief.approve(case, "turn-criminal"))
    await people.officer.take(criminal, "file-case", charge="xf-266", grounds="有犯罪事实")
    await people.chief.approve(criminal, "file-case")
    suspect = await named_suspect(people, criminal, **KNOWN, grounds="指认")
    held_already(await people.officer.try_(suspect, "summon", **CRIMINAL), case, "治安传唤", "尚未结束")
    held_already(await people.officer.try_(suspect, "execute-detention", **WARRANT), case, "治安传唤", "尚未结束")
    await people.officer.take(case, "end-inquiry")
    await people.officer.take(suspect, "summon", **CRIMINAL)
    assert (await people.officer.take(suspect, "execute-detention", **WARRANT))["standing"] == "awaiting-approval"
