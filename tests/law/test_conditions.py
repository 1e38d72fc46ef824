"""What the law asks for besides an order: an adult beside a minor, one interview of a victim, fast handling where it is chosen."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from law.calendar import SHANGHAI, Calendar
from law.clocks import compute_clocks
from law.facts import Fact
from law.fast_handling import add_end_of_investigation
from law.juveniles import is_minor, parse_birth_date
from law.legal_fact import LegalFact
from law.rules import check_fact

SUSPECT, CASE = "suspect/1", "criminal-case/1"


def fact(kind: Fact, when: str, about: str = SUSPECT, **more: object) -> LegalFact:
    return replace(LegalFact(kind, datetime.fromisoformat(when).replace(tzinfo=SHANGHAI), about), **more)


MINOR = fact(Fact.PERSON_FOUND_MINOR, "2026-09-01 09:00", seq=1)
FEMALE = fact(Fact.PERSON_FOUND_FEMALE_MINOR, "2026-09-01 09:00", seq=1)
ASKED = fact(Fact.PERSON_INTERROGATED, "2026-09-02 10:00", seq=5)
ATTENDED = fact(Fact.ADULT_ATTENDED, "2026-09-02 10:00", seq=5)


# Who is a minor. Born on 1 March 2008, somebody is eighteen when the first of March 2026 is over.


@pytest.mark.parametrize(
    ("born", "on", "minor"),
    [
        ("2008-03-01", "2026-02-28", True),
        ("2008-03-01", "2026-03-01", True),
        ("2008-03-01", "2026-03-02", False),
        # A year without the 29th of February has the 28th instead.
        ("2008-02-29", "2026-02-28", True),
        ("2008-02-29", "2026-03-01", False),
    ],
)
def test_eighteen_years_are_full_on_the_day_after_the_birthday(born: str, on: str, minor: bool) -> None:
    assert is_minor(date.fromisoformat(born), date.fromisoformat(on)) is minor


def test_a_citizen_number_bears_the_date_of_birth() -> None:
    assert parse_birth_date("11010519491231002X") == date(1949, 12, 31)


# Beside a minor


def test_a_minor_is_not_interrogated_without_an_adult_whose_name_is_written_down(calendar: Calendar) -> None:
    found = check_fact([MINOR], ASKED, calendar)
    assert found is not None
    assert (found.slug, found.field) == ("law-forbids", "attended_by")
    assert "《刑事诉讼法》第二百八十一条" in found.basis
    assert "第三百二十三条" in found.basis
    assert check_fact([MINOR, ATTENDED], ASKED, calendar) is None


def test_who_attended_another_interrogation_did_not_attend_this_one(calendar: Calendar) -> None:
    assert check_fact([MINOR, replace(ATTENDED, seq=4)], ASKED, calendar) is not None


def test_an_interrogation_that_was_before_the_age_was_known_is_no_exception(calendar: Calendar) -> None:
    assert check_fact([replace(MINOR, at=datetime(2026, 9, 3, tzinfo=SHANGHAI))], ASKED, calendar) is not None


def test_an_adult_needs_nobody_and_whoever_is_found_to_be_one_no_longer(calendar: Calendar) -> None:
    assert check_fact([], ASKED, calendar) is None
    grown = fact(Fact.PERSON_FOUND_ADULT, "2026-09-01 18:00", seq=2)
    assert check_fact([MINOR, grown], ASKED, calendar) is None


def test_a_girl_is_interrogated_with_a_woman_of_the_staff_present(calendar: Calendar) -> None:
    found = check_fact([MINOR, FEMALE, ATTENDED], ASKED, calendar)
    assert found is not None
    assert (found.field, "第三百二十四条" in found.basis) == ("female_officer", True)
    woman = replace(ATTENDED, fact=Fact.FEMALE_OFFICER_ATTENDED)
    assert check_fact([MINOR, FEMALE, ATTENDED, woman], ASKED, calendar) is None


def test_the_notice_of_a_minors_detention_goes_to_the_guardian(calendar: Calendar) -> None:
    told = fact(Fact.FAMILY_NOTIFIED, "2026-09-02 10:00", seq=5)
    found = check_fact([MINOR], told, calendar)
    assert found is not None
    assert found.field == "guardian"
    guardian = fact(Fact.GUARDIAN_TOLD, "2026-09-02 10:00", seq=5)
    assert check_fact([MINOR, guardian], told, calendar) is None


# Of a victim


def test_a_victim_is_interviewed_once_and_then_only_by_leave(calendar: Calendar) -> None:
    first = fact(Fact.VICTIM_INTERVIEWED, "2026-09-02 10:00", f"{CASE}/victim-1", seq=3)
    again = replace(first, at=datetime(2026, 9, 5, tzinfo=SHANGHAI), seq=6)
    assert check_fact([], first, calendar) is None
    found = check_fact([first], again, calendar)
    assert found is not None
    assert (found.slug, "第三百二十六条" in found.basis, "第四百六十五条" in found.basis) == ("law-forbids", True, True)
    assert check_fact([first], replace(again, about=f"{CASE}/victim-2"), calendar) is None
    assert check_fact([first], replace(again, fact=Fact.VICTIM_REINTERVIEWED), calendar) is None
    assert check_fact([], replace(again, fact=Fact.VICTIM_REINTERVIEWED), calendar) is not None


# Fast handling

FILED = [
    fact(Fact.CASE_ACCEPTED, "2026-09-01 09:00", CASE, seq=1),
    fact(Fact.CASE_FILED, "2026-09-02 09:00", CASE, seq=2),
]
CHOSEN = fact(Fact.FAST_HANDLING_CHOSEN, "2026-09-03 09:00", CASE, seq=3, base="15 day")
LEFT = fact(Fact.FAST_HANDLING_LEFT, "2026-09-04 09:00", CASE, seq=4)
SENT = fact(Fact.CASE_SENT_TO_PROCURATORATE, "2026-09-05 09:00", CASE, seq=5)
RECEIVED = fact(Fact.PROSECUTION_CASE_RECEIVED, "2026-09-07 09:00", CASE, seq=6)
ACCEPTED = fact(Fact.TRIAL_ACCEPTED, "2026-09-20 09:00", CASE, seq=7)


def test_fast_handling_needs_a_filed_case_without_a_minor(calendar: Calendar) -> None:
    assert check_fact(FILED, CHOSEN, calendar) is None
    assert check_fact(FILED[:1], CHOSEN, calendar) is not None
    found = check_fact([*FILED, fact(Fact.CASE_CONCERNS_MINOR, "2026-09-02 10:00", CASE, seq=3)], CHOSEN, calendar)
    assert found is not None
    assert "第二百二十三条" in found.basis


def test_only_a_case_in_fast_handling_is_closed_and_sent_in_one(calendar: Calendar) -> None:
    assert check_fact([*FILED, CHOSEN], SENT, calendar) is None
    closed, sent = add_end_of_investigation([*FILED, CHOSEN], SENT)
    assert (closed.fact, closed.at, sent) == (Fact.INVESTIGATION_CLOSED, SENT.at, SENT)
    assert add_end_of_investigation([*FILED, CHOSEN, closed], SENT) == (SENT,)
    assert check_fact([*FILED, closed], SENT, calendar) is None
    assert add_end_of_investigation([*FILED, closed], SENT) == (SENT,)
    assert check_fact(FILED, SENT, calendar) is not None
    assert check_fact([*FILED, CHOSEN, LEFT], SENT, calendar) is not None


def test_procuratorate_and_court_take_the_shorter_figure_once_it_is_chosen() -> None:
    (received,) = add_end_of_investigation([*FILED, CHOSEN], RECEIVED)
    assert received.base == "15 day"
    (accepted,) = add_end_of_investigation([*FILED, CHOSEN], ACCEPTED)
    assert (accepted.base, accepted.reason) == ("15 day", "fast-track")


def test_what_they_say_themselves_stands_and_so_does_what_was_not_chosen() -> None:
    said = replace(RECEIVED, base="1 month")
    assert add_end_of_investigation([*FILED, CHOSEN], said) == (said,)
    ordinary = replace(ACCEPTED, reason="ordinary", base="2 month")
    assert add_end_of_investigation([*FILED, CHOSEN], ordinary) == (ordinary,)
    assert add_end_of_investigation(FILED, RECEIVED) == (RECEIVED,)
    assert add_end_of_investigation([*FILED, CHOSEN, LEFT], ACCEPTED) == (ACCEPTED,)


def test_the_review_of_a_case_in_fast_handling_ends_after_its_days(calendar: Calendar) -> None:
    # Received on Monday 7 September: the tenth day is the 17th, the fifteenth the 22nd; nobody is held.
    for base, due in (("10 day", date(2026, 9, 17)), ("15 day", date(2026, 9, 22))):
        log = [*FILED, replace(CHOSEN, base=base)]
        (review,) = [
            each
            for each in compute_clocks([*log, *add_end_of_investigation(log, RECEIVED)], calendar)
            if each.limit == "prosecution-review"
        ]
        assert review.due_at is not None
        assert review.due_at.date() == due


def test_every_condition_has_a_sentence_and_an_article() -> None:
    conditions = [each for kind in Fact for each in kind.conditions]
    assert conditions
    for each in conditions:
        assert each.detail and each.basis and each.field
        assert each.where or each.during
