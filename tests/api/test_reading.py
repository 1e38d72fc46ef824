"""Who sees what, in which order, page by page."""

from functools import partial
from urllib.parse import urlencode

import pytest

from tests.api.matters import accepted, reported, requested
from tests.world import World, until


@pytest.mark.parametrize(
    ("username", "sees"),
    [
        *((each, True) for each in ("liusiyuan", "zhaotiejun", "zhouminghui", "fangzhengping", "yanshouzheng")),
        *((each, False) for each in ("wuhaoran", "qiaoanran", "yeqingheng", "niuguodong", "mogongyi", "baoan")),
    ],
)
async def test_a_matter_exists_for_its_unit_and_those_above_and_for_nobody_else(bureau: World, username: str, sees: bool) -> None:
    number, _ = await reported(bureau)
    person = await bureau.as_(username)
    for part in ("", "/steps", "/journal", "/clocks"):
        assert (await person.get(f"/api/matters/{number}{part}")).status_code == (200 if sees else 404)
    assert [each["number"] for each in (await person.read("/api/matters"))["items"]] == ([number] if sees else [])


async def test_an_outside_organ_sees_what_is_shared_with_it_and_no_more(bureau: World) -> None:
    number, _ = await accepted(bureau)
    other, _ = await accepted(bureau)
    await bureau.ask("UPDATE matter SET shared_with = '{procuratorate}' WHERE number = %(n)s", n=number)
    procurator = await bureau.as_("yeqingheng")
    assert (await procurator.card(number))["shared_with"] == ["procuratorate"]
    assert (await procurator.get(f"/api/matters/{other}")).status_code == 404
    assert [each["number"] for each in (await procurator.read("/api/matters"))["items"]] == [number]
    assert {each["matter"] for each in (await procurator.read("/api/clocks"))["items"]} == {number}
    assert (await (await bureau.as_("mogongyi")).get(f"/api/matters/{number}")).status_code == 404


