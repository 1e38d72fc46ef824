"""What this version costs beside an earlier one: the same calls of two installations of `louke up`, by turns.

LOUKE_FORMER names the earlier checkout. Both run under the dependencies of this one, each with everything it has: engines, roles, keys.
"""

import asyncio
import os
import subprocess
import sys
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

import httpx

from bench.callers import of_another
from bench.engines import Engines, running
from bench.http import Connections
from bench.load import Action, Pair, by_turns, crowd, queue
from bench.sides import Side
from runtime.embedded.ports import find_free_port
from runtime.embedded.process import Child, Part
from runtime.passwords import DEMO_PASSWORD

_FORMER = "LOUKE_FORMER"
_HERE = Path(__file__).parent.parent
_DESK, _OFFICER, _UNIT = "linxiaoyu", "liusiyuan", "chengguan"
_CALL = {
    "kind": "邻里纠纷",
    "place": "青岚县城关镇人民路88号",
    "narrative": "报警人称楼上住户深夜施工，多次劝说无效，双方发生争执，要求民警到场处理。",
    "reporter": "沈国梁",
    "unit": _UNIT,
}
_STEPS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("register-report", {"receipt": True}),
    ("arrive-on-scene", {"found": "双方情绪激动，无人受伤。"}),
    ("handle-scene", {"measures": "将双方分开，分别了解情况，告知噪声管理规定。"}),
    ("classify-incident", {"classification": "dispute", "reason": "邻里噪声纠纷，不构成违反治安管理行为。"}),
    ("close-incident", {"outcome": "双方达成谅解，楼上住户承诺夜间不再施工。"}),
)
# Its people, written as that checkout writes them; without the matters that a demonstration plants.
_PEOPLE = """
import inspect, sys; from pathlib import Path
from runtime.database import connect; from seeds.loading import load_bureau
port, password = ((Path(sys.argv[1]) / "postgres" / name).read_text().strip() for name in ("port", "password"))
under = []
if len(inspect.signature(load_bureau).parameters) > 1:  # passwords go under a secret now
    import runtime.passwords; from runtime.settings import Settings
    load = getattr(runtime.passwords, "load_passwords", None) or runtime.passwords.passwords  # as it was called once
    under = [load(Settings())]
with connect(f"postgresql://louke:{password}@127.0.0.1:{port}/louke") as connection: load_bureau(connection, *under)
"""
_CALLERS, _TURNS, _SECONDS = 16, 6, 3.0
_CALLS, _SHORT_TURNS, _WARM = 20, 15, 40


class _Incidents(Side):
    """Incidents of one installation; opened at the desk and dispatched, stepped along by an officer, and looked at."""

    def __init__(self, desk: Connections, officer: Connections) -> None:
        super().__init__(len(_STEPS))
        self._desk, self._officer = desk, officer
        self._opened_so_far = deque[str]()

    async def look(self) -> None:
        """Read a card: that of another incident each time, as whoever looks twice at one leaves one trace."""
        self._opened_so_far.rotate()
        await self._officer.ask("GET", f"/api/matters/{self._opened_so_far[0]}")

    async def list(self) -> None:
        """Read the first page of the officer's station."""
        await self._officer.ask("GET", "/api/matters?limit=50")

    async def _opened(self) -> str:
        number = (await self._desk.ask("POST", "/api/matters/incident", of_another(_CALL), idempotency_key=uuid4().hex))["number"]
        await self._hand_in(self._desk, number, "dispatch-incident", {"unit": _UNIT, "officer": _OFFICER})
        self._opened_so_far.append(number)
        return number

    async def _step(self, name: str, taken: int) -> None:
        await self._hand_in(self._officer, name, *_STEPS[taken])

    async def _hand_in(self, who: Connections, number: str, step: str, form: dict[str, Any]) -> None:
        await who.ask("POST", f"/api/matters/{number}/steps/{step}", form, idempotency_key=uuid4().hex)


