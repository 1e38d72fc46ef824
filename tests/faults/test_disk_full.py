"""A disk that is really full: everything lies on a small one of its own, which is filled to the last byte."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from runtime.embedded.postgres import prepare_postgres
from runtime.embedded.process import Child
from tests.api.matters import THEFT
from tests.databases import migrate
from tests.world import Hand, found, people, world

DISK_MB, RESERVE_MB = 400, 64


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own; only root may mount one."""
    place = tmp_path / "small"
    place.mkdir()
    place.chmod(0o755)
    mounted = (
        sys.platform == "linux"
        and not subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={DISK_MB}m,mode=755", "tmpfs", str(place)], check=False, capture_output=True
        ).returncode
    )
    if not mounted:
        pytest.skip("a small disk cannot be mounted here: it takes root, and a system that lets it")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture
def durable(small: Path, tmp_path: Path) -> Iterator[str]:
    """A migrated database on that disk, which keeps what it acknowledged."""
    cluster = prepare_postgres(small / "postgres")
    child = Child(cluster.part, tmp_path / "postgres.log")
    try:
        child.await_ready()
        migrate(cluster.url)
        yield cluster.url
    finally:
        child.stop(within=10)


def fill(small: Path) -> Path:
    """Leave no byte free."""
    ballast = small / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for piece in (2**20, 2**12, 1):
            try:
                while file.write(bytes(piece)):
                    pass
            except OSError:
                continue
    return ballast


async def opened(desk: Hand, key: str) -> httpx.Response:
    """An incident opened under that key: tried again for as long as a busy machine says when to come back."""
    deadline = time.monotonic() + 60
    while (answer := await desk.post("/api/matters/incident", {"Idempotency-Key": key}, **THEFT)).status_code == 503:
        assert time.monotonic() < deadline, answer.text
    return answer


async def test_a_full_disk_is_named_stops_what_would_be_written_and_nothing_else_and_all_returns_with_the_room(
    durable: str, small: Path, temporal_address: str
) -> None:
    settings = found(people(durable), temporal_address, small).model_copy(update={"reserve_mb": RESERVE_MB})
    async with world(settings) as bureau:
        desk = await bureau.as_("linxiaoyu")
        first = (await opened(desk, "before")).json()["number"]
        ballast = fill(small)
        began = time.monotonic()
        while (health := await desk.read("/api/health"))["disk"] != "none":
            assert time.monotonic() - began < 5
        assert health["troubles"][0].startswith("磁盘空间不足")
        refused = await desk.post("/api/matters/incident", **THEFT)
        assert (refused.status_code, refused.json()["type"]) == (503, "/problems/no-room")
        # Reading and signing in go on, for as long as one looks.
        for _ in range(20):
            assert (await desk.get(f"/api/matters/{first}")).status_code == 200
            assert (await desk.get("/api/matters")).status_code == 200
            signed_in = await desk.http.post("/api/auth/token", data={"username": "linxiaoyu", "password": "louke-demo"})
            assert signed_in.status_code == 200
            if time.monotonic() - began > 10:
                break
        health = await desk.read("/api/health")
        assert (health["engines"]["postgres"], health["disk"]) == ("up", "none")
        ballast.unlink()
        freed = time.monotonic()
        while (await desk.read("/api/health"))["disk"] != "low":
            assert time.monotonic() - freed < 5
        assert (await opened(desk, "after")).status_code == 201
