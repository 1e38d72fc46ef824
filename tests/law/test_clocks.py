"""`clocks(facts, calendar)`: what the facts of a matter arm, extend, suspend, meet and end."""

import itertools
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.calendar import SHANGHAI, Calendar
from law.clock import ClockState, Colour
from law.clocks import compute_clocks
from law.facts import Fact
from law.ladders import get_usual_ladder
from law.legal_fact import LegalFact
from law.offices import Office
from law.statutes.procuratorate_rules import NO_CRIME
from tests.law.log import SUSPECT, Log, at

SUBMIT, CAP, CUSTODY = "criminal-detention-submit-for-arrest", "criminal-detention-total-cap", "investigative-custody"
REQUEST = "investigative-custody-extension-request"


@pytest.fixture
def detained() -> Log:
    return Log().add(Fact.DETENTION_EXECUTED, "2026-09-28 10:00")


def test_detention_before_national_day_is_not_lengthened_by_the_holiday(detained: Log, calendar: Calendar) -> None:
    clock = detained.clock(calendar, SUBMIT)
    assert clock.due_at == at("2026-10-01 10:00")
    assert (clock.state, clock.calendar, clock.date_only, clock.liberty) == (ClockState.RUNNING, "final", False, True)
    assert "自2026-09-28 10:00执行拘留起算，每满24小时为一日，共3日" in clock.reasons[0]
    assert any("2026年10月1日为节假日，但人在押，不顺延" in reason for reason in clock.reasons)


def test_the_warnings_of_a_three_day_detention_come_a_day_half_a_day_and_two_hours_before(
    detained: Log, calendar: Calendar
) -> None:
    rungs = [(rung.colour, rung.at) for rung in detained.clock(calendar, SUBMIT).rungs]
    assert rungs == [
        (Colour.YELLOW, at("2026-09-30 10:00")),
        (Colour.ORANGE, at("2026-09-30 22:00")),
        (Colour.RED, at("2026-10-01 08:00")),
        (Colour.OVERDUE, at("2026-10-01 10:00")),
    ]


def test_the_warnings_follow_an_extension_to_thirty_days(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.DETENTION_EXTENDED, "2026-09-30 09:00", extension="+4 day")
    assert detained.clock(calendar, SUBMIT).due_at == at("2026-10-05 10:00")
    detained.add(Fact.DETENTION_EXTENDED, "2026-10-04 09:00", extension="to 30 day")
    rungs = [(rung.colour, rung.at) for rung in detained.clock(calendar, SUBMIT).rungs]
    assert rungs == [
        (Colour.YELLOW, at("2026-10-25 10:00")),
        (Colour.ORANGE, at("2026-10-27 10:00")),
        (Colour.RED, at("2026-10-28 00:00")),
        (Colour.OVERDUE, at("2026-10-28 10:00")),
    ]


def test_the_cap_of_detention_follows_the_extensions_of_the_submission(detained: Log, calendar: Calendar) -> None:
    assert detained.clock(calendar, CAP).due_at == at("2026-10-08 10:00")
    detained.add(Fact.DETENTION_EXTENDED, "2026-09-30 09:00", extension="+4 day", limit=SUBMIT)
    assert detained.clock(calendar, CAP).due_at == at("2026-10-12 10:00")
    detained.add(Fact.DETENTION_EXTENDED, "2026-10-04 09:00", extension="to 30 day", limit=SUBMIT)
    assert detained.clock(calendar, CAP).due_at == at("2026-11-04 10:00")


def test_what_is_extended_after_arrest_was_asked_for_lengthens_no_detention(detained: Log, calendar: Calendar) -> None:
    before = detained.clock(calendar, CAP)
    asked = detained.add(Fact.ARREST_REQUESTED, "2026-09-29 10:00")
    asked.add(Fact.DETENTION_EXTENDED, "2026-09-30 10:00", extension="+4 day", limit=SUBMIT)
    assert asked.clock(calendar, CAP).due_at == before.due_at


