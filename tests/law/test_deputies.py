"""A deputy of a county congress or above is not touched without its leave, by whomever; and whoever is touched all the same is let go at once."""

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from tests.law.log import Log

LIFT = "deputy-measure-lift"


@pytest.fixture
def deputy() -> Log:
    """Caught in the act and detained, and known to be a deputy."""
    log = (
        Log()
        .add(Fact.CASE_FILED, "2026-02-28 10:00", about="case/1")
        .add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00", reason="现行犯")
    )
    return log.add(Fact.FOUND_DEPUTY, "2026-03-01 12:00")


@pytest.mark.parametrize("fact", [Fact.ARREST_REQUESTED, Fact.ARREST_APPROVED, Fact.ARREST_EXECUTED])
def test_a_known_deputy_is_not_arrested_without_leave(deputy: Log, fact: Fact, calendar: Calendar) -> None:
    if fact is Fact.ARREST_APPROVED:
        deputy.add(Fact.ARREST_REQUESTED, "2026-03-02 10:00")
    if fact is Fact.ARREST_EXECUTED:
        deputy.add(Fact.ARREST_REQUESTED, "2026-03-02 10:00").add(Fact.ARREST_APPROVED, "2026-03-03 10:00")
    against = deputy.asked(calendar, fact, "2026-03-03 12:00")
    assert against and "人大代表" in against.detail and "暂缓执行" in against.detail
    deputy.add(Fact.DEPUTY_PERMISSION_GRANTED, "2026-03-03 11:00")
    assert deputy.asked(calendar, fact, "2026-03-03 12:00") is None


def test_no_prior_detention_of_a_known_deputy_without_leave(calendar: Calendar) -> None:
    log = Log().add(Fact.CASE_FILED, "2026-02-28 10:00", about="case/1").add(Fact.FOUND_DEPUTY, "2026-03-01 12:00")
    against = log.asked(calendar, Fact.PRIOR_DETENTION_EXECUTED, "2026-03-02 12:00")
    assert against and "人大代表" in against.detail


def test_whoever_was_arrested_though_known_as_a_deputy_is_to_be_let_go(deputy: Log, calendar: Calendar) -> None:
    assert deputy.clocks(calendar, LIFT) == []
    clock = deputy.add(Fact.ARREST_EXECUTED, "2026-03-05 12:00").clock(calendar, LIFT)
    assert clock.state is ClockState.RUNNING
    assert deputy.add(Fact.PERSON_RELEASED, "2026-03-05 12:30").clock(calendar, LIFT).state is ClockState.MET
