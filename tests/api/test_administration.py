"""Administrators found units, enrol people, grant and withdraw offices, within what they administer; everything is journaled."""

import asyncio
import json
from functools import partial
from typing import Any

import httpx
import pytest

from models.administration import HELD_IN, UnitKind
from models.journal import BUREAU
from operations.verify import verify
from seeds.bureau import HOLDINGS, UNITS
from tests.api.appointing import appointed, confirmed
from tests.api.matters import accepted, refusals, reported, requested
from tests.world import Hand, World
from watchdog.duties.seal_journal import SealJournal

NEW = {
    "username": "lin.xin",
    "zh": "林新",
    "badge": "331234",
    "unit": "donghe",
    "office": "case-officer",
    "password": "a heron over paper boats",
}


async def journaled(bureau: World) -> list[tuple[str, dict[str, Any]]]:
    rows = await bureau.ask(
        "SELECT step, content FROM entry WHERE chain = %(c)s AND sort = 'administration' ORDER BY position", c=BUREAU
    )
    return [(row.step, json.loads(row.content)) for row in rows]


async def patch(hand: Hand, path: str, **form: Any) -> httpx.Response:
    return await hand.http.patch(path, json=form)


def fault(answer: httpx.Response) -> tuple[int, str]:
    """The status, and the rule of the first field that is wrong, or the problem's name."""
    said = answer.json()
    return answer.status_code, said["errors"][0]["rule"] if "errors" in said else said["type"].rpartition("/")[2]


def test_everybody_in_the_invented_bureau_holds_an_office_where_it_may_be_held() -> None:
    kinds = {unit.id: UnitKind(unit.kind) for unit in UNITS}
    assert [each for each in HOLDINGS if kinds[each.unit_id] not in HELD_IN[each.office]] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/admin/units"),
        ("POST", "/api/admin/units"),
        ("PATCH", "/api/admin/units/donghe"),
        ("GET", "/api/admin/people"),
        ("GET", "/api/admin/people/liusiyuan"),
        ("POST", "/api/admin/people"),
        ("PATCH", "/api/admin/people/liusiyuan"),
        ("POST", "/api/admin/holdings"),
        ("POST", "/api/admin/holdings/withdraw"),
        ("GET", "/api/admin/partners"),
        ("GET", "/api/admin/deliveries"),
        ("GET", "/api/admin/verification"),
        ("POST", "/api/admin/verification"),
        ("GET", "/api/admin/health"),
    ],
)
async def test_nobody_but_an_administrator_administers(idle: World, method: str, path: str) -> None:
    for username in ("zhouminghui", "liusiyuan", "yanshouzheng"):
        answer = await (await idle.as_(username)).http.request(method, path, json={} if method != "GET" else None)
        assert fault(answer) == (403, "office-may-not-act")
    assert (await (await idle.stranger()).request(method, path)).status_code == 401
    assert len(await refusals(idle, BUREAU)) == (0 if method == "GET" else 3)


# Units


async def test_a_unit_is_founded_renamed_and_moved_with_all_below_it(idle: World) -> None:
    admin = await idle.as_("guanli")
    founded = await admin.post("/api/admin/units", unit="xingang", parent="chengguan", zh="新港警务站", kind="station")
    assert (founded.status_code, founded.json()["people"]) == (201, 0)
    moved = await patch(admin, "/api/admin/units/chengguan", zh="城关中心派出所", parent="east-zone")
    assert (moved.json()["zh"], moved.json()["parent"]) == ("城关中心派出所", "east-zone")
    paths = {row.id: row.path for row in await idle.ask("SELECT id, path FROM unit WHERE id IN ('chengguan', 'xingang')")}
    above = "/province/anlan/qinglan/east-zone/chengguan/"
    assert paths == {"chengguan": above, "xingang": f"{above}xingang/"}
    assert [step for step, _ in await journaled(idle)] == ["found-unit", "change-unit"]
    assert (await journaled(idle))[1][1]["old"] == {"zh": "城关派出所", "kind": "station", "parent": "qinglan"}


async def test_whoever_is_above_a_moved_unit_reaches_its_matters_within_the_moment(bureau: World) -> None:
    number, _ = await reported(bureau)
    shao = await bureau.as_("shaobin")
    assert (await shao.get(f"/api/matters/{number}")).status_code == 404
    assert (await patch(await bureau.as_("guanli"), "/api/admin/units/chengguan", parent="east-zone")).status_code == 200
    assert (await shao.get(f"/api/matters/{number}")).status_code == 200


