"""Whose identity is unknown from the beginning is counted from when it is known; what was served of a custody is never undone."""

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from tests.law.log import Log, at

CUSTODY, WATCH = "investigative-custody", "identity-unknown-watch"


@pytest.fixture
def arrested() -> Log:
    """In custody after an arrest on 10 March 2026."""
    return Log().add(Fact.ARREST_APPROVED, "2026-03-10 08:00").add(Fact.ARREST_EXECUTED, "2026-03-10 09:00")


def test_an_identity_said_to_be_unknown_weeks_after_the_arrest_is_refused(arrested: Log, calendar: Calendar) -> None:
    against = arrested.asked(calendar, Fact.IDENTITY_UNKNOWN, "2026-04-12 09:00")
    assert against and (against.slug, against.limit) == ("law-forbids", CUSTODY)
    assert arrested.asked(calendar, Fact.IDENTITY_UNKNOWN, "2026-03-11 09:00") is None


def test_one_entered_weeks_later_and_dated_back_to_the_arrest_is_refused(arrested: Log, calendar: Calendar) -> None:
    against = arrested.asked(calendar, Fact.IDENTITY_UNKNOWN, "2026-03-10 10:00", entered="2026-04-12 09:00")
    assert against and against.limit == CUSTODY


def test_an_identity_unknown_since_the_detention_puts_off_the_custody(calendar: Calendar) -> None:
    log = Log().add(Fact.DETENTION_EXECUTED, "2026-03-01 09:00").add(Fact.IDENTITY_UNKNOWN, "2026-03-02 09:00")
    log.add(Fact.ARREST_EXECUTED, "2026-03-10 09:00")
    assert log.clock(calendar, CUSTODY).state is ClockState.NOT_STARTED


def test_what_a_record_says_too_late_of_an_identity_puts_nothing_off(arrested: Log, calendar: Calendar) -> None:
    before = arrested.clock(calendar, CUSTODY).due_at
    clock = arrested.add(Fact.IDENTITY_UNKNOWN, "2026-04-12 09:00").clock(calendar, CUSTODY)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, before)


def test_an_established_identity_is_not_unknown_at_a_second_arrest(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.IDENTITY_UNKNOWN, "2026-03-10 10:00").add(Fact.IDENTITY_ESTABLISHED, "2026-03-20 09:00")
    arrested.add(Fact.PERSON_RELEASED, "2026-04-01 09:00").add(Fact.ARREST_EXECUTED, "2026-05-01 09:00")
    against = arrested.asked(calendar, Fact.IDENTITY_UNKNOWN, "2026-05-01 10:00")
    assert against and "查清" in against.detail


def test_while_no_custody_is_counted_somebody_is_asked_who_the_person_is(arrested: Log, calendar: Calendar) -> None:
    log = arrested.add(Fact.IDENTITY_UNKNOWN, "2026-03-10 10:00")
    watch = log.clock(calendar, WATCH)
    assert (watch.state, watch.rungs[0].at) == (ClockState.RUNNING, at("2026-03-17 10:00"))
    assert log.add(Fact.IDENTITY_ESTABLISHED, "2026-03-20 09:00").clock(calendar, WATCH).state is ClockState.MET
