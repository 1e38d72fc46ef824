"""When an engine is away: a refusal that says when to come back, nothing changed, and no attempt journaled."""

from datetime import timedelta
from pathlib import Path

import pytest

from api import context, submission
from runtime import database as connections
from runtime.embedded.ports import find_free_port
from tests.api.matters import THEFT
from tests.world import World, found, until, world


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(submission, "_PATIENCE_S", 0.3)
    monkeypatch.setattr(context, "_PATIENCE", timedelta(seconds=0.3))
    monkeypatch.setattr(connections, "_WAIT_S", 0.3)


async def test_without_a_worker_a_step_is_refused_with_a_time_to_come_back(idle: World) -> None:
    officer, before = await idle.as_("linxiaoyu"), await idle.ask("SELECT chain, position FROM entry")
    answer = await officer.post("/api/matters/incident", {"Idempotency-Key": "1"}, **THEFT)
    problem = answer.json()
    assert (answer.status_code, problem["type"], problem["engine"]) == (503, "/problems/orchestrator-unavailable", "temporal")
    assert answer.headers["Retry-After"] == str(problem["retry_after"]) == "5"
    assert await idle.ask("SELECT chain, position FROM entry") == before
    assert (await officer.read("/api/matters"))["items"] == []


async def test_without_temporal_lists_are_read_and_health_says_so(peopled: str, tmp_path: Path) -> None:
    nowhere = f"127.0.0.1:{find_free_port()}"
    async with world(found(peopled, nowhere, tmp_path), working=False) as lonely:
        officer = await lonely.as_("liusiyuan")
        assert (await officer.get("/api/matters")).status_code == 200
        health = await officer.read("/api/health")
        assert (health["status"], health["engines"]) == ("degraded", {"postgres": "up", "temporal": "down"})
        # Nor does a watchdog live there.
        first, *others = health["troubles"]
        assert first == "编排引擎没有应答，暂不能办理步骤，查阅不受影响，恢复后自动继续"
        assert [each.partition("，")[0] for each in others] == ["守望进程没有应答"]
        answer = await officer.post("/api/matters/criminal-case", charge="xf-264", summary="盗窃")
        assert (answer.status_code, answer.json()["engine"]) == (503, "temporal")


async def test_without_postgres_everything_says_so(peopled: str, temporal_address: str, tmp_path: Path) -> None:
    settings = found(peopled, temporal_address, tmp_path)
    settings.database_url = f"postgresql://nobody@127.0.0.1:{find_free_port()}/none"
    async with world(settings, working=False) as lonely:
        officer = await lonely.as_("liusiyuan")
        for answer in (await officer.get("/api/matters"), await officer.post("/api/matters/incident", **THEFT)):
            assert (answer.status_code, answer.json()["engine"]) == (503, "postgres")
            assert "Retry-After" in answer.headers
        assert (await officer.get("/api/kinds")).status_code == 200
        health = await officer.read("/api/health")
        assert (health["engines"]["postgres"], health["worker"]) == ("down", "unknown")


async def test_who_signs_in_while_the_database_is_away_has_guessed_nothing_and_waits_for_nothing_but_the_database(
    peopled: str, temporal_address: str, tmp_path: Path
) -> None:
    settings = found(peopled, temporal_address, tmp_path)
    settings.database_url = f"postgresql://nobody@127.0.0.1:{find_free_port()}/none"
    async with world(settings, working=False) as lonely:
        stranger = await lonely.stranger()
        for _ in range(7):  # more often than a password may be mistyped
            answer = await stranger.post("/api/auth/token", data={"username": "liusiyuan", "password": "louke-demo"})
            assert (answer.status_code, answer.json()["engine"]) == (503, "postgres"), answer.text
        assert lonely.ctx.login_throttle._memory.enter("liusiyuan", "127.0.0.1") == 0


async def test_health_says_that_a_clock_is_off_and_what_is_not_done_meanwhile(idle: World) -> None:
    officer = await idle.as_("liusiyuan")
    await idle.ask("INSERT INTO disputed_time VALUES ('watch', 'duty-2', 7, 259200000, clock_timestamp())")

    async def disputed() -> bool:  # an answer is a second old at most
        health = await officer.read("/api/health")
        return health["status"] == "degraded" and any("停止响铃" in each and "校时" in each for each in health["troubles"])

    await until(disputed, bool)
