"""Where somebody is signed in, what they are told of it, and how seldom others may guess."""

import pytest

from api.login_throttle import Attempt, LoginThrottle
from tests.api.accounts import ANOTHER, PASSWORD, at_desk, enrolled, own, said, sign_in
from tests.world import World

NOTICES = "SELECT words FROM notice WHERE username = %(name)s ORDER BY id"


async def told(world: World, username: str, words: str) -> int:
    """How many notices somebody has with these words."""
    return sum(words in row.words for row in await world.ask(NOTICES, name=username))


# Guessing


async def test_nobody_guesses_at_one_account_more_than_sixty_times_in_an_hour(idle: World) -> None:
    door = next(iter(Attempt("liusiyuan", "10.0.0.1").own))
    await idle.ask(
        "INSERT INTO guess SELECT %(door)s, now() - make_interval(secs => 90 + n * 55) FROM generate_series(0, 58) n", door=door
    )
    assert await idle.ctx.login_throttle.enter(Attempt("liusiyuan", "10.0.0.1")) == 0
    wait = await LoginThrottle(idle.ctx.pool).enter(Attempt("liusiyuan", "10.9.9.9"))
    assert 60 < wait < 600, "the oldest of sixty is nearly 55 minutes old"
    assert await idle.ctx.login_throttle.enter(Attempt("xuyating", "10.0.0.1")) == 0


async def test_an_hour_later_they_may_try_again(idle: World) -> None:
    door = next(iter(Attempt("liusiyuan", "10.0.0.1").own))
    await idle.ask(
        "INSERT INTO guess SELECT %(door)s, now() - make_interval(mins => 61, secs => n) FROM generate_series(1, 100) n", door=door
    )
    assert await idle.ctx.login_throttle.enter(Attempt("liusiyuan", "10.0.0.1")) == 0
    assert await idle.ask("SELECT count(*)::int AS n FROM guess WHERE at < now() - interval '1 hour'") == [(0,)]


# What somebody is told of their own account


async def test_who_changes_a_password_or_enrols_a_second_factor_is_told_so(sober: World) -> None:
    await own(sober, "zhouminghui")
    _, hand = await enrolled(sober, "zhouminghui")
    assert await told(sober, "zhouminghui", "启用了动态口令") == 1
    assert (await hand.post("/api/me/password", current=PASSWORD, password=ANOTHER)).status_code == 200
    assert await told(sober, "zhouminghui", "修改了登录口令") == 1


async def test_whoever_signs_in_where_they_never_had_is_told_and_where_they_had_is_not(sober: World) -> None:
    await own(sober, "liusiyuan")
    device = (await sign_in(sober, "liusiyuan")).json()["device"]
    assert await told(sober, "liusiyuan", "没有登录过的设备") == 1
    await sign_in(sober, "liusiyuan", device=device)
    assert await told(sober, "liusiyuan", "没有登录过的设备") == 1
    await sign_in(sober, "liusiyuan")
    assert await told(sober, "liusiyuan", "没有登录过的设备") == 2


async def test_whose_password_of_the_moment_is_tried_a_second_time_is_told(sober: World) -> None:
    await own(sober, "zhouminghui")
    device, _ = await enrolled(sober, "zhouminghui")
    otp = device.now()
    assert (await sign_in(sober, "zhouminghui", otp=otp)).status_code == 200
    assert await told(sober, "zhouminghui", "已经用过的动态口令") == 0
    assert (await sign_in(sober, "zhouminghui", otp=otp)).status_code == 401
    assert await told(sober, "zhouminghui", "已经用过的动态口令") == 1


# Passwords that others know


async def test_who_still_has_a_password_that_many_choose_changes_it_before_anything_else(sober: World) -> None:
    await own(sober, "liusiyuan", "1234567890123")
    hand = await at_desk(sober, "liusiyuan", "1234567890123")
    assert said(await hand.get("/api/tasks")) == (403, "password-must-change")
    changed = await hand.post("/api/me/password", current="1234567890123", password=PASSWORD)
    assert changed.json()["owes"] == ""


