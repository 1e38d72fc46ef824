"""Many incidents in one sheet: what is read, what is refused by row and field, and that nothing is entered twice."""

import io
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import httpx
import pytest
from openpyxl import Workbook, load_workbook

from api.sheets.cells import MOST_ROWS
from api.sheets.uploads import LARGEST_SHEET
from law.calendar import SHANGHAI
from models.bulk_intake import REASON
from tests.ledgers import excel_of, ledger
from tests.world import Hand, World

GOOD = {
    "警情类别": "求助",
    "发生地点": "城关镇河滨路3号",
    "报警内容": "门锁打不开",
    "报警人姓名": "石文",
    "报警人电话": "13909710001",
    "报警方式": "当面",
    "失踪、走失人员警情": "否",
    "处警单位": "城关派出所",
    "发生时间": "2026-03-02 20:15",
}
FORM = {
    "kind": "求助",
    "place": "城关镇河滨路3号",
    "narrative": "门锁打不开",
    "reporter": "石文",
    "reporter_phone": "13909710001",
    "channel": "walk-in",
    "missing": False,
    "unit": "chengguan",
    "at": "2026-03-02T20:15:00+08:00",
}


def excel(*rows: Mapping[str, Any], headings: list[str] | None = None) -> bytes:
    """An Excel file of these rows."""
    book = Workbook()
    sheet: Any = book.active
    names = headings or list(GOOD)
    sheet.append(names)
    for row in rows:
        sheet.append([row.get(name) for name in names])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def comma_separated(*rows: Mapping[str, Any], encoding: str = "utf-8-sig", between: str = ",") -> bytes:
    """A CSV file of these rows."""
    lines = [list(GOOD), *([str(row.get(name, "")) for name in GOOD] for row in rows)]
    return "\r\n".join(between.join(f'"{each}"' for each in line) for line in lines).encode(encoding)


async def upload(hand: Hand, data: bytes, name: str = "警情.xlsx") -> httpx.Response:
    """Hand in a file to be checked."""
    return await hand.http.post("/api/imports", files={"file": (name, data)})


async def checked(hand: Hand, data: bytes) -> list[dict[str, Any]]:
    """The rows of a file, as they were checked."""
    answer = await upload(hand, data)
    assert answer.status_code == 200, answer.text
    return answer.json()["rows"]


@pytest.mark.parametrize(
    "write",
    [
        excel,
        comma_separated,
        lambda *rows: comma_separated(*rows, encoding="utf-8"),
        lambda *rows: comma_separated(*rows, encoding="gb18030"),
        lambda *rows: comma_separated(*rows, between="\t"),
        lambda *rows: comma_separated(*rows, between=";"),
    ],
    ids=["xlsx", "utf-8 with its mark", "utf-8", "gb18030", "tabs", "semicolons"],
)
async def test_a_row_becomes_a_form_whatever_the_file_is_written_in(idle: World, write: Callable[..., bytes]) -> None:
    (row,) = await checked(await idle.as_("linxiaoyu"), write(GOOD))
    assert (row["row"], row["form"], row["errors"], row["number"]) == (2, FORM, [], None)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (datetime(2026, 3, 2, 20, 15), "2026-03-02T20:15:00+08:00"),
        ("2026/3/2 20:15", "2026-03-02T20:15:00+08:00"),
        ("2026年3月2日 20时15分", "2026-03-02T20:15:00+08:00"),
        ("2026-03-02T12:15:00Z", "2026-03-02T12:15:00Z"),
        ("", None),
    ],
)
async def test_an_instant_may_be_a_date_of_excel_or_a_text(idle: World, written: Any, read: str | None) -> None:
    (row,) = await checked(await idle.as_("linxiaoyu"), excel(GOOD | {"发生时间": written}))
    assert (row["form"].get("at"), row["errors"]) == (read, [])


FUTURE = datetime.now(SHANGHAI) + timedelta(hours=2)


