"""The clocks of a public-order case: what stops, restarts and ends them, for the case and for each person in it."""

from dataclasses import replace

import pytest

from law.calendar import Calendar
from law.clock import ClockState, Colour
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from law.rules import check_fact
from tests.law.test_clocks import Log, at

CASE, HANDLING, NOTICE = "ZA1", "public-order-case-handling", "hearing-notice"
ONE, OTHER = "ZA1/1", "ZA1/2"


def filed(when: str = "2026-03-02 09:00") -> Log:
    return Log(CASE).add(Fact.PUBLIC_ORDER_CASE_FILED, when)


def asked(log: Log, fact: Fact, when: str, calendar: Calendar, about: str = CASE, **more: object) -> str:
    new = replace(LegalFact(fact, at(when), about, len(log.facts) + 1), **more)
    found = check_fact(log.facts, new, calendar)
    return found.slug if found else ""


def test_a_case_warns_ten_five_and_two_days_before_its_thirty_days_are_over(calendar: Calendar) -> None:
    rungs = [(rung.colour, rung.at) for rung in filed().clock(calendar, HANDLING).rungs]
    assert rungs == [
        (Colour.YELLOW, at("2026-03-22 23:59:59")),
        (Colour.ORANGE, at("2026-03-27 23:59:59")),
        (Colour.RED, at("2026-03-30 23:59:59")),
        (Colour.OVERDUE, at("2026-04-01 23:59:59")),
    ]


def test_a_hearing_stops_the_case_and_its_end_lets_it_run_on(calendar: Calendar) -> None:
    log = filed().add(Fact.HEARING_OPENED, "2026-03-10 09:00", about=ONE)
    assert log.clock(calendar, HANDLING).state is ClockState.SUSPENDED
    log.add(Fact.HEARING_CLOSED, "2026-03-24 17:00", about=ONE)
    assert log.clock(calendar, HANDLING).due_at == at("2026-04-15 23:59:59")


def test_a_hearing_in_a_case_of_2025_stops_nothing(calendar: Calendar) -> None:
    log = filed("2025-12-30 09:00").add(Fact.HEARING_OPENED, "2026-01-06 09:00", about=ONE)
    clock = log.clock(calendar, HANDLING)
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-01-29 23:59:59"))


def test_two_appraisals_may_run_at_once_and_the_case_waits_for_the_later(calendar: Calendar) -> None:
    log = filed().add(Fact.APPRAISAL_ORDERED, "2026-03-05 09:00", about="ZA1/appraisal-1")
    assert asked(log, Fact.APPRAISAL_ORDERED, "2026-03-06 09:00", calendar, "ZA1/appraisal-2") == ""
    log.add(Fact.APPRAISAL_ORDERED, "2026-03-06 09:00", about="ZA1/appraisal-2")
    log.add(Fact.APPRAISAL_RETURNED, "2026-03-10 09:00", about="ZA1/appraisal-1")
    assert log.clock(calendar, HANDLING).state is ClockState.SUSPENDED
    log.add(Fact.APPRAISAL_RETURNED, "2026-03-20 09:00", about="ZA1/appraisal-2")
    assert log.clock(calendar, HANDLING).due_at == at("2026-04-16 23:59:59")


def test_each_opinion_is_served_by_itself(calendar: Calendar) -> None:
    log = filed()
    for n in (1, 2):
        log.add(Fact.APPRAISAL_ORDERED, "2026-03-03 09:00", about=f"ZA1/appraisal-{n}")
        log.add(Fact.APPRAISAL_RETURNED, "2026-03-04 09:00", about=f"ZA1/appraisal-{n}")
    log.add(Fact.APPRAISAL_SERVED, "2026-03-05 09:00", about="ZA1/appraisal-1")
    states = {clock.about: clock.state for clock in log.clocks(calendar, "appraisal-opinion-service")}
    assert states == {"ZA1/appraisal-1": ClockState.MET, "ZA1/appraisal-2": ClockState.RUNNING}


