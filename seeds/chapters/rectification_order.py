"""What a supervisor orders to be put right (整改指令单), and what becomes of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import Act, Length, ago, ladder
from seeds.chapters.incident import handled
from seeds.chapters.public_order_case import fined
from seeds.script import INCIDENT, OFFENCE, ORDER, Cast, Move
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
        .opening(ORDER)
        .naming(INCIDENT)
    )


def reported(s: Cast, at: datetime) -> Iterator[Move]:
    """Put right and reported so at `at`; the supervisor has yet to look."""
    yield from ordered(s, at - hours(22))
    yield s.officer(ORDER, "sign-rectification", at - hours(20))
    yield s.officer(INCIDENT, "register-report", at - hours(19), receipt=True)
    yield s.officer(ORDER, "report-rectification", at, done="已补录登记，受案回执交报案人签收。", cause="连续出警，交接时遗漏。")


def verified(s: Cast, at: datetime) -> Iterator[Move]:
    """And the supervisor found it so."""
    yield from reported(s, at - hours(18))
    yield s.supervisor(ORDER, "verify-rectification", at)


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
        .opening(ORDER)
        .naming(OFFENCE)
    )
    yield s.officer(ORDER, "sign-rectification", at - days(2) + hours(3))
    yield s.officer(ORDER, "report-rectification", at - hours(4), done="已电话通知被处罚人到所领取。", cause="被处罚人外出务工。")
    yield s.supervisor(ORDER, "return-rectification", at, reason="电话通知不是送达，须直接送达或者依法采取其他方式送达。")


ACTS: Final = (
    Act("整改指令待签收", ordered, Outcome.ADMIN, ladder(yellow=hours(20)), Length(days(3))),
    Act("整改待核查", reported, Outcome.DISPUTE, ago(hours(9))),
    Act("整改销号", verified, Outcome.ADMIN, ago(days(3))),
    Act("退回重新整改", returned, Outcome.ADMIN, ladder(none=hours(52)), Length(days(3))),
)
