"""A mediation is permitted, has a day by which it is performed, and begins the time of the case anew only once it has stopped it."""

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from tests.law.log import Log, at

HANDLING, PERFORMANCE = "public-order-case-handling", "mediation-performance"


@pytest.fixture
def case() -> Log:
    """A case of 2 March 2026, to be handled by 1 April, in which mediation is permitted."""
    return Log("case/1").add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-02 09:00").add(Fact.MEDIATION_PERMITTED, "2026-03-03 09:00")


def test_nothing_is_mediated_before_the_head_of_the_unit_has_permitted_it(calendar: Calendar) -> None:
    log = Log("case/1").add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-02 09:00")
    for fact in (Fact.MEDIATION_TRIED, Fact.MEDIATION_AGREED):
        against = log.asked(calendar, fact, "2026-03-04 09:00")
        assert against and (against.slug, "批准治安调解" in against.detail) == ("law-forbids", True)


def test_an_attempt_that_failed_begins_nothing_anew(case: Log, calendar: Calendar) -> None:
    due = case.clock(calendar, HANDLING).due_at
    clock = (
        case.add(Fact.MEDIATION_TRIED, "2026-03-04 09:00").add(Fact.MEDIATION_FAILED, "2026-03-30 09:00").clock(calendar, HANDLING)
    )
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, due)


def test_an_agreement_that_is_not_kept_begins_the_time_anew(case: Log, calendar: Calendar) -> None:
    log = case.add(Fact.MEDIATION_AGREED, "2026-03-10 09:00", term="10 day").add(Fact.MEDIATION_FAILED, "2026-03-21 09:00")
    first, second = log.clocks(calendar, HANDLING)
    assert (first.state, second.state, second.due_at) == (ClockState.MET, ClockState.RUNNING, at("2026-04-20 23:59:59"))


def test_an_agreement_after_the_end_that_is_not_kept_leaves_the_case_overdue(case: Log, calendar: Calendar) -> None:
    due = case.clock(calendar, HANDLING).due_at
    clock = (
        case.add(Fact.MEDIATION_AGREED, "2026-05-10 09:00").add(Fact.MEDIATION_FAILED, "2026-05-21 09:00").clock(calendar, HANDLING)
    )
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, due)


def test_an_agreement_dated_back_and_entered_after_the_end_gives_no_new_time(case: Log, calendar: Calendar) -> None:
    due = case.clock(calendar, HANDLING).due_at
    case.add(Fact.MEDIATION_AGREED, "2026-03-08 09:00", entered="2026-06-10 09:00")
    assert case.clock(calendar, PERFORMANCE).due_at == at("2026-04-07 09:00")
    clock = case.add(Fact.MEDIATION_FAILED, "2026-06-11 09:00").clock(calendar, HANDLING)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, due)


def test_an_agreement_is_performed_within_what_it_says_and_thirty_days_at_most(case: Log, calendar: Calendar) -> None:
    against = case.asked(calendar, Fact.MEDIATION_AGREED, "2026-03-10 09:00", term="90 day")
    assert against and against.limit == PERFORMANCE
    clock = case.add(Fact.MEDIATION_AGREED, "2026-03-10 09:00", term="10 day").clock(calendar, PERFORMANCE)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-03-20 09:00"))
    assert case.add(Fact.MEDIATION_PERFORMED, "2026-03-18 09:00").clock(calendar, PERFORMANCE).state is ClockState.MET