@pytest.mark.parametrize(
    ("unit", "form", "status", "rule"),
    [
        ("east-zone", {"parent": "xincheng"}, 422, "under-itself"),
        ("east-zone", {"parent": "east-zone"}, 422, "under-itself"),
        ("east-zone", {"parent": "atlantis"}, 422, "unknown-unit"),
        ("east-zone", {"parent": "anlan"}, 403, "office-may-not-act"),
        ("qinglan", {"parent": "east-zone"}, 422, "under-itself"),
        ("anlan", {"zh": "安澜"}, 403, "office-may-not-act"),
        ("qinglan-procuratorate", {"zh": "检察院"}, 403, "office-may-not-act"),
        ("atlantis", {"zh": "亚特兰蒂斯"}, 404, "not-found"),
        ("donghe", {"zh": "城关派出所"}, 422, "taken"),
        ("donghe", {"zh": ""}, 422, "string_too_short"),
        ("donghe", {"kind": "palace"}, 422, "enum"),
        ("donghe", {"kind": "custody-centre"}, 409, "still-needed"),
    ],
)
async def test_a_unit_is_not_changed_into_what_cannot_be(
    idle: World, unit: str, form: dict[str, str], status: int, rule: str
) -> None:
    before = await idle.ask("SELECT * FROM unit ORDER BY id")
    assert fault(await patch(await idle.as_("guanli"), f"/api/admin/units/{unit}", **form)) == (status, rule)
    assert await idle.ask("SELECT * FROM unit ORDER BY id") == before
    assert (await journaled(idle), len(await refusals(idle, BUREAU))) == ([], 1)


@pytest.mark.parametrize(
    ("form", "status", "rule"),
    [
        ({"unit": "donghe"}, 422, "taken"),
        ({"unit": "Dong He"}, 422, "string_pattern_mismatch"),
        ({"parent": "atlantis"}, 422, "unknown-unit"),
        ({"parent": "anlan"}, 403, "office-may-not-act"),
        ({"zh": "东河派出所"}, 422, "taken"),
        ({"serves": "anlan"}, 403, "office-may-not-act"),
        ({"colour": "red"}, 422, "extra_forbidden"),
    ],
)
async def test_a_unit_that_cannot_be_is_not_founded(idle: World, form: dict[str, str], status: int, rule: str) -> None:
    said = {"unit": "xingang", "parent": "qinglan", "zh": "新港派出所", "kind": "station"} | form
    assert fault(await (await idle.as_("guanli")).post("/api/admin/units", **said)) == (status, rule)
    assert await idle.ask("SELECT 1 FROM unit WHERE id = 'xingang'") == []


async def test_an_administrator_sees_what_they_administer(idle: World) -> None:
    told = await (await idle.as_("guanli")).read("/api/admin/units")
    ids = [each["unit"] for each in told["units"]]
    assert (ids[0], "xincheng" in ids, "anlan" in ids, "qinglan-court" in ids) == ("qinglan", True, False, False)
    station = next(each for each in told["kinds"] if each["kind"] == "station")
    assert ("case-officer" in station["offices"], "county-head" in station["offices"]) == (True, False)


# People and offices


async def test_a_person_is_enrolled_signs_in_and_acts(bureau: World) -> None:
    admin = await bureau.as_("guanli")
    enrolled = await admin.post("/api/admin/people", **NEW)
    assert enrolled.status_code == 201, enrolled.text
    assert (enrolled.status_code, [each["office_zh"] for each in enrolled.json()["holdings"]]) == (201, ["办案民警"])
    form = {"username": "lin.xin", "password": "a heron over paper boats"}
    token = (await (await bureau.stranger()).post("/api/auth/token", data=form)).json()["access_token"]
    client = await bureau.stranger({"Authorization": f"Bearer {token}"})
    assert [each["unit"] for each in (await client.get("/api/me")).json()["offices"]] == ["donghe"]
    (entry,) = await journaled(bureau)
    assert (entry[0], entry[1]["password"], "heron" in json.dumps(entry[1])) == ("enrol-person", True, False)


@pytest.mark.parametrize(
    ("form", "status", "rule"),
    [
        ({"username": "liusiyuan"}, 422, "taken"),
        ({"username": "林"}, 422, "string_pattern_mismatch"),
        ({"username": "system:court"}, 422, "string_pattern_mismatch"),
        ({"unit": "atlantis"}, 422, "unknown-unit"),
        ({"unit": "anlan"}, 403, "office-may-not-act"),
        ({"office": "county-head"}, 422, "not-held-there"),
        ({"office": "emperor"}, 422, "enum"),
        ({"password": "short"}, 422, "too_short"),
    ],
)
async def test_a_person_who_cannot_be_is_not_enrolled(idle: World, form: dict[str, str], status: int, rule: str) -> None:
    many = len(await idle.ask("SELECT 1 FROM person"))
    assert fault(await (await idle.as_("guanli")).post("/api/admin/people", **NEW | form)) == (status, rule)
    assert len(await idle.ask("SELECT 1 FROM person")) == many


