"""`clocks(facts, calendar)` from the procuratorate to the prison: what a case arms, who in it is held, and what restarts."""

from dataclasses import replace
from datetime import datetime

import pytest

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState, Colour, Consequence
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office

CASE, SUSPECT, OTHER = "criminal-case/1", "suspect/1", "suspect/2"
REVIEW, RETURNED, TRIAL = "prosecution-review", "supplementary-investigation", "trial-first-instance"
RIGHT, REGISTRATION = "defence-right-notice", "prosecution-case-registration"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


class Log:
    """A matter's facts, numbered as they are recorded; what a suspect's matter tells the case bears its number."""

    def __init__(self, about: str = CASE) -> None:
        self.about, self.facts = about, list[LegalFact]()

    def add(self, fact: Fact, when: str, about: str = "", **more: object) -> "Log":
        told_by = about if about and about != self.about else ""
        made = LegalFact(fact, at(when), about or self.about, len(self.facts) + 1, told_by=told_by)
        self.facts.append(replace(made, **more))
        return self

    def clocks(self, calendar: Calendar, limit: str) -> list[Clock]:
        return [clock for clock in compute_clocks(self.facts, calendar) if clock.limit == limit]

    def clock(self, calendar: Calendar, limit: str) -> Clock:
        (only,) = self.clocks(calendar, limit)
        return only


@pytest.fixture
def received() -> Log:
    """With the procuratorate since Friday 3 April 2026: a month later is 3 May, in the holidays."""
    log = Log().add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-04-02 09:00")
    return log.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-03 09:00")


def test_between_sending_and_receipt_whoever_is_held_has_a_clock(calendar: Calendar) -> None:
    log = Log().add(Fact.DETENTION_EXECUTED, "2026-04-01 09:00", SUSPECT).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-04-02 09:00")
    clock = log.clock(calendar, REGISTRATION)
    assert (clock.state, clock.liberty, clock.due_at) == (ClockState.RUNNING, True, at("2026-04-02 09:00"))
    assert (clock.rungs[-1].colour, clock.rungs[-1].at) == (Colour.OVERDUE, at("2026-04-03 09:00"))
    assert log.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-02 16:00").clock(calendar, REGISTRATION).state is ClockState.MET


def test_review_stands_in_the_holidays_while_anybody_in_the_case_is_held(received: Log, calendar: Calendar) -> None:
    assert received.clock(calendar, REVIEW).due_at == at("2026-05-06 23:59:59")
    received.add(Fact.BAIL_DECIDED, "2026-03-01 09:00", OTHER)
    assert received.clock(calendar, REVIEW).due_at == at("2026-05-06 23:59:59")
    received.add(Fact.ARREST_EXECUTED, "2026-03-01 09:00", SUSPECT)
    assert received.clock(calendar, REVIEW).due_at == at("2026-05-03 23:59:59")
    received.add(Fact.PERSON_RELEASED, "2026-04-20 09:00", SUSPECT)
    assert received.clock(calendar, REVIEW).due_at == at("2026-05-06 23:59:59")


def test_nobody_need_be_released_at_the_end_of_a_review_where_nobody_is_held(received: Log, calendar: Calendar) -> None:
    free = received.clock(calendar, REVIEW)
    assert (free.liberty, free.at_expiry) == (False, Consequence.DECIDE)
    received.add(Fact.ARREST_EXECUTED, "2026-03-01 09:00", SUSPECT)
    held = received.clock(calendar, REVIEW)
    assert (held.liberty, held.at_expiry) == (True, Consequence.RELEASE_OR_CHANGE)


def test_a_return_ends_the_review_and_what_is_sent_again_is_reviewed_anew(received: Log, calendar: Calendar) -> None:
    received.add(Fact.PROSECUTION_REVIEW_EXTENDED, "2026-04-28 09:00", extension="+15 day", approver=Office.PROCURATORATE)
    assert received.clock(calendar, REVIEW).due_at == at("2026-05-18 23:59:59")
    received.add(Fact.CASE_RETURNED, "2026-05-12 09:00")
    assert received.clock(calendar, REVIEW).state is ClockState.LAPSED
    assert received.clock(calendar, RETURNED).due_at == at("2026-06-12 23:59:59")
    received.add(Fact.CASE_SENT_AGAIN, "2026-06-10 09:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-06-10 15:00")
    assert received.clock(calendar, RETURNED).state is ClockState.MET
    first, second = received.clocks(calendar, REVIEW)
    assert (first.state, second.state, second.due_at) == (ClockState.LAPSED, ClockState.RUNNING, at("2026-07-10 23:59:59"))


def test_another_procuratorate_reviews_from_its_own_receipt(received: Log, calendar: Calendar) -> None:
    received.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-20 09:00")
    first, second = received.clocks(calendar, REVIEW)
    assert (first.state, second.due_at) == (ClockState.LAPSED, at("2026-05-20 23:59:59"))


