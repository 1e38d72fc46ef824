"""Bringing open cases along: tried first, released by another, entered once, and counted from the true dates."""

import io
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from law.calendar import SHANGHAI
from models.journal import BUREAU
from models.moving_in import MOVES_IN
from operations.verify import verify
from seeds.open_cases import HELD, OVER_LONG, build_workbook
from tests.ledgers import with_cells
from tests.moving_in import case_with, entered, released, sent
from tests.world import Answer, Hand, World, found, until, world

# As many of its cases as are entered by a test: all of those who are held are in them.
ENTERED = 40
BRINGS, RELEASES, OFFICER = "qinwanqing", "leijianfeng", "liusiyuan"


@pytest.fixture
async def bureau(peopled: str, temporal_address: str, tmp_path: Path) -> AsyncIterator[World]:
    """The invented county, with a worker."""
    async with world(found(peopled, temporal_address, tmp_path)) as one:
        yield one


async def test_the_trial_run_of_the_demonstration_ledger_shows_who_is_held_for_too_long_and_writes_nothing(bureau: World) -> None:
    hand = await bureau.as_(BRINGS)
    trial = await sent(hand, "/api/case-ledgers/trial", build_workbook(datetime.now(UTC)))
    assert trial["faults"] == []
    assert (len(trial["cases"]), sum(len(each["people"]) for each in trial["cases"]), trial["held"]) == (60, 80, HELD)
    overdue = {(each["name"], each["zh"]) for each in trial["clocks"] if each["colour"] == "overdue" and each["liberty"]}
    assert len({name for name, _ in overdue}) == OVER_LONG
    assert (await bureau.ask("SELECT count(*) AS n FROM matter"))[0].n == 0


async def put_through(bureau: World, data: bytes) -> tuple[Hand, str, Answer]:
    """A ledger that was put forward and released: whoever enters it, its fingerprint, and what it comes to."""
    hand = await bureau.as_(BRINGS)
    return hand, *await released(hand, await bureau.as_(RELEASES), data)


async def test_a_case_is_entered_as_it_happened_and_its_clocks_run_from_the_true_dates(bureau: World) -> None:
    hand, digest, trial = await put_through(bureau, build_workbook(datetime.now(UTC)))
    case = case_with(trial, "arrested")
    told = await entered(hand, digest, case["row"])
    suspect = told["suspects"][0]
    card = await hand.card(suspect)
    assert (card["stage"], card["officer_zh"]) == ("arrested", case["officer_zh"])
    mine = [each for each in trial["clocks"] if each["name"] == case["people"][0]["name"] and each["state"] == "running"]

    async def running() -> set[tuple[str, str]]:
        clocks = await hand.read(f"/api/matters/{suspect}/clocks")
        return {(each["zh"], each["due_at"]) for each in clocks if each["state"] == "running"}

    await until(running, lambda found: found == {(each["zh"], each["due_at"]) for each in mine})
    assert ("侦查羁押期限", "overdue") in {(each["zh"], each["colour"]) for each in mine}


async def test_what_was_brought_over_says_so_and_names_the_paper_and_who_approved_it_then(bureau: World) -> None:
    hand, digest, trial = await put_through(bureau, build_workbook(datetime.now(UTC)))
    case = case_with(trial, "arrested")
    suspect = (await entered(hand, digest, case["row"]))["suspects"][0]
    entries = (await hand.read(f"/api/matters/{suspect}/journal"))["items"]
    steps = {each["step"]: each["content"] for each in entries if each["sort"] == "step"}
    detention = steps["execute-detention"]
    assert detention["brought"]["approver"] == "周明辉"
    assert detention["brought"]["paper"].startswith("青公拘字")
    assert detention["brought"]["case_number"] == case["case_number"]
    assert (detention["actor"]["person"], detention["recorded"]["requests"]) == (BRINGS, [])
    assert not any(each.get("late") for each in steps.values())
    assert all(each.get("brought") for each in steps.values())
    assert (await hand.read(f"/api/matters/{suspect}/documents"))["items"] == []
    assert verify(bureau.settings).faults == []


