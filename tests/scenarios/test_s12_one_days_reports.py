"""S12: the morning meeting has its list, and what clears the day and closes week and month comes by itself, with the figures of the boards."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from openpyxl import load_workbook

from models.readmodel.report_types import report_types
from models.reports import build_activity_name
from tests.api.matters import THEFT, accepted, reported
from tests.scenarios.supervised import instant, made
from tests.world import Hand, World, until
from watchdog.duties.keep_schedules import KeepSchedules
from workflows.upkeep import build_upkeep_id

Rows = dict[str, list[list[Any]]]
DAY = timedelta(days=1)


async def told(reader: Hand, kind: str) -> dict[str, Any]:
    """The last report of that type on 城关: what it says, and where it is."""
    item = (await reader.read("/api/reports", unit="chengguan", type=kind))["items"][0]
    return (await reader.read(f"/api/reports/{item['id']}"))["content"] | {"id": item["id"]}


def rows(report: dict[str, Any]) -> Rows:
    """Its sections."""
    return {each["id"]: each["rows"] for each in report["sections"]}


async def as_excel(reader: Hand, report: dict[str, Any]) -> Rows:
    """What its workbook says, section by section."""
    book = load_workbook(io.BytesIO((await reader.get(f"/api/reports/{report['id']}/workbook")).content))
    pages = zip(report["sections"], book.worksheets, strict=False)
    return {each["id"]: [list(row) for row in page.iter_rows(min_row=2, values_only=True)] for each, page in pages}


def blank(rows: Rows) -> Rows:
    """As a sheet keeps them: what is empty is nothing."""
    return {id_: [[None if cell == "" else cell for cell in row] for row in of] for id_, of in rows.items()}


async def test_the_morning_meeting_has_what_is_new_what_ends_within_the_day_and_what_is_overdue(county: World) -> None:
    head, desk = await county.as_("zhaotiejun"), await county.as_("linxiaoyu")
    due = report_types()["morning-handover"].times.find_due(datetime.now(UTC))
    new = (await desk.open("incident", at=(due.at - timedelta(hours=1)).isoformat(), **THEFT))["number"]
    older = (await desk.open("incident", at=(due.since - timedelta(hours=1)).isoformat(), **THEFT))["number"]
    late, _ = await accepted(county, at=(due.at - 40 * DAY).isoformat())
    today, _ = await reported(county)
    await made(county, "morning-handover")

    report = await told(head, "morning-handover")
    says, as_of = rows(report), instant(report["as_of"])
    assert new in [row[0] for row in says["opened"]] and older not in [row[0] for row in says["opened"]]
    assert late in [row[3] for row in says["overdue"]] and today in [row[3] for row in says["due-soon"]]
    for section, asked in (
        ("due-soon", {"due_after": as_of, "due_before": as_of + DAY}),
        ("overdue", {"due_before": as_of}),
    ):
        listed = await head.read("/api/clocks", unit="chengguan", **{name: each.isoformat() for name, each in asked.items()})
        assert sorted(row[0] for row in says[section]) == sorted(each["zh"] for each in listed["items"])
    assert await as_excel(head, report) == blank(says)


async def come_by_themselves(county: World, head: Hand, kinds: set[str]) -> None:
    """Let the schedules of these reports begin them, and wait until they are there."""
    await county.watch().get_duty(KeepSchedules).do()
    for kind in kinds:
        await county.client.get_schedule_handle(build_upkeep_id(build_activity_name(kind), county.settings.task_queue)).trigger()

    async def there() -> set[str]:
        return {each["type"] for each in (await head.read("/api/reports", unit="chengguan"))["items"]}

    await until(there, lambda found: found == kinds, within=30)


async def test_the_days_clearing_the_weeks_report_and_the_months_close_come_by_themselves_and_say_what_the_boards_say(
    county: World,
) -> None:
    head = await county.as_("zhouminghui")
    kinds, now = ("daily-clearing", "weekly-report", "monthly-close"), datetime.now(UTC)
    due = {kind: report_types()[kind].times.find_due(now) for kind in kinds}
    happened = [each.at - timedelta(hours=hours) for each, hours in zip(due.values(), (3, 80, 30), strict=True)]
    for at in happened:
        await (await county.as_("linxiaoyu")).open("incident", at=at, **THEFT)
        case, officer = await accepted(county, at=at.isoformat())
        await officer.take(case, "file-case", at=at, charge="xf-264", grounds="有犯罪事实，需要追究刑事责任")
        await head.approve(case, "file-case")

    await come_by_themselves(county, head, set(due))
    day, week, month = [await told(head, kind) for kind in due]

    # The day: every incident of it that is not done with, as the list of matters has it.
    span = {"opened_after": due["daily-clearing"].since.isoformat(), "opened_before": due["daily-clearing"].at.isoformat()}
    open_ = await head.read("/api/matters", kind="incident", unit="chengguan", **span)
    assert sorted(row[0] for row in rows(day)["unfinished-incidents"]) == sorted(each["number"] for each in open_["items"])
    filed = sum(due["daily-clearing"].since < each <= due["daily-clearing"].at for each in happened)
    assert ["刑事立案", filed] in [row[:2] for row in rows(day)["figures"]]

    # The week: the rates of the board of supervision, for the same seven days.
    since, last = due["weekly-report"].since, due["weekly-report"].at - DAY
    board = await head.read("/api/boards/supervision", unit="chengguan", **{"from": f"{since:%Y-%m-%d}", "to": f"{last:%Y-%m-%d}"})
    (unit,) = [each for each in board["units"] if each["unit"] == "chengguan"]
    assert [row[2:5] for row in rows(week)["rates"]] == [[each["above"], each["below"], each["rate"]] for each in unit["rates"]]

    # The month: the sheet of assessment.
    sheet = await head.read("/api/assessment/sheet", unit="chengguan", month=f"{due['monthly-close'].at - DAY:%Y-%m}")
    shown = [[each["above"], each["below"]] for each in sheet["indicators"]]
    assert [row[3:5] for row in rows(month)["indicators"]] == shown
    assert any(below for _, below in shown)
    for report in (day, week, month):
        assert await as_excel(head, report) == blank(rows(report)), report["zh"]