def test_a_figure_picked_for_the_review_leaves_the_notice_of_rights_its_own(calendar: Calendar) -> None:
    log = Log().add(Fact.PROSECUTION_CASE_RECEIVED, "2026-03-10 09:00", base="10 day")
    assert log.clock(calendar, REVIEW).due_at == at("2026-03-20 23:59:59")
    assert log.clock(calendar, RIGHT).due_at == at("2026-03-13 23:59:59")


def test_police_and_victim_may_contest_a_decision_not_to_prosecute(received: Log, calendar: Calendar) -> None:
    received.add(Fact.CASE_NOT_PROSECUTED, "2026-04-21 09:00")
    assert received.clock(calendar, REVIEW).state is ClockState.MET
    request = "non-prosecution-reconsider-request"
    assert received.clock(calendar, request).due_at == at("2026-04-28 23:59:59")
    received.add(Fact.NON_PROSECUTION_RECONSIDERATION_REQUESTED, "2026-04-27 09:00")
    received.add(Fact.NON_PROSECUTION_RECONSIDERATION_RECEIVED, "2026-04-28 09:00")
    assert received.clock(calendar, "non-prosecution-reconsider-decide").due_at == at("2026-05-28 23:59:59")
    received.add(Fact.NON_PROSECUTION_RECONSIDERED, "2026-05-25 09:00")
    met, again = received.clocks(calendar, request)
    assert (met.state, again.state, again.due_at) == (ClockState.MET, ClockState.RUNNING, at("2026-06-01 23:59:59"))


@pytest.mark.parametrize(
    ("procedure", "base", "limit", "due"),
    [
        ("", "", TRIAL, "2026-05-11 23:59:59"),
        ("ordinary", "2 month", TRIAL, "2026-05-11 23:59:59"),
        ("summary", "20 day", "trial-summary", "2026-03-30 23:59:59"),
        ("summary", "1 month 15 day", "trial-summary", "2026-04-27 23:59:59"),
        ("fast-track", "10 day", "trial-fast-track", "2026-03-20 23:59:59"),
        ("fast-track", "15 day", "trial-fast-track", "2026-03-25 23:59:59"),
    ],
)
def test_each_procedure_has_its_own_time_and_only_that(procedure: str, base: str, limit: str, due: str, calendar: Calendar) -> None:
    log = Log().add(Fact.TRIAL_ACCEPTED, "2026-03-10 09:00", reason=procedure, base=base)
    trials = [clock for clock in compute_clocks(log.facts, calendar) if clock.limit.startswith("trial-")]
    assert [(clock.limit, clock.due_at) for clock in trials] == [(limit, at(due))]


def test_a_trial_converted_to_the_ordinary_procedure_counts_from_that_decision(calendar: Calendar) -> None:
    log = Log().add(Fact.TRIAL_ACCEPTED, "2026-03-10 09:00", reason="summary")
    log.add(Fact.TRIAL_CONVERTED, "2026-03-25 09:00", reason="ordinary")
    assert log.clock(calendar, "trial-summary").state is ClockState.LAPSED
    assert log.clock(calendar, TRIAL).due_at == at("2026-05-25 23:59:59")


def test_what_the_procuratorate_investigates_during_trial_makes_the_court_count_anew(calendar: Calendar) -> None:
    log = Log().add(Fact.TRIAL_ACCEPTED, "2026-03-10 09:00").add(Fact.TRIAL_ADJOURNED, "2026-04-10 09:00")
    assert log.clock(calendar, TRIAL).state is ClockState.LAPSED
    assert log.clock(calendar, "court-supplementary-investigation").due_at == at("2026-05-11 23:59:59")
    log.add(Fact.TRIAL_SENT_AGAIN, "2026-05-07 09:00")
    assert log.clock(calendar, "court-supplementary-investigation").state is ClockState.MET
    assert [clock.due_at for clock in log.clocks(calendar, TRIAL)][1:] == [at("2026-07-07 23:59:59")]


def test_a_summary_trial_adjourned_for_investigation_begins_its_own_time_anew_and_no_longer_one(calendar: Calendar) -> None:
    log = Log().add(Fact.TRIAL_ACCEPTED, "2026-03-10 09:00", reason="summary").add(Fact.TRIAL_ADJOURNED, "2026-03-20 09:00")
    log.add(Fact.TRIAL_SENT_AGAIN, "2026-03-25 09:00")
    assert [clock.due_at for clock in log.clocks(calendar, "trial-summary")] == [
        at("2026-03-30 23:59:59"),
        at("2026-04-14 23:59:59"),
    ]
    assert log.clocks(calendar, TRIAL) == []


def test_a_suspended_trial_stands_still(calendar: Calendar) -> None:
    log = Log().add(Fact.TRIAL_ACCEPTED, "2026-03-10 09:00").add(Fact.TRIAL_SUSPENDED, "2026-04-01 10:00")
    assert log.clock(calendar, TRIAL).state is ClockState.SUSPENDED
    log.add(Fact.TRIAL_RESUMED, "2026-04-11 10:00")
    assert log.clock(calendar, TRIAL).due_at == at("2026-05-20 23:59:59")


