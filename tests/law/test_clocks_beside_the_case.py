"""The clocks of what goes on beside a case: foreigners, suspended detention, bans, stopped payments, help for other organs."""

from dataclasses import replace

import pytest

from law.calendar import Calendar
from law.clock import ClockState
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from law.measures import list_periods
from law.offices import Office
from law.rules import RuleViolation, check_fact
from tests.law.test_clocks import Log, at
from tests.tables import table

CASE, ONE, SUSPECT = "ZA1", "ZA1/1", "XY1"


def asked(log: Log, fact: Fact, when: str, calendar: Calendar, about: str, **more: object) -> RuleViolation | None:
    return check_fact(log.facts, replace(LegalFact(fact, at(when), about, len(log.facts) + 1), **more), calendar)


# What starts a clock, and what meets it in time.
STARTED_AND_MET = [
    ("foreigner-activity-restriction", Fact.FOREIGNER_ACTIVITY_RESTRICTED, Fact.FOREIGNER_ACTIVITY_RESTORED),
    ("foreigner-review-delivery", Fact.FOREIGNER_REVIEW_EXECUTED, Fact.FOREIGNER_DELIVERED),
    ("admin-review-supplement-notice", Fact.ADMIN_REVIEW_RECEIVED_INCOMPLETE, Fact.ADMIN_REVIEW_SUPPLEMENT_ASKED),
    ("admin-review-supplement", Fact.ADMIN_REVIEW_SUPPLEMENT_TOLD, Fact.ADMIN_REVIEW_SUPPLEMENTED),
    ("admin-review-accept", Fact.ADMIN_REVIEW_SUPPLEMENTED, Fact.ADMIN_REVIEW_ACCEPTED),
    ("bail-forfeit-organ-notice", Fact.BAIL_FORFEITURE_OF_ORGAN_FINAL, Fact.BAIL_ORGAN_TOLD),
    ("international-assistance", Fact.ASSISTANCE_SERVICE_REQUESTED, Fact.ASSISTANCE_GIVEN),
    (
        "admin-detention-suspension-change-report",
        Fact.SUSPENSION_CIRCUMSTANCES_CHANGED,
        Fact.SUSPENSION_CHANGE_REPORTED,
    ),
    ("admin-detention-deposit-banking", Fact.SUSPENSION_DEPOSIT_TAKEN, Fact.SUSPENSION_DEPOSIT_BANKED),
    ("disclosed-decision-withdrawal", Fact.DISCLOSED_DECISION_OVERTURNED, Fact.DECISION_WITHDRAWN_FROM_VIEW),
    ("legal-aid-declined-notice", Fact.LEGAL_AID_LAWYER_DECLINED, Fact.LEGAL_AID_CENTRE_TOLD),
    ("stop-payment-papers", Fact.STOP_PAYMENT_REQUESTED, Fact.STOP_PAYMENT_PAPERS_SENT),
    ("stop-payment-term", Fact.PAYMENT_STOPPED, Fact.STOPPED_ACCOUNT_FROZEN),
    ("supervisory-handover-detention", Fact.PRIOR_DETENTION_EXECUTED, Fact.BAIL_DECIDED),
    ("supervisory-bring-in", Fact.SUPERVISORY_BRING_IN, Fact.SUPERVISORY_BRING_IN_ENDED),
    ("supervisory-waiting", Fact.SUPERVISORY_WAITING_ORDERED, Fact.SUPERVISORY_WAITING_LIFTED),
    ("supervisory-holding", Fact.SUPERVISORY_HOLDING_BEGUN, Fact.SUPERVISORY_HOLDING_ENDED),
    ("household-certificate-reply", Fact.HOUSEHOLD_CERTIFICATE_ASKED, Fact.HOUSEHOLD_CERTIFICATE_RECEIVED),
]


@pytest.mark.parametrize(("limit", "starts", "meets"), STARTED_AND_MET, ids=[each[0] for each in STARTED_AND_MET])
def test_a_duty_runs_from_what_starts_it_until_it_is_done(limit: str, starts: Fact, meets: Fact, calendar: Calendar) -> None:
    log = Log(ONE).add(starts, "2026-03-02 09:00")
    assert log.clock(calendar, limit).state is ClockState.RUNNING
    log.add(meets, "2026-03-02 10:00")
    assert log.clock(calendar, limit).state is ClockState.MET


