"""What a supervisor orders to be put right (整改指令单), and what becomes of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import Act, Length, build_ages, build_ladder_ages
from seeds.chapters.incident import handled
from seeds.chapters.public_order_case import fined
from seeds.script import AGREED, INCIDENT, OFFENCE, ORDER, Cast, Move, approve_request
from seeds.spans import days, hours
from seeds.stories import Outcome


def ordered(s: Cast, at: datetime) -> Iterator[Move]:
    """A report still not registered a day and more after the scene was handled (three days to put it right)."""
    yield from handled(s, at - hours(31))
    yield (
        s.supervisor(
            ORDER,
            "open-rectification-order",
            at,
            problem="现场处置完毕后超过二十四小时仍未登记接报案。",
            demand="立即补录登记并出具受案回执，说明超时原因。",
        )
        .open_as(ORDER)
        .name_as(INCIDENT)
    )


def reported(s: Cast, at: datetime) -> Iterator[Move]:
    """Put right and reported so at `at`; the supervisor has yet to look."""
    yield from ordered(s, at - hours(22))
    yield s.officer(ORDER, "sign-rectification", at - hours(20))
    yield s.officer(INCIDENT, "register-report", at - hours(19), receipt=True)
    yield s.officer(ORDER, "report-rectification", at, done="已补录登记，受案回执交报案人签收。", cause="连续出警，交接时遗漏。")


def returned(s: Cast, at: datetime) -> Iterator[Move]:
    """A decision served too late: what was reported did not satisfy, and is to be done again from `at` (three days)."""
    yield from fined(s, at - days(6))
    yield (
        s.supervisor(
            ORDER,
            "open-rectification-order",
            at - days(2),
            problem="处罚决定作出后超过二日仍未送达被处罚人。",
            demand="依法送达处罚决定书，附送达回证。",
        )
        .open_as(ORDER)
        .name_as(OFFENCE)
    )
    yield s.officer(ORDER, "sign-rectification", at - days(2) + hours(3))
    yield s.officer(ORDER, "report-rectification", at - hours(4), done="已电话通知被处罚人到所领取。", cause="被处罚人外出务工。")
    yield s.supervisor(ORDER, "return-rectification", at, reason="电话通知不是送达，须直接送达或者依法采取其他方式送达。")


def _grave(s: Cast, at: datetime) -> Iterator[Move]:
    """What was recorded at the scene is missing: an orange order of the case-management centre, with two things to be seen."""
    yield from handled(s, at - hours(31))
    yield (
        s.custodian(
            ORDER,
            "open-rectification-order",
            at,
            category="109",
            severity="orange",
            problem="现场执法视音频没有关联到警情。",
            demand="补传并关联视音频，说明未按时上传的原因。",
            demands=[
                {"what": "关联现场执法视音频", "seen_by": "entry"},
                {"what": "说明未按时上传的原因", "seen_by": "explanation"},
            ],
        )
        .open_as(ORDER)
        .name_as(INCIDENT)
    )


def lived(s: Cast, at: datetime) -> Iterator[Move]:
    """An orange order through its whole life: signed for, reported on by leave of the head, looked at one by one, closed at `at`."""
    yield from _grave(s, at - hours(30))
    yield s.unit_head(ORDER, "sign-rectification", at - hours(29), doer=s.officer.username)
    answers = [
        {"demand": 1, "result": "done", "words": "已补传并关联"},
        {"demand": 2, "result": "done", "words": "记录仪更换后未及时登记"},
    ]
    report = s.officer(
        ORDER, "report-grave-rectification", at - hours(6), done="已补传并关联视音频。", answers=answers, cause_kind="careless"
    )
    yield from approve_request(report, s.unit_head, at - hours(5))
    looked_at = [{"demand": 1, "checked": True}, {"demand": 2, "checked": True}]
    yield s.custodian(ORDER, "verify-rectification", at, findings=looked_at, quality=4)


def objected(s: Cast, at: datetime) -> Iterator[Move]:
    """The head of the unit objects to one at `at`; the legal department has yet to decide."""
    yield from _grave(s, at - hours(20))
    statement = "当日该警情由增援单位记录，视音频在其处。"
    yield s.unit_head(ORDER, "appeal-rectification", at, ground="not-ours", statement=statement)


def impossible(s: Cast, at: datetime) -> Iterator[Move]:
    """The recording is gone for good; so the order ended at `at`, put right it is not."""
    yield from _grave(s, at - hours(30))
    yield s.officer(ORDER, "sign-rectification", at - hours(29))
    why = {"why": "视音频保存期内已被覆盖，无法恢复。", "consequence": "不以该视音频作为依据，另取询问笔录。"}
    yield from approve_request(s.officer(ORDER, "declare-unrectifiable", at - hours(4), **why), s.legal, at - hours(2))
    yield s.county_head(ORDER, "approve", at, request="declare-unrectifiable", opinion=AGREED)


ACTS: Final = (
    Act("整改指令待签收", ordered, Outcome.ADMIN, build_ladder_ages(yellow=hours(14)), Length(days(1))),
    Act("橙色整改指令销号", lived, Outcome.DISPUTE, build_ages(days(1))),
    Act("整改指令异议审查", objected, Outcome.DISPUTE, build_ages(hours(5))),
    Act("无法整改", impossible, Outcome.DISPUTE, build_ages(days(2))),
    Act("整改待核查", reported, Outcome.DISPUTE, build_ages(hours(9))),
    Act("退回重新整改", returned, Outcome.ADMIN, build_ladder_ages(none=hours(52)), Length(days(3))),
)
