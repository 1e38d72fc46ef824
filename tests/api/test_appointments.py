"""No one person alone makes somebody approve, open sealed files, supervise or administer."""

import json
from typing import Any

import pytest

from law.offices import Office
from models.access.scope import OPENS_SEALED
from models.journal import BUREAU
from models.store.appointment_confirmations import CONFIRMS, get_approving_offices, get_entrusted_offices
from operations.verify import verify
from tests.api.accounts import ANOTHER, PASSWORD, at_desk, enrolled, own, said
from tests.api.appointing import appointed, confirmed
from tests.api.matters import requested
from tests.world import Hand, World
from watchdog.duties.seal_journal import SealJournal

CHIEF = {"username": "zhou.minghui", "zh": "周明晖", "unit": "qinglan", "office": "county-head", "password": PASSWORD}
SEAT = {"unit": "qinglan", "office": "county-head"}


async def offices(world: World, username: str) -> list[str]:
    rows = await world.ask("SELECT office FROM holding WHERE username = %(name)s ORDER BY 1", name=username)
    return [row.office for row in rows]


async def awaited(hand: Hand) -> list[dict[str, Any]]:
    return (await hand.read("/api/appointments"))["items"]


async def decide(hand: Hand, id_: int, **reason: str) -> tuple[int, str]:
    answer = await hand.post(f"/api/appointments/{'decline' if reason else 'confirm'}", appointment=id_, **reason)
    return (200, "") if answer.status_code == 200 else said(answer)


async def entries(world: World) -> list[tuple[str, dict[str, Any]]]:
    rows = await world.ask(
        "SELECT step, content FROM entry WHERE chain = %(c)s AND sort = 'administration' ORDER BY position", c=BUREAU
    )
    return [(row.step, json.loads(row.content)) for row in rows]


async def told(world: World, username: str, words: str) -> bool:
    items = (await (await world.as_(username)).read("/api/notices"))["items"]
    return any(words in each["words"] for each in items)


async def sound(world: World) -> bool:
    assert await world.watch().get_duty(SealJournal).do() >= 0
    return verify(world.settings).faults == []


def test_whoever_approves_opens_sealed_files_supervises_administers_or_sits_in_another_organ_is_entrusted_and_nobody_else() -> None:
    plain = {Office.CASE_OFFICER, Office.AUXILIARY_OFFICER, Office.REPORTING_DESK}
    assert get_entrusted_offices() >= OPENS_SEALED | {
        Office.COUNTY_HEAD,
        Office.SUPERVISOR,
        Office.ADMINISTRATOR,
        Office.LEGAL_REVIEWER,
    }
    assert get_approving_offices() >= {
        Office.PROCURATORATE,
        Office.COURT,
        Office.CUSTODY_CENTRE,
        Office.DETENTION_CENTRE,
        Office.JUSTICE_BUREAU,
    }
    assert not get_entrusted_offices() & plain
    assert Office.ADMINISTRATOR not in CONFIRMS


async def test_one_administrator_alone_makes_herself_no_county_head(bureau: World) -> None:
    number, _ = await requested(bureau)
    admin = await bureau.as_("guanli")
    enrolled = await admin.post("/api/admin/people", **CHIEF)
    assert enrolled.status_code == 201, enrolled.text
    assert ([each["office"] for each in enrolled.json()["awaiting"]], enrolled.json()["holdings"]) == (["county-head"], [])
    herself = await at_desk(bureau, "zhou.minghui")
    changed = await herself.post("/api/me/password", current=PASSWORD, password=ANOTHER)
    herself = await at_desk(bureau, "zhou.minghui", ANOTHER)
    assert changed.status_code == 200
    assert (await herself.get(f"/api/matters/{number}")).status_code == 404
    assert (await herself.try_(number, "approve", request="file-case")).status_code == 404
    ((awaits,),) = [await awaited(admin)]
    assert awaits["may_confirm"] is False
    for hand in (admin, herself):
        assert await decide(hand, awaits["id"]) == (403, "office-may-not-act")
    assert await offices(bureau, "zhou.minghui") == []
    for username in ("zhouminghui", "hejingyuan", "leijianfeng"):
        assert await told(bureau, username, "关理提请任命周明晖（zhou.minghui）为青岚县公安局县级以上公安机关负责人")
    assert await sound(bureau)


