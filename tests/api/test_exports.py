"""What is shown can be taken away as a spreadsheet that says what it is; who took it is journaled."""

import json
from datetime import datetime
from io import BytesIO
from typing import Any

import httpx
import pytest
from openpyxl import load_workbook

from api import exports
from models.journal import BUREAU
from tests.api.matters import accepted, reported, requested
from tests.world import Hand, World

LONG_AGO = "2026-01-05T10:00:00+08:00"
LISTS = ("matters", "clocks", "deadlines", "ranking", "stages", "red-cards")


async def sheet(hand: Hand, name: str, **filters: str) -> tuple[str, list[dict[str, Any]]]:
    """What the file says of itself, and its rows by heading."""
    return read(await hand.get(f"/api/exports/{name}", **filters))


def read(answer: httpx.Response) -> tuple[Any, list[dict[Any, Any]]]:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-disposition"].endswith(".xlsx")
    shown, about = load_workbook(BytesIO(answer.content)).worksheets
    headings, *rows = shown.iter_rows(values_only=True)
    # Whoever opens it may filter at once.
    assert shown.auto_filter.ref == shown.dimensions
    ((said,),) = about.iter_rows(values_only=True)
    return said, [dict(zip(headings, row, strict=True)) for row in rows]


async def taken(bureau: World) -> list[dict[str, Any]]:
    rows = await bureau.ask("SELECT content FROM entry WHERE chain = %(c)s AND step = 'export' ORDER BY position", c=BUREAU)
    return [json.loads(row.content) for row in rows]


async def test_a_sheet_of_matters_holds_exactly_the_rows_of_the_list_with_chinese_words_and_real_times(bureau: World) -> None:
    await reported(bureau)
    case, _ = await accepted(bureau)
    head = await bureau.as_("zhouminghui")
    said, rows = await sheet(head, "matters", kind="criminal-case", unit="chengguan")
    (listed,) = (await head.read("/api/matters", kind="criminal-case", unit="chengguan"))["items"]
    (row,) = rows
    assert (row["编号"], row["种类"], row["单位"], row["办案民警"]) == (case, "刑事案件", "城关派出所", "刘思源")
    assert row["创建时间"] == datetime.fromisoformat(listed["opened_at"]).replace(tzinfo=None)
    for words in ("种类：刑事案件", "单位：城关派出所及下属单位", "导出人：周明辉（zhouminghui）", "共1行"):
        assert words in said
    assert [each["编号"] for each in read(await head.post("/api/exports/matters/find", q=case.lower()))[1]] == [case]


async def test_a_sheet_of_clocks_holds_the_clocks_of_the_list_in_its_order(bureau: World) -> None:
    await accepted(bureau)
    await accepted(bureau, at=LONG_AGO)
    head = await bureau.as_("zhouminghui")
    for filters in ({}, {"colour": "overdue"}, {"due_before": "2026-03-01T00:00:00+08:00"}, {"kind": "suspect"}):
        listed = (await head.read("/api/clocks", **filters))["items"]
        _, rows = await sheet(head, "clocks", **filters)
        assert [(row["事项编号"], row["届满时间"]) for row in rows] == [
            (each["matter"], datetime.fromisoformat(each["due_at"]).replace(tzinfo=None)) for each in listed
        ]
    said, _ = await sheet(head, "clocks", limit_id="criminal-filing-review")
    assert "期限：刑事案件立案审查" in said


async def test_boards_are_taken_away_as_they_are_shown(bureau: World) -> None:
    number, _ = await accepted(bureau, at=LONG_AGO)
    await bureau.ask("UPDATE clock SET liberty = true, colour = 'overdue', at_expiry = 'release' WHERE matter = %(n)s", n=number)
    head = await bureau.as_("zhouminghui")
    cells = [cell for unit in (await head.read("/api/boards/deadlines"))["units"] for cell in unit["cells"]]
    assert [row["超期红牌"] for row in (await sheet(head, "deadlines"))[1]] == [cell["overdue"] for cell in cells]
    (rank,) = (await head.read("/api/boards/ranking"))["units"]
    (row,) = (await sheet(head, "ranking"))[1]
    assert (row["名次"], row["单位"], row["超期红牌"], row["未结事项"]) == (1, rank["zh"], rank["overdue"], rank["open"])
    assert row["补录"] == rank["late"] == 1
    (row,) = (await sheet(head, "stages"))[1]
    (stay,) = (await head.read("/api/boards/stages"))["stages"]
    assert (row["阶段"], row["未结事项"], row["补录"], row["停留最久的事项"]) == (stay["stage_zh"], 1, 1, number)
    assert row["进入本阶段的时间"] == datetime.fromisoformat(stay["oldest"]["since"]).replace(tzinfo=None, microsecond=0)
    cards = (await head.read("/api/boards/red-cards"))["items"]
    assert [(row["事项编号"], row["届满后必须"]) for row in (await sheet(head, "red-cards"))[1]] == [
        (each["matter"], "释放") for each in cards
    ]