async def test_the_demonstration_ledger_is_entered_once_and_only_what_is_overdue_now_rings(bureau: World) -> None:
    hand, digest, trial = await put_through(bureau, build_workbook(datetime.now(UTC)))
    first = [await entered(hand, digest, each["row"]) for each in trial["cases"][:ENTERED]]
    again = [await entered(hand, digest, each["row"]) for each in trial["cases"][:ENTERED]]
    assert first == again
    kinds = {row.kind: row.n for row in await bureau.ask("SELECT kind, count(*) AS n FROM matter GROUP BY kind")}
    named = sum(len(each["suspects"]) for each in first)
    assert {kind: kinds[kind] for kind in ("criminal-case", "suspect")} == {"criminal-case": ENTERED, "suspect": named}
    rows = {each["row"] for one in trial["cases"][:ENTERED] for each in one["people"]}
    overdue = sum(each["colour"] == "overdue" and each["sheet"] == "人员" and each["row"] in rows for each in trial["clocks"])
    rung = "SELECT count(*) AS n FROM ring JOIN clock ON clock.id = clock_id WHERE ring.colour = 'overdue' AND at_expiry <> 'right-lapses'"
    assert await until(lambda: bureau.ask(rung), lambda rows: rows[0].n >= overdue)
    assert (await bureau.ask(rung))[0].n == overdue > 0


async def test_nothing_is_entered_before_somebody_else_has_released_it(bureau: World) -> None:
    hand = await bureau.as_(BRINGS)
    told = await sent(hand, "/api/case-ledgers", build_workbook(datetime.now(UTC)))
    digest, row = told["ledger"]["digest"], told["trial"]["cases"][0]["row"]
    refused = await hand.post(f"/api/case-ledgers/{digest}/cases/{row}")
    assert (refused.status_code, refused.json()["detail"]) == (409, "在办案件由案管员迁入，并且先经督察核对试算结果后放行")
    assert (await hand.post(f"/api/case-ledgers/{digest}/release")).status_code == 403
    assert (await bureau.ask("SELECT count(*) AS n FROM matter"))[0].n == 0


async def test_a_case_whose_bureau_has_moved_in_long_ago_is_refused(bureau: World) -> None:
    hand, digest, trial = await put_through(bureau, build_workbook(datetime.now(UTC)))
    await bureau.ask("ALTER TABLE entry DISABLE TRIGGER ALL")
    await bureau.ask("UPDATE entry SET recorded_at = recorded_at - %(long)s WHERE chain = %(bureau)s", long=MOVES_IN, bureau=BUREAU)
    refused = await hand.post(f"/api/case-ledgers/{digest}/cases/{trial['cases'][0]['row']}")
    assert refused.status_code == 409
    assert "在办案件只在启用后的迁入期内" in refused.json()["detail"]


async def test_the_same_case_with_another_history_is_refused(bureau: World) -> None:
    now = datetime.now(UTC)
    hand, digest, trial = await put_through(bureau, build_workbook(now))
    row = case_with(trial, "arrested")["row"]
    await entered(hand, digest, row)
    hand, other, _ = await put_through(bureau, build_workbook(now - timedelta(days=1)))
    refused = await hand.post(f"/api/case-ledgers/{other}/cases/{row}")
    assert refused.status_code == 409
    assert "已经以另外的内容迁入" in refused.json()["detail"]


async def test_what_is_wrong_is_named_by_its_cell_and_mended_where_it_stands(bureau: World) -> None:
    hand = await bureau.as_(BRINGS)
    # In the fifth row of the second sheet somebody was detained, by a paper, with the approval of somebody.
    data = with_cells(build_workbook(datetime.now(UTC)), "涉案人员", {"G5": "", "H5": "2026年11月25日", "I6": ""})
    trial = await sent(hand, "/api/case-ledgers/trial", data)
    assert [(each["sheet"], each["row"], each["heading"], each["detail"]) for each in trial["faults"]] == [
        ("人员", 5, "执行拘留时间", "只有日期，须写明时刻，例如 2026-03-02 20:15"),
        ("人员", 6, "拘留证文号", "“执行拘留”须写明据以办理的文书号"),
    ]
    assert len(trial["cases"]) == 58
    mends = [("detained_at", 5, "2026年11月25日15时"), ("detained_by", 5, "周明辉"), ("detained_paper", 6, "青公拘字〔2026〕1号")]
    said = {"cells": [{"sheet": "人员", "row": row, "field": name, "text": text} for name, row, text in mends]}
    answer = await hand.http.post("/api/case-ledgers/trial", files={"file": ("a.xlsx", data)}, data={"mends": json.dumps(said)})
    assert (answer.json()["faults"], len(answer.json()["cases"])) == ([], 60)