@pytest.mark.parametrize(
    ("wrong", "field", "rule"),
    [
        ({"报警内容": None}, "narrative", "missing"),
        ({"发生地点": "长" * 201}, "place", "string_too_long"),
        ({"报警内容": '=HYPERLINK("x")'}, "narrative", "cell"),
        ({"报警内容": "=1+1"}, "narrative", "cell"),
        ({"发生时间": "=NOW()"}, "at", "cell"),
        ({"发生时间": "昨晚"}, "at", "instant"),
        ({"发生时间": "2026-13-02 20:15"}, "at", "instant"),
        ({"发生时间": "2026-03-02"}, "at", "time-missing"),
        ({"发生时间": datetime(2026, 3, 2).date()}, "at", "time-missing"),
        ({"发生时间": FUTURE.strftime("%Y-%m-%d %H:%M")}, "at", "not-in-the-future"),
        ({"报警方式": "传真机"}, "channel", "choice"),
        ({"失踪、走失人员警情": "也许"}, "missing", "yes-or-no"),
        ({"处警单位": "东京派出所"}, "unit", "unknown-unit"),
        ({"报警人电话": 110101199003070775}, "reporter_phone", "number-cell"),
    ],
)
async def test_what_is_wrong_is_said_by_row_and_field(idle: World, wrong: dict[str, Any], field: str, rule: str) -> None:
    first, row = await checked(await idle.as_("linxiaoyu"), excel(GOOD, GOOD | wrong))
    assert (first["errors"], row["row"], row["key"]) == ([], 3, "")
    assert [(each["field"], each["rule"]) for each in row["errors"]] == [(field, rule)]


async def test_a_citizens_number_is_checked_by_its_digit(idle: World) -> None:
    names = [*GOOD, "报警人公民身份号码"]
    numbers = ("110101199003070775", "110101199003070776")
    rows = excel(*(GOOD | {"报警人公民身份号码": each} for each in numbers), headings=names)
    good, bad = await checked(await idle.as_("linxiaoyu"), rows)
    assert good["form"]["reporter_citizen_number"] == numbers[0]
    assert [each["field"] for each in bad["errors"]] == ["reporter_citizen_number"]


async def test_nobody_imports_into_units_beyond_their_reach(idle: World) -> None:
    (row,) = await checked(await idle.as_("wuhaoran"), excel(GOOD))
    assert [each["rule"] for each in row["errors"]] == ["unknown-unit"]
    answer = await upload(await idle.as_("niuguodong"), excel(GOOD))
    assert (answer.status_code, answer.json()["type"]) == (403, "/problems/office-may-not-act")
    assert (await (await idle.stranger()).post("/api/imports")).status_code == 401


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"", 415),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 415),
        (b"PK\x03\x04 no archive", 415),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 415),
        ('"不成对，'.encode(), 415),
        ("随便一句话".encode(), 422),
        (b"x" * (LARGEST_SHEET + 1), 413),
        (b"x" * (LARGEST_SHEET + 200_000), 413),
    ],
    ids=["empty", "a picture", "half an archive", "old Excel", "an open quote", "a sentence", "too large", "far too large"],
)
async def test_a_file_that_is_no_table_is_refused(idle: World, data: bytes, status: int) -> None:
    answer = await upload(await idle.as_("linxiaoyu"), data)
    assert answer.status_code == status, answer.text


async def test_a_table_must_have_its_columns_each_once_and_not_too_many_rows(idle: World) -> None:
    desk = await idle.as_("linxiaoyu")
    names = [name for name in GOOD if name != "报警内容"]
    answer = await upload(desk, excel(GOOD, headings=names))
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "missing-column")
    assert "报警内容" in answer.json()["errors"][0]["detail"]
    answer = await upload(desk, excel(GOOD, headings=[*GOOD, "报警方式"]))
    assert answer.json()["errors"][0]["rule"] == "repeated-column"
    answer = await upload(desk, comma_separated(*[GOOD] * (MOST_ROWS + 1)))
    assert answer.json()["errors"][0]["rule"] == "too-many-rows"
    assert (await desk.http.post("/api/imports", json={})).status_code == 415
    assert (await desk.http.post("/api/imports", files={"sheet": b"x"})).status_code == 422


