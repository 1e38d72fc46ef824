"""People who have no page open are told outside: once, by the rules, and the office above where nobody looks."""

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.sendings import GIVEN_UP_AFTER, LEASE
from law.calendar import SHANGHAI
from models.channels import Channel
from partners.channels import Mood
from tests.api.matters import requested
from tests.channels import PUBLIC, StandIns, stand_ins
from tests.conftest import ROOT
from tests.world import World, found, until, world
from watchdog.duties.announce_notices import AnnounceNotices
from watchdog.duties.send_messages import SendMessages
from watchdog.duties.urge_turns import UrgeTurns

PHONE, OTHER_PHONE = "13900001234", "13900005678"
CALL = {
    "kind": "盗窃",
    "place": "城关镇人民路88号",
    "unit": "chengguan",
    "narrative": "贺文涛（13712345678，11010119900307109X）偷走电动自行车",
}


@pytest.fixture
async def services() -> AsyncIterator[StandIns]:
    async with stand_ins() as these:
        yield these


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path, services: StandIns) -> AsyncIterator[World]:
    """The county with all channels, and a case officer, a station head and a county head who have telephones."""
    settings = found(peopled, temporal_address, tmp_path)
    async with world(settings.model_copy(update={"channels": services.settings, "public_address": PUBLIC})) as one:
        for username, phone in (("liusiyuan", PHONE), ("zhaotiejun", OTHER_PHONE), ("zhouminghui", "13900009999")):
            await reached(one, username, "sms", phone)
        yield one


async def reached(bureau: World, username: str, channel: str, address: str) -> None:
    """Give somebody an address that they have confirmed."""
    await bureau.ask(
        """INSERT INTO channel_address (username, channel, address, confirmed_at, pending, code, tries)
        VALUES (%(username)s, %(channel)s, %(address)s, now(), '', '', 0)""",
        username=username,
        channel=channel,
        address=address,
    )


async def rules(bureau: World, *said: dict[str, Any]) -> None:
    """Let these rules hold, of the whole county unless they say otherwise."""
    clerk = await bureau.as_("guanli")
    for each in said:
        answer = await clerk.post("/api/admin/channel-rules", **{"unit": "qinglan", "channel": "sms", **each})
        assert answer.status_code == 204, answer.text


class Round:
    """The two duties, gone when a test says so."""

    def __init__(self, bureau: World) -> None:
        """Of that bureau's watchdog."""
        watch = bureau.watch()
        self._announcing, self._sending = watch.get_duty(AnnounceNotices), watch.get_duty(SendMessages)

    async def go(self, now: datetime | None = None) -> None:
        """Announce what there is and send what is due, at that instant or now."""
        await self._announcing.do(now)
        await self._sending.do(now)


async def dispatched(bureau: World) -> str:
    """An incident that liusiyuan is to sign for."""
    desk = await bureau.as_("linxiaoyu")
    number = (await desk.open("incident", **CALL))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    return number


async def sent(bureau: World, **filters: str) -> list[dict[str, Any]]:
    """What the log of messages says, the newest first."""
    return (await (await bureau.as_("guanli")).read("/api/admin/messages", **filters))["items"]


def soon(minutes: float = 1) -> datetime:
    return datetime.now(SHANGHAI) + timedelta(minutes=minutes)


async def test_a_dispatch_is_told_once_by_every_channel_and_names_nobody(bureau: World, services: StandIns) -> None:
    addresses = {"wecom": "liusiyuan", "dingtalk": PHONE, "feishu": "ou_liusiyuan01", "mail": "liusiyuan@police.example.cn"}
    for channel, address in addresses.items():
        await reached(bureau, "liusiyuan", channel, address)
    await rules(bureau, *({"occasion": "dispatch", "channel": each} for each in Channel))
    number, round_ = await dispatched(bureau), Round(bureau)
    for _ in range(3):
        await round_.go()
    for channel, address in {"sms": PHONE, "webhook": "liusiyuan", **addresses}.items():
        (arrived,) = services.services.list_received(channel)
        assert (arrived.to, arrived.times) == (address, 1)
        assert arrived.text.endswith(f"【漏刻】{number} 新警情待签收。{PUBLIC}/matters/{number}")
        assert not [each for each in ("贺文涛", "13712345678", "11010119900307109X", "人民路", "电动") if each in arrived.text]
    logged = await sent(bureau)
    assert {(each["channel"], each["state"], each["tries"], each["person_zh"]) for each in logged} == {
        (each, "sent", 1, "刘思源") for each in Channel
    }
    assert next(each["receipt"] for each in logged if each["channel"] == "sms").startswith("sms-")


