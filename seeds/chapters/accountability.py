"""What follows for people of the bureau (责任线索): they are heard, spoken to, let be or referred, and may object."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import Act, build_ages
from seeds.chapters.incident import handled
from seeds.script import Cast, Move
from seeds.spans import days, hours
from seeds.stories import Outcome

LEAD: Final = "accountability"


def registered(s: Cast, at: datetime, way: str = "talk") -> Iterator[Move]:
    """A call was registered late for the third time; the supervisor registers a lead at `at`."""
    yield from handled(s, at - days(2))
    said = {"way": way, "category": "107", "problem": "九十日内第三次接警后未如实登记反馈，经核查属实。"}
    yield s.supervisor(LEAD, "register-lead", at, person=s.officer.username, unit=s.unit_id, **said).open_as(LEAD)


def heard(s: Cast, at: datetime) -> Iterator[Move]:
    """The officer has said their part, and was heard at `at`."""
    yield from registered(s, at - days(1))
    yield s.officer(LEAD, "state-own-part", at - hours(4), statement="当晚值班警力不足，连续处警六起，次日补录时有遗漏。")
    said = "属实。当晚连续处警，次日补录有遗漏，今后当场登记。"
    yield s.unit_head(LEAD, "hear-person", at, place="所队会议室", shown=["整改指令单", "处警反馈记录"], statement=said)


def opined(s: Cast, at: datetime, opinion: str = "flaw") -> Iterator[Move]:
    """And the legal department has given its opinion at `at`."""
    yield from heard(s, at - days(1))
    part = {"extent": "full", "role": "direct"} if opinion != "none" else {}
    yield s.legal(LEAD, "opine-fault", at, opinion=opinion, reasons="登记迟延，未影响处理结果，已经补正。", **part)


def talked(s: Cast, at: datetime) -> Iterator[Move]:
    """Two people have spoken to them at `at`."""
    yield from opined(s, at - hours(20))
    yield s.unit_head(
        LEAD,
        "hold-talk",
        at,
        place="所队会议室",
        talkers=[s.unit_head.username, s.supervisor.username],
        facts_put="九十日内三次未如实登记反馈。",
        promises="今后接警、处警、反馈当场登记，每周自查一次。",
        review_on=f"{at + days(60):%Y-%m-%d}",
    )


def objected(s: Cast, at: datetime) -> Iterator[Move]:
    """And they object at `at`."""
    yield from talked(s, at - days(1))
    yield s.officer(LEAD, "appeal-accountability", at, statement="其中一次系统中断，无法登记，请求不计入。")


def maintained(s: Cast, at: datetime) -> Iterator[Move]:
    """Which the head of the bureau does not follow, at `at`."""
    yield from objected(s, at - days(1))
    yield s.county_head(LEAD, "decide-lead-appeal", at, result="maintained", reasons="系统中断当日另有手工登记要求，未予登记。")


def referred(s: Cast, at: datetime) -> Iterator[Move]:
    """What may be a breach of discipline is referred at `at`."""
    yield from registered(s, at - hours(5), way="referral")
    sent = {"organ": "inspection", "name": "警务督察大队", "materials": ["整改指令单", "处警反馈记录"]}
    yield s.supervisor(LEAD, "refer-lead", at, **sent)


def let_be(s: Cast, at: datetime) -> Iterator[Move]:
    """Nobody answers for it, as is found at `at`."""
    yield from opined(s, at - hours(3), opinion="none")
    yield s.unit_head(LEAD, "find-no-fault", at, reasons="系统中断属实，恢复后当日已补录，没有过错。")


def closed(s: Cast, at: datetime) -> Iterator[Move]:
    """And the lead is closed at `at`."""
    yield from talked(s, at - days(12))
    kept = {"outcome": "talked", "decided_on": f"{at - days(12):%Y-%m-%d}", "organ": "办案部门"}
    yield s.unit_head(LEAD, "close-accountability", at, **kept)


ACTS: Final = (
    Act("责任线索待听取说明", registered, Outcome.ADMIN, build_ages(hours(6))),
    Act("责任线索待法制意见", heard, Outcome.ADMIN, build_ages(hours(5))),
    Act("责任线索待处理", opined, Outcome.ADMIN, build_ages(hours(4))),
    Act("责任线索异议审查", objected, Outcome.ADMIN, build_ages(hours(3))),
    Act("责任线索异议已审查", maintained, Outcome.ADMIN, build_ages(hours(2))),
    Act("责任线索移送", referred, Outcome.ADMIN, build_ages(hours(20))),
    Act("责任线索不予追究", let_be, Outcome.ADMIN, build_ages(days(1))),
    Act("责任线索办结", closed, Outcome.ADMIN, build_ages(days(1))),
)
