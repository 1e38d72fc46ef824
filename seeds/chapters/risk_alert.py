"""What somebody finds wrong in a matter (风险提示), and what becomes of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from seeds.acts import Act, build_ages
from seeds.chapters.incident import handled
from seeds.script import ALERT, INCIDENT, Cast, Move
from seeds.spans import hours
from seeds.stories import Outcome

ANSWER: Final = "order"  # the order that answers the alert


def raised(s: Cast, at: datetime, severity: str = "yellow") -> Iterator[Move]:
    """Looking through the incidents of the day, the supervisor finds at `at` one that nobody has registered."""
    yield from handled(s, at - hours(3))
    found = {"severity": severity, "topic": "接报案登记不及时", "what": "现场处置完毕，未见受案登记和回执，依据：处置记录。"}
    yield s.supervisor(ALERT, "report-problem", at, **found).open_as(ALERT).name_as(INCIDENT)


def checking(s: Cast, at: datetime, severity: str = "yellow") -> Iterator[Move]:
    """Whoever manages the cases has taken it up."""
    yield from raised(s, at - hours(0.5), severity)
    yield s.custodian(ALERT, "acknowledge-alert", at)


def reminded(s: Cast, at: datetime) -> Iterator[Move]:
    """The officer was reminded."""
    yield from checking(s, at - hours(0.5))
    yield s.custodian(ALERT, "remind-officer", at, words="请尽快登记接报案。", expected="登记接报案，出具受案回执")


def closed(s: Cast, at: datetime) -> Iterator[Move]:
    """And did it."""
    yield from reminded(s, at - hours(3))
    yield s.officer(INCIDENT, "register-report", at - hours(1), receipt=True)
    yield s.custodian(ALERT, "close-alert", at, result="已补录登记，受案回执已交报案人。", cause="连续出警。")


def dismissed(s: Cast, at: datetime) -> Iterator[Move]:
    """It was registered on paper, and calls for nothing."""
    yield from checking(s, at - hours(1))
    said = {"ground": "已依法处理", "explanation": "受案登记表已于当日填写，回执存根在派出所内勤处，核对无误。"}
    yield s.custodian(ALERT, "dismiss-alert", at, relied_on="纸质受案登记表", **said)


def ordered(s: Cast, at: datetime) -> Iterator[Move]:
    """What is graver is ordered to be put right."""
    yield from checking(s, at - hours(1), "orange")
    said = {"problem": "现场处置完毕后仍未登记接报案。", "demand": "立即补录登记并出具受案回执。"}
    yield s.custodian(ALERT, "issue-order", at, **said).open_as(ANSWER)


ACTS: Final = (
    Act("风险提示待签收", raised, Outcome.DISPUTE, build_ages(hours(2))),
    Act("风险提示核查中", checking, Outcome.ADMIN, build_ages(hours(1))),
    Act("风险提示已提醒", reminded, Outcome.DISPUTE, build_ages(hours(2))),
    Act("风险提示办结", closed, Outcome.DISPUTE, build_ages(hours(30))),
    Act("风险提示排除", dismissed, Outcome.DISPUTE, build_ages(hours(40))),
    Act("风险提示转整改", ordered, Outcome.ADMIN, build_ages(hours(4))),
)
