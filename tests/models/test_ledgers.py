"""What stands in the ledgers of bureaus is understood as whoever wrote it meant it."""

from datetime import UTC, date, datetime

import pytest

from law.calendar import SHANGHAI
from models import bulk_intake
from models.ledgers import headings
from models.ledgers.cells import Cell
from models.ledgers.open_cases import LedgerContext, Officer, read_officer
from models.ledgers.past_steps import Line, read_extension_length
from models.ledgers.words import INCIDENTS, find_code, find_unit, parse_truth
from models.ledgers.written_instants import of_serial, parse_instant

NOW = datetime(2026, 11, 29, tzinfo=UTC)
UNITS = {"城关派出所": "chengguan", "东河派出所": "donghe", "刑事侦查大队": "xingzhen", "chengguan": "chengguan"}


@pytest.mark.parametrize(
    ("written", "meant_at"),
    [
        ("2026年11月3日2时02分", (2026, 11, 3, 2, 2)),
        ("2026年11月3日 上午10:15:20", (2026, 11, 3, 10, 15, 20)),
        ("2026年11月3日 (星期二) 14:05许", (2026, 11, 3, 14, 5)),
        ("二〇二六年十一月三日下午三时二十分", (2026, 11, 3, 15, 20)),
        ("2026.11.3 晚上8点半", (2026, 11, 3, 20, 30)),
        ("2026/11/3 下午 3:05", (2026, 11, 3, 15, 5)),
        ("2026年11月3日凌晨12点10分", (2026, 11, 3, 0, 10)),
        ("2026年11月3日中午12时5分", (2026, 11, 3, 12, 5)),
        ("2026年11月3日24时", (2026, 11, 4, 0, 0)),
        ("2026-11-03 12:00:00 AM", (2026, 11, 3, 0, 0)),
        ("２０２６-１１-０３　０８：０５", (2026, 11, 3, 8, 5)),
        ("20261103 0805", (2026, 11, 3, 8, 5)),
        ("202611030805", (2026, 11, 3, 8, 5)),
        ("26.11.3 8:05", (2026, 11, 3, 8, 5)),
        ("46329.3854", (2026, 11, 3, 9, 14, 59)),
    ],
)
def test_an_instant_is_read_in_every_way_in_which_it_is_written(written: str, meant_at: tuple[int, ...]) -> None:
    assert parse_instant(written) == datetime(*meant_at, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "written", ["2026/1/3", "2026年1月3日", "2026.01.03", "20260103", "2026-1-3（星期六）", "二〇二六年一月三号"]
)
def test_a_mere_day_is_told_from_an_instant(written: str) -> None:
    assert parse_instant(written) == date(2026, 1, 3)


@pytest.mark.parametrize(
    "written", ["昨晚", "2026-13-02 20:15", "2026年2月30日", "25:10", "11月3日", "2026-11-03 10:75", "139000", "2026-W10-1"]
)
def test_what_is_no_time_is_not_guessed(written: str) -> None:
    assert parse_instant(written) is None


@pytest.mark.parametrize("written", ["2026-11-03 夜里2点", "2026年11月3日深夜1时20分", "2026.11.3 晚上2:30"])
def test_an_hour_after_midnight_that_is_called_night_is_no_afternoon_and_not_guessed(written: str) -> None:
    assert parse_instant(written) is None


def test_a_span_of_time_is_no_instant_in_another_zone() -> None:
    assert parse_instant("2026-11-03 20:15-20:30") is None
    at = datetime(2026, 11, 3, 20, 15, tzinfo=SHANGHAI)
    assert [parse_instant(each) for each in ("2026-11-03 20:15:00+08:00", "2026-11-03T07:15:00-05:00")] == [at, at]


def test_a_number_of_excel_counts_from_1900_or_as_old_macs_did_from_1904() -> None:
    assert of_serial(46329.5) == datetime(2026, 11, 3, 12, tzinfo=SHANGHAI)
    assert of_serial(46329.5 - 1462, since_1904=True) == datetime(2026, 11, 3, 12, tzinfo=SHANGHAI)
    assert of_serial(13900001234) is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("警情\n类别", "kind"),
        ("发生地点*", "place"),
        ("报警内容（必填）", "narrative"),
        ("案发地点", "place"),
        ("简要警情", "narrative"),
        ("报警时间：", "at"),
        ("联系电话", "reporter_phone"),
        ("身份证号码", "reporter_citizen_number"),
        ("辖区单位", "unit"),
        ("处警结果", "outcome"),
        ("案发时间", "happened_at"),
        ("警情小类", "kind"),
        ("警情大类", "category"),
        ("是否紧急", "urgent"),
        ("警情标签", "signs"),
    ],
)
def test_a_heading_is_known_by_what_bureaus_call_it(heading: str, field: str) -> None:
    found = INCIDENTS.find_field(heading)
    assert found is not None
    assert found[0] == field