def test_a_mediation_that_fails_begins_the_thirty_days_anew_without_the_old_extensions(calendar: Calendar) -> None:
    log = filed()
    for when in ("2026-03-30 09:00", "2026-04-29 09:00"):
        log.add(Fact.HANDLING_EXTENDED, when, extension="+30 day", approver=Office.HIGHER_POLICE, grounds="复杂")
    log.add(Fact.MEDIATION_AGREED, "2026-05-08 09:00").add(Fact.MEDIATION_FAILED, "2026-05-20 09:00")
    before, after = log.clocks(calendar, HANDLING)
    assert (before.state, before.due_at) == (ClockState.MET, at("2026-06-01 23:59:59"))
    assert (after.state, after.due_at) == (ClockState.RUNNING, at("2026-06-22 23:59:59"))  # 19 June is in the Dragon Boat holiday.
    extension = {"extension": "+30 day", "approver": Office.HIGHER_POLICE, "grounds": "复杂"}
    assert asked(log, Fact.HANDLING_EXTENDED, "2026-06-10 09:00", calendar, **extension) == ""


def test_a_third_extension_and_one_after_expiry_are_refused(calendar: Calendar) -> None:
    extension = {"extension": "+30 day", "approver": Office.HIGHER_POLICE, "grounds": "案情重大、复杂"}
    log = filed()
    assert asked(log, Fact.HANDLING_EXTENDED, "2026-04-02 00:00", calendar, **extension) == "time-limit-expired"
    log.add(Fact.HANDLING_EXTENDED, "2026-03-30 09:00", **extension).add(Fact.HANDLING_EXTENDED, "2026-04-30 09:00", **extension)
    assert asked(log, Fact.HANDLING_EXTENDED, "2026-05-20 09:00", calendar, **extension) == "law-forbids"


@pytest.mark.parametrize(
    ("office", "of_the_brigade", "of_the_station"),
    [(Office.HIGHER_POLICE, "", ""), (Office.COUNTY_HEAD, "law-forbids", ""), (Office.STATION_HEAD, "law-forbids", "law-forbids")],
)
def test_the_bureau_itself_extends_only_what_a_station_handles(
    office: Office, of_the_brigade: str, of_the_station: str, calendar: Calendar
) -> None:
    extension = {"extension": "+30 day", "grounds": "案情重大、复杂", "approver": office}
    assert asked(filed(), Fact.HANDLING_EXTENDED, "2026-03-20 09:00", calendar, **extension) == of_the_brigade
    station = filed().add(Fact.STATION_HANDLES, "2026-03-02 09:00")
    assert asked(station, Fact.HANDLING_EXTENDED, "2026-03-20 09:00", calendar, **extension) == of_the_station


def test_notice_of_a_hearing_is_counted_back_from_the_day_that_was_appointed(calendar: Calendar) -> None:
    log = (
        filed()
        .add(Fact.HEARING_RIGHT_TOLD, "2026-03-03 09:00", about=ONE)
        .add(Fact.HEARING_REQUESTED, "2026-03-04 09:00", about=ONE)
    )
    log.add(Fact.HEARING_APPOINTED, "2026-03-05 09:00", about=ONE, term="2026-03-20")
    clock = log.clock(calendar, NOTICE)
    assert (clock.started_at, clock.due_at) == (at("2026-03-05 09:00"), at("2026-03-11 23:59:59"))
    log.add(Fact.HEARING_NOTICE_SERVED, "2026-03-11 16:00", about=ONE)
    assert log.clock(calendar, NOTICE).state is ClockState.MET


def test_a_hearing_appointed_too_soon_is_overdue_with_its_notice_and_stays_so_beside_the_new_day(calendar: Calendar) -> None:
    log = filed().add(Fact.HEARING_APPOINTED, "2026-03-12 09:00", about=ONE, term="2026-03-20")
    too_soon = log.clock(calendar, NOTICE)
    assert (too_soon.due_at, [rung.colour for rung in too_soon.rungs]) == (at("2026-03-11 23:59:59"), [Colour.OVERDUE])
    log.add(Fact.HEARING_APPOINTED, "2026-03-12 10:00", about=ONE, term="2026-03-24")
    old, new = log.clocks(calendar, NOTICE)
    assert (old.state, old.overrun and old.overrun.due_at) == (ClockState.OVERRUN, too_soon.due_at)
    assert new.due_at == at("2026-03-13 23:59:59")


