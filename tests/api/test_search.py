"""What is found by what, within whose reach."""

import pytest

from tests.api.matters import accepted, reported
from tests.world import World, until

CALLER = {"reporter": "欧阳文慧", "reporter_phone": "0971-555 0123", "reporter_citizen_number": "110101199003070775"}


async def found(bureau: World, username: str, q: str) -> dict[str, list[str]]:
    """The numbers of the matters found, by what was found in them."""
    answer = await (await bureau.as_(username)).find("/api/search", q=q)
    by = {"matters": "number", "people": "matter", "narrative": "matter"}
    return {name: [each[by[name]] for each in items] for name, items in answer.items() if items}


@pytest.mark.parametrize(
    ("q", "where"),
    [
        ("河滨路", "matters"),
        ("盗窃 城关镇", "matters"),
        ("欧阳", "people"),
        ("文慧", "people"),
        ("110101199003070775", "people"),
        ("11010119900307", "people"),
        ("09715550123", "people"),
        ("0971-555", "people"),
        ("自行车", "narrative"),
        ("动自行车被", "narrative"),
        ("C12", "narrative"),
    ],
)
async def test_a_matter_is_found_by_what_is_known_of_it(bureau: World, q: str, where: str) -> None:
    number, _ = await reported(bureau, **CALLER, narrative="一辆电动自行车被盗，车架号ABC123")
    assert await found(bureau, "liusiyuan", q) == {where: [number]}
    assert await found(bureau, "wuhaoran", q) == {}


TYPED_SO = (
    *("买买提•艾力", "买买提．艾力", "买买提 艾力", "买买提艾力", "maimaiti", "ai li", "MMTAL"),
    *("１３９００００１２３４", "+8613900001234", "+86 139 0000 1234", "１１０１０１１９９００３０７０７７５"),
)


async def test_a_person_is_found_as_people_type_it(bureau: World) -> None:
    caller = {**CALLER, "reporter": "买买提·艾力", "reporter_phone": "139-0000 1234"}
    number, _ = await reported(bureau, **caller)
    for q in TYPED_SO:
        assert await found(bureau, "liusiyuan", q) == {"people": [number]}, q


async def test_lists_are_narrowed_as_people_type_it_too(bureau: World) -> None:
    number, officer = await reported(bureau, kind="打架斗殴", place="城关镇·南门")
    wide = "".join(chr(ord(each) + 0xFEE0) for each in number)
    for q in (number.lower(), wide, f" {number} ", "打架 斗殴", "城关镇南门"):
        assert number in [each["number"] for each in (await officer.find("/api/matters/find", q=q))["items"]], q
        assert number in [each["matter"] for each in (await officer.find("/api/tasks/find", q=q))["items"]], q


async def test_what_was_typed_wide_is_found_narrow(bureau: World) -> None:
    number, _ = await reported(
        bureau, reporter="测试　乙", reporter_phone="１３９００００１２３４", place="人民路８８号", narrative="车牌青Ａ·１２３４５"
    )
    for q in ("测试乙", "测试 乙", "13900001234"):
        assert await found(bureau, "liusiyuan", q) == {"people": [number]}, q
    assert await found(bureau, "liusiyuan", "人民路88") == {"matters": [number]}
    assert await found(bureau, "liusiyuan", "青A12345") == {"narrative": [number]}
    assert await found(bureau, "liusiyuan", number.translate({ord(n): ord(n) + 0xFEE0 for n in number})) == {"matters": [number]}


async def test_a_name_whose_character_is_spoken_in_two_ways_is_found_by_either(bureau: World) -> None:
    number, _ = await reported(bureau, reporter="单乐")
    for q in ("shanle", "danyue", "sl", "dy"):
        assert await found(bureau, "liusiyuan", q) == {"people": [number]}, q
    assert await found(bureau, "liusiyuan", "chanlu") == {}
    officer = await bureau.as_("liusiyuan")
    (caller,) = (await officer.card(number))["people"]
    assert {"shanle", "sl"} <= set(caller["spelt"].split()), "and is picked by it from among the people of its matter"
    assert "liusiyuan lsy" in {each["spelt"] for each in (await officer.read("/api/units"))["people"]}


