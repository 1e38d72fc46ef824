"""Reports are made by themselves, once for each time they are due, and say what lists and boards said at that instant."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from httpx import Response
from openpyxl import load_workbook
from pypdf import PdfReader

from activities.press import Press
from activities.reporting import Reporting
from law.calendar import SHANGHAI
from models.journal import hash_sm3
from models.readmodel.report_types import report_types
from models.reports import Times, build_activity_name
from operations.verify import verify
from runtime.content_store import ContentStore, Kept, get_content_store_folder
from tests.api.matters import THEFT, accepted, reported
from tests.inspections.test_alerts import mediated
from tests.looking import looked
from tests.world import Hand, World, until
from watchdog.duties.keep_schedules import KeepSchedules
from workflows.registry import get_settled_stages, get_stage_names
from workflows.upkeep import build_upkeep_id

HANDOVER = report_types()["morning-handover"]
LONG_AGO = "2026-01-05T10:00:00+08:00"


async def made(bureau: World, report: str = "morning-handover") -> int:
    return await Reporting(bureau.ctx.pool, get_stage_names(), get_settled_stages()).make(report_types()[report])


async def test_a_handover_lists_just_the_limits_that_the_list_shows(bureau: World) -> None:
    await accepted(bureau)
    await accepted(bureau, at=LONG_AGO)
    await made(bureau)
    head = await bureau.as_("zhouminghui")
    (item,) = (await head.read("/api/reports", unit="chengguan"))["items"]
    report = await head.read(f"/api/reports/{item['id']}")
    as_of = datetime.fromisoformat(report["content"]["as_of"])
    sections = {each["id"]: each for each in report["content"]["sections"]}
    soon = await head.read("/api/clocks", due_after=as_of.isoformat(), due_before=(as_of + timedelta(hours=24)).isoformat())
    late = await head.read("/api/clocks", due_before=as_of.isoformat())
    for section, clocks in (("due-soon", soon), ("overdue", late)):
        assert sorted(row[0] for row in sections[section]["rows"]) == sorted(each["zh"] for each in clocks["items"])
    assert late["items"]


async def test_a_handover_tells_the_calls_of_its_day_by_group(bureau: World) -> None:
    at = HANDOVER.times.find_due(datetime.now(UTC)).at - timedelta(hours=1)
    for category in ("dispute", "dispute", "help"):
        await (await bureau.as_("linxiaoyu")).open("incident", at=at.isoformat(), category=category, **THEFT)
    await made(bureau)
    head = await bureau.as_("zhouminghui")
    (item,) = (await head.read("/api/reports", unit="chengguan"))["items"]
    report = await head.read(f"/api/reports/{item['id']}")
    (section,) = (each for each in report["content"]["sections"] if each["id"] == "calls")
    assert section["rows"] == [["全部警情", 3, 0, None], ["纠纷", 2, 0, None], ["求助", 1, 0, None]]


async def test_a_handover_lists_the_alerts_of_the_desk_and_on_what_each_rests(bureau: World) -> None:
    await mediated(bureau)
    await looked(bureau)
    manager = await bureau.as_("qinwanqing")
    (alert,) = await until(lambda: listed(manager), lambda items: len(items) == 1)
    await made(bureau)
    (item,) = (await manager.read("/api/reports", unit="chengguan"))["items"]
    report = await manager.read(f"/api/reports/{item['id']}")
    (section,) = (each for each in report["content"]["sections"] if each["id"] == "alerts")
    (row,) = section["rows"]
    assert row[1:3] == [alert["number"], alert["title"]]
    assert "被打" in row[4]


async def listed(manager: Hand) -> list[dict[str, Any]]:
    return (await manager.read("/api/alerts"))["items"]


MEETINGS = ("morning-handover", "noon-consultation", "weekly-report", "weekly-dispatch", "monthly-close")


async def test_a_sensitive_case_is_in_every_meetings_list_until_two_unmark_it_and_a_sealed_one_in_none(bureau: World) -> None:
    case, officer = await accepted(bureau)
    sealed, _ = await accepted(bureau)
    head, legal, chief = [await bureau.as_(name) for name in ("zhaotiejun", "jiangruolan", "zhouminghui")]
    mark = {"criteria": ["attention", "group"], "situation": "网上出现视频", "measures": "依法取证，统一答复"}
    for number in (case, sealed):
        await head.take(number, "mark-sensitive", **mark)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(number)s", number=sealed)
    await officer.take(case, "report-sensitive", report="已调取监控")
    for meeting in MEETINGS:
        await made(bureau, meeting)
        (row,) = await rows_of(head, meeting, "sensitive")
        assert row[0] == case
        assert row[4] == "群体性或者涉欠薪征迁学校医院；媒体网络关注或者赴省进京信访"
        assert row[6] != "尚未报备"
    await legal.take(case, "unmark-sensitive", reason="舆情平息")
    await chief.take(case, "approve", request="unmark-sensitive")
    await made(bureau, "daily-clearing")
    assert await rows_of(head, "daily-clearing", "sensitive") == []


async def rows_of(reader: Hand, meeting: str, section: str) -> list[list[Any]]:
    """The rows of that section of the last report of that type on 城关."""
    item = (await reader.read("/api/reports", unit="chengguan", type=meeting))["items"][0]
    sections = (await reader.read(f"/api/reports/{item['id']}"))["content"]["sections"]
    return next(each["rows"] for each in sections if each["id"] == section)


async def test_a_call_that_was_reported_a_minute_before_the_period_belongs_to_the_one_before(bureau: World) -> None:
    due, desk = HANDOVER.times.find_due(datetime.now(UTC)), await bureau.as_("linxiaoyu")
    for at in (due.since - timedelta(minutes=1), due.since + timedelta(minutes=1), due.at - timedelta(minutes=1), due.at):
        await desk.open("incident", at=at.isoformat(), **THEFT)
    await made(bureau)
    head = await bureau.as_("zhaotiejun")
    assert len(await rows_of(head, "morning-handover", "opened")) == 3
    assert (await rows_of(head, "morning-handover", "calls"))[0][1:3] == [3, 1]


async def test_a_report_is_made_once_for_each_unit_and_stays_as_it_was(bureau: World) -> None:
    assert await made(bureau) > 1
    head = await bureau.as_("zhouminghui")
    (before,) = (await head.read("/api/reports", unit="chengguan"))["items"]
    content = await head.read(f"/api/reports/{before['id']}")
    await accepted(bureau)
    assert await made(bureau) == 0
    assert (await head.read("/api/reports", unit="chengguan"))["items"] == [before]
    assert await head.read(f"/api/reports/{before['id']}") == content


async def test_a_report_made_after_its_time_says_how_late_it_is(bureau: World) -> None:
    await made(bureau)
    head = await bureau.as_("zhouminghui")
    (item,) = (await head.read("/api/reports", unit="chengguan"))["items"]
    due = HANDOVER.times.find_due(datetime.now(UTC)).at
    late = int((datetime.fromisoformat(item["made_at"]) - due).total_seconds()) // 60
    assert item["late_minutes"] == (late if late >= 5 else 0)


async def test_who_does_not_read_a_unit_does_not_read_its_reports(bureau: World) -> None:
    await made(bureau)
    head, other = await bureau.as_("zhouminghui"), await bureau.as_("linxiaoyu")
    (item,) = (await head.read("/api/reports", unit="chengguan"))["items"]
    assert (await other.read("/api/reports"))["items"] == []
    answer = await other.get(f"/api/reports/{item['id']}")
    assert answer.status_code == 403


async def test_the_bureau_has_a_report_that_sums_up_its_units(bureau: World) -> None:
    await accepted(bureau)
    await reported(bureau)
    await made(bureau)
    supervisor = await bureau.as_("leijianfeng")
    items = (await supervisor.read("/api/reports"))["items"]
    assert {"chengguan", "qinglan"} <= {each["unit"] for each in items}


async def test_a_report_is_taken_away_as_a_workbook_and_as_a_word_document(bureau: World) -> None:
    await accepted(bureau)
    await made(bureau)
    head = await bureau.as_("zhouminghui")
    (item,) = (await head.read("/api/reports", unit="chengguan"))["items"]
    report = await head.read(f"/api/reports/{item['id']}")
    book = load_workbook(io.BytesIO((await head.get(f"/api/reports/{item['id']}/workbook")).content))
    assert book.sheetnames[:-1] == [each["zh"] for each in report["content"]["sections"]]
    opened = report["content"]["sections"][-1]
    assert [list(row) for row in book[opened["zh"]].iter_rows(min_row=2, values_only=True)] == [
        [cell if cell != "" else None for cell in row] for row in opened["rows"]
    ]
    page = Document(io.BytesIO((await head.get(f"/api/reports/{item['id']}/document")).content))
    assert page.paragraphs[0].text == "城关派出所早交班"
    assert len(page.tables) == sum(bool(each["rows"]) for each in report["content"]["sections"])


async def test_a_report_that_was_wrong_stays_and_has_a_corrected_edition_beside_it(bureau: World) -> None:
    await made(bureau, "weekly-report")
    head, manager, legal = [await bureau.as_(name) for name in ("zhaotiejun", "qinwanqing", "jiangruolan")]
    (first,) = (await head.read("/api/reports", unit="chengguan"))["items"]
    before = await head.read(f"/api/reports/{first['id']}")
    at = report_types()["weekly-report"].times.find_due(datetime.now(UTC)).at - timedelta(hours=1)
    call = (await (await bureau.as_("linxiaoyu")).open("incident", at=at.isoformat(), category="dispute", **THEFT))["number"]
    refused = await correct(head, first["id"], "漏计一起纠纷")
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (403, "office-may-not-act")
    made_again = await correct(legal, first["id"], "漏计一起纠纷", key="once")
    assert made_again.status_code == 200, made_again.text
    second = made_again.json()
    assert (await correct(legal, first["id"], "漏计一起纠纷", key="once")).json() == second
    assert (await correct(manager, first["id"], "再更正")).status_code == 409, "the latest is corrected, not one that was"
    after = await head.read(f"/api/reports/{first['id']}")
    assert (after["content"], after["sm3"]) == (before["content"], before["sm3"])
    assert [each["sm3"] for each in after["others"]] == [second["sm3"]] and second["sm3"] != before["sm3"]
    section = second["content"]["sections"][0]
    assert (section["id"], before["sm3"][:16] in section["counts"], "漏计一起纠纷" in section["counts"]) == (
        "correction",
        True,
        True,
    )
    assert ["警情分类", "更正后", "纠纷；1；0"] in section["rows"], call
    listed = (await head.read("/api/reports", unit="chengguan"))["items"]
    assert [(each["edition"], each["corrected"], each["number"]) for each in listed] == [
        (2, False, second["number"]),
        (1, True, second["number"]),
    ]
    ((words, _),) = await to_read(head)
    assert "已有更正版" in words
    for which, says in ((second["id"], "更正版第2版，更正理由：漏计一起纠纷"), (first["id"], "本版已有更正版")):
        page = Document(io.BytesIO((await head.get(f"/api/reports/{which}/document")).content))
        assert any(says in each.text for each in page.paragraphs)
        book = load_workbook(io.BytesIO((await head.get(f"/api/reports/{which}/workbook")).content))
        assert says in str(list(book.worksheets[-1].iter_rows(values_only=True)))
    assert verify(bureau.settings).faults == []


async def correct(by: Hand, report: int, reason: str, key: str = "") -> Response:
    """That somebody asks for a corrected edition."""
    return await by.post(f"/api/reports/{report}/correct", {"Idempotency-Key": key} if key else None, reason=reason)


async def test_each_edition_has_a_pdf_that_is_set_once_and_read_again_as_it_was_kept(
    bureau: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made(bureau, "weekly-report")
    legal = await bureau.as_("jiangruolan")
    (first,) = (await legal.read("/api/reports", unit="chengguan"))["items"]
    second = (await correct(legal, first["id"], "漏计一起纠纷")).json()
    early = await legal.get(f"/api/reports/{second['id']}/pdf")
    assert (second["pdf"], early.status_code, "取Word格式" in early.json()["detail"]) == ("", 404, True)
    third = (await correct(legal, second["id"], "再漏一起")).json()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("activities.press._TYPESETTING", "tests.documents.set_in_latin")
    monkeypatch.setattr("activities.press._REPORTS_AT_ONCE", 2)
    contents = ContentStore(get_content_store_folder(bureau.settings.data_dir))
    assert await Press(bureau.ctx.pool, contents).convert_reports() == 2
    kept = {}
    for edition in (second, third):
        told = await legal.read(f"/api/reports/{edition['id']}")
        answer = await legal.get(f"/api/reports/{edition['id']}/pdf")
        kept[edition["id"]] = answer.content
        assert hash_sm3(answer.content).hex() == told["pdf"] == answer.headers["X-Content-SM3"]
        (page, *_) = PdfReader(io.BytesIO(answer.content)).pages
        assert (round(page.mediabox.width), round(page.mediabox.height)) == (842, 595), "A4, on its side"
        assert told["sm3"][:16] in page.extract_text() and page.extract_text().split()[-1] == "1"
    await Press(bureau.ctx.pool, contents).convert_reports()
    for id_, data in kept.items():
        assert (await legal.get(f"/api/reports/{id_}/pdf")).content == data
    assert verify(bureau.settings).faults == []
    contents.get_path(hash_sm3(kept[third["id"]]).hex()).write_bytes(b"another")
    assert (await legal.get(f"/api/reports/{third['id']}/pdf")).status_code == 503
    assert [each.words for each in verify(bureau.settings).faults if "文件" in each.words]


async def test_what_circulates_has_a_number_of_its_year_and_names_no_citizen(bureau: World) -> None:
    case, officer = await accepted(bureau)
    await (await bureau.as_("zhaotiejun")).take(case, "mark-sensitive", criteria=["attention"], situation="舆情", measures="答复")
    for report in ("weekly-report", "monthly-close", "morning-handover"):
        await made(bureau, report)
    head = await bureau.as_("zhaotiejun")
    numbers = {each["type"]: each["number"] for each in (await head.read("/api/reports", unit="chengguan"))["items"]}
    year = report_types()["weekly-report"].times.find_due(datetime.now(UTC)).at.year
    assert numbers["weekly-report"] == f"通报〔{year}〕1号"
    assert sorted(filter(None, numbers.values())) == sorted({numbers["weekly-report"], numbers["monthly-close"]})
    title = (await officer.card(case))["title"]
    for item in (await head.read("/api/reports", unit="chengguan"))["items"]:
        file = (await head.get(f"/api/reports/{item['id']}/document")).content
        page = Document(io.BytesIO(file))
        words = "\n".join(
            [*(each.text for each in page.paragraphs), *(cell.text for table in page.tables for cell in table._cells)]
        )
        assert case in words
        assert (title in words) is not bool(item["number"]), "a station's own list names the case, what circulates its number alone"
        if item["number"]:
            assert [each.text for each in page.paragraphs[:2]] == ["城关派出所通报", item["number"]]
            assert str(page.paragraphs[0].runs[0].font.color.rgb) == "C00000"
        assert "PAGE" in page.sections[0].footer._element.xml


async def test_every_type_is_made_when_its_schedule_begins_it(bureau: World) -> None:
    await bureau.watch().get_duty(KeepSchedules).do()
    queue = bureau.settings.task_queue
    for each in report_types():
        await bureau.client.get_schedule_handle(build_upkeep_id(build_activity_name(each), queue)).trigger()
    await until(lambda: bureau.ask("SELECT DISTINCT type FROM report"), lambda types: len(types) == len(report_types()), within=30)


@pytest.mark.parametrize(
    ("times", "now", "since", "at"),
    [
        (Times(HANDOVER.times.at), "2026-09-29 07:50", "2026-09-28 07:50", "2026-09-29 07:50"),
        (Times(HANDOVER.times.at), "2026-09-29 07:49", "2026-09-27 07:50", "2026-09-28 07:50"),
        (report_types()["weekly-report"].times, "2026-09-28 00:00", "2026-09-21 00:00", "2026-09-28 00:00"),
        (report_types()["weekly-report"].times, "2026-09-27 23:59", "2026-09-14 00:00", "2026-09-21 00:00"),
        (report_types()["monthly-close"].times, "2027-01-01 02:00", "2026-12-01 02:00", "2027-01-01 02:00"),
        (report_types()["monthly-close"].times, "2027-01-01 01:59", "2026-11-01 02:00", "2026-12-01 02:00"),
        (report_types()["quarterly-report"].times, "2027-01-05 06:00", "2026-10-05 06:00", "2027-01-05 06:00"),
        (report_types()["quarterly-report"].times, "2026-12-31 12:00", "2026-07-05 06:00", "2026-10-05 06:00"),
        (report_types()["monthly-close"].times, "2026-10-31 12:00", "2026-09-01 02:00", "2026-10-01 02:00"),
    ],
)
def test_a_report_tells_what_was_since_the_one_before(times: Times, now: str, since: str, at: str) -> None:
    due = times.find_due(datetime.strptime(now, "%Y-%m-%d %H:%M").replace(tzinfo=SHANGHAI))
    assert [f"{each:%Y-%m-%d %H:%M}" for each in due] == [since, at]


async def test_whoever_heads_a_unit_hears_that_its_report_lies_ready_and_has_it_to_read_until_it_is_read(bureau: World) -> None:
    await made(bureau)
    head = await bureau.as_("zhaotiejun")
    ((words, report),) = await to_read(head)
    assert words.startswith("城关派出所早交班（")
    assert words in [each["words"] for each in (await head.read("/api/notices"))["items"]]
    await head.read(f"/api/reports/{report}")
    assert await to_read(head) == []


async def test_what_an_outage_left_unmade_is_made_afterwards_and_says_what_it_cannot_say(bureau: World) -> None:
    due = HANDOVER.times.find_due(datetime.now(UTC))
    before = due.at - timedelta(days=3)
    await bureau.ask(
        "INSERT INTO report (type, unit_id, period, due_at, made_at, content, sm3)"
        " VALUES ('morning-handover', 'chengguan', %(period)s, %(at)s, %(at)s, '{}', '')",
        period=f"{before:%Y-%m-%d}",
        at=before,
    )
    many = await made(bureau)
    head, station = await bureau.as_("zhouminghui"), await bureau.as_("zhaotiejun")
    last, second, first, _ = (await head.read("/api/reports", unit="chengguan", type="morning-handover"))["items"]
    for late in (second, first):
        assert late["late_minutes"] >= 24 * 60
        report = (await head.read(f"/api/reports/{late['id']}"))["content"]["sections"]
        assert [each["id"] for each in report] == ["made-up-for", "figures", "calls", "opened"]
        assert "因停机" in report[0]["counts"]
    assert "held" in [each["id"] for each in (await head.read(f"/api/reports/{last['id']}"))["content"]["sections"]]
    # Of three the head of the station has the last to read.
    assert [report for _, report in await to_read(station)] == [str(last["id"])]
    (units,) = await bureau.ask("SELECT count(DISTINCT unit_id)::int AS n FROM report")
    assert many == 3 * units.n


async def to_read(head: Hand) -> list[tuple[str, str]]:
    """The reports that somebody has to read: in what words, and which."""
    return [(each["words"], each["step"]) for each in (await head.read("/api/tasks"))["items"] if each["sort"] == "report"]


async def test_a_report_whose_pdf_takes_too_long_keeps_no_other_from_its_own(
    bureau: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await made(bureau, "weekly-report")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("activities.press._TYPESETTING", "tests.documents.set_in_latin")
    press = Press(bureau.ctx.pool, ContentStore(get_content_store_folder(bureau.settings.data_dir)))
    (slow,) = await bureau.ask("SELECT max(id) AS id FROM report")
    convert = press._convert

    async def take_long(converter: str, files: Mapping[int, bytes]) -> dict[int, Kept]:
        if slow.id in files:
            raise TimeoutError
        return await convert(converter, files)

    monkeypatch.setattr(press, "_convert", take_long)
    assert [await press.convert_reports() for _ in range(3)] == [0, 0, 1], "all together, it alone, the next"