async def test_a_heading_of_no_field_is_told_and_passed_over(idle: World) -> None:
    answer = await upload(await idle.as_("linxiaoyu"), excel(GOOD | {"备注": "x"}, headings=[*GOOD, "备注"]))
    assert {"heading": "备注", "field": None} in answer.json()["columns"]
    assert answer.json()["rows"][0]["form"] == FORM


async def test_a_row_that_stands_there_twice_is_taken_once(idle: World) -> None:
    first, again = await checked(await idle.as_("linxiaoyu"), excel(GOOD, GOOD))
    assert (first["errors"], [each["rule"] for each in again["errors"]]) == ([], ["repeated"])
    assert "第2行" in again["errors"][0]["detail"]


async def test_a_row_uploaded_again_opens_nothing_twice(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    opened = []
    for data in (excel(GOOD), comma_separated(GOOD)):
        (row,) = await checked(desk, data)
        assert row["number"] == (opened[0] if opened else None)
        answer = await desk.post("/api/matters/incident", {"Idempotency-Key": row["key"]}, **row["form"])
        assert answer.status_code == 201, answer.text
        opened.append(answer.json()["number"])
    assert opened[0] == opened[1]
    assert [each["number"] for each in (await desk.read("/api/matters"))["items"]] == [opened[0]]


async def test_five_hundred_rows_with_seven_bad_ones_come_back_to_be_corrected(idle: World) -> None:
    desk = await idle.as_("linxiaoyu")
    faults = ({"报警内容": ""}, {"报警方式": "鸽子"}, {"发生时间": "昨天"}, {"处警单位": "无"}, {"发生地点": ""}, {"警情类别": ""})
    bad = {70 * (n + 1): fault for n, fault in enumerate((*faults, {"报警内容": "=cmd|' /C calc'!A0", "失踪、走失人员警情": "？"}))}
    rows = await checked(desk, comma_separated(*(GOOD | {"发生地点": f"长宁街{n}号"} | bad.get(n, {}) for n in range(500))))
    refused = [row for row in rows if row["errors"]]
    assert (len(rows), [row["row"] for row in refused]) == (500, [n + 2 for n in bad])
    assert len({row["key"] for row in rows if row["key"]}) == 493
    answer = await desk.post("/api/imports/refused", rows=refused)
    assert answer.status_code == 200, answer.text
    sheet: Any = load_workbook(io.BytesIO(answer.content)).active
    headings, *lines = [[cell.value for cell in line] for line in sheet.iter_rows()]
    assert (headings[-1], len(lines)) == (REASON, 7)
    assert {cell.data_type for line in sheet.iter_rows(min_row=2) for cell in line if cell.value} == {"s"}
    assert lines[1][-1].startswith("报警方式 没有“鸽子”这一种，须为以下之一：110、当面")
    # Corrected and uploaded again, they are good.
    book = Workbook()
    corrected: Any = book.active
    corrected.append(headings)
    for n, line in enumerate(lines):
        told = dict(zip(headings, line, strict=True)) | GOOD | {"发生地点": f"河滨路{n}号", "接警时间": ""}
        corrected.append([told[name] for name in headings])
    file = io.BytesIO()
    book.save(file)
    assert [row["errors"] for row in await checked(desk, file.getvalue())] == [[]] * 7


async def test_the_template_is_what_is_read(idle: World) -> None:
    desk = await idle.as_("linxiaoyu")
    answer = await desk.get("/api/imports/template.xlsx")
    assert "spreadsheetml" in answer.headers["content-type"]
    book: Any = load_workbook(io.BytesIO(answer.content))
    headings = [cell.value for cell in book.active[1]]
    assert set(GOOD) < set(headings)
    assert "报警人公民身份号码" in headings
    book.active.append([GOOD.get(name) for name in headings])
    file = io.BytesIO()
    book.save(file)
    (row,) = await checked(desk, file.getvalue())
    assert (row["form"], row["errors"]) == (FORM, [])


@pytest.mark.parametrize("rows", [None, [], [{"form": {}}], "x"])
async def test_nothing_is_handed_back_of_nothing(idle: World, rows: Any) -> None:
    answer = await (await idle.as_("linxiaoyu")).post("/api/imports/refused", rows=rows)
    assert answer.status_code == 422


async def test_a_row_that_another_desk_officer_entered_is_told_and_never_doubled(bureau: World) -> None:
    first, second = await bureau.as_("linxiaoyu"), await bureau.as_("sutingting")
    (row,) = await checked(first, excel(GOOD))
    (late,) = await checked(second, excel(GOOD))
    assert (late["number"], late["by_zh"], late["key"]) == (None, None, row["key"])
    entered = await first.post("/api/matters/incident", {"Idempotency-Key": row["key"]}, **row["form"])
    assert entered.status_code == 201
    # Whoever had the same file checked before gets the first receipt; whoever uploads it now is told.
    again = await second.post("/api/matters/incident", {"Idempotency-Key": late["key"]}, **late["form"])
    assert (again.status_code, again.json()) == (201, entered.json())
    (told,) = await checked(second, excel(GOOD))
    assert (told["number"], told["by_zh"]) == (entered.json()["number"], "林晓雨")
    assert [row["by_zh"] for row in await checked(first, excel(GOOD))] == [None]
    assert await bureau.ask("SELECT count(*) FROM matter WHERE kind = 'incident'") == [(1,)]


async def test_the_key_of_a_row_is_nobodys_for_another_form(bureau: World) -> None:
    first, second = await bureau.as_("linxiaoyu"), await bureau.as_("sutingting")
    (row,) = await checked(first, excel(GOOD))
    numbers = [
        (await hand.post("/api/matters/incident", {"Idempotency-Key": row["key"]}, **FORM | {"place": place})).json()["number"]
        for hand, place in ((first, "东街"), (second, "西街"))
    ]
    assert len(set(numbers)) == 2
    assert (await first.post("/api/matters/incident", {"Idempotency-Key": row["key"]}, **row["form"])).status_code == 201


# Ledgers as bureaus keep them


async def test_a_ledger_of_a_thousand_rows_is_read_as_the_bureau_wrote_it(idle: World) -> None:
    desk = await idle.as_("linxiaoyu")
    answer = await upload(desk, ledger(1000), "台账.xlsx")
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["sheet"], told["heading_row"], told["unknown"]) == ("台账", 4, [])
    assert {each["heading"] for each in told["columns"] if each["field"] is None} == {"序号", "民警", "备注"}
    assert len(told["rows"]) == 1000
    assert [row for row in told["rows"] if row["errors"]] == []
    first, fifth = told["rows"][0]["form"], told["rows"][4]["form"]
    assert (first["at"], first["channel"], first["unit"], first["outcome"]) == (
        "2026-01-03T02:02:00+08:00",
        "110",
        "chengguan",
        "已现场调解",
    )
    assert (fifth["at"], fifth["day_only"]) == ("2026-01-03T00:00:00+08:00", True)