async def test_a_list_is_read_to_its_end_by_its_cursor_each_matter_once(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    opened = [
        (await desk.open("incident", kind="求助", place=f"{n}号", narrative="求助", unit="chengguan"))["number"] for n in range(5)
    ]
    seen, cursor = [], None
    while True:
        page = await desk.read("/api/matters", limit=2, **({"cursor": cursor} if cursor else {}))
        seen += [each["number"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert seen == opened[::-1]


@pytest.mark.parametrize("cursor", ["x", "WzFd", "WyJ4IiwgIkpRIl0=", "bnVsbA=="])
async def test_a_cursor_that_is_none_of_ours_is_refused(idle: World, cursor: str) -> None:
    answer = await (await idle.as_("linxiaoyu")).get("/api/matters", cursor=cursor)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "cursor")


async def test_lists_are_narrowed_by_kind_unit_officer_title_and_number(bureau: World) -> None:
    incident, _ = await reported(bureau, place="100%_大街")
    case, _ = await accepted(bureau)
    head = await bureau.as_("zhouminghui")

    async def numbers(**filters: str) -> set[str]:
        return {each["number"] for each in (await head.read("/api/matters", **filters))["items"]}

    async def found(words: str, **filters: str) -> set[str]:
        path = f"/api/matters/find?{urlencode(filters)}"
        return {each["number"] for each in (await head.find(path, q=words))["items"]}

    assert await numbers(kind="criminal-case") == {case}
    assert await numbers(unit="qinglan") == await numbers(unit="chengguan") == {incident, case}
    assert await numbers(unit="donghe") == await numbers(unit="atlantis") == set()
    assert await numbers(officer="liusiyuan", stage="dispatched") == {incident}
    assert await found("100%_") == await found(incident.lower()) == {incident}
    assert await found("1000") == await found("大街", kind="criminal-case") == set()
    assert await found("%") == {incident}
    assert await numbers(colour="none") == {incident, case}
    assert await numbers(colour="red") == set()


async def test_nobody_sees_beyond_their_units_by_naming_another(bureau: World) -> None:
    await reported(bureau)
    assert (await (await bureau.as_("wuhaoran")).read("/api/matters", unit="chengguan"))["items"] == []
    assert (await (await bureau.as_("wuhaoran")).read("/api/clocks", unit="anlan"))["items"] == []


async def test_a_clock_says_why_it_is_due_then(bureau: World) -> None:
    number, officer = await accepted(bureau)
    (listed,) = [each for each in (await officer.read("/api/clocks"))["items"] if each["limit"] == "criminal-filing-review"]
    assert (listed["matter"], listed["unit_zh"]) == (number, "城关派出所")
    clock = await officer.read(f"/api/clocks/{listed['id']}")
    assert clock["due_at"] == listed["due_at"]
    assert clock["reasons"]
    assert [rung["colour"] for rung in clock["rungs"]][-1] == "overdue"
    assert clock["rings"] == []
    assert (await (await bureau.as_("wuhaoran")).get(f"/api/clocks/{listed['id']}")).status_code == 404
    assert (await officer.get("/api/clocks/none@such@1")).status_code == 404


async def test_clocks_are_listed_by_when_they_are_due(bureau: World) -> None:
    await accepted(bureau)
    await accepted(bureau, at="2026-01-05T10:00:00+08:00")
    head = await bureau.as_("zhouminghui")
    first = await head.read("/api/clocks", limit=1)
    second = await head.read("/api/clocks", limit=1, cursor=first["next"])
    everything = (await head.read("/api/clocks"))["items"]
    assert [first["items"][0]["id"], second["items"][0]["id"]] == [each["id"] for each in everything[:2]]
    dues = [each["due_at"] for each in everything]
    assert dues == sorted(dues)
    early = (await head.read("/api/clocks", due_before="2026-03-01T00:00:00+08:00"))["items"]
    assert early
    assert all(each["due_at"] < "2026-03-01" for each in early)
    assert all(each["colour"] == "overdue" for each in (await head.read("/api/clocks", colour="overdue"))["items"])
    assert (await head.get("/api/clocks", due_before="2026-03-01T00:00:00")).status_code == 422


async def test_the_station_board_counts_what_is_open(bureau: World) -> None:
    await reported(bureau)
    await requested(bureau)
    await accepted(bureau, at="2026-01-05T10:00:00+08:00")
    board = await (await bureau.as_("zhaotiejun")).read("/api/boards/station")
    stages = {(each["kind"], each["stage"]): each["count"] for each in board["stages"]}
    assert stages == {("incident", "dispatched"): 1, ("criminal-case", "review"): 2}
    assert board["awaiting_approval"] == 1
    assert board["opened"] == 2
    assert board["overdue"] >= 1
    assert sum(board["colours"].values()) == 3
    empty = await (await bureau.as_("wuhaoran")).read("/api/boards/station")
    assert (empty["stages"], empty["colours"], empty["overdue"]) == ([], {}, 0)


async def test_clocks_are_listed_of_one_unit_without_those_below(bureau: World) -> None:
    await accepted(bureau)
    head = await bureau.as_("zhouminghui")

    async def listed(**asked: object) -> list[str]:
        return [each["unit"] for each in (await head.read("/api/clocks", **asked))["items"]]

    assert "chengguan" in await listed(unit="qinglan")
    assert "chengguan" not in await listed(unit="qinglan", alone=True)
    assert set(await listed(unit="chengguan", alone=True)) == {"chengguan"}


async def test_an_unknown_board_names_those_there_are(idle: World) -> None:
    answer = await (await idle.as_("zhouminghui")).get("/api/boards/moon")
    assert (answer.status_code, answer.json()["near"]) == (
        404,
        [
            *("station", "supervision", "calls", "deadlines", "ranking", "stages", "red-cards", "screen"),
            *("alerts", "orders", "six-elements", "agenda", "searches", "letters"),
        ],
    )


async def test_an_incident_and_its_case_name_each_other(bureau: World) -> None:
    number, officer = await reported(bureau)
    await officer.take(number, "arrive-on-scene")
    receipt = await officer.take(number, "classify-incident", classification="criminal", reason="盗窃", charge="xf-264")
    (case,) = receipt["opened"]
    answer = await until(partial(officer.get, f"/api/matters/{case}"), lambda found: found.status_code == 200)
    assert answer.json()["links"]["parent"] == number
    assert [each["number"] for each in (await officer.card(number))["links"]["children"]] == [case]


async def test_the_journal_is_paged_in_the_order_in_which_things_happened(bureau: World) -> None:
    number, officer = await reported(bureau)
    first = await officer.read(f"/api/matters/{number}/journal", limit=1)
    second = await officer.read(f"/api/matters/{number}/journal", cursor=first["next"])
    assert [each["step"] for each in first["items"] + second["items"]] == ["open-incident", "dispatch-incident"]
    assert first["items"][0]["content"]["form"]["narrative"] == "电动自行车被盗"
    assert second["next"] is None


async def test_a_warning_reaches_the_office_it_is_for(bureau: World) -> None:
    number, _ = await accepted(bureau, at="2026-01-05T10:00:00+08:00")
    supervisor = await bureau.as_("leijianfeng")
    notices = (await until(partial(supervisor.read, "/api/notices"), lambda page: page["items"]))["items"]
    assert {each["matter"] for each in notices} == {number}
    assert (await (await bureau.as_("wuhaoran")).read("/api/notices"))["items"] == []
    asked = (await (await bureau.as_("liusiyuan")).read("/api/tasks"))["items"]
    assert {each["matter"] for each in asked} == {number}
    assert len([each for each in asked if each["sort"] != "turn"]) == 1
    assert (await (await bureau.as_("xuyating")).read("/api/tasks"))["items"] == []
