"""The kind of a matter travels beside its number, and is told by the number only where it was stored before."""

import json

import pytest
from pydantic import TypeAdapter, ValidationError

from models.matter import Kind, is_numbered_as
from models.messages import Opening, Recorded, Reparenting, State

EXHIBIT, CASE, ORDER = "WP202600000004", "XA202600000001", "ZG202600000002"
KINDS = {EXHIBIT: "exhibit", CASE: "criminal-case"}
RECEIPT = {
    "number": CASE,
    "kind": "criminal-case",
    "seq": 3,
    "stage": "investigation",
    "step": "turn-administrative",
    "standing": "done",
    "recorded_at": "2026-09-21T10:00:00+08:00",
    "opened": [ORDER],
}
RECORDED = {
    "seq": 3,
    "key": "k",
    "stage": "investigation",
    "final": False,
    "unit": "criminal",
    "parent": "JQ202600000003",
    "receipt": RECEIPT,
}
ABOVE = {"parent_kind": "incident", "kinds": {ORDER: "rectification-order", EXHIBIT: "exhibit"}}
STORED = (
    (State, {"children": [EXHIBIT, CASE]}, {"kinds": KINDS}),
    (Opening, {"number": EXHIBIT, "unit": "criminal", "parent": CASE}, {"parent_kind": "criminal-case"}),
    (Reparenting, {"under": CASE, "adopts": [EXHIBIT, CASE]}, {"under_kind": "criminal-case", "kinds": KINDS}),
    (Recorded, {**RECORDED, "adopted": [EXHIBIT]}, ABOVE),
)


@pytest.mark.parametrize(("message", "before", "kinds"), STORED)
def test_a_message_that_was_stored_before_kinds_travelled_has_the_kinds_that_its_numbers_told(
    message: type[State], before: dict[str, object], kinds: dict[str, object]
) -> None:
    for stored in (before, before | kinds):
        read = TypeAdapter(message).validate_json(json.dumps(stored))
        assert {name: getattr(read, name) for name in kinds} == kinds


def test_a_message_that_says_its_kinds_is_believed_whatever_its_numbers_look_like() -> None:
    assert State(children=("A1",), kinds={"A1": "exhibit"}).kinds == {"A1": "exhibit"}
    assert Opening(number="A2", unit="criminal", parent="A1", parent_kind="incident").parent_kind == "incident"


@pytest.mark.parametrize("stored", [{"children": 5}, {"children": [5]}, {"children": ["??"]}, {"undone": [5]}])
def test_what_is_no_message_of_ours_is_refused_and_not_stumbled_over(stored: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        State.model_validate_json(json.dumps(stored))


def test_a_number_is_held_against_the_kind_that_is_said_of_it() -> None:
    assert is_numbered_as(Kind.EXHIBIT, EXHIBIT)
    assert not is_numbered_as(Kind.CANARY, EXHIBIT)
    assert not is_numbered_as("no-such-kind", EXHIBIT)
