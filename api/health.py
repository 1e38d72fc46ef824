"""Health (运行状态): which parts work now, known within seconds, and answered to everybody, signed in or not."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Literal

import psycopg
from cachetools import TTLCache
from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from temporalio.client import Client
from temporalio.service import RPCError

from api.untraced import declare_untraced
from models.matter import Kind, parse_workflow_id
from models.problems import NoRoom
from models.readmodel.matter_status import AT_WORK
from models.store.connection import Query, fetch_all, fetch_first
from models.store.pulses import count_living
from runtime.database import Pool, answers, passing
from runtime.database_time import DISPUTED, Disputed, read
from runtime.disk_space import Disk, Room, measure_disk
from runtime.event_loop import pause
from runtime.foreign_workflows import list_foreign_workflows
from runtime.logging import log
from runtime.metrics import DISK_FREE, DISK_ROOM, PULSES
from runtime.settings import Settings
from runtime.temporal import unavailable as temporal_away

# Whoever asks after our health wants to know soon; everyone who asks within a second gets one answer.
_WAIT = timedelta(seconds=1)
_FRESH_S = 1.0
# The disk is looked at so often: a full one is named within five seconds. Whoever draws our metrics wants the rest now and then.
_DISK_S, _ALL_S = 2.0, 10.0
# Whose workflows others hold is asked so often, and no longer waited for: the disk is looked at after it.
_SQUATTED_S, _PATIENCE_S = 30.0, 2.0
# Steps fail where, of those answered in so many seconds, at least so many and more than half could not be carried out.
_STEPS_S, _STEPS_FAILED = 30.0, 3
# Room is made by a person.
_RETRY_AFTER_S = 30

_DISPUTED = Query[Disputed](DISPUTED)

UpDown = Literal["up", "down"]
Known = Literal["up", "down", "unknown"]


class Vital(BaseModel):
    """Which parts work now."""

    status: Literal["up", "degraded"] = Field(title="是否一切正常")
    engines: dict[str, UpDown] = Field(title="数据库与编排引擎")
    worker: Known = Field(title="工作进程")
    watchdog: Known = Field(title="守望进程")
    disk: Room = Field(title="磁盘空间")
    steps: Literal["carried-out", "failing"] = Field(title="办理步骤")
    troubles: list[str] = Field(title="现在不能做的事", examples=[["磁盘空间不足，暂不能办理步骤，查阅不受影响"]])


class HealthMonitor:
    """Health of the system as this process sees it: engines are checked when somebody asks, the disk all the time."""

    def __init__(self, settings: Settings, pool: Pool, client: Client, untraced: Callable[[], bool] = lambda: False) -> None:
        """Check these engines, and by `untraced` whether traces of reading cannot be written; nothing is checked yet."""
        self._untraced = untraced
        self._settings, self._pool, self._client = settings, pool, client
        self._lock = asyncio.Lock()
        self._latest: TTLCache[str, Vital] = TTLCache(1, _FRESH_S)
        self._answered: deque[tuple[float, bool]] = deque(maxlen=1000)
        self._disputed = False
        self._squatted = 0
        self.disk = Disk(Room.ENOUGH, 0, settings.data_dir)

    async def keep(self) -> None:
        """Watch the disk, everything for the metrics, and foreign workflows, until cancelled."""
        all_at = squatted_at = 0.0
        while True:
            await self.look()
            if time.monotonic() > all_at:
                all_at = time.monotonic() + _ALL_S
                await _swallow_faults(self.get_latest)
            if time.monotonic() > squatted_at:
                squatted_at = time.monotonic() + _SQUATTED_S
                await _swallow_faults(self.look_for_squatters)
            await pause(_DISK_S)

    async def look(self) -> Disk:
        """Check the disk now."""
        self.disk = await asyncio.to_thread(measure_disk, self._settings.data_dir, self._settings.reserve_mb)
        DISK_FREE.set(self.disk.free)
        DISK_ROOM.set(self.disk.room is not Room.NONE)
        return self.disk

    async def look_for_squatters(self) -> int:
        """Count matters whose workflow ids others hold; the last known count while an engine is away."""
        try:
            async with asyncio.timeout(_PATIENCE_S):
                held = await list_foreign_workflows(self._client, self._settings.task_queue, Kind)
                async with self._pool.connection() as connection:
                    numbers = {"numbers": [parse_workflow_id(each) for each in held]}
                    self._squatted = len(await fetch_all(connection, AT_WORK, numbers)) if held else 0
        except (RPCError, RuntimeError, TimeoutError, psycopg.Error) as error:
            if not (isinstance(error, TimeoutError) or temporal_away(error) or passing(error)):
                raise
        return self._squatted

    def forget(self) -> None:
        """Drop the cached result."""
        self._latest.clear()

    def check_room(self) -> None:
        """NoRoom where something would have to be written and the disk is full."""
        if self.disk.room is Room.NONE:
            raise NoRoom(retry_after=_RETRY_AFTER_S)

    def note_answer(self, status: int) -> None:
        """Note the status with which a step was answered; a full disk is no failed step."""
        self._answered.append((time.monotonic(), status >= 500 and self.disk.room is not Room.NONE))

    async def get_latest(self) -> Vital:
        """Health, at most a second old."""
        async with self._lock:
            vital = self._latest.get("")
            if vital is None:
                vital = self._latest[""] = await self._ask()
            return vital

    async def _ask(self) -> Vital:
        postgres, temporal, room = await asyncio.gather(answers(self._pool), self._temporal_answers(), self.look())
        alive = await self._count_living() if postgres else None
        worker, watchdog = _get_known(alive, "worker"), _get_known(alive, "watch")
        failing = self._failing()
        troubles = [
            *_list_blocking(postgres, temporal, worker, room.room, failing),
            *_list_impairing(
                watchdog, untraced=postgres and self._untraced(), disputed=postgres and self._disputed, squatted=self._squatted
            ),
        ]
        return Vital(
            status="up" if not troubles and watchdog == "up" else "degraded",
            engines={"postgres": "up" if postgres else "down", "temporal": "up" if temporal else "down"},
            worker=worker,
            watchdog=watchdog,
            disk=room.room,
            steps="failing" if failing else "carried-out",
            troubles=troubles,
        )

    async def _temporal_answers(self) -> bool:
        try:
            async with asyncio.timeout(_WAIT.total_seconds()):
                return await self._client.service_client.check_health(timeout=_WAIT)
        except (RPCError, RuntimeError, TimeoutError):
            return False

    async def _count_living(self) -> dict[str, int] | None:
        try:
            async with self._pool.connection() as connection:
                alive = await count_living(connection)
                self._disputed = (await read(connection)).disputed or await fetch_first(connection, _DISPUTED) is not None
        except psycopg.Error as error:
            if not passing(error):
                raise
            return None
        for name in ("worker", "watch"):
            PULSES.labels(name).set(alive.get(name, 0))
        return alive

    def _failing(self) -> bool:
        since = time.monotonic() - _STEPS_S
        lately = [failed for at, failed in self._answered if at > since]
        return sum(lately) >= _STEPS_FAILED and 2 * sum(lately) > len(lately)


async def _swallow_faults(duty: Callable[[], Awaitable[object]]) -> None:
    try:
        await duty()
    except Exception as error:  # noqa: BLE001 - the disk is looked at whatever else is wrong
        log.error("process.failed", error=error)


def _get_known(alive: dict[str, int] | None, process: str) -> Known:
    if alive is None:
        return "unknown"
    return "up" if alive.get(process) else "down"


def _list_blocking(postgres: bool, temporal: bool, worker: Known, room: Room, failing: bool) -> list[str]:
    """Why no step can be taken now, in the order in which somebody would repair it."""
    troubles: list[str] = []
    if room is Room.NONE:
        troubles.append("磁盘空间不足，暂不能办理步骤，查阅不受影响；请系统管理员腾出空间，腾出后自动恢复")
    if not postgres:
        troubles.append("数据库没有应答，暂不能查阅和办理，恢复后自动继续")
    elif not temporal:
        troubles.append("编排引擎没有应答，暂不能办理步骤，查阅不受影响，恢复后自动继续")
    elif worker == "down":
        troubles.append("工作进程没有应答，暂不能办理步骤，查阅不受影响，恢复后自动继续")
    elif failing and not troubles:
        troubles.append("近半分钟内多数步骤未能办成，请稍后以同一内容重试；请系统管理员查看运行状况")
    return troubles


def _list_impairing(watchdog: Known, *, untraced: bool, disputed: bool, squatted: int) -> list[str]:
    """What fails beside the steps."""
    troubles = {
        "守望进程没有应答，预警和催办暂不发出，恢复后补发，期限照常计算；请系统管理员查看运行状况": watchdog == "down",
        "查阅记录暂时不能写入，封存案卷暂不能查阅，其他查阅不受影响，恢复后自动补记": untraced,
        "有进程的时钟与数据库相差超过一秒，该进程已停止响铃；请系统管理员校时，校准后自动恢复": disputed,
        f"{squatted}件事项的流程被占用，办理下一步时自动收回；请系统管理员执行 louke resume，并查明何人能够连接 Temporal": squatted
        > 0,
    }
    return [sentence for sentence, holds in troubles.items() if holds]


router = APIRouter()


@router.get("/api/health", dependencies=declare_untraced("the state of the system"), tags=["系统"], summary="系统是否正常")
async def get_health(request: Request) -> Vital:
    """What works now: always 200, for the API itself does."""
    vitals: HealthMonitor = request.app.state.ctx.health
    return await vitals.get_latest()
