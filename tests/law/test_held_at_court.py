"""Whoever is held while a case goes from one organ to the next is watched over, and a trial that is adjourned begins its time anew."""

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.facts import Fact
from law.statutes.criminal_procedure_law_trial import FAST_TRACK, ORDINARY, SUMMARY
from tests.law.log import SUSPECT, Log, at

WATCH = "custody-at-court-watch"
LIMITS = {ORDINARY: "trial-first-instance", SUMMARY: "trial-summary", FAST_TRACK: "trial-fast-track"}


@pytest.fixture
def prosecuted() -> Log:
    """Arrested, and prosecuted on 10 May 2026."""
    return Log("case/1").add(Fact.ARREST_EXECUTED, "2026-03-10 09:00", about=SUSPECT).add(Fact.CASE_PROSECUTED, "2026-05-10 09:00")


def test_whoever_is_held_between_prosecution_and_trial_has_a_running_clock(prosecuted: Log, calendar: Calendar) -> None:
    watch = prosecuted.clock(calendar, WATCH)
    assert (watch.state, watch.about, watch.rungs[0].at) == (ClockState.RUNNING, SUSPECT, at("2026-05-17 09:00"))
    assert prosecuted.add(Fact.TRIAL_ACCEPTED, "2026-05-12 09:00").clock(calendar, WATCH).state is ClockState.MET


def test_whoever_is_held_between_judgment_and_appeal_has_a_running_clock(prosecuted: Log, calendar: Calendar) -> None:
    prosecuted.add(Fact.TRIAL_ACCEPTED, "2026-05-12 09:00").add(Fact.CASE_JUDGED, "2026-06-12 09:00")
    assert prosecuted.clocks(calendar, WATCH)[-1].state is ClockState.RUNNING
    prosecuted.add(Fact.APPEALED, "2026-06-20 09:00")
    assert [each.state for each in prosecuted.clocks(calendar, WATCH)][1:] == [ClockState.LAPSED, ClockState.RUNNING]
    prosecuted.add(Fact.SECOND_INSTANCE_ACCEPTED, "2026-07-01 09:00")
    assert prosecuted.clocks(calendar, WATCH)[-1].state is ClockState.MET


def test_nobody_is_watched_over_who_is_free(calendar: Calendar) -> None:
    log = Log("case/1").add(Fact.BAIL_DECIDED, "2026-03-10 09:00", about=SUSPECT).add(Fact.CASE_PROSECUTED, "2026-05-10 09:00")
    assert log.clocks(calendar, WATCH) == []


@pytest.mark.parametrize("procedure", LIMITS)
def test_a_trial_adjourned_for_investigation_begins_its_time_anew_when_the_case_is_sent_again(
    prosecuted: Log, procedure: str, calendar: Calendar
) -> None:
    prosecuted.add(Fact.TRIAL_ACCEPTED, "2026-05-12 09:00", reason=procedure).add(Fact.TRIAL_ADJOURNED, "2026-05-18 09:00")
    assert [each.state for each in prosecuted.clocks(calendar, LIMITS[procedure])] == [ClockState.LAPSED]
    assert prosecuted.asked(calendar, Fact.TRIAL_SENT_AGAIN, "2026-06-10 09:00") is None
    second = prosecuted.add(Fact.TRIAL_SENT_AGAIN, "2026-06-10 09:00").clocks(calendar, LIMITS[procedure])[-1]
    assert (second.state, second.started_at) == (ClockState.RUNNING, at("2026-06-10 09:00"))
