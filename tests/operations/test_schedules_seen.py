"""Whoever looks at three in the morning sees of each work at intervals when it was done last, what is wrong with it and what to do."""

from datetime import datetime, timedelta

from temporalio.client import WorkflowExecutionStatus as Status

from api.health_checks.finding import Level
from api.health_checks.schedules import Seen, Work, judge_work
from law.calendar import SHANGHAI
from tests.tables import table

WORK = Work("清除查阅记录", "超过保存期的查阅记录没有清除", "工作进程日志 forget-readings")
NOW = datetime(2026, 11, 30, 3, 0, tzinfo=SHANGHAI)
HOUR = timedelta(hours=1)


def at(hour: int, minute: int) -> datetime:
    return NOW.replace(hour=hour, minute=minute)


def seen(began: datetime | None, ended: datetime | None = None, status: Status | None = None, paused: str | None = None) -> Seen:
    return Seen(paused, HOUR, NOW - timedelta(days=9), began, ended, status)


SEEN: list[tuple[Seen, Level, str, str]] = [
    (
        seen(at(2, 5), at(2, 6), Status.COMPLETED),
        Level.WELL,
        "每小时一次，上次2026-11-30 02:05开始、2026-11-30 02:06结束",
        "",
    ),
    # On a busy machine the next begins some minutes later.
    (seen(at(1, 50), at(1, 51), Status.COMPLETED), Level.WELL, "每小时一次", ""),
    (seen(at(2, 5), None, Status.RUNNING), Level.WELL, "上次2026-11-30 02:05开始", ""),
    (seen(at(2, 5), at(2, 6), Status.FAILED), Level.LOOK, "没有办成；超过保存期的查阅记录没有清除", "forget-readings"),
    (seen(at(0, 5), at(0, 6), Status.COMPLETED), Level.LOOK, "已迟1小时55分钟", "编排引擎"),
    (seen(None), Level.LOOK, "设定以来还没有进行过，已迟", "编排引擎"),
    (seen(at(1, 5), None, Status.RUNNING), Level.LOOK, "至今没有完成", "看工作进程是否在运行"),
    (seen(at(2, 5), at(2, 6), Status.COMPLETED, "升级期间"), Level.LOOK, "已暂停（升级期间）", "恢复"),
]


@table(("told", "level", "words", "remedy"), SEEN)
def test_what_is_wrong_with_a_work_at_intervals_is_said_with_what_to_do(told: Seen, level: Level, words: str, remedy: str) -> None:
    found = judge_work(WORK, told, NOW)
    assert (found.level, words in found.words, remedy in found.remedy) == (level, True, True), found
