"""From finding to alert: what an inspection finds is raised once, brought up to date, cleared, dismissed, or answered by an order."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from httpx import codes

from activities.alerting import Alerting
from activities.features.risk_alerts import AT_ONCE
from activities.inspecting import Inspecting
from inspections.inspection import get_inspections
from operations.verify import verify
from runtime.process_signatures import WORKER, load_speaker
from tests.api.matters import reported
from tests.looking import looked
from tests.world import Hand, World, found, until, world
from watchdog.duties.seal_journal import SealJournal

FIGHT = {"kind": "打架", "narrative": "报警人称在烧烤店门口被打，有人躺下、流血"}
MEDIATED = {"classification": "mediation", "reason": "双方愿意调解"}
CRIME = {"classification": "administrative", "violation": "za-51-1", "injured": True, "reason": "构成殴打他人"}
WHY = {"ground": "误报·词义", "explanation": "双方为亲属，当面核实没有动手，监控录像也能印证。", "relied_on": "第3步"}
RULE = "incident-fight-as-mediation"


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


async def alerts(bureau: World, many: int, **filters: str) -> list[dict[str, Any]]:
    """The alerts that the county's case manager sees, once there are so many."""
    manager = await bureau.as_("qinwanqing")

    async def listed() -> list[dict[str, Any]]:
        return (await manager.read("/api/matters", kind="risk-alert", **filters))["items"]

    return await until(listed, lambda items: len(items) == many)


async def mediated(bureau: World) -> tuple[str, Hand]:
    """A fight that is settled by mediation."""
    number, officer = await reported(bureau, **FIGHT)
    await officer.take(number, "arrive-on-scene")
    await officer.take(number, "classify-incident", **MEDIATED)
    return number, officer


async def evidence(bureau: World, alert: str) -> list[dict[str, Any]]:
    """What the newest entry of the alert rests on."""
    (row,) = await bureau.ask(
        "SELECT content::json #> '{form,evidence}' AS evidence FROM entry WHERE chain = %(alert)s"
        " AND step IN ('raise-alert', 'refresh-alert') ORDER BY position DESC LIMIT 1",
        alert=alert,
    )
    return row.evidence


async def test_a_fight_that_is_mediated_is_an_alert_at_once_and_gone_when_it_is_put_right(bureau: World) -> None:
    number, officer = await mediated(bureau)
    await looked(bureau)
    (alert,) = await alerts(bureau, 1)
    manager = await bureau.as_("qinwanqing")
    card = await manager.card(alert["number"])
    assert (card["links"]["parent"], card["stage"], card["unit"]) == (number, "raised", "chengguan")
    limit = await manager.clock(alert["number"], "alert-handling")
    assert limit["answerable"] == "case-management-officer"
    rests_on = await evidence(bureau, alert["number"])
    assert {"第1步提到“躺下”", "第1步提到“流血”", "没有治安调解协议书", "没有双方当事人的询问笔录"} <= {
        each["words"] for each in rests_on
    }
    assert all("烧烤店" not in str(each) for each in rests_on)
    quoted = next(each for each in rests_on if "流血" in each["words"])
    assert FIGHT["narrative"][quoted["start"] : quoted["end"]] == "流血"

    # Looked at again, by whatever round, it opens nothing.
    await Inspecting(bureau.ctx.pool).inspect("")
    await looked(bureau)
    await alerts(bureau, 1)

    await officer.take(number, "reclassify-incident", **CRIME)
    await looked(bureau)
    await until(lambda: manager.card(alert["number"]), lambda card: card["stage"] == "cleared")
    (cleared,) = [
        each for each in await manager.read(f"/api/matters/{alert['number']}/clocks") if each["limit"] == "alert-handling"
    ]
    assert cleared["state"] == "met"
    (entry,) = await bureau.ask(
        "SELECT content::json -> 'form' AS form FROM entry WHERE chain = %(n)s AND step = 'clear-alert'", n=alert["number"]
    )
    assert entry.form["cured"] is True