@table(
    ("asked", "clocks"),
    [(Fact.LEGAL_AID_CENTRE_NOTIFIED, 1), (Fact.LEGAL_AID_FORWARDED, 1), (Fact.DEFENCE_RIGHT_NOTIFIED, 0)],
)
def test_the_legal_aid_centre_is_told_of_a_lawyer_of_ones_own_where_it_was_asked_for_one(
    asked: Fact, clocks: int, calendar: Calendar
) -> None:
    log = Log(ONE).add(asked, "2026-03-02 09:00").add(Fact.DEFENDER_ENGAGED, "2026-03-03 09:00")
    assert len(log.clocks(calendar, "legal-aid-declined-notice")) == clocks


def test_activity_is_restricted_from_the_day_on_which_it_is_known_who_the_foreigner_is(calendar: Calendar) -> None:
    log = Log(ONE).add(Fact.IDENTITY_UNKNOWN, "2026-03-02 09:00").add(Fact.FOREIGNER_ACTIVITY_RESTRICTED, "2026-03-03 09:00")
    assert log.clock(calendar, "foreigner-activity-restriction").state is ClockState.NOT_STARTED
    log.add(Fact.IDENTITY_ESTABLISHED, "2026-04-01 09:00")
    assert log.clock(calendar, "foreigner-activity-restriction").due_at == at("2026-05-31 09:00")


def test_a_restricted_foreigner_is_not_held_and_one_handed_over_by_a_supervisory_commission_is(calendar: Calendar) -> None:
    free = Log(ONE).add(Fact.FOREIGNER_ACTIVITY_RESTRICTED, "2026-03-03 09:00")
    assert [each.measure.held for each in list_periods(free.facts)] == [False]
    held = Log(SUSPECT).add(Fact.PRIOR_DETENTION_EXECUTED, "2026-03-02 09:00").add(Fact.PERSON_RELEASED, "2026-03-05 09:00")
    (period,) = list_periods(held.facts)
    assert (period.measure.zh, period.measure.held, period.ended_at) == ("刑事拘留", True, at("2026-03-05 09:00"))


def test_whom_the_procuratorate_detains_first_goes_to_the_custody_centre_within_a_day(calendar: Calendar) -> None:
    log = Log(SUSPECT).add(Fact.PRIOR_DETENTION_EXECUTED, "2026-03-02 09:00")
    assert log.clock(calendar, "criminal-detention-deliver-to-custody-centre").due_at == at("2026-03-03 09:00")
    # The police ask for no arrest, and their own thirty-seven days are not the procuratorate's.
    running = {each.limit for each in compute_clocks(log.facts, calendar)}
    assert "supervisory-handover-detention" in running
    assert not running & {"criminal-detention-submit-for-arrest", "criminal-detention-total-cap"}


def test_the_procuratorate_decides_on_arrest_after_its_own_detention_without_being_asked(calendar: Calendar) -> None:
    log = Log(SUSPECT).add(Fact.PRIOR_DETENTION_EXECUTED, "2026-03-02 09:00")
    assert asked(log, Fact.ARREST_APPROVED, "2026-03-10 09:00", calendar, SUSPECT) is None
    ordinary = Log(SUSPECT).add(Fact.DETENTION_EXECUTED, "2026-03-02 09:00")
    found = asked(ordinary, Fact.ARREST_APPROVED, "2026-03-04 09:00", calendar, SUSPECT)
    assert found is not None
    assert found.slug == "law-forbids"


@pytest.mark.parametrize(("extension", "slug"), [("+4 day", ""), ("+1 day", ""), ("+5 day", "law-forbids")])
def test_the_procuratorate_takes_one_to_four_days_more(extension: str, slug: str, calendar: Calendar) -> None:
    log = Log(SUSPECT).add(Fact.PRIOR_DETENTION_EXECUTED, "2026-03-02 09:00")
    said = {"extension": extension, "grounds": "特殊情况", "approver": Office.PROCURATORATE}
    found = asked(log, Fact.PRIOR_DETENTION_EXTENDED, "2026-03-10 09:00", calendar, SUSPECT, **said)
    assert (found.slug if found else "") == slug