async def test_an_office_is_granted_and_withdrawn_and_seen_at_once(idle: World) -> None:
    admin, wu = await idle.as_("guanli"), await idle.as_("wuhaoran")
    assert [each["office"] for each in (await wu.read("/api/me"))["offices"]] == ["case-officer"]
    office = {"username": "wuhaoran", "unit": "donghe", "office": "reporting-desk"}
    assert (await admin.post("/api/admin/holdings", **office)).status_code == 201
    assert [each["office"] for each in (await wu.read("/api/me"))["offices"]] == ["case-officer", "reporting-desk"]
    assert fault(await admin.post("/api/admin/holdings", **office)) == (422, "already-held")
    assert (await admin.post("/api/admin/holdings/withdraw", **office)).status_code == 200
    assert [each["office"] for each in (await wu.read("/api/me"))["offices"]] == ["case-officer"]
    assert fault(await admin.post("/api/admin/holdings/withdraw", **office)) == (422, "not-held")
    assert [step for step, _ in await journaled(idle)] == ["grant-office", "withdraw-office"]


@pytest.mark.parametrize(
    ("form", "status", "rule"),
    [
        ({"username": "nobody"}, 422, "unknown-person"),
        ({"username": "guanli"}, 403, "duties-not-separated"),
        ({"unit": "donghe", "office": "county-head"}, 422, "not-held-there"),
        ({"unit": "custody", "office": "case-officer"}, 422, "not-held-there"),
        ({"unit": "anlan", "office": "city-head"}, 403, "office-may-not-act"),
    ],
)
async def test_an_office_that_may_not_be_is_not_granted(idle: World, form: dict[str, str], status: int, rule: str) -> None:
    before = await idle.ask("SELECT * FROM holding ORDER BY 1, 2, 3")
    said = {"username": "wuhaoran", "unit": "qinglan", "office": "county-head"} | form
    assert fault(await (await idle.as_("guanli")).post("/api/admin/holdings", **said)) == (status, rule)
    assert await idle.ask("SELECT * FROM holding ORDER BY 1, 2, 3") == before


async def test_the_last_administrator_stays_until_there_is_another(idle: World) -> None:
    admin = await idle.as_("guanli")
    seat = {"username": "guanli", "unit": "qinglan", "office": "administrator"}
    answer = await admin.post("/api/admin/holdings/withdraw", **seat)
    assert (fault(answer), "青岚县公安局" in answer.json()["detail"]) == ((409, "still-needed"), True)
    # One who administers a part does not stand in for the whole.
    await appointed(idle, "yuwenxiu", "east-zone", "administrator")
    assert fault(await admin.post("/api/admin/holdings/withdraw", **seat)) == (409, "still-needed")
    # Nor does one whom nobody has confirmed.
    await admin.post("/api/admin/holdings", username="douyiming", unit="qinglan", office="administrator")
    assert fault(await admin.post("/api/admin/holdings/withdraw", **seat)) == (409, "still-needed")
    await confirmed(idle)
    assert (await admin.post("/api/admin/holdings/withdraw", **seat)).status_code == 200
    assert (await admin.get("/api/admin/units")).status_code == 403


async def test_nobody_lets_themselves_go_nor_whoever_stands_above_them(idle: World) -> None:
    admin = await idle.as_("guanli")
    assert fault(await patch(admin, "/api/admin/people/guanli", active=False)) == (403, "duties-not-separated")
    await appointed(idle, "yuwenxiu", "east-zone", "administrator")
    lesser = await idle.as_("yuwenxiu")
    await appointed(idle, "zhouminghui", "east-zone", "county-head")
    answer = await patch(lesser, "/api/admin/people/zhouminghui", active=False)
    assert (fault(answer), "青岚县公安局" in answer.json()["detail"]) == ((403, "office-may-not-act"), True)
    assert fault(await patch(lesser, "/api/admin/people/wuhaoran", zh="某")) == (403, "office-may-not-act")
    assert (await patch(lesser, "/api/admin/people/dingkexin", zh="丁可馨")).json()["zh"] == "丁可馨"


