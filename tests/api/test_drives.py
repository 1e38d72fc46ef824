"""Drives (专项清查): what is selected is given to officers, each answers by what the record shows, somebody else looks, and the figures follow."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import openpyxl

from law.calendar import SHANGHAI
from models.access.scope import Scope
from models.readmodel.board_counts import DisplayNames
from models.readmodel.drive_sections import build_drives_section
from models.readmodel.report_sections import Asked
from tests.api.matters import accepted
from tests.looking import looked
from tests.world import Hand, World, until

TICKS = dict.fromkeys(
    (
        "paper_found",
        "catalogue_complete",
        "exhibits_found",
        "samples_usable",
        "suspect_known",
        "measure_checked",
        "within_limitation",
        "witnesses_reachable",
    ),
    "yes",
)
LATER = (datetime.now(UTC).astimezone(SHANGHAI) + timedelta(days=20)).date().isoformat()
ON = {"result": "continue", "next_act": "重新走访", "owner": "liusiyuan", "by_day": LATER, "words": "卷宗在位，线索待查"}


def plan(**said: Any) -> dict[str, Any]:
    """A plan of a backlog drive."""
    day = (datetime.now(UTC).astimezone(SHANGHAI) + timedelta(days=28)).date().isoformat()
    return {"topic": "2026年度积案清查", "purpose": "backlog", "selections": ["homicide"], "ends_on": day} | said


async def unsolved(bureau: World) -> str:
    """A homicide that was filed and has no suspect."""
    case, officer = await accepted(bureau)
    await officer.take(case, "file-case", charge="xf-232", grounds="有犯罪事实")
    await (await bureau.as_("zhouminghui")).approve(case, "file-case")
    return case


async def launched(bureau: World, **said: Any) -> tuple[str, Hand]:
    """A drive that was launched, and who keeps it."""
    legal = await bureau.as_("fangzhengping")
    drive = (await legal.open("review-round", **plan(**said)))["number"]
    await legal.take(drive, "launch-drive")
    return drive, legal


async def items(hand: Hand, drive: str, many: int = 1, **filters: str) -> list[Any]:
    """What the drive goes through, once there are so many."""

    async def there() -> list[Any]:
        return list((await hand.read("/api/drive-items", drive=drive, **filters))["items"])

    return await until(there, lambda found: len(found) == many)


async def weekly(bureau: World) -> list[Any]:
    """The line of the weekly report over the only drive."""
    now = datetime.now(UTC)
    async with bureau.ctx.pool.connection() as connection:
        tree = await bureau.ctx.directory.load_units()
        scope = Scope(tuple(tree), (), "", ())
        asked = Asked(connection, "qinglan", scope, DisplayNames(tree, {}, frozenset()), now - timedelta(days=7), now, now)
        (row,) = (await build_drives_section(asked)).rows
    return list(row)


async def test_an_old_case_is_answered_for_and_looked_at_by_somebody_else_before_the_drive_ends(bureau: World) -> None:
    case = await unsolved(bureau)
    drive, legal = await launched(bureau)
    officer = await bureau.as_("liusiyuan")
    (item,) = await items(officer, drive)
    assert (item["subject"], item["grounds"], item["stage"], item["acts"]) == (case, ["homicide"], "examining", 0)
    assert (await legal.try_(drive, "conclude-drive", summary="完成")).status_code == 409
    refused = await officer.try_(
        item["number"], "answer-backlog-item", **TICKS, **ON | {"result": "sent", "next_act": "", "owner": "", "by_day": None}
    )
    assert refused.status_code == 422
    assert "清查不代替办案" in refused.text
    await officer.take(
        case,
        "record-investigation",
        sort="canvass",
        place="案发小区",
        done="走访案发小区住户十二户，询问当晚值班保安二人，未获得新的线索",
    )
    await officer.take(item["number"], "answer-backlog-item", **TICKS, **ON)
    assert (await officer.try_(item["number"], "verify-drive-item")).status_code == 403
    manager = await bureau.as_("qinwanqing")
    await manager.take(item["number"], "return-drive-item", reason="未写明检材情况")
    await officer.take(item["number"], "answer-backlog-item", **TICKS, **ON)
    await manager.take(item["number"], "verify-drive-item")
    told = await legal.read(f"/api/drives/{drive}")
    (unit,) = told["units"]
    assert (unit["items"], unit["verified"], unit["returned"], unit["acts"]) == (1, 1, 1, 1)
    assert unit["results"] == {"continue": 1}
    assert (await weekly(bureau))[:6] == [drive, "2026年度积案清查", 1, 1, 1, 1]
    await counted_and_not_over(bureau, drive, legal)
    await legal.take(drive, "conclude-drive", summary="一件命案继续侦查，责任到人。")
    (entry,) = await bureau.ask(
        "SELECT content::json -> 'figures' AS figures FROM entry WHERE chain = %(drive)s AND step = 'conclude-drive' AND sort = 'step'",
        drive=drive,
    )
    assert entry.figures == {"chengguan": {"continue": 1}}
    answer = await legal.get("/api/exports/drive-items", drive=drive)
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert any(case in [cell.value for cell in row] for row in sheet.iter_rows())


async def counted_and_not_over(bureau: World, drive: str, legal: Hand) -> None:
    """The board has the drive for whoever reads something of it, by that; what is promised by the launch, and not opened yet, is open."""
    counted = {"items": 1, "answered": 1, "verified": 1, "overdue": 0, "returned": 1, "units": 1, "results": {"continue": 1}}
    for name in ("fangzhengping", "liusiyuan"):
        reader = await bureau.as_(name)
        (row,) = (await reader.read("/api/drives"))["items"]
        assert {key: row[key] for key in counted} == counted
        assert (row["number"], row["purpose"], row["stage"]) == (drive, "backlog", "running")
        assert len(await items(reader, drive, 1, state="verified", result="continue")) == 1
    assert (await (await bureau.as_("sunjiawei")).read("/api/drives"))["items"] == []
    promised = "INSERT INTO outbox (id, matter, seq, item, verb, target, promised_at, rouse_at) VALUES ('p', %(d)s, 2, 9, 'open', 'PC9', now(), now()) RETURNING id"
    await bureau.ask(promised, d=drive)
    refused = await legal.try_(drive, "conclude-drive", summary="完成")
    assert (refused.status_code, "还有1件没有经核验的清查结果" in refused.text) == (409, True)
    await bureau.ask("DELETE FROM outbox WHERE id = 'p' RETURNING id")


async def test_a_file_that_is_not_found_is_a_red_alert_and_the_second_time_the_supervisors_to_look_at(bureau: World) -> None:
    case = await unsolved(bureau)
    drive, _ = await launched(bureau)
    officer, manager = await bureau.as_("liusiyuan"), await bureau.as_("qinwanqing")
    (item,) = await items(officer, drive)
    lost = TICKS | {"paper_found": "no", "result": "lost", "words": "档案室、办案组柜均未找到"}
    await officer.take(item["number"], "answer-backlog-item", **lost)
    alerts = "SELECT m.number FROM matter m JOIN fact f ON f.matter = m.number WHERE m.kind = 'risk-alert' AND m.parent = %(case)s AND f.said ->> 'reason' = 'red'"
    await until(lambda: bureau.ask(alerts, case=case), lambda rows: len(rows) == 1)
    await manager.take(item["number"], "return-drive-item", reason="再到档案馆查找")
    await officer.take(item["number"], "answer-backlog-item", **lost)
    supervisor = await bureau.as_("leijianfeng")
    tasks = (await supervisor.read("/api/tasks"))["items"]
    assert [each["step"] for each in tasks if each["matter"] == item["number"] and "二次查无卷宗" in each["words"]] == [
        "verify-drive-item"
    ]
    await supervisor.take(item["number"], "verify-drive-item", opinion="属实，另行追查")
    assert len(await bureau.ask(alerts, case=case)) == 1


async def test_what_happened_to_one_person_or_to_a_case_that_was_taken_up_is_no_answer_for_the_case_itself(bureau: World) -> None:
    leading, other = await unsolved(bureau), await unsolved(bureau)
    drive, _ = await launched(bureau)
    officer, chief = await bureau.as_("liusiyuan"), await bureau.as_("zhouminghui")
    number = {each["subject"]: each["number"] for each in await items(officer, drive, 2)}
    named = [(await officer.take(other, "name-suspect", name=name))["opened"] for name in ("贺文涛", "谷小满")]
    innocent = named[0] if isinstance(named[0], str) else named[0][0]
    await officer.take(innocent, "terminate-investigation", grounds="有证据证明不是其所为")
    await chief.approve(innocent, "terminate-investigation")
    no_more = ON | {"next_act": "", "owner": "", "by_day": None}
    ended = await officer.try_(number[other], "answer-backlog-item", **TICKS, **no_more | {"result": "ended"})
    assert (ended.status_code, "清查不代替办案" in ended.text) == (422, True), "another is still under suspicion"
    said = {"into": leading, "ground": "joint-crime", "grounds": "两案系同一伙人所为"}
    await officer.take(other, "merge-case", **said)
    await chief.approve(other, "merge-case")
    await until(lambda: officer.card(leading), lambda card: other in card["links"]["merged"])
    merged = await officer.try_(number[leading], "answer-backlog-item", **TICKS, **no_more | {"result": "merged"})
    assert (merged.status_code, "清查不代替办案" in merged.text) == (422, True), "it goes on, with more to do"
    assert (await officer.take(number[other], "answer-backlog-item", **TICKS, **no_more | {"result": "merged"}))[
        "stage"
    ] == "checking"


async def test_an_identity_is_set_right_by_the_matters_own_correction_and_never_by_the_drive(bureau: World) -> None:
    officer, head = await bureau.as_("liusiyuan"), await bureau.as_("zhaotiejun")
    case, _ = await accepted(bureau, complainant="温如玉", complainant_citizen_number="110101199003070775")
    await bureau.ask(
        "INSERT INTO finding (rule, subject, about, severity, fingerprint, evidence, first_seen, last_seen)"
        " VALUES ('identity-doubtful', %(case)s, '', 'orange', 'x', '[]', now(), now()) RETURNING subject",
        case=case,
    )
    drive, legal = await launched(bureau, purpose="identity", selections=[])
    (item,) = await items(officer, drive)
    corrected = {"result": "corrected", "source": "户籍地派出所", "words": "号码误录，已更正"}
    refused = await officer.try_(item["number"], "answer-identity-item", **corrected)
    assert (refused.status_code, "没有经批准的更正" in refused.text) == (422, True)
    assert (await officer.try_(item["number"], "answer-backlog-item", **TICKS, **ON)).status_code == 409
    (party,) = (await officer.read(f"/api/matters/{case}"))["people"]
    said = {"what": "person", "party": party["id"], "citizen_number": "110101198503070777", "reason": "号码误录"}
    await officer.take(case, "correct-record", **said)
    assert (await officer.try_(item["number"], "answer-identity-item", **corrected)).status_code == 422
    await head.approve(case, "correct-record")
    # Set right, it is found doubtful no more, with whatever else the number leads to.
    await looked(bureau)
    (found,) = await bureau.ask("SELECT gone_at FROM finding WHERE subject = %(case)s AND rule = 'identity-doubtful'", case=case)
    assert found.gone_at
    await officer.take(item["number"], "answer-identity-item", **corrected)
    await legal.take(item["number"], "verify-drive-item")
    assert (await legal.read(f"/api/drives/{drive}"))["units"][0]["results"] == {"corrected": 1}


async def test_a_case_whose_officer_has_left_has_its_successor_before_the_drive_begins(bureau: World) -> None:
    case = await unsolved(bureau)
    legal = await bureau.as_("fangzhengping")
    drive = (await legal.open("review-round", **plan()))["number"]
    await bureau.ask("UPDATE person SET active = false WHERE username = 'liusiyuan' RETURNING username")
    assert (await legal.read(f"/api/drives/{drive}"))["without_officer"] == [case]
    keep = "UPDATE matter SET kept_from = %(kept)s WHERE number = %(case)s RETURNING number"
    await bureau.ask(keep, kept=["@fangzhengping"], case=case)
    assert (await legal.read(f"/api/drives/{drive}"))["without_officer"] == [], (
        "what is kept from somebody is named to them nowhere"
    )
    await bureau.ask(keep, kept=[], case=case)
    refused = await legal.try_(drive, "launch-drive")
    assert (refused.status_code, case in refused.text) == (422, True)
    wrong = await legal.try_(drive, "launch-drive", successors=[{"file": case, "officer": "wuhaoran"}])
    assert wrong.status_code == 422
    await legal.take(drive, "launch-drive", successors=[{"file": case, "officer": "machao"}])
    (item,) = await items(await bureau.as_("machao"), drive)
    assert item["officer"] == "machao"


async def test_an_item_is_sealed_with_its_case(bureau: World) -> None:
    case = await unsolved(bureau)
    drive, _ = await launched(bureau)
    officer = await bureau.as_("liusiyuan")
    (item,) = await items(officer, drive)
    await officer.take(case, "seal-file", grounds="涉及未成年人")
    await (await bureau.as_("zhaotiejun")).approve(case, "seal-file")
    (row,) = await bureau.ask("SELECT sealed FROM matter WHERE number = %(number)s", number=item["number"])
    assert row.sealed
    other = await bureau.as_("machao")
    assert (await other.get(f"/api/matters/{item['number']}")).status_code == 404


async def test_what_is_kept_from_somebody_is_in_no_figure_that_they_read_of_its_drive(bureau: World) -> None:
    cases = [await unsolved(bureau) for _ in range(2)]
    drive, legal = await launched(bureau)
    officer, manager = await bureau.as_("liusiyuan"), await bureau.as_("qinwanqing")
    for each in await items(officer, drive, 2):
        await officer.take(each["number"], "answer-backlog-item", **TICKS, **ON)
        await manager.take(each["number"], "verify-drive-item")
    await bureau.ask(
        "UPDATE matter SET kept_from = '{@fangzhengping}' WHERE number = %(case)s OR parent = %(case)s RETURNING number",
        case=cases[0],
    )
    told = await legal.read(f"/api/drives/{drive}")
    (unit,) = told["units"]
    assert (unit["items"], unit["verified"], unit["results"]) == (1, 1, {"continue": 1})
    assert [each["matters"] for each in told["selections"] if each["matters"]] == [1]
    assert len(await items(legal, drive, 1)) == 1