async def test_what_comes_back_after_it_was_gone_is_the_next_episode(bureau: World) -> None:
    number, officer = await mediated(bureau)
    await looked(bureau)
    (first,) = await alerts(bureau, 1)
    await officer.take(number, "reclassify-incident", **CRIME)
    await looked(bureau)
    await until(lambda: officer.card(first["number"]), lambda card: card["stage"] == "cleared")
    await officer.take(number, "reclassify-incident", **MEDIATED)
    await looked(bureau)
    raised = [each for each in await alerts(bureau, 3) if each["title"] == get_inspections()[RULE].label]  # and it was made lighter
    assert len(raised) == 2
    rows = await bureau.ask("SELECT episode, state FROM finding WHERE rule = %(rule)s", rule=RULE)
    assert [(row.episode, row.state) for row in rows] == [(2, "open")]


async def test_a_grave_alert_is_dismissed_by_two_and_stays_silent_until_something_new_is_found(bureau: World) -> None:
    number, officer = await mediated(bureau)
    await looked(bureau)
    (alert,) = await alerts(bureau, 1)
    manager, legal = await bureau.as_("qinwanqing"), await bureau.as_("fangzhengping")
    await manager.take(alert["number"], "acknowledge-alert")
    assert (await officer.try_(alert["number"], "dismiss-grave-alert", **WHY)).status_code == codes.FORBIDDEN
    lightly = await manager.try_(alert["number"], "dismiss-alert", **WHY)
    assert (lightly.status_code, lightly.json()["type"].rsplit("/", 1)[-1]) == (codes.CONFLICT, "law-forbids")
    asked = await manager.take(alert["number"], "dismiss-grave-alert", **WHY)
    assert asked["standing"] == "awaiting-approval"
    await legal.approve(alert["number"], "dismiss-grave-alert", opinion="同意")
    assert (await manager.card(alert["number"]))["stage"] == "dismissed"

    await Inspecting(bureau.ctx.pool).inspect("")
    await looked(bureau)
    await alerts(bureau, 1)

    await officer.take(number, "handle-scene", measures="伤者昏迷，送医")
    await looked(bureau)
    newest, _ = sorted(await alerts(bureau, 2), key=lambda each: each["number"], reverse=True)
    assert newest["stage"] == "raised"


async def test_what_becomes_known_while_an_alert_is_open_is_told_to_it_and_opens_no_other(bureau: World) -> None:
    number, officer = await mediated(bureau)
    await looked(bureau)
    (alert,) = await alerts(bureau, 1)
    before = await evidence(bureau, alert["number"])
    await officer.take(number, "handle-scene", measures="伤者昏迷，送医")
    await looked(bureau)
    await alerts(bureau, 1)
    after = await evidence(bureau, alert["number"])
    assert len(after) > len(before) and "第5步提到“昏迷”" in {each["words"] for each in after}


async def test_an_order_answers_an_alert_and_closes_it_once_it_is_verified(bureau: World) -> None:
    number, officer = await mediated(bureau)
    await looked(bureau)
    (alert,) = await alerts(bureau, 1)
    manager = await bureau.as_("qinwanqing")
    await manager.take(alert["number"], "acknowledge-alert")
    told = {"problem": "打架警情按调解处理而无笔录", "demand": "依法审查并作出决定", "term": "3 day", "officer": "liusiyuan"}
    receipt = await manager.take(alert["number"], "issue-order", **told)
    (order,) = receipt["opened"]
    card = await until(lambda: manager.card(order), lambda card: card["stage"] == "ordered")
    assert card["links"]["parent"] == number
    # Put right meanwhile, the alert waits for whoever verifies.
    await officer.take(number, "reclassify-incident", **CRIME)
    await looked(bureau)
    assert (await manager.card(alert["number"]))["stage"] == "ordered"
    await officer.take(order, "sign-rectification")
    head = await bureau.as_("zhaotiejun")
    await head.take(order, "report-rectification", done="已重新定性并受案，伤情已委托鉴定。")
    await manager.take(order, "verify-urgent-rectification")
    await (await bureau.as_("fangzhengping")).approve(order, "verify-urgent-rectification")
    await until(lambda: manager.card(alert["number"]), lambda card: card["stage"] == "closed")


