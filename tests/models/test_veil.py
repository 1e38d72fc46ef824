"""Veiled fields: what is typed is checked, what is encrypted passes where it was taken, and people see a code."""

from datetime import UTC, datetime, timedelta

import pytest
from pydantic import ValidationError

from models.forms.letter import OpenLetter
from models.forms.veil import build_token, hide_tokens, is_veiled, mask_values
from models.instants import AS_STORED, build_submission_context, build_typing_context
from models.veil_windows import Unveiling, find_open
from tests.tables import table

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
TOKEN = build_token("A3F9", "x" * 60)
SAID = {"channel": "post", "sort": "tip", "narrative": "邻居家中聚众赌博"}


def test_a_ciphertext_passes_where_it_was_taken_and_is_typed_by_nobody() -> None:
    for context in (AS_STORED, build_submission_context(NOW)):
        letter = OpenLetter.model_validate(SAID | {"writer_name": TOKEN, "writer_citizen_number": TOKEN}, context=context)
        assert (letter.writer_name, letter.build_parties(), letter.get_heading()) == (TOKEN, (), "邻居家中聚众赌博")
    for typed in ({"writer_name": TOKEN}, {"writer_phone": "veiled:1:A3F9:x"}):
        with pytest.raises(ValidationError):
            OpenLetter.model_validate(SAID | typed, context=build_typing_context(NOW))


@table(
    ("said", "veiled"),
    [
        ({"sort": "tip"}, ("writer_name",)),
        ({"sort": "denunciation"}, ("writer_name",)),
        ({"sort": "complaint", "secrecy": True}, ("writer_name",)),
        ({"sort": "complaint"}, ()),
    ],
)
def test_who_denounces_tips_or_asks_for_secrecy_is_veiled(said: dict[str, object], veiled: tuple[str, ...]) -> None:
    assert OpenLetter.model_validate(SAID | said | {"writer_name": "韩素芬"}).list_veiled() == veiled


def test_people_see_a_code_and_dots() -> None:
    assert hide_tokens(f'{{"writer_name":"{TOKEN}"}}') == '{"writer_name":"●●●（代号A3F9）"}'
    assert not is_veiled("veiled:1:A3F9:short")
    assert mask_values("韩素芬称其邻居韩某", ["韩素芬", "韩"]) == "●●●称其邻居韩某"


@table(
    ("written", "value"),
    [
        ("139-0000-8811", "13900008811"),
        ("139 0000 8811", "+8613900008811"),
        ("１３９００００８８１１", "139-0000-8811"),
        ("韩　素芬", "韩素芬"),
        ("35020119900101123x", "35020119900101123X"),
    ],
)
def test_what_is_veiled_has_dots_however_it_is_written(written: str, value: str) -> None:
    assert mask_values(f"反映人{written}称", [value]) == f"反映人{'●' * len(written)}称"
    assert mask_values("电话13900008812，住12号", [value]) == "电话13900008812，住12号"


@table(
    ("person", "field", "looked", "later", "opens"),
    [
        ("mengxiaolan", "writer_phone", None, timedelta(hours=23), True),
        ("mengxiaolan", "writer_phone", None, timedelta(hours=24), False),
        ("mengxiaolan", "writer_phone", timedelta(hours=2), timedelta(hours=2, minutes=9), True),
        ("mengxiaolan", "writer_phone", timedelta(hours=2), timedelta(hours=2, minutes=10), False),
        ("mengxiaolan", "writer_name", None, timedelta(0), False),
        ("leijianfeng", "writer_phone", None, timedelta(0), False),
    ],
)
def test_an_approval_opens_a_field_to_who_asked_for_ten_minutes_within_a_day(
    person: str, field: str, looked: timedelta | None, later: timedelta, opens: bool
) -> None:
    given = Unveiling(7, NOW, "hejingyuan", "mengxiaolan", ["writer_phone"], NOW + looked if looked else None)
    assert bool(find_open([given], person, field, NOW + later)) is opens