async def test_what_the_law_of_then_forbids_is_named_by_its_cell_before_anything_is_entered(bureau: World) -> None:
    hand = await bureau.as_(BRINGS)
    data = build_workbook(datetime.now(UTC))
    # Extended to thirty days on the tenth day, long after the three days had run out.
    late = with_cells(data, "涉案人员", {"O8": datetime.now(UTC).replace(tzinfo=None)})
    trial = await sent(hand, "/api/case-ledgers/trial", late)
    assert [(each["row"], each["heading"]) for each in trial["faults"]] == [(8, "延长拘留时间")]
    answer = await hand.http.post("/api/case-ledgers/refused", files={"file": ("a.xlsx", late)})
    sheet = load_workbook(io.BytesIO(answer.content))["人员"]
    assert str([row[-1] for row in sheet.iter_rows(values_only=True)][1]).startswith("延长拘留时间")


async def test_only_who_keeps_all_cases_brings_them_over(bureau: World) -> None:
    officer = await bureau.as_(OFFICER)
    refused = await officer.http.post("/api/case-ledgers/trial", files={"file": ("a.xlsx", b"x")})
    assert (refused.status_code, refused.json()["type"]) == (403, "/problems/office-may-not-act")
    assert (await officer.get("/api/case-ledgers")).status_code == 403


async def test_who_is_in_a_case_that_was_entered_is_read_in_the_case_and_not_in_the_ledger(bureau: World) -> None:
    hand, digest, trial = await put_through(bureau, build_workbook(datetime.now(UTC)))
    case = case_with(trial, "arrested")
    number = (await entered(hand, digest, case["row"]))["number"]
    told = (await hand.read(f"/api/case-ledgers/{digest}"))["trial"]
    (same,) = (each for each in told["cases"] if each["row"] == case["row"])
    assert (same["number"], same["people"]) == (number, [])
    assert case["people"][0]["name"] not in {each["name"] for each in told["clocks"]}


async def test_that_a_bureau_has_moved_in_is_said_where_a_ledger_is_tried_and_nothing_is_put_forward_then(bureau: World) -> None:
    data = build_workbook(datetime.now(UTC))
    hand, digest, trial = await put_through(bureau, data)
    assert trial["moved_in"] == ""
    await bureau.ask("ALTER TABLE entry DISABLE TRIGGER ALL")
    await bureau.ask("UPDATE entry SET recorded_at = recorded_at - %(long)s WHERE chain = %(bureau)s", long=MOVES_IN, bureau=BUREAU)
    for told in (await sent(hand, "/api/case-ledgers/trial", data), (await hand.read(f"/api/case-ledgers/{digest}"))["trial"]):
        assert "在办案件只在启用后的迁入期内" in told["moved_in"]
    refused = await hand.http.post("/api/case-ledgers", files={"file": ("a.xlsx", data)})
    assert (refused.status_code, "迁入期" in refused.json()["detail"]) == (409, True)


async def test_the_trial_run_says_who_is_held_in_another_matter_already(bureau: World) -> None:
    now = datetime.now(UTC)
    hand, digest, trial = await put_through(bureau, build_workbook(now))
    case = case_with(trial, "arrested")
    await entered(hand, digest, case["row"])
    # Entered, they are not held twice by what was brought over.
    assert (await hand.read(f"/api/case-ledgers/{digest}"))["trial"]["faults"] == []
    # The same people under another number are another case.
    again = with_cells(build_workbook(now), "在办案件", {f"B{case['row']}": "另案1号"})
    again = with_cells(again, "涉案人员", {f"B{each['row']}": "另案1号" for each in case["people"]})
    (fault,) = (await sent(hand, "/api/case-ledgers/trial", again))["faults"]
    assert (fault["row"], fault["rule"], fault["heading"]) == (case["people"][0]["row"], "held-elsewhere", "执行拘留时间")
    assert "在另案" in fault["detail"]