async def test_nobody_says_what_an_inspection_finds(bureau: World) -> None:
    await mediated(bureau)
    await looked(bureau)
    (alert,) = await alerts(bureau, 1)
    for name in ("qinwanqing", "guanli"):
        hand = await bureau.as_(name)
        answer = await hand.try_(alert["number"], "clear-alert", entry=1, cured=True)
        assert answer.status_code in (codes.FORBIDDEN, codes.NOT_FOUND, codes.UNPROCESSABLE_ENTITY)
        assert "clear-alert" not in [each["step"] for each in (await hand.steps(alert["number"]) if name == "qinwanqing" else [])]


async def test_a_person_may_report_what_no_inspection_finds(bureau: World) -> None:
    number, _ = await reported(bureau)
    supervisor = await bureau.as_("leijianfeng")
    said = {"subject": number, "severity": "yellow", "topic": "执法视音频缺失", "what": "第2步到场，没有关联的视音频。"}
    alert = (await supervisor.open("risk-alert", **said))["number"]
    assert (await supervisor.card(alert))["links"]["parent"] == number
    manager = await bureau.as_("qinwanqing")
    await manager.take(alert, "acknowledge-alert")
    await manager.take(alert, "remind-officer", words="请关联视音频", expected="关联视音频")
    await manager.take(alert, "close-alert", result="已关联")


async def test_what_was_numbered_and_not_opened_when_somebody_died_is_opened_once(bureau: World) -> None:
    await mediated(bureau)
    pool = bureau.ctx.pool
    # Whoever inspected died before they told; of two who come after, one has not heard of the other.
    batch = await Inspecting(pool).inspect("")
    assert (batch.opened, batch.owing) == (1, True)
    telling = Alerting(pool, bureau.client, bureau.settings.task_queue, load_speaker(bureau.settings, WORKER))
    assert await telling.tell_alerts() == 1
    await bureau.ask("UPDATE finding SET retry_at = '-infinity', state = 'due' WHERE alert IS NOT NULL")
    await telling.tell_alerts()
    (alert,) = await alerts(bureau, 1)
    entries = await bureau.ask("SELECT step FROM entry WHERE chain = %(n)s AND sort = 'step'", n=alert["number"])
    assert [each.step for each in entries] == ["raise-alert"]
    assert not (await Inspecting(pool).inspect("")).owing


FRAUD = {"kind": "电信诈骗", "narrative": "微信购买额温枪支付35万余元，对方未发货也未退款，现在联系不上"}


async def test_alerts_are_listed_the_gravest_first_with_what_they_rest_on_and_how_long_there_is(bureau: World) -> None:
    fraud, officer = await reported(bureau, **FRAUD)
    await officer.take(fraud, "classify-incident", classification="dispute", reason="经济纠纷")
    theft, officer = await reported(bureau, kind="盗窃", narrative="电动自行车被盗")
    await officer.take(theft, "classify-incident", classification="help", reason="群众求助")
    await looked(bureau)
    await alerts(bureau, 2)
    legal = await bureau.as_("fangzhengping")
    red, orange = (await legal.read("/api/alerts"))["items"]
    assert [(each["severity"], each["subject"], each["stage"]) for each in (red, orange)] == [
        ("red", fraud, "raised"),
        ("orange", theft, "raised"),
    ]
    assert "第1步提到“联系不上”" in red["evidence"] and red["subject_kind"] == "incident" and red["officer"] == officer.username
    hours = [datetime.fromisoformat(each["due_at"]) - datetime.fromisoformat(each["opened_at"]) for each in (red, orange)]
    assert hours == [timedelta(hours=2), timedelta(hours=8)]
    page = await legal.read("/api/alerts", limit=1)
    assert [each["number"] for each in (await legal.read("/api/alerts", limit=1, cursor=page["next"]))["items"]] == [
        orange["number"]
    ]
    assert (await legal.read("/api/alerts", severity="yellow"))["items"] == []
    (told,) = [each for each in (await officer.read("/api/notices"))["items"] if each["matter"] == red["number"]]
    assert "改正后自动消除" in told["words"]
    assert [each["matter"] for each in (await legal.read("/api/notices"))["items"]] == [red["number"]]


