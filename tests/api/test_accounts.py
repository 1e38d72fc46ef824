"""Whose account it is: passwords, sign-ins that end, second factors, and what administrators may not do to them."""

import asyncio
from typing import Any

import pytest

from api.auth import find_signed_in_person
from api.events import _stream
from api.login_throttle import Attempt, LoginThrottle
from runtime import passwords
from runtime.passwords import DEMO_PASSWORD
from tests.api.accounts import ANOTHER, PASSWORD, at_desk, enrolled, own, said, sign_in
from tests.world import Hand, World

# The demonstration's accounts


@pytest.mark.parametrize("username", ["zhouminghui", "guanli"])
async def test_the_published_password_opens_nothing_where_there_is_no_demonstration(sober: World, username: str) -> None:
    assert (await sign_in(sober, username, DEMO_PASSWORD)).status_code == 401
    await sober.ask("UPDATE person SET demo = false WHERE username = %(name)s", name=username)
    assert (await sign_in(sober, username, DEMO_PASSWORD)).status_code == 401


async def test_a_token_had_in_the_demonstration_is_worth_nothing_after_it(sober: World) -> None:
    assert (await (await sober.as_("zhouminghui")).get("/api/matters")).status_code == 401


# One's own password


async def test_a_hash_of_before_the_secret_is_made_anew_when_its_owner_signs_in_and_by_nobody_else(idle: World) -> None:
    await own(idle, "liusiyuan")
    old = idle.ctx.passwords.bind_hash("liusiyuan", passwords._ARGON2.hash(PASSWORD))
    hashed = "SELECT password_hash, generation FROM person WHERE username = 'liusiyuan'"
    await idle.ask("UPDATE person SET password_hash = %(old)s WHERE username = 'liusiyuan'", old=old)
    assert (await sign_in(idle, "liusiyuan", ANOTHER)).status_code == 401
    ((kept, before),) = await idle.ask(hashed)
    assert kept == old
    at = await at_desk(idle, "liusiyuan")
    ((renewed, after),) = await idle.ask(hashed)
    assert "$argon2id$" in renewed
    assert not passwords._ARGON2.verify(PASSWORD, renewed[renewed.index("$") :])
    assert after == before
    assert (await at.get("/api/tasks")).status_code == 200
    assert (await sign_in(idle, "liusiyuan")).status_code == 200
    assert await idle.ask(hashed) == [(renewed, before)]


async def test_whoever_changes_their_password_goes_on_by_the_new_one_alone(idle: World) -> None:
    await own(idle, "liusiyuan")
    here, elsewhere = await at_desk(idle, "liusiyuan"), await at_desk(idle, "liusiyuan")
    answer = await here.post("/api/me/password", current=PASSWORD, password=ANOTHER)
    assert answer.status_code == 200, answer.text
    assert [(await each.get("/api/tasks")).status_code for each in (here, elsewhere)] == [401, 401]
    new = await idle.stranger({"Authorization": f"Bearer {answer.json()['access_token']}"})
    assert (await new.get("/api/tasks")).status_code == 200
    assert (await sign_in(idle, "liusiyuan")).status_code == 401
    assert (await sign_in(idle, "liusiyuan", ANOTHER)).status_code == 200


@pytest.mark.parametrize(
    ("current", "password", "rule"),
    [
        ("not the password", ANOTHER, "wrong"),
        (PASSWORD, PASSWORD, "unchanged"),
        (PASSWORD, "short", "too_short"),
        (PASSWORD, "1234567890123", "too-weak"),
        (PASSWORD, "liusiyuan2026", "too-weak"),
        (PASSWORD, "woaini5201314", "too-weak"),
        (PASSWORD, "qinglan-2026!", "too-weak"),
        (PASSWORD, "Password12345", "too-weak"),
        (PASSWORD, "x" * 129, "too_long"),
    ],
)
async def test_a_password_that_is_wrong_or_weak_changes_nothing(idle: World, current: str, password: str, rule: str) -> None:
    await own(idle, "liusiyuan")
    officer = await at_desk(idle, "liusiyuan")
    assert said(await officer.post("/api/me/password", current=current, password=password)) == (422, rule)
    assert (await sign_in(idle, "liusiyuan")).status_code == 200


async def test_the_present_password_is_guessed_no_oftener_than_at_the_door(idle: World) -> None:
    officer = await idle.as_("liusiyuan")
    tried = [await officer.post("/api/me/password", current=f"guess {n}", password=ANOTHER) for n in range(6)]
    assert [each.status_code for each in tried] == [422] * 5 + [429]


