"""Who signed in or tried to leaves a trace: who, from where, how, and how it ended; nobody changes it, and no flood fills it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.sign_in_events import BurstLimit, SignInEvent
from models.trace_shapes import AccountEvent
from runtime.tokens import Claims
from tests.api.accounts import ANOTHER, PASSWORD, at_desk, enrolled, own, sign_in
from tests.world import World


async def comings(world: World, **chosen: str) -> list[dict[str, Any]]:
    """What the supervisor of the whole bureau is told of who came and went, the oldest first."""
    assert await world.ctx.access_log.flush()
    return (await (await world.as_("mengqiu")).read("/api/comings", limit=100, **chosen))["items"][::-1]


async def sorts(world: World, username: str) -> list[str]:
    """What was done in somebody's name, in its order."""
    assert await world.ctx.access_log.flush()
    rows = await world.ask("SELECT sort FROM reading_trace WHERE username = %(name)s ORDER BY day, position", name=username)
    return [row.sort for row in rows]


async def test_who_signed_in_is_known_by_name_office_address_program_and_time(idle: World) -> None:
    await own(idle, "liusiyuan")
    stranger = await idle.stranger({"User-Agent": "Firefox/140"})
    await stranger.post("/api/auth/token", data={"username": "liusiyuan", "password": PASSWORD})
    (came,) = await comings(idle, username="liusiyuan")
    assert (came["zh"], came["offices_zh"], came["units_zh"]) == ("刘思源", ["办案民警"], ["城关派出所"])
    assert (came["address"], came["agent"], came["how"], came["sort_zh"]) == ("127.0.0.1", "Firefox/140", "口令", "登录")
    assert came["at"]


async def test_each_way_in_which_somebody_is_kept_out_is_told_by_its_name(sober: World) -> None:
    await own(sober, "zhouminghui")
    device, _ = await enrolled(sober, "zhouminghui")
    await sign_in(sober, "zhouminghui", "wrong")
    await sign_in(sober, "zhouminghui")
    await sign_in(sober, "zhouminghui", otp="000000")
    assert (await sign_in(sober, "zhouminghui", otp=device.now())).status_code == 200
    for _ in range(7):
        await sign_in(sober, "zhouminghui", "wrong")
    told = await sorts(sober, "zhouminghui")
    assert told[:6] == [
        "signed-in",
        "second-factor-enrolled",
        "wrong-password",
        "no-second-factor",
        "wrong-second-factor",
        "signed-in",
    ]
    assert set(told[6:]) == {"wrong-password", "limited"}


