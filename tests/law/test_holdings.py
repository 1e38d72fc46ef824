"""One holding at a time: stopped, summoned or under review, nobody is held again meanwhile, nor by a chain of short holdings."""

import pytest

from law.calendar import Calendar
from law.facts import Fact
from law.rule_violation import RuleViolation
from tests.law.log import Log

ONE, OTHER = "JQ1/1", "JQ1/2"
STOPPED, SUMMONED = Fact.PERSON_STOPPED, Fact.PERSON_SUMMONED_ADMIN
ENDS = {
    STOPPED: Fact.STOP_ENDED,
    Fact.VULNERABLE_PERSON_STOPPED: Fact.STOP_ENDED,
    SUMMONED: Fact.ADMIN_SUMMONS_ENDED,
    Fact.PERSON_SUMMONED_OTHER_LAW: Fact.ADMIN_SUMMONS_ENDED,
}


def held(fact: Fact, until: str = "") -> Log:
    log = Log(ONE).add(fact, "2026-03-02 09:00")
    return log.add(ENDS[fact], until) if until else log


def refused(found: RuleViolation | None, field: str, slug: str = "law-forbids") -> RuleViolation:
    assert found is not None
    assert (found.slug, found.field) == (slug, field)
    return found


@pytest.mark.parametrize("again", ENDS)
@pytest.mark.parametrize("first", ENDS)
def test_nobody_is_stopped_or_summoned_while_they_are_held_by_a_stop_or_a_summons(
    first: Fact, again: Fact, calendar: Calendar
) -> None:
    found = refused(held(first).asked(calendar, again, "2026-03-02 10:00"), "at")
    assert f"2026-03-02 09:00的{first.label}尚未结束" in found.detail
    assert "第十二条" in found.basis
    assert "第六十九条" in found.basis
    # Its time has run out long since, and still nobody has said that the person was let go.
    refused(held(first).asked(calendar, again, "2026-03-05 10:00"), "at")


@pytest.mark.parametrize(
    ("first", "again"), [(STOPPED, STOPPED), (SUMMONED, SUMMONED), (SUMMONED, STOPPED), (SUMMONED, Fact.PERSON_SUMMONED_OTHER_LAW)]
)
@pytest.mark.parametrize(
    ("when", "permitted"), [("2026-03-02 15:01", False), ("2026-03-03 02:59", False), ("2026-03-03 03:00", True)]
)
def test_twelve_hours_lie_between_two_stops_or_summonses(
    first: Fact, again: Fact, when: str, permitted: bool, calendar: Calendar
) -> None:
    found = held(first, "2026-03-02 15:00").asked(calendar, again, when)
    assert (found is None) == permitted
    if found:
        assert "2026-03-03 03:00以后" in refused(found, "at").detail


def test_whoever_is_found_out_by_a_stop_may_be_summoned_as_it_ends_but_not_stopped_once_more(calendar: Calendar) -> None:
    log = held(STOPPED, "2026-03-02 15:00")
    assert log.asked(calendar, SUMMONED, "2026-03-02 15:00") is None
    log.add(SUMMONED, "2026-03-02 15:00").add(Fact.ADMIN_SUMMONS_ENDED, "2026-03-02 22:00")
    refused(log.asked(calendar, STOPPED, "2026-03-03 05:00"), "at")
    refused(log.asked(calendar, SUMMONED, "2026-03-03 05:00"), "at")


def test_another_person_of_the_incident_may_be_held_meanwhile(calendar: Calendar) -> None:
    assert held(STOPPED).asked(calendar, STOPPED, "2026-03-02 09:30", about=OTHER) is None


def test_no_stop_is_entered_as_if_it_had_come_before_the_one_that_runs(calendar: Calendar) -> None:
    refused(held(STOPPED).asked(calendar, STOPPED, "2026-03-02 08:00"), "at", "form-invalid")


def test_the_end_of_another_holding_does_not_end_the_one_that_runs(calendar: Calendar) -> None:
    log = Log(ONE).add(SUMMONED, "2026-02-20 09:00").add(Fact.ADMIN_SUMMONS_ENDED, "2026-02-20 10:00")
    log.add(STOPPED, "2026-03-02 09:00").add(Fact.ADMIN_SUMMONS_ENDED, "2026-03-02 09:30")
    refused(log.asked(calendar, STOPPED, "2026-03-03 09:00"), "at")


def test_whoever_the_rules_spare_is_not_stopped_later_as_if_they_did_not(calendar: Calendar) -> None:
    log = held(Fact.VULNERABLE_PERSON_STOPPED, "2026-03-02 12:00")
    found = refused(log.asked(calendar, STOPPED, "2026-03-04 09:00"), "vulnerable")
    assert "第十条" in found.basis
    assert log.asked(calendar, Fact.VULNERABLE_PERSON_STOPPED, "2026-03-04 09:00") is None