# What somebody else does to one's account


async def test_whose_password_was_set_is_told_who_did_it_and_changes_it_before_anything_else(idle: World) -> None:
    await own(idle, "hejingyuan")
    chief, admin = await at_desk(idle, "hejingyuan"), await idle.as_("guanli")
    assert (await admin.http.patch("/api/admin/people/hejingyuan", json={"password": ANOTHER})).status_code == 200
    assert (await chief.get("/api/tasks")).status_code == 401
    thief = await sign_in(idle, "hejingyuan", ANOTHER)
    assert thief.json()["owes"] == "password"
    hand = Hand(await idle.stranger({"Authorization": f"Bearer {thief.json()['access_token']}"}), "hejingyuan")
    for path in ("/api/tasks", "/api/matters", "/api/notices", "/api/events"):
        assert said(await hand.get(path)) == (403, "password-must-change"), path
    assert said(await hand.post("/api/matters/incident")) == (403, "password-must-change")
    assert (await hand.read("/api/me"))["owes"] == "password"
    changed = await hand.post("/api/me/password", current=ANOTHER, password="nine lanterns under ice")
    assert changed.json()["owes"] == ""
    free = Hand(await idle.stranger({"Authorization": f"Bearer {changed.json()['access_token']}"}), "hejingyuan")
    own_change, told = (await free.read("/api/notices"))["items"]
    assert "关理" in told["words"]
    assert "修改了登录口令" in own_change["words"]
    assert (told["matter"], told["kind"]) == ("", "")


@pytest.mark.parametrize("method", ["password", "name", "leave"])
@pytest.mark.parametrize("system", ["bank", "procuratorate"])
async def test_the_account_of_a_machine_is_changed_by_nobody(idle: World, system: str, method: str) -> None:
    form = {"password": {"password": ANOTHER}, "name": {"zh": "别的名称"}, "leave": {"active": False}}[method]
    before = await idle.ask("SELECT * FROM person WHERE username = %(name)s", name=f"system:{system}")
    for administrator in ("guanli", "yanshouzheng"):
        await idle.ask("INSERT INTO holding VALUES ('yanshouzheng', 'anlan', 'administrator') ON CONFLICT DO NOTHING")
        hand = await idle.as_(administrator)
        assert (await hand.http.patch(f"/api/admin/people/system:{system}", json=form)).status_code == 404
    assert await idle.ask("SELECT * FROM person WHERE username = %(name)s", name=f"system:{system}") == before
    assert (await sign_in(idle, f"system:{system}", ANOTHER)).status_code == 401


async def test_the_database_itself_gives_no_machine_a_password(idle: World) -> None:
    with pytest.raises(Exception, match="machines_have_no_password"):
        await idle.ask("UPDATE person SET password_hash = 'x' WHERE username = 'system:bank'")


async def test_whoever_holds_no_office_is_changed_only_from_where_they_were_last(idle: World) -> None:
    await idle.ask("INSERT INTO holding VALUES ('yeqingheng', 'qinglan-procuratorate', 'administrator')")
    admin, other = await idle.as_("guanli"), await idle.as_("yeqingheng")
    office = {"username": "dongxiaodong", "unit": "chengguan", "office": "auxiliary-officer"}
    assert (await admin.post("/api/admin/holdings/withdraw", **office)).status_code == 200
    assert (await other.http.patch("/api/admin/people/dongxiaodong", json={"password": ANOTHER})).status_code == 404
    taken = {"username": "dongxiaodong", "unit": "qinglan-procuratorate", "office": "procuratorate"}
    assert said(await other.post("/api/admin/holdings", **taken)) == (422, "unknown-person")
    assert (await admin.read("/api/admin/people/dongxiaodong"))["holdings"] == []
    assert (await admin.http.patch("/api/admin/people/dongxiaodong", json={"password": ANOTHER})).status_code == 200


async def test_nobody_is_called_system(idle: World) -> None:
    form = {"username": "system", "zh": "林新", "badge": "", "unit": "donghe", "office": "case-officer"}
    assert said(await (await idle.as_("guanli")).post("/api/admin/people", **form)) == (422, "reserved")


# The end of a sign-in


