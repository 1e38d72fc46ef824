"""Who goes to other police with a transferred case: our clocks end, an overrun stays, and the days go on should they come back."""

from dataclasses import replace
from datetime import datetime

import pytest

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState
from law.clocks import compute_clocks
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.measures import count_days_held, list_periods
from law.rules import check_fact

SUSPECT, CASE = "suspect/1", "criminal-case/1"
SUBMIT, CUSTODY, BAIL = "criminal-detention-submit-for-arrest", "investigative-custody", "bail-max"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def of(fact: Fact, when: str, seq: int, **more: object) -> LegalFact:
    return replace(LegalFact(fact, at(when), SUSPECT, seq), **more)


def told(fact: Fact, when: str, seq: int) -> LegalFact:
    return LegalFact(fact, at(when), CASE, seq, told_by=CASE)


def clock(facts: list[LegalFact], limit: str, calendar: Calendar) -> Clock:
    return [each for each in compute_clocks(facts, calendar) if each.limit == limit][-1]


def refused(facts: list[LegalFact], fact: LegalFact, calendar: Calendar) -> str:
    found = check_fact(facts, fact, calendar)
    assert found is not None
    return found.detail


FILED = told(Fact.CASE_FILED, "2026-02-01 09:00", 1)
DETAINED = [FILED, of(Fact.DETENTION_EXECUTED, "2026-03-02 10:00", 2)]
GONE = [*DETAINED, told(Fact.CASE_TRANSFERRED, "2026-03-03 10:00", 3), of(Fact.PERSON_HANDED_OVER, "2026-03-03 16:00", 4)]
RETAKEN = [*GONE, told(Fact.CASE_RETAKEN, "2026-03-04 09:00", 5)]
BACK = of(Fact.PERSON_TAKEN_BACK_HELD, "2026-03-04 10:00", 6, reason="刑事拘留")


def test_a_hand_over_ends_our_custody_and_nobody_is_held_by_us_any_more(calendar: Calendar) -> None:
    ended = clock(GONE, SUBMIT, calendar)
    assert (ended.state, ended.ended_at, ended.overrun) == (ClockState.LAPSED, at("2026-03-03 16:00"), None)
    assert not History(GONE).in_custody(SUSPECT, at("2026-03-03 17:00"))
    assert all(each.ended_at for each in list_periods(GONE))


def test_what_had_been_overrun_before_the_hand_over_stays_overrun(calendar: Calendar) -> None:
    late = [*DETAINED, told(Fact.CASE_TRANSFERRED, "2026-03-03 10:00", 3), of(Fact.PERSON_HANDED_OVER, "2026-03-06 16:00", 4)]
    ended = clock(late, SUBMIT, calendar)
    assert (ended.state, bool(ended.overrun)) == (ClockState.OVERRUN, True)


def test_nobody_is_handed_over_in_a_case_that_was_not_transferred_nor_twice(calendar: Calendar) -> None:
    again = of(Fact.PERSON_HANDED_OVER, "2026-03-03 17:00", 9)
    assert "没有移送" in refused(DETAINED, again, calendar)
    assert check_fact(GONE[:3], again, calendar) is None
    assert "已于" in refused(GONE, again, calendar)
    assert "没有移送" in refused([*GONE[:3], told(Fact.CASE_RETAKEN, "2026-03-03 12:00", 5)], again, calendar)


@pytest.mark.parametrize("measure", [Fact.DETENTION_EXECUTED, Fact.BAIL_DECIDED, Fact.PERSON_SUMMONED])
def test_no_measure_begins_anew_on_whoever_was_handed_over_until_they_are_taken_back(measure: Fact, calendar: Calendar) -> None:
    said = refused(RETAKEN, of(measure, "2026-03-04 10:00", 9), calendar)
    assert "接回犯罪嫌疑人" in said
    assert "不重新起算" in said


def test_custody_goes_on_with_every_day_used_elsewhere_once_the_person_is_taken_back(calendar: Calendar) -> None:
    assert check_fact(RETAKEN, BACK, calendar) is None
    back = clock([*RETAKEN, BACK], SUBMIT, calendar)
    before = clock(DETAINED, SUBMIT, calendar)
    assert (back.state, back.due_at, back.started_at) == (ClockState.RUNNING, before.due_at, before.started_at)
    assert History([*RETAKEN, BACK]).in_custody(SUSPECT, at("2026-03-04 11:00"))
    assert [each.measure.id for each in list_periods([*RETAKEN, BACK]) if each.ended_at is None] == ["taken-back"]
    assert count_days_held([*RETAKEN, BACK], SUSPECT, at("2026-03-05 10:00")) == 3


def test_whoever_comes_back_comes_back_where_they_were_and_not_before_they_left(calendar: Calendar) -> None:
    assert "刑事拘留" in refused(RETAKEN, replace(BACK, reason="逮捕羁押"), calendar)
    assert "早于" in refused(RETAKEN, replace(BACK, at=at("2026-03-03 12:00")), calendar)
    assert check_fact(GONE, BACK, calendar) is not None
    assert "没有移交" in refused(DETAINED, replace(BACK, at=at("2026-03-02 12:00")), calendar)


def test_whoever_comes_back_free_is_under_nothing_and_is_detained_again_only_on_something_new(calendar: Calendar) -> None:
    free = of(Fact.PERSON_TAKEN_BACK_FREE, "2026-03-04 10:00", 6, reason="未采取强制措施")
    assert check_fact(RETAKEN, free, calendar) is None
    assert clock([*RETAKEN, free], SUBMIT, calendar).state is ClockState.LAPSED
    again = of(Fact.DETENTION_EXECUTED, "2026-03-04 12:00", 9)
    assert "新的事实" in refused([*RETAKEN, free], again, calendar)


def test_bail_goes_on_to_the_day_on_which_it_would_have_ended(calendar: Calendar) -> None:
    bailed = [FILED, of(Fact.BAIL_DECIDED, "2026-03-02 10:00", 2)]
    due = clock(bailed, BAIL, calendar).due_at
    gone = [*bailed, *GONE[2:], told(Fact.CASE_RETAKEN, "2026-05-04 09:00", 5)]
    assert clock(gone, BAIL, calendar).state is ClockState.LAPSED
    back = of(Fact.PERSON_TAKEN_BACK_RESTRAINED, "2026-05-04 10:00", 6, reason="取保候审")
    assert check_fact(gone, back, calendar) is None
    resumed = clock([*gone, back], BAIL, calendar)
    assert (resumed.state, resumed.due_at) == (ClockState.RUNNING, due)
    # Lifted and decided again, what was used with the other police is used up.
    lifted = [*gone, back, of(Fact.BAIL_LIFTED, "2026-06-01 10:00", 7)]
    anew = clock([*lifted, of(Fact.BAIL_DECIDED, "2026-06-01 12:00", 8)], BAIL, calendar)
    assert anew.due_at is not None
    assert due is not None
    assert anew.due_at.date() == due.date()
