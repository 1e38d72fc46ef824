"""Days in custody that are taken off a detention: what counts, and how the days are told."""

from law.credit import count_days, list_custody_spans
from law.facts import Fact
from tests.law.test_clocks import Log, at

SUSPECT = "XY1"


def test_a_begun_day_counts_and_what_follows_at_once_is_one_span() -> None:
    log = Log(SUSPECT).add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00").add(Fact.ARREST_EXECUTED, "2026-03-05 09:00")
    log.add(Fact.PERSON_RELEASED, "2026-03-08 11:00")
    spans = list_custody_spans(log.facts, at("2026-04-01 00:00"))
    assert spans == [(at("2026-03-01 10:00"), at("2026-03-08 11:00"))]
    assert count_days(spans) == 8


def test_being_summoned_questioned_or_on_bail_is_no_custody() -> None:
    log = Log(SUSPECT).add(Fact.PERSON_SUMMONED, "2026-03-01 10:00").add(Fact.SUMMONS_ENDED, "2026-03-01 20:00")
    log.add(Fact.PERSON_STOPPED, "2026-03-02 10:00").add(Fact.STOP_ENDED, "2026-03-02 20:00")
    log.add(Fact.BAIL_DECIDED, "2026-03-03 10:00")
    assert list_custody_spans(log.facts, at("2026-04-01 00:00")) == []


def test_two_spells_in_custody_are_told_apart_and_one_that_lasts_runs_to_the_day_asked_for() -> None:
    log = Log(SUSPECT).add(Fact.DETENTION_EXECUTED, "2026-03-01 10:00").add(Fact.PERSON_RELEASED, "2026-03-02 09:00")
    log.add(Fact.DETENTION_EXECUTED, "2026-03-10 10:00")
    spans = list_custody_spans(log.facts, at("2026-03-12 10:00"))
    assert [count_days([each]) for each in spans] == [1, 2]


def test_a_foreigner_held_for_review_is_credited_and_one_kept_within_an_area_is_not() -> None:
    log = Log("ZA1/1").add(Fact.FOREIGNER_REVIEW_EXECUTED, "2026-03-01 10:00").add(Fact.FOREIGNER_REVIEW_LIFTED, "2026-03-04 10:00")
    log.add(Fact.FOREIGNER_ACTIVITY_RESTRICTED, "2026-03-04 10:00")
    assert count_days(list_custody_spans(log.facts, at("2026-04-01 00:00"))) == 3
