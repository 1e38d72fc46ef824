"""Who may ask at all."""

import jwt
import pytest

from api.login_throttle import Attempt
from seeds.bureau import DEMO_PASSWORD
from tests.world import World


async def _sign_in(bureau: World, username: str, password: str) -> tuple[int, dict[str, object]]:
    answer = await (await bureau.stranger()).post("/api/auth/token", data={"username": username, "password": password})
    return answer.status_code, answer.json()


async def test_a_demonstration_user_signs_in_with_the_password_and_is_known(idle: World) -> None:
    status, token = await _sign_in(idle, "liusiyuan", DEMO_PASSWORD)
    assert status == 200
    client = await idle.stranger({"Authorization": f"Bearer {token['access_token']}"})
    me = (await client.get("/api/me")).json()
    assert me["zh"] == "刘思源"
    assert me["offices"] == [{"office": "case-officer", "zh": "办案民警", "unit": "chengguan", "unit_zh": "城关派出所"}]


@pytest.mark.parametrize("username", ["liusiyuan", "nobody"])
async def test_a_wrong_password_and_an_unknown_user_are_refused_alike(idle: World, username: str) -> None:
    status, problem = await _sign_in(idle, username, "wrong")
    assert (status, problem["type"], problem["detail"]) == (401, "/problems/not-signed-in", "用户名或者口令不正确")


async def test_after_five_failures_a_user_must_wait(idle: World) -> None:
    for _ in range(5):
        await idle.ctx.login_throttle.enter(Attempt("liusiyuan", "127.0.0.1"))
    answer = await (await idle.stranger()).post("/api/auth/token", data={"username": "liusiyuan", "password": DEMO_PASSWORD})
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 61


@pytest.mark.parametrize(
    "path", ["/api/me", "/api/matters", "/api/tasks", "/api/clocks", "/api/boards/station", "/api/events", "/api/units"]
)
async def test_what_concerns_people_is_told_to_nobody_unknown(idle: World, path: str) -> None:
    answer = await (await idle.stranger()).get(path)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/api/kinds", "/api/limits", "/api/health", "/api/calendar/2026", "/openapi.json"])
async def test_what_the_law_says_is_told_to_everyone(idle: World, path: str) -> None:
    assert (await (await idle.stranger()).get(path)).status_code == 200


async def test_a_token_that_somebody_else_signed_is_refused(idle: World) -> None:
    forged = jwt.encode({"sub": "liusiyuan", "iss": "louke", "aud": "louke", "exp": 2**31}, "x" * 32, "HS256")
    answer = await (await idle.stranger({"Authorization": f"Bearer {forged}"})).get("/api/me")
    assert answer.status_code == 401


async def test_whoever_has_left_is_no_longer_known(idle: World) -> None:
    await idle.ask("UPDATE person SET active = false WHERE username = 'liusiyuan'")
    assert (await (await idle.as_("liusiyuan")).get("/api/me")).status_code == 401
    assert (await _sign_in(idle, "liusiyuan", DEMO_PASSWORD))[0] == 401
