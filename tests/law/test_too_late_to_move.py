"""What had run out while somebody was held is moved by nothing, though it is learnt only afterwards that it had: the overrun runs on."""

import pytest

from law.calendar import Calendar
from law.clock import ClockState, Consequence
from law.facts import Fact
from law.offices import Office
from tests.law.log import SUSPECT, Log, at

CASE = "criminal-case/1"
REVIEW, CUSTODY, CAP = "prosecution-review", "investigative-custody", "criminal-detention-total-cap"
SUBMIT, REGISTRATION = "criminal-detention-submit-for-arrest", "prosecution-case-registration"


@pytest.fixture
def transferred() -> Log:
    """A case with somebody held, sent on 16 May 2026; another procuratorate has it since 25 July, and nobody entered who had it before."""
    log = Log(CASE).add(Fact.ARREST_EXECUTED, "2026-05-02 17:00", about=SUSPECT, told_by=SUSPECT)
    log.add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-05-16 10:00").add(Fact.PROSECUTION_TRANSFERRED, "2026-07-25 03:00")
    return log.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-07-25 16:00", organ="安澜市人民检察院")


def test_a_review_that_had_run_out_is_not_begun_anew_as_its_receipt_is_entered_late(transferred: Log, calendar: Calendar) -> None:
    assert transferred.clock(calendar, REVIEW).due_at == at("2026-08-25 23:59:59")
    transferred.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-06-12 11:00", entered="2026-07-27 17:00")
    clock = transferred.clock(calendar, REVIEW)
    assert (clock.state, clock.due_at, clock.liberty) == (ClockState.RUNNING, at("2026-07-12 23:59:59"), True)
    assert any("2026-07-25 16:00" in each and "已经届满" in each for each in clock.reasons)


def test_a_review_begins_anew_where_its_receipt_was_in_time(transferred: Log, calendar: Calendar) -> None:
    transferred.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-07-12 11:00", entered="2026-07-27 17:00")
    assert [clock.due_at for clock in transferred.clocks(calendar, REVIEW)] == [
        at("2026-08-12 23:59:59"),
        at("2026-08-25 23:59:59"),
    ]


def test_a_review_of_people_who_are_free_begins_anew_with_another_procuratorate(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-05-16 10:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-05-16 11:00")
    log.add(Fact.PROSECUTION_TRANSFERRED, "2026-07-25 03:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-07-25 16:00")
    assert [clock.state for clock in log.clocks(calendar, REVIEW)] == [ClockState.OVERRUN, ClockState.RUNNING]


def test_no_further_restart_is_taken_from_one_that_came_too_late(transferred: Log, calendar: Calendar) -> None:
    transferred.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-06-12 11:00", entered="2026-07-27 17:00")
    transferred.add(Fact.PROSECUTION_TRANSFERRED, "2026-08-01 09:00")
    found = transferred.asked(calendar, Fact.PROSECUTION_CASE_RECEIVED, "2026-08-01 10:00")
    assert found is not None and found.slug == "time-limit-expired"


@pytest.fixture
def arrested() -> Log:
    """In custody after an arrest on 9 January 2026, which lasts until 9 March."""
    return Log().add(Fact.ARREST_EXECUTED, "2026-01-09 10:00")


def test_custody_is_not_counted_anew_where_it_had_run_out_by_then(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.NEW_CRIME_DISCOVERED, "2026-03-08 09:00").add(Fact.CUSTODY_RESTARTED, "2026-03-12 09:00")
    clock = arrested.clock(calendar, CUSTODY)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-03-09 23:59:59"))


def test_custody_that_had_run_out_does_not_wait_for_an_identity(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.IDENTITY_UNKNOWN, "2026-03-10 09:00").add(Fact.IDENTITY_ESTABLISHED, "2026-03-20 09:00")
    clock = arrested.clock(calendar, CUSTODY)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-03-09 23:59:59"))


def test_what_was_moved_too_late_leaves_nothing_for_a_second_arrest(arrested: Log, calendar: Calendar) -> None:
    arrested.add(Fact.IDENTITY_UNKNOWN, "2026-03-10 09:00").add(Fact.IDENTITY_ESTABLISHED, "2026-03-20 09:00")
    arrested.add(Fact.PERSON_RELEASED, "2026-03-21 09:00").add(Fact.ARREST_EXECUTED, "2026-04-01 09:00")
    second = arrested.clocks(calendar, CUSTODY)[-1]
    assert second.due_at is not None and second.due_at < at("2026-04-01 09:00")


@pytest.fixture
def detained() -> Log:
    """In detention since 31 July 2026, 09:39; arrest was to be asked for by 3 August, and was so on the sixth."""
    return Log().add(Fact.DETENTION_EXECUTED, "2026-07-31 09:39")


def test_an_evaluation_after_the_time_for_the_request_lengthens_no_detention(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.EVALUATION_STARTED, "2026-08-05 12:24").add(Fact.ARREST_REQUESTED, "2026-08-06 16:39")
    detained.add(Fact.EVALUATION_ENDED, "2026-08-07 21:08")
    assert detained.clock(calendar, CAP).due_at == at("2026-08-10 09:39")


def test_an_evaluation_within_the_review_that_was_asked_for_in_time_lengthens_the_detention(
    detained: Log, calendar: Calendar
) -> None:
    detained.add(Fact.ARREST_REQUESTED, "2026-08-02 16:39").add(Fact.EVALUATION_STARTED, "2026-08-05 12:24")
    detained.add(Fact.EVALUATION_ENDED, "2026-08-07 21:08")
    assert detained.clock(calendar, CAP).due_at == at("2026-08-12 09:39")


def test_an_extension_after_the_time_for_the_request_lengthens_no_detention(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.DETENTION_EXTENDED, "2026-08-04 09:00", extension="+4 day", approver=Office.COUNTY_HEAD)
    assert detained.clock(calendar, SUBMIT).due_at == at("2026-08-03 09:39")
    assert detained.clock(calendar, CAP).due_at == at("2026-08-10 09:39")


def test_whoever_is_arrested_after_a_case_was_sent_is_in_custody_on_the_receipt_that_is_owed(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-03-19 02:50")
    assert not log.clock(calendar, REGISTRATION).liberty
    for when in ("2026-04-15 15:50", "2026-03-19 04:00"):
        held = Log(CASE).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-03-19 02:50")
        held.add(Fact.ARREST_EXECUTED, when, about=SUSPECT, told_by=SUSPECT)
        assert held.clock(calendar, REGISTRATION).liberty


def test_whoever_is_arrested_in_a_review_that_had_run_out_is_to_be_released_or_the_measure_changed(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-05-16 10:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-05-16 11:00")
    log.add(Fact.ARREST_EXECUTED, "2026-07-01 10:00", about=SUSPECT, told_by=SUSPECT)
    clock = log.clock(calendar, REVIEW)
    assert (clock.liberty, clock.at_expiry) == (True, Consequence.RELEASE_OR_CHANGE)
