"""What a person has to do, did, asked for, was copied, and what is due: each list within reach, and with all that acting on it needs."""

from datetime import datetime, timedelta
from functools import partial

import pytest

from law.calendar import SHANGHAI
from tests.api.matters import accepted, reported, requested
from tests.world import World, until


async def test_a_task_says_all_that_is_needed_to_decide_it(bureau: World) -> None:
    number, _ = await requested(bureau)
    head = await bureau.as_("zhouminghui")
    (task,) = [each for each in (await head.read("/api/tasks"))["items"] if each["matter"] == number]
    assert (task["step"], task["step_zh"], task["request"]) == ("file-case", "立案", "file-case")
    assert task["asked_by_zh"] == "刘思源"
    assert task["form"] == {"charge": "xf-264", "grounds": "有犯罪事实，需要追究刑事责任"}
    assert task["due_at"] == min(each["due_at"] for each in (await head.read("/api/clocks"))["items"])
    answer = await head.try_(number, "approve", {"If-Match": str(task["seq"])}, request=task["request"])
    assert answer.status_code == 200
    assert (await head.read("/api/tasks"))["items"] == []


async def test_whoever_decides_on_what_has_moved_on_is_told(bureau: World) -> None:
    number, officer = await requested(bureau)
    head = await bureau.as_("zhouminghui")
    (task,) = (await head.read("/api/tasks"))["items"]
    await officer.take(number, "urge", request="file-case", words="请尽快审批")
    answer = await head.try_(number, "approve", {"If-Match": str(task["seq"])}, request="file-case")
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/superseded")


async def test_what_i_did_is_listed_newest_first_and_read_to_its_end(bureau: World) -> None:
    number, officer = await requested(bureau)
    first = await officer.read("/api/work/done", limit=1)
    second = await officer.read("/api/work/done", limit=1, cursor=first["next"])
    (asked,), (opened,) = first["items"], second["items"]
    assert (asked["matter"], asked["step_zh"], asked["standing"], asked["kind_zh"]) == (
        number,
        "立案",
        "awaiting-approval",
        "刑事案件",
    )
    assert (opened["step"], opened["standing"], opened["seq"]) == ("accept-case", "done", 1)
    assert second["next"] is None
    assert (await (await bureau.as_("zhouminghui")).read("/api/work/done"))["items"] == []


@pytest.mark.parametrize(
    ("verb", "whose", "form", "state"),
    [
        ("approve", "zhouminghui", {}, "approved"),
        ("return", "zhouminghui", {"reason": "补充理由"}, "returned"),
        ("withdraw", "liusiyuan", {"reason": "另行呈请"}, "withdrawn"),
    ],
)
async def test_what_i_asked_for_says_with_whom_it_lies_and_what_became_of_it(
    bureau: World, verb: str, whose: str, form: dict[str, str], state: str
) -> None:
    number, officer = await requested(bureau)
    (asked,) = (await officer.read("/api/work/started"))["items"]
    assert (asked["matter"], asked["step"], asked["state"], asked["ended_at"]) == (number, "file-case", "awaiting", None)
    assert [(each["office_zh"], each["person_zh"]) for each in asked["with"]] == [("县级以上公安机关负责人", None)]
    await (await bureau.as_(whose)).take(number, verb, request="file-case", **form)
    (asked,) = (await officer.read("/api/work/started"))["items"]
    assert (asked["state"], asked["with"]) == (state, [])
    assert asked["ended_at"] >= asked["asked_at"]