async def test_whom_the_identity_provider_let_in_is_told_once_when_they_are_first_seen(
    idle: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def claims(_: str) -> Claims:
        now = datetime.now(UTC)
        return Claims("liusiyuan", now + timedelta(hours=1), now, "of-the-provider", None)

    monkeypatch.setattr(idle.ctx.directory, "_read_claims", claims)
    hand = await idle.as_("liusiyuan")
    for _ in range(3):
        await hand.read("/api/me")
        idle.ctx.directory.forget()
    monkeypatch.undo()
    assert [(each["sort"], each["how"]) for each in await comings(idle, username="liusiyuan")] == [("signed-in", "统一身份认证")]


async def test_of_whoever_left_it_is_told_that_the_account_is_closed_and_to_them_only_that_it_is_wrong(idle: World) -> None:
    await own(idle, "liusiyuan")
    await idle.ask("UPDATE person SET active = false WHERE username = 'liusiyuan'")
    assert (await sign_in(idle, "liusiyuan")).json()["detail"] == "用户名或者口令不正确"
    assert await sorts(idle, "liusiyuan") == ["account-closed"]


async def test_going_and_what_one_comes_in_by_is_told_too(sober: World) -> None:
    await own(sober, "liusiyuan")
    hand = await at_desk(sober, "liusiyuan")
    await hand.post("/api/me/password", current="wrong", password=ANOTHER)
    assert (await hand.post("/api/me/password", current=PASSWORD, password=ANOTHER)).status_code == 200
    hand = await at_desk(sober, "liusiyuan", ANOTHER)
    await hand.post("/api/auth/sign-out")
    hand = await at_desk(sober, "liusiyuan", ANOTHER)
    await hand.post("/api/auth/sign-out-everywhere")
    assert await sorts(sober, "liusiyuan") == [
        "signed-in",
        "unproved",
        "password-changed",
        "signed-in",
        "signed-out",
        "signed-in",
        "signed-out-everywhere",
    ]


async def test_by_whose_hand_a_password_was_set_or_a_second_factor_dropped_is_told(idle: World) -> None:
    await own(idle, "zhouminghui")
    await enrolled(idle, "zhouminghui")
    assert (await (await idle.as_("mengqiu")).post("/api/admin/people/zhouminghui/second-factor/drop")).status_code == 204
    admin = await idle.as_("guanli")
    assert (await admin.http.patch("/api/admin/people/zhouminghui", json={"password": ANOTHER})).status_code == 200
    told = [(each["sort"], each["by"]) for each in await comings(idle, username="zhouminghui")]
    assert told[-2:] == [("second-factor-dropped", "mengqiu"), ("password-set", "guanli")]


async def test_of_a_stranger_not_even_the_name_is_kept_since_it_may_be_somebodys_password(idle: World) -> None:
    for name in ("my secret password", "a\0b", "\u202ex", "x" * 200):
        await sign_in(idle, name, "wrong")
    told = await comings(idle)
    assert {(each["username"], each["sort"]) for each in told} == {("", "wrong-password")}
    (row,) = await idle.ask("SELECT string_agg(reading_trace::text, ' ') AS said FROM reading_trace")
    assert "secret password" not in row.said


async def test_a_machine_that_signs_in_is_told_to_whoever_supervises_the_whole_bureau(idle: World) -> None:
    for secret in ("wrong", "wrong"):
        given = {"grant_type": "client_credentials", "client_id": "bank", "client_secret": secret}
        await (await idle.stranger()).post("/api/auth/token", data=given)
    told = await comings(idle)
    assert [each["sort"] for each in told] == ["wrong-password", "wrong-password"]


async def test_program_and_way_stand_nowhere_in_clear(idle: World) -> None:
    await own(idle, "liusiyuan")
    await (await idle.stranger({"User-Agent": "Firefox/140"})).post(
        "/api/auth/token", data={"username": "liusiyuan", "password": PASSWORD}
    )
    await idle.ctx.access_log.flush()
    (row,) = await idle.ask("SELECT reading_trace::text AS said, secret FROM reading_trace WHERE sort = 'signed-in'")
    assert "Firefox" not in row.said
    assert b"Firefox" not in row.secret


# Who is told


async def test_everybody_sees_their_own_last_comings_and_nobody_elses(idle: World) -> None:
    for name in ("liusiyuan", "xuyating"):
        await own(idle, name)
        await sign_in(idle, name)
    await sign_in(idle, "liusiyuan", "wrong")
    assert await idle.ctx.access_log.flush()
    told = (await (await idle.as_("liusiyuan")).read("/api/me/comings"))["items"]
    assert [(each["sort"], each["address"]) for each in told] == [("wrong-password", "127.0.0.1"), ("signed-in", "127.0.0.1")]


async def test_comings_are_for_supervisors_of_these_units_alone(idle: World) -> None:
    for name in ("liusiyuan", "wuhaoran"):
        await own(idle, name)
        await sign_in(idle, name)
    await sign_in(idle, "nobody")
    for username in ("guanli", "zhouminghui", "liusiyuan"):
        assert (await (await idle.as_(username)).get("/api/comings")).status_code == 403
    await idle.ask("DELETE FROM holding WHERE username = 'mengqiu'")
    await idle.ask("INSERT INTO holding (username, unit_id, office) VALUES ('mengqiu', 'donghe', 'supervisor')")
    assert {each["username"] for each in await comings(idle)} == {"wuhaoran"}


async def test_comings_are_no_readings_and_looking_at_them_is_one(idle: World) -> None:
    await own(idle, "liusiyuan")
    await sign_in(idle, "liusiyuan")
    await comings(idle)
    await idle.ctx.access_log.flush()
    read = (await (await idle.as_("mengqiu")).read("/api/reading-traces"))["items"]
    assert {each["sort"] for each in read} == {"comings"}


# A flood


class Minutes:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_who_comes_again_and_again_is_counted_and_told_once_the_minute_is_over() -> None:
    clock = Minutes()
    rush = BurstLimit(clock)
    told = sum(rush.admit(SignInEvent(AccountEvent.WRONG, "liusiyuan", "10.0.0.1")) for _ in range(1000))
    assert told == 5
    assert rush.take_counted() == []
    clock.now = 61
    assert [(each.username, each.times) for each in rush.take_counted()] == [("liusiyuan", 995)]
    assert rush.admit(SignInEvent(AccountEvent.WRONG, "liusiyuan", "10.0.0.1"))


def test_a_flood_from_everywhere_is_bounded_and_hides_nobody_who_got_in() -> None:
    rush = BurstLimit(Minutes())
    told = sum(rush.admit(SignInEvent(AccountEvent.WRONG, f"n{n}", f"10.0.{n % 256}.{n // 256}")) for n in range(20_000))
    assert told == 300
    assert rush.admit(SignInEvent(AccountEvent.ACCEPTED, "liusiyuan", "10.0.0.1"))
    counted = rush.take_counted(now=True)
    assert len(counted) <= 301
    assert told + sum(each.times for each in counted) == 20_000


async def test_a_flood_at_the_door_leaves_some_lines_and_a_number(idle: World) -> None:
    for _ in range(40):
        await sign_in(idle, "liusiyuan", "wrong")
    await idle.ctx.access_log.close()
    told = await comings(idle, username="liusiyuan")
    assert len(told) <= 11
    assert sum(each["times"] for each in told) == 40
    assert max(each["times"] for each in told) > 20