async def test_what_was_found_says_by_what_in_chinese_and_may_be_of_one_kind(bureau: World) -> None:
    await reported(bureau, **CALLER)
    officer = await bureau.as_("liusiyuan")
    for q, zh in (("欧阳", "姓名"), ("ouyang", "姓名拼音"), ("0971555", "电话"), ("110101199003", "公民身份号码")):
        (person,) = (await officer.find("/api/search", q=q))["people"]
        assert person["matched_zh"] == zh
    assert (await officer.find("/api/search", q="欧阳", kind="incident"))["people"] != []
    assert (await officer.find("/api/search", q="欧阳", kind="criminal-case"))["people"] == []


async def test_a_paper_is_found_by_its_number_however_it_is_typed(bureau: World) -> None:
    number, officer = await accepted(bureau)
    ((paper,),) = await bureau.ask("SELECT number FROM document WHERE matter = %(n)s ORDER BY id LIMIT 1", n=number)
    dated = paper[paper.index("〔") : paper.index("〕") + 1]
    year = dated[1:-1]
    for q in (
        paper,
        paper.replace("〔", "[").replace("〕", "]"),
        paper.replace("〔", "(").replace("〕", ")").replace("（", "("),
        paper[4:],
        paper.replace(dated, f"［{year}］第").translate({ord(n): ord(n) + 0xFEE0 for n in "0123456789"}),
        paper.replace(dated, f"{year}年第"),
        paper.replace(f"{dated}1号", f"{year}-001"),
        paper.removesuffix("号"),
        paper.replace(dated, f"{year}年度第"),
        f"文号：{paper}。",
    ):
        papers = (await officer.find("/api/search", q=q))["papers"]
        assert {(each["matter"], each["number"]) for each in papers} == {(number, paper)}, q
    assert (await (await bureau.as_("wuhaoran")).find("/api/search", q=paper))["papers"] == []
    # Without its year and its own number it would leaf through all papers of a kind.
    assert (await officer.find("/api/search", q="受案字"))["papers"] == []


async def test_what_was_opened_last_is_offered_before_anything_is_typed(bureau: World) -> None:
    first, officer = await reported(bureau)
    second, _ = await reported(bureau)
    for number in (first, second):
        await officer.read(f"/api/matters/{number}")
    await until(lambda: officer.read("/api/search/lately"), lambda told: [each["number"] for each in told] == [second, first])
    assert await (await bureau.as_("wuhaoran")).read("/api/search/lately") == []


async def test_a_number_is_typed_whole_in_any_case_or_as_it_runs(bureau: World) -> None:
    number, _ = await reported(bureau)
    for typed in (number, number.lower(), number[6:].lstrip("0"), f" {number} "):
        assert await found(bureau, "liusiyuan", typed) == {"matters": [number]}
        assert await found(bureau, "wuhaoran", typed) == {}


@pytest.mark.parametrize("q", ["%%", "__", "··", "（）", "路河", "欧慧", "0000", "'; --", "\\\\", "0971%"])
async def test_nothing_is_found_by_what_does_not_stand_there(bureau: World, q: str) -> None:
    await reported(bureau, **CALLER)
    assert await found(bureau, "liusiyuan", q) == {}


@pytest.mark.parametrize("q", ["", "a", " a ", "x" * 101])
async def test_what_is_too_short_or_too_long_is_refused(idle: World, q: str) -> None:
    answer = await (await idle.as_("liusiyuan")).post("/api/search", q=q)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "q")


async def test_a_plate_and_a_telephone_that_are_nobodys_are_found(bureau: World) -> None:
    number, officer = await reported(bureau, reporter_phone="13909710001")
    await officer.take(number, "ask-trip", passenger_phone="139 0971 0002", plate="青A·12345", purpose="查找乘客", **SPAN)
    for q, matched in (("青A12345", "plate"), ("青a·123", "plate"), ("13909710002", "phone"), ("13909710001", "phone")):
        (person,) = (await officer.find("/api/search", q=q))["people"]
        assert (person["matter"], person["matched"], person["name"]) == (number, matched, "")


SPAN = {"since": "2026-03-02T20:00:00+08:00", "until": "2026-03-02T22:00:00+08:00"}


async def test_of_a_sealed_file_nobody_learns_by_searching_but_whoever_may_open_it(bureau: World) -> None:
    number, officer = await accepted(bureau, complainant="欧阳文慧", complainant_citizen_number=CALLER["reporter_citizen_number"])
    await bureau.ask("UPDATE matter SET sealed = true WHERE number = %(n)s", n=number)
    for q in ("欧阳文慧", CALLER["reporter_citizen_number"], "电动自行车", number):
        assert await found(bureau, officer.username, q) != {}
        assert await found(bureau, "zhouminghui", q) != {}
        assert await found(bureau, "xuyating", q) == {}


