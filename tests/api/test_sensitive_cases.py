"""Sensitive cases: marked by those who command, reported within two hours, seen by the legal department, unmarked by two."""

from datetime import datetime, timedelta
from typing import Any

from tests.api.matters import accepted, requested
from tests.api.test_rectification_orders import problem
from tests.world import Hand, World

MARK: dict[str, Any] = {"criteria": ["attention"], "situation": "网上出现视频，评论较多", "measures": "依法取证，统一答复"}


async def words_of(hand: Hand, number: str) -> list[str]:
    return [each["words"] for each in (await hand.read("/api/notices", limit=100))["items"] if each["matter"] == number]


async def sensitive(hand: Hand) -> list[str]:
    return [each["number"] for each in (await hand.read("/api/matters", sensitive="true"))["items"]]


async def test_a_sensitive_case_is_told_upwards_reported_within_two_hours_and_listed_until_two_unmark_it(bureau: World) -> None:
    case, officer = await accepted(bureau)
    head, legal, chief = [await bureau.as_(name) for name in ("zhaotiejun", "jiangruolan", "zhouminghui")]
    status, slug, why = await problem(officer, case, "mark-sensitive", **MARK)
    assert (status, slug) == (403, "office-may-not-act"), why
    assert (await problem(head, case, "mark-sensitive", **MARK | {"criteria": ["designated"]}))[:2] == (403, "office-may-not-act")
    await head.take(case, "mark-sensitive", **MARK)
    assert (await problem(head, case, "mark-sensitive", **MARK))[:2] == (422, "form-invalid")
    marked = (await officer.card(case))["sensitive"]
    assert (marked["criteria"], marked["reported"]) == (["媒体网络关注或者赴省进京信访"], False)
    assert await sensitive(officer) == [case]
    for hand in (legal, chief):
        assert any(each.startswith("列为敏感案件：媒体") for each in await words_of(hand, case))
    clock = await officer.clock(case, "sensitive-report")
    assert datetime.fromisoformat(clock["due_at"]) - datetime.fromisoformat(clock["started_at"]) == timedelta(hours=2)
    assert "report-sensitive" in [each["step"] for each in (await officer.card(case))["tasks"]]
    await officer.take(case, "report-sensitive", report="已调取监控，明日上午询问证人，责任人刘思远")
    assert (await officer.card(case))["sensitive"]["reported"] is True
    assert "敏感案件报备" in await words_of(chief, case)
    # Another circumstance is marked, and is to be reported too.
    await head.take(case, "mark-sensitive", **MARK | {"criteria": ["attention", "group"]})
    assert len((await officer.card(case))["sensitive"]["criteria"]) == 2
    await legal.take(case, "unmark-sensitive", reason="舆情平息")
    assert await sensitive(officer) == [case]
    await chief.take(case, "approve", request="unmark-sensitive")
    assert (await sensitive(officer), (await officer.card(case))["sensitive"]) == ([], None)
    assert (await problem(officer, case, "report-sensitive", report="续报"))[1:] == ("law-forbids", "本事项现在没有列为敏感案件")


async def test_the_legal_department_sees_what_is_asked_for_in_a_sensitive_case_and_nothing_waits_for_it(bureau: World) -> None:
    case, officer = await requested(bureau)
    chief, legal = await bureau.as_("zhouminghui"), await bureau.as_("jiangruolan")
    await chief.take(case, "mark-sensitive", **MARK | {"criteria": ["designated"]})
    await chief.take(case, "approve", request="file-case")
    suspect = (await officer.take(case, "name-suspect", name="贺文涛"))["opened"][0]
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据")
    assert "敏感案件呈请审批：执行拘留" in [each.replace("刑事", "") for each in await words_of(legal, suspect)]
    assert (await officer.card(suspect))["requests"], "the head decides at once"