def test_an_extension_approved_after_expiry_does_not_count(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.DETENTION_EXTENDED, "2026-10-01 10:01", extension="+4 day")
    clock = detained.clock(calendar, SUBMIT)
    assert clock.due_at == at("2026-10-01 10:00")
    assert any("不予计算" in reason for reason in clock.reasons)


def test_detention_starts_the_trio_of_twenty_four_hours(detained: Log, calendar: Calendar) -> None:
    due = {clock.limit: clock.due_at for clock in compute_clocks(detained.facts, calendar)}
    trio = ("deliver-to-custody-centre", "family-notice", "first-interrogation")
    assert {due[f"criminal-detention-{duty}"] for duty in trio} == {at("2026-09-29 10:00")}


def test_a_duty_done_at_the_last_instant_is_in_time_and_a_minute_later_is_late(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.FAMILY_NOTIFIED, "2026-09-29 10:00").add(Fact.PERSON_INTERROGATED, "2026-09-29 10:01")
    assert detained.clock(calendar, "criminal-detention-family-notice").state is ClockState.MET
    assert detained.clock(calendar, "criminal-detention-first-interrogation").state is ClockState.MET_LATE


def test_release_ends_what_runs_for_that_person_and_for_nobody_else(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.DETENTION_EXECUTED, "2026-09-28 10:00", about="suspect/2").add(Fact.PERSON_RELEASED, "2026-09-29 09:00")
    states = {clock.about: clock.state for clock in detained.clocks(calendar, SUBMIT)}
    assert states == {SUSPECT: ClockState.LAPSED, "suspect/2": ClockState.RUNNING}


def test_a_case_cancelled_ends_the_clocks_of_every_person_in_it(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.CASE_CANCELLED, "2026-09-29 09:00", about="criminal-case/1", told_by="criminal-case/1")
    assert detained.clock(calendar, SUBMIT).state is ClockState.LAPSED


def test_what_another_matter_tells_starts_no_clock(calendar: Calendar) -> None:
    assert Log().add(Fact.DETENTION_EXECUTED, "2026-09-28 10:00", told_by="suspect/9").clocks(calendar, SUBMIT) == []


def test_review_of_arrest_takes_seven_days_in_custody_and_fifteen_out_of_it(calendar: Calendar) -> None:
    held = Log().add(Fact.DETENTION_EXECUTED, "2026-03-02 09:00").add(Fact.ARREST_REQUEST_RECEIVED, "2026-03-04 09:00")
    free = Log().add(Fact.ARREST_REQUEST_RECEIVED, "2026-03-04 09:00")
    assert held.clock(calendar, "procuratorate-arrest-review-detained").due_at == at("2026-03-11 09:00")
    assert held.clocks(calendar, "procuratorate-arrest-review-not-detained") == []
    assert free.clock(calendar, "procuratorate-arrest-review-not-detained").due_at == at("2026-03-19 23:59:59")
    assert free.clocks(calendar, "procuratorate-arrest-review-detained") == []


def test_refusal_asks_for_release_at_once_before_any_reconsideration(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.ARREST_REFUSED, "2026-09-30 15:00", reason=NO_CRIME)
    release = detained.clock(calendar, "arrest-refused-release")
    assert release.due_at == at("2026-09-30 15:00")
    assert [(rung.colour, rung.at) for rung in release.rungs] == [
        (Colour.RED, at("2026-09-30 15:00")),
        (Colour.OVERDUE, at("2026-09-30 16:00")),
    ]
    assert detained.clock(calendar, "arrest-refused-inaction").due_at == at("2026-10-15 23:59:59")
    detained.add(Fact.PERSON_RELEASED, "2026-09-30 15:40")
    assert detained.clock(calendar, "arrest-refused-release").state is ClockState.MET


def test_no_later_date_stands_beside_the_release_that_a_refusal_asks_for(detained: Log, calendar: Calendar) -> None:
    assert detained.clock(calendar, CAP).state is ClockState.RUNNING
    detained.add(Fact.ARREST_REFUSED, "2026-09-30 15:00")
    assert detained.clock(calendar, CAP).state is ClockState.LAPSED
    running = {
        clock.limit for clock in compute_clocks(detained.facts, calendar) if clock.state is ClockState.RUNNING and clock.due_at
    }
    assert "arrest-refused-release" in running
    assert CAP not in running