async def test_who_took_over_from_an_asker_finds_the_request_among_their_own_and_others_see_whose_it_is(bureau: World) -> None:
    number, officer = await requested(bureau)
    xu, ma, head = [await bureau.as_(name) for name in ("xuyating", "machao", "zhouminghui")]
    (own,) = (await officer.read("/api/work/started"))["items"]
    assert (own["asked_by_zh"], (await xu.read("/api/work/started"))["items"]) == (None, [])

    async def waiting() -> list[tuple[str, str | None]]:
        lists = [(await head.read(path))["items"] for path in ("/api/boards/station/awaiting", "/api/tasks")]
        return [(each["asked_by_zh"], each["asker_zh"]) for items in lists for each in items]

    assert await waiting() == [("刘思源", "刘思源")] * 2
    admin = await bureau.as_("guanli")
    gone = {"active": False, "successor": "xuyating"}
    assert (await admin.http.patch("/api/admin/people/liusiyuan", json=gone)).status_code == 200
    (taken_over,) = (await xu.read("/api/work/started"))["items"]
    assert (taken_over["matter"], taken_over["state"], taken_over["asked_by_zh"]) == (number, "awaiting", "刘思源")
    assert [each["office_zh"] for each in taken_over["with"]] == ["县级以上公安机关负责人"]
    assert await waiting() == [("刘思源", "许雅婷")] * 2
    assert (await ma.read("/api/work/started"))["items"] == []


async def test_a_request_that_its_stage_took_along_has_lapsed(bureau: World) -> None:
    number, officer = await accepted(bureau)
    await officer.take(number, "extend-filing-review", extension="to 30 day", grounds="案情复杂")
    await officer.take(number, "file-case", charge="xf-264", grounds="有犯罪事实")
    await (await bureau.as_("zhouminghui")).approve(number, "file-case")
    asked = {each["step"]: each["state"] for each in (await officer.read("/api/work/started"))["items"]}
    assert asked == {"file-case": "approved", "extend-filing-review": "lapsed"}


async def test_what_was_copied_is_listed_for_whoever_it_was_copied_to_and_nobody_else(bureau: World) -> None:
    number, officer = await requested(bureau)
    await officer.take(number, "copy-to", request="file-case", persons=["wuhaoran"], offices=["legal-reviewer"])
    for username, sees in (("wuhaoran", True), ("fangzhengping", True), ("qiaoanran", False), ("zhouminghui", False)):
        items = (await (await bureau.as_(username)).read("/api/work/copied"))["items"]
        assert [each["matter"] for each in items] == ([number] if sees else []), username
    (item,) = (await (await bureau.as_("wuhaoran")).read("/api/work/copied"))["items"]
    assert (item["by_zh"], item["stage_zh"]) == ("刘思源", "立案审查")


async def test_counts_of_what_is_due_are_those_of_the_lists_they_open(bureau: World) -> None:
    await accepted(bureau, at=datetime.fromisoformat("2026-01-05T10:00:00+08:00"))
    await accepted(bureau)
    await reported(bureau)
    officer, head = await bureau.as_("liusiyuan"), await bureau.as_("zhaotiejun")
    for hand, mine in ((officer, True), (head, False)):
        counts = await hand.read("/api/work/due", mine=mine)
        whose = {"officer": hand.username} if mine else {}
        at = datetime.fromisoformat(counts["at"])

        async def listed(**filters: str) -> int:
            return len((await hand.read("/api/clocks", **filters, **whose))["items"])  # noqa: B023 - called within the turn

        assert counts["overdue"] == await listed(colour="overdue")
        for name, days in (("day", 1), ("three_days", 3), ("week", 7)):
            until = (at + timedelta(days=days)).isoformat()
            assert counts[name] == await listed(due_after=at.isoformat(), due_before=until)
        assert counts["overdue"] > 0
        assert counts["week"] >= counts["three_days"] >= counts["day"]
    assert (await (await bureau.as_("wuhaoran")).read("/api/work/due"))["overdue"] == 0


async def test_clocks_are_narrowed_by_limit_and_kind(bureau: World) -> None:
    case, officer = await accepted(bureau)
    await reported(bureau)
    of_cases = (await officer.read("/api/clocks", kind="criminal-case"))["items"]
    assert {each["matter"] for each in of_cases} == {case}
    of_limit = (await officer.read("/api/clocks", limit_id="criminal-filing-review"))["items"]
    assert [(each["matter"], each["limit"]) for each in of_limit] == [(case, "criminal-filing-review")]


