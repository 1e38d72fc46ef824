"""Sixty-four officers, each handing in the next step as soon as the last is answered: more than a bureau of this size ever has at once."""

import asyncio
import time
import uuid
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from httpx import codes
from temporalio.client import Client

from bench.callers import of_another
from bench.engines import Engines, spent
from bench.floor import TASK_QUEUE as FLOOR_QUEUE
from bench.http import Connections
from bench.load import Window, crowd, percentile
from bench.sides import Floor
from bench.steps import api, warm
from runtime.database import connect
from runtime.passwords import load_passwords
from runtime.settings import Settings
from runtime.tokens import make_demo_tokens
from seeds.loading import load_bureau

OFFICERS = 64
_SECONDS, _FLOOR_SECONDS, _WARM_SECONDS = 120.0, 15.0, 15.0
# Whoever is told to come back does so then; what was opened a moment ago is looked for so often.
_LOOK_AGAIN_S = 0.2
_DESK, _OFFICER, _CHIEF = "linxiaoyu", "liusiyuan", "zhouminghui"
_CALL = {
    "kind": "经济纠纷",
    "place": "青岚县城关镇人民路88号",
    "narrative": "报警人称经微信向他人购买红外测温仪，已转账350000元，对方至今未发货，电话、微信均联系不上。",
    "reporter": "沈国梁",
    "unit": "chengguan",
}
_FRAUD = {"classification": "criminal", "charge": "xf-266", "reason": "收款后未发货且失联，涉嫌诈骗"}
_FILING = {"charge": "xf-266", "grounds": "有犯罪事实，需要追究刑事责任"}


@dataclass
class Tally:
    """What came of the submissions: how long each answer took, how long until it went well, what was refused, and who got how far."""

    answers: list[float] = field(default_factory=list)
    through: list[float] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    steps: Counter[str] = field(default_factory=Counter)
    slow: dict[str, list[float]] = field(default_factory=dict)
    each: Counter[int] = field(default_factory=Counter)


class Officers:
    """All of them, by three people's names, over one API."""

    def __init__(self, hands: dict[str, Connections]) -> None:
        """With those people's connections."""
        self._hands, self.tally, self._serial = hands, Tally(), count(1)

    async def work(self, seconds: float) -> Tally:
        """Carry case after case for so long; what came of it."""
        self.tally = Tally()
        until = time.perf_counter() + seconds
        async with asyncio.TaskGroup() as desks:
            for n in range(OFFICERS):
                desks.create_task(self._cases(n, until))
        return self.tally

    async def _cases(self, n: int, until: float) -> None:
        steps = self._case(n)
        while time.perf_counter() < until:
            try:
                await anext(steps)
            except StopAsyncIteration:
                steps = self._case(n)

    async def _case(self, n: int) -> AsyncIterator[None]:
        """One fraud, from the call to the detention of a suspect; a turn for each step."""
        name = f"贺{next(self._serial)}"
        incident = (await self._hand_in(n, _DESK, "/api/matters/incident", **of_another(_CALL)))["number"]
        yield
        await self._take(n, _DESK, incident, "dispatch-incident", unit="chengguan", officer=_OFFICER)
        yield
        case = await self._opened(await self._take(n, _OFFICER, incident, "classify-incident", **_FRAUD))
        yield
        await self._take(n, _OFFICER, case, "file-case", **_FILING)
        yield
        await self._take(n, _CHIEF, case, "approve", request="file-case")
        yield
        named = await self._take(n, _OFFICER, case, "name-suspect", name=name, grounds="收款账户系其本人使用")
        suspect = await self._opened(named)
        yield
        asked = await self._take(n, _OFFICER, suspect, "execute-detention", place="青岚县城关镇", grounds="可能逃跑")
        yield
        # Nobody approves what decides on liberty without having opened it.
        await self._hands[_CHIEF].ask("GET", f"/api/matters/{suspect}/requests/{asked['seq']}")
        await self._take(n, _CHIEF, suspect, "approve", request="execute-detention")
        yield

    async def _take(self, n: int, who: str, number: str, step: str, **form: Any) -> Any:
        return await self._hand_in(n, who, f"/api/matters/{number}/steps/{step}", **form)

    async def _hand_in(self, n: int, who: str, path: str, **form: Any) -> Any:
        """Hand in under one key until it goes well, coming back when told to."""
        key, began, tally = uuid.uuid4().hex, time.perf_counter(), self.tally
        while True:
            asked = time.perf_counter()
            status, said = await self._hands[who].try_("POST", path, form, idempotency_key=key)
            took = time.perf_counter() - asked
            tally.answers.append(took)
            tally.slow.setdefault(path.rpartition("/")[2], []).append(took)
            if codes.is_success(status):
                tally.through.append(time.perf_counter() - began)
                tally.each[n] += 1
                return said
            tally.refused[f"{status} {said.get('type', '').rpartition('/')[2]}"] += 1
            if status != codes.SERVICE_UNAVAILABLE:
                raise RuntimeError(f"{path}: {status} {said}")
            await asyncio.sleep(said["retry_after"])

    async def _opened(self, receipt: Any) -> str:
        (number,) = receipt["opened"]
        while True:
            status, _ = await self._hands[_OFFICER].try_("GET", f"/api/matters/{number}")
            if status == codes.OK:
                return number
            await asyncio.sleep(_LOOK_AGAIN_S)


