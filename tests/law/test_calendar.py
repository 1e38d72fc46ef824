"""The rest days of years that are not published yet: weekends, and the holidays that the law fixes by the sun and the moon."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from law.arrangement import describe_closed, describe_implausible
from law.calculator import answer_question
from law.calendar import LUNAR_YEARS, Calendar, end_of, list_statutory_holidays
from law.facts import Fact
from law.legal_fact import LegalFact
from law.rules import check_fact
from tests.law.log import at

# New moons of the second half of the twentieth century on are 29.530588 days apart on the average, each within 15 hours of it.
_NEW_MOON, _MONTH = date(2000, 1, 6), 29.530588
# 2025 and 2026, as they were published: the first day of the lunar year, 清明, 端午, 中秋.
PUBLISHED = {
    2025: (date(2025, 1, 29), date(2025, 4, 4), date(2025, 5, 31), date(2025, 10, 6)),
    2026: (date(2026, 2, 17), date(2026, 4, 5), date(2026, 6, 19), date(2026, 9, 25)),
}
every_year = pytest.mark.parametrize("year", LUNAR_YEARS)


def qingming(year: int) -> date:
    """The day on which the sun reaches 15 degrees, by the rule of thumb for the twenty-first century."""
    of_century = year % 100
    return date(year, 4, int(of_century * 0.2422 + 4.81) - of_century // 4)


def age_of_the_moon(day: date) -> float:
    """Days since the mean new moon, give or take one."""
    return (day - _NEW_MOON).days % _MONTH


def lunar(year: int) -> tuple[date, date, date, date]:
    """The four days that the table of the calendar rests on, read back from its holidays."""
    fixed = {date(year, month, day) for month, day in ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))}
    others = sorted(list_statutory_holidays(year) - fixed)
    spring = [day for day in others if day < date(year, 3, 1)]
    assert len(spring) == 4 and spring[-1] - spring[0] == timedelta(days=3)
    (sweeping,) = [day for day in others if day.month == 4]
    dragon = next(day for day in list_statutory_holidays(year) if date(year, 5, 20) < day < date(year, 7, 1))
    autumn = max(
        (day for day in list_statutory_holidays(year) if day.month in (9, 10)), key=lambda day: -abs(age_of_the_moon(day) - 14.5)
    )
    return spring[1], sweeping, dragon, autumn


def check(year: int, days: tuple[date, date, date, date]) -> None:
    """Whether they can be what they are called: by the sun, by the moon, and by the months between them."""
    new_year, sweeping, dragon, autumn = days
    assert sweeping == qingming(year)
    # The lunar year begins between 21 January and 20 February with the new moon.
    assert date(year, 1, 21) <= new_year <= date(year, 2, 20)
    assert min(age_of_the_moon(new_year), _MONTH - age_of_the_moon(new_year)) < 1.5
    assert abs(age_of_the_moon(dragon) - 4) < 1.5
    assert abs(age_of_the_moon(autumn) - 14) < 1.5
    # From the fifth of the fifth moon to the fifteenth of the eighth are three moons and ten days, or four in a year that leaps there.
    assert round((autumn - dragon).days - 10 - 3 * _MONTH) in (*range(-2, 3), *range(28, 32))
    assert round((dragon - new_year).days - 4 - 4 * _MONTH) in (*range(-2, 3), *range(28, 32))


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_check_holds_for_the_years_that_were_published(year: int) -> None:
    check(year, PUBLISHED[year])
    assert all(chinese_calendar.is_holiday(day) for day in PUBLISHED[year])


@every_year
def test_the_lunar_holidays_of_the_years_to_come_agree_with_sun_and_moon(year: int) -> None:
    check(year, lunar(year))


def test_nine_years_are_known_ahead() -> None:
    assert list(LUNAR_YEARS) == list(range(2027, 2036))
    assert len(list_statutory_holidays(2027)) == 13
    # Mid-autumn and National Day fall together.
    assert len(list_statutory_holidays(2031)) == 12


@pytest.mark.parametrize(
    ("limit", "start", "ends"),
    [
        ("appeal-period", "2027-01-26", "2027-02-09"),
        ("fine-payment", "2027-01-24", "2027-02-09"),
        ("fine-payment", "2027-03-21", "2027-04-06"),
        ("fine-payment", "2027-05-25", "2027-06-10"),
        ("fine-payment", "2027-08-31", "2027-09-16"),
    ],
)
def test_nothing_ends_on_a_holiday_that_the_law_fixes_though_the_year_is_not_published(limit: str, start: str, ends: str) -> None:
    answer = answer_question({"limit": limit, "start": start}, Calendar())
    assert (answer["due"], answer["calendar"]) == (end_of(date.fromisoformat(ends)).isoformat(), "provisional")


def test_a_published_year_is_taken_as_it_was_published() -> None:
    assert not Calendar.of_years({2027: [date(2027, 1, 1)]}).is_off_day(date(2027, 2, 6))


@every_year
def test_no_arrangement_closes_a_right_later_than_the_latest_calendar(year: int) -> None:
    latest, usual = Calendar().assume_latest(), Calendar()
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    assert all(latest.is_off_day(day) for day in days if usual.is_off_day(day))
    assert latest.assume_latest() is latest


def test_a_judgment_does_not_take_effect_on_the_day_after_a_holiday_that_may_yet_be_lengthened() -> None:
    judged = [LegalFact(Fact.TRIAL_ACCEPTED, at("2027-01-05 09:00"), "case", 1)]
    judged += [LegalFact(Fact.CASE_JUDGED, at("2027-01-26 09:00"), "case", 2)]
    judged += [LegalFact(Fact.JUDGMENT_SERVED, at("2027-01-26 09:00"), "case", 3)]
    effective = LegalFact(Fact.SENTENCE_EFFECTIVE, at("2027-02-10 09:00"), "case", 4)
    refused = check_fact(judged, effective, Calendar())
    assert refused is not None and refused.limit == "appeal-period"
    weekends = [date(2027, 1, 1) + timedelta(days=n) for n in range(365) if (date(2027, 1, 1) + timedelta(days=n)).weekday() >= 5]
    published = Calendar.of_years({2027: [*weekends, *list_statutory_holidays(2027)]})
    assert check_fact(judged, effective, published) is None


@pytest.mark.parametrize(
    ("extra", "word"),
    [
        (["2031-03-04"], "不与任何节假日相连"),
        (["2031-05-05", "2031-05-06", "2031-05-07", "2031-05-08", "2031-05-09"], "连续休息不超过"),
    ],
)
def test_further_rest_days_join_on_to_a_holiday_and_make_none_longer_than_any_has_been(extra: list[str], word: str) -> None:
    days = {date(2031, 1, 1) + timedelta(days=n) for n in range(365)}
    usual = {day for day in days if day.weekday() >= 5} | list_statutory_holidays(2031)
    assert describe_implausible(2031, usual) == ""
    assert word in describe_implausible(2031, usual | {date.fromisoformat(each) for each in extra})
    assert describe_implausible(2031, usual | {date(2031, 5, 5)}) == "", (
        "Labour Day of 2031 is a Thursday, and joins on to its weekend"
    )


def test_the_past_days_of_a_published_year_are_closed() -> None:
    published, today = {date(2026, 5, 1), date(2026, 10, 1)}, date(2026, 6, 1)
    assert "2026-05-04" in describe_closed({*published, date(2026, 5, 4)}, published, today)
    assert "2026-05-01" in describe_closed({date(2026, 10, 1)}, published, today)
    assert describe_closed({*published, date(2026, 10, 2)}, published, today) == ""
