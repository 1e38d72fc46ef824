"""A start of which only the date is written: the chosen figure says whether that is enough, or from which instant it is counted."""

from typing import Any

import pytest

from law.calculator import answer_question
from law.calendar import Calendar

FROM_MIDNIGHT = "从该日零时起算"


def asked(calendar: Calendar, limit: str, **more: Any) -> tuple[str, bool]:
    answer = answer_question({"limit": limit, "start": "2026-03-02", **more}, calendar)
    assert "error" not in answer, answer
    return answer["due"], any(FROM_MIDNIGHT in reason for reason in answer["reasons"])


@pytest.mark.parametrize(
    ("limit", "more", "expected"),
    [
        ("criminal-summons", {}, "2026-03-02T12:00:00+08:00"),
        ("foreigner-detention-review", {"base": "24 hour"}, "2026-03-03T00:00:00+08:00"),
        ("foreigner-detention-review", {}, "2026-04-01T00:00:00+08:00"),
        ("criminal-detention-submit-for-arrest", {}, "2026-03-05T00:00:00+08:00"),
        ("criminal-detention-submit-for-arrest", {"extensions": ["+4 day"]}, "2026-03-09T00:00:00+08:00"),
        ("criminal-detention-submit-for-arrest", {"in_custody": True}, "2026-03-05T00:00:00+08:00"),
        ("criminal-detention-total-cap", {"base": "37 day"}, "2026-04-08T00:00:00+08:00"),
        ("measure-change-application", {"in_custody": True}, "2026-03-05T00:00:00+08:00"),
        ("overdue-custody-complaint-review", {"base": "24 hour"}, "2026-03-03T00:00:00+08:00"),
        ("overdue-custody-complaint-review", {}, "2026-03-05T00:00:00+08:00"),
        ("defence-right-notice", {}, "2026-03-02T00:00:00+08:00"),
        ("admin-detention-term", {"term": "10 day"}, "2026-03-12T00:00:00+08:00"),
    ],
)
def test_hours_and_days_of_custody_are_counted_from_midnight_and_say_so(
    limit: str, more: dict[str, Any], expected: str, calendar: Calendar
) -> None:
    assert asked(calendar, limit, **more) == (expected, True)


@pytest.mark.parametrize(
    ("limit", "more", "expected"),
    [
        ("defence-right-notice", {"base": "3 day"}, "2026-03-05T23:59:59+08:00"),
        ("injury-appraisal-opinion", {"base": "3 day"}, "2026-03-05T23:59:59+08:00"),
        ("injury-appraisal-opinion", {"base": "7 day"}, "2026-03-09T23:59:59+08:00"),
        ("arrest-refused-release", {"base": "3 day"}, "2026-03-05T23:59:59+08:00"),
        ("measure-change-application", {"in_custody": False}, "2026-03-05T23:59:59+08:00"),
        ("investigative-custody", {}, "2026-05-02T23:59:59+08:00"),
        ("bail-max", {}, "2027-03-02T23:59:59+08:00"),
        ("exhibit-disposal", {}, "2026-04-01T23:59:59+08:00"),
    ],
)
def test_a_date_is_enough_where_the_chosen_figure_is_counted_by_dates(
    limit: str, more: dict[str, Any], expected: str, calendar: Calendar
) -> None:
    assert asked(calendar, limit, **more) == (expected, False)


def test_no_instant_of_the_day_ends_earlier_than_the_date_alone(calendar: Calendar) -> None:
    for limit in ("criminal-summons", "criminal-detention-submit-for-arrest", "stop-question-extended"):
        date_alone, _ = asked(calendar, limit)
        for hour in (0, 9, 23):
            assert date_alone <= answer_question({"limit": limit, "start": f"2026-03-02T{hour:02}:00:00+08:00"}, calendar)["due"]
