"""S1: a fight filed away as mediation, found, ordered to be put right, and set right."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from httpx import codes

from tests.looking import looked
from tests.scenarios.fraud import opened, team
from tests.scenarios.supervised import alerts, instant, report, told, turns
from tests.world import Hand, World, until

FIGHT = {
    "kind": "殴打他人",
    "place": "城关镇夜市烧烤店门口",
    "narrative": "报警人称在烧烤店门口被打，有人躺下、流血。",
    "unit": "chengguan",
}


async def test_a_fight_cannot_be_closed_as_mediation_without_agreement_or_statements_and_is_reclassified(county: World) -> None:
    people = await team(county)
    incident = (await people.desk.open("incident", **FIGHT))["number"]
    await people.desk.take(incident, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await people.officer.take(incident, "arrive-on-scene", found="双方均有轻微伤")
    await people.officer.take(incident, "classify-incident", classification="mediation", reason="双方愿意调解")

    for agreed, field, article in ((False, "agreement", "第一百八十四条"), (True, "statements", "第一百八十条")):
        refused = await people.officer.try_(incident, "close-incident", outcome="双方已自行和好", agreement=agreed)
        assert refused.status_code == 409
        assert refused.json()["type"] == "/problems/law-forbids"
        assert refused.json()["field"] == field
        assert article in refused.json()["basis"]
    assert (await people.officer.card(incident))["stage"] == "mediation"

    unexplained = await people.officer.try_(
        incident, "reclassify-incident", classification="administrative", violation="za-51-1", injured=False
    )
    assert [(each["field"], each["rule"]) for each in unexplained.json()["errors"]] == [("reason", "missing")]
    reason = "烧烤店门口监控显示一方先动手，应当作为行政案件办理"
    await people.officer.take(
        incident, "reclassify-incident", classification="administrative", violation="za-51-1", reason=reason, injured=False
    )
    await people.officer.take(incident, "file-administrative-case", violation="za-51-1", injured=False)

    assert (await people.officer.card(incident))["stage"] == "classified"
    journal = (await people.officer.read(f"/api/matters/{incident}/journal"))["items"]
    said = [(each["sort"], each["content"].get("form", {}).get("classification")) for each in journal if "classify" in each["step"]]
    assert said == [("step", "mediation"), ("refusal", None), ("step", "administrative")]
    assert [each["content"]["problem"] for each in journal if each["sort"] == "refusal"] == [
        "law-forbids",
        "law-forbids",
        "form-invalid",
    ]
    assert (
        next(each for each in journal if each["step"] == "reclassify-incident" and each["sort"] == "step")["content"]["form"][
            "reason"
        ]
        == reason
    )


FOUND = "打架伤害警情按治安调解处理而没有询问记录"


async def test_a_fight_filed_as_mediation_is_found_ordered_put_right_and_looked_at_by_who_ordered_it(county: World) -> None:
    people = await team(county)
    manager, doer = await county.as_("qinwanqing"), await county.as_("xuyating")
    desks = (people.officer, doer, people.head, manager, people.legal, people.supervisor)
    incident, classified = await filed_away(county, FIGHT["narrative"])
    await filed_away(county, "报警人称在烧烤店门口与人争吵，没有被打，现场无人受伤。")
    await looked(county)

    number = await found_at_once(manager, incident, classified)
    assert await turns(desks, number) == {"qinwanqing": "轮到办理：签收核查"}
    assert await told((people.officer, people.head, people.legal, people.supervisor), number, FOUND)

    # Whoever keeps the desk signs for it and orders; those it is about may not.
    assert (await people.officer.try_(number, "acknowledge-alert")).status_code == codes.FORBIDDEN
    await manager.take(number, "acknowledge-alert")
    assert await turns(desks, number) == {"qinwanqing": "轮到办理：转整改指令"}
    said = {"problem": "打架警情按调解处理而无询问笔录", "demand": "询问当事人，依法审查定性并作出决定", "term": "3 day"}
    order = await opened(manager, await manager.take(number, "issue-order", **said))
    assert (await manager.card(order))["links"]["parent"] == incident
    assert await turns(desks, number) == {}
    assert await turns(desks, order) == dict.fromkeys(("liusiyuan", "xuyating", "zhaotiejun"), "轮到办理：签收整改指令")

    # The head of the station signs, and gives it to another than who filed the fight away.
    await people.head.take(order, "sign-rectification", doer="xuyating")
    assert await turns(desks, order) == {"xuyating": "轮到办理：呈请反馈整改结果"}
    handed_over = await report(county, people.head, "morning-handover")
    assert [row[1] for row in handed_over["alerts"]] == [number]
    assert [(row[0], row[3], row[-1]) for row in handed_over["orders"]] == [(order, "许雅婷", "轮到办理：呈请反馈整改结果")]

    acts = await cured(doer, people.head, incident)
    await looked(county)
    assert (await manager.card(number))["stage"] == "ordered", "what was ordered waits for who looks whether it is so"

    await reported(doer, people.head, order, acts)
    assert await turns(desks, order) == {"qinwanqing": "轮到办理：呈请核查通过"}
    await verified(manager, people.legal, order, refused=(doer, people.head))
    await until(lambda: manager.card(number), lambda card: card["stage"] == "closed")
    assert (await turns(desks, order), await turns(desks, number), await alerts(manager)) == ({}, {}, [])


async def filed_away(county: World, narrative: str) -> tuple[str, datetime]:
    """An incident of which that is told, settled by mediation; its number, and when that was recorded."""
    desk, officer = await county.as_("linxiaoyu"), await county.as_("liusiyuan")
    number = (await desk.open("incident", **FIGHT | {"kind": "纠纷", "narrative": narrative}))["number"]
    await desk.take(number, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await officer.take(number, "arrive-on-scene", found="双方均在场")
    receipt = await officer.take(number, "classify-incident", classification="mediation", reason="双方愿意调解")
    assert (await officer.try_(number, "close-incident", outcome="双方已自行和好")).status_code == codes.CONFLICT
    return number, instant(receipt["recorded_at"])


async def found_at_once(manager: Hand, incident: str, classified: datetime) -> str:
    """The one alert, about that incident, raised within seconds for what anybody can read up there."""
    (alert,) = await until(lambda: alerts(manager), bool)
    assert alert["subject"] == incident, "who was not hit raises nothing"
    assert instant(alert["opened_at"]) - classified < timedelta(seconds=30)
    assert (alert["title"], alert["severity"]) == (FOUND, "red")
    assert {"第1步提到“被打”", "第1步提到“躺下”", "第1步提到“流血”"} <= {*alert["evidence"]}
    return alert["number"]


async def cured(doer: Hand, head: Hand, incident: str) -> list[int]:
    """Somebody questioned, the incident classified anew, and a case filed; the entries of it."""
    await doer.take(incident, "summon-for-inquiry", name="贺小军", grounds="先动手打人的一方")
    await head.approve(incident, "summon-for-inquiry")
    asked = await doer.take(incident, "inquire", place="城关派出所", recorded=True, record="承认先动手打人")
    kind = {"classification": "administrative", "violation": "za-51-1", "injured": True, "reason": "监控显示一方先动手"}
    again = await doer.take(incident, "reclassify-incident", **kind)
    filed = await doer.take(incident, "file-administrative-case", violation="za-51-1", injured=True, mediable=False)
    case = await opened(doer, filed)
    assert (await doer.card(case))["links"]["parent"] == incident
    return [each["seq"] for each in (asked, again, filed)]


async def reported(doer: Hand, head: Hand, order: str, acts: list[int]) -> None:
    """What was done, by those acts; those of before the order answer nothing."""
    answer, step = {"demand": 1, "result": "done", "papers": ["询问笔录"]}, "report-grave-rectification"
    before = await doer.try_(order, step, done="已询问", answers=[answer | {"entries": [1]}])
    assert (before.status_code, "指令下达以后" in before.text) == (codes.UNPROCESSABLE_ENTITY, True)
    await doer.take(order, step, done="已询问、重新定性并立案", answers=[answer | {"entries": acts}])
    await head.approve(order, step)


async def verified(manager: Hand, legal: Hand, order: str, refused: Iterable[Hand]) -> None:
    """The order is as red as the alert: two find that it is put right, and nobody who did it."""
    step = "verify-urgent-rectification"
    for hand in refused:
        assert (await hand.try_(order, step)).status_code == codes.FORBIDDEN
    assert (await manager.take(order, step, quality=5))["standing"] == "awaiting-approval"
    assert (await legal.approve(order, step))["stage"] == "closed"
