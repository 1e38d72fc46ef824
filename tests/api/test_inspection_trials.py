"""An inspection is tried on history before anything is set, people label what it finds, and afterwards it says how often it was right."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from activities.upkeep.try_inspections import try_inspections
from law.calendar import SHANGHAI
from operations.verify import verify
from runtime.database_time import read
from tests.api.test_inspection_settings import FRAUD, cheated
from tests.inspections.test_alerts import CRIME, WHY, mediated
from tests.inspections.test_alerts import RULE as MEDIATED
from tests.looking import looked
from tests.world import Hand, World, found, until, world
from watchdog.duties.seal_journal import SealJournal
from watchdog.duties.try_inspections import TryInspections, build_trials_id
from workflows.upkeep import UpkeepRound

TRIALS = f"/api/inspections/{FRAUD}/trials"
LOWER = [{"name": "figure/fraud-amount", "figure": 1_000}]


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


async def period(bureau: World) -> dict[str, str]:
    """Yesterday to tomorrow, as the database has it."""
    async with bureau.ctx.pool.connection() as connection:
        today = (await read(connection)).now.astimezone(SHANGHAI).date()
    return {"since": str(today - timedelta(days=1)), "until": str(today + timedelta(days=1))}


async def tried(bureau: World, who: Hand, **said: Any) -> dict[str, Any]:
    """A trial that is done, as the worker does it."""
    answer = await who.post(TRIALS, unit="qinglan", **(await period(bureau)), **said)
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "running"
    while await try_inspections.do(bureau.ctx.pool):
        pass
    return await who.read(f"{TRIALS}/{answer.json()['id']}")


async def raised(bureau: World, rule: str, many: int) -> list[dict[str, Any]]:
    """The alerts of that inspection, once there are so many."""
    legal = await bureau.as_("fangzhengping")

    async def listed() -> list[dict[str, Any]]:
        return (await legal.read("/api/alerts", rule=rule, open=False))["items"]

    return await until(listed, lambda items: len(items) == many)


async def test_a_trial_says_what_would_be_found_and_opens_no_alert(bureau: World) -> None:
    small, large = await cheated(bureau, 2_000), await cheated(bureau, 4_000)
    (before,) = await raised(bureau, FRAUD, 1)
    legal = await bureau.as_("fangzhengping")
    trial = await tried(bureau, legal, changes=LOWER)
    assert (trial["state"], trial["matters"], trial["hits"], trial["fresh"], trial["gone"]) == ("done", 2, 2, 1, 0)
    assert (trial["changes"], trial["asked_by_zh"]) == (["疑似诈骗起点金额：1000元"], "方正平")
    assert trial["units"] == [{"unit_zh": "城关派出所", "hits": 2, "fresh": 1}]
    assert {each["subject"]: each["before"] for each in trial["sample"]} == {small: False, large: True}
    assert "付款" in str(trial["sample"][0]["evidence"])
    assert [each["number"] for each in await raised(bureau, FRAUD, 1)] == [before["number"]]
    higher = await tried(bureau, legal, changes=[{"name": "figure/fraud-amount", "figure": 9_000}])
    assert (higher["hits"], higher["gone"]) == (0, 1)
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_a_sample_is_drawn_by_its_seed_and_says_who_labelled_it(bureau: World) -> None:
    for yuan in (4_000, 5_000, 6_000):
        await cheated(bureau, yuan)
    legal, manager, head = [await bureau.as_(name) for name in ("fangzhengping", "qinwanqing", "zhouminghui")]
    trial = await tried(bureau, legal)
    one = f"{TRIALS}/{trial['id']}"
    orders = set()
    for seed in (*range(8), 1):
        assert (await manager.post(f"{one}/draw", seed=seed)).status_code == 200
        orders.add((seed, tuple(each["subject"] for each in (await manager.read(one))["sample"])))
    assert len(orders) == 8 and len({order for _, order in orders}) > 1

    hit = (await manager.read(one))["sample"][0]
    for label, counted in (("wrong", (0, 1)), ("right", (1, 0))):
        told = (await manager.post(f"{one}/labels", subject=hit["subject"], label=label)).json()
        assert (told["right"], told["wrong"]) == counted
    labelled = {each["subject"]: each["labelled_by_zh"] for each in (await head.read(one))["sample"]}
    assert labelled[hit["subject"]] == "秦婉清" and list(labelled.values()).count(None) == 2
    assert (await manager.post(f"{one}/labels", subject="JQ202600000000", label="right")).status_code == 404
    assert (await head.post(f"{one}/labels", subject=hit["subject"], label="wrong")).status_code == 403


async def test_the_watchdog_has_a_trial_carried_out_as_soon_as_one_waits(bureau: World) -> None:
    legal = await bureau.as_("fangzhengping")
    duty = bureau.watch().get_duty(TryInspections)
    assert await duty.do() is False
    answer = await legal.post(TRIALS, unit="qinglan", **(await period(bureau)))
    assert await duty.do() is True
    handle = bureau.client.get_workflow_handle_for(UpkeepRound.run, build_trials_id(bureau.settings.task_queue))
    assert await handle.result() == 1
    assert (await legal.read(f"{TRIALS}/{answer.json()['id']}"))["state"] == "done"


async def test_whoever_keeps_no_rules_tries_none_and_what_cannot_be_set_is_not_tried(bureau: World) -> None:
    legal, officer, days = await bureau.as_("fangzhengping"), await bureau.as_("liusiyuan"), await period(bureau)
    assert (await officer.post(TRIALS, unit="qinglan", **days)).status_code == 403
    assert (await officer.get(TRIALS)).status_code == 403
    assert (await legal.get("/api/inspections/none/trials")).status_code == 404
    for said in (
        {"unit": "province"},
        {"changes": [{"name": "figure/fraud-amount", "figure": 1}]},
        {"changes": [{"name": f"switch/{FRAUD}"}]},
        {"changes": [{"name": "words/INJ", "added": ["扰民"]}]},
        {"since": days["until"], "until": days["since"]},
    ):
        assert (await legal.post(TRIALS, **({"unit": "qinglan"} | days | said))).status_code == 422, said


async def test_each_inspection_says_how_often_it_was_right(bureau: World) -> None:
    manager, legal = await bureau.as_("qinwanqing"), await bureau.as_("fangzhengping")
    numbers = []
    for n in range(1, 4):
        number, _ = await mediated(bureau)
        await looked(bureau)
        (alert,) = [each for each in await raised(bureau, MEDIATED, n) if each["subject"] == number]
        await manager.take(alert["number"], "acknowledge-alert")
        numbers.append((number, alert["number"]))
    (_, wrong), (cured, told), _ = numbers
    await manager.take(wrong, "dismiss-grave-alert", **WHY)
    await legal.approve(wrong, "dismiss-grave-alert", opinion="同意")
    await (await bureau.as_("liusiyuan")).take(cured, "reclassify-incident", **CRIME)
    await looked(bureau)
    await until(lambda: manager.card(told), lambda card: card["stage"] == "cleared")

    (quality,) = [each for each in await manager.read("/api/inspection-quality") if each["rule"] == MEDIATED]
    assert [quality[name] for name in ("raised", "open", "cured", "wrong", "verified", "judged")] == [3, 1, 1, 1, 0, 1]
    assert (quality["precision"], quality["flagged"]) == (0.0, False)
    assert quality["hours"] is not None
    assert (await (await bureau.as_("liusiyuan")).get("/api/inspection-quality")).status_code == 403
