"""What it costs to hold matters against each other (串并案) where 50,000 are open: a whole round, and one matter after its step."""

import asyncio
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from activities.series import keep_agreements
from bench.engines import Engines
from bench.filling import fill
from inspections.snapshot import RecordedStep, Snapshot
from inspections.traits import get_methods
from models.matter import Kind
from models.store.connection import Connection
from runtime.database import connect, open_pool

_MATTERS, _BATCH, _ALONE = 50_000, 200, 200
_PROMISED_MS = 30.0
_WORDS = ("刷单", "共享屏幕", "撬门", "翻窗入", "溜门", "扒窃", "砸碎车窗", "拉车门")


def series(engines: Engines) -> list[str]:
    """Lines of the report."""
    with connect(engines.url) as connection:
        fill(connection, _MATTERS)
    return asyncio.run(_measure(engines.url))


async def _measure(url: str) -> list[str]:
    pool = await open_pool(url, 2, "bench")
    now = datetime.now(UTC)
    matters = [*_list_matters(now)]
    try:
        async with pool.connection() as connection:
            took = []
            for _ in range(2):
                began = time.perf_counter()
                for first in range(0, _MATTERS, _BATCH):
                    async with connection.transaction():
                        await keep_agreements(connection, matters[first : first + _BATCH], now)
                took.append(time.perf_counter() - began)
                await connection.execute("ANALYZE trait, link_candidate")
            alone = sorted([await _time_one(connection, each, now) for each in matters[:: _MATTERS // _ALONE]])
            counted = await (await connection.execute("SELECT count(*) FROM link_candidate WHERE gone_at IS NULL")).fetchone()
    finally:
        await pool.close()
    p50, p95 = alone[len(alone) // 2], alone[int(len(alone) * 0.95)]
    return [
        f"holding {_MATTERS:,} open matters against each other: {took[0]:.0f} s the first time, {took[1]:.0f} s in a round after that, "
        f"{counted[0] if counted else 0:,} pairs; one after its step p50 {p50 * 1000:.1f} ms, p95 {p95 * 1000:.1f} ms (aim ≤ {_PROMISED_MS:.0f})"
    ]


async def _time_one(connection: Connection, matter: Snapshot, now: datetime) -> float:
    began = time.perf_counter()
    await keep_agreements(connection, [matter], now)
    return time.perf_counter() - began


def _list_matters(now: datetime) -> Iterator[Snapshot]:
    """Each tells of a method, every fourth of an account that two others name too, every ninth of a telephone that one other names."""
    assert len(get_methods()) > len(_WORDS)
    for n in range(1, _MATTERS + 1):
        account = f"，转入账户{6222020000000000 + n % (_MATTERS // 12)}" if n % 4 == 0 else ""
        phone = f"，对方电话13{n % (_MATTERS // 18):09}" if n % 9 == 0 else ""
        narrative = f"报警人称被人{_WORDS[n % len(_WORDS)]}，损失若干{account}{phone}，要求处理。"
        opened = now - n * timedelta(seconds=90)
        form = {"kind": "盗窃", "place": f"东街{n % 997}号", "narrative": narrative}
        step = RecordedStep("open-incident", 1, opened, "bench", form)
        yield Snapshot(
            f"JQ2019{n:08}",
            Kind.INCIDENT,
            f"station-{1 + n % 50}",
            "",
            "on_scene",
            opened,
            opened_at=opened,
            now=now,
            steps=(step,),
        )