@pytest.mark.parametrize("username", ["leijianfeng", "fangzhengping"])
async def test_whoever_supervises_or_reviews_the_law_there_confirms_and_the_office_is_held(idle: World, username: str) -> None:
    admin, hand = await idle.as_("guanli"), await idle.as_(username)
    await admin.post("/api/admin/people", **CHIEF)
    (task,) = [each for each in (await hand.read("/api/tasks"))["items"] if each["sort"] == "appointment"]
    assert ("周明晖" in task["words"], task["title"]) == (True, "本局事务")
    (awaits,) = await awaited(hand)
    assert (awaits["zh"], awaits["office_zh"], awaits["proposed_by_zh"], awaits["may_confirm"]) == (
        "周明晖",
        "县级以上公安机关负责人",
        "关理",
        True,
    )
    headers = {"Idempotency-Key": "once"}
    for _ in range(2):
        answer = await hand.post("/api/appointments/confirm", headers, appointment=awaits["id"])
        assert answer.status_code == 200, answer.text
    assert await decide(hand, awaits["id"]) == (404, "not-found")
    assert await offices(idle, "zhou.minghui") == ["county-head"]
    assert [each for each in (await hand.read("/api/tasks"))["items"] if each["sort"] == "appointment"] == []
    steps = [(step, content["actor"]["person"]) for step, content in await entries(idle)]
    assert steps == [("enrol-person", "guanli"), ("confirm-appointment", username)]
    assert await told(idle, "zhouminghui", "确认任命周明晖")
    assert await sound(idle)


async def test_an_appointment_that_is_declined_gives_nothing_and_says_why(idle: World) -> None:
    admin, supervisor = await idle.as_("guanli"), await idle.as_("mengqiu")
    proposed = await admin.post("/api/admin/holdings", username="wuhaoran", **SEAT)
    assert [each["office"] for each in proposed.json()["awaiting"]] == ["county-head"]
    assert said(await admin.post("/api/admin/holdings", username="wuhaoran", **SEAT)) == (422, "already-proposed")
    (awaits,) = await awaited(supervisor)
    assert said(await supervisor.post("/api/appointments/decline", appointment=awaits["id"])) == (422, "missing")
    assert await decide(supervisor, awaits["id"], reason="没有任职文件") == (200, "")
    assert await offices(idle, "wuhaoran") == ["case-officer"]
    assert await awaited(admin) == []
    assert await told(idle, "guanli", "没有任职文件")
    assert (await entries(idle))[-1][1]["reason"] == "没有任职文件"
    assert await sound(idle)


async def test_who_proposed_it_and_whom_it_concerns_do_not_confirm_it_whatever_they_hold(idle: World) -> None:
    await appointed(idle, "fangzhengping", "qinglan", "administrator")
    both = await idle.as_("fangzhengping")
    assert (await both.post("/api/admin/holdings", username="wuhaoran", **SEAT)).status_code == 201
    assert (await both.post("/api/admin/holdings", username="mengqiu", **SEAT)).status_code == 201
    for_wu, for_meng = await awaited(both)
    assert await decide(both, for_wu["id"]) == (403, "duties-not-separated")
    assert await decide(await idle.as_("mengqiu"), for_meng["id"]) == (403, "duties-not-separated")
    # Neither of another part of the county, as long as there is somebody of the whole.
    assert await decide(await idle.as_("yuwenxiu"), for_wu["id"]) == (404, "not-found")
    assert await decide(await idle.as_("leijianfeng"), for_meng["id"]) == (200, "")
    assert await offices(idle, "wuhaoran") == ["case-officer"]


