"""Of which entry something came: said beside its key, and read from the key only where it was stored before."""

import json

import pytest
from pydantic import TypeAdapter

from models.messages import MatterEvent, OutboxEntry, PendingCommand, State, Submission
from models.old_messages import find_entry_origin
from models.origin import Origin

ORIGIN = Origin(number="XA1", seq=12, item=0)
TELL = PendingCommand(verb="tell", kind="suspect", number="RY1")
EVENT = MatterEvent(key=ORIGIN.key, source="XA1", step="file-case", facts=(), origin=ORIGIN)
SUBMISSION = Submission(key=ORIGIN.key, body_hash="", step="file-case", form={}, actor=None, origin=ORIGIN)
OUTBOX = ((ORIGIN.key, TELL.model_copy(update={"origin": ORIGIN})),)
STATE = State(inbox=(EVENT,), outbox=OUTBOX)


def without_origins(stored: object) -> object:
    """The same as it was stored before origins were."""
    if isinstance(stored, dict):
        return {name: without_origins(value) for name, value in stored.items() if name != "origin"}
    return [without_origins(each) for each in stored] if isinstance(stored, list) else stored


@pytest.mark.parametrize("message", [EVENT, SUBMISSION, STATE, OutboxEntry(key=OUTBOX[0][0], command=OUTBOX[0][1])])
def test_a_message_that_was_stored_before_origins_were_has_the_origin_that_its_key_told(
    message: MatterEvent | Submission | State | OutboxEntry,
) -> None:
    kept = message.model_dump_json()
    before = json.dumps(without_origins(json.loads(kept)))
    assert "origin" not in before
    for stored in (kept, before):
        assert TypeAdapter(type(message)).validate_json(stored) == message


def test_what_somebody_hands_in_under_a_key_that_looks_like_ours_comes_of_no_entry() -> None:
    made = Submission(key=ORIGIN.key, body_hash="", step="file-case", form={}, actor=None)
    assert made.origin is None
    assert Submission.model_validate_json(made.model_dump_json()).origin is None
    signed = {
        **made.model_dump(mode="json", exclude={"origin"}),
        "proof": {"by": "api", "at": "2026-09-21T10:00Z", "signature": ""},
    }
    assert Submission.model_validate_json(json.dumps(signed)).origin is None


def test_an_entry_says_its_origin_and_only_one_of_before_is_asked_by_its_key() -> None:
    assert find_entry_origin({"key": "another", "origin": ORIGIN.model_dump()}) == ORIGIN
    assert find_entry_origin({"key": ORIGIN.key, "origin": None}) is None
    assert find_entry_origin({"key": f"{ORIGIN.key}/told"}) == ORIGIN
    assert find_entry_origin({"key": ORIGIN.key, "proof": {}}) is None
    assert find_entry_origin({"key": "SD1/3/answer"}) == Origin(number="SD1", seq=3)
    assert find_entry_origin({"key": "chief:9f0"}) is None


def test_a_promise_is_kept_under_its_own_keys_alone() -> None:
    assert ORIGIN.is_kept_under(ORIGIN.key)
    assert not ORIGIN.is_kept_under(f"{ORIGIN.key}1")
    assert not Origin(number="SD1", seq=3).is_kept_under("SD1/3/answer")
