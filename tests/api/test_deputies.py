"""Who is away has a deputy: what is theirs by name stands in the deputy's list, and is theirs alone again once they are back."""

from datetime import UTC, datetime, timedelta
from typing import Any

from operations.verify import verify
from tests.api.matters import reported
from tests.world import Hand, World
from watchdog.duties.seal_journal import SealJournal

DAY = timedelta(days=1)


async def away(hand: Hand, deputy: str, **said: Any) -> Any:
    now = datetime.now(UTC)
    asked = {"deputy": deputy, "begins": (now - DAY).isoformat(), "ends": (now + DAY).isoformat(), "reason": "年休假"}
    return await hand.post("/api/absences", **(asked | said))


async def listed(hand: Hand, number: str) -> list[str]:
    return [each["step"] for each in (await hand.read("/api/tasks"))["items"] if each["matter"] == number]


async def test_a_turn_of_who_is_away_is_their_deputys_too_and_theirs_alone_once_they_are_back(bureau: World) -> None:
    number, officer = await reported(bureau)
    deputy = await bureau.as_("machao")
    assert await listed(deputy, number) == []
    said = await away(officer, "machao")
    assert (said.status_code, said.json()["items"][0]["deputy_zh"]) == (200, "马朝"), said.text
    assert (await listed(deputy, number), await listed(officer, number)) == (["accept-dispatch"], ["accept-dispatch"])
    (who,) = (await officer.read(f"/api/matters/{number}"))["turn"]["who"]
    assert (who["person_zh"], who["deputy_zh"]) == ("刘思源", "马朝")
    notices = (await deputy.read("/api/notices"))["items"]
    assert any(each["words"].startswith("您代理办理") for each in notices)
    # In their own name, by their own office.
    await deputy.take(number, "accept-dispatch")
    assert await listed(deputy, number) == ["arrive-on-scene"]
    (absence,) = (await officer.read("/api/absences"))["items"]
    assert (await officer.post("/api/absences/end", absence=absence["id"])).status_code == 200
    assert (await listed(deputy, number), await listed(officer, number)) == ([], ["arrive-on-scene"])
    assert (await officer.read("/api/absences"))["items"] == []
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_what_comes_later_or_is_over_is_no_deputys_yet_or_any_more(bureau: World) -> None:
    number, officer = await reported(bureau)
    deputy, now = await bureau.as_("machao"), datetime.now(UTC)
    await away(officer, "machao", begins=(now + DAY).isoformat(), ends=(now + 2 * DAY).isoformat())
    await away(officer, "machao", begins=(now - 2 * DAY).isoformat(), ends=(now - DAY).isoformat())
    assert await listed(deputy, number) == []


async def test_only_who_holds_all_their_offices_can_stand_in_for_somebody(bureau: World) -> None:
    _, officer = await reported(bureau)
    able = [each["username"] for each in (await officer.read("/api/absences/deputies"))["items"]]
    assert "machao" in able
    assert not {"liusiyuan", "wuhaoran", "linxiaoyu"} & set(able)
    refused = await away(officer, "wuhaoran")
    assert (refused.status_code, "马朝" in refused.json()["errors"][0]["detail"]) == (422, True)


async def test_nobody_is_away_twice_and_who_is_away_stands_in_for_nobody(bureau: World) -> None:
    officer, deputy = await bureau.as_("liusiyuan"), await bureau.as_("machao")
    await away(officer, "machao")
    for hand, other in ((officer, "machao"), (deputy, "liusiyuan")):
        refused = await away(hand, other)
        assert (refused.status_code, "已经登记离岗" in refused.json()["errors"][0]["detail"]) == (422, True)


async def test_another_is_said_to_be_away_by_whoever_administers_their_unit_alone(bureau: World) -> None:
    deputy, admin = await bureau.as_("machao"), await bureau.as_("guanli")
    assert (await away(deputy, "machao", person="liusiyuan")).status_code == 403
    assert (await away(admin, "machao", person="liusiyuan")).status_code == 200
    officer, supervisor = await bureau.as_("liusiyuan"), await bureau.as_("leijianfeng")
    assert any("待办由马朝代理" in each["words"] for each in (await officer.read("/api/notices"))["items"])
    entry = (await supervisor.read("/api/bureau-journal"))["items"][0]
    assert (entry["step_zh"], "代理人" in entry["words"]) == ("登记离岗和代理人", True)