def officers(engines: Engines) -> Iterator[str]:
    """Lines of the report: the floor with as many callers, and the officers."""
    with connect(engines.url) as connection:
        load_bureau(connection, load_passwords(Settings()))
    with engines.worker("floor", FLOOR_QUEUE, "bench.floor"):
        yield _of_the_floor(asyncio.run(_floor(engines)))
    with (
        engines.worker("worker", Settings().task_queue, "cli", "worker"),
        engines.program("watch", "cli", "watch", ready=lambda _: True),
    ):
        yield from asyncio.run(_officers(engines))


async def _floor(engines: Engines) -> Window:
    floor = await warm(Floor(await Client.connect(engines.temporal_address)))
    for _ in range(OFFICERS * 4):
        await floor.open()

    async def step() -> None:
        await (floor.step() if floor.steps_left > OFFICERS else floor.open())

    return await crowd(OFFICERS, _FLOOR_SECONDS, step)


def _of_the_floor(window: Window) -> str:
    return f"floor, {OFFICERS} callers: {window.rate:.0f}/s, p50 {window.p50:.0f} ms, p99 {window.p99:.0f} ms"


async def _officers(engines: Engines) -> list[str]:
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(api(engines, _DESK))
        told_by = make_demo_tokens(Settings())
        others = {who: first.as_(told_by.issue(who)[0]) for who in (_OFFICER, _CHIEF)}
        hands = {_DESK: first} | {who: await stack.enter_async_context(each) for who, each in others.items()}
        at_work = Officers(hands)
        await at_work.work(_WARM_SECONDS)
        before, began = spent(), time.perf_counter()
        tally = await at_work.work(_SECONDS)
        seconds, processor = time.perf_counter() - began, spent() - before
    return _told(tally, seconds, processor)


def _told(tally: Tally, seconds: float, processor: float) -> list[str]:
    refused, through = tally.refused.total(), len(tally.through)
    slowest = sorted(tally.slow.items(), key=lambda each: -percentile(each[1], 50))
    return [
        f"{OFFICERS} officers, closed loop: {through / seconds:.1f} steps/s, processor time of a step {processor / through * 1000:.0f} ms",
        f"an answer: p50 {percentile(tally.answers, 50):.2f} s, p99 {percentile(tally.answers, 99):.2f} s (aim ≤ 4 s); "
        f"503: {refused / len(tally.answers):.1%} (aim < 2 %) {dict(tally.refused)}",
        f"until it went well: p50 {percentile(tally.through, 50):.2f} s, p99 {percentile(tally.through, 99):.2f} s, longest {max(tally.through):.1f} s; "
        f"steps of an officer: {min(tally.each.values())} to {max(tally.each.values())}",
        *(f"  {name}: {len(took)}, p50 {percentile(took, 50):.2f} s, p99 {percentile(took, 99):.2f} s" for name, took in slowest),
    ]
