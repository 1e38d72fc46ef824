"""The journal's chain: one spelling, one hash, and no way to change a link unnoticed."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.journal import GENESIS, format_canonical, hash_body, hash_sm3, link
from models.messages import Actor

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def test_sm3_is_the_standards_own_example() -> None:
    assert hash_sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


@given(JSON)
def test_canonical_json_says_what_was_said(content: object) -> None:
    assert json.loads(format_canonical(content)) == content


@given(st.dictionaries(TEXT, st.integers()))
def test_the_order_in_which_members_were_written_does_not_matter(content: dict[str, int]) -> None:
    assert format_canonical(dict(reversed(content.items()))) == format_canonical(content)


def test_canonical_json_has_one_spelling_without_spaces_or_escapes() -> None:
    assert format_canonical({"b": [1, None], "a": "张三"}) == '{"a":"张三","b":[1,null]}'


def test_instants_days_and_messages_have_a_canonical_form() -> None:
    at = datetime(2026, 9, 28, 10, tzinfo=timezone(timedelta(hours=8)))
    said = {"at": at, "on": date(2026, 9, 28), "who": Actor(person="li.na", unit="u", offices=("case-officer",))}
    who = '{"desks":[],"offices":["case-officer"],"person":"li.na","unit":"u"}'
    assert format_canonical(said) == f'{{"at":"2026-09-28T10:00:00+08:00","on":"2026-09-28","who":{who}}}'


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="Decimal"):
        format_canonical(Decimal(1))


@given(st.lists(TEXT, min_size=1, max_size=6), st.data())
def test_a_change_of_any_content_changes_every_hash_from_there_on_and_none_before(contents: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(contents) - 1))
    other = data.draw(TEXT.filter(lambda text: text != contents[place]))
    true, false = chained(contents), chained([*contents[:place], other, *contents[place + 1 :]])
    assert true[:place] == false[:place]
    assert all(a != b for a, b in zip(true[place:], false[place:], strict=True))


@given(TEXT, TEXT)
def test_one_body_has_one_hash_and_another_step_another(field: str, value: str) -> None:
    at = datetime(2026, 9, 28, tzinfo=UTC).isoformat()
    assert hash_body("file-case", {"at": at, field: value}) == hash_body("file-case", {field: value, "at": at} | {field: value})
    assert hash_body("file-case", {field: value}) != hash_body("close-case", {field: value})


def chained(contents: list[str]) -> list[bytes]:
    hashes = [GENESIS]
    for content in contents:
        hashes.append(link(hashes[-1], content))
    return hashes[1:]
