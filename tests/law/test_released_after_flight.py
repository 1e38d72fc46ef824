"""Whoever must be released and breaks out first is released when caught: a flight from custody ends no duty towards them."""

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from tests.law.log import Log, at

REFUSED, REVOKED, CASE_OVER = "arrest-refused-release", "arrest-revoked-release", "case-over-release"
IMPROPER, INTERROGATION = "detention-improper-release", "criminal-detention-first-interrogation"


@pytest.fixture
def detained() -> Log:
    """In detention since 1 March 2026, 10:00, in a case that was filed."""
    return Log().add(Fact.CASE_FILED, "2026-02-28 10:00", about="case/1").add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00")


@pytest.fixture
def refused(detained: Log) -> Log:
    """Arrest is refused on 9 March, 10:00."""
    return detained.add(Fact.ARREST_REQUESTED, "2026-03-03 10:00").add(Fact.ARREST_REFUSED, "2026-03-09 10:00")


def _out_and_caught(log: Log, out: str, caught: str) -> Log:
    return log.add(Fact.PERSON_ESCAPED, out).add(Fact.PERSON_RECAPTURED, caught)


def test_a_refused_arrest_still_demands_release_of_whoever_broke_out_and_was_caught(refused: Log, calendar: Calendar) -> None:
    clock = _out_and_caught(refused, "2026-03-09 10:20", "2026-03-10 10:20").clock(calendar, REFUSED)
    assert clock.state is ClockState.RUNNING
    assert clock.rungs[-1].at == at("2026-03-10 11:00")  # of the hour twenty minutes were used up


def test_nobody_has_to_be_released_while_at_large(refused: Log, calendar: Calendar) -> None:
    clock = refused.add(Fact.PERSON_ESCAPED, "2026-03-09 10:20").clock(calendar, REFUSED)
    assert (clock.state, clock.overrun) == (ClockState.SUSPENDED, None)


def test_a_release_that_was_overdue_at_the_flight_stays_overdue(refused: Log, calendar: Calendar) -> None:
    log = _out_and_caught(refused, "2026-03-09 13:00", "2026-03-10 10:00")
    clock = log.clock(calendar, REFUSED)
    assert clock.state is ClockState.RUNNING
    assert clock.rungs[-1].at == at("2026-03-09 11:00")
    over = log.add(Fact.PERSON_RELEASED, "2026-03-10 10:05").clock(calendar, REFUSED)
    assert over.state is ClockState.MET_LATE
    assert over.overrun and over.overrun.until == at("2026-03-10 10:05")


def test_a_refusal_that_comes_during_the_flight_demands_release_when_they_are_caught(detained: Log, calendar: Calendar) -> None:
    log = detained.add(Fact.ARREST_REQUESTED, "2026-03-03 10:00").add(Fact.PERSON_ESCAPED, "2026-03-08 10:00")
    log.add(Fact.ARREST_REFUSED, "2026-03-09 10:00").add(Fact.PERSON_RECAPTURED, "2026-03-12 10:00")
    clock = log.clock(calendar, REFUSED)
    assert clock.state is ClockState.RUNNING
    assert clock.rungs[-1].at == at("2026-03-12 11:00")


def test_whoever_was_caught_after_a_refusal_is_not_arrested_before_being_let_go(refused: Log, calendar: Calendar) -> None:
    against = _out_and_caught(refused, "2026-03-09 10:20", "2026-03-10 10:20").asked(
        calendar, Fact.DETENTION_APPROVED, "2026-03-10 11:00"
    )
    assert against and against.limit == REFUSED


def test_a_revoked_approval_still_demands_release_after_a_flight(detained: Log, calendar: Calendar) -> None:
    log = detained.add(Fact.ARREST_APPROVED, "2026-03-05 10:00").add(Fact.ARREST_EXECUTED, "2026-03-05 11:00")
    log.add(Fact.ARREST_APPROVAL_REVOKED, "2026-03-09 10:00")
    assert _out_and_caught(log, "2026-03-09 10:30", "2026-03-09 18:30").clock(calendar, REVOKED).state is ClockState.RUNNING


def test_the_twelve_hours_of_an_improper_detention_go_on_after_a_flight(detained: Log, calendar: Calendar) -> None:
    log = detained.add(Fact.CUSTODY_FOUND_IMPROPER, "2026-03-02 10:00")
    clock = _out_and_caught(log, "2026-03-02 20:00", "2026-03-03 20:00").clock(calendar, IMPROPER)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-03-03 22:00"))


def test_whoever_broke_out_of_a_cancelled_case_and_is_caught_is_there_and_to_be_released(detained: Log, calendar: Calendar) -> None:
    log = detained.add(Fact.CASE_CANCELLED, "2026-03-05 10:00", about="case/1").add(Fact.PERSON_ESCAPED, "2026-03-05 13:00")
    assert log.asked(calendar, Fact.PERSON_RECAPTURED, "2026-03-06 10:00") is None
    clock = log.add(Fact.PERSON_RECAPTURED, "2026-03-06 10:00").clock(calendar, CASE_OVER)
    assert clock.state is ClockState.RUNNING
    assert clock.rungs[-1].at == at("2026-03-05 11:00")


def test_whoever_was_at_large_when_the_case_was_cancelled_is_released_when_caught(detained: Log, calendar: Calendar) -> None:
    log = detained.add(Fact.PERSON_ESCAPED, "2026-03-03 10:00").add(Fact.CASE_CANCELLED, "2026-03-05 10:00", about="case/1")
    clock = log.add(Fact.PERSON_RECAPTURED, "2026-03-06 10:00").clock(calendar, CASE_OVER)
    assert (clock.state, clock.started_at) == (ClockState.RUNNING, at("2026-03-06 10:00"))


def test_the_first_questioning_is_owed_after_a_flight_with_the_hours_that_were_left(detained: Log, calendar: Calendar) -> None:
    clock = _out_and_caught(detained, "2026-03-02 09:00", "2026-03-04 09:00").clock(calendar, INTERROGATION)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-03-04 10:00"))
