"""S2, to its end: the payment stopped, the arrest, a return for investigation, prosecution, judgment, the archive; organs by HTTP."""

from datetime import datetime, timedelta
from typing import Any

from tests.organ import Organ, organ
from tests.sandbox import Sandbox
from tests.scenarios.fraud import FRAUD, Team, call, detain, named_suspect, opened, team
from tests.scenarios.passing import Passing, eventually
from tests.world import Answer

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ACCOUNT = {"bank": "安澜农商银行", "account": "6217000000000000001", "amount": "350000", "grounds": "涉嫌诈骗的收款账户"}
HELD_AS = {
    "notify-family": {"relative": "妻子 宋雨桐", "means": "当面送达拘留通知书"},
    "deliver-to-custody-centre": {"centre": "青岚县看守所"},
    "interrogate": {"place": "青岚县看守所讯问室", "companion": "许雅婷"},
}


async def _asked_and_approved(people: Team, number: str, step: str, **form: Any) -> Answer:
    await people.officer.take(number, step, **form)
    return await people.chief.approve(number, step)


async def _decided(by: Organ, number: str, step: str, at: datetime, /, **form: Any) -> Answer:
    answer = await by.decide(number, step, at=at, **form)
    assert answer.status_code == 200, answer.text
    return answer.json()["receipt"]


async def _filed(passing: Passing, people: Team) -> tuple[str, str]:
    """Called in, stopped at the bank within the hour, classified wrongly, put right on the supervisor's order, and filed."""
    at = await passing.now() - DAY
    incident = await call(people, at)
    await people.officer.take(incident, "classify-incident", classification="dispute", reason="双方存在买卖合同，属经济纠纷")
    found = {"problem": "金额较大、未发货、收款人失联，疑似诈骗未立案", "demand": "重新审查定性，立即止付", "term": "1 day"}
    order = (await people.supervisor.open("rectification-order", subject=incident, **found))["number"]
    assert (await people.officer.card(order))["links"]["parent"] == incident
    await people.officer.take(order, "sign-rectification")
    await people.officer.take(incident, "request-stop-payment", transferred_at=(at - 3 * HOUR).isoformat(), **ACCOUNT)
    await people.head.approve(incident, "request-stop-payment")

    case = await opened(people.officer, await people.officer.take(incident, "reclassify-incident", **FRAUD))
    await _asked_and_approved(people, case, "file-case", charge="xf-266", grounds="有犯罪事实，需要追究刑事责任")
    await people.officer.take(order, "report-rectification", done="已按诈骗罪立案，并已申请止付。")
    assert (await people.supervisor.take(order, "verify-rectification"))["stage"] == "closed"
    return incident, case


async def _arrested(passing: Passing, people: Team, procuratorate: Organ, case: str) -> str:
    at = await passing.now()
    suspect = await named_suspect(people, case)
    await detain(people, suspect, at)
    for step, form in HELD_AS.items():
        await people.officer.take(suspect, step, **form)
    await _asked_and_approved(people, suspect, "extend-detention", extension="+4 day", grounds="涉案资金流向复杂，属特殊情况")
    await _asked_and_approved(people, suspect, "extend-detention", extension="to 30 day", grounds="多次作案的重大嫌疑分子")
    await passing.until(at + 20 * DAY)
    await _asked_and_approved(people, suspect, "request-arrest", grounds="有证据证明有犯罪事实，有逃跑危险")
    await _decided(procuratorate, suspect, "receive-arrest-request", await passing.now(), note="")
    await passing.until(at + 25 * DAY)
    assert (await _decided(procuratorate, suspect, "approve-arrest", await passing.now(), note=""))["stage"] == "arrest_approved"
    await people.officer.take(suspect, "execute-arrest", place="青岚县看守所")
    assert (await people.officer.clock(suspect, "investigative-custody"))["state"] == "running"
    return suspect