def test_one_word_of_a_supervisory_commission_lengthens_the_measure_it_names_and_no_other(calendar: Calendar) -> None:
    log = Log(SUSPECT).add(Fact.SUPERVISORY_BRING_IN, "2026-03-02 09:00")
    said = {"extension": "to 24 hour", "grounds": "需要管护", "limit": "supervisory-bring-in"}
    assert asked(log, Fact.SUPERVISORY_EXTENDED, "2026-03-02 18:00", calendar, SUSPECT, **said) is None
    named = said | {"limit": "supervisory-holding", "extension": "+3 day"}
    found = asked(log, Fact.SUPERVISORY_EXTENDED, "2026-03-02 18:00", calendar, SUSPECT, **named)
    assert found is not None
    assert found.slug == "law-forbids"


def test_the_demand_before_others_do_it_is_counted_back_from_the_day_on_which_they_will(calendar: Calendar) -> None:
    log = Log(ONE).add(Fact.SUBSTITUTE_APPOINTED, "2026-03-10 09:00", term="2026-03-20")
    assert log.clock(calendar, "substitute-performance-demand").due_at == at("2026-03-17 23:59:59")
    log.add(Fact.SUBSTITUTE_DEMANDED, "2026-03-18 09:00")
    assert log.clock(calendar, "substitute-performance-demand").state is ClockState.MET_LATE


def test_a_ban_runs_as_long_as_its_decision_says(calendar: Calendar) -> None:
    log = Log(ONE).add(Fact.BAN_ORDERED, "2026-03-02 09:00", term="6 month")
    clock = log.clock(calendar, "public-order-ban")
    assert (clock.state, clock.due_at) == (ClockState.RUNNING, at("2026-09-02 23:59:59"))


def test_two_requests_from_abroad_run_each_for_itself(calendar: Calendar) -> None:
    first, second = f"{CASE}/assistance-1", f"{CASE}/assistance-2"
    log = Log(CASE).add(Fact.ASSISTANCE_EVIDENCE_REQUESTED, "2026-03-02 09:00", about=first)
    log.add(Fact.ASSISTANCE_SERVICE_REQUESTED, "2026-03-02 09:00", about=second)
    log.add(Fact.ASSISTANCE_GIVEN, "2026-03-09 09:00", about=second)
    found = {each.about: (each.state, each.due_at) for each in compute_clocks(log.facts, calendar)}
    assert found[first] == (ClockState.RUNNING, at("2026-06-02 23:59:59"))
    assert found[second][0] is ClockState.MET


# What must have come before.
BEFORE = [
    (Fact.FOREIGNER_ACTIVITY_RESTORED, Fact.FOREIGNER_ACTIVITY_RESTRICTED),
    (Fact.BAIL_FORFEITURE_FINAL, Fact.BAIL_FORFEITURE_ANNOUNCED),
    (Fact.BAIL_ORGAN_TOLD, Fact.BAIL_FORFEITURE_OF_ORGAN_FINAL),
    (Fact.SUBSTITUTE_PERFORMED, Fact.SUBSTITUTE_DEMANDED),
    (Fact.DISCLOSED_DECISION_OVERTURNED, Fact.DECISION_DISCLOSED),
    (Fact.BAN_ORDERED, Fact.PENALTY_DECIDED),
    (Fact.SUSPENSION_DEPOSIT_BANKED, Fact.SUSPENSION_DEPOSIT_TAKEN),
    (Fact.STOPPED_ACCOUNT_FROZEN, Fact.PAYMENT_STOPPED),
    (Fact.SUPERVISORY_HOLDING_ENDED, Fact.SUPERVISORY_HOLDING_BEGUN),
]


@pytest.mark.parametrize(("fact", "before"), BEFORE, ids=[each[0].value for each in BEFORE])
def test_nothing_is_recorded_before_what_it_follows(fact: Fact, before: Fact, calendar: Calendar) -> None:
    found = asked(Log(ONE), fact, "2026-03-02 09:00", calendar, ONE)
    assert found is not None
    assert before.label in found.detail
    assert asked(Log(ONE).add(before, "2026-03-01 09:00"), fact, "2026-03-02 09:00", calendar, ONE) is None
