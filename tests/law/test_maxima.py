"""The maxima of bail and surveillance: counted for a person, a case and an organ, in whatever alternation of measures (CPL 79)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from law.calendar import SHANGHAI, Calendar
from law.clock import Clock, ClockState
from law.clocks import compute_clocks
from law.facts import Fact
from law.legal_fact import LegalFact
from law.rules import check_fact

SUSPECT, CASE = "suspect/1", "criminal-case/1"
BAIL, SURVEILLANCE = "bail-max", "residential-surveillance-max"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def story(*told: tuple[Fact, str]) -> list[LegalFact]:
    """These facts of one suspect, after the case was filed."""
    filed = [
        LegalFact(Fact.CASE_ACCEPTED, at("2025-02-01 09:00"), CASE, 1, told_by=CASE),
        LegalFact(Fact.CASE_FILED, at("2025-02-01 09:00"), CASE, 1, told_by=CASE),
    ]
    return filed + [LegalFact(fact, at(when), SUSPECT, seq) for seq, (fact, when) in enumerate(told, 2)]


def newest(facts: list[LegalFact], limit: str, calendar: Calendar) -> Clock:
    return [clock for clock in compute_clocks(facts, calendar) if clock.limit == limit][-1]


LIFTED = story((Fact.BAIL_DECIDED, "2025-03-03 10:00"), (Fact.BAIL_LIFTED, "2026-02-27 10:00"))
AGAIN = LegalFact(Fact.BAIL_DECIDED, at("2026-03-02 10:00"), SUSPECT, 9)


def test_a_second_bail_of_the_same_organ_ends_when_the_twelve_months_are_used_up(calendar: Calendar) -> None:
    clock = newest([*LIFTED, AGAIN], BAIL, calendar)
    # 361 days from 3 March 2025 to 27 February 2026 of 365; 2, 3, 4 and 5 March are the four that are left.
    assert clock.due_at == at("2026-03-05 23:59:59")
    assert any("已使用361日，剩余4日" in reason and "第七十九条" in reason for reason in clock.reasons)


def test_what_is_left_is_offered_and_more_is_refused_with_the_days_used(calendar: Calendar) -> None:
    assert check_fact(LIFTED, AGAIN, calendar) is None
    assert check_fact(LIFTED, replace(AGAIN, term="3 day"), calendar) is None
    found = check_fact(LIFTED, replace(AGAIN, term="6 month"), calendar)
    assert found is not None
    assert (found.slug, found.field, found.limit) == ("law-forbids", "term", BAIL)
    assert "累计361日" in found.detail and "剩余4日" in found.detail and "《刑事诉讼法》第七十九条" in found.basis


def test_nothing_is_left_after_twelve_months_whatever_was_done_between(calendar: Calendar) -> None:
    used = story(
        (Fact.BAIL_DECIDED, "2025-03-03 10:00"),
        (Fact.SURVEILLANCE_DECIDED, "2025-09-03 10:00"),
        (Fact.BAIL_DECIDED, "2025-12-03 10:00"),
        (Fact.BAIL_LIFTED, "2026-06-03 10:00"),
    )
    found = check_fact(used, replace(AGAIN, at=at("2026-06-10 10:00")), calendar)
    assert found is not None
    assert found.slug == "law-forbids" and "已经用完" in found.detail


def test_surveillance_has_six_months_of_its_own_in_whatever_alternation(calendar: Calendar) -> None:
    facts = story(
        (Fact.SURVEILLANCE_DECIDED, "2025-03-03 10:00"),
        (Fact.BAIL_DECIDED, "2025-06-03 10:00"),
        (Fact.SURVEILLANCE_DECIDED, "2025-08-01 10:00"),
    )
    # Six months from 3 March are 184 days; 92 are used by 3 June, and the first day of the second period counts.
    assert newest(facts, SURVEILLANCE, calendar).due_at == at("2025-10-31 23:59:59")


def test_a_bail_lifted_and_decided_again_on_one_day_gains_no_day(calendar: Calendar) -> None:
    facts = story(
        (Fact.BAIL_DECIDED, "2025-03-03 10:00"),
        (Fact.BAIL_LIFTED, "2025-06-03 09:00"),
        (Fact.BAIL_DECIDED, "2025-06-03 10:00"),
    )
    assert newest(facts, BAIL, calendar).due_at == at("2026-03-03 23:59:59")


def test_bail_is_not_decided_again_while_it_runs(calendar: Calendar) -> None:
    found = check_fact(LIFTED[:3], replace(AGAIN, at=at("2025-05-02 10:00")), calendar)
    assert found is not None
    assert "尚未解除" in found.detail


@pytest.mark.parametrize(
    ("decided", "limit"), [(Fact.PROCURATORATE_BAIL_DECIDED, "bail-max-procuratorate"), (Fact.COURT_BAIL_DECIDED, "bail-max-court")]
)
def test_the_next_organ_has_twelve_months_of_its_own_and_ends_ours(decided: Fact, limit: str, calendar: Calendar) -> None:
    facts = story((Fact.BAIL_DECIDED, "2025-03-03 10:00"), (decided, "2025-09-10 10:00"))
    assert newest(facts, limit, calendar).due_at == at("2026-09-10 23:59:59")
    assert newest(facts, BAIL, calendar).state is ClockState.LAPSED


def test_a_bail_jumper_uses_up_nothing_and_gains_nothing_by_it(calendar: Calendar) -> None:
    fled = story((Fact.BAIL_DECIDED, "2025-03-03 10:00"), (Fact.PERSON_ABSCONDED, "2025-05-03 10:00"))
    assert newest(fled, BAIL, calendar).state is ClockState.SUSPENDED
    back = [*fled, LegalFact(Fact.PERSON_RETURNED, at("2025-06-02 10:00"), SUSPECT, 9)]
    assert newest(back, BAIL, calendar).due_at == at("2026-04-02 23:59:59")


# Over any alternation of measures


FIRST = datetime(2024, 1, 15, 9, tzinfo=SHANGHAI)
MEASURES = (Fact.BAIL_DECIDED, Fact.SURVEILLANCE_DECIDED, Fact.DETENTION_EXECUTED, Fact.BAIL_LIFTED, Fact.SURVEILLANCE_LIFTED)


def days_under(facts: list[LegalFact], begins: Fact, ends: frozenset[Fact], until: dict[int, datetime]) -> set[date]:
    """Every day on which the person was under the measure, each ended by what followed or by the end of its clock."""
    touched: set[date] = set()
    for place, fact in enumerate(facts):
        if fact.fact is not begins:
            continue
        over = next((each.at for each in facts[place + 1 :] if each.fact in ends), until[fact.seq])
        last = min(over, until[fact.seq]).astimezone(SHANGHAI).date()
        day = fact.at.astimezone(SHANGHAI).date()
        while day <= last:
            touched.add(day)
            day += timedelta(1)
    return touched


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(MEASURES), st.integers(0, 200 * 24)), min_size=2, max_size=14))
def test_no_alternation_of_measures_makes_a_maximum_longer(calendar: Calendar, moves: list[tuple[Fact, int]]) -> None:
    facts = [LegalFact(Fact.CASE_FILED, FIRST - timedelta(1), CASE, 1, told_by=CASE)]
    now = FIRST
    for fact, hours in moves:
        now += timedelta(hours=hours)
        new = LegalFact(fact, now, SUSPECT, len(facts) + 1)
        if check_fact(facts, new, calendar) is None:
            facts.append(new)
    ends = {
        BAIL: (Fact.BAIL_DECIDED, frozenset(MEASURES) - {Fact.BAIL_DECIDED, Fact.SURVEILLANCE_LIFTED}, 12),
        SURVEILLANCE: (Fact.SURVEILLANCE_DECIDED, frozenset(MEASURES) - {Fact.SURVEILLANCE_DECIDED, Fact.BAIL_LIFTED}, 6),
    }
    for limit, (begins, ended_by, months) in ends.items():
        due = {
            int(each.id.rpartition("@")[2]): each.due_at
            for each in compute_clocks(facts, calendar)
            if each.limit == limit and each.due_at
        }
        touched = days_under(facts, begins, ended_by, due)
        assert len(touched) <= (367 if months == 12 else 185)


def test_what_was_used_in_another_matter_of_the_same_person_in_the_case_is_used_here(calendar: Calendar) -> None:
    beside = LegalFact(Fact.MAXIMUM_USED_BESIDE, AGAIN.at, SUSPECT, 9, limit=BAIL, term="300 day")
    facts = story()
    clock = newest([*facts, beside, AGAIN], BAIL, calendar)
    # From 2 March 2026 twelve months are 365 days, of which 65 are left; that day is one of them.
    assert clock.due_at == at("2026-05-05 23:59:59")
    assert any("已使用300日，剩余65日" in reason for reason in clock.reasons)
    assert check_fact([*facts, beside], replace(AGAIN, term="6 month"), calendar) is not None


def test_what_was_used_here_and_beside_adds_up(calendar: Calendar) -> None:
    beside = LegalFact(Fact.MAXIMUM_USED_BESIDE, AGAIN.at, SUSPECT, 9, limit=BAIL, term="2 day")
    assert newest([*LIFTED, beside, AGAIN], BAIL, calendar).due_at == at("2026-03-03 23:59:59")
    used_up = replace(beside, term="4 day")
    found = check_fact([*LIFTED, used_up], AGAIN, calendar)
    assert found is not None and found.limit == BAIL
    other = replace(beside, limit=SURVEILLANCE)
    assert newest([*LIFTED, other, AGAIN], BAIL, calendar).due_at == at("2026-03-05 23:59:59"), "of another maximum, nothing"