@pytest.mark.parametrize(
    ("encode", "name"),
    [
        (lambda text: text.encode("utf-16"), "Unicode 文本.txt"),
        (lambda text: text.encode("gb18030"), "台账.csv"),
        (lambda text: page_of(text), "台账.xls"),
    ],
    ids=["Unicode text", "GBK", "a page saved as xls"],
)
async def test_a_ledger_is_read_in_whatever_programs_write(idle: World, encode: Callable[[str], bytes], name: str) -> None:
    lines = ["城关派出所警情台账\t\t\t", "报警时间\t警情类别\t案发地点\t简要警情", "2026年11月3日2时02分\t盗窃\t人民路\t丢车"]
    (row,) = await checked(await idle.as_("linxiaoyu"), encode("\r\n".join(lines)))
    assert (row["row"], row["errors"], row["form"]["at"]) == (3, [], "2026-11-03T02:02:00+08:00")


def page_of(text: str) -> bytes:
    """A page with a table, as other systems export it under the name of a workbook."""
    rows = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line.split(chr(9)))}</tr>" for line in text.splitlines())
    return f"<html><head><meta charset=utf-8></head><body><table>{rows}</table></body></html>".encode()


async def test_two_rows_of_headings_of_a_page_are_read_where_they_stand(idle: World) -> None:
    page = """<table><tr><td colspan=6>接处警登记台账<tr><td rowspan=2>序号<td rowspan=2>报警时间<td rowspan=2>警情类别
        <td colspan=2>报警人信息<td rowspan=2>案发地点<td rowspan=2>简要警情<tr><td>姓名<td>联系电话
        <tr><td>1<td>2026-11-03 02:02<td>盗窃<td>石文<td>13900001234<td>人民路<td>丢车</table>"""
    (row,) = await checked(await idle.as_("linxiaoyu"), page.encode("gb18030"))
    form = row["form"]
    assert (row["errors"], form["at"], form["kind"]) == ([], "2026-11-03T02:02:00+08:00", "盗窃")
    assert (form["reporter"], form["reporter_phone"], form["place"], form["narrative"]) == ("石文", "13900001234", "人民路", "丢车")