async def test_what_awaits_approval_at_night_waits_for_the_morning_and_a_limit_on_liberty_does_not(
    bureau: World, services: StandIns
) -> None:
    now = datetime.now(SHANGHAI)
    quiet = {"begins": f"{now + timedelta(hours=2):%H:%M}", "ends": f"{now + timedelta(hours=3):%H:%M}"}
    await rules(bureau, {"occasion": "approval", **quiet}, {"occasion": "red", "to": "case-officer", **quiet, "outside": "drop"})
    number, _ = await requested(bureau)
    round_ = Round(bureau)
    await round_.go()
    assert services.services.arrived == []
    waiting = {(each["person_zh"], each["occasion"]) for each in await sent(bureau, state="waiting")}
    assert waiting == {("周明辉", "approval"), ("何静远", "approval")}
    clock = (await bureau.ask("SELECT id FROM clock WHERE matter = %(number)s LIMIT 1", number=number))[0].id
    for liberty, told in ((False, []), (True, [PHONE])):
        await bureau.ask(
            "UPDATE clock SET liberty = %(liberty)s, colour = 'red', state = 'running' WHERE id = %(id)s", liberty=liberty, id=clock
        )
        await warned(bureau, number, clock)
        await round_.go()
        assert [each.to for each in services.services.arrived] == told
    await round_.go(now + timedelta(hours=2, minutes=1))
    assert [each.to for each in services.services.arrived] == [PHONE, "13900009999"]


async def warned(bureau: World, number: str, clock: str) -> None:
    """Warn the legal reviewer in red, as a ring does."""
    await bureau.ask(
        """INSERT INTO notice (matter, clock_id, colour, unit_id, office, username, words, sent_at, type)
        VALUES (%(number)s, %(clock)s, 'red', 'chengguan', 'legal-reviewer', '', '红色', now(), 'clock')""",
        number=number,
        clock=clock,
    )


async def test_the_office_above_is_told_where_nobody_looks_and_not_where_somebody_has(bureau: World, services: StandIns) -> None:
    await rules(bureau, {"occasion": "dispatch", "unread": 5, "then": "station-head"})
    looked_at, unread, round_ = await dispatched(bureau), await dispatched(bureau), Round(bureau)
    await round_.go()
    officer = await bureau.as_("liusiyuan")
    assert (await officer.post("/api/notices/seen", matter=looked_at)).status_code == 204
    await round_.go(soon(4))
    assert [each.to for each in services.services.arrived] == [PHONE, PHONE]
    for _ in range(2):
        await round_.go(soon(6))
    gone_up = [each for each in services.services.arrived if each.to == OTHER_PHONE]
    assert [each.text.partition("。")[0] for each in gone_up] == [f"【漏刻】无人查看，已上报：{unread} 新警情待签收"]
    (logged,) = [each for each in await sent(bureau, matter=looked_at) if each["read_at"]]
    assert logged["person_zh"] == "刘思源"


async def test_the_head_of_a_unit_in_which_nobody_signs_is_told_that_it_went_up(bureau: World, services: StandIns) -> None:
    await rules(bureau, {"occasion": "dispatch"}, {"occasion": "dispatch", "to": "station-head"})
    number, round_ = await dispatched(bureau), Round(bureau)
    await round_.go()
    assert {(each.to, each.text.split("。")[0]) for each in services.services.arrived} == {
        (phone, f"【漏刻】{number} 新警情待签收") for phone in (PHONE, OTHER_PHONE)
    }
    ((goes_up,),) = await bureau.ask("SELECT goes_up_at FROM task WHERE matter = %(n)s AND done_at IS NULL", n=number)
    await bureau.watch().get_duty(UrgeTurns).do(goes_up)
    services.services.arrived.clear()
    await round_.go(goes_up + timedelta(seconds=1))
    told = {(each.to, each.text.split("。")[0]) for each in services.services.arrived}
    assert told == {(OTHER_PHONE, f"【漏刻】逾时未办，已上报：{number} 警情无人签收")}, (
        "though they were told of the new one just before"
    )


async def test_what_was_looked_at_or_done_before_its_message_was_due_is_not_sent(bureau: World, services: StandIns) -> None:
    await rules(bureau, {"occasion": "dispatch", "delay": 2})
    looked_at, done, left, round_ = *[await dispatched(bureau) for _ in range(3)], Round(bureau)
    await round_.go()
    officer = await bureau.as_("liusiyuan")
    await officer.post("/api/notices/seen", matter=looked_at)
    await officer.take(done, "accept-dispatch")
    await round_.go(soon(3))
    assert [left in each.text for each in services.services.arrived] == [True]
    states = {each["matter"]: each["state"] for each in await sent(bureau)}
    assert states == {looked_at: "needless", done: "needless", left: "sent"}


