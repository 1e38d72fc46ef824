"""The room as a whole: every limit is well formed, the calculator answers anything, the offences are all there."""

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from law.calculator import answer_question
from law.calendar import Calendar
from law.citations import format_chinese_number
from law.counting import Counting
from law.offences import get_charges, get_violations
from law.time_limits import TimeLimit, get_limits
from tests.tables import table

ROOT = Path(__file__).parents[2]
EVERY_LIMIT = table("limit", get_limits().values(), ids=lambda limit: limit.id)


@EVERY_LIMIT
def test_a_limit_is_well_formed(limit: TimeLimit) -> None:
    assert limit.zh
    assert limit.starts_on or limit.before_limit in get_limits()
    assert all(edition.basis for edition in limit.editions)
    in_force = [edition.in_force for edition in limit.editions]
    assert in_force == sorted(in_force, reverse=True)
    assert (limit.extended_by is not None) == any(edition.extensions for edition in limit.editions)
    assert limit.armed or limit.armed_as in get_limits() or not limit.met_by
    assert not limit.follows or limit.follows in get_limits()
    for edition in limit.editions:
        assert all((extension.plus is None) != (extension.total is None) for extension in edition.extensions)


@EVERY_LIMIT
def test_a_limit_that_runs_can_be_met_or_ended(limit: TimeLimit) -> None:
    assert limit.met_by or limit.ended_by or not limit.armed or limit.id == "canary"


def test_an_unknown_limit_is_refused_with_the_nearest_names(calendar: Calendar) -> None:
    answer = answer_question({"limit": "criminal-sumons", "start": "2026-03-02"}, calendar)
    assert answer["error"]["type"] == "form-invalid"
    assert "criminal-summons" in answer["error"]["detail"]


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"limit": "bail-max"},
        {"limit": "bail-max", "start": 20260302},
        {"limit": "bail-max", "start": "2026-03-02T09:00:00"},
        {"limit": "bail-max", "start": "2026-02-30"},
        {"limit": "bail-max", "start": "1989-12-31"},
        {"limit": "bail-max", "start": "2026-03-02", "in_custody": "yes"},
        {"limit": "criminal-filing-review", "start": "2026-03-02", "extensions": "to 7 day"},
        {"limit": "criminal-filing-review", "start": "2026-03-02", "extensions": [7]},
        {
            "limit": "investigative-custody",
            "start": "2026-03-02",
            "exclusions": [{"reason": "精神病鉴定", "from": "2026-04-02", "to": "2026-04-01"}],
        },
        {"limit": "investigative-custody", "start": "2026-03-02", "exclusions": ["精神病鉴定"]},
    ],
)
def test_a_question_that_cannot_be_read_is_a_fault_of_form(question: dict[str, Any], calendar: Calendar) -> None:
    assert answer_question(question, calendar)["error"]["type"] == "form-invalid"


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)
DATES = st.dates().map(str) | st.datetimes(timezones=st.timezones()).map(lambda instant: instant.isoformat())
LENGTHS = st.sampled_from(["+4 day", "to 30 day", "+1 month", "to 24 hour", "+9999 year", "3 day", "12 month", "0 day", "x"])


@settings(max_examples=300, deadline=None)
@given(
    st.fixed_dictionaries(
        {"limit": st.sampled_from(list(get_limits())) | ANYTHING, "start": DATES | ANYTHING},
        optional={
            "in_custody": st.booleans() | ANYTHING,
            "base": LENGTHS | ANYTHING,
            "term": LENGTHS | ANYTHING,
            "extensions": st.lists(LENGTHS, max_size=3) | ANYTHING,
            "exclusions": st.lists(
                st.fixed_dictionaries({"reason": st.sampled_from(["精神病鉴定", "x"]), "from": DATES, "to": DATES}), max_size=3
            )
            | ANYTHING,
        },
    )
)
def test_the_calculator_answers_or_refuses_whatever_it_is_asked(calendar: Calendar, question: dict[str, Any]) -> None:
    answer = answer_question(question, calendar)
    assert set(answer) in ({"due", "edition", "basis", "calendar", "reasons"}, {"error"})


def test_the_room_imports_nothing_but_the_standard_library() -> None:
    script = (
        "import sys, law.calculator, law.rules, law.offences, law.time_limits as t; t.get_limits(); "
        "top = {name.split('.')[0] for name in sys.modules} - {'law'} - set(sys.stdlib_module_names); print(*sorted(top))"
    )
    listed = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert [name for name in listed.stdout.split() if not name.startswith("_")] == []


def test_every_charge_and_violation_is_listed_with_its_article() -> None:
    assert (len(get_charges()), len(get_violations())) == (483, 203)
    assert (get_charges()["xf-266"].zh, get_charges()["xf-266"].article, get_charges()["xf-266"].max_penalty) == (
        "诈骗罪",
        "第266条",
        "life",
    )
    first = get_violations()["za-26-1"]
    assert (first.article, first.max_detention_days, first.max_fine_yuan) == ("第26条第1款第1项", 10, 1000)
    assert all(charge.article and charge.zh for charge in get_charges().values())


@pytest.mark.parametrize(
    ("n", "text"), [(9, "九"), (10, "十"), (12, "十二"), (91, "九十一"), (105, "一百零五"), (110, "一百一十"), (1001, "一千零一")]
)
def test_article_numbers_are_written_as_in_the_statutes(n: int, text: str) -> None:
    assert format_chinese_number(n) == text


def test_a_day_before_every_known_text_is_refused_with_the_day_from_which_there_is_one(calendar: Calendar) -> None:
    answer = answer_question({"limit": "admin-no-contact-order", "start": "2025-12-31", "term": "30 day"}, calendar)
    assert answer["error"]["type"] == "law-forbids"
    assert "2026-01-01" in answer["error"]["detail"]


# Hours are exact, and a measure on a thing that lapses by itself keeps its raw day.
_NEVER_MOVED = {
    Counting.HOURS,
    Counting.FIXED_MONTHS,
    Counting.PERSON_MONTHS,
    Counting.PLAIN_DAYS,
    Counting.CUSTODY_DAYS,
    Counting.CUSTODY_MONTHS,
}


@settings(max_examples=400, deadline=None)
@given(
    limit=st.sampled_from([each for each in get_limits().values() if not each.liberty]),
    start=st.dates(date(2018, 11, 1), date(2026, 6, 30)),
    number=st.integers(0, 3),
)
def test_nothing_ends_on_a_day_of_rest_unless_somebodys_liberty_is_at_stake(
    calendar: Calendar, limit: TimeLimit, start: date, number: int
) -> None:
    edition = limit.get_edition(start)
    base = edition.bases[number % len(edition.bases)]
    question = {"limit": limit.id, "start": f"{start}T09:00:00+08:00", "in_custody": False, "base": str(base.length or "")}
    answer = answer_question({name: value for name, value in question.items() if value != ""}, calendar)
    assume("error" not in answer and answer["due"] and base.counting not in _NEVER_MOVED)
    assert not calendar.is_off_day(datetime.fromisoformat(answer["due"]).date()), answer