async def test_a_kind_tells_its_lifecycle_and_its_ordinary_course(idle: World) -> None:
    kinds = {each["kind"]: each for each in await (await idle.as_("linxiaoyu")).read("/api/kinds")}
    incident = kinds["incident"]
    assert incident["main"] == ["received", "dispatched", "accepted", "on_scene", "fed_back", "classified", "closed", "archived"]
    for kind in kinds.values():
        names = [each["stage"] for each in kind["graph"]]
        ways = {each["stage"]: each for each in kind["graph"]}
        assert set(kind["main"]) <= set(names)
        assert ways[kind["main"][-1]]["final"]
        assert all(after in ways[before]["leads_to"] for before, after in zip(kind["main"], kind["main"][1:], strict=False))


async def test_the_course_is_the_stages_that_were_really_passed(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.take(number, "arrive-on-scene")
    await officer.take(number, "handle-scene", measures="分开双方")
    course = await officer.read(f"/api/matters/{number}/course")
    assert [(each["stage"], each["by_zh"], each["step"]) for each in course] == [
        ("received", "林晓雨", "open-incident"),
        ("dispatched", "林晓雨", "dispatch-incident"),
        ("on_scene", "刘思源", "arrive-on-scene"),
    ]
    assert [each["left_at"] for each in course] == [course[1]["entered_at"], course[2]["entered_at"], None]
    assert (await (await bureau.as_("wuhaoran")).get(f"/api/matters/{number}/course")).status_code == 404


async def test_a_case_shows_each_suspects_measures_and_limits(bureau: World) -> None:
    number, officer = await requested(bureau)
    head = await bureau.as_("zhouminghui")
    await head.approve(number, "file-case")
    (suspect,) = (await officer.take(number, "name-suspect", name="贺文涛"))["opened"]
    await until(partial(officer.get, f"/api/matters/{suspect}"), lambda found: found.status_code == 200)
    await officer.take(suspect, "execute-detention", place="城关派出所", grounds="可能毁灭证据", at=datetime.now(SHANGHAI))
    await head.approve(suspect, "execute-detention")
    await officer.take(suspect, "decide-bail", surety="保证人", guarantor="贺家明", grounds="不致发生社会危险性")
    await head.approve(suspect, "decide-bail")
    of_case, of_suspect = [await officer.read(f"/api/matters/{each}/measures") for each in (number, suspect)]
    assert of_case == of_suspect
    (person,) = of_case
    assert (person["matter"], person["name"]) == (suspect, "贺文涛")
    detention, bail = person["measures"]
    assert (detention["zh"], detention["held"], detention["to"]) == ("刑事拘留", True, bail["from"])
    assert (bail["measure"], bail["held"], bail["to"]) == ("bail", False, None)
    ended = {each["limit"]: each["state"] for each in person["limits"]}
    assert ended["criminal-detention-submit-for-arrest"] == "lapsed"
    assert "running" in {each["state"] for each in person["limits"] if "取保候审" in each["zh"]}
    assert (await (await bureau.as_("wuhaoran")).get(f"/api/matters/{suspect}/measures")).status_code == 404


async def test_people_questioned_in_an_incident_are_shown_by_number(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.take(number, "stop-person", person=2, name="石某", grounds="有作案嫌疑", vulnerable=False)
    await (await bureau.as_("zhaotiejun")).approve(number, "stop-person")
    await officer.take(number, "end-stop", person=2)
    (person,) = await officer.read(f"/api/matters/{number}/measures")
    assert (person["person"], person["name"]) == ("person-2", "石某")
    ((stop),) = person["measures"]
    assert (stop["measure"], stop["held"]) == ("stop", True)
    assert stop["to"] >= stop["from"]
    assert person["limits"]