async def _prosecuted(passing: Passing, people: Team, procuratorate: Organ, case: str) -> None:
    """Sent, sent back once for a month, sent again, prosecuted."""
    await _asked_and_approved(people, case, "close-investigation", report="事实清楚，证据确实、充分")
    assert (await _asked_and_approved(people, case, "send-case", opinion="应当以诈骗罪追究刑事责任"))[
        "stage"
    ] == "prosecution_review"
    await _decided(procuratorate, case, "receive-prosecution-case", await passing.now())
    await _decided(procuratorate, case, "notify-defence-right", await passing.now(), note="已书面告知")
    await passing.until(await passing.now() + 10 * DAY)
    returned = await _decided(procuratorate, case, "return-for-investigation", await passing.now(), outline="补充资金流向的证据")
    assert returned["stage"] == "supplementary_investigation"
    month = await people.officer.clock(case, "supplementary-investigation")
    assert (month["state"], month["answerable"]) == ("running", "case-officer")

    await passing.until(await passing.now() + 20 * DAY)
    await _asked_and_approved(people, case, "send-case-again", outcome="supplemented", report="已调取银行流水")
    assert (await people.officer.clock(case, "supplementary-investigation"))["state"] == "met"
    await _decided(procuratorate, case, "receive-prosecution-case", await passing.now())
    await _decided(procuratorate, case, "notify-defence-right", await passing.now(), note="已书面告知")
    await passing.until(await passing.now() + 9 * DAY)
    sent = await _decided(procuratorate, case, "prosecute-case", await passing.now(), charge="诈骗罪", court="青岚县人民法院")
    assert sent["stage"] == "court_acceptance"


async def _judged(passing: Passing, people: Team, court: Organ, case: str, suspect: str) -> None:
    for step, form in (("receive-trial-case", {"number": "(2026)刑初88号"}), ("accept-trial", {"procedure": "ordinary"})):
        await _decided(court, case, step, await passing.now(), **form)
    await _decided(court, case, "notify-defence-right", await passing.now(), note="随起诉书副本送达")
    await passing.until(await passing.now() + 30 * DAY)
    judgment = "被告人犯诈骗罪，判处有期徒刑三年"
    assert (await _decided(court, case, "judge-case", await passing.now(), outcome="guilty", judgment=judgment))[
        "stage"
    ] == "judged"
    await _decided(court, case, "serve-judgment", await passing.now(), recipient="贺文涛")
    early = await court.decide(case, "take-effect", at=await passing.now())
    assert (early.status_code, early.json()["type"]) == (409, "/problems/law-forbids")
    # Ten days, and whatever holiday they may end in.
    await passing.until(await passing.now() + 20 * DAY)
    assert (await _decided(court, case, "take-effect", await passing.now(), note=""))["stage"] == "sentence"
    await people.officer.take(suspect, "receive-sentence-papers", sentence="有期徒刑三年")
    await people.officer.take(suspect, "execute-sentence", way="prison", place="省第一监狱")


async def test_a_fraud_is_carried_to_the_archive_with_the_organs_on_the_line(passing: Passing, sandbox: Sandbox) -> None:
    people, county = await team(passing.county), passing.county
    procuratorate, court = await organ(county, "procuratorate"), await organ(county, "court")
    manager = await county.as_("qinwanqing")
    incident, case = await _filed(passing, people)
    suspect = await _arrested(passing, people, procuratorate, case)
    await _prosecuted(passing, people, procuratorate, case)
    await _judged(passing, people, court, case, suspect)
    await people.officer.take(case, "close-case", outcome="判决已生效并交付执行")
    assert (await people.head.approve(case, "close-case"))["stage"] == "closed"
    assert (await manager.take(case, "archive", volume="2026-诈-001"))["stage"] == "archived"

    async def all_told() -> bool:
        return _types(sandbox, "procuratorate")[-1:] == ["case.sent-again"] and bool(sandbox.received("court"))

    await eventually(all_told)
    assert _types(sandbox, "procuratorate") == ["arrest.requested", "case.sent-to-procuratorate", "case.sent-again"]
    assert _types(sandbox, "court") == ["case.prosecuted"]
    assert _types(sandbox, "bank") == ["outside.stop-payment-requested"]
    assert _types(sandbox, "custody-centre")[:4] == [
        "detention.executed",
        "detention.extended",
        "detention.extended",
        "arrest.executed",
    ]
    overdue = [each["limit"] for each in await people.officer.read(f"/api/matters/{suspect}/clocks") if each["state"] == "met-late"]
    assert overdue == []
    assert (await people.officer.card(incident))["links"]["children"]


def _types(sandbox: Sandbox, system: str) -> list[str]:
    return [each["message"]["type"] for each in sandbox.received(system)]
