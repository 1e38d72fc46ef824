"""Joint tasks (协同任务): the desk asks another unit for something while an incident is being dealt with, each left at another stage."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from law.offices import Office
from seeds.acts import Act, build_ages
from seeds.bureau import list_holders
from seeds.chapters.incident import handled
from seeds.script import INCIDENT, Cast, Move, User
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome

TASK: Final = "joint-task"
_UNIT: Final = "traffic"


def _get_doer(s: Cast) -> User:
    """Who takes it up at the traffic brigade."""
    people = list_holders(_UNIT, Office.CASE_OFFICER)
    person = people[len(s.story.place) % len(people)]
    return User(person.username, person.zh)


def issued(s: Cast, at: datetime) -> Iterator[Move]:
    """The desk asks at `at` that the roads around be looked at."""
    yield from handled(s, at - minutes(20))
    said = {"sort": "patrol", "unit": _UNIT, "area": s.story.place, "disclose": ["place", "kind"], "term": "4 hour"}
    what = "在周边道路查找当事人乘坐的车辆，发现后先行拦停、报告指挥中心。"
    issuing = s.desk(TASK, "open-joint-task", at, what=what, **said)
    yield issuing.open_as(TASK).name_as(INCIDENT)


def under_way(s: Cast, at: datetime) -> Iterator[Move]:
    """And the brigade has signed for it by `at`."""
    yield from issued(s, at - minutes(15))
    yield _get_doer(s)(TASK, "sign-joint-task", at - minutes(10), people=4)
    yield _get_doer(s)(TASK, "update-joint-task", at, said="已在两处路口设卡查找。", place="人民路与环城路口")


def reported(s: Cast, at: datetime) -> Iterator[Move]:
    """And says at `at` what came of it."""
    yield from under_way(s, at - hours(1))
    yield _get_doer(s)(TASK, "report-joint-task", at, outcome="clue", said="卡口拍到车辆向东出城，已通报沿途单位。")


def returned(s: Cast, at: datetime) -> Iterator[Move]:
    """Which is not enough."""
    yield from reported(s, at - hours(1))
    yield s.desk(TASK, "return-joint-task", at, reason="请沿出城方向继续查找。", term="2 hour")


def closed(s: Cast, at: datetime) -> Iterator[Move]:
    """Or is what was asked."""
    yield from reported(s, at - hours(1))
    yield s.desk(TASK, "accept-joint-task", at)


def declined(s: Cast, at: datetime) -> Iterator[Move]:
    """The brigade cannot do it."""
    yield from issued(s, at - minutes(8))
    yield _get_doer(s)(TASK, "decline-joint-task", at, why="no-people", said="全部警力在处置高速公路事故。")


def cancelled(s: Cast, at: datetime) -> Iterator[Move]:
    """It is needed no more."""
    yield from under_way(s, at - hours(1))
    yield s.desk(TASK, "cancel-joint-task", at, reason="车辆已由派出所找到。")


ACTS: Final = (
    Act("协同任务待签收", issued, Outcome.HELP, build_ages(minutes(12))),
    Act("协同任务执行中", under_way, Outcome.HELP, build_ages(minutes(40))),
    Act("协同任务已反馈", reported, Outcome.HELP, build_ages(hours(1))),
    Act("协同任务退回", returned, Outcome.HELP, build_ages(minutes(50))),
    Act("协同任务已办结", closed, Outcome.HELP, build_ages(days(1))),
    Act("协同任务不能执行", declined, Outcome.HELP, build_ages(hours(6))),
    Act("协同任务已撤销", cancelled, Outcome.HELP, build_ages(hours(9))),
)