async def test_whoever_returns_to_such_an_office_is_confirmed_anew_and_to_another_is_not(idle: World) -> None:
    admin = await idle.as_("guanli")
    for username in ("hejingyuan", "machao"):
        assert (await admin.http.patch(f"/api/admin/people/{username}", json={"active": False})).status_code == 200
    back = await admin.http.patch("/api/admin/people/hejingyuan", json={"active": True, "password": ANOTHER})
    assert (back.status_code, back.json()["holdings"]) == (200, [])
    assert [each["office"] for each in back.json()["awaiting"]] == ["county-head"]
    assert await offices(idle, "hejingyuan") == []
    assert (await admin.http.patch("/api/admin/people/machao", json={"active": True})).json()["awaiting"] == []
    assert await offices(idle, "machao") == ["case-officer"]
    assert await sound(idle)
    await confirmed(idle)
    assert await offices(idle, "hejingyuan") == ["county-head"]
    assert await sound(idle)


async def test_whoever_returns_twice_before_anybody_confirmed_is_proposed_again(idle: World) -> None:
    admin = await idle.as_("guanli")
    for _ in range(2):
        for active in (False, True):
            assert (await admin.http.patch("/api/admin/people/hejingyuan", json={"active": active})).status_code == 200
    assert [(each["username"], each["office"]) for each in await awaited(admin)] == [("hejingyuan", "county-head")]
    await confirmed(idle)
    assert await offices(idle, "hejingyuan") == ["county-head"]
    assert await sound(idle)


async def test_nobody_comes_to_such_an_office_by_taking_over_from_its_holder(bureau: World) -> None:
    number, _ = await requested(bureau)
    await (await bureau.as_("zhouminghui")).take(number, "transfer", request="file-case", person="hejingyuan", reason="外出")
    admin = await bureau.as_("guanli")
    assert (await admin.post("/api/admin/people", **CHIEF)).status_code == 201
    leaves = {"active": False, "successor": "zhou.minghui"}
    assert said(await admin.http.patch("/api/admin/people/hejingyuan", json=leaves)) == (422, "out-of-reach")
    assert (await admin.http.patch("/api/admin/people/hejingyuan", json=leaves | {"successor": "leijianfeng"})).status_code == 200
    refused = await (await bureau.as_("leijianfeng")).try_(number, "approve", request="file-case")
    assert said(refused)[0] == 403


async def test_what_is_proposed_is_taken_back_and_goes_with_whom_it_concerns(idle: World) -> None:
    admin = await idle.as_("guanli")
    await admin.post("/api/admin/holdings", username="wuhaoran", **SEAT)
    assert (await admin.post("/api/admin/holdings/withdraw", username="wuhaoran", **SEAT)).json()["awaiting"] == []
    await admin.post("/api/admin/holdings", username="wuhaoran", **SEAT)
    assert (await admin.http.patch("/api/admin/people/wuhaoran", json={"active": False})).status_code == 200
    assert await awaited(await idle.as_("mengqiu")) == []
    assert await idle.ask("SELECT 1 FROM task WHERE sort = 'appointment' AND done_at IS NULL") == []
    assert await offices(idle, "wuhaoran") == ["case-officer"]
    assert await sound(idle)


async def test_an_office_that_was_put_into_the_table_before_anybody_confirmed_it_is_found_out(idle: World) -> None:
    await (await idle.as_("guanli")).post("/api/admin/holdings", username="wuhaoran", **SEAT)
    await idle.ask("INSERT INTO holding VALUES ('wuhaoran', 'qinglan', 'county-head')")
    assert await idle.watch().get_duty(SealJournal).do() >= 0
    assert any("wuhaoran county-head@qinglan" in each.words for each in verify(idle.settings).faults)


# First holders


