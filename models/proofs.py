"""Proofs: what the maker of a submission signs, and who may say what.

Temporal carries submissions, and whoever operates it could hand in one of their own in anybody's name. So each bears the signature of the
process it comes from, over the matter, the update, the key, the form, the one who acts with their offices, and the instant; `record`
believes no other. The entry keeps the proof, so that it can be told for ever which process an act came from.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from models.forms.recompute import RecomputeClocks
from models.forms.rectification_order import OpenRectificationOrder
from models.journal import canonical
from models.matter import Kind, kind_of
from models.messages import Actor, Proof, Submission
from models.outside import machine

# The update by which a submission is handed in; a signature over another purpose is none over this.
_PURPOSE = "louke/submit/1"
# A proof is good for as long as a submission may be on its way; who held one back for longer hands in something stale.
FRESH = timedelta(minutes=10)


class Act(Protocol):
    """What is proved of a submission, or of the proposal that came of it."""

    @property
    def key(self) -> str:
        """The key under which it happens once."""
        ...

    @property
    def body_hash(self) -> str:
        """What tells it from another under the same key."""
        ...

    @property
    def step(self) -> str:
        """The step."""
        ...

    @property
    def form(self) -> Mapping[str, Any]:
        """The form as it was filled in."""
        ...

    @property
    def actor(self) -> Actor | None:
        """Who acts, with the offices by which they do."""
        ...


class Speaker(Protocol):
    """One of our processes, which signs what it hands in."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def sign(self, said: bytes) -> str:
        """Its signature over these bytes."""
        ...


def statement(number: str, act: Act, by: str, at: datetime) -> bytes:
    """What is signed: that this process hands in this act, for that matter, at that instant."""
    said = {
        "purpose": _PURPOSE,
        "matter": number,
        "key": act.key,
        "body_hash": act.body_hash,
        "step": act.step,
        "form": act.form,
        "actor": act.actor,
        "by": by,
        "at": at.astimezone(UTC).isoformat(),
    }
    return canonical(said).encode()


def proved(submission: Submission, number: str, speaker: Speaker) -> Submission:
    """The submission to that matter with the proof of who hands it in, now."""
    at = datetime.now(UTC)
    signature = speaker.sign(statement(number, submission, speaker.name, at))
    return submission.model_copy(update={"proof": Proof(by=speaker.name, at=at, signature=signature)})


def may_say(by: str, number: str, act: Act) -> bool:
    """Whether that process may hand in such an act: the API in anybody's name, every other only what is its own business."""
    person = act.actor.person if act.actor else ""
    match by:
        case "api":
            return True
        case "worker":  # what a system answered to a delivery
            return person.startswith(machine(""))
        case "watchdog":
            return kind_of(number) is Kind.CANARY or (not person and act.step == OpenRectificationOrder.rule.step)
        case "clerk":  # who types a command
            return act.step == RecomputeClocks.rule.step
        case _:
            return False
