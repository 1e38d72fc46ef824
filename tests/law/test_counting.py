"""Counting: the check values of month arithmetic, and what must hold for every start, length and exclusion."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import SHANGHAI, Calendar
from law.counting import Counting, add_months, count, merge_periods
from law.lengths import Length, days, hours, months, parse_length, parse_step, working_days

# Weekends and fixed holidays decide: the properties must hold for years without an arrangement, too.
UNPUBLISHED = Calendar()
STARTS = st.datetimes(datetime(1995, 1, 1), datetime(2095, 1, 1), timezones=st.just(SHANGHAI))
FORWARD = [code for code in Counting if not code.value.startswith("B") and "/" not in code.value]


def length_for(code: Counting, n: int) -> Length:
    if code is Counting.HOURS:
        return hours(n)
    if code is Counting.WORKING_DAYS:
        return working_days(n)
    return months(n) if "MC" in code.value or "MN" in code.value else days(n)


@pytest.mark.parametrize(
    ("start", "one", "two"),
    [
        ("2026-01-31", "2026-02-28", "2026-03-31"),
        ("2026-01-29", "2026-02-28", "2026-03-29"),
        ("2026-01-30", "2026-02-28", "2026-03-30"),
        ("2024-01-31", "2024-02-29", "2024-03-31"),
        ("2028-01-30", "2028-02-29", "2028-03-30"),
        ("2026-02-28", "2026-03-28", "2026-04-28"),
        ("2026-04-30", "2026-05-30", "2026-06-30"),
        ("2025-12-31", "2026-01-31", "2026-02-28"),
    ],
)
def test_a_month_ends_on_the_corresponding_day_or_the_last_one(start: str, one: str, two: str) -> None:
    first = date.fromisoformat(start)
    assert add_months(first, 1).isoformat() == one
    assert add_months(first, 2).isoformat() == two


@pytest.mark.parametrize(
    ("start", "one", "two"), [("2026-02-28", "2026-03-31", "2026-04-30"), ("2026-04-30", "2026-05-31", "2026-06-30")]
)
def test_by_the_courts_rule_a_month_end_answers_to_a_month_end(start: str, one: str, two: str) -> None:
    first = date.fromisoformat(start)
    assert add_months(first, 1, keep_month_end=True).isoformat() == one
    assert add_months(first, 2, keep_month_end=True).isoformat() == two


def test_where_two_readings_of_a_month_end_differ_the_warning_goes_by_the_earlier(calendar: Calendar) -> None:
    deadline = count(datetime(2026, 2, 28, 9, tzinfo=SHANGHAI), (months(1),), Counting.MONTHS, calendar)
    assert deadline.due.date() == date(2026, 3, 31)
    assert deadline.alarm.date() == date(2026, 3, 28)


def test_days_after_a_month_are_added_after_the_month(calendar: Calendar) -> None:
    deadline = count(datetime(2026, 1, 31, 9, tzinfo=SHANGHAI), (months(1), days(15)), Counting.CUSTODY_MONTHS, calendar)
    assert deadline.due.date() == date(2026, 3, 15)


def test_a_shifted_working_weekend_is_a_working_day(calendar: Calendar) -> None:
    assert not calendar.is_off_day(date(2026, 10, 10))
    assert calendar.add_working_days(date(2026, 9, 30), 1) == date(2026, 10, 8)


def test_a_year_without_an_arrangement_is_reckoned_and_said_to_be_provisional(calendar: Calendar) -> None:
    deadline = count(datetime(2027, 4, 28, 9, tzinfo=SHANGHAI), (days(3),), Counting.DAYS, calendar)
    assert deadline.due.date() == date(2027, 5, 3)
    assert not deadline.final
    assert count(datetime(2026, 4, 27, 9, tzinfo=SHANGHAI), (days(3),), Counting.DAYS, calendar).final


def test_working_days_before_a_hearing_do_not_count_the_hearing_day(calendar: Calendar) -> None:
    deadline = count(datetime(2026, 10, 12, 9, tzinfo=SHANGHAI), (working_days(7),), Counting.BACKWARD_WORKING_DAYS, calendar)
    assert deadline.due.date() == date(2026, 9, 24)


@given(STARTS, st.timedeltas(timedelta(0), timedelta(days=400)), st.sampled_from(FORWARD), st.integers(1, 40))
def test_a_later_start_is_never_due_earlier(start: datetime, later: timedelta, code: Counting, n: int) -> None:
    length = (length_for(code, n),)
    assert count(start, length, code, UNPUBLISHED).due <= count(start + later, length, code, UNPUBLISHED).due


@given(STARTS, st.sampled_from(FORWARD), st.integers(1, 24), st.integers(1, 24))
def test_an_extension_never_shortens(start: datetime, code: Counting, n: int, more: int) -> None:
    length, extension = length_for(code, n), length_for(code, more)
    extended, plain = count(start, (length, extension), code, UNPUBLISHED), count(start, (length,), code, UNPUBLISHED)
    # Both last days may lie in one run of rest days, and then move to the same day after it.
    assert extended.due >= plain.due
    assert (extended.last, extended.due) > (plain.last, plain.due)


@given(STARTS, st.integers(1, 60), st.booleans())
def test_custody_is_never_longer_than_the_same_limit_at_liberty(start: datetime, n: int, monthly: bool) -> None:
    code = Counting.MONTHS_BY_CUSTODY if monthly else Counting.DAYS_BY_CUSTODY
    length = (months(n) if monthly else days(n),)
    held = count(start, length, code.resolve(held=True), UNPUBLISHED)
    assert held.due <= count(start, length, code.resolve(held=False), UNPUBLISHED).due


@given(STARTS, st.sampled_from(FORWARD), st.integers(1, 24), st.timedeltas(timedelta(0), timedelta(days=30)))
def test_time_left_out_that_is_no_time_changes_nothing(start: datetime, code: Counting, n: int, when: timedelta) -> None:
    length, instant = (length_for(code, n),), start + when
    assert count(start, length, code, UNPUBLISHED, ((instant, instant),)) == count(start, length, code, UNPUBLISHED)


@given(STARTS, st.lists(st.tuples(st.integers(-50, 50), st.integers(0, 30)), max_size=6).map(tuple))
def test_periods_left_out_are_joined_where_they_overlap(start: datetime, spans: tuple[tuple[int, int], ...]) -> None:
    periods = tuple((start + timedelta(days=begin), start + timedelta(days=begin + lasts)) for begin, lasts in spans)
    joined = merge_periods(periods, start)
    covered = {n for begin, lasts in spans for n in range(max(begin, 0), begin + lasts)}
    assert sum((end - begin).days for begin, end in joined) == len(covered)
    assert all(earlier[1] < later[0] for earlier, later in pairwise(joined))


@given(st.integers(0, 30), st.integers(0, 400))
def test_a_length_is_read_as_it_is_written(n: int, more: int) -> None:
    for length in (months(n, more), days(more), hours(more), working_days(more), Length(minutes=more)):
        assert parse_length(str(length)) == length


@pytest.mark.parametrize("text", ["", "3", "day", "3 days ago", "-3 day", "3day", "三日", "1 month and 15 day"])
def test_what_is_not_a_length_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是期限"):
        parse_length(text)


def test_an_extension_is_an_addition_or_a_total() -> None:
    assert not parse_step("+4 day").is_total
    assert parse_step("to 30 day").is_total
    assert str(parse_step("to 30 day")) == "to 30 day"
    with pytest.raises(ValueError, match="不是延长"):
        parse_step("4 day")
