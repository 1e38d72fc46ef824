"""One's own ways of being told: an address holds once its code has come back; a feed's address is told once."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import vobject

from law.calendar import SHANGHAI
from models.journal import BUREAU
from tests.api.matters import accepted, refusals
from tests.channels import PUBLIC, StandIns, stand_ins
from tests.world import Hand, World, found, world
from watchdog.duties.send_messages import SendMessages

PHONE = "13900001234"


@pytest.fixture
async def services() -> AsyncIterator[StandIns]:
    async with stand_ins() as these:
        yield these


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path, services: StandIns) -> AsyncIterator[World]:
    """The county with all channels."""
    settings = found(peopled, temporal_address, tmp_path)
    async with world(settings.model_copy(update={"channels": services.settings, "public_address": PUBLIC})) as one:
        await one.watch().get_duty(SendMessages).do()
        yield one


async def way(hand: Hand, channel: str) -> dict[str, object]:
    return next(each for each in (await hand.read("/api/me/channels"))["items"] if each["channel"] == channel)


async def test_an_address_holds_once_its_code_has_come_back_and_is_tested_then(bureau: World, services: StandIns) -> None:
    officer, sending = await bureau.as_("liusiyuan"), bureau.watch().get_duty(SendMessages)
    at = "/api/me/channels/sms"
    assert (await officer.post(f"{at}/test")).json()["errors"][0]["rule"] == "unconfirmed"
    assert (await officer.http.put(at, json={"address": "010-12345678"})).json()["errors"][0]["rule"] == "form"
    assert (await officer.http.put(at, json={"address": PHONE})).status_code == 204
    assert (await officer.http.put(at, json={"address": PHONE})).status_code == 429
    await sending.do()
    (code,) = services.services.list_received("sms")
    assert code.to == PHONE
    digits = code.text.partition("确认码 ")[2][:6]
    wrong = f"{(int(digits) + 1) % 10**6:06}"
    assert (await officer.post(f"{at}/confirm", code=wrong)).json()["errors"][0]["rule"] == "wrong"
    assert ((await way(officer, "sms"))["address"], (await way(officer, "sms"))["pending"]) == ("", PHONE)
    assert (await officer.post(f"{at}/confirm", code=digits)).status_code == 204
    assert ((await way(officer, "sms"))["address"], (await way(officer, "sms"))["pending"]) == (PHONE, "")
    assert (await officer.post(f"{at}/test")).status_code == 204
    await sending.do()
    assert services.services.list_received("sms")[-1].text.startswith("【漏刻】这是一条测试通知")
    # What is kept of a code is not the code.
    assert digits not in str(await bureau.ask("SELECT words FROM sending"))
    assert (await officer.http.delete(at)).status_code == 204
    assert (await way(officer, "sms"))["address"] == ""


async def test_a_code_is_tried_five_times_and_no_more(bureau: World, services: StandIns) -> None:
    officer = await bureau.as_("liusiyuan")
    await officer.http.put("/api/me/channels/sms", json={"address": PHONE})
    code = (await bureau.ask("SELECT code FROM channel_address"))[0].code
    for _ in range(5):
        assert (await officer.post("/api/me/channels/sms/confirm", code=f"{(int(code) + 1) % 10**6:06}")).status_code == 422
    assert (await officer.post("/api/me/channels/sms/confirm", code=code)).status_code == 422


async def test_a_channel_that_the_bureau_has_not_is_offered_to_nobody(peopled: str, temporal_address: str, tmp_path: Path) -> None:
    async with world(found(peopled, temporal_address, tmp_path), working=False) as bureau:
        officer = await bureau.as_("liusiyuan")
        assert not any(each["configured"] for each in (await officer.read("/api/me/channels"))["items"])
        assert (await officer.http.put("/api/me/channels/sms", json={"address": PHONE})).status_code == 404


async def test_rules_are_changed_by_whoever_administers_the_unit_and_journaled(bureau: World) -> None:
    clerk, officer = await bureau.as_("guanli"), await bureau.as_("liusiyuan")
    rule = {"unit": "chengguan", "occasion": "red", "channel": "sms", "to": "case-officer"}
    assert (await officer.post("/api/admin/channel-rules", **rule)).status_code == 403
    assert (await clerk.post("/api/admin/channel-rules", **{**rule, "unit": "province"})).status_code == 403
    assert (await clerk.post("/api/admin/channel-rules", **{**rule, "begins": "25:00"})).status_code == 422
    assert (await clerk.post("/api/admin/channel-rules", **rule)).status_code == 204
    (told,) = (await clerk.read("/api/admin/channel-rules"))["rules"]
    assert told["zh"] == "红色预警以短信告知办案民警，全天"
    changed = await clerk.http.put(f"/api/admin/channel-rules/{told['id']}", json=rule | {"channel": "mail"})
    assert changed.status_code == 204
    assert (await clerk.http.delete(f"/api/admin/channel-rules/{told['id']}")).status_code == 204
    assert (await clerk.read("/api/admin/channel-rules"))["rules"] == []
    assert (await clerk.http.delete(f"/api/admin/channel-rules/{told['id']}")).status_code == 404
    supervisor = await bureau.as_("leijianfeng")
    journal = [each["words"] for each in (await supervisor.read("/api/bureau-journal"))["items"] if "规则" in each["step_zh"]]
    assert "单位：城关派出所；规则：红色预警以邮件告知办案民警，全天；原规则：红色预警以短信告知办案民警，全天" in journal
    assert "office-may-not-act" in await refusals(bureau, BUREAU)


async def feed(bureau: World, path: str) -> str:
    answer = await (await bureau.stranger()).get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    return answer.text


async def test_a_calendar_has_the_deadlines_of_its_person_and_names_nobody(bureau: World) -> None:
    number, officer = await accepted(bureau, summary="贺文涛盗窃电动自行车")
    other, _ = await accepted(bureau)
    due = datetime(2026, 12, 24, 10, 30, tzinfo=SHANGHAI)
    await bureau.ask("UPDATE clock SET due_at = %(due)s, date_only = false WHERE matter = %(number)s", due=due, number=number)
    await bureau.ask(
        "UPDATE clock SET due_at = %(due)s, date_only = true WHERE matter = %(number)s",
        due=datetime(2026, 12, 25, 23, 59, 59, tzinfo=SHANGHAI),
        number=other,
    )
    path = (await officer.post("/api/me/calendar-feed")).json()["path"]
    text = await feed(bureau, path)
    assert "贺文涛" not in text and "电动" not in text
    calendar = vobject.readOne(text)
    assert calendar.vtimezone.tzid.value == "Asia/Shanghai"
    events = {each.summary.value.partition("（")[2].rstrip("）"): each for each in calendar.vevent_list}
    instant, day = events[number], events[other]
    assert instant.dtstart.value == due and instant.dtstart.value.utcoffset() == timedelta(hours=8)
    assert [alarm.trigger.value for alarm in instant.valarm_list] == [-timedelta(hours=24), -timedelta(hours=2)]
    assert (str(day.dtstart.value), str(day.dtend.value)) == ("2026-12-25", "2026-12-26")
    assert [alarm.trigger.value for alarm in day.valarm_list] == [-timedelta(hours=15), timedelta(hours=9)]
    assert instant.url.value == f"{PUBLIC}/matters/{number}"
    uids = [each.uid.value for each in calendar.vevent_list]
    assert len(set(uids)) == len(uids)
    assert uids == [each.uid.value for each in vobject.readOne(await feed(bureau, path)).vevent_list]
    # Another's calendar has none of it.
    another = (await (await bureau.as_("wuhaoran")).post("/api/me/calendar-feed")).json()["path"]
    assert "VEVENT" not in await feed(bureau, another)


async def test_a_feed_ends_with_its_successor_with_its_person_and_when_told_to_and_is_kept_as_a_digest(bureau: World) -> None:
    officer, stranger = await bureau.as_("liusiyuan"), await bureau.stranger()
    first, second = [(await officer.post("/api/me/calendar-feed")).json()["path"] for _ in range(2)]
    assert [(await stranger.get(each)).status_code for each in (first, second, "/api/calendar-feed/x.ics")] == [404, 200, 404]
    token = second.rpartition("/")[2].removesuffix(".ics")
    kept = (await bureau.ask("SELECT digest, username FROM calendar_feed"))[0]
    assert token.encode() not in kept.digest and len(kept.digest) == 32
    await bureau.ask("UPDATE person SET active = false WHERE username = 'liusiyuan'")
    assert (await stranger.get(second)).status_code == 404
    await bureau.ask("UPDATE person SET active = true WHERE username = 'liusiyuan'")
    assert (await officer.http.delete("/api/me/calendar-feed")).status_code == 204
    assert (await stranger.get(second)).status_code == 404