async def test_the_board_of_today_is_taken_away_with_each_of_its_lists(bureau: World) -> None:
    late, _ = await accepted(bureau, at=LONG_AGO)
    asked, _ = await requested(bureau)
    called, _ = await reported(bureau)
    await bureau.ask("UPDATE matter SET opened_at = now() - interval '3 days' WHERE number = %(n)s", n=late)
    head = await bureau.as_("zhouminghui")
    said, rows = await sheet(head, "station", unit="chengguan")
    told = await head.read("/api/boards/station", unit="chengguan")
    by = {name: [row for row in rows if row["栏目"] == name] for name in {row["栏目"] for row in rows}}
    assert {row["颜色"]: row["数量"] for row in by["未结事项"]}["超期红牌"] == told["colours"]["overdue"]
    assert {row["事项编号"] for row in by["已经超期"]} == {late}
    assert len(by["已经超期"]) == told["overdue"]
    (waiting,) = by["有待审批"]
    assert (waiting["事项编号"], waiting["内容"], waiting["等您审批"]) == (asked, "立案", "是")
    assert "周明辉" in waiting["在谁处"]
    assert {row["事项编号"] for row in by["24小时内新增"]} == {asked, called}
    assert len(by["24小时内新增"]) == told["opened"]
    (entered,) = by["24小时内补录"]
    assert (entered["事项编号"], entered["数量"], told["entered_late"]) == (late, 1, 1)
    assert "单位：城关派出所及下属单位" in said
    nobodys = await sheet(await bureau.as_("wuhaoran"), "station")
    assert {row["数量"] for row in nobodys[1]} == {0}
    assert [each["what"] for each in await taken(bureau)] == ["station", "station"]


async def test_the_words_that_were_looked_for_stand_in_the_sheet_and_in_no_entry_in_clear(bureau: World) -> None:
    await accepted(bureau, at=LONG_AGO)
    officer = await bureau.as_("liusiyuan")
    answer = await officer.post("/api/exports/matters/find", q="贺文涛")
    assert answer.status_code == 200, answer.text
    assert "标题或者编号：贺文涛" in read(answer)[0]
    (entry,) = await taken(bureau)
    assert entry["filters"] == {"标题或者编号": "（见查阅记录）"}


@pytest.mark.parametrize("name", LISTS)
async def test_nobody_takes_away_what_they_may_not_see_and_what_is_taken_is_journaled(bureau: World, name: str) -> None:
    number, _ = await accepted(bureau, at=LONG_AGO)
    await bureau.ask("UPDATE clock SET liberty = true, colour = 'overdue' WHERE matter = %(n)s", n=number)
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    # Whoever supervises keeps red cards of a sealed file, masked.
    for username in ("wuhaoran", *(() if name in ("deadlines", "ranking", "red-cards") else ("mengqiu",))):
        assert (await sheet(await bureau.as_(username), name))[1] == []
    assert (await sheet(await bureau.as_("fangzhengping"), name, unit="chengguan"))[1] != []
    first, *_, last = await taken(bureau)
    assert (first["actor"]["person"], first["what"], first["rows"]) == ("wuhaoran", name, 0)
    assert (last["actor"]["person"], last["rows"] > 0, last["filters"]) == ("fangzhengping", True, {"单位": "城关派出所及下属单位"})
    assert (await (await bureau.stranger()).get(f"/api/exports/{name}")).status_code == 401


async def test_what_is_too_much_for_one_sheet_is_refused_and_not_cut_short(bureau: World, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        await accepted(bureau)
    monkeypatch.setattr(exports, "MOST_ROWS", 1)
    answer = await (await bureau.as_("zhouminghui")).get("/api/exports/matters")
    assert (answer.status_code, answer.json()["type"], answer.json()["limit"]) == (422, "/problems/too-many-rows", 1)
    assert await taken(bureau) == []


async def test_what_somebody_wrote_into_a_title_is_a_text_and_no_formula(bureau: World) -> None:
    number, _ = await reported(bureau)
    await bureau.ask("UPDATE matter SET title = '=HYPERLINK(\"http://x\")' || chr(11) WHERE number = %(n)s", n=number)
    answer = await (await bureau.as_("zhouminghui")).get("/api/exports/matters")
    cell = load_workbook(BytesIO(answer.content)).worksheets[0].cell(2, 4)
    assert (cell.value, cell.data_type) == ('=HYPERLINK("http://x")', "s")