async def test_who_signs_out_is_signed_out_at_the_server_and_only_there(idle: World) -> None:
    here, elsewhere = await idle.as_("liusiyuan"), await idle.as_("liusiyuan")
    assert [(await each.get("/api/tasks")).status_code for each in (here, elsewhere)] == [200, 200]
    assert (await here.post("/api/auth/sign-out")).status_code == 204
    assert [(await each.get("/api/tasks")).status_code for each in (here, elsewhere)] == [401, 200]


async def test_who_signs_out_everywhere_is_signed_out_on_every_machine(idle: World) -> None:
    here, elsewhere, other = await idle.as_("liusiyuan"), await idle.as_("liusiyuan"), await idle.as_("xuyating")
    assert (await here.post("/api/auth/sign-out-everywhere")).status_code == 204
    assert [(await each.get("/api/tasks")).status_code for each in (here, elsewhere, other)] == [401, 401, 200]


async def test_whoever_did_nothing_for_long_has_left_the_desk_and_a_page_left_open_keeps_nobody_there(idle: World) -> None:
    officer = await idle.as_("liusiyuan")
    assert (await officer.get("/api/tasks")).status_code == 200

    async def later(minutes: int) -> None:
        await idle.ask(
            "UPDATE session SET seen_at = seen_at - make_interval(mins => %(m)s) WHERE username = 'liusiyuan'", m=minutes
        )
        idle.ctx.directory.forget()

    await later(29)
    assert (await officer.http.get("/api/tasks", headers={"X-Unattended": "1"})).status_code == 200
    await later(2)
    assert (await officer.get("/api/tasks")).status_code == 401


@pytest.mark.parametrize("ending", ["sign-out", "password", "dismissed"])
async def test_an_open_event_stream_ends_with_the_sign_in(idle: World, ending: str) -> None:
    officer, admin = await idle.as_("liusiyuan"), await idle.as_("guanli")
    request: Any = type("Asked", (), {"headers": officer.http.headers, "app": idle.app})()
    person = (await idle.ctx.directory.get_bearer(officer.http.headers["Authorization"].removeprefix("Bearer "))).person

    async def listen() -> list[bytes]:
        return [
            each async for each in _stream(idle.ctx.event_bus, idle.ctx.pool, person, lambda: find_signed_in_person(request), None)
        ]

    await asyncio.wait_for(idle.ctx.event_bus.listening.wait(), 5)
    listening = asyncio.create_task(listen())
    await asyncio.sleep(0)
    match ending:
        case "sign-out":
            await officer.post("/api/auth/sign-out")
        case "password":
            await admin.http.patch("/api/admin/people/liusiyuan", json={"password": ANOTHER})
        case _:
            await idle.ask("UPDATE person SET active = false WHERE username = 'liusiyuan'")
    await asyncio.wait_for(listening, 5)


# The gate


async def test_strangers_who_fail_in_somebodys_name_do_not_keep_them_from_their_own_machine(idle: World) -> None:
    await own(idle, "liusiyuan")
    device = (await sign_in(idle, "liusiyuan")).json()["device"]
    for _ in range(5):
        assert (await sign_in(idle, "liusiyuan", "a guess")).status_code == 401
    assert (await sign_in(idle, "liusiyuan")).status_code == 429
    assert (await sign_in(idle, "liusiyuan", device=f"unknown {device}")).status_code == 200
    for _ in range(5):
        assert (await sign_in(idle, "liusiyuan", "a guess", device=device)).status_code == 401
    assert (await sign_in(idle, "liusiyuan", device=device)).status_code == 429
    # However it is spelt, it is one machine.
    for n in (4, 8):
        assert (await sign_in(idle, "liusiyuan", "a guess", device=f"{device[:n]}!{device[n:]}")).status_code == 429


async def test_a_machine_known_to_one_person_lets_nobody_guess_at_another(idle: World) -> None:
    for username in ("liusiyuan", "zhouminghui"):
        await own(idle, username)
    device = (await sign_in(idle, "liusiyuan")).json()["device"]
    tried = [(await sign_in(idle, "zhouminghui", f"guess {n}", device=device)).status_code for n in range(6)]
    assert tried == [401] * 5 + [429]


async def test_what_one_process_counted_every_other_knows_also_after_a_restart(idle: World) -> None:
    for _ in range(5):
        assert await idle.ctx.login_throttle.enter(Attempt("liusiyuan", "10.0.0.1")) == 0
    restarted = LoginThrottle(idle.ctx.pool)
    assert await restarted.enter(Attempt("liusiyuan", "10.0.0.1")) > 0
    assert await restarted.enter(Attempt("xuyating", "10.0.0.1")) == 0