def test_what_one_offender_does_leaves_the_clocks_of_the_other_alone(calendar: Calendar) -> None:
    log = filed()
    for person in (ONE, OTHER):
        log.add(Fact.HEARING_RIGHT_TOLD, "2026-03-03 09:00", about=person)
    log.add(Fact.HEARING_REQUESTED, "2026-03-04 09:00", about=ONE)
    states = {clock.about: clock.state for clock in log.clocks(calendar, "hearing-request")}
    assert states == {ONE: ClockState.MET, OTHER: ClockState.RUNNING}


def test_detention_ends_with_the_days_that_were_decided_and_leave_is_made_up_for(calendar: Calendar) -> None:
    log = Log(ONE).add(Fact.ADMIN_DETENTION_ENTERED, "2026-04-25 16:00", term="10 day")
    assert log.clock(calendar, "admin-detention-term").due_at == at("2026-05-05 16:00")
    log.add(Fact.LEAVE_BEGUN, "2026-04-28 08:00").add(Fact.LEAVE_ENDED, "2026-04-29 18:00")
    assert log.clock(calendar, "admin-detention-term").due_at == at("2026-05-06 16:00")
    log.add(Fact.ADMIN_DETENTION_ENDED, "2026-05-06 16:01")
    assert log.clock(calendar, "admin-detention-term").state is ClockState.MET_LATE


def test_more_than_twenty_days_of_detention_are_refused(calendar: Calendar) -> None:
    decided = Log(ONE).add(Fact.ADMIN_DETENTION_DECIDED, "2026-03-02 09:00")
    for term, slug in (("20 day", ""), ("21 day", "law-forbids")):
        assert asked(decided, Fact.ADMIN_DETENTION_ENTERED, "2026-03-02 15:00", calendar, ONE, term=term) == slug


def test_a_deferred_fine_falls_due_after_the_deferral(calendar: Calendar) -> None:
    log = Log(ONE).add(Fact.FINE_SERVED, "2026-03-02 09:00").add(Fact.FINE_DEFERRED, "2026-03-05 09:00")
    assert log.clock(calendar, "fine-payment").state is ClockState.SUSPENDED
    log.add(Fact.FINE_DEFERRAL_ENDED, "2026-04-04 00:00")
    assert log.clock(calendar, "fine-payment").due_at == at("2026-04-16 23:59:59")


def test_a_collected_fine_goes_to_the_unit_and_then_to_the_bank_in_two_days_each(calendar: Calendar) -> None:
    log = Log(ONE).add(Fact.FINE_COLLECTED, "2026-03-02 09:00").add(Fact.FINE_HANDED_IN, "2026-03-03 09:00")
    unit, bank = log.clocks(calendar, "fine-collected-handover")
    assert (unit.state, bank.state, bank.due_at) == (ClockState.MET, ClockState.RUNNING, at("2026-03-05 23:59:59"))


def test_an_act_found_out_too_late_is_seen_at_once(calendar: Calendar) -> None:
    for ended, state in (("2026-01-15 12:00", ClockState.MET), ("2025-08-20 12:00", ClockState.MET_LATE)):
        log = Log(CASE).add(Fact.PUBLIC_ORDER_ACT_ENDED, ended).add(Fact.PUBLIC_ORDER_CASE_FILED, "2026-03-02 09:00")
        assert log.clock(calendar, "public-order-limitation").state is state


def test_an_act_under_other_law_is_barred_after_two_years(calendar: Calendar) -> None:
    log = Log(CASE).add(Fact.OTHER_ACT_ENDED, "2026-03-02 12:00")
    assert log.clock(calendar, "public-order-limitation").due_at == at("2028-03-02 23:59:59")


def test_the_first_mediation_of_an_injury_waits_for_its_appraisal(calendar: Calendar) -> None:
    log = filed().add(Fact.INJURY_FIT_FOR_MEDIATION, "2026-03-02 09:00")
    assert log.clock(calendar, "mediation-first-injury").due_at == at("2026-03-05 23:59:59")
    log.add(Fact.INJURY_APPRAISAL_ISSUED, "2026-03-04 09:00")
    first, second = log.clocks(calendar, "mediation-first-injury")
    assert (first.state, second.due_at) == (ClockState.LAPSED, at("2026-03-09 23:59:59"))


def test_an_injury_that_nobody_may_mediate_starts_no_mediation(calendar: Calendar) -> None:
    assert filed().add(Fact.INJURY_APPRAISAL_ISSUED, "2026-03-04 09:00").clocks(calendar, "mediation-first-injury") == []