def test_an_appeal_rolls_off_a_holiday_even_for_who_is_held(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-06-01 09:00", SUSPECT).add(Fact.CASE_JUDGED, "2026-09-22 09:00")
    log.add(Fact.JUDGMENT_SERVED, "2026-09-22 10:00")
    assert log.clock(calendar, "appeal-period").due_at == at("2026-10-08 23:59:59")
    log.add(Fact.APPEALED, "2026-10-08 16:00").add(Fact.SECOND_INSTANCE_ACCEPTED, "2026-10-12 09:00")
    assert log.clock(calendar, "appeal-period").state is ClockState.MET
    assert log.clock(calendar, "trial-second-instance").due_at == at("2026-12-12 23:59:59")  # a Saturday


def test_the_court_has_ten_days_for_the_papers_and_the_police_a_month_from_them(calendar: Calendar) -> None:
    limit = "sentence-documents-delivery"
    case = Log().add(Fact.SENTENCE_EFFECTIVE, "2026-09-02 09:00")
    assert case.clock(calendar, limit).due_at == at("2026-09-14 23:59:59")  # the 12th is a Saturday
    case.add(Fact.SENTENCE_PAPERS_RECEIVED, "2026-09-10 09:00", SUSPECT)
    assert case.clock(calendar, limit).state is ClockState.MET
    convict = Log(SUSPECT).add(Fact.SENTENCE_PAPERS_RECEIVED, "2026-09-10 09:00")
    assert convict.clock(calendar, limit).due_at == at("2026-10-10 23:59:59")  # a Saturday on which people work
    assert convict.add(Fact.SENTENCE_EXECUTED, "2026-09-20 09:00").clock(calendar, limit).state is ClockState.MET


# Defence


def test_the_right_to_a_lawyer_is_told_once_at_the_first_contact(calendar: Calendar) -> None:
    log = Log(SUSPECT).add(Fact.PERSON_INTERROGATED, "2026-03-02 09:00")
    assert log.clock(calendar, RIGHT).due_at == at("2026-03-02 09:00")
    log.add(Fact.DEFENCE_RIGHT_NOTIFIED, "2026-03-02 09:10").add(Fact.DETENTION_EXECUTED, "2026-03-02 20:00")
    assert log.clock(calendar, RIGHT).state is ClockState.MET
    late = Log(SUSPECT).add(Fact.DETENTION_EXECUTED, "2026-03-02 09:00").add(Fact.DEFENCE_RIGHT_NOTIFIED, "2026-03-02 11:01")
    assert late.clock(calendar, RIGHT).state is ClockState.MET_LATE


def test_a_refused_recusal_is_contested_in_five_days_and_reconsidered_in_five_working_days(calendar: Calendar) -> None:
    log = Log().add(Fact.CASE_RECUSAL_APPLIED, "2026-09-21 09:00").add(Fact.CASE_RECUSAL_REFUSED, "2026-09-23 09:00")
    assert log.clock(calendar, "criminal-recusal-decision").state is ClockState.MET
    contested = "criminal-recusal-reconsider"
    assert log.clock(calendar, contested).due_at == at("2026-09-28 23:59:59")
    log.add(Fact.CASE_RECUSAL_RECONSIDERATION_RECEIVED, "2026-09-28 09:00")
    # Working days: 29 and 30 September, 8, 9 and (shifted) 10 October.
    assert [clock.due_at for clock in log.clocks(calendar, contested)] == [at("2026-09-28 23:59:59"), at("2026-10-10 23:59:59")]


def test_the_legal_aid_centre_is_told_in_three_days_and_assigns_in_three_more(calendar: Calendar) -> None:
    log = Log(SUSPECT).add(Fact.DETENTION_EXECUTED, "2026-03-03 09:00").add(Fact.LEGAL_AID_DUTY_FOUND, "2026-03-04 10:00")
    assert log.clock(calendar, "legal-aid-mandatory-notice").due_at == at("2026-03-07 10:00")
    log.add(Fact.LEGAL_AID_CENTRE_NOTIFIED, "2026-03-05 10:00")
    told, assigned = log.clocks(calendar, "legal-aid-mandatory-notice")
    assert (told.state, assigned.due_at) == (ClockState.MET, at("2026-03-09 23:59:59"))


def test_technical_means_lapse_on_the_day_whatever_day_it_is_and_may_be_renewed_again_and_again(calendar: Calendar) -> None:
    log = Log().add(Fact.TECH_APPROVED, "2026-02-03 09:00")
    assert log.clock(calendar, "tech-investigation-validity").due_at == at("2026-05-03 23:59:59")
    for when in ("2026-04-28", "2026-07-28", "2026-10-28"):
        log.add(Fact.TECH_EXTENDED, f"{when} 09:00", extension="+3 month", approver=Office.CITY_HEAD)
    assert log.clock(calendar, "tech-investigation-validity").due_at == at("2027-02-03 23:59:59")
