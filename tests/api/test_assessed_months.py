"""A unit's month is published with a comment, objected to by the unit, answered by somebody else, and made final by two."""

from datetime import UTC, datetime, timedelta
from typing import Any, get_args

from models.assessment.closed import compute_outcome, read_closed_month
from models.assessment.indicators import BY_ID, Indicator
from models.forms.assessment import IndicatorId
from models.readmodel.report_types import report_types
from models.reports import ReportContent
from tests.api.matters import accepted
from tests.api.test_rectification_orders import problem
from tests.scenarios.supervised import made
from tests.world import Hand, World, until
from watchdog.duties.draft_assessments import DraftAssessments

COMMENT = {"comment": "受案及时；调解协议书写不规范。", "topic": "治安调解"}


async def closed(bureau: World) -> tuple[str, dict[str, Any]]:
    """The number of the assessment of 城关's last month, in which some limits were kept and others were not, and the monthly close."""
    at = report_types()["monthly-close"].times.find_due(datetime.now(UTC)).at - timedelta(days=12)
    for day in range(6):
        await accepted(bureau, at=(at + timedelta(days=day)).isoformat())
    await made(bureau, "monthly-close")
    legal = await bureau.as_("jiangruolan")
    (item,) = (await legal.read("/api/reports", unit="chengguan", type="monthly-close"))["items"]
    report = (await legal.read(f"/api/reports/{item['id']}"))["content"]
    assert await bureau.watch().get_duty(DraftAssessments).do() >= 1
    listed = await until(lambda: _list_assessments(legal), lambda found: found)
    assert await bureau.watch().get_duty(DraftAssessments).do() == 0
    return listed[0]["number"], report


async def _list_assessments(by: Hand) -> list[dict[str, Any]]:
    return (await by.read("/api/matters", kind="assessment", unit="chengguan"))["items"]


async def sheet(by: Hand, month: str) -> dict[str, Any]:
    return await by.read("/api/assessment/sheet", unit="chengguan", month=month)


async def test_a_month_is_published_objected_to_answered_and_made_final(bureau: World) -> None:
    number, report = await closed(bureau)
    legal, head, supervisor, chief = [
        await bureau.as_(each) for each in ("jiangruolan", "zhaotiejun", "leijianfeng", "zhouminghui")
    ]
    month = read_closed_month(ReportContent.model_validate(report), "城关派出所")
    card = await legal.card(number)
    assert (card["stage"], f"{compute_outcome(month, ())}" in card["title"]) == ("computed", True)
    assert (await problem(head, number, "publish-assessment", **COMMENT))[:2] == (403, "office-may-not-act")
    await legal.take(number, "publish-assessment", **COMMENT)
    assert any("三个工作日内提出" in each["words"] for each in (await head.read("/api/notices"))["items"])
    assert (await problem(legal, number, "finalise-assessment", words="定案"))[1] == "law-forbids"
    scored = next(each for each in BY_ID.values() if each.zh == month.scored[0].zh)
    await objects(head, supervisor, number, scored, [each.zh for each in month.scored], report["since"][:7])
    left = compute_outcome(month, {scored.zh})
    await bureau.ask(
        "UPDATE clock SET due_at = now() - interval '1 hour' WHERE matter = %(number)s AND limit_id = 'assessment-objection'",
        number=number,
    )
    assert (await problem(head, number, "object-to-indicator", indicator="again", grounds="迟来"))[1] == "time-limit-expired"
    await legal.take(number, "finalise-assessment", words="按异议决定调整后定案")
    await chief.approve(number, "finalise-assessment")
    assert (await legal.card(number))["stage"] == "final"
    final = f"月度考评定案：{left or '没有可计分的指标'}"
    assert final in [each["words"] for each in (await head.read("/api/notices"))["items"]]


async def objects(head: Hand, supervisor: Hand, number: str, scored: Indicator, all_scored: list[str], month: str) -> None:
    """The unit objects to an indicator, which does not count from then on, nor once it was right."""
    unscored = next(each for each in get_args(IndicatorId) if BY_ID[each].zh not in all_scored)
    assert (await problem(head, number, "object-to-indicator", indicator=unscored, grounds="有误"))[:2] == (422, "form-invalid")
    await head.take(number, "object-to-indicator", indicator=scored.id, grounds="所计一件系他所移交")
    assert await row(head, month, scored.id) == (None, "申诉中，暂不计分")
    decision = {"upheld": True, "reason": "经查系他所移交"}
    assert (await problem(head, number, "decide-assessment-objection", **decision))[:2] == (403, "office-may-not-act")
    answer = await supervisor.take(number, "decide-assessment-objection", **decision)
    assert any(each.startswith("本月考评：") for each in answer["notes"]) or len(all_scored) == 1
    assert await row(head, month, scored.id) == (None, "异议成立，不计分")
    assert (await sheet(head, month))["matter"] == {
        "number": number,
        "stage": "published",
        "objected": [{"indicator": scored.id, "upheld": True}],
    }
    assert (await problem(head, number, "object-to-indicator", indicator=scored.id, grounds="再提"))[:2] == (422, "form-invalid")


async def row(by: Hand, month: str, indicator: str) -> tuple[float | None, str]:
    """The points of an indicator on the sheet, and why it has none."""
    (found,) = [each for each in (await sheet(by, month))["indicators"] if each["indicator"] == indicator]
    return found["points"], found["why"]
