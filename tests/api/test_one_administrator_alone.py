"""Separation of duties (三员分立): one administrator alone comes by no file that is not theirs to read, whatever accounts they make."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.api.accounts import ANOTHER, PASSWORD, at_desk, said
from tests.api.appointing import confirmed
from tests.api.matters import requested
from tests.scenarios.fraud import detain, filed_case, opened, team
from tests.world import Hand, World

BOY: dict[str, Any] = {"name": "何小舟", "sex": "男", "citizen_number": "110105201005150010", "grounds": "监控显示其推走电动自行车"}
INVENTED = {"username": "xu.erhao", "zh": "许二号", "unit": "chengguan", "office": "case-officer", "password": PASSWORD}


def now() -> datetime:
    return datetime.now(UTC).replace(second=0, microsecond=0)


async def invented(there: World, **change: str) -> Hand:
    """Somebody whom the administrator alone enrolled, and who has changed the password that was set for them."""
    admin = await there.as_("guanli")
    answer = await admin.post("/api/admin/people", **INVENTED | change)
    assert answer.status_code == 201, answer.text
    username = answer.json()["username"]
    first = await at_desk(there, username)
    assert (await first.post("/api/me/password", current=PASSWORD, password=ANOTHER)).status_code == 200
    return await at_desk(there, username, ANOTHER)


async def sealed_boy(there: World) -> tuple[str, str]:
    """A boy's file, which is sealed, and his case; 刘思源 handles both."""
    people = await team(there)
    case = await filed_case(people, now() - timedelta(days=1))
    boy = await opened(people.officer, await people.officer.take(case, "name-suspect", **BOY))
    assert (await (await there.as_("xuyating")).get(f"/api/matters/{boy}")).status_code == 404, "the file is sealed"
    return boy, case


# Other organs


@pytest.mark.parametrize("own_house", [False, True])
async def test_no_prosecutor_is_invented_who_reads_a_minors_file_and_approves_the_arrest(bureau: World, own_house: bool) -> None:
    boy, _ = await sealed_boy(bureau)
    people = await team(bureau)
    await detain(people, boy, now() - timedelta(hours=2))
    await people.officer.take(boy, "request-arrest", grounds="有证据证明有犯罪事实，有逃跑危险")
    await people.chief.approve(boy, "request-arrest")
    if own_house:  # of an administrator of both
        await bureau.ask("INSERT INTO holding VALUES ('guanli', 'qinglan-procuratorate', 'administrator')")
    unit: dict[str, Any] = {"unit": "jiancha", "zh": "青岚县人民检察院检察室", "kind": "procuratorate", "serves": "qinglan"}
    admin = await bureau.as_("guanli")
    under = "qinglan-procuratorate" if own_house else "qinglan"
    assert (await admin.post("/api/admin/units", **unit, parent=under)).status_code == 201
    herself = await invented(bureau, username="ye.qingheng", zh="叶青衡", unit="jiancha", office="procuratorate")
    tried = [
        (await herself.get(f"/api/matters/{boy}")).status_code,
        (await herself.try_(boy, "receive-arrest-request", note="")).status_code,
        (await herself.try_(boy, "approve-arrest", note="事实清楚")).status_code,
    ]
    assert tried == [404, 404, 404]
    await confirmed(bureau)
    bureau.ctx.directory.forget()
    assert (await herself.get(f"/api/matters/{boy}")).status_code == 200


# Further than one station


async def test_nobody_is_made_to_read_every_case_of_the_bureau(bureau: World) -> None:
    number, _ = await requested(bureau)
    herself = await invented(bureau, unit="qinglan")
    assert (await herself.get(f"/api/matters/{number}")).status_code == 404
    of_a_station = await invented(bureau, username="xu.sanhao", zh="许三号")
    assert (await of_a_station.get(f"/api/matters/{number}")).status_code == 200, "of their station they are a colleague"


async def test_no_station_is_put_under_another_where_somebody_was_appointed_by_one_person(bureau: World) -> None:
    number, _ = await requested(bureau)
    herself = await invented(bureau, unit="fengling")
    admin = await bureau.as_("guanli")
    moved = await admin.http.patch("/api/admin/units/chengguan", json={"parent": "fengling"})
    assert said(moved) == (409, "still-needed")
    assert "枫岭乡派出所" in moved.json()["detail"] and "办案民警" in moved.json()["detail"]
    assert (await herself.get(f"/api/matters/{number}")).status_code == 404


