"""An overrun is a fact of history: whatever starts, restarts, ends or is typed afterwards, it stays visible with its length."""

from dataclasses import replace
from datetime import timedelta

import pytest

from law.calendar import Calendar
from law.clock import ClockState, Colour, Consequence, Overrun
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact, Superseded
from law.offices import Office
from law.time_limits import TimeLimit, get_limits
from tests.law.log import SUSPECT, Log, at
from tests.tables import table

SUBMIT, FAMILY, CUSTODY = "criminal-detention-submit-for-arrest", "criminal-detention-family-notice", "investigative-custody"
REVIEW, CASE, CENTRE_NOTICE = "prosecution-review", "criminal-case/1", "custody-centre-notice-custody"


@pytest.fixture
def detained() -> Log:
    """In detention since 1 March 2026, 10:00: arrest must be asked for within three days, the family told within one."""
    return Log().add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00")


def test_a_duty_that_was_late_when_the_person_was_let_go_stays_overrun_with_its_length(detained: Log, calendar: Calendar) -> None:
    clock = detained.add(Fact.BAIL_DECIDED, "2026-03-03 10:00").clock(calendar, FAMILY)
    assert clock.state is ClockState.OVERRUN
    assert clock.overrun == Overrun(at("2026-03-02 10:00"), at("2026-03-03 10:00"))


def test_a_duty_whose_ground_fell_away_in_time_has_lapsed(detained: Log, calendar: Calendar) -> None:
    clock = detained.add(Fact.BAIL_DECIDED, "2026-03-02 09:00").clock(calendar, FAMILY)
    assert (clock.state, clock.overrun) == (ClockState.LAPSED, None)


def test_a_release_after_the_last_hour_leaves_the_detention_overrun(detained: Log, calendar: Calendar) -> None:
    clock = detained.add(Fact.PERSON_RELEASED, "2026-03-04 12:00").clock(calendar, SUBMIT)
    assert clock.state is ClockState.OVERRUN
    assert clock.overrun == Overrun(at("2026-03-04 10:00"), at("2026-03-04 12:00"))


def test_a_request_made_too_late_is_met_late_and_overrun(detained: Log, calendar: Calendar) -> None:
    clock = detained.add(Fact.ARREST_REQUESTED, "2026-03-05 10:00").clock(calendar, SUBMIT)
    assert (clock.state, clock.overrun) == (ClockState.MET_LATE, Overrun(at("2026-03-04 10:00"), at("2026-03-05 10:00")))