async def test_a_refusal_says_what_was_read_as_headings(idle: World) -> None:
    answer = await upload(await idle.as_("linxiaoyu"), excel_of([("台账",), ("时间", "甲", "乙"), ("2026/1/3", "x", "y")]))
    told = answer.json()
    assert (answer.status_code, told["errors"][0]["rule"]) == (422, "missing-column")
    assert "读的是工作表“台账”第2行：时间、甲、乙" in told["errors"][0]["detail"]
    assert (told["sheet"], told["heading_row"], told["headings"]) == ("台账", 2, ["时间", "甲", "乙"])


async def test_of_headings_some_of_which_are_unknown_the_others_stay_known(idle: World) -> None:
    told = (await upload(await idle.as_("linxiaoyu"), excel_of([("报警时间", "地址", "甲"), ("2026/1/3", "x", "y")]))).json()
    assert [(each["heading"], each["field"]) for each in told["columns"]] == [("报警时间", "at"), ("地址", "place"), ("甲", None)]


async def test_what_a_unit_says_of_its_ledgers_once_holds_for_the_next_and_is_journaled(idle: World) -> None:
    desk = await idle.as_("linxiaoyu")
    data = excel_of([("啥事", "哪里", "经过", "渠道", "归谁管"), ("盗窃", "人民路", "丢车", "鸽子", "我们所")])
    said = {
        "headings": {"啥事": "kind", "哪里": "place", "经过": "narrative", "渠道": "channel", "归谁管": "unit"},
        "values": {"channel": {"鸽子": "letter"}, "unit": {"我们所": "chengguan"}},
    }
    assert (await upload(desk, data)).status_code == 422
    files = {"file": ("台账.xlsx", data)}
    answer = await desk.http.post("/api/imports", files=files, data={"words": json.dumps({"headings": said["headings"]})})
    assert [(each["field"], each["word"]) for each in answer.json()["unknown"]] == [("channel", "鸽子"), ("unit", "我们所")]
    kept = await desk.http.put("/api/imports/words", json=said)
    assert (kept.status_code, kept.json()) == (200, said)
    (row,) = await checked(await idle.as_("sutingting"), data)
    assert (row["errors"], row["form"]["channel"], row["form"]["unit"]) == ([], "letter", "chengguan")
    ((content,),) = await idle.ask("SELECT content FROM entry WHERE chain = 'BUREAU' AND step = 'say-ledger-words'")
    assert json.loads(content)["values"] == said["values"]
    refused = await desk.http.put("/api/imports/words", json={"values": {"unit": {"那边": "tokyo"}}})
    assert refused.status_code == 422


async def test_a_cell_mended_on_the_page_is_checked_anew(idle: World) -> None:
    desk = await idle.as_("linxiaoyu")
    (row,) = await checked(desk, excel(GOOD | {"发生时间": "昨晚"}))
    cells = row["form"] | {"at": "2026年3月2日20时15分"}
    answer = await desk.post("/api/imports/rows", rows=[{"row": 2, "cells": cells}])
    (mended,) = answer.json()["rows"]
    assert (mended["row"], mended["form"], mended["errors"]) == (2, FORM, [])