async def test_people_are_found_by_unit_office_name_and_page_by_page(idle: World) -> None:
    admin = await idle.as_("guanli")

    async def names(**filters: str) -> list[str]:
        return [each["username"] for each in (await admin.read("/api/admin/people", **filters))["items"]]

    assert await names(unit="donghe") == ["dengmin", "sunjiawei", "wuhaoran", "xiangyang"]
    found = await admin.find("/api/admin/people/find?unit=anlan", q="刘思")
    assert [each["username"] for each in found["items"]] == ["liusiyuan"]
    assert await names(unit="chengguan", office="station-head") == ["zhaotiejun"]
    assert await names(unit="anlan") == [each for each in await names() if each != "yanshouzheng"]
    first = await admin.read("/api/admin/people", limit="2", unit="donghe")
    assert await names(limit="2", unit="donghe", cursor=first["next"]) == ["wuhaoran", "xiangyang"]
    assert not any(each.startswith("system:") for each in await names())
    assert (await admin.get("/api/admin/people/yeqingheng")).status_code == 404


# Who takes over


async def test_whoever_has_open_matters_leaves_them_to_somebody(bureau: World) -> None:
    number, officer = await accepted(bureau)
    admin = await bureau.as_("guanli")
    answer = await patch(admin, "/api/admin/people/liusiyuan", active=False)
    assert fault(answer) == (409, "still-needed")
    assert (answer.json()["matters_open"], answer.json()["field"]) == (1, "successor")
    assert number not in answer.text  # whoever administers knows no case, and some are sealed
    (kept,) = await bureau.ask("SELECT content FROM entry WHERE chain = %(c)s AND sort = 'refusal'", c=BUREAU)
    assert number not in kept.content
    for successor, rule in (("nobody", "unknown-person"), ("liusiyuan", "unknown-person"), ("wuhaoran", "out-of-reach")):
        assert fault(await patch(admin, "/api/admin/people/liusiyuan", active=False, successor=successor)) == (422, rule)
    assert (await officer.card(number))["officer"] == "liusiyuan"

    gone = await patch(admin, "/api/admin/people/liusiyuan", active=False, successor="xuyating")
    assert (gone.status_code, gone.json()["active"], gone.json()["open_matters"]) == (200, False, 0)
    assert (await officer.get("/api/me")).status_code == 401
    xu = await bureau.as_("xuyating")
    assert (await xu.card(number))["officer"] == "xuyating"
    assert {each["officer"] for each in (await xu.read("/api/clocks"))["items"]} == {"xuyating"}
    # What the workflow remembers gives way to what is recorded, step after step.
    await xu.take(number, "file-case", charge="xf-264", grounds="有犯罪事实")
    assert (await xu.card(number))["officer"] == "xuyating"
    (entry,) = [said for step, said in await journaled(bureau) if step == "change-person"]
    assert (entry["successor"], entry["matters"]) == ("xuyating", [number])


async def test_who_took_over_may_leave_in_turn_and_who_returns_is_answerable_anew(bureau: World) -> None:
    number, _ = await accepted(bureau)
    admin = await bureau.as_("guanli")
    assert (await patch(admin, "/api/admin/people/liusiyuan", active=False, successor="xuyating")).status_code == 200
    assert (await patch(admin, "/api/admin/people/xuyating", active=False, successor="machao")).status_code == 200
    ma = await bureau.as_("machao")
    await ma.take(number, "file-case", charge="xf-264", grounds="有犯罪事实")
    assert (await ma.card(number))["officer"] == "machao"
    assert (await patch(admin, "/api/admin/people/liusiyuan", active=True)).json()["active"] is True
    other, officer = await accepted(bureau)
    assert (await officer.card(other))["officer"] == "liusiyuan"


async def test_who_is_moved_to_another_station_leaves_their_matters_there(bureau: World) -> None:
    number, officer = await accepted(bureau)
    admin = await bureau.as_("guanli")
    await admin.post("/api/admin/holdings", username="liusiyuan", unit="donghe", office="case-officer")
    here = {"username": "liusiyuan", "unit": "chengguan", "office": "case-officer"}
    assert fault(await admin.post("/api/admin/holdings/withdraw", **here)) == (409, "still-needed")
    moved = await admin.post("/api/admin/holdings/withdraw", **here, successor="xuyating")
    assert [each["unit"] for each in moved.json()["holdings"]] == ["donghe"]
    assert (await officer.get(f"/api/matters/{number}")).status_code == 404
    assert (await (await bureau.as_("xuyating")).card(number))["officer"] == "xuyating"