@pytest.mark.parametrize(
    ("ended_by", "then"),
    [
        (Fact.BAIL_DECIDED, Fact.BAIL_DECIDED),
        (Fact.DETENTION_EXECUTED, Fact.PERSON_RELEASED),
        (Fact.SURVEILLANCE_DECIDED, Fact.SURVEILLANCE_LIFTED),
    ],
)
@pytest.mark.parametrize("began", [Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED])
def test_the_interval_between_two_criminal_summonses_counts_from_whatever_ended_the_first(
    began: Fact, ended_by: Fact, then: Fact, calendar: Calendar
) -> None:
    log = Log().add(Fact.CASE_FILED, "2026-03-01 09:00").add(began, "2026-03-02 09:00").add(ended_by, "2026-03-02 15:00")
    if then is not ended_by:
        log.add(then, "2026-03-02 15:10")
    for again in (Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED):
        assert "2026-03-03 03:00以后" in refused(log.asked(calendar, again, "2026-03-02 15:20"), "at").detail
        assert log.asked(calendar, again, "2026-03-03 03:00") is None


@pytest.mark.parametrize(
    ("running", "again"),
    [
        (Fact.ADMIN_DETENTION_ENTERED, Fact.FOREIGNER_REVIEW_EXECUTED),
        (Fact.FOREIGNER_REVIEW_EXECUTED, Fact.ADMIN_DETENTION_ENTERED),
        (Fact.ADMIN_DETENTION_ENTERED, SUMMONED),
        (Fact.FOREIGNER_REVIEW_EXECUTED, STOPPED),
        (Fact.ADMIN_DETENTION_ENTERED, Fact.SOBERING_STARTED),
    ],
)
@pytest.mark.parametrize("when", ["2026-03-03 09:00", "2026-03-02 08:00"])
def test_nobody_comes_under_a_holding_of_another_kind_while_one_runs(
    running: Fact, again: Fact, when: str, calendar: Calendar
) -> None:
    log = Log(ONE).add(Fact.ADMIN_DETENTION_DECIDED, "2026-03-01 09:00").add(running, "2026-03-02 09:00")
    assert "尚未结束" in refused(log.asked(calendar, again, when), "at").detail


def test_whoever_is_in_custody_is_questioned_there_and_not_summoned(calendar: Calendar) -> None:
    log = Log().add(Fact.CASE_FILED, "2026-03-01 09:00").add(Fact.DETENTION_EXECUTED, "2026-03-02 09:00")
    for again in (Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED):
        assert "刑事拘留尚未结束" in refused(log.asked(calendar, again, "2026-03-03 09:00"), "at").detail


@pytest.mark.parametrize(
    ("running", "next_"),
    [
        (SUMMONED, Fact.ADMIN_DETENTION_ENTERED),
        (SUMMONED, Fact.FOREIGNER_REVIEW_EXECUTED),
        (STOPPED, Fact.FOREIGNER_REVIEW_EXECUTED),
        (SUMMONED, Fact.SOBERING_STARTED),
        (Fact.SOBERING_STARTED, SUMMONED),
    ],
)
def test_questioning_goes_over_into_what_it_leads_to_and_the_drunk_may_be_restrained_meanwhile(
    running: Fact, next_: Fact, calendar: Calendar
) -> None:
    log = Log(ONE).add(Fact.ADMIN_DETENTION_DECIDED, "2026-03-01 09:00").add(running, "2026-03-02 09:00")
    assert log.asked(calendar, next_, "2026-03-02 10:00") is None


def test_a_criminal_summons_goes_over_into_detention_in_its_own_matter(calendar: Calendar) -> None:
    log = Log().add(Fact.CASE_FILED, "2026-03-01 09:00").add(Fact.PERSON_SUMMONED, "2026-03-02 09:00")
    assert log.asked(calendar, Fact.DETENTION_EXECUTED, "2026-03-02 10:00") is None


@pytest.mark.parametrize("fact", [Fact.FOREIGNER_REVIEW_EXECUTED, Fact.ADMIN_DETENTION_ENTERED, Fact.SOBERING_STARTED])
def test_no_other_holding_begins_a_second_time_while_it_runs(fact: Fact, calendar: Calendar) -> None:
    decided = Fact.ADMIN_DETENTION_DECIDED
    log = Log(ONE).add(decided, "2026-03-01 09:00").add(fact, "2026-03-02 09:00").add(decided, "2026-03-02 10:00")
    assert f"{fact.label}尚未结束" in refused(log.asked(calendar, fact, "2026-03-03 09:00"), "at").detail
