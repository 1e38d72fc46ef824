"""The monthly comment (月点评): what was said of each unit's month by name, the good and the bad file, and nobody else by name."""

import io
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from docx import Document

from activities.reporting import Reporting
from law.calendar import SHANGHAI, Calendar
from models.assessment.indicators import BY_ID
from models.readmodel.report_types import report_types
from tests.api.reviews import INCIDENTS, assigned, at_stage, decided, review_of, scored
from tests.api.test_assessed_months import COMMENT, closed
from tests.scenarios.supervised import report
from tests.world import Hand, World
from workflows.registry import get_settled_stages, get_stage_names

TIMES = report_types()["monthly-comment"].times


async def reviewed(bureau: World, month: str) -> tuple[str, str]:
    """A file that came out well in that month, and one that failed."""
    files = good, bad = await decided(bureau), await decided(bureau)
    _, sheets = await assigned(bureau, *((file, "wuhaoran", "kongfanlin") for file in files))
    legal = await bureau.as_("fangzhengping")
    lost = {good: {"i1": 1}, bad: {f"i{item.number}": item.points for item in INCIDENTS.items[:12]}}
    for file in files:
        for seat, name in enumerate(("wuhaoran", "kongfanlin"), 1):
            await scored(await bureau.as_(name), sheets[f"{file}/{seat}"], **lost[file])
        review = await review_of(bureau, file)
        await at_stage(legal, review, "settling")
        await legal.take(review, "settle-score")
        await legal.take(review, "tell-unit")
    await bureau.ask("UPDATE case_review SET closed_at = %(at)s", at=f"{month}-15T10:00:00+08:00")
    return good, bad


async def commented(bureau: World, reader: Hand) -> dict[str, list[list[Any]]]:
    """What the comment says of the month that was closed last, as if its third working day had come."""
    of = replace(report_types()["monthly-comment"], times=report_types()["monthly-close"].times)
    await Reporting(bureau.ctx.pool, get_stage_names(), get_settled_stages()).make(of)
    return await report(bureau, reader, "monthly-comment")


async def test_a_month_is_commented_on_by_name_with_its_files_told_by_their_numbers(bureau: World) -> None:
    number, close = await closed(bureau)
    month = close["since"][:7]
    legal, head, supervisor = [await bureau.as_(each) for each in ("jiangruolan", "zhaotiejun", "leijianfeng")]
    await legal.take(number, "publish-assessment", **COMMENT)
    scored_zh = next(row[2] for section in close["sections"] if section["id"] == "indicators" for row in section["rows"] if row[8])
    indicator = next(each for each in BY_ID.values() if each.zh == scored_zh)
    await head.take(number, "object-to-indicator", indicator=indicator.id, grounds="所计一件系他所移交")
    await supervisor.take(number, "decide-assessment-objection", upheld=True, reason="经查系他所移交")
    good, bad = await reviewed(bureau, month)

    says = await commented(bureau, head)
    ((unit, at_close, now, comment, author, topic, _),) = says["comments"]
    assert (unit, comment, author, topic) == ("城关派出所", COMMENT["comment"], "江若兰", COMMENT["topic"])
    assert at_close.endswith("等") and now != at_close, "what fell to an objection counts no more"
    assert says["decisions"] == [["城关派出所", indicator.zh, "成立，不计分", "经查系他所移交"]]
    assert says["results"] == next(each["rows"] for each in close["sections"] if each["id"] == "results")
    assert [(row[0], row[2]) for row in says["best-and-worst"]] == [("好案卷", good), ("差案卷", bad)]
    assert [row[1] for row in says["failed-files"]] == [bad]
    assert {row[2] for row in says["lost-items"]} == {1, 2}, "the first item was lost in both, the others in one"

    item = (await head.read("/api/reports", unit="chengguan", type="monthly-comment"))["items"][0]
    assert item["number"].startswith("通报〔")
    page = Document(io.BytesIO((await head.get(f"/api/reports/{item['id']}/document")).content))
    words = "\n".join(cell.text for table in page.tables for cell in table._cells)
    assert (bad in words, COMMENT["comment"] in words) == (True, True)
    assert [name for name in ("王小二", "刘思源", "吴昊然") if name in words] == []


async def test_a_file_that_was_sealed_since_is_in_no_comment_and_a_unit_that_waits_for_one_is_named(bureau: World) -> None:
    _, close = await closed(bureau)
    good, bad = await reviewed(bureau, close["since"][:7])
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(bad)s", bad=bad)
    says = await commented(bureau, await bureau.as_("zhaotiejun"))
    assert [row[2] for row in says["best-and-worst"]] == [good]
    assert says["failed-files"] == []
    assert [(row[0], row[3]) for row in says["comments"]] == [("城关派出所", "尚未公布")]


YEAR = [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
OFF = {date(2026, 10, day) for day in range(1, 9)}
# Of 2026 the National Day lasted a week, and the Saturday after it was worked.
ARRANGED = Calendar.of_years({2026: [day for day in YEAR if day in OFF or (day.weekday() >= 5 and day != date(2026, 10, 10))]})


@pytest.mark.parametrize(
    ("now", "since", "at"),
    [
        ("2026-09-03 17:00", "2026-08-01 00:00", "2026-09-03 17:00"),
        ("2026-09-03 16:59", "2026-07-01 00:00", "2026-08-05 17:00"),
        ("2026-10-11 12:00", "2026-08-01 00:00", "2026-09-03 17:00"),
        ("2026-10-13 12:00", "2026-09-01 00:00", "2026-10-12 17:00"),
        ("2027-01-02 12:00", "2026-11-01 00:00", "2026-12-03 17:00"),
    ],
)
def test_it_is_due_on_the_third_day_that_is_worked_and_tells_of_the_month_before(now: str, since: str, at: str) -> None:
    due = TIMES.find_due(datetime.strptime(now, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI), ARRANGED)
    assert [f"{each:%Y-%m-%d %H:%M}" for each in due] == [since, at]
