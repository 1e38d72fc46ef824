"""The boards of supervision count open alerts, orders and supervisions, and each count opens just what it counted."""

from typing import Any

from models.readmodel.pagination import MASKED
from tests.api.matters import accepted, reported
from tests.api.test_rectification_orders import DEMANDS, ordered
from tests.api.test_supervisions import SAID, watched
from tests.world import Hand, World


async def listed(hand: Hand, path: str, **filters: Any) -> list[dict[str, Any]]:
    return (await hand.read(path, **filters))["items"]


async def test_orders_are_counted_by_unit_and_state_and_each_count_opens_just_those(bureau: World) -> None:
    asked, _ = await ordered(bureau, category="109", severity="yellow", demands=DEMANDS)
    waits, _ = await ordered(bureau)
    officer, issuer = await bureau.as_("liusiyuan"), await bureau.as_("qinwanqing")
    await officer.take(asked, "appeal-rectification", ground="facts", statement="已经上传")
    await (await bureau.as_("fangzhengping")).take(asked, "decide-appeal", result="maintained", reasons="尚未上传")
    answers = [{"demand": n, "result": "done" if n < 3 else "partly"} for n in (1, 2, 3)]
    await officer.take(asked, "report-rectification", done="已补齐", answers=answers)
    await issuer.take(asked, "return-rectification", reason="没有说明原因", unmet=[3])
    closed, _ = await ordered(bureau)
    await officer.take(closed, "report-rectification", done="已补齐")
    await issuer.take(closed, "verify-rectification", findings=[{"demand": 1, "checked": True}])

    board = await issuer.read("/api/boards/orders")
    (row,) = board["units"]
    counts = dict(zip([each["stage"] for each in board["stages"]], row["counts"], strict=True))
    assert counts == {"ordered": 1, "under_rectification": 1}
    assert (row["zh"], row["closed"], row["ended"], row["overdue"]) == ("城关派出所", 1, 1, 0)
    for stage, number in (("ordered", waits), ("under_rectification", asked)):
        opened = await listed(issuer, "/api/rectification-orders", unit=row["unit"], alone=True, stage=stage)
        assert [each["number"] for each in opened] == [number]
    assert opened[0]["issuer_zh"] == "秦婉清"
    assert [opened[0][name] for name in ("severity", "category_zh", "demands", "done", "returns", "objections", "days_over")] == [
        *("yellow", "视音频缺失", 3, 2, 1, 1, 0)
    ]
    everything = await listed(issuer, "/api/rectification-orders", open=False)
    assert [each["number"] for each in everything] == [asked, waits, closed]


async def test_an_order_past_its_term_is_counted_and_listed_as_overdue(bureau: World) -> None:
    order, _ = await ordered(bureau)
    await bureau.ask("UPDATE matter SET colour = 'overdue' WHERE number = %(order)s", order=order)
    late = "UPDATE clock SET due_at = now() - interval '2 days 13 hours' WHERE matter = %(order)s AND limit_id = 'rectification-report'"
    await bureau.ask(late, order=order)
    issuer = await bureau.as_("qinwanqing")
    (row,) = (await issuer.read("/api/boards/orders"))["units"]
    assert (row["overdue"], row["closed"], row["ended"]) == (1, 0, 1)
    opened = await listed(issuer, "/api/rectification-orders", overdue=True)
    assert [(each["number"], each["days_over"]) for each in opened] == [(order, 2)]


async def test_open_alerts_are_counted_by_rule_and_colour_and_each_count_opens_just_those(bureau: World) -> None:
    incident, _ = await reported(bureau)
    manager = await bureau.as_("qinwanqing")
    for severity in ("red", "orange", "orange"):
        said = {"severity": severity, "topic": "视音频缺失", "what": "现场执法视音频未关联"}
        await manager.open("risk-alert", subject=incident, **said)
    board = await manager.read("/api/boards/alerts")
    ((unit, cell),) = [(unit, cell) for unit in board["units"] for cell in unit["cells"] if not cell["rule"]]
    assert (unit["zh"], cell["label"], cell["red"], cell["orange"], cell["oldest_days"]) == ("城关派出所", "人工发现", 1, 2, 0)
    for severity in ("red", "orange"):
        opened = await listed(manager, "/api/alerts", unit=unit["unit"], alone=True, by_hand=True, severity=severity)
        assert len(opened) == cell[severity]
    assert await listed(manager, "/api/alerts", overdue=True) == []


async def test_whoever_leads_reads_how_many_others_they_lead_and_which_reports_read_alike(bureau: World) -> None:
    first, _ = await watched(bureau)
    officer = await bureau.as_("liusiyuan")
    said = {"done": "9月28日走访3户，未发现线索。", "why_none": "等待鉴定意见"}
    await officer.take(first, "report-progress", **said)
    again = await officer.take(first, "report-progress", **said | {"done": "10月5日走访8户，未发现线索"})
    assert any("第" in note and "雷同" in note for note in again["notes"])
    case, _ = await accepted(bureau)
    legal, manager = await bureau.as_("fangzhengping"), await bureau.as_("douyiming")
    second = (await legal.open("supervision", **SAID | {"subject": case, "decided": True}))["number"]
    signed = await manager.take(second, "lead-supervision", office="case-management-officer", words="每周看侦查工作")
    assert signed["notes"] == ["案管员牵头的另有1件督办尚未解除"]
    rows = {each["number"]: each for each in await listed(manager, "/api/supervisions")}
    assert [
        rows[first][name] for name in ("level_zh", "lead_zh", "lead_open", "members", "signed", "reports", "empty", "alike")
    ] == [*("所队与中心联合", "案管员", 2, 3, 1, 2, 2, 1)]


async def test_of_a_sealed_order_whoever_may_not_open_it_reads_neither_what_it_is_about_nor_how_grave(bureau: World) -> None:
    order, _ = await ordered(bureau, category="109", severity="orange", demands=DEMANDS)
    fresh = await (await bureau.as_("zhaotiejun")).read("/api/matters", opened_after="2020-01-01T00:00:00+08:00", taken_up=True)
    assert order not in {each["number"] for each in fresh["items"]}, "an order is no new work of the day"
    assert fresh["items"]
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s RETURNING number", n=order)
    told = ("title", "severity", "severity_zh", "category", "category_zh")
    (seen,) = await listed(await bureau.as_("zhouminghui", reason=""), "/api/rectification-orders")
    assert [seen[name] for name in told] == [MASKED, "", "", "", MASKED]
    (seen,) = await listed(await bureau.as_("zhouminghui"), "/api/rectification-orders")
    assert [seen[name] for name in told[1:3]] == ["orange", "橙色"]