async def test_what_a_correction_set_right_is_found_as_it_is(bureau: World) -> None:
    number, officer = await reported(bureau, **CALLER)
    await officer.take(number, "correct-record", **CORRECTED)
    await (await bureau.as_("zhaotiejun")).approve(number, "correct-record")
    assert await found(bureau, "liusiyuan", "欧阳文惠") == {"people": [number]}
    assert await found(bureau, "liusiyuan", "欧阳文慧") == {}


CORRECTED = {"party": "reporter", "name": "欧阳文惠", "reason": "笔误"}


async def test_the_newest_come_first_and_no_more_than_twenty(bureau: World) -> None:
    desk = await bureau.as_("linxiaoyu")
    opened = [
        (await desk.open("incident", kind="求助", place=f"长宁街{n}号", narrative="求助", unit="chengguan"))["number"]
        for n in range(22)
    ]
    assert await found(bureau, "liusiyuan", "长宁街") == {"matters": opened[::-1][:20]}


async def test_what_is_looked_for_stands_in_no_address(idle: World) -> None:
    officer = await idle.as_("liusiyuan")
    for path in ("/api/search", "/api/incidents/similar"):
        assert not (await officer.get(path, q=CALLER["reporter_citizen_number"])).is_success
    by_word = {
        (path, each["name"])
        for path, operations in idle.app.openapi()["paths"].items()
        for operation in operations.values()
        for each in operation.get("parameters", ())
        if each["in"] == "query" and each["name"] in ("q", "holder", "name", "phone", "words")
    }
    assert by_word == {("/api/limits", "q")}, "what the law says is no secret"


@pytest.mark.parametrize(
    ("path", "word", "way"),
    [
        ("/api/matters", "q", "/api/matters/find"),
        ("/api/matters", "holder", "/api/matters/find"),
        ("/api/matters/find", "q", "/api/matters/find"),
        ("/api/exports/matters", "q", "/api/matters/find"),
        ("/api/admin/people", "q", "/api/admin/people/find"),
    ],
)
async def test_whoever_puts_it_into_an_address_is_refused_and_told_the_way(idle: World, path: str, word: str, way: str) -> None:
    hand = await idle.as_("guanli")
    method = "POST" if path.endswith("/find") else "GET"
    answer = await hand.http.request(method, path, params={word: "欧阳文慧"}, json={} if method == "POST" else None)
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["field"], error["rule"]) == (422, word, "in-the-body")
    assert f"POST {way}" in error["detail"]


# What was likely reported before


async def test_the_same_event_reported_again_is_noticed_by_telephone_place_or_words(bureau: World) -> None:
    number, _ = await reported(bureau, place="城关镇人民路88号门前", narrative="两车相撞，有人受伤流血", **CALLER)
    desk = await bureau.as_("linxiaoyu")
    for question, why in (
        ({"phone": "09715550123"}, "同一电话"),
        ({"place": "人民路88号"}, "地点相近"),
        ({"narrative": "有两车相撞，有人受伤"}, "内容相近"),
        ({"place": "人民路88号", "phone": "0971-5550123"}, "同一电话、地点相近"),
    ):
        (likely,) = await desk.find("/api/incidents/similar", **question)
        assert (likely["number"], likely["why"], likely["place"], likely["stage_zh"]) == (
            number,
            why,
            "城关镇人民路88号门前",
            "已派警",
        )
    assert await desk.find("/api/incidents/similar", place="东河镇集市", narrative="牛走失", phone="13800000000") == []
    assert await desk.find("/api/incidents/similar") == []
    assert await (await bureau.as_("wuhaoran")).find("/api/incidents/similar", place="人民路88号") == []


async def test_what_happened_more_than_a_week_ago_is_another_event(bureau: World) -> None:
    number, _ = await reported(bureau, place="城关镇人民路88号")
    await bureau.ask("UPDATE matter SET opened_at = opened_at - interval '8 days' WHERE number = %(n)s", n=number)
    assert await (await bureau.as_("linxiaoyu")).find("/api/incidents/similar", place="城关镇人民路88号") == []
