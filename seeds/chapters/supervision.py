"""What several offices watch together (督办), and what becomes of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import Act, build_ages
from seeds.chapters.incident import handled
from seeds.script import INCIDENT, Cast, Move
from seeds.spans import days, hours
from seeds.stories import Outcome

WATCH: Final = "supervision"
_SAID: Final = {
    "level": "station",
    "category": "301",
    "reason": "处警后久未登记，当事人多次来电。",
    "members": ["case-management-officer", "station-head", "legal-reviewer"],
    "lead": "legal-reviewer",
    "conditions": ["not-overdue"],
}


def proposed(s: Cast, at: datetime) -> Iterator[Move]:
    """The case-management centre proposes it at `at`."""
    yield from handled(s, at - days(3))
    yield s.custodian(WATCH, "open-supervision", at, **_SAID).open_as(WATCH).name_as(INCIDENT)


def refused(s: Cast, at: datetime) -> Iterator[Move]:
    """And the legal department does not take it up."""
    yield from proposed(s, at - hours(5))
    yield s.legal(WATCH, "decide-supervision", at, adopted=False, reason="已经登记，不再督办。")


def signing(s: Cast, at: datetime) -> Iterator[Move]:
    """It is taken up at `at`, and waits for the signature of whoever leads."""
    yield from proposed(s, at - hours(5))
    yield s.legal(WATCH, "decide-supervision", at, adopted=True, reason="确有必要。")


def reported(s: Cast, at: datetime) -> Iterator[Move]:
    """Two have signed, and the unit has reported at `at`."""
    yield from signing(s, at - hours(20))
    yield s.legal(WATCH, "lead-supervision", at - hours(19), office="legal-reviewer", words="登记与受案")
    yield s.unit_head(WATCH, "join-supervision", at - hours(18), office="station-head", words="每日过问")
    yield s.custodian(WATCH, "join-supervision", at - hours(18), office="case-management-officer", words="核对登记")
    yield s.officer(WATCH, "report-progress", at, done="已联系报案人。", why_none="报案人次日到所")


def asked(s: Cast, at: datetime) -> Iterator[Move]:
    """The unit asks at `at` that it be lifted."""
    yield from reported(s, at - hours(20))
    yield s.officer(WATCH, "ask-to-lift", at, conditions=["not-overdue"], proof="已登记并出具受案回执。")


def lifted(s: Cast, at: datetime) -> Iterator[Move]:
    """And two people lift it."""
    yield from asked(s, at - hours(6))
    yield s.legal(WATCH, "lift-supervision", at - hours(2), result="已登记受案。", unproved="以受案回执为准")
    yield s.custodian(WATCH, "confirm-lift", at)


ACTS: Final = (
    Act("拟督办", proposed, Outcome.ADMIN, build_ages(hours(4))),
    Act("督办未采纳", refused, Outcome.ADMIN, build_ages(days(2))),
    Act("督办会签", signing, Outcome.ADMIN, build_ages(hours(3))),
    Act("督办中", reported, Outcome.ADMIN, build_ages(hours(2))),
    Act("督办解除审查", asked, Outcome.ADMIN, build_ages(hours(2))),
    Act("督办解除", lifted, Outcome.ADMIN, build_ages(days(1))),
)
