"""S2's flag: a fraud closed as a quarrel over money is found, ordered to be put right, and is a criminal case before the order is closed."""

from datetime import datetime, timedelta

from law.calendar import SHANGHAI
from tests.looking import looked
from tests.sandbox import Sandbox
from tests.scenarios.fraud import CALL, FRAUD, Team, call, opened, team
from tests.scenarios.supervised import alerts, report, told, turns
from tests.world import Hand, World, until

FOUND = "疑似诈骗按经济纠纷处理"
ACCOUNT = {
    "bank": "财付通支付科技有限公司",
    "account": "wx-13911112222",
    "holder": "贺某",
    "amount": "350000",
    "grounds": "收款后失联，涉嫌诈骗",
}


async def closed_as_a_quarrel(people: Team) -> str:
    """The purchase of the thermometers, told to be a matter for the court."""
    incident = await call(people, datetime.now(SHANGHAI).replace(second=0, microsecond=0) - timedelta(hours=2))
    await people.officer.take(incident, "classify-incident", classification="dispute", reason="双方存在买卖合同，属经济纠纷")
    await people.officer.take(incident, "close-incident", outcome="告知报警人向人民法院起诉")
    return incident


async def test_a_fraud_told_to_sue_is_flagged_the_payment_stopped_and_a_case_filed_before_the_order_is_closed(
    county: World, sandbox: Sandbox
) -> None:
    people, manager = await team(county), await county.as_("qinwanqing")
    incident = await closed_as_a_quarrel(people)
    await looked(county)

    # What was paid, that nothing was delivered and that nobody answers stand in what the caller told; stopping the payment comes first.
    (alert,) = await until(lambda: alerts(manager), bool)
    number = alert["number"]
    assert (alert["subject"], alert["title"], alert["severity"]) == (incident, FOUND, "red")
    assert {"第1步提到“转账”", "第1步提到“联系不上”"} <= {*alert["evidence"]}, alert
    assert await told((people.officer, people.head, people.legal, people.supervisor), number, "请先核实收款账户并请求紧急止付")
    (finding,) = [
        each for each in (await manager.read(f"/api/matters/{incident}/findings")) if each["rule"] == "incident-fraud-as-dispute"
    ]
    assert next(iter(finding["remedy"])) == "request-stop-payment"

    await manager.take(number, "acknowledge-alert")
    said = {"problem": "诈骗警情按经济纠纷办结", "demand": "核实账户并止付，依法审查是否立案", "term": "1 day"}
    order = await opened(manager, await manager.take(number, "issue-order", **said))
    assert (await report(county, people.head, "morning-handover"))["orders"][0][0] == order
    await people.officer.take(order, "sign-rectification")

    # The officer who sent the caller to court asks the bank at once, classifies anew, and another approves the filing.
    again = await people.officer.take(incident, "reclassify-incident", **FRAUD)
    case = await opened(people.officer, again)
    paid_at = datetime.now(SHANGHAI).replace(second=0, microsecond=0) - timedelta(hours=5)
    await people.officer.take(incident, "request-stop-payment", transferred_at=paid_at.isoformat(), **ACCOUNT)
    stop = await people.head.approve(incident, "request-stop-payment")
    assert await until(lambda: stopped(sandbox), bool) == [ACCOUNT["account"]]
    await people.officer.take(case, "file-case", charge="xf-266", grounds="有犯罪事实，需要追究刑事责任")
    await people.chief.approve(case, "file-case")
    await looked(county)
    assert (await manager.card(number))["stage"] == "ordered", "what was ordered waits for who looks whether it is so"

    await put_right(people, manager, order, [again["seq"], stop["seq"]])
    await until(lambda: manager.card(number), lambda card: card["stage"] == "closed")
    assert (await people.officer.card(case))["links"]["parent"] == incident
    assert await alerts(manager) == []


async def put_right(people: Team, manager: Hand, order: str, acts: list[int]) -> None:
    """The officer reports by leave of the head; of an order as red as its alert two find it put right."""
    answer = {"demand": 1, "result": "done", "entries": acts, "papers": ["立案决定书"]}
    await people.officer.take(order, "report-grave-rectification", done="已止付并以诈骗立案", answers=[answer])
    await people.head.approve(order, "report-grave-rectification")
    assert await turns((people.officer, people.head, manager), order) == {"qinwanqing": "轮到办理：呈请核查通过"}
    await manager.take(order, "verify-urgent-rectification", quality=4)
    assert (await people.legal.approve(order, "verify-urgent-rectification"))["stage"] == "closed"


async def stopped(sandbox: Sandbox) -> list[str]:
    """The accounts that the bank's system was asked to stop."""
    return [each["message"]["data"]["account"] for each in sandbox.received("bank")]


async def test_a_quarrel_over_goods_that_were_delivered_is_no_fraud(county: World) -> None:
    people, manager = await team(county), await county.as_("qinwanqing")
    desk = CALL | {"narrative": "报警人称网购的红外测温仪已收到货，认为精度不够，已与商家协商退款，双方能够联系。"}
    incident = (await people.desk.open("incident", **desk))["number"]
    await people.desk.take(incident, "dispatch-incident", unit="chengguan", officer="liusiyuan")
    await people.officer.take(incident, "classify-incident", classification="dispute", reason="货物质量争议")
    await looked(county)
    assert FOUND not in [each["title"] for each in await alerts(manager)]