def test_words_and_units_are_known_by_what_bureaus_call_them() -> None:
    assert [find_code("channel", each) for each in ("110报警", "来所报案", "微信", "１１０ 报警", "鸽子")] == [
        "110",
        "walk-in",
        "online",
        "110",
        None,
    ]
    assert [find_unit(each, UNITS) for each in ("城关所", "青岚县公安局城关派出所", "刑侦大队", "西所")] == [
        "chengguan",
        "chengguan",
        "xingzhen",
        None,
    ]
    assert [parse_truth(each) for each in ("√", "否", "也许")] == [True, False, None]
    assert [parse_truth(each, "urgent") for each in ("特急", "一般", "二级")] == [True, False, None]
    assert [find_code("category", each) for each in ("治安案件", "群众求助", "天气")] == ["public-order", "help", None]


def sheet(*lines: tuple[str | None, ...]) -> list[tuple[int, list[Cell]]]:
    return [(n, [Cell(each) for each in line]) for n, line in enumerate(lines, start=1)]


def test_headings_are_found_under_a_title_in_whichever_sheet_and_in_two_rows() -> None:
    data = ("1", "2026/1/3", "石文", "139", "盗窃", "人民路", "丢车")
    one = sheet(("台账",), ("填报单位：城关所",), ("序号", "报警时间", "报警人", "电话", "警情类别", "案发地点", "简要警情"), data)
    two = sheet(
        ("序号", "报警时间", "报警人", None, "警情类别", "案发地点", "简要警情"),
        (None, None, "姓名", "电话", None, None, None),
        data,
    )
    for sheets, which, row in (([one], 0, 3), ([sheet(("说明",)), one], 1, 3), ([two], 0, 2)):
        found = headings.find_headings(sheets)
        assert found is not None
        assert (found.sheet, found.row, found.after) == (which, row, row)
        assert list(found.columns.values()) == ["at", "reporter", "reporter_phone", "kind", "place", "narrative"]


def test_of_two_columns_for_one_field_the_better_word_is_read_and_a_unit_has_the_last_word() -> None:
    words = ("接报时间", "接警时间", "备注", "警情类别")
    assert headings.match_fields(words, {})[0] == {1: "at", 3: "kind"}
    assert headings.match_fields(words, {"接报时间": "at", "备注": "narrative", "警情类别": ""})[0] == {0: "at", 2: "narrative"}


ROW = {"kind": "盗窃", "place": "人民路", "narrative": "丢车"}


def one_row(words: bulk_intake.LedgerWords | None = None, **cells: str | float) -> bulk_intake.Row:
    (row,) = bulk_intake.check_rows(
        [(2, {name: Cell(value) for name, value in {**ROW, **cells}.items()})], UNITS, NOW, words or bulk_intake.LedgerWords()
    )
    return row


def test_a_telephone_that_excel_has_spoilt_is_refused_in_a_text_too() -> None:
    for spoilt in ("1.39E+10", "1.39e10", "#####", "转"):
        assert [each["field"] for each in one_row(reporter_phone=spoilt).errors] == ["reporter_phone"], spoilt
    assert one_row(reporter_phone="+86 139 0000 1234、0971-5550123").form["reporter_phone"] == "13900001234、09715550123"


def test_what_a_spreadsheet_leaves_about_a_number_is_no_part_of_it() -> None:
    for written in ("13900001234.00", "13900001234.0", "'13900001234", 13900001234.0):
        assert one_row(reporter_phone=written).form["reporter_phone"] == "13900001234", written
    assert one_row(reporter_citizen_number="'110101199003070775").form["reporter_citizen_number"] == "110101199003070775"
    (fault,) = one_row(reporter_citizen_number="1.10101E+17").errors
    assert (fault["rule"], "末几位已经丢失" in fault["detail"]) == ("number-cell", True)


