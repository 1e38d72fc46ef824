"""A unit's month is told with the items behind each figure, and weighed by a standard that two people have set before it began."""

from datetime import datetime, timedelta
from typing import Any

import httpx

from activities.reporting import Reporting
from law.calendar import SHANGHAI
from models.assessment.forbidden import FORBIDDEN
from models.assessment.indicators import USUAL
from models.readmodel.assessment_sheets import Month
from models.readmodel.report_types import report_types
from tests.api.matters import accepted, reported
from tests.world import Hand, World
from workflows.registry import get_settled_stages, get_stage_names

NOW = datetime.now(SHANGHAI)
THIS, NEXT = f"{NOW:%Y-%m}", str(Month(Month(NOW.date().replace(day=1)).next))
LONG_AGO = f"{NOW:%Y}-01-05T10:00:00+08:00"


async def told(hand: Hand, indicator: str, **asked: str) -> dict[str, Any]:
    """An indicator of the sheet of 城关."""
    sheet = await hand.read("/api/assessment/sheet", **({"unit": "chengguan"} | asked))
    return next(each for each in sheet["indicators"] if each["indicator"] == indicator)


async def listed(hand: Hand, indicator: str, part: str, **asked: str) -> list[str]:
    """The matters that it counted."""
    page = await hand.read("/api/assessment/sheet/counted", **({"unit": "chengguan", "indicator": indicator, "part": part} | asked))
    return [each["matter"] for each in page["items"]]


async def proposed(bureau: World, **said: Any) -> httpx.Response:
    weights = [{"indicator": each, "weight": weight} for each, weight in USUAL.items()]
    return await (await bureau.as_("guanli")).post(
        "/api/assessment/standards", **({"unit": "qinglan", "month": NEXT, "weights": weights} | said)
    )


async def test_each_figure_of_a_sheet_opens_just_what_it_counted(bureau: World) -> None:
    overdue, _ = await accepted(bureau, at=LONG_AGO)
    await accepted(bureau)
    head = await bureau.as_("zhouminghui")
    sheet = await head.read("/api/assessment/sheet", unit="chengguan", month=f"{NOW:%Y}-01")
    for each in sheet["indicators"]:
        for part in ("above", "below"):
            items = await listed(head, each["indicator"], part, month=f"{NOW:%Y}-01")
            assert len(items) == each[part], each["zh"]
    assert overdue in await listed(head, "filed-in-time", "rest", month=f"{NOW:%Y}-01")
    assert (await told(head, "closure-raw"))["below"] == 1


async def test_a_case_counts_where_its_lengthened_or_suspended_term_ends_and_is_not_late_before(bureau: World) -> None:
    officer, head = await bureau.as_("liusiyuan"), await bureau.as_("zhouminghui")
    case = (await officer.open("public-order-case", violation="za-51-1", injured=True, mediable=False, at=LONG_AGO))["number"]
    due = "SELECT due_at FROM clock WHERE matter = %(case)s AND limit_id = 'public-order-case-handling'"
    # As an extension, or days of appraisal that are not counted, move its end.
    move = "UPDATE clock SET {} WHERE matter = %(case)s AND limit_id = 'public-order-case-handling' RETURNING due_at"

    async def in_its_month(part: str) -> tuple[str, bool]:
        ((end,),) = await bureau.ask(due, case=case)
        month = f"{end.astimezone(SHANGHAI):%Y-%m}"
        return month, case in await listed(head, "closed-in-time", part, month=month)

    first, counted = await in_its_month("below")
    assert counted
    await bureau.ask(move.format("due_at = due_at + interval '31 days'"), case=case)
    second, counted = await in_its_month("below")
    assert (first < second, counted) == (True, True)
    assert case not in await listed(head, "closed-in-time", "below", month=first)
    await bureau.ask(move.format("state = 'met', ended_at = due_at - interval '1 day'"), case=case)
    assert (await in_its_month("above"))[1]


