"""Whoever passes an order on writes its term in hours or days as often as in working days: it is compared by when it ends."""

import pytest

from law.calculator import answer_question
from law.calendar import Calendar
from law.facts import Fact
from tests.law.log import Log, at
from tests.tables import table

LETTER = "letter/1"
MONDAY, BEFORE_THE_HOLIDAY = "2026-03-02 10:00", "2026-09-30 10:00"


def ask(calendar: Calendar, term: str, when: str = MONDAY) -> str:
    """Why an order of the city's line with this term is refused; empty: it is not."""
    found = Log(LETTER).asked(calendar, Fact.LETTER_ARRIVED, when, item="hotline", term=term)
    return found.detail if found else ""


@table(
    ("term", "when", "due"),
    [
        ("24 hour", MONDAY, "2026-03-03 10:00"),
        ("90 minute", MONDAY, "2026-03-02 11:30"),
        ("3 day", MONDAY, "2026-03-05 10:00"),
        ("1 day 12 hour", MONDAY, "2026-03-03 22:00"),
        ("7 day", MONDAY, "2026-03-09 10:00"),
        ("3 working day", MONDAY, "2026-03-05 23:59:59"),
        # Five working days over the holiday are longer than ten days without it.
        ("10 day", BEFORE_THE_HOLIDAY, "2026-10-10 10:00"),
    ],
)
def test_a_term_counts_in_the_unit_in_which_it_is_written(calendar: Calendar, term: str, when: str, due: str) -> None:
    assert ask(calendar, term, when) == ""
    clock = Log(LETTER).add(Fact.LETTER_ARRIVED, when, item="hotline", term=term).clock(calendar, "letter-hotline-conclude")
    assert clock.due_at == at(due)


@table(
    ("term", "why"),
    [
        ("10 day", "超过最长的5个工作日"),
        ("200 hour", "超过最长的5个工作日"),
        ("6 working day", "超过最长的5个工作日"),
        ("1 month", "若干工作日"),
        ("1 working day 3 hour", "若干工作日"),
        ("0 day", "大于零"),
        ("0 hour", "大于零"),
        ("0 working day", "大于零"),
    ],
)
def test_a_term_that_ends_later_than_promised_or_at_once_is_refused(calendar: Calendar, term: str, why: str) -> None:
    assert why in ask(calendar, term)


def test_no_decision_fixes_a_term_of_nought(calendar: Calendar) -> None:
    asked = {"limit": "mediation-performance", "start": "2026-03-02T10:00:00+08:00", "term": "0 day"}
    assert "大于零" in answer_question(asked, calendar)["error"]["detail"]


@pytest.mark.parametrize("term", ["", "5 working day"])
def test_what_says_no_term_or_the_promised_one_ends_as_promised(calendar: Calendar, term: str) -> None:
    assert ask(calendar, term) == ""
