"""Each officer reads their own index and what it rests on, may answer to it, and nobody else is shown it but whoever heads their unit."""

import io
from typing import Any

from openpyxl import load_workbook

from operations.verify import verify
from tests.api.matters import reported
from tests.world import Hand, World
from watchdog.duties.seal_journal import SealJournal

OWN = "/api/personal-index"
# As a lead that ended without fault leaves it.
EXCUSED = """
INSERT INTO fact (matter, seq, n, fact, at, about) VALUES ('ZR202600000001', 5, 1, 'accountability.problem-excused', now(), %(order)s) RETURNING about
"""


async def put_right(bureau: World, *, category: str = "201", of: str = "liusiyuan") -> str:
    """An order over an incident of 城关, in which that officer is named as directly responsible, and which was put right and verified."""
    incident, officer = await reported(bureau)
    issuer = await bureau.as_("qinwanqing")
    responsible = [{"person": of, "part": "direct", "why": "承办该警情"}]
    said = {"problem": "应立未立", "demand": "立案", "category": category, "officer": "liusiyuan", "severity": "yellow"}
    order = (await issuer.open("rectification-order", subject=incident, responsible=responsible, **said))["number"]
    await officer.take(order, "report-rectification", done="已立案")
    await issuer.take(order, "verify-rectification", quality=4)
    return order


async def points(hand: Hand) -> dict[str, dict[str, Any]]:
    index = await hand.read(OWN)
    return {point["id"]: point for item in index["items"] for point in item["points"]}


async def test_an_officer_reads_each_point_of_theirs_with_what_it_rests_on_and_who_verified_it(bureau: World) -> None:
    order = await put_right(bureau)
    officer = await bureau.as_("liusiyuan")
    problem = (await points(officer))[f"problem/{order}"]
    assert (problem["matter"], problem["verified_by"], problem["value"], problem["standing"]) == (order, "qinwanqing", -1, "shown")
    assert problem["rule"].startswith("第2项 分流受案")
    assert problem["verified_by_zh"] and problem["edition"]
    in_time = (await points(officer))[f"order/{order}/in-time"]
    assert (in_time["item"], in_time["value"]) == ("rectification", 1)
    assert (await officer.read(OWN))["index"] == 100
    # Whoever is not named in it has no point of it.
    assert await points(await bureau.as_("zhaotiejun")) == {}


async def test_a_word_of_thanks_that_was_passed_on_is_a_point_of_its_officers(bureau: World) -> None:
    desk = await bureau.as_("mengxiaolan")
    letter = (await desk.open("letter", channel="post", sort="thanks", narrative="感谢刘思源警官找回财物"))["number"]
    await desk.take(letter, "sign-letter")
    await desk.take(letter, "convey-thanks", to_unit="chengguan", to_officer="liusiyuan", words="群众来信表扬")
    point = (await points(await bureau.as_("liusiyuan")))[f"thanks/{letter}"]
    assert (point["item"], point["value"], point["verified_by"]) == ("complaints", 1, "mengxiaolan")


async def test_a_problem_that_was_found_to_be_nobodys_fault_is_nobodys_point(bureau: World) -> None:
    """SG8."""
    order = await put_right(bureau)
    officer = await bureau.as_("liusiyuan")
    assert f"problem/{order}" in await points(officer)
    await bureau.ask(EXCUSED, order=order)
    assert f"problem/{order}" not in await points(officer)


async def test_a_statement_is_made_once_and_an_objection_suspends_the_point_until_somebody_else_decides(bureau: World) -> None:
    order = await put_right(bureau)
    officer, key = await bureau.as_("liusiyuan"), f"problem/{order}"
    said = {"point": key, "words": "当日已口头移交"}
    assert (await officer.post(f"{OWN}/statements", **said)).status_code == 200
    assert (await officer.post(f"{OWN}/statements", **said)).status_code == 409
    answer = await officer.post(f"{OWN}/objections", point=key, grounds="不是本人承办的环节")
    assert answer.status_code == 200, answer.text
    suspended = (await points(officer))[key]
    assert (suspended["standing"], suspended["statement"]) == ("suspended", "当日已口头移交")
    assert (await officer.post(f"{OWN}/objections", point=key, grounds="再次提出异议")).status_code == 409

    supervisor = await bureau.as_("leijianfeng")
    (waits,) = (await supervisor.read(f"{OWN}/objections"))["objections"]
    assert [each["sort"] for each in (await supervisor.read("/api/tasks"))["items"] if "积分提出异议" in each["words"]] == [
        "objection"
    ]
    assert (
        await officer.post(f"{OWN}/objections/decide", objection=waits["id"], upheld=True, reason="我的异议成立")
    ).status_code == 403
    decided = {"objection": waits["id"], "upheld": True, "reason": "经查由他人承办"}
    assert (await supervisor.post(f"{OWN}/objections/decide", **decided)).json()["objections"] == []
    assert (await points(officer))[key]["standing"] == "removed"
    assert [each for each in (await supervisor.read("/api/tasks"))["items"] if each["sort"] == "objection"] == []
    steps = [
        row.step
        for row in await bureau.ask(
            "SELECT step FROM entry WHERE sort = 'administration' AND step LIKE '%%point%%' ORDER BY position"
        )
    ]
    assert steps == ["state-on-point", "object-to-point", "decide-point-objection"]
    await bureau.watch().get_duty(SealJournal).do()
    assert verify(bureau.settings).faults == []


async def test_nobody_reads_another_officers_index_but_whoever_heads_the_unit(bureau: World) -> None:
    await put_right(bureau)
    for username, status in (
        ("zhaotiejun", 200),
        ("xuyating", 404),
        ("qinwanqing", 404),
        ("leijianfeng", 404),
        ("zhouminghui", 404),
    ):
        answer = await (await bureau.as_(username)).get(f"{OWN}/people/liusiyuan")
        assert answer.status_code == status, username
    head = await bureau.as_("zhaotiejun")
    names = [each["zh"] for each in (await head.read(f"{OWN}/people"))["people"]]
    assert names == sorted(names)


async def test_above_a_unit_only_the_spread_is_told_and_of_few_people_not_even_that(bureau: World) -> None:
    told = await (await bureau.as_("leijianfeng")).read(f"{OWN}/distribution")
    assert told["units"]
    for unit in told["units"]:
        assert unit["levels"] is None or sum(each["count"] for each in unit["levels"]) >= 5


async def test_an_export_says_what_it_may_not_be_used_for(bureau: World) -> None:
    await put_right(bureau)
    officer = await bureau.as_("liusiyuan")
    book = load_workbook(io.BytesIO((await officer.get(f"{OWN}/export")).content))
    assert "不得单独作为奖惩依据" in book["导出说明"]["A1"].value
    assert book["积分"].max_row == 3