def test_review_of_a_foreigner_without_a_name_counts_from_the_day_the_name_is_known(calendar: Calendar) -> None:
    log = Log(ONE).add(Fact.FOREIGNER_REVIEW_EXECUTED, "2026-03-02 09:00").add(Fact.IDENTITY_UNKNOWN, "2026-03-02 10:00")
    assert log.clock(calendar, "foreigner-detention-review").state is ClockState.NOT_STARTED
    log.add(Fact.IDENTITY_ESTABLISHED, "2026-03-12 10:00")
    assert log.clock(calendar, "foreigner-detention-review").due_at == at("2026-04-11 10:00")


# Before a penalty is decided


def told_of_the_hearing() -> Log:
    log = filed().add(Fact.PENALTY_NOTIFIED, "2026-03-03 09:00", about=ONE)
    return log.add(Fact.HEARING_RIGHT_TOLD, "2026-03-03 09:00", about=ONE)


def decided(log: Log, when: str, calendar: Calendar, about: str = ONE) -> str:
    return asked(log, Fact.PENALTY_DECIDED, when, calendar, about)


def test_nobody_is_penalized_without_notice(calendar: Calendar) -> None:
    assert decided(filed(), "2026-03-04 09:00", calendar) == "law-forbids"
    notified = filed().add(Fact.PENALTY_NOTIFIED, "2026-03-03 09:00", about=ONE)
    assert decided(notified, "2026-03-04 09:00", calendar) == ""
    assert decided(notified, "2026-03-04 09:00", calendar, OTHER) == "law-forbids"


def test_a_penalty_waits_until_nobody_can_ask_for_a_hearing_any_more(calendar: Calendar) -> None:
    # Told on Tuesday 3 March: the fifth working day is Tuesday 10 March.
    assert decided(told_of_the_hearing(), "2026-03-10 23:00", calendar) == "law-forbids"
    assert decided(told_of_the_hearing(), "2026-03-11 09:00", calendar) == ""
    waived = told_of_the_hearing().add(Fact.HEARING_WAIVED, "2026-03-04 09:00", about=ONE)
    assert decided(waived, "2026-03-04 10:00", calendar) == ""


def test_a_penalty_waits_for_the_hearing_that_was_asked_for_and_then_for_its_legal_review(calendar: Calendar) -> None:
    log = told_of_the_hearing().add(Fact.HEARING_REQUESTED, "2026-03-05 09:00", about=ONE)
    assert decided(log, "2026-03-30 09:00", calendar) == "law-forbids"
    log.add(Fact.HEARING_HELD, "2026-03-16 09:00", about=ONE)
    assert decided(log, "2026-03-30 09:00", calendar) == "law-forbids"
    log.add(Fact.LEGAL_REVIEW_DONE, "2026-03-18 09:00")
    assert decided(log, "2026-03-30 09:00", calendar) == ""


@pytest.mark.parametrize(
    ("penalty", "first"),
    [
        (Fact.PENALTY_HEARING_DUE, Fact.HEARING_RIGHT_TOLD),
        (Fact.PENALTY_REVIEW_DUE, Fact.LEGAL_REVIEW_DONE),
        (Fact.PENALTY_DISCUSSION_DUE, Fact.PENALTY_DISCUSSED),
    ],
)
def test_what_a_heavy_penalty_needs_comes_before_it(penalty: Fact, first: Fact, calendar: Calendar) -> None:
    assert asked(filed(), penalty, "2026-03-20 09:00", calendar, ONE) == "law-forbids"
    assert asked(filed().add(first, "2026-03-10 09:00", about=ONE), penalty, "2026-03-20 09:00", calendar, ONE) == ""


def test_an_administrative_period_rests_on_the_administrative_rule_of_counting(calendar: Calendar) -> None:
    said = "".join(filed("2026-01-02 09:00").clock(calendar, HANDLING).reasons)
    assert said.count("《公安机关办理行政案件程序规定》第三十五条") == 2  # the day excluded, and the Sunday that moved the last one
    assert "刑事" not in said
    held = Log(ONE).add(Fact.ADMIN_DETENTION_ENTERED, "2026-04-25 16:00", term="10 day").clock(calendar, "admin-detention-term")
    assert any("人在押，不顺延" in reason and "第三十五条" in reason for reason in held.reasons)
    assert not any("刑事" in reason for reason in held.reasons)
