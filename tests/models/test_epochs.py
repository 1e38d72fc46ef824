"""No number is given out twice, however often a bureau is put back, to whichever of its backups."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.forms.form import get_forms
from models.matter import Kind
from models.store.epochs import PER_SECOND, compute_first_paper_number, compute_first_serial, parse_serial

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)

# What a bureau does from one moment to the next: how many seconds pass, how many numbers it gives out in each of them at most, whether a
# backup is made then, and whether all is lost and put back to one of those made before.
MOMENTS = st.lists(
    st.tuples(st.integers(1, 400_000), st.integers(0, PER_SECOND), st.booleans(), st.none() | st.integers(0, 99)), max_size=40
)


@given(given_out=st.integers(0, 80_000_000), moments=MOMENTS)
def test_a_number_of_the_lost_time_is_never_given_out_again(
    given_out: int, moments: list[tuple[int, int, bool, int | None]]
) -> None:
    now, last, backups = BEGUN, given_out, [given_out]
    spans = [(0, given_out)]
    for seconds, rate, backed_up, restored in moments:
        now += timedelta(seconds=seconds)
        spans.append((last, last + rate * seconds))
        last += rate * seconds
        if backed_up:
            backups.append(last)
        if restored is not None:
            last = compute_first_serial(now, [backups[restored % len(backups)]]) - 1
    spent = sorted(span for span in spans if span[0] < span[1])
    assert all(before[1] <= after[0] for before, after in pairwise(spent))


@given(now=st.datetimes(BEGUN.replace(tzinfo=None), datetime(2050, 1, 1)), known=st.lists(st.integers(0, 99_999_999)))
def test_numbers_of_an_epoch_come_after_all_before_it_also_as_texts(now: datetime, known: list[int]) -> None:
    first = compute_first_serial(now.replace(tzinfo=UTC), known)
    assert all(f"SD2026{first:08}" > f"SD2026{serial:08}" for serial in known if serial < 90_000_000)
    assert len(str(first)) == 11


def test_what_is_known_to_have_been_given_out_is_believed_more_than_the_clock() -> None:
    assert compute_first_serial(BEGUN, [95_000_000_000]) == 95_000_000_001


@pytest.mark.parametrize("days", [1, 30, 3000])
def test_papers_are_numbered_beyond_one_in_each_minute_since(days: int) -> None:
    assert compute_first_paper_number(BEGUN + timedelta(days=days)) - compute_first_paper_number(BEGUN) == days * 24 * 60


def patterns(said: Any) -> Iterator[str]:
    """Every pattern of a schema."""
    if isinstance(said, dict):
        yield from (value for name, value in said.items() if name == "pattern" and isinstance(value, str))
        said = list(said.values())
    if isinstance(said, list):
        for each in said:
            yield from patterns(each)


def test_every_form_that_takes_a_matters_number_takes_one_of_an_epoch() -> None:
    asked = {pattern for form in get_forms().values() for pattern in patterns(form.model_json_schema())}
    taken = [(pattern, kind.prefix) for pattern in asked for kind in Kind if re.search(pattern, f"{kind.prefix}202600000012")]
    assert {prefix for _, prefix in taken} >= {"JQ", "XA", "ZA", "WP"}
    assert [each for each in taken if not re.search(each[0], f"{each[1]}202690288576123")] == []


@pytest.mark.parametrize(
    ("number", "serial"),
    [("JQ202600000012", 12), ("SD202690288576123", 90288576123), ("ZJ20261129031500", 0), ("BUREAU", 0), ("", 0)],
)
def test_the_running_number_is_read_from_a_matters_number(number: str, serial: int) -> None:
    assert parse_serial(number) == serial
