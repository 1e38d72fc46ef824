"""People missing (失联人员): six searches, from the report to their end: found, not wishing to be found, dead, a case, long, none."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from law.offices import Office
from seeds.acts import Act, build_ages
from seeds.bureau import list_holders
from seeds.script import CASE, Cast, Move, User, approve_request
from seeds.spans import days, hours, minutes
from seeds.stories import Outcome

SEARCH: Final = "missing-person"
_TOLD: Final = {
    "reporter": "张海",
    "relation": "丈夫",
    "reporter_phone": "13900007001",
    "appearance": "身高一米六，短发，红色外套，本地口音",
}
_TASKS: Final = (("patrol", "traffic"), ("video", "command"), ("telecom", "criminal"), ("rescue", "command"), ("neighbour", ""))


def _get_commander() -> User:
    (person, *_) = list_holders("command", Office.DUTY_COMMANDER)
    return User(person.username, person.zh)


def _ask(s: Cast, many: int) -> list[dict[str, str]]:
    return [{"sort": sort, "unit": unit or s.unit_id, "term": "4 hour"} for sort, unit in _TASKS[:many]]


def reported(s: Cast, at: datetime, **said: object) -> Iterator[Move]:
    """A husband says at `at` that his wife cannot be reached."""
    form = {
        "name": "龙佳怡",
        "sex": "女",
        "age": 34,
        "last_seen_at": (at - hours(10)).isoformat(),
        "last_seen_place": s.story.place,
        "circumstances": "早上出门上班后电话不通，单位称未到岗。",
        "health": ["none"],
        "phones": ["13900007002"],
        "unit": s.unit_id,
    }
    yield s.desk(SEARCH, "open-missing-person", at, **_TOLD | form | said).open_as(SEARCH)


def searching(s: Cast, at: datetime) -> Iterator[Move]:
    """The search began, and is looked at hour by hour up to `at`."""
    begun = at - hours(2)
    yield from reported(s, begun - minutes(8))
    yield s.officer(SEARCH, "confirm-grade", begun - minutes(4), grade="normal", reasons="成年人，没有危险情形。")
    yield s.officer(SEARCH, "start-search", begun, tasks=_ask(s, 2))
    yield s.officer(SEARCH, "add-clue", begun + minutes(30), source="公交监控", place="东河桥站", said="晨间在东河桥站下车。")
    for hour in (1, 2):
        done, then = "已查看沿线监控。", "继续查找东河沿岸。"
        yield _get_commander()(SEARCH, "review-search", begun + hours(hour), done=done, next=then, people_out=6)


def found(s: Cast, at: datetime) -> Iterator[Move]:
    """And she is found at `at`."""
    yield from searching(s, at - hours(1))
    said = {"place": "东河桥下步道", "state": "well", "how": "patrol", "identity_by": "papers", "wishes": "consents"}
    yield s.officer(SEARCH, "find-person", at, **said)


def closed(s: Cast, at: datetime) -> Iterator[Move]:
    """Which the family confirms."""
    yield from found(s, at - hours(3))
    yield s.officer(SEARCH, "tell-reporter", at - hours(2), told="人已找到，平安，由家属接回。")
    yield s.officer(SEARCH, "confirm-closure", at, by="family", means="当面", cause="quarrel", prevention="告诫双方。")


def unwilling(s: Cast, at: datetime) -> Iterator[Move]:
    """Or she does not want him to know, and the file is sealed."""
    yield from searching(s, at - hours(3))
    said = {"place": "邻县旅馆", "state": "well", "how": "other-bureau", "identity_by": "papers", "wishes": "declines"}
    yield s.officer(SEARCH, "find-person", at - hours(1), **said)
    yield s.officer(SEARCH, "tell-reporter", at, violence=True)


def child(s: Cast, at: datetime) -> Iterator[Move]:
    """A child is gone: all five are asked at once, and a case is opened at `at`."""
    told = {"circumstances": "在商场走失，监护人转身后不见。", "appearance": "身高一米一，蓝色短袖，背恐龙书包", "phones": []}
    yield from reported(s, at - minutes(14), name="小宇", age=6, sex="男", relation="母亲", health=["autism"], **told)
    yield s.officer(SEARCH, "start-search", at - minutes(12), tasks=_ask(s, 5))
    said = {"ground": "child", "charge": "xf-262", "summary": "六岁儿童在商场走失，监护人转身后不见。"}
    yield s.officer(SEARCH, "find-suspected-crime", at, **said).open_as(CASE)


def dead(s: Cast, at: datetime) -> Iterator[Move]:
    """An old man is found dead, and his family is told at `at`."""
    told = {
        "circumstances": "清晨独自外出未归，不记得回家的路。",
        "appearance": "身高一米六五，白发，灰色外套，黑布鞋",
        "phones": [],
    }
    yield from reported(s, at - hours(12), name="何有田", age=82, sex="男", relation="儿子", health=["dementia"], **told)
    yield s.officer(SEARCH, "start-search", at - hours(12) + minutes(4), tasks=_ask(s, 5))
    said = {"place": "北山沟渠", "state": "dead", "how": "public", "identity_by": "family"}
    yield s.officer(SEARCH, "find-person", at - hours(4), **said)
    said = {"doctor": "县医院 陶医生", "cause": "accident", "identity_by": "papers-and-family"}
    yield from approve_request(s.officer(SEARCH, "record-missing-death", at - hours(3), **said), s.unit_head, at - hours(2))
    said = {"told": "儿子何建国", "officers": f"{s.officer.zh}、{s.companion.zh}", "words": "当面告知，安排家属辨认。"}
    yield s.officer(SEARCH, "tell-family-of-death", at, **said)


def long_gone(s: Cast, at: datetime) -> Iterator[Move]:
    """Or nobody finds her in forty days."""
    yield from searching(s, at - days(40))
    yield s.officer(SEARCH, "exclude-crime", at - days(39), findings="现场、通信、资金均无异常。")
    yield _get_commander()(SEARCH, "declare-long-term", at, findings="已查遍沿岸和常去地点。", plan="比对外地救助信息。")


def nobody(s: Cast, at: datetime) -> Iterator[Move]:
    """Nobody was missing: a creditor looks for his debtor."""
    yield from reported(s, at - hours(5), relation="债权人", circumstances="欠款到期后不接电话。")
    asking = s.officer(SEARCH, "report-false", at - hours(4), findings="本人正常上班，报告人为追讨欠款。")
    yield from approve_request(asking, s.unit_head, at)


def archived(s: Cast, at: datetime) -> Iterator[Move]:
    """And is put away."""
    yield from closed(s, at - days(1))
    yield s.custodian(SEARCH, "archive", at)


ACTS: Final = (
    Act("失联人员已接报", reported, Outcome.HELP, build_ages(minutes(3))),
    Act("失联人员查找中", searching, Outcome.HELP, build_ages(minutes(20))),
    Act("失联人员已找到", found, Outcome.HELP, build_ages(hours(2))),
    Act("失联人员已办结", closed, Outcome.HELP, build_ages(days(1))),
    Act("失联人员不愿告知去向", unwilling, Outcome.HELP, build_ages(hours(6))),
    Act("失联儿童已立案", child, Outcome.HELP, build_ages(hours(1))),
    Act("失联人员确认死亡", dead, Outcome.HELP, build_ages(hours(3))),
    Act("失联人员长期查找", long_gone, Outcome.HELP, build_ages(days(2))),
    Act("不属失联", nobody, Outcome.HELP, build_ages(days(1))),
    Act("失联人员已归档", archived, Outcome.HELP, build_ages(days(3))),
)