async def test_a_channel_that_is_away_holds_up_no_other_is_seen_in_health_and_an_operator_sends_again(
    bureau: World, services: StandIns
) -> None:
    await rules(bureau, {"occasion": "dispatch"}, {"occasion": "dispatch", "channel": "webhook"})
    services.services.moods["sms"] = Mood.DOWN
    number, round_ = await dispatched(bureau), Round(bureau)
    await round_.go()
    assert [each.channel for each in services.services.arrived] == ["webhook"]
    (waiting,) = await sent(bureau, state="waiting")
    assert (waiting["last_error"], waiting["tries"]) == ("答复503", 1)
    clerk = await bureau.as_("guanli")
    fares = {each["channel"]: each for each in (await clerk.read("/api/admin/channel-rules"))["channels"]}
    assert [fares[each]["failing"] for each in ("sms", "webhook", "mail")] == [True, False, False]
    await round_.go(datetime.now(SHANGHAI) + GIVEN_UP_AFTER + timedelta(minutes=1))
    (dead,) = await sent(bureau, state="given-up")
    services.services.moods["sms"] = Mood.WELL
    assert (await clerk.post(f"/api/admin/messages/{dead['id']}/repeat")).status_code == 204
    assert (await clerk.post(f"/api/admin/messages/{dead['id']}/repeat")).status_code == 422
    await round_.go()
    assert [each.to for each in services.services.list_received("sms")] == [PHONE]
    assert number in services.services.list_received("sms")[0].text
    (again,) = await sent(bureau, channel="sms")
    assert (again["state"], again["last_error"]) == ("sent", "")


async def test_a_watchdog_that_is_killed_between_sending_and_receipt_leaves_one_message(bureau: World, services: StandIns) -> None:
    await rules(bureau, {"occasion": "dispatch"})
    number = await dispatched(bureau)
    services.services.moods["sms"] = Mood.HANGING
    killed = subprocess.Popen(
        [sys.executable, "-m", "cli", "watch"], cwd=ROOT, env=os.environ | environment(bureau, services), stdout=subprocess.DEVNULL
    )
    try:
        await until(lambda: came(services), lambda many: many == 1, within=60)
    finally:
        killed.kill()
        killed.wait()
    services.services.moods["sms"] = Mood.WELL
    round_ = Round(bureau)
    await round_.go()
    assert [each["state"] for each in await sent(bureau)] == ["waiting"]  # the lease of the dead one still runs
    await round_.go(datetime.now(SHANGHAI) + LEASE + timedelta(seconds=1))
    (kept,) = services.services.list_received("sms")
    assert (number in kept.text, kept.times) == (True, 2)
    assert [(each["state"], each["tries"]) for each in await sent(bureau)] == [("sent", 2)]


async def came(services: StandIns) -> int:
    return len(services.services.arrived)


def environment(bureau: World, services: StandIns) -> dict[str, str]:
    """The settings of that bureau for a process of its own."""
    told = {name: each.reveal() for name, each in services.settings.list_named().items()}
    settings = bureau.settings
    return {
        "LOUKE_DATABASE_URL": settings.database_url,
        "LOUKE_TEMPORAL_ADDRESS": settings.temporal_address,
        "LOUKE_TASK_QUEUE": settings.task_queue,
        "LOUKE_DATA_DIR": str(settings.data_dir),
        "LOUKE_CHANNELS": json.dumps(told),
        "LOUKE_PUBLIC_ADDRESS": PUBLIC,
    }


async def test_whoever_has_no_address_is_named_in_the_log_and_it_goes_up_all_the_same(bureau: World, services: StandIns) -> None:
    await bureau.ask("DELETE FROM channel_address WHERE username = 'liusiyuan'")
    await rules(bureau, {"occasion": "dispatch", "unread": 1, "then": "station-head"})
    await dispatched(bureau)
    round_ = Round(bureau)
    await round_.go()
    assert [(each["person_zh"], each["state"]) for each in await sent(bureau)] == [("刘思源", "unreachable")]
    await round_.go(soon(2))
    assert [each.to for each in services.services.arrived] == [OTHER_PHONE]


async def test_whoever_stands_in_for_somebody_who_is_away_is_told_too(bureau: World, services: StandIns) -> None:
    await rules(bureau, {"occasion": "dispatch"})
    await bureau.ask(
        """INSERT INTO absence (username, deputy, begins, ends, reason, named_by, named_at)
        VALUES ('liusiyuan', 'zhaotiejun', now() - interval '1 hour', now() + interval '1 hour', '', 'liusiyuan', now())"""
    )
    await dispatched(bureau)
    await Round(bureau).go()
    assert sorted(each.to for each in services.services.arrived) == [PHONE, OTHER_PHONE]
