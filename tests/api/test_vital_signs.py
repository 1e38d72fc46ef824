"""What works now is told within seconds, and a disk without room stops what would be written and nothing else."""

import resource
import time
from collections import namedtuple
from pathlib import Path

import httpx
import pytest

from api.health import HealthMonitor
from models.store.processes import PULSE
from runtime.disk_space import Room, measure_disk
from tests.api.matters import THEFT
from tests.world import World

Usage = namedtuple("Usage", "total used free")
FULL = "磁盘空间不足"


@pytest.fixture(autouse=True)
def free(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The bytes that the disk says are free, the last of these."""
    said = [10 * 2**30]
    monkeypatch.setattr("runtime.disk_space.shutil.disk_usage", lambda _: Usage(0, 0, said[-1]))
    monkeypatch.setattr(HealthMonitor, "get_latest", HealthMonitor._ask)  # as it is now, and not as it was a second ago
    return said


async def lives(bureau: World, process: str, ago: float = 0.0) -> None:
    async with bureau.app.state.ctx.pool.connection() as connection:
        await connection.execute(PULSE, {"process": process, "host": "h", "pid": 1})
        await connection.execute("UPDATE pulse SET at = at - make_interval(secs => %s) WHERE process = %s", (ago, process))


async def test_with_everything_alive_nothing_is_wrong(idle: World, free: list[int]) -> None:
    await lives(idle, "worker")
    await lives(idle, "watch")
    anybody = await idle.as_("liusiyuan")
    assert await anybody.read("/api/health") == {
        "status": "up",
        "engines": {"postgres": "up", "temporal": "up"},
        "worker": "up",
        "watchdog": "up",
        "disk": "enough",
        "steps": "carried-out",
        "troubles": [],
    }


async def test_a_worker_that_gave_no_sign_of_life_for_seconds_is_missed(idle: World, free: list[int]) -> None:
    await lives(idle, "worker", ago=11)
    await lives(idle, "watch", ago=5)
    health = await (await idle.as_("liusiyuan")).read("/api/health")
    assert (health["status"], health["worker"], health["watchdog"]) == ("degraded", "down", "up")
    assert [each.partition("，")[0] for each in health["troubles"]] == ["工作进程没有应答"]


async def test_a_watchdog_that_is_away_is_missed_in_words(idle: World, free: list[int]) -> None:
    await lives(idle, "worker")
    await lives(idle, "watch", ago=40)
    health = await (await idle.as_("liusiyuan")).read("/api/health")
    assert (health["status"], [each.partition("，")[0] for each in health["troubles"]]) == ("degraded", ["守望进程没有应答"])


async def test_a_bureau_at_work_gives_signs_of_life(bureau: World) -> None:
    anybody, began = await bureau.as_("liusiyuan"), time.monotonic()
    while (await anybody.read("/api/health"))["worker"] != "up":
        assert time.monotonic() < began + 30


async def test_without_room_steps_are_refused_reading_and_signing_in_go_on_and_all_returns_by_itself(
    bureau: World, free: list[int]
) -> None:
    desk = await bureau.as_("linxiaoyu")
    incident = (await desk.post("/api/matters/incident", **THEFT)).json()["number"]
    free.append(127 * 2**20)
    began = time.monotonic()
    health = await desk.read("/api/health")
    assert time.monotonic() - began < 5
    assert (health["disk"], health["troubles"][0].startswith(FULL)) == ("none", True)
    refused = await desk.post(f"/api/matters/{incident}/steps/classify-incident", classification="criminal")
    assert (refused.status_code, refused.json()["type"], refused.headers["Retry-After"]) == (503, "/problems/no-room", "30")
    assert refused.json()["title"].startswith(FULL)
    assert (await desk.get(f"/api/matters/{incident}")).status_code == 200
    for _ in range(3):
        assert (await desk.post("/api/matters/incident", **THEFT)).status_code == 503
    assert (await desk.read("/api/health"))["steps"] == "carried-out"
    again = await desk.http.post("/api/auth/token", data={"username": "linxiaoyu", "password": "louke-demo"})
    assert again.status_code == 200
    free.append(10 * 2**30)
    assert (await desk.read("/api/health"))["disk"] == "enough"
    assert (await desk.post("/api/matters/incident", **THEFT)).status_code == 201


async def test_who_administers_hears_of_a_full_disk_at_once(idle: World, free: list[int]) -> None:
    administrator = await idle.as_("guanli")
    before = await administrator.read("/api/admin/health")
    assert {each["check"]: each["level"] for each in before["findings"]}["磁盘"] == "well"
    free.append(2**20)
    findings = (await administrator.read("/api/admin/health"))["findings"]
    (found,) = [each for each in findings if each["check"] == "磁盘"]
    assert (found["level"], "已到保留线" in found["words"]) == ("broken", True)


async def test_steps_that_fail_are_told(idle: World, free: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.submission._PATIENCE_S", 0.05)
    await lives(idle, "worker")
    await lives(idle, "watch")
    desk = await idle.as_("linxiaoyu")
    for _ in range(2):
        assert (await desk.post("/api/matters/incident", **THEFT)).status_code == 503
    assert (await desk.read("/api/health"))["steps"] == "carried-out"
    assert (await desk.post("/api/matters/incident", **THEFT)).status_code == 503
    health = await desk.read("/api/health")
    assert (health["steps"], health["status"]) == ("failing", "degraded")


async def test_who_asks_every_second_is_not_written_down_each_time(idle: World) -> None:
    said: list[str] = []

    class Log:
        def info(self, event: str, **values: object) -> None:
            said.append(str(values["route"]))

    anybody = await idle.as_("liusiyuan")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("api.app.log", Log())
        await anybody.read("/api/health")
        await anybody.read("/api/kinds")
    assert said == ["/api/kinds"]


def test_a_place_where_nothing_can_be_written_is_without_room_whatever_the_disk_says(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    assert measure_disk(tmp_path, 0).room is not Room.NONE
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
        assert measure_disk(tmp_path, 0).room is Room.NONE
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []


async def test_health_is_asked_without_signing_in(idle: World) -> None:
    transport = httpx.ASGITransport(idle.app)
    async with httpx.AsyncClient(transport=transport, base_url="http://here") as nobody:
        assert (await nobody.get("/api/health")).status_code == 200
