"""What is read of the files people have: text in every encoding of theirs, and what is merged over several rows in each of them."""

from collections.abc import Callable
from datetime import date

import pytest

from api.sheets.cells import Table
from api.sheets.texts import parse_text
from api.sheets.workbooks import parse_archive, parse_with_calamine
from tests.ledgers import excel_of
from tests.tables import table

HEADINGS = ("接报日期", "警情类别", "简要警情")
DAY = date(2026, 11, 3)
PAGE = """<table><tr><td>接报日期<td>警情类别<td>简要警情<tr><td rowspan=2>2026-11-03<td>盗窃<td>丢车<tr><td>诈骗<td>转账</table>"""


def _said(tables: list[Table]) -> list[list[object]]:
    return [[each.value for each in row[:3]] for _, row in tables[-1].rows]


@table("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig", "gb18030"])
def test_a_text_is_read_whatever_it_was_saved_as(encoding: str) -> None:
    (found,) = parse_text("接报日期\t警情类别\t简要警情\r\n2026-11-03\t盗窃\t丢车\r\n".encode(encoding))
    assert _said([found]) == [list(HEADINGS), ["2026-11-03", "盗窃", "丢车"]]


@pytest.mark.parametrize("read", [parse_archive, parse_with_calamine])
def test_a_day_that_is_merged_over_several_rows_is_read_in_each_that_says_anything(read: Callable[[bytes], list[Table]]) -> None:
    lines = [
        HEADINGS,
        (DAY, "盗窃", "丢车"),
        (None, "诈骗", "转账"),
        (None, "纠纷", "争吵"),
        (None, None, None),
        ("备注", None, None),
    ]
    assert _said(read(excel_of(lines, merged=("A2:A5", "A6:C6")))) == [
        list(HEADINGS),
        [DAY, "盗窃", "丢车"],
        [DAY, "诈骗", "转账"],
        [DAY, "纠纷", "争吵"],
        ["备注", None, None],
    ]


def test_a_cell_of_a_page_that_spans_rows_is_read_in_each() -> None:
    assert _said(parse_text(PAGE.encode())) == [list(HEADINGS), ["2026-11-03", "盗窃", "丢车"], ["2026-11-03", "诈骗", "转账"]]


def test_a_last_cell_that_spans_rows_is_read_in_each_and_a_row_with_nothing_else_stays_empty() -> None:
    page = "<table><tr><td>盗窃<td>丢车<td rowspan=4>刘思源<tr><td>诈骗<td>转账<tr><td><td><tr><td>纠纷</table><table><tr><td>备注</table>"
    assert _said(parse_text(page.encode())) == [
        ["盗窃", "丢车", "刘思源"],
        ["诈骗", "转账", "刘思源"],
        ["纠纷", "", "刘思源"],
        ["备注"],
    ]