def former(_engines: Engines) -> list[str]:
    """Lines of the report; one that says so where no earlier checkout is named."""
    checkout = os.environ.get(_FORMER)
    if not checkout:
        return [f"beside an earlier version: {_FORMER} names no checkout"]
    with (
        TemporaryDirectory(prefix="louke-bench-", ignore_cleanup_errors=True) as place,
        _up(Path(checkout), Path(place) / "former") as before,
        _up(_HERE, Path(place) / "now") as now,
    ):
        return asyncio.run(_compared(before, now))


@contextmanager
def _up(checkout: Path, folder: Path) -> Iterator[int]:
    """An installation of that checkout with nothing in it but its people, until the block ends; its port."""
    folder.mkdir(mode=0o700)
    (folder / "seeded").touch()
    port = find_free_port()
    environment = {
        "PYTHONPATH": str(checkout),
        "PYTHONUNBUFFERED": "1",
        "LOUKE_DATA_DIR": str(folder),
        "LOUKE_PORT": str(port),
        "LOUKE_DEMO": "1",
        "LOUKE_SANDBOX": "0",
        "LOUKE_REQUESTS_PER_MINUTE": "10000000",
        "LOUKE_WRITES_PER_MINUTE": "10000000",
    }
    for engine in ("LOUKE_DATABASE_URL", "LOUKE_TEMPORAL_ADDRESS"):  # those of the other parts of this bench
        os.environ.pop(engine, None)

    def answers(_: Child) -> bool:
        try:
            return bool(httpx.get(f"http://127.0.0.1:{port}/api/health", timeout=2, trust_env=False).json()["status"] == "up")
        except httpx.TransportError:
            return False

    command = ("sh", "-c", f'cd "{checkout}" && exec "{sys.executable}" -m cli up')
    with running(Part("up", command, answers, environment=environment, patience=600), folder):
        people = (sys.executable, "-c", _PEOPLE, str(folder))
        subprocess.run(people, cwd=checkout, env=os.environ | environment, check=True)
        yield port


async def _compared(before: int, now: int) -> list[str]:
    async with _incidents(before) as former, _incidents(now) as present:
        lines = [f"beside {os.environ[_FORMER]}"]
        for name, one, other in (
            ("open and dispatch", former.open, present.open),
            ("step", former.step, present.step),
            ("a card", former.look, present.look),
            ("a list", former.list, present.list),
        ):
            lines += [await _line(name, one, other)]
        return lines


@asynccontextmanager
async def _incidents(port: int) -> AsyncIterator[_Incidents]:
    async with AsyncExitStack() as stack:
        hands = [await stack.enter_async_context(Connections(port, _token(port, who))) for who in (_DESK, _OFFICER)]
        incidents = _Incidents(*hands)
        for _ in range(_WARM):
            await incidents.open()
            await incidents.step()
            await incidents.look()
            await incidents.list()
        yield incidents


def _token(port: int, username: str) -> str:
    said = {"username": username, "password": DEMO_PASSWORD}
    return str(httpx.post(f"http://127.0.0.1:{port}/api/auth/token", data=said, trust_env=False).json()["access_token"])


async def _line(name: str, one: Action, other: Action) -> str:
    alone = await by_turns(_SHORT_TURNS, lambda: queue(_CALLS, one), lambda: queue(_CALLS, other))
    many = await by_turns(_TURNS, lambda: crowd(_CALLERS, _SECONDS, one), lambda: crowd(_CALLERS, _SECONDS, other))
    measured = (
        f"one after another, p50 {_told(alone, 'p50', 'ms')}",
        f"{_CALLERS} callers, {_told(many, 'rate', '/s')}",
        f"processor time of a call, {_told(many, 'cost', 'ms')}",
    )
    return f"{name}: {'; '.join(measured)}"


def _told(pair: Pair, measure: str, unit: str) -> str:
    before, now, ratio = pair.figures(lambda window: float(getattr(window, measure)))
    return f"before {before:.1f} {unit}, now {now:.1f} {unit}, ratio {ratio:.2f}"