async def test_whose_request_awaits_somebody_who_leaves_is_told_who_decides_instead(bureau: World) -> None:
    number, officer = await requested(bureau)
    await (await bureau.as_("zhouminghui")).take(number, "transfer", request="file-case", person="hejingyuan", reason="外出")
    admin = await bureau.as_("guanli")
    assert fault(await patch(admin, "/api/admin/people/hejingyuan", active=False)) == (409, "still-needed")
    assert (await patch(admin, "/api/admin/people/hejingyuan", active=False, successor="zhouminghui")).status_code == 200
    words = [each["words"] for each in (await officer.read("/api/notices"))["items"] if each["matter"] == number]
    assert "何静远已不在任，“立案”改由周明辉审批" in words


OFFICE = {"username": "lin.xin", "unit": "baita", "office": "case-officer"}
# Everything that an administrator changes: how, where, with what.
CHANGES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("POST", "/api/admin/units", {"unit": "xihe", "zh": "西河派出所", "kind": "station", "parent": "qinglan"}),
    ("PATCH", "/api/admin/units/xihe", {"zh": "西河镇派出所"}),
    ("POST", "/api/admin/people", NEW),
    ("PATCH", "/api/admin/people/lin.xin", {"badge": "331235", "password": "seven kettles on a ferry"}),
    ("POST", "/api/admin/holdings", OFFICE),
    ("POST", "/api/admin/holdings/withdraw", OFFICE),
)


async def test_a_change_under_a_key_is_made_and_journaled_once_however_often_it_is_sent(idle: World) -> None:
    hand = await idle.as_("guanli")
    for n, (method, path, form) in enumerate(CHANGES):
        headers = {"Idempotency-Key": f"change-{n}"}
        send = partial(hand.http.request, method, path, json=form, headers=headers)
        first, twin = await asyncio.gather(send(), send())
        again = await send()
        assert [each.status_code for each in (first, twin, again)] == [
            201 if method == "POST" and "withdraw" not in path else 200
        ] * 3
        assert first.json() == twin.json() == again.json()
    steps = [step for step, _ in await journaled(idle)]
    assert steps == ["found-unit", "change-unit", "enrol-person", "change-person", "grant-office", "withdraw-office"]
    assert NEW["password"] not in str(await journaled(idle))


async def test_the_journal_verifies_whatever_an_administrator_changed(idle: World) -> None:
    hand = await idle.as_("guanli")
    for method, path, form in CHANGES:
        assert (await hand.http.request(method, path, json=form)).is_success
    for form in ({"active": False, "successor": "xuyating"}, {"active": True}):
        assert (await patch(hand, "/api/admin/people/machao", **form)).status_code == 200
    assert await idle.watch().get_duty(SealJournal).do() > 0
    assert verify(idle.settings).faults == []
    # Who acted is held against the content all the same.
    await idle.ask("ALTER TABLE entry DISABLE TRIGGER ALL")
    await idle.ask("UPDATE entry SET username = 'machao' WHERE chain = %(c)s AND step = 'change-person'", c=BUREAU)
    faults = verify(idle.settings).faults
    assert len(faults) == 3
    assert all("username" in each.words for each in faults)


async def test_a_key_that_was_used_for_another_change_is_refused(idle: World) -> None:
    hand = await idle.as_("guanli")
    headers = {"Idempotency-Key": "once"}
    assert (await hand.post("/api/admin/people", headers, **NEW)).status_code == 201
    other = await hand.post("/api/admin/people", headers, **NEW | {"username": "lin.xin2"})
    assert fault(other) == (409, "key-reused")
    # Without a key the same is told to be there already.
    assert fault(await hand.post("/api/admin/people", **NEW)) == (422, "taken")


async def test_a_year_that_is_published_as_it_stands_already_is_journaled_once(idle: World) -> None:
    hand = await idle.as_("guanli")
    legal = await idle.as_("fangzhengping")
    days = (await hand.read("/api/calendar/2030"))["rest_days"]
    for notice in ("国办发明电〔2029〕7号", "国办发明电〔2029〕7号", "国办发明电〔2029〕8号"):
        told = (await hand.post("/api/calendar/2030", rest_days=days, notice=notice)).json()
        assert (await legal.post("/api/calendar/2030/confirm", proposed_at=told["proposed_at"])).status_code == 200
    rows = await idle.ask("SELECT count(*) AS n FROM entry WHERE step = 'publish-calendar' AND sort = 'calendar'")
    assert rows[0].n == 2