async def test_whoever_brings_a_ledger_says_what_a_heading_means_that_nobody_knows(bureau: World) -> None:
    hand = await bureau.as_(BRINGS)
    data = with_cells(build_workbook(datetime.now(UTC)), "在办案件", {"K3": "经办同志"})
    trial = await sent(hand, "/api/case-ledgers/trial", data)
    (cases,) = [each for each in trial["sheets"] if each["sheet"] == "案件"]
    assert (cases["passed_over"], trial["cases"]) == (["序号", "经办同志"], [])
    assert {"field": "officer", "zh": "承办人"} in cases["fields"]
    said = {"cells": [], "columns": [{"sheet": "案件", "heading": "经办同志", "field": "officer"}]}
    answer = await hand.http.post("/api/case-ledgers/trial", files={"file": ("a.xlsx", data)}, data={"mends": json.dumps(said)})
    assert (answer.json()["faults"], len(answer.json()["cases"])) == ([], 60)
    said["columns"] = [{"sheet": "案件", "heading": "经办同志", "field": "nothing"}]
    answer = await hand.http.post("/api/case-ledgers/trial", files={"file": ("a.xlsx", data)}, data={"mends": json.dumps(said)})
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "unknown-field")


async def test_what_a_heading_of_a_ledger_of_open_cases_means_is_remembered_for_the_next(bureau: World) -> None:
    hand = await bureau.as_(BRINGS)
    data = with_cells(build_workbook(datetime.now(UTC)), "在办案件", {"K3": "经办同志"})
    assert (await sent(hand, "/api/case-ledgers/trial", data))["cases"] == []
    said = {"columns": [{"sheet": "案件", "heading": "经办同志", "field": "officer"}]}
    assert (await hand.http.put("/api/case-ledgers/headings", json=said)).json() == {"headings": {"案件": {"经办同志": "officer"}}}
    assert len((await sent(hand, "/api/case-ledgers/trial", data))["cases"]) == 60
    wrong = {"columns": [{"sheet": "案件", "heading": "经办同志", "field": "detained_at"}]}
    assert (await hand.http.put("/api/case-ledgers/headings", json=wrong)).status_code == 422
    assert (await (await bureau.as_("liusiyuan")).http.put("/api/case-ledgers/headings", json=said)).status_code == 403
    ((content,),) = await bureau.ask("SELECT content::json ->> 'case_headings' FROM entry WHERE step = 'say-ledger-words'")
    assert json.loads(content) == {"案件": {"经办同志": "officer"}}


CASES = (
    "案号",
    "案由",
    "简要案情",
    "受案日期",
    "延长办案期限时间",
    "延长办案期限文号",
    "延长办案期限批准人",
    "办案单位",
    "主办民警",
    "是否有人受伤",
)
PEOPLE = (
    *("案号", "姓名", "身份证号", "传唤时间", "传唤证号", "传唤批准人", "通知家属时间", "家属"),
    *("延长询问查证时间", "延长询问查证文号", "延长询问查证批准人", "延长询问查证期限", "询问查证结束时间"),
)
NUMBER = "青公治受〔2026〕8号"


def administrative(now: datetime, *, left: bool = True, **cells: str) -> bytes:
    """A ledger of one public-order case that was filed forty days ago, in which somebody was summoned the day after."""
    filed = now.astimezone(SHANGHAI) - timedelta(days=40)
    came = (filed + timedelta(days=1)).replace(hour=9, minute=0)
    at = [
        f"{each:%Y-%m-%d %H:%M}"
        for each in (came, came + timedelta(minutes=5), came + timedelta(hours=6), came + timedelta(hours=20))
    ]
    case = (NUMBER, "殴打他人", "因停车纠纷打人", f"{filed:%Y-%m-%d %H:%M}", "", "", "", "城关派出所", "刘思源", "否")
    who = (
        NUMBER,
        "王立",
        "11010519491231002X",
        at[0],
        "青公传〔2026〕9号",
        "赵铁军",
        at[1],
        "其妻李某",
        at[2],
        "青公延〔2026〕9号",
        "赵铁军",
        "至24小时",
    )
    book = Workbook()
    for name, headings, row in (("行政案件", CASES, case), ("违法人员", PEOPLE, (*who, at[3] if left else ""))):
        page = book.create_sheet(name)
        page.append(headings)
        page.append([cells.get(heading, said) for heading, said in zip(headings, row, strict=True)])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