# Moving units


async def test_the_last_who_could_confirm_in_a_tree_are_not_moved_to_another_with_their_unit(idle: World) -> None:
    await idle.ask("INSERT INTO unit (id, path, zh, kind) VALUES ('west', '/west/', '西岭县公安局', 'bureau')")
    await idle.ask(
        "INSERT INTO unit (id, parent_id, path, zh, kind) VALUES ('west-legal', 'west', '/west/west-legal/', '西岭法制大队', 'brigade')"
    )
    await idle.ask("INSERT INTO holding VALUES ('guanli', 'west', 'administrator')")
    await idle.ask("INSERT INTO holding VALUES ('jiangruolan', 'west-legal', 'legal-reviewer')")
    admin = await idle.as_("guanli")
    moved = await admin.http.patch("/api/admin/units/west-legal", json={"parent": "qinglan"})
    assert said(moved) == (409, "still-needed")
    assert "西岭县公安局" in moved.json()["detail"]
    chief: dict[str, Any] = {"username": "a.b", "zh": "甲", "unit": "west", "office": "county-head"}
    assert (await admin.post("/api/admin/people", **chief)).json()["holdings"] == []


# Taking over


@pytest.mark.parametrize("how", ["lets go", "withdraws"])
async def test_no_sealed_file_is_opened_by_naming_who_takes_over(bureau: World, how: str) -> None:
    boy, case = await sealed_boy(bureau)
    herself = await invented(bureau)
    answer = await left(bureau, how, "xu.erhao")
    assert said(answer) == (422, "sealed-file")
    assert "许二号" in answer.json()["errors"][0]["detail"]
    assert (await herself.get(f"/api/matters/{boy}")).status_code == 404
    at = (now() - timedelta(hours=1)).isoformat()
    assert (await herself.try_(boy, "execute-detention", at=at, place="城关镇", grounds="可能逃跑")).status_code == 404
    # The head of the station takes over, or whoever handles it already.
    head, colleague = await bureau.as_("zhaotiejun"), await bureau.as_("xuyating")
    for number in (boy, case):
        await (await bureau.as_("liusiyuan")).take(number, "admit-handler", handler="xuyating", reason="一同办理")
        await head.approve(number, "admit-handler")
    assert (await left(bureau, how, "xuyating" if how == "withdraws" else "zhaotiejun")).status_code == 200
    assert (await colleague.card(boy))["number"] == boy
    assert (await herself.get(f"/api/matters/{boy}")).status_code == 404


async def test_a_sealed_file_that_was_closed_is_not_opened_by_what_is_recorded_in_it_later(bureau: World) -> None:
    boy, case = await sealed_boy(bureau)
    await bureau.ask("UPDATE matter SET final = true WHERE officer = 'liusiyuan'")
    other = await (await bureau.as_("liusiyuan")).open("criminal-case", charge="xf-264", summary="电动自行车被盗")
    herself = await invented(bureau)
    assert (await left(bureau, "lets go", "xu.erhao")).status_code == 200
    assert (await herself.card(other["number"]))["number"] == other["number"]
    await bureau.ask("UPDATE matter SET final = false WHERE number = ANY(%(numbers)s)", numbers=[boy, case])
    await (await bureau.as_("fangzhengping")).try_(boy, "seal-file", grounds="未成年人")
    rows = await bureau.ask("SELECT officer FROM matter WHERE number = ANY(%(numbers)s)", numbers=[boy, case])
    assert {row.officer for row in rows} == {"liusiyuan"}
    assert (await herself.get(f"/api/matters/{boy}")).status_code == 404


async def left(there: World, how: str, successor: str) -> httpx.Response:
    """The answer to whoever lets 刘思源 go, or withdraws the office by which he handles cases, and names who takes over."""
    admin = await there.as_("guanli")
    if how == "lets go":
        return await admin.http.patch("/api/admin/people/liusiyuan", json={"active": False, "successor": successor})
    seat: dict[str, Any] = {"username": "liusiyuan", "unit": "chengguan", "office": "case-officer", "successor": successor}
    return await admin.post("/api/admin/holdings/withdraw", **seat)
