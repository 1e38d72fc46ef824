"""What the law does not permit: each refusal names its kind, the field at fault, the rule, and what is open instead."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from law.calendar import SHANGHAI, Calendar
from law.clocks import compute_clocks
from law.disposals import LAPSED
from law.facts import Fact
from law.legal_fact import LegalFact
from law.offices import Office
from law.rules import RuleViolation, check_fact

SUSPECT, CASE = "suspect/1", "criminal-case/1"
SUBMIT = "criminal-detention-submit-for-arrest"


def fact(kind: Fact, when: str, about: str = SUSPECT, **more: object) -> LegalFact:
    return replace(LegalFact(kind, datetime.fromisoformat(when).replace(tzinfo=SHANGHAI), about), **more)


FILED = [
    fact(Fact.CASE_ACCEPTED, "2026-09-01 09:00", CASE, told_by=CASE),
    fact(Fact.CASE_FILED, "2026-09-02 09:00", CASE, told_by=CASE),
]
DETAINED = [*FILED, fact(Fact.DETENTION_EXECUTED, "2026-09-28 10:00")]
ARRESTED = [
    *DETAINED,
    fact(Fact.ARREST_REQUESTED, "2026-09-30 10:00"),
    fact(Fact.ARREST_APPROVED, "2026-10-05 10:00"),
    fact(Fact.ARREST_EXECUTED, "2026-10-05 11:00"),
]
GRANT = {"grounds": "流窜作案", "approver": Office.COUNTY_HEAD}
CUSTODY_GRANT = {"grounds": "案情复杂", "extension": "+1 month", "approver": Office.HIGHER_PROCURATORATE}


def refused(found: RuleViolation | None, slug: str, field: str, basis: str) -> str:
    assert found is not None
    assert (found.slug, found.field) == (slug, field)
    assert basis in found.basis
    return found.detail


@pytest.mark.parametrize("extension", ["+1 day", "+4 day", "to 30 day", "to 7 day"])
def test_what_the_ladder_offers_is_permitted(extension: str, calendar: Calendar) -> None:
    assert check_fact(DETAINED, fact(Fact.DETENTION_EXTENDED, "2026-09-30 10:00", extension=extension, **GRANT), calendar) is None


@pytest.mark.parametrize("extension", ["+5 day", "to 31 day", "+4 hour", "+1 month", "+0 day"])
def test_an_amount_the_law_does_not_offer_is_forbidden_and_the_offer_is_named(extension: str, calendar: Calendar) -> None:
    new = fact(Fact.DETENTION_EXTENDED, "2026-09-30 10:00", extension=extension, **GRANT)
    detail = refused(check_fact(DETAINED, new, calendar), "law-forbids", "extension", "《刑事诉讼法》第九十一条")
    assert "延长1至4日" in detail
    assert "延长至30日" in detail


def test_an_extension_that_cannot_be_read_is_a_fault_of_form(calendar: Calendar) -> None:
    new = fact(Fact.DETENTION_EXTENDED, "2026-09-30 10:00", extension="four days", **GRANT)
    refused(check_fact(DETAINED, new, calendar), "form-invalid", "extension", "第九十一条")


def test_the_same_extension_is_granted_once(calendar: Calendar) -> None:
    once = [*DETAINED, fact(Fact.DETENTION_EXTENDED, "2026-09-29 10:00", extension="+2 day", **GRANT)]
    new = fact(Fact.DETENTION_EXTENDED, "2026-09-30 10:00", extension="+2 day", **GRANT)
    assert "只能一次" in refused(check_fact(once, new, calendar), "law-forbids", "extension", "第九十一条")


def test_an_extension_after_expiry_comes_too_late(calendar: Calendar) -> None:
    new = fact(Fact.DETENTION_EXTENDED, "2026-10-01 10:01", extension="+4 day", **GRANT)
    assert "2026-10-01 10:00届满" in refused(check_fact(DETAINED, new, calendar), "time-limit-expired", "at", "第九十一条")


def test_an_approver_without_the_power_is_refused(calendar: Calendar) -> None:
    new = fact(Fact.DETENTION_EXTENDED, "2026-09-30 10:00", extension="+4 day", grounds="特殊情况", approver=Office.STATION_HEAD)
    detail = refused(check_fact(DETAINED, new, calendar), "law-forbids", "approver", "第九十一条")
    assert Office.COUNTY_HEAD.label in detail


@pytest.mark.parametrize(("missing", "field"), [({"grounds": "  "}, "grounds"), ({"approver": None}, "approver")])
def test_an_extension_needs_grounds_and_an_approver(missing: dict[str, object], field: str, calendar: Calendar) -> None:
    new = fact(Fact.DETENTION_EXTENDED, "2026-09-30 10:00", extension="+4 day", **{**GRANT, **missing})
    refused(check_fact(DETAINED, new, calendar), "form-invalid", field, "第九十一条")


def test_nothing_that_does_not_run_can_be_extended(calendar: Calendar) -> None:
    met = [*DETAINED, fact(Fact.ARREST_REQUESTED, "2026-09-29 10:00")]
    new = fact(Fact.DETENTION_EXTENDED, "2026-09-30 10:00", extension="+4 day", limit=SUBMIT, **GRANT)
    refused(check_fact(met, new, calendar), "law-forbids", "limit", "第九十一条")


def test_custody_is_extended_only_if_asked_for_seven_days_before(calendar: Calendar) -> None:
    new = fact(Fact.CUSTODY_EXTENDED, "2026-12-04 10:00", **CUSTODY_GRANT)
    assert "没有提请" in refused(check_fact(ARRESTED, new, calendar), "law-forbids", "at", "第一百四十八条")
    late = [*ARRESTED, fact(Fact.CUSTODY_EXTENSION_REQUESTED, "2026-11-29 10:00")]
    assert "2026年11月28日以前" in refused(check_fact(late, new, calendar), "law-forbids", "at", "第三百零九条")
    in_time = [*ARRESTED, fact(Fact.CUSTODY_EXTENSION_REQUESTED, "2026-11-28 10:00")]
    assert check_fact(in_time, new, calendar) is None


def test_a_request_for_one_stretch_of_custody_does_not_serve_the_next(calendar: Calendar) -> None:
    log = [
        *ARRESTED,
        fact(Fact.CUSTODY_EXTENSION_REQUESTED, "2026-11-20 10:00"),
        fact(Fact.CUSTODY_EXTENDED, "2026-12-01 10:00", **CUSTODY_GRANT),
    ]
    second = {**CUSTODY_GRANT, "extension": "+2 month", "approver": Office.PROVINCIAL_PROCURATORATE}
    refused(
        check_fact(log, fact(Fact.CUSTODY_EXTENDED, "2026-12-25 10:00", **second), calendar), "law-forbids", "at", "第一百四十八条"
    )


@pytest.mark.parametrize("kind", [Fact.DETENTION_EXECUTED, Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED, Fact.PERSON_COMPELLED])
def test_no_coercive_measure_comes_before_filing(kind: Fact, calendar: Calendar) -> None:
    refused(check_fact([], fact(kind, "2026-09-28 10:00"), calendar), "law-forbids", "at", "第一百七十四条")
    assert check_fact(FILED, fact(kind, "2026-09-28 10:00"), calendar) is None


def test_a_summons_may_come_before_filing(calendar: Calendar) -> None:
    assert check_fact([], fact(Fact.PERSON_SUMMONED, "2026-09-28 10:00"), calendar) is None


@pytest.mark.parametrize(("hour", "permitted"), [("08:59", False), ("09:00", True)])
def test_twelve_hours_lie_between_two_summonses(hour: str, permitted: bool, calendar: Calendar) -> None:
    log = [*FILED, fact(Fact.PERSON_SUMMONED, "2026-09-27 10:00"), fact(Fact.SUMMONS_ENDED, "2026-09-27 21:00")]
    found = check_fact(log, fact(Fact.PERSON_COMPELLED, f"2026-09-28 {hour}"), calendar)
    assert (found is None) == permitted
    if found:
        assert (found.limit, found.slug) == ("criminal-summons-interval", "law-forbids")
        assert "2026-09-28 09:00以后" in found.detail


def test_one_summons_does_not_follow_another_that_has_not_ended(calendar: Calendar) -> None:
    log = [*FILED, fact(Fact.PERSON_SUMMONED, "2026-09-26 10:00")]
    refused(check_fact(log, fact(Fact.PERSON_SUMMONED, "2026-09-28 10:00"), calendar), "law-forbids", "at", "第一百一十九条")


def test_a_further_extension_is_not_dated_before_the_one_before_so_that_one_request_served_both(calendar: Calendar) -> None:
    asked = fact(Fact.CUSTODY_EXTENSION_REQUESTED, "2026-11-20 10:00")
    first = fact(Fact.CUSTODY_EXTENDED, "2026-12-01 10:00", **CUSTODY_GRANT)
    again = fact(Fact.CUSTODY_EXTENDED, "2026-12-01 09:00", **CUSTODY_GRANT)
    refused(check_fact([*ARRESTED, asked, first], again, calendar), "form-invalid", "at", "")


def test_custody_is_not_counted_anew_once_the_case_has_been_sent(calendar: Calendar) -> None:
    known = [*ARRESTED, fact(Fact.NEW_CRIME_DISCOVERED, "2026-10-20 10:00", reason="不同种的重大犯罪")]
    restart = fact(Fact.CUSTODY_RESTARTED, "2026-10-22 10:00", grounds="另有重要罪行")
    assert check_fact(known, restart, calendar) is None
    sent = fact(Fact.CASE_SENT_TO_PROCURATORATE, "2026-10-21 10:00", CASE, told_by=CASE)
    refused(check_fact([*known, sent], restart, calendar), "law-forbids", "at", "刑事诉讼法")


@pytest.mark.parametrize("kind", [Fact.PERSON_RELEASED, Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED])
def test_a_measure_is_not_dated_before_the_one_that_it_changes_or_ends(kind: Fact, calendar: Calendar) -> None:
    early, late = fact(kind, "2026-10-05 10:59"), fact(kind, "2026-10-05 11:01")
    objected = check_fact(ARRESTED, early, calendar)
    assert objected is not None
    assert (objected.slug, objected.field) == ("form-invalid", "at")
    assert check_fact(ARRESTED, late, calendar) is None


def test_detention_is_not_extended_before_it_is_executed(calendar: Calendar) -> None:
    new = fact(Fact.DETENTION_EXTENDED, "2026-09-28 09:00", extension="+4 day", **GRANT)
    refused(check_fact(FILED, new, calendar), "law-forbids", "at", "第一百二十九条")
    assert "早于" in refused(check_fact(DETAINED, new, calendar), "form-invalid", "at", "第一百二十九条")


def test_time_is_left_out_only_for_a_reason_the_limit_knows(calendar: Calendar) -> None:
    new = fact(Fact.EVALUATION_STARTED, "2026-09-30 10:00", reason="伤情鉴定")
    refused(check_fact(DETAINED, new, calendar), "law-forbids", "reason", "第二百五十七条")
    assert check_fact(DETAINED, replace(new, reason="精神病鉴定"), calendar) is None
    named = replace(new, reason="", limit="criminal-detention-family-notice")
    refused(check_fact(DETAINED, named, calendar), "law-forbids", "limit", "第八十五条")


def test_an_unknown_identity_does_not_put_off_custody_that_has_run_out(calendar: Calendar) -> None:
    midway = fact(Fact.IDENTITY_UNKNOWN, "2026-12-05 10:00")
    refused(check_fact(ARRESTED, midway, calendar), "law-forbids", "at", "第一百五十六条")
    late = fact(Fact.IDENTITY_UNKNOWN, "2026-12-06 10:00")
    refused(check_fact(ARRESTED, late, calendar), "time-limit-expired", "at", "第一百五十六条")


def test_a_term_longer_than_the_law_allows_is_refused(calendar: Calendar) -> None:
    assert check_fact(FILED, fact(Fact.BAIL_DECIDED, "2026-09-28 10:00", term="6 month"), calendar) is None
    refused(
        check_fact(FILED, fact(Fact.BAIL_DECIDED, "2026-09-28 10:00", term="13 month"), calendar),
        "law-forbids",
        "term",
        "第七十九条",
    )
    refused(
        check_fact(FILED, fact(Fact.BAIL_DECIDED, "2026-09-28 10:00", term="半年"), calendar), "form-invalid", "term", "第七十九条"
    )


def test_an_instant_without_a_time_zone_is_a_fault_of_form(calendar: Calendar) -> None:
    naive = replace(fact(Fact.CASE_ACCEPTED, "2026-09-28 10:00", CASE), at=datetime.fromisoformat("2026-09-28 10:00"))
    refused(check_fact([], naive, calendar), "form-invalid", "at", "")


def test_what_another_matter_tells_is_never_refused(calendar: Calendar) -> None:
    assert check_fact([], fact(Fact.DETENTION_EXECUTED, "2026-09-28 10:00", told_by="suspect/2"), calendar) is None


# Taking effect

JUDGED = [fact(Fact.CASE_JUDGED, "2026-09-10 09:00", CASE), fact(Fact.JUDGMENT_SERVED, "2026-09-11 09:00", CASE)]


def effective(when: str) -> LegalFact:
    return fact(Fact.SENTENCE_EFFECTIVE, when, CASE)


def test_a_first_judgment_takes_effect_when_everybodys_time_to_appeal_is_over(calendar: Calendar) -> None:
    detail = refused(check_fact(JUDGED, effective("2026-09-21 23:59"), calendar), "law-forbids", "at", "第二百三十条")
    assert "2026-09-21" in detail
    assert check_fact(JUDGED, effective("2026-09-22 00:00"), calendar) is None
    later = [*JUDGED, fact(Fact.JUDGMENT_SERVED, "2026-09-14 09:00", CASE)]
    refused(check_fact(later, effective("2026-09-22 09:00"), calendar), "law-forbids", "at", "第二百五十九条")
    assert check_fact(later, effective("2026-09-28 00:00"), calendar) is None


def test_a_judgment_of_which_no_service_is_known_takes_effect_no_sooner_than_if_it_was_served_at_once(calendar: Calendar) -> None:
    refused(check_fact(JUDGED[:1], effective("2026-09-20 09:00"), calendar), "law-forbids", "at", "第二百三十条")
    assert check_fact(JUDGED[:1], effective("2026-09-22 00:00"), calendar) is None


def test_a_judgment_of_second_instance_takes_effect_at_once_and_nobody_may_appeal(calendar: Calendar) -> None:
    appealed = [
        *JUDGED,
        fact(Fact.APPEALED, "2026-09-15 09:00", CASE),
        fact(Fact.SECOND_INSTANCE_JUDGED, "2026-09-28 09:00", CASE),
        fact(Fact.JUDGMENT_SERVED, "2026-09-28 10:00", CASE),
    ]
    assert check_fact(appealed, effective("2026-09-28 11:00"), calendar) is None
    assert [each.state for each in compute_clocks(appealed, calendar) if each.limit == "appeal-period"] == ["met"]


# The third time

SENT = [*FILED, fact(Fact.CASE_SENT_TO_PROCURATORATE, "2026-10-01 09:00", CASE)]
RETURNED_TWICE = [
    *SENT,
    fact(Fact.CASE_RETURNED, "2026-10-20 09:00", CASE),
    fact(Fact.CASE_SENT_AGAIN, "2026-11-10 09:00", CASE),
    fact(Fact.CASE_RETURNED, "2026-12-01 09:00", CASE),
    fact(Fact.CASE_SENT_AGAIN, "2026-12-20 09:00", CASE),
]


def test_a_case_is_returned_for_investigation_twice_and_not_a_third_time(calendar: Calendar) -> None:
    assert check_fact(RETURNED_TWICE[:5], fact(Fact.CASE_RETURNED, "2026-12-01 09:00", CASE), calendar) is None
    third = check_fact(RETURNED_TWICE, fact(Fact.CASE_RETURNED, "2027-01-10 09:00", CASE), calendar)
    detail = refused(third, "law-forbids", "at", "《刑事诉讼法》第一百七十五条")
    assert "以二次为限" in detail
    assert "不起诉" in detail


def test_what_is_not_with_the_procuratorate_is_not_returned(calendar: Calendar) -> None:
    refused(check_fact(FILED, fact(Fact.CASE_RETURNED, "2026-10-20 09:00", CASE), calendar), "law-forbids", "at", "第一百七十五条")


def test_a_trial_is_adjourned_for_investigation_twice_and_a_new_trial_counts_anew(calendar: Calendar) -> None:
    tried = [
        *SENT,
        fact(Fact.CASE_PROSECUTED, "2026-10-20 09:00", CASE),
        fact(Fact.TRIAL_ACCEPTED, "2026-10-25 09:00", CASE),
        fact(Fact.TRIAL_ADJOURNED, "2026-11-01 09:00", CASE),
        fact(Fact.TRIAL_ADJOURNED, "2026-12-05 09:00", CASE),
    ]
    third = fact(Fact.TRIAL_ADJOURNED, "2027-01-10 09:00", CASE)
    refused(check_fact(tried, third, calendar), "law-forbids", "at", "第四百二十一条")
    remanded = [*tried, fact(Fact.TRIAL_ACCEPTED, "2027-01-05 09:00", CASE)]
    assert check_fact(remanded, third, calendar) is None


def test_a_freeze_has_not_lapsed_before_its_time_is_over(calendar: Calendar) -> None:
    frozen = [fact(Fact.FUNDS_FROZEN, "2026-01-10 09:00", "WP1")]
    renewed = [*frozen, fact(Fact.FREEZE_RENEWED, "2026-07-01 09:00", "WP1", extension="+6 month", approver=Office.COUNTY_HEAD)]
    lapsed = fact(Fact.EXHIBIT_UNFROZEN, "2026-07-11 00:01", "WP1", reason=LAPSED)
    assert check_fact(frozen, lapsed, calendar) is None
    early = replace(lapsed, at=lapsed.at - timedelta(minutes=2))
    assert "2026-07-10" in refused(check_fact(frozen, early, calendar), "law-forbids", "at", "第二百四十条")
    assert check_fact(renewed, lapsed, calendar) is not None
    assert check_fact(renewed, replace(lapsed, reason=""), calendar) is None


def test_what_an_officer_dates_by_the_minute_does_not_come_before_what_was_stamped_within_it(calendar: Calendar) -> None:
    stamped = LegalFact(Fact.DETENTION_EXECUTED, datetime(2026, 9, 28, 10, tzinfo=SHANGHAI) + timedelta(seconds=25), "p", seq=1)
    filed = LegalFact(Fact.CASE_FILED, datetime(2026, 9, 27, 10, tzinfo=SHANGHAI), "p", seq=0)
    typed = LegalFact(
        Fact.DETENTION_EXTENDED,
        datetime(2026, 9, 28, 10, tzinfo=SHANGHAI),
        "p",
        seq=2,
        extension="+4 day",
        grounds="特殊情况",
        approver=Office.COUNTY_HEAD,
    )
    assert check_fact([filed, stamped], typed, calendar) is None
    (clock,) = [
        each for each in compute_clocks([filed, stamped, typed], calendar) if each.limit == "criminal-detention-submit-for-arrest"
    ]
    assert clock.due_at == stamped.at + timedelta(days=7)
    before = replace(typed, at=datetime(2026, 9, 28, 9, 59, tzinfo=SHANGHAI))
    assert check_fact([filed, stamped], before, calendar) is not None