async def test_a_past_row_is_recorded_as_closed_and_nothing_of_today_is(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    past = GOOD | {"处理结果": "已现场开锁", "发生时间": "2026/1/3"}
    (row,) = await checked(desk, excel(past, headings=[*past]))
    answer = await desk.post("/api/matters/incident", {"Idempotency-Key": row["key"]}, **row["form"])
    assert answer.status_code == 201, answer.text
    number = answer.json()["number"]
    assert [(each["number"], each["stage"]) for each in (await desk.read("/api/matters"))["items"]] == [(number, "closed")]
    assert await bureau.ask("SELECT count(*) FROM clock WHERE matter = %(n)s AND state = 'running'", n=number) == [(0,)]
    today: dict[str, Any] = FORM | {"outcome": "已开锁", "at": datetime.now(SHANGHAI).isoformat()}
    late = await desk.post("/api/matters/incident", **today)
    assert (late.status_code, late.json()["field"]) == (409, "outcome")


CIRCUMSTANCES = {
    "接警时间": "2026-03-02 20:31",
    "发生时间": "2026-03-02 20:15",
    "警情大类": "群众求助",
    "紧急程度": "一般",
    "警情标签": "持刀、有人受伤",
}


async def test_a_ledger_that_says_when_it_happened_its_group_urgency_and_circumstances_is_asked_for_them(idle: World) -> None:
    desk = await idle.as_("linxiaoyu")
    said = GOOD | CIRCUMSTANCES
    (row,) = await checked(desk, excel(said, headings=list(said)))
    asked = ("at", "happened_at", "category", "urgent", "signs")
    assert {name: row["form"].get(name) for name in asked} == {
        "at": "2026-03-02T20:31:00+08:00",
        "happened_at": "2026-03-02T20:15:00+08:00",
        "category": "help",
        "urgent": False,
        "signs": ["weapons", "injured"],
    }
    # A time alone, whatever it is called, is when it was reported; and what is said of neither is not asked.
    (row,) = await checked(desk, excel(GOOD))
    assert row["form"] == FORM


async def test_an_incident_is_not_reported_before_it_happened(idle: World) -> None:
    desk = await idle.as_("linxiaoyu")
    said = GOOD | CIRCUMSTANCES | {"发生时间": "2026-03-02 21:15"}
    (row,) = await checked(desk, excel(said, headings=list(said)))
    assert [each["field"] for each in row["errors"]] == ["happened_at"]
    # Of what is long over often the day of the call alone is known.
    past = said | {"接警时间": "2026/3/2", "处理结果": "已现场开锁"}
    (row,) = await checked(desk, excel(past, headings=list(past)))
    assert (row["errors"], row["form"]["at"], row["form"]["day_only"]) == ([], "2026-03-02T21:15:00+08:00", True)


async def test_a_word_for_a_group_or_a_circumstance_is_said_once_for_the_unit(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    said = GOOD | CIRCUMSTANCES | {"警情大类": "民生", "警情标签": "持刀、家暴", "紧急程度": "三级"}
    file = excel(said, headings=list(said))
    unknown = (await upload(desk, file)).json()["unknown"]
    assert {(each["field"], each["word"]) for each in unknown} == {("category", "民生"), ("signs", "家暴"), ("urgent", "三级")}
    values = {"category": {"民生": "help"}, "signs": {"家暴": "sensitive"}, "urgent": {"三级": "false"}}
    assert (await desk.http.put("/api/imports/words", json={"headings": {}, "values": values})).status_code == 200
    (row,) = await checked(desk, file)
    assert (row["errors"], row["form"]["category"], row["form"]["signs"]) == ([], "help", ["weapons", "sensitive"])
    opened = await desk.http.post("/api/matters/incident", json=row["form"], headers={"Idempotency-Key": row["key"]})
    assert opened.status_code == 201, opened.text
    (row,) = await checked(desk, file)
    assert row["number"] == opened.json()["number"]


async def test_what_an_earlier_release_entered_of_a_row_is_known_again(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    (row,) = await checked(desk, excel(GOOD))
    opened = await desk.http.post("/api/matters/incident", json=row["form"], headers={"Idempotency-Key": row["key"]})
    (row,) = await checked(desk, excel(GOOD | {"警情大类": "求助"}, headings=[*GOOD, "警情大类"]))
    assert row["number"] == opened.json()["number"]
