"""A bureau sets its own figures and words, and switches rules off, by two people; what was found before goes on by what held then."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.inspecting import Inspecting
from inspections.inspection import get_parameters
from inspections.settings import HOUSE, get_settings
from inspections.trial import try_lines
from models.store.connection import fetch_all
from models.store.inspection_settings import EDITIONS
from operations.unit_inspection_settings import load_unit_settings
from operations.verify import verify
from tests.api.matters import reported
from tests.looking import looked
from tests.tables import table
from tests.world import World, found, world
from watchdog.duties.seal_journal import SealJournal

SETTINGS = "/api/inspection-settings"
AMOUNT: dict[str, Any] = {"unit": "qinglan", "name": "figure/fraud-amount", "reason": "本地案件金额普遍较低"}
FRAUD = "incident-fraud-as-dispute"


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


async def proposed(bureau: World, **said: Any) -> Any:
    return await (await bureau.as_("fangzhengping")).post(SETTINGS, **(AMOUNT | said))


async def set_(bureau: World, **said: Any) -> dict[str, Any]:
    """What two people have set; the list as whoever confirmed sees it then."""
    answer = await proposed(bureau, **said)
    assert answer.status_code == 200, answer.text
    head = await bureau.as_("zhouminghui")
    (one,) = [each for each in (await head.read(SETTINGS))["proposed"] if each["name"] == (AMOUNT | said)["name"]]
    told = await head.post(f"{SETTINGS}/confirm", unit=one["unit"], name=one["name"], proposed_at=one["at"])
    assert told.status_code == 200, told.text
    return told.json()


async def cheated(bureau: World, yuan: int) -> str:
    """A payment for nothing that is taken for a quarrel."""
    words = f"微信购买手机付款{yuan}元，对方未发货，现在联系不上"
    number, officer = await reported(bureau, kind="纠纷", narrative=words)
    await officer.take(number, "arrive-on-scene")
    await officer.take(number, "classify-incident", classification="dispute", reason="经济纠纷")
    await looked(bureau)
    return number


async def findings(bureau: World, number: str) -> list[dict[str, Any]]:
    manager = await bureau.as_("qinwanqing")
    return [each for each in await manager.read(f"/api/matters/{number}/findings") if each["rule"] == FRAUD]


async def raised_by(bureau: World, number: str) -> list[str]:
    """By which figures the alert says that it was raised."""
    (row,) = await bureau.ask(
        "SELECT content::json #> '{form,figures}' AS figures FROM entry WHERE step = 'raise-alert' "
        "AND content::json #>> '{form,inspection}' = %(rule)s AND content::json #>> '{form,subject}' = %(number)s",
        rule=FRAUD,
        number=number,
    )
    return row.figures


async def test_a_figure_holds_for_what_is_found_from_then_on_and_an_open_alert_keeps_its_own(bureau: World) -> None:
    before = await cheated(bureau, 4_000)
    assert "疑似诈骗起点金额：3000元（通用值，本局没有另行设定）" in await raised_by(bureau, before)
    (edition,) = [each for each in (await set_(bureau, figure=5_000))["editions"] if each["holds"]]
    assert (edition["words"], edition["proposed_by_zh"], edition["confirmed_by_zh"]) == ("5000元", "方正平", "周明辉")

    after = await cheated(bureau, 4_000)
    assert await findings(bureau, after) == []
    await Inspecting(bureau.ctx.pool).inspect("")
    (still,) = await findings(bureau, before)
    assert still["alert_stage"] == "raised"
    graver = await cheated(bureau, 6_000)
    (by, _) = await raised_by(bureau, graver)
    assert by.startswith(f"疑似诈骗起点金额：5000元（青岚县公安局第{edition['edition']}版，自") and "方正平提请、周明辉确认" in by
    (row,) = await bureau.ask("SELECT edition FROM finding WHERE subject = %(n)s AND rule = %(rule)s", n=graver, rule=FRAUD)
    assert row.edition == edition["edition"]
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_a_rule_that_is_switched_off_finds_nothing_more_and_ends_no_open_alert(bureau: World) -> None:
    before = await cheated(bureau, 4_000)
    until = datetime.now(UTC) + timedelta(days=30)
    told = await set_(bureau, name=f"switch/{FRAUD}", off_until=until.isoformat(), reason="本周误报过多，核查词表")
    assert "停用至" in told["editions"][0]["words"]
    after = await cheated(bureau, 4_000)
    await Inspecting(bureau.ctx.pool).inspect("")
    assert [len(await findings(bureau, each)) for each in (before, after)] == [1, 0]
    officer = await bureau.as_("liusiyuan")
    await officer.take(before, "reclassify-incident", classification="criminal", charge="xf-266", reason="涉嫌诈骗犯罪")
    await looked(bureau)
    assert await findings(bureau, before) == []

    await set_(bureau, name=f"switch/{FRAUD}", reason="词表已经核查完毕")
    await Inspecting(bureau.ctx.pool).inspect("")
    assert len(await findings(bureau, after)) == 1


async def test_a_word_that_a_bureau_adds_is_found_in_its_incidents_and_in_no_line_that_it_would_break(bureau: World) -> None:
    words = {"name": "words/INJ", "reason": "本地方言，指摔打他人"}
    refused = await proposed(bureau, **words, added=["扰民"])
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["detail"] == "验收句不再成立：“打架子鼓扰民”（伤害）应当没有，改后为“扰民（肯定）”"

    async def hurt() -> list[str]:
        number, officer = await reported(bureau, kind="纠纷", narrative="楼道堆放杂物，邻居不肯清走，连掼三跤")
        await officer.take(number, "arrive-on-scene")
        await officer.take(number, "classify-incident", classification="dispute", reason="邻里纠纷")
        await looked(bureau)
        manager = await bureau.as_("qinwanqing")
        return [each["rule"] for each in await manager.read(f"/api/matters/{number}/findings")]

    assert "incident-fight-as-dispute" not in await hurt()
    await set_(bureau, **words, added=["连掼三跤"])
    assert "incident-fight-as-dispute" in await hurt()

    # Whoever tries texts by the command may do so by the words of that unit, too.
    told = ['{"caller": "被连掼三跤"}'.encode()]
    for unit, known in (("chengguan", ["连掼三跤"]), ("", [])):
        holds = await load_unit_settings(bureau.settings.database_url, unit) if unit else HOUSE
        assert [hit["word"] for hit in json.loads(*try_lines(told, holds))["hits"] if hit["word"] == "连掼三跤"] == known
    with pytest.raises(KeyError):
        await load_unit_settings(bureau.settings.database_url, "nowhere")


async def test_one_person_alone_sets_nothing_and_whoever_proposes_is_who_reviews_the_law(bureau: World) -> None:
    answer = await proposed(bureau, figure=5_000)
    (one,) = answer.json()["proposed"]
    confirming = {"unit": "qinglan", "name": AMOUNT["name"], "proposed_at": one["at"]}
    legal, head = await bureau.as_("fangzhengping"), await bureau.as_("zhouminghui")
    assert (await legal.post(f"{SETTINGS}/confirm", **confirming)).status_code == 403
    assert (await (await bureau.as_("liusiyuan")).post(SETTINGS, **AMOUNT, figure=4_000)).status_code == 403
    await proposed(bureau, figure=6_000)
    assert (await head.post(f"{SETTINGS}/confirm", **confirming)).status_code == 409
    (task,) = [each for each in (await head.read("/api/tasks"))["items"] if each["sort"] == "setting"]
    assert "6000元（本地案件金额普遍较低）" in task["words"]

    (one,) = (await head.read(SETTINGS))["proposed"]
    assert one["may_confirm"] is True
    declined = await head.post(f"{SETTINGS}/decline", **confirming | {"proposed_at": one["at"]})
    assert (declined.json()["proposed"], declined.json()["editions"]) == ([], [])
    assert [each for each in (await head.read("/api/tasks"))["items"] if each["sort"] == "setting"] == []


async def test_a_station_has_its_own_time_of_arrival_and_no_other_figure(bureau: World) -> None:
    assert (await proposed(bureau, unit="chengguan", figure=4_000)).json()["errors"][0]["rule"] == "not-by-unit"
    told = await set_(bureau, unit="chengguan", name="figure/arrival-minutes", figure=60)
    assert [(each["unit_zh"], each["words"]) for each in told["editions"]] == [("城关派出所", "60分钟")]
    minutes, path = get_parameters()["arrival-minutes"], "/province/anlan/qinglan/chengguan/"
    async with bureau.ctx.pool.connection() as connection:
        assert get_settings(path, await fetch_all(connection, EDITIONS)).get_figure(minutes) == 60
    await set_(bureau, unit="chengguan", name="figure/arrival-minutes", taken_back=True)
    async with bureau.ctx.pool.connection() as connection:
        assert get_settings(path, await fetch_all(connection, EDITIONS)).get_figure(minutes) == 30


async def test_what_the_law_gives_and_what_is_out_of_bounds_is_refused(bureau: World) -> None:
    for said, field in (
        ({"figure": 1}, "figure"),
        ({}, "figure"),
        ({"name": "figure/criminal-detention"}, "name"),
        ({"name": "words/DV"}, "name"),
        ({"name": "switch/nothing"}, "name"),
        ({"name": "words/INJ", "added": ["(a|b)+"]}, "added"),
        ({"name": "words/INJ", "added": ["连掼三跤"], "removed": ["连掼三跤"]}, "removed"),
        ({"name": f"switch/{FRAUD}", "off_until": "2020-01-01T00:00:00+08:00"}, "off_until"),
        ({"unit": "nowhere", "figure": 5_000}, "unit"),
        ({"figure": 5_000, "reason": "好"}, "reason"),
    ):
        refused = await proposed(bureau, **said)
        assert (refused.status_code, refused.json()["errors"][0]["field"].partition(".")[0]) == (422, field), said


@table("parameter", get_parameters().values(), ids=lambda each: each.id)
def test_each_figure_holds_within_its_bounds_where_nothing_is_set_and_is_called_in_words(parameter: Any) -> None:
    assert parameter.least <= parameter.default <= parameter.most
    assert parameter.label and "巡查参数" in str(parameter.basis)