def test_a_review_that_ran_out_stays_overrun_when_the_case_is_returned_and_received_anew(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-04-02 09:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-03 09:00")
    log.add(Fact.CASE_RETURNED, "2026-05-12 09:00").add(Fact.CASE_SENT_AGAIN, "2026-06-10 09:00")
    log.add(Fact.PROSECUTION_CASE_RECEIVED, "2026-06-10 15:00")
    first, second = log.clocks(calendar, REVIEW)
    assert first.state is ClockState.OVERRUN
    assert first.overrun == Overrun(at("2026-05-06 23:59:59"), at("2026-05-12 09:00"))
    assert (second.state, second.overrun) == (ClockState.RUNNING, None)


def test_an_extension_in_time_that_is_typed_after_the_end_moves_the_end_and_leaves_its_mark(
    detained: Log, calendar: Calendar
) -> None:
    detained.add(
        Fact.DETENTION_EXTENDED, "2026-03-04 09:00", entered="2026-03-04 13:00", extension="+4 day", approver=Office.COUNTY_HEAD
    )
    clock = detained.clock(calendar, SUBMIT)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-03-08 10:00"))
    assert clock.overrun == Overrun(at("2026-03-04 10:00"), None, at("2026-03-04 13:00"))


def test_an_extension_typed_before_the_end_leaves_no_mark(detained: Log, calendar: Calendar) -> None:
    detained.add(
        Fact.DETENTION_EXTENDED, "2026-03-03 09:00", entered="2026-03-04 09:59", extension="+4 day", approver=Office.COUNTY_HEAD
    )
    assert detained.clock(calendar, SUBMIT).overrun is None


def test_a_release_in_time_that_is_typed_days_later_keeps_both_instants(detained: Log, calendar: Calendar) -> None:
    clock = detained.add(Fact.PERSON_RELEASED, "2026-03-04 09:00", entered="2026-03-09 09:00").clock(calendar, SUBMIT)
    assert clock.state is ClockState.LAPSED
    assert clock.overrun == Overrun(at("2026-03-04 10:00"), at("2026-03-04 09:00"), at("2026-03-09 09:00"))


def test_an_evaluation_typed_after_the_end_leaves_its_mark(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.EVALUATION_STARTED, "2026-03-04 09:00", entered="2026-03-05 09:00")
    clock = detained.clock(calendar, SUBMIT)
    assert clock.state is ClockState.SUSPENDED
    assert clock.overrun == Overrun(at("2026-03-04 10:00"), None, at("2026-03-05 09:00"))


def test_an_extension_dated_into_an_evaluation_and_typed_after_the_end_leaves_its_mark(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-04-02 09:00").add(Fact.PROSECUTION_CASE_RECEIVED, "2026-04-03 09:00")
    log.add(Fact.EVALUATION_STARTED, "2026-04-10 09:00", about=SUSPECT).add(
        Fact.EVALUATION_ENDED, "2026-04-20 09:00", about=SUSPECT
    )
    without = log.clock(calendar, REVIEW)
    assert without.due_at == at("2026-05-13 23:59:59")
    late = {"entered": "2026-05-20 09:00", "extension": "+15 day", "approver": Office.PROCURATORATE}
    clock = log.add(Fact.PROSECUTION_REVIEW_EXTENDED, "2026-04-15 09:00", **late).clock(calendar, REVIEW)
    assert clock.due_at and without.due_at and clock.due_at > without.due_at
    assert clock.overrun == Overrun(without.due_at, None, at("2026-05-20 09:00"))


def test_an_unknown_identity_typed_after_custody_had_run_out_changes_nothing(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_APPROVED, "2026-03-01 09:00").add(Fact.ARREST_EXECUTED, "2026-03-01 10:00")
    before = log.clock(calendar, CUSTODY)
    log.add(Fact.IDENTITY_UNKNOWN, "2026-03-01 11:00", entered="2026-05-03 09:00")
    assert log.clock(calendar, CUSTODY) == before


def test_what_stood_still_when_the_person_was_let_go_has_not_been_overrun(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.EVALUATION_STARTED, "2026-03-03 09:00").add(Fact.PERSON_RELEASED, "2026-03-20 09:00")
    clock = detained.clock(calendar, SUBMIT)
    assert (clock.state, clock.overrun) == (ClockState.LAPSED, None)


def test_an_evaluation_from_before_the_start_that_is_entered_after_the_end_leaves_what_everybody_saw(calendar: Calendar) -> None:
    log = Log().add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00")
    log.add(Fact.EVALUATION_STARTED, "2026-02-20 09:00", entered="2026-03-20 09:00")
    assert log.clock(calendar, SUBMIT).overrun == Overrun(at("2026-03-04 10:00"), None, at("2026-03-20 09:00"))


def test_an_identity_said_to_be_unknown_after_custody_has_ended_does_not_undo_its_overrun(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-03-01 10:00").add(Fact.CASE_CANCELLED, "2026-06-01 10:00", about=CASE)
    before = log.clock(calendar, CUSTODY)
    after = log.add(Fact.IDENTITY_UNKNOWN, "2026-06-10 10:00").clock(calendar, CUSTODY)
    assert (before.state, after.state) == (ClockState.OVERRUN, ClockState.OVERRUN)
    assert after.overrun == before.overrun


def test_a_right_that_nobody_used_lapses_and_is_nobodys_overrun(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.HEARING_RIGHT_TOLD, "2026-03-02 09:00", about="person-1")
    clock = log.add(Fact.PENALTY_DECIDED, "2026-04-20 09:00", about="person-1").clock(calendar, "hearing-request")
    assert (clock.state, clock.overrun) == (ClockState.LAPSED, None)


ENDINGS = [
    (limit, ending)
    for limit in get_limits().values()
    if limit.armed and limit.starts_on and not (limit.when or limit.for_each) and limit.at_expiry is not Consequence.RIGHT_LAPSES
    for ending in (*limit.met_by, *limit.ended_by)
    if ending is not limit.starts_on[0]
]


@table(("limit", "ending"), ENDINGS, ids=lambda each: str(getattr(each, "id", each)))
def test_no_limit_that_ended_after_its_end_is_called_anything_but_late(calendar: Calendar, limit: TimeLimit, ending: Fact) -> None:
    begun = LegalFact(limit.starts_on[0], at("2026-01-05 09:00"), SUSPECT, 1)
    before = next(each for each in compute_clocks([begun], calendar) if each.limit == limit.id)
    if not before.rungs or before.due_at is None:
        return  # the law names no figure: nothing runs out
    end = before.rungs[-1].at
    ended = LegalFact(ending, max(end, begun.at) + timedelta(minutes=5), SUSPECT, 2)
    after = next(each for each in compute_clocks([begun, ended], calendar) if each.limit == limit.id)
    assert after.state in (ClockState.OVERRUN, ClockState.MET_LATE)
    assert after.overrun == Overrun(end, ended.at)


def test_a_case_that_is_sent_while_somebody_is_detained_gives_no_further_day_of_detention(
    detained: Log, calendar: Calendar
) -> None:
    detained.add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-03-03 10:00")
    cap = detained.clock(calendar, "criminal-detention-total-cap")
    assert (cap.state, cap.due_at) == (ClockState.RUNNING, at("2026-03-11 10:00"))


def _corrected(fact: LegalFact, to: str, when: str) -> LegalFact:
    """The fact with its instant set right at `when`."""
    said = Superseded(fact.at, at(when), fact.entered_at)
    known = fact.known_at
    return replace(fact, at=at(to), entered_at=known if known > at(to) else None, corrected=(*fact.corrected, said))


def test_a_limit_that_had_run_out_before_its_start_was_set_right_keeps_the_end_that_everybody_saw(
    detained: Log, calendar: Calendar
) -> None:
    detained.facts[0] = _corrected(detained.facts[0], "2026-03-03 22:00", "2026-03-04 18:00")
    kept = Overrun(at("2026-03-04 10:00"), None, at("2026-03-04 18:00"))
    clock = detained.clock(calendar, SUBMIT)
    assert (clock.state, clock.due_at, clock.overrun) == (ClockState.RUNNING, at("2026-03-06 22:00"), kept)
    detained.add(Fact.PERSON_INTERROGATED, "2026-03-05 09:00").add(Fact.ARREST_REQUESTED, "2026-03-06 10:00")
    clock = detained.clock(calendar, SUBMIT)
    assert (clock.state, clock.overrun) == (ClockState.MET, replace(kept, until=at("2026-03-06 10:00")))


def test_a_second_correction_does_not_wash_off_the_mark_of_the_first(detained: Log, calendar: Calendar) -> None:
    first = _corrected(detained.facts[0], "2026-03-03 22:00", "2026-03-04 18:00")
    detained.facts[0] = _corrected(first, "2026-03-03 23:00", "2026-03-05 18:00")
    assert detained.clock(calendar, SUBMIT).overrun == Overrun(at("2026-03-04 10:00"), None, at("2026-03-04 18:00"))


def test_a_release_that_is_said_to_have_come_sooner_after_all_leaves_the_overrun_that_it_ended(
    detained: Log, calendar: Calendar
) -> None:
    detained.add(Fact.PERSON_RELEASED, "2026-03-04 12:00")
    detained.facts[1] = _corrected(detained.facts[1], "2026-03-04 09:00", "2026-03-05 09:00")
    clock = detained.clock(calendar, SUBMIT)
    assert clock.state is ClockState.LAPSED
    assert clock.overrun == Overrun(at("2026-03-04 10:00"), at("2026-03-04 09:00"), at("2026-03-05 09:00"))


@pytest.mark.parametrize(("to", "when"), [("2026-03-01 05:00", "2026-03-05 09:00"), ("2026-03-01 11:00", "2026-03-02 09:00")])
def test_a_correction_that_cures_nothing_leaves_no_mark(detained: Log, calendar: Calendar, to: str, when: str) -> None:
    detained.facts[0] = _corrected(detained.facts[0], to, when)
    assert detained.clock(calendar, SUBMIT).overrun is None


def test_a_limit_counted_back_that_had_passed_before_its_custody_was_set_right_keeps_its_mark(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_APPROVED, "2026-03-01 09:00").add(Fact.ARREST_EXECUTED, "2026-03-01 10:00")
    seen = log.clock(calendar, CENTRE_NOTICE).due_at
    assert seen and seen < at("2026-04-28 09:00")
    log.facts[1] = _corrected(log.facts[1], "2026-03-20 10:00", "2026-04-28 09:00")
    kept = Overrun(seen, None, at("2026-04-28 09:00"))
    clock = log.clock(calendar, CENTRE_NOTICE)
    assert (clock.state, clock.overrun) == (ClockState.RUNNING, kept)
    assert clock.due_at and clock.due_at > seen
    log.facts[1] = _corrected(log.facts[1], "2026-03-21 10:00", "2026-04-29 09:00")
    assert log.clock(calendar, CENTRE_NOTICE).overrun == kept, "a second correction does not wash it off"
    log.add(Fact.CUSTODY_NOTICE_GIVEN, "2026-05-04 10:00")
    met = log.clock(calendar, CENTRE_NOTICE)
    assert (met.state, met.overrun) == (ClockState.MET, replace(kept, until=at("2026-05-04 10:00")))


def test_a_limit_counted_back_that_had_passed_before_its_custody_stood_still_stays_overrun(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_APPROVED, "2026-03-01 09:00").add(Fact.ARREST_EXECUTED, "2026-03-01 10:00")
    seen = log.clock(calendar, CENTRE_NOTICE).due_at
    log.add(Fact.EVALUATION_STARTED, "2026-04-28 09:00")
    kept = log.clock(calendar, CENTRE_NOTICE).overrun
    assert seen and kept == Overrun(seen, at("2026-04-28 09:00"))
    log.add(Fact.EVALUATION_ENDED, "2026-05-02 09:00")
    clock = log.clock(calendar, CENTRE_NOTICE)
    assert (clock.state, clock.overrun) == (ClockState.RUNNING, kept)
    assert clock.due_at and clock.due_at > seen


def test_a_limit_counted_back_that_had_time_left_when_its_custody_stood_still_has_no_mark(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_APPROVED, "2026-03-01 09:00").add(Fact.ARREST_EXECUTED, "2026-03-01 10:00")
    log.add(Fact.EVALUATION_STARTED, "2026-03-28 09:00").add(Fact.EVALUATION_ENDED, "2026-05-02 09:00")
    assert log.clock(calendar, CENTRE_NOTICE).overrun is None


def test_a_limit_counted_back_that_a_correction_leaves_passed_keeps_its_red_card_and_no_mark(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_APPROVED, "2026-03-01 09:00").add(Fact.ARREST_EXECUTED, "2026-03-01 10:00")
    log.facts[1] = _corrected(log.facts[1], "2026-03-02 10:00", "2026-04-28 09:00")
    clock = log.clock(calendar, CENTRE_NOTICE)
    assert (clock.state, clock.overrun) == (ClockState.RUNNING, None)


def test_an_overrun_that_a_correction_shortens_keeps_the_end_that_everybody_saw(detained: Log, calendar: Calendar) -> None:
    detained.facts[0] = _corrected(detained.facts[0], "2026-03-10 10:00", "2026-03-20 18:00")
    kept = Overrun(at("2026-03-04 10:00"), None, at("2026-03-20 18:00"))
    clock = detained.clock(calendar, SUBMIT)
    assert (clock.state, clock.due_at, clock.overrun) == (ClockState.RUNNING, at("2026-03-13 10:00"), kept)
    detained.add(Fact.PERSON_RELEASED, "2026-03-21 10:00")
    assert detained.clock(calendar, SUBMIT).overrun == replace(kept, until=at("2026-03-21 10:00"))


def test_an_overrun_that_one_correction_shortens_and_the_next_takes_away_keeps_its_first_end(
    detained: Log, calendar: Calendar
) -> None:
    first = _corrected(detained.facts[0], "2026-03-10 10:00", "2026-03-20 18:00")
    detained.facts[0] = _corrected(first, "2026-03-19 10:00", "2026-03-20 19:00")
    assert detained.clock(calendar, SUBMIT).overrun == Overrun(at("2026-03-04 10:00"), None, at("2026-03-20 19:00"))


def test_an_overrun_whose_end_is_said_to_have_come_sooner_bears_a_mark_though_it_stays_one(
    detained: Log, calendar: Calendar
) -> None:
    detained.add(Fact.PERSON_RELEASED, "2026-03-14 12:00")
    detained.facts[1] = _corrected(detained.facts[1], "2026-03-04 11:00", "2026-03-15 09:00")
    clock = detained.clock(calendar, SUBMIT)
    assert clock.overrun == Overrun(at("2026-03-04 10:00"), at("2026-03-04 11:00"), at("2026-03-15 09:00"))


def test_a_correction_by_which_an_overrun_is_longer_leaves_no_mark(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.PERSON_RELEASED, "2026-03-14 12:00")
    detained.facts[1] = _corrected(detained.facts[1], "2026-03-15 11:00", "2026-03-16 09:00")
    assert detained.clock(calendar, SUBMIT).overrun == Overrun(at("2026-03-04 10:00"), at("2026-03-15 11:00"))
    detained.facts[0] = _corrected(detained.facts[0], "2026-02-28 10:00", "2026-03-17 09:00")
    clock = detained.clock(calendar, SUBMIT)
    assert clock.overrun and clock.overrun.entered_at is None


def test_an_extension_entered_late_by_which_the_limit_is_overdue_for_less_long_leaves_the_end_that_everybody_saw(
    detained: Log, calendar: Calendar
) -> None:
    granted = {"extension": "+1 day", "grounds": "案情复杂", "approver": Office.COUNTY_HEAD, "limit": SUBMIT}
    detained.add(Fact.DETENTION_EXTENDED, "2026-03-03 10:00", entered="2026-03-08 10:00", **granted)
    clock = detained.clock(calendar, SUBMIT)
    assert clock.due_at == at("2026-03-05 10:00")
    assert clock.overrun == Overrun(at("2026-03-04 10:00"), None, at("2026-03-08 10:00"))


def test_a_duty_of_an_ended_case_stays_overrun_though_the_case_went_on_by_what_is_entered_afterwards(calendar: Calendar) -> None:
    log = Log().add(Fact.SURVEILLANCE_DECIDED, "2026-07-19 06:00").add(Fact.SURVEILLANCE_LIFTED, "2026-07-27 02:44")
    log.add(Fact.SURVEILLANCE_DECIDED, "2026-07-27 21:00")
    log.add(Fact.CASE_CANCELLED, "2026-07-27 02:43", about=CASE, told_by=CASE, entered="2027-01-20 07:00")
    lift = "case-over-lift-measure"
    assert log.clock(calendar, lift).started_at == at("2026-07-27 21:00")
    log.add(Fact.CASE_REOPENED, "2026-07-27 02:43", about=CASE, told_by=CASE, entered="2027-01-23 10:00")
    overrun = log.clock(calendar, lift).overrun
    assert overrun is not None and overrun.entered_at == at("2027-01-23 10:00")


def test_a_release_typed_late_by_which_an_extension_was_never_needed_leaves_the_end_that_everybody_saw(
    detained: Log, calendar: Calendar
) -> None:
    detained.add(Fact.DETENTION_EXTENDED, "2026-03-03 12:00", extension="+4 day", approver=Office.COUNTY_HEAD)
    clock = detained.add(Fact.PERSON_RELEASED, "2026-03-02 10:00", entered="2026-05-05 09:00").clock(calendar, SUBMIT)
    assert clock.overrun == Overrun(at("2026-03-08 10:00"), at("2026-03-02 10:00"), at("2026-05-05 09:00"))


def test_what_is_due_by_the_end_of_a_rest_day_moved_on_is_not_overdue_before_that(calendar: Calendar) -> None:
    clock = Log(CASE).add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-03-14 02:55").clock(calendar, "prosecution-case-registration")
    assert [rung.at for rung in clock.rungs if rung.colour is Colour.OVERDUE] == [clock.due_at] == [at("2026-03-16 23:59:59")]