async def test_a_problem_counts_once_somebody_has_verified_it_and_not_before(bureau: World) -> None:
    incident, officer = await reported(bureau)
    issuer, head = await bureau.as_("qinwanqing"), await bureau.as_("zhouminghui")
    said = {"problem": "应立未立", "demand": "立案", "category": "201", "officer": "liusiyuan"}
    order = (await issuer.open("rectification-order", subject=incident, **said))["number"]
    await officer.take(order, "report-rectification", done="已立案")
    assert await listed(head, "not-filed-found", "above") == []
    await issuer.take(order, "verify-rectification", quality=4)
    assert await listed(head, "not-filed-found", "above") == [order]
    assert await listed(head, "first-pass", "above") == [order]


async def test_a_bureau_that_weighs_what_is_forbidden_is_told_who_forbids_it(bureau: World) -> None:
    for banned in ("退查率", "return-rate", "破案率", "结案率"):
        answer = await proposed(bureau, weights=[{"indicator": banned, "weight": 5}])
        assert answer.status_code == 409, banned
        assert any(each.source in answer.json()["detail"] for each in FORBIDDEN)
    shown = await (await bureau.as_("guanli")).read("/api/assessment/standards")
    assert {each["indicator"] for each in shown["forbidden"]} == {each.id for each in FORBIDDEN}
    assert shown["proposed"] == []


async def test_a_standard_holds_from_a_month_that_has_not_begun_once_another_person_confirmed_it(bureau: World) -> None:
    late = await proposed(bureau, month=THIS)
    assert "不溯及既往" in late.json()["errors"][0]["detail"]
    weights = [{"indicator": "closed-in-time", "weight": 20}, {"indicator": "rectified", "weight": 80}]
    (one,) = (await proposed(bureau, weights=weights, peers=[{"unit": "chengguan", "peers": "城区所"}])).json()["proposed"]
    legal, himself = await bureau.as_("leijianfeng"), await bureau.as_("guanli")
    said = {"unit": "qinglan", "proposed_at": one["at"]}
    assert (await himself.post("/api/assessment/standards/confirm", **said)).status_code == 403
    answer = await legal.post("/api/assessment/standards/confirm", **said)
    assert answer.status_code == 200, answer.text
    head = await bureau.as_("zhouminghui")
    assert (await told(head, "rectified"))["weight"] == USUAL["rectified"]
    assert (await told(head, "rectified", month=NEXT))["weight"] == 80
    assert (await told(head, "filed-in-time", month=NEXT))["weight"] == 0
    (unit,) = [each for each in (await head.read("/api/assessment/units", month=NEXT))["units"] if each["unit"] == "chengguan"]
    assert unit["peers"] == "城区所"


async def test_whoever_does_not_read_a_unit_whole_does_not_read_its_sheet(bureau: World) -> None:
    await accepted(bureau)
    desk = await bureau.as_("linxiaoyu")
    answer = await desk.get("/api/assessment/sheet", unit="chengguan")
    assert answer.status_code == 403
    assert (await desk.get("/api/assessment/sheet", unit="nowhere")).status_code == 404
    assert (await (await bureau.as_("zhaotiejun")).get("/api/assessment/sheet", unit="donghe")).status_code == 403


async def test_the_monthly_close_says_what_the_sheet_says_and_nothing_later_changes_it(bureau: World) -> None:
    # Until two o'clock on the first the month that ended is not closed yet.
    last_month = (report_types()["monthly-close"].times.find_due(NOW).at - timedelta(days=10)).replace(hour=10)
    overdue, _ = await accepted(bureau, at=last_month.isoformat())
    assert await Reporting(bureau.ctx.pool, get_stage_names(), get_settled_stages()).make(report_types()["monthly-close"]) > 1
    head = await bureau.as_("zhouminghui")
    (item,) = (await head.read("/api/reports", unit="chengguan"))["items"]
    report = await head.read(f"/api/reports/{item['id']}")
    sections = {each["id"]: each["rows"] for each in report["content"]["sections"]}
    sheet = await head.read("/api/assessment/sheet", unit="chengguan", month=f"{last_month:%Y-%m}")
    assert [row[3:5] for row in sections["indicators"]] == [[each["above"], each["below"]] for each in sheet["indicators"]]
    assert overdue in [row[1] for row in sections["lost"]]
    await accepted(bureau, at=last_month.isoformat())
    assert await head.read(f"/api/reports/{item['id']}") == report