async def test_whoever_gets_in_finds_the_door_open_in_every_process(idle: World) -> None:
    for _ in range(4):
        await idle.ctx.login_throttle.enter(Attempt("liusiyuan", "10.0.0.1"))
    await idle.ctx.login_throttle.forgive(Attempt("liusiyuan", "10.0.0.1"))
    assert await idle.ask("SELECT count(*)::int AS n FROM guess") == [(3,)]
    restarted = LoginThrottle(idle.ctx.pool)
    assert [await restarted.enter(Attempt("liusiyuan", "10.0.0.1")) for _ in range(5)] == [0] * 5


async def test_an_address_from_which_many_names_are_tried_is_stopped(idle: World) -> None:
    waits = [await idle.ctx.login_throttle.enter(Attempt(f"user-{n}", "10.0.0.1")) for n in range(31)]
    assert waits[:30] == [0] * 30
    assert 0 < waits[30] <= 60
    assert await idle.ctx.login_throttle.enter(Attempt("user-31", "10.0.0.2")) == 0


async def test_many_at_once_do_not_slip_through(idle: World) -> None:
    waits = await asyncio.gather(*(idle.ctx.login_throttle.enter(Attempt("liusiyuan", f"10.0.0.{n}")) for n in range(20)))
    assert sum(wait == 0 for wait in waits) == 5


async def test_no_password_typed_in_the_place_of_the_name_is_kept(idle: World) -> None:
    await sign_in(idle, PASSWORD, "x")
    assert PASSWORD not in str(await idle.ask("SELECT * FROM guess"))


# The second factor


async def test_whoever_approves_enrols_a_second_factor_first_and_signs_in_with_it_ever_after(sober: World) -> None:
    await own(sober, "zhouminghui")
    hand = await at_desk(sober, "zhouminghui")
    assert said(await hand.get("/api/tasks")) == (403, "second-factor-must-enrol")
    device, hand = await enrolled(sober, "zhouminghui")
    assert (await hand.get("/api/tasks")).status_code == 200
    assert said(await sign_in(sober, "zhouminghui")) == (401, "second-factor-missing")
    assert said(await sign_in(sober, "zhouminghui", otp="000000" if device.now() != "000000" else "000001")) == (
        401,
        "not-signed-in",
    )
    otp = device.now()
    assert (await sign_in(sober, "zhouminghui", otp=otp)).status_code == 200
    assert (await sign_in(sober, "zhouminghui", otp=otp)).status_code == 401, "a password of the moment served twice"


async def test_whoever_only_handles_cases_needs_no_second_factor(sober: World) -> None:
    await own(sober, "liusiyuan")
    assert (await (await at_desk(sober, "liusiyuan")).get("/api/tasks")).status_code == 200


async def test_an_administrator_who_sets_a_chiefs_password_does_not_get_past_the_second_factor(sober: World) -> None:
    for username in ("hejingyuan", "guanli"):
        await own(sober, username)
    await enrolled(sober, "hejingyuan")
    _, admin = await enrolled(sober, "guanli")
    assert (await admin.http.patch("/api/admin/people/hejingyuan", json={"password": ANOTHER})).status_code == 200
    assert said(await sign_in(sober, "hejingyuan", ANOTHER)) == (401, "second-factor-missing")
    assert (await admin.post("/api/admin/people/hejingyuan/second-factor/drop")).status_code == 403


async def test_whoever_supervises_drops_a_lost_second_factor_and_its_owner_is_told(sober: World) -> None:
    for username in ("hejingyuan", "leijianfeng"):
        await own(sober, username)
    await enrolled(sober, "hejingyuan")
    _, supervisor = await enrolled(sober, "leijianfeng")
    assert (await supervisor.post("/api/admin/people/hejingyuan/second-factor/drop")).status_code == 204
    assert (await sign_in(sober, "hejingyuan")).json()["owes"] == "second-factor"
    notices = await sober.ask("SELECT words FROM notice WHERE username = 'hejingyuan'")
    assert sum("雷剑锋" in each.words for each in notices) == 1


async def test_the_secret_of_a_second_factor_is_not_readable_in_the_database(sober: World) -> None:
    await own(sober, "zhouminghui")
    device, _ = await enrolled(sober, "zhouminghui")
    (row,) = await sober.ask("SELECT secret FROM second_factor")
    assert device.secret.encode() not in bytes(row.secret)