async def test_the_first_who_could_confirm_is_appointed_at_once_and_the_journal_says_so(idle: World) -> None:
    await idle.ask("DELETE FROM holding WHERE office = ANY(%(offices)s)", offices=list(CONFIRMS))
    admin = await idle.as_("guanli")
    first = await admin.post("/api/admin/holdings", username="liusiyuan", unit="qinglan", office="supervisor")
    assert ([each["office"] for each in first.json()["holdings"]], first.json()["awaiting"]) == (["case-officer", "supervisor"], [])
    assert (await entries(idle))[-1][1]["unconfirmed"] == [["qinglan", "supervisor"]]
    second = await admin.post("/api/admin/holdings", username="xuyating", unit="qinglan", office="legal-reviewer")
    assert [each["office"] for each in second.json()["awaiting"]] == ["legal-reviewer"]


async def test_the_last_who_could_confirm_stays_so_that_nobody_appoints_alone(idle: World) -> None:
    admin = await idle.as_("guanli")
    keep = {"fangzhengping": "legal-reviewer"}
    others = await idle.ask(
        "SELECT DISTINCT username FROM holding WHERE office = ANY(%(offices)s) AND username <> ALL(%(keep)s)",
        offices=list(CONFIRMS),
        keep=list(keep),
    )
    for row in others:
        answer = await admin.http.patch(f"/api/admin/people/{row.username}", json={"active": False, "successor": "fangzhengping"})
        assert answer.status_code == 200, answer.text
    alone = {"active": False, "successor": "zhouminghui"}
    assert said(await admin.http.patch("/api/admin/people/fangzhengping", json=alone)) == (409, "still-needed")
    seats = await idle.ask("SELECT unit_id, office FROM holding WHERE username = 'fangzhengping' ORDER BY unit_id")
    answers = [
        await admin.post("/api/admin/holdings/withdraw", username="fangzhengping", unit=row.unit_id, office=row.office)
        for row in seats
    ]
    assert [each.status_code for each in answers] == [200] * (len(seats) - 1) + [409]
    # Whoever they could confirm is confirmed by them alone, wherever they sit.
    proposed = await admin.post("/api/admin/people", **CHIEF)
    assert [each["office"] for each in proposed.json()["awaiting"]] == ["county-head"]
    assert await offices(idle, "zhou.minghui") == []


async def test_whoever_was_invented_confirms_nothing_where_there_is_no_demonstration(sober: World) -> None:
    await own(sober, "guanli")
    _, admin = await enrolled(sober, "guanli")
    first = await admin.post("/api/admin/holdings", username="liusiyuan", unit="qinglan", office="supervisor")
    assert (first.status_code, first.json()["awaiting"]) == (201, [])
    await own(sober, "liusiyuan")
    second = await admin.post("/api/admin/holdings", username="xuyating", **SEAT)
    assert [each["office"] for each in second.json()["awaiting"]] == ["county-head"]


# Names


@pytest.mark.parametrize("zh", ["周明辉", " 周明辉 ", "周·明辉", "周 明辉"])
async def test_a_name_that_somebody_bears_already_is_asked_about(idle: World, zh: str) -> None:
    admin = await idle.as_("guanli")
    plain = CHIEF | {"zh": zh, "unit": "donghe", "office": "case-officer"}
    refused = await admin.post("/api/admin/people", **plain)
    assert said(refused) == (422, "namesake")
    assert "青岚县公安局已有名为周明辉的在用人员（zhouminghui）" in refused.json()["errors"][0]["detail"]
    assert said(await admin.http.patch("/api/admin/people/wuhaoran", json={"zh": zh})) == (422, "namesake")
    assert (await admin.post("/api/admin/people", **plain, namesake=True)).status_code == 201
    assert (await admin.http.patch("/api/admin/people/zhou.minghui", json={"badge": "335555"})).status_code == 200


async def test_a_name_of_somebody_who_left_or_of_another_organ_is_free(idle: World) -> None:
    admin = await idle.as_("guanli")
    assert (await admin.http.patch("/api/admin/people/machao", json={"active": False})).status_code == 200
    for n, zh in enumerate(("马朝", "莫公毅")):
        form = {"username": f"new.{n}", "zh": zh, "unit": "donghe", "office": "case-officer"}
        assert (await admin.post("/api/admin/people", **form)).status_code == 201