async def test_whoever_keeps_the_rules_has_matters_inspected_at_once(bureau: World) -> None:
    number, officer = await mediated(bureau)
    await bureau.ask("DELETE FROM inspection_due")
    assert (await officer.post("/api/inspections/run", matter=number)).status_code == codes.FORBIDDEN
    legal = await bureau.as_("fangzhengping")
    assert (await legal.find("/api/inspections/run", matter=number)) == {"waiting": 1}
    await looked(bureau)
    await alerts(bureau, 1)
    (kept,) = await bureau.ask("SELECT username FROM entry WHERE step = 'run-inspections' AND sort = 'administration'")
    assert kept.username == "fangzhengping"


async def test_a_refused_attempt_has_its_matter_inspected_too(bureau: World) -> None:
    number, officer = await reported(bureau)
    await bureau.ask("DELETE FROM inspection_due")
    assert (await officer.try_(number, "close-incident", outcome="已处理")).is_client_error
    assert [row.matter for row in await bureau.ask("SELECT matter FROM inspection_due")] == [number]


async def test_what_inspections_have_said_by_themselves_verifies_clean(bureau: World) -> None:
    number, officer = await mediated(bureau)
    await looked(bureau)
    await alerts(bureau, 1)
    await officer.take(number, "reclassify-incident", **CRIME)
    await looked(bureau)
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_more_than_thirty_at_once_are_one_notice_to_those_above_and_one_each_to_the_officer(bureau: World) -> None:
    number, _ = await reported(bureau)
    await bureau.ask(
        "INSERT INTO finding (rule, subject, about, severity, fingerprint, evidence, first_seen, last_seen, alert, state)"
        " SELECT %(rule)s, %(number)s, n::text, CASE WHEN n > 2 THEN 'orange' ELSE 'red' END, n::text, '[]', now(), now(), 'FX2026' || next_serial(),"
        " 'due' FROM generate_series(1, 33) n",
        rule=RULE,
        number=number,
    )
    telling = Alerting(bureau.ctx.pool, bureau.client, bureau.settings.task_queue, load_speaker(bureau.settings, WORKER))
    assert await telling.tell_alerts() == 33
    manager = await bureau.as_("qinwanqing")
    assert (await until(lambda: manager.read("/api/alerts", limit=100), lambda page: len(page["items"]) == 33))["next"] is None
    told = "SELECT office, username, words FROM notice JOIN matter m ON m.number = matter WHERE m.kind = 'risk-alert'"
    notices = await bureau.ask(told)
    assert len([each for each in notices if each.username == "liusiyuan"]) == 33
    above = [(each.office, "33件（红色2件、橙色31件）" in each.words) for each in notices if each.office]
    offices = ["case-management-officer", "legal-reviewer", "station-head", "supervisor"]
    assert sorted(above) == [(each, True) for each in offices]


async def test_an_alert_of_a_storm_asks_no_more_than_one_of_a_few(bureau: World) -> None:
    number, _ = await reported(bureau)
    read = []
    for many in (40, 4000):
        await bureau.ask(
            "INSERT INTO finding (rule, subject, about, severity, fingerprint, evidence, first_seen, last_seen, alert, state)"
            " SELECT %(rule)s, %(number)s, n::text, 'red', n::text, '[]', now(), now(), 'FX2026' || lpad(n::text, 8, '0'), 'due'"
            " FROM generate_series(1, %(many)s) n ON CONFLICT DO NOTHING",
            rule=RULE,
            number=number,
            many=many,
        )
        await bureau.ask("ANALYZE finding")
        asked = {"unit": "chengguan", "alert": f"FX2026{many:08}", "now": datetime.now(UTC), "enough": 32}
        (plan,) = await bureau.ask(f"EXPLAIN (ANALYZE, FORMAT JSON) {AT_ONCE.sql}", **asked)
        read.append(count_rows(plan[0][0]["Plan"]))
        (found,) = await bureau.ask(AT_ONCE.sql, **asked)
        assert (found.many > 30, found.place) == (True, 32)
    assert read[1] <= 2 * read[0], "what one alert reads does not grow with the storm"


def count_rows(plan: dict[str, Any]) -> float:
    """How many rows all steps of a plan looked at."""
    at_each = plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0)
    return at_each * plan["Actual Loops"] + sum(map(count_rows, plan.get("Plans", ())))