def test_a_cap_on_detention_that_had_passed_before_the_refusal_stays_overrun(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.ARREST_REFUSED, "2026-10-10 15:00")
    assert detained.clock(calendar, CAP).state is ClockState.OVERRUN


def test_each_stretch_of_custody_has_its_own_request_seven_days_ahead(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-03-10 09:00")
    assert log.clock(calendar, REQUEST).due_at == at("2026-04-30 23:59:59")  # 3 May is a holiday, so is the weekend before it.
    log.add(Fact.CUSTODY_EXTENSION_REQUESTED, "2026-04-29 10:00").add(
        Fact.CUSTODY_EXTENDED, "2026-05-08 10:00", extension="+1 month"
    )
    first, second = log.clocks(calendar, REQUEST)
    assert (first.state, second.state) == (ClockState.MET, ClockState.RUNNING)
    assert second.due_at == at("2026-06-03 23:59:59")
    assert first.id != second.id


def test_the_custody_centre_warns_only_of_a_detention_extended_to_thirty_days(detained: Log, calendar: Calendar) -> None:
    notice = "custody-centre-notice-30day"
    assert detained.clocks(calendar, notice) == []
    detained.add(Fact.DETENTION_EXTENDED, "2026-09-30 09:00", extension="to 30 day")
    assert detained.clock(calendar, notice).due_at == at("2026-10-23 23:59:59")


def test_notice_that_bail_ends_is_owed_only_once_the_case_has_been_handed_on(calendar: Calendar) -> None:
    log = Log().add(Fact.BAIL_DECIDED, "2026-03-10 09:00")
    assert log.clock(calendar, "bail-max").due_at == at("2027-03-10 23:59:59")
    assert log.clocks(calendar, "bail-expiry-notice") == []
    log.add(Fact.CASE_SENT_TO_PROCURATORATE, "2026-06-01 09:00", about="criminal-case/1", told_by="criminal-case/1")
    assert log.clock(calendar, "bail-expiry-notice").due_at == at("2027-02-23 23:59:59")


def test_evaluation_suspends_custody_until_it_resumes(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-03-10 09:00").add(Fact.EVALUATION_STARTED, "2026-04-01 10:00")
    suspended = log.clock(calendar, CUSTODY)
    assert (suspended.state, suspended.due_at, suspended.rungs) == (ClockState.SUSPENDED, None, ())
    assert log.clock(calendar, "psychiatric-evaluation-exclusion").rungs
    log.add(Fact.EVALUATION_ENDED, "2026-04-21 16:00")
    assert log.clock(calendar, CUSTODY).due_at == at("2026-05-30 23:59:59")


def test_evaluation_that_begins_after_expiry_revives_nothing(detained: Log, calendar: Calendar) -> None:
    detained.add(Fact.EVALUATION_STARTED, "2026-10-01 10:01")
    clock = detained.clock(calendar, SUBMIT)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-10-01 10:00"))


def test_evaluation_that_began_in_detention_is_left_out_of_custody_too(calendar: Calendar) -> None:
    log = Log().add(Fact.EVALUATION_STARTED, "2026-03-05 10:00").add(Fact.ARREST_EXECUTED, "2026-03-10 09:00")
    assert log.clock(calendar, CUSTODY).state is ClockState.SUSPENDED
    log.add(Fact.EVALUATION_ENDED, "2026-03-20 16:00")
    assert log.clock(calendar, CUSTODY).due_at == at("2026-05-20 23:59:59")


def test_another_grave_crime_restarts_custody_from_its_discovery_without_the_old_extensions(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-03-10 09:00").add(Fact.CUSTODY_EXTENSION_REQUESTED, "2026-04-20 09:00")
    log.add(Fact.CUSTODY_EXTENDED, "2026-05-06 09:00", extension="+1 month")
    log.add(Fact.NEW_CRIME_DISCOVERED, "2026-06-01 09:00").add(Fact.CUSTODY_RESTARTED, "2026-06-03 09:00")
    old, new = log.clocks(calendar, CUSTODY)
    assert old.state is ClockState.LAPSED
    assert (new.state, new.due_at) == (ClockState.RUNNING, at("2026-07-31 23:59:59"))
    log.add(Fact.CUSTODY_EXTENDED, "2026-07-20 09:00", extension="+1 month")
    assert log.clocks(calendar, CUSTODY)[1].due_at == at("2026-08-31 23:59:59")


@pytest.mark.parametrize("discovered", ["2026-06-02 09:00", "2026-06-03 09:00"])
def test_a_crime_that_is_entered_after_custody_was_restarted_moves_nothing(calendar: Calendar, discovered: str) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-04-10 09:00")
    log.add(Fact.NEW_CRIME_DISCOVERED, "2026-06-01 09:00").add(Fact.CUSTODY_RESTARTED, "2026-06-03 09:00")
    due = log.clocks(calendar, CUSTODY)[1].due_at
    assert log.add(Fact.NEW_CRIME_DISCOVERED, discovered).clocks(calendar, CUSTODY)[1].due_at == due


def test_custody_of_an_unknown_person_starts_when_the_identity_is_established(calendar: Calendar) -> None:
    log = Log().add(Fact.ARREST_EXECUTED, "2026-03-10 09:00").add(Fact.IDENTITY_UNKNOWN, "2026-03-11 09:00")
    waiting = log.clock(calendar, CUSTODY)
    assert (waiting.state, waiting.started_at, waiting.due_at) == (ClockState.NOT_STARTED, None, None)
    log.add(Fact.IDENTITY_ESTABLISHED, "2026-04-15 09:00")
    clock = log.clock(calendar, CUSTODY)
    assert (clock.id, clock.started_at, clock.due_at) == (waiting.id, at("2026-04-15 09:00"), at("2026-06-14 23:59:59"))


def test_what_was_granted_before_the_identity_was_known_extends_no_custody_that_begins_then(calendar: Calendar) -> None:
    log = Log().add(Fact.IDENTITY_UNKNOWN, "2026-02-20 09:00").add(Fact.ARREST_EXECUTED, "2026-03-02 09:00")
    log.add(Fact.CUSTODY_EXTENDED, "2026-03-20 09:00", extension="+1 month", approver=Office.HIGHER_PROCURATORATE)
    log.add(Fact.IDENTITY_ESTABLISHED, "2026-04-10 09:00")
    plain = Log().add(Fact.IDENTITY_UNKNOWN, "2026-02-20 09:00").add(Fact.ARREST_EXECUTED, "2026-03-02 09:00")
    plain.add(Fact.IDENTITY_ESTABLISHED, "2026-04-10 09:00")
    assert log.clock(calendar, CUSTODY).due_at == plain.clock(calendar, CUSTODY).due_at


def test_an_application_for_change_rolls_only_if_the_person_is_out_by_the_last_day(calendar: Calendar) -> None:
    log = Log().add(Fact.DETENTION_EXECUTED, "2026-03-03 09:00").add(Fact.MEASURE_CHANGE_APPLIED, "2026-03-04 10:00")
    assert log.clock(calendar, "measure-change-application").due_at == at("2026-03-07 10:00")
    free = Log().add(Fact.MEASURE_CHANGE_APPLIED, "2026-03-04 10:00")
    assert free.clock(calendar, "measure-change-application").due_at == at("2026-03-09 23:59:59")


def test_an_incident_registered_before_the_emergency_ended_need_not_be_registered_again(calendar: Calendar) -> None:
    log = Log("incident/1").add(Fact.INCIDENT_RECEIVED, "2026-03-02 08:00").add(Fact.INCIDENT_HANDLED, "2026-03-02 09:00")
    limit = "incident-emergency-registration"
    assert log.clock(calendar, limit).due_at == at("2026-03-03 09:00")
    log.add(Fact.INCIDENT_REGISTERED, "2026-03-02 08:30")
    assert log.clocks(calendar, limit) == []


def test_a_summons_ends_when_detention_begins_and_is_late_past_its_hours(calendar: Calendar) -> None:
    log = Log().add(Fact.PERSON_SUMMONED, "2026-03-02 09:00").add(Fact.DETENTION_EXECUTED, "2026-03-02 21:01")
    assert log.clock(calendar, "criminal-summons").state is ClockState.MET_LATE


def test_a_fact_without_a_time_zone_is_a_type_error(calendar: Calendar) -> None:
    with pytest.raises(TypeError):
        compute_clocks([LegalFact(Fact.CASE_ACCEPTED, at("2026-03-02").replace(tzinfo=None), "case/1", 1)], calendar)


KINDS = st.sampled_from(list(Fact))
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1), timezones=st.just(SHANGHAI))
STEPS = st.sampled_from(["", "+4 day", "to 30 day", "+1 month", "to 24 hour", "to 7 day"])


@st.composite
def logs(draw: st.DrawFn) -> list[LegalFact]:
    drawn = draw(st.lists(st.tuples(KINDS, MOMENTS, st.sampled_from(["a", "b"]), STEPS), max_size=40))
    return [LegalFact(fact, when, about, seq, extension=step) for seq, (fact, when, about, step) in enumerate(drawn, 1)]


@settings(max_examples=60, deadline=None)
@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_recording_does_not_matter_and_reckoning_again_changes_nothing(
    calendar: Calendar, log: list[LegalFact], chance
) -> None:
    first = compute_clocks(log, calendar)
    shuffled = list(log)
    chance.shuffle(shuffled)
    assert compute_clocks(shuffled, calendar) == first == compute_clocks(log, calendar)


@settings(max_examples=60, deadline=None)
@given(logs())
def test_every_clock_is_whole_whatever_the_facts(calendar: Calendar, log: list[LegalFact]) -> None:
    found = compute_clocks(log, calendar)
    assert len({clock.id for clock in found}) == len(found)
    for clock in found:
        assert [rung.at for rung in clock.rungs] == sorted(rung.at for rung in clock.rungs)
        assert clock.state is not ClockState.RUNNING or clock.started_at
        if clock.due_at and clock.started_at and clock.due_at > clock.started_at:
            assert clock.rungs[-1].colour is Colour.OVERDUE
            assert clock.rungs[-1].at == clock.due_at
            assert all(clock.started_at < rung.at for rung in clock.rungs)


@settings(max_examples=60, deadline=None)
@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)), st.integers(1, 7200))
def test_a_limit_of_minutes_warns_at_each_colour_once_and_in_order(began: datetime, seconds: int) -> None:
    start, due = began.replace(tzinfo=SHANGHAI), began.replace(tzinfo=SHANGHAI) + timedelta(seconds=seconds)
    rungs = get_usual_ladder(start, due).list_rungs(start, due, due)
    assert [rung.colour for rung in rungs] == ["blue", "yellow", "orange", "red", "overdue"]
    instants = [start, *(rung.at for rung in rungs)]
    assert all(one < other for one, other in itertools.pairwise(instants))
    assert rungs[-1].at == due


def test_a_term_that_nobody_has_set_rings_nothing_before_it_begins(calendar: Calendar) -> None:
    ordered = LegalFact(Fact.RECTIFICATION_ORDERED, datetime(2026, 3, 2, 9, tzinfo=SHANGHAI), "a", 1)
    (clock,) = (each for each in compute_clocks([ordered], calendar) if each.limit == "rectification-report")
    assert clock.due_at is None
    assert all(rung.at >= ordered.at for rung in clock.rungs)


@settings(max_examples=60, deadline=None)
@given(MOMENTS, st.integers(0, 60 * 24 * 100))
def test_a_later_detention_is_never_due_earlier(calendar: Calendar, start: datetime, minutes: int) -> None:
    def due(when: datetime) -> datetime | None:
        return next(
            c.due_at for c in compute_clocks([LegalFact(Fact.DETENTION_EXECUTED, when, "a", 1)], calendar) if c.limit == SUBMIT
        )

    assert due(start) <= due(start + timedelta(minutes=minutes))  # type: ignore[operator] — a running clock has a due instant