async def test_a_password_that_somebody_else_set_opens_nothing_after_three_days(sober: World) -> None:
    for username in ("liusiyuan", "guanli"):
        await own(sober, username)
    _, admin = await enrolled(sober, "guanli")
    assert (await admin.http.patch("/api/admin/people/liusiyuan", json={"password": ANOTHER})).status_code == 200
    assert (await sign_in(sober, "liusiyuan", ANOTHER)).json()["owes"] == "password"
    await sober.ask("UPDATE person SET signed_out_at = now() - interval '73 hours' WHERE username = 'liusiyuan'")
    late = await sign_in(sober, "liusiyuan", ANOTHER)
    assert late.status_code == 401
    assert "过期" in late.json()["detail"]
    assert "过期" not in (await sign_in(sober, "liusiyuan", "a guess")).json()["detail"]


async def test_the_first_password_of_somebody_new_opens_nothing_after_three_days(sober: World) -> None:
    await own(sober, "guanli")
    _, admin = await enrolled(sober, "guanli")
    form = {"username": "lin.xin", "zh": "林新", "badge": "", "unit": "donghe", "office": "case-officer", "password": ANOTHER}
    assert (await admin.post("/api/admin/people", **form)).status_code == 201
    assert (await sign_in(sober, "lin.xin", ANOTHER)).json()["owes"] == "password"
    await sober.ask("UPDATE person SET signed_out_at = signed_out_at - interval '73 hours' WHERE username = 'lin.xin'")
    assert (await sign_in(sober, "lin.xin", ANOTHER)).status_code == 401


@pytest.mark.parametrize(
    ("password", "enough"),
    [("", False), ("1234567890123", False), ("liusiyuan2026", False), ("short&Odd7", False), (ANOTHER, True)],
)
async def test_whoever_considers_a_password_is_told_whether_it_would_do(idle: World, password: str, enough: bool) -> None:
    officer = await idle.as_("liusiyuan")
    answer = (await officer.post("/api/me/password/strength", password=password)).json()
    assert answer["enough"] is enough
    assert answer["score"] == 4 or not enough


# Where one is signed in


async def test_somebody_sees_where_they_are_signed_in_and_ends_one_of_these(idle: World) -> None:
    await own(idle, "liusiyuan")
    here, elsewhere = await at_desk(idle, "liusiyuan"), await at_desk(idle, "liusiyuan")
    items = (await here.read("/api/me/sign-ins"))["items"]
    assert [each["here"] for each in items].count(True) == 1
    (other,) = [each["id"] for each in items if not each["here"]]
    assert said(await here.post("/api/me/sign-ins/end", id=other, current="a guess")) == (422, "wrong")
    assert (await elsewhere.get("/api/tasks")).status_code == 200
    assert (await here.post("/api/me/sign-ins/end", id=other, current=PASSWORD)).status_code == 204
    assert [(await each.get("/api/tasks")).status_code for each in (here, elsewhere)] == [200, 401]
    assert [each["here"] for each in (await here.read("/api/me/sign-ins"))["items"]] == [True]


async def test_nobody_ends_or_sees_the_sign_in_of_another(idle: World) -> None:
    for username in ("liusiyuan", "xuyating"):
        await own(idle, username)
    here, colleague = await at_desk(idle, "liusiyuan"), await at_desk(idle, "xuyating")
    (mine,) = (await here.read("/api/me/sign-ins"))["items"]
    assert mine["id"] not in str((await colleague.read("/api/me/sign-ins"))["items"])
    assert (await colleague.post("/api/me/sign-ins/end", id=mine["id"], current=PASSWORD)).status_code == 404
    assert (await here.get("/api/tasks")).status_code == 200


async def test_sign_ins_that_ended_with_a_password_are_seen_no_longer(idle: World) -> None:
    await own(idle, "liusiyuan")
    here, _ = await at_desk(idle, "liusiyuan"), await at_desk(idle, "liusiyuan")
    await idle.ask("UPDATE session SET began_at = began_at - interval '1 minute'")
    token = (await here.post("/api/me/password", current=PASSWORD, password=ANOTHER)).json()["access_token"]
    new = await idle.stranger({"Authorization": f"Bearer {token}"})
    assert [each["here"] for each in (await new.get("/api/me/sign-ins")).json()["items"]] == [True]