def test_what_cannot_be_seen_or_was_broken_to_fit_its_column_comes_along_with_no_row() -> None:
    row = one_row(kind="盗\n窃", place="人民路\u200b1号\ufeff", reporter="王\r\n芳", narrative="丢车\n两辆\u202e")
    assert (row.errors, row.form) == ([], {"kind": "盗窃", "place": "人民路1号", "reporter": "王芳", "narrative": "丢车\n两辆"})


def test_a_time_in_a_cell_that_shows_a_number_is_read_and_no_reason_of_another_field_is_given() -> None:
    assert one_row(at=46329.3854).form["at"] == "2026-11-03T09:14:59+08:00"
    assert [each["rule"] for each in one_row(at=4.5).errors] == ["instant"]


def test_a_past_row_is_closed_with_its_outcome_and_its_day_alone_is_marked() -> None:
    row = one_row(at="2026/1/3", outcome="已调解")
    assert (row.errors, row.form["outcome"], row.form["at"], row.form["day_only"]) == (
        [],
        "已调解",
        "2026-01-03T00:00:00+08:00",
        True,
    )
    assert "day_only" not in one_row(at="2026/1/3 8:00", outcome="已调解").form
    assert [each["rule"] for each in one_row(at="2026/1/3").errors] == ["time-missing"]
    assert [each["rule"] for each in one_row(outcome="已调解").errors] == ["missing"]


def test_a_row_whose_outcome_says_that_there_is_none_is_an_incident_still_to_be_seen_to() -> None:
    for written in ("无", "/", "—", "未处理", "正在处理中", "在办"):
        row = one_row(at="2026-11-28 8:00", outcome=written)
        assert (row.errors, "outcome" in row.form) == ([], False), written


def test_what_a_unit_has_said_that_a_word_means_goes_before_what_we_think() -> None:
    words = bulk_intake.LedgerWords(values={"channel": {"鸽子": "letter", "110": "patrol"}, "unit": {"本所": "donghe"}})
    row = one_row(words, channel="鸽子", unit="本所")
    assert (row.errors, row.form["channel"], row.form["unit"]) == ([], "letter", "donghe")
    assert one_row(words, channel="110").form["channel"] == "patrol"


def test_words_that_nobody_knows_are_counted_and_told_in_chinese() -> None:
    rows = [one_row(channel="鸽子"), one_row(channel="鸽子", unit="西所")]
    assert [(each.field, each.word, each.rows) for each in bulk_intake.list_unknown_words(rows)] == [
        ("channel", "鸽子", 2),
        ("unit", "西所", 1),
    ]
    (fault,) = rows[0].errors
    assert "walk-in" not in fault["detail"]
    assert "当面" in fault["detail"]


@pytest.mark.parametrize(
    ("written", "unit", "means"),
    [
        ("延长4日", "day", "+4 day"),
        ("十日", "day", "to 10 day"),
        ("十四日", "day", "to 14 day"),
        ("延长至三十日", "day", "to 30 day"),
        ("两个月", "month", "+2 month"),
    ],
)
def test_how_long_an_extension_is_may_be_written_in_words(written: str, unit: str, means: str) -> None:
    line = Line("人员", 3, {"extension": Cell(written)}, since_1904=False)
    assert (read_extension_length(line, "extension", unit), line.faults) == (means, [])


@pytest.mark.parametrize(
    ("written", "unit"),
    [("1个月", "day"), ("30日", "month"), ("至2026年10月30日", "day"), (datetime(2026, 10, 30), "day"), ("", "day")],
)
def test_an_extension_in_another_measure_or_until_a_date_is_refused_at_its_cell(written: str | datetime, unit: str) -> None:
    line = Line("人员", 3, {"extension": Cell(written)}, since_1904=False)
    read_extension_length(line, "extension", unit)
    assert [(each["field"], each["rule"]) for each in line.faults] == [("extension", "missing")]


def test_an_officer_whose_short_name_is_spread_is_known() -> None:
    context = LedgerContext({}, {"donghe": frozenset({"donghe"})}, [Officer("wangfang", "王芳", "320001", "donghe")])
    for written in ("王　芳", "王芳、李明", "王芳 李明", "320001", "wangfang"):
        assert read_officer(Line("案件", 3, {"officer": Cell(written)}, since_1904=False), "donghe", context) == "wangfang", written
