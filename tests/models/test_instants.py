"""Every instant and day that a form takes has bounds, and whatever is written there, it is taken or refused by name."""

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from law import instants
from law.calendar import SHANGHAI
from models.forms.corrections import CorrectRecord
from models.forms.form import Form, get_forms
from models.forms.incident import OpenIncident
from models.instants import AS_STORED, Appointed, BirthDay, Instant, PastDay, Sought, SoughtDay, build_submission_context
from models.validation_messages import list_faults
from runtime import database

NOW = datetime(2026, 11, 28, 12, tzinfo=SHANGHAI)
INCIDENT = {"kind": "盗窃", "place": "城关镇河滨路", "narrative": "电动自行车被盗"}
# What a hand slips into, and what somebody tries.
EXTREMES = (
    "0001-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00Z",
    "1949-09-30T23:59:59+08:00",
    "5900-08-19T13:28:53-19:44",
    "9999-12-31T23:59:59-12:00",
    "2026-09-28T10:00:00",
    "2026-09-28T10:00:00-12:01",
    "2026-09-28T10:00:00+14:01",
    "infinity",
    "-infinity",
    "0044-03-15 00:00:00 BC",
    20260928,
    "20260928",
    -62135596800,
    1e18,
    True,
    [],
)


@cache
def dated() -> tuple[tuple[type[Form], str], ...]:
    """Every field of a form that takes an instant or a day."""
    return tuple(
        (form, name)
        for form in get_forms().values()
        for name, said in form.model_json_schema()["properties"].items()
        if {each.get("format") for each in (said, *said.get("anyOf", ()))} & {"date-time", "date"}
    )


def wrong_in(form: type[Form], said: dict[str, Any], field: str) -> list[str]:
    """The rules that this field is refused by."""
    try:
        form.model_validate(said, context=build_submission_context(NOW))
    except ValidationError as error:
        return [
            each["rule"] for each in list_faults(error.errors(include_input=False, include_url=False)) if each["field"] == field
        ]
    return []


def test_every_instant_and_day_of_every_form_has_bounds_of_its_own() -> None:
    unbounded = [f"{form.__name__}.{name}" for form, name in dated() if not wrong_in(form, {name: EXTREMES[0]}, name)]
    assert unbounded == []
    assert len({name for _, name in dated()}) > 6


@pytest.mark.parametrize("extreme", EXTREMES, ids=str)
def test_no_form_takes_an_instant_that_cannot_be_and_each_names_the_field(extreme: Any) -> None:
    taken = [f"{form.__name__}.{name}" for form, name in dated() if not wrong_in(form, {name: extreme}, name)]
    assert taken == []


@given(
    at=st.datetimes(timezones=st.timedeltas(timedelta(hours=-23, minutes=-59), timedelta(hours=23, minutes=59)).map(timezone)),
    shift=st.sampled_from([Instant, Appointed, Sought]),
)
def test_whatever_instant_is_written_it_is_taken_within_the_bounds_or_refused(at: datetime, shift: Any) -> None:
    try:
        taken = TypeAdapter[datetime](shift).validate_python(at, context=build_submission_context(NOW))
    except ValidationError:
        return
    assert instants.EARLIEST <= taken <= instants.LATEST
    assert taken.astimezone(SHANGHAI).astimezone(UTC) == at


@pytest.mark.parametrize(
    ("kind", "said", "rule"),
    [
        (Instant, "2026-11-28T12:01:00+08:00", ""),
        (Instant, "2026-11-28T12:01:01+08:00", "not-in-the-future"),
        (Instant, "1949-10-01T00:00:00+08:00", ""),
        (Instant, "1949-09-30T16:00:00Z", ""),
        (Instant, "1949-09-30T15:59:59Z", "not-before-1949"),
        (Appointed, "2027-03-01T09:00:00+08:00", ""),
        (Appointed, "2036-12-31T09:00:00+08:00", "too-far-ahead"),
        (Sought, "2099-01-01T00:00:00+08:00", ""),
        (Sought, "2101-01-01T00:00:00+08:00", "too-far-ahead"),
        (PastDay, "2026-11-28", ""),
        (PastDay, "2026-11-29", "not-in-the-future"),
        (PastDay, "1949-09-30", "too-early"),
        (BirthDay, "1900-01-01", ""),
        (BirthDay, "1899-12-31", "too-early"),
        (BirthDay, "2026-11-29", "not-in-the-future"),
        (SoughtDay, "2100-12-31", ""),
        (SoughtDay, "1949-09-30", "day-out-of-range"),
    ],
)
def test_each_sort_has_its_bounds_to_the_second(kind: Any, said: str, rule: str) -> None:
    try:
        TypeAdapter(kind).validate_json(f'"{said}"', context=build_submission_context(NOW))
    except ValidationError as error:
        assert [each["type"] for each in error.errors()] == [rule]
    else:
        assert not rule


def test_today_is_the_day_in_shanghai_and_not_in_greenwich() -> None:
    early = datetime(2026, 11, 28, 1, tzinfo=SHANGHAI)
    assert TypeAdapter[date](PastDay).validate_python("2026-11-28", context=build_submission_context(early)) == date(2026, 11, 28)


def test_a_correction_may_not_put_what_happened_into_the_future() -> None:
    said = {"fact_seq": 1, "happened_at": "2026-12-01T00:00:00+08:00", "reason": "笔误"}
    assert wrong_in(CorrectRecord, said, "happened_at") == ["not-in-the-future"]


def test_what_was_taken_before_there_were_bounds_is_still_read() -> None:
    form = OpenIncident.model_validate({**INCIDENT, "at": "0001-01-01T00:00:00+14:00"}, context=AS_STORED)
    assert form.at == instants.EARLIEST


@pytest.mark.parametrize(
    ("stored", "read"),
    [
        ("0001-12-31 10:00:00+00 BC", instants.EARLIEST),
        ("-infinity", instants.EARLIEST),
        ("infinity", instants.LATEST),
        ("12026-01-01 00:00:00+00", instants.LATEST),
        ("2026-09-28T02:00:00+00:00", datetime(2026, 9, 28, 2, tzinfo=UTC)),
    ],
)
def test_a_record_is_read_whatever_stands_in_it(stored: str, read: datetime) -> None:
    assert instants.read(stored) == read


def test_the_database_is_read_within_the_bounds_of_the_law() -> None:
    assert (database.EARLIEST, database.LATEST) == (instants.EARLIEST, instants.LATEST)
