"""Whoever's family cannot be told yet is not forgotten: it is asked whether the obstacle is gone, and then the family is told at once."""

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from tests.law.log import Log

ARREST, WATCH, AFTER = "arrest-family-notice", "family-notice-obstacle-watch", "family-notice-after-obstacle"


@pytest.fixture
def detained() -> Log:
    """In detention since 1 March 2026, 10:00."""
    return Log().add(Fact.CASE_FILED, "2026-02-28 10:00", about="case/1").add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00")


def test_what_hinders_the_investigation_excuses_no_silence_about_an_arrest(detained: Log, calendar: Calendar) -> None:
    assert detained.asked(calendar, Fact.FAMILY_NOTICE_EXCUSED, "2026-03-01 12:00", reason="有碍侦查") is None
    arrested = detained.add(Fact.ARREST_APPROVED, "2026-03-05 10:00").add(Fact.ARREST_EXECUTED, "2026-03-05 11:00")
    against = arrested.asked(calendar, Fact.FAMILY_NOTICE_EXCUSED, "2026-03-05 12:00", reason="有碍侦查")
    assert against and (against.slug, against.field) == ("law-forbids", "reason")
    assert arrested.asked(calendar, Fact.FAMILY_NOTICE_EXCUSED, "2026-03-05 12:00", reason="无法通知") is None


def test_while_a_family_cannot_be_told_somebody_is_asked_whether_it_can(detained: Log, calendar: Calendar) -> None:
    log = detained.add(Fact.FAMILY_NOTICE_EXCUSED, "2026-03-01 12:00", reason="无法通知")
    assert log.clock(calendar, WATCH).state is ClockState.RUNNING
    log.add(Fact.NOTICE_OBSTACLE_ENDED, "2026-03-08 12:00")
    assert (log.clock(calendar, WATCH).state, log.clock(calendar, AFTER).state) == (ClockState.MET, ClockState.RUNNING)
    assert log.add(Fact.FAMILY_NOTIFIED, "2026-03-08 13:00").clock(calendar, AFTER).state is ClockState.MET


def test_an_obstacle_ends_once(detained: Log, calendar: Calendar) -> None:
    assert detained.asked(calendar, Fact.NOTICE_OBSTACLE_ENDED, "2026-03-02 12:00")
    log = detained.add(Fact.FAMILY_NOTICE_EXCUSED, "2026-03-01 12:00").add(Fact.NOTICE_OBSTACLE_ENDED, "2026-03-02 12:00")
    assert log.asked(calendar, Fact.NOTICE_OBSTACLE_ENDED, "2026-03-03 12:00")