async def test_an_open_public_order_case_is_tried_and_entered_with_its_summons_and_its_clocks_run_from_the_true_dates(
    bureau: World,
) -> None:
    hand, digest, trial = await put_through(bureau, administrative(datetime.now(UTC)))
    (case,) = trial["cases"]
    assert (case["kind"], case["title"], case["stage_zh"], [each["name"] for each in case["people"]]) == (
        "public-order-case",
        "殴打他人",
        "调查",
        ["王立"],
    )
    (clock,) = trial["clocks"]
    assert (clock["zh"], clock["colour"]) == ("治安案件办案期限", "overdue")
    path = f"/api/case-ledgers/{digest}/cases/{case['row']}?kind=public-order-case"
    told = [await hand.post(path) for _ in range(2)]
    assert told[0].status_code == 201, told[0].text
    assert told[0].json() == told[1].json()
    number = told[0].json()["number"]
    card = await hand.card(number)
    assert (card["stage"], card["officer_zh"], [each["name"] for each in card["people"]]) == ("investigation", "刘思源", ["王立"])

    async def running() -> set[tuple[str, str]]:
        clocks = await hand.read(f"/api/matters/{number}/clocks")
        return {(each["zh"], each["due_at"]) for each in clocks if each["state"] == "running"}

    await until(running, lambda found: found == {(clock["zh"], clock["due_at"])})
    entries = [each for each in (await hand.read(f"/api/matters/{number}/journal"))["items"] if each["sort"] == "step"]
    steps = {each["step"]: each["content"]["brought"] for each in entries}
    assert (steps["summon-for-inquiry"]["approver"], steps["summon-for-inquiry"]["paper"]) == ("赵铁军", "青公传〔2026〕9号")
    assert [each["step"] for each in entries] == [
        *("file-public-order-case", "name-offender", "summon-for-inquiry", "tell-family", "extend-inquiry", "end-inquiry"),
    ]
    assert verify(bureau.settings).faults == []


async def test_who_was_summoned_and_never_left_shows_in_the_trial_run_as_overdue_by_name(bureau: World) -> None:
    hand = await bureau.as_(BRINGS)
    trial = await sent(hand, "/api/case-ledgers/trial", administrative(datetime.now(UTC), left=False))
    overdue = {(each["name"], each["sheet"], each["zh"]) for each in trial["clocks"] if each["colour"] == "overdue"}
    assert ("王立", "违法人员", "治安传唤询问查证") in overdue


async def test_a_ledger_of_public_order_cases_names_the_cell_that_is_wrong(bureau: World) -> None:
    hand = await bureau.as_(BRINGS)
    trial = await sent(hand, "/api/case-ledgers/trial", administrative(datetime.now(UTC), 案由="打牌", 传唤证号=""))
    assert {(each["sheet"], each["heading"]) for each in trial["faults"]} == {
        ("行政案件", "违反治安管理行为"),
        ("违法人员", "传唤证文号"),
    }
    assert trial["cases"] == []


async def test_a_ledger_may_have_criminal_and_public_order_cases_side_by_side(bureau: World) -> None:
    hand, now = await bureau.as_(BRINGS), datetime.now(UTC)
    book, other = load_workbook(io.BytesIO(build_workbook(now))), load_workbook(io.BytesIO(administrative(now)))
    for name in ("行政案件", "违法人员"):
        page = book.create_sheet(name)
        for row in other[name].iter_rows(values_only=True):
            page.append(row)
    file = io.BytesIO()
    book.save(file)
    trial = await sent(hand, "/api/case-ledgers/trial", file.getvalue())
    assert trial["faults"] == []
    assert [sum(each["kind"] == kind for each in trial["cases"]) for kind in ("criminal-case", "public-order-case")] == [60, 1]
