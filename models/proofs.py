"""Proofs: what the maker of a submission signs, and who may say what.

Temporal carries submissions, and whoever operates it could hand in one of their own in anybody's name. So each bears the signature of the
process it comes from, over the matter, the update, the key, the form, the one who acts with their offices, and the instant; `record`
believes no other. The entry keeps the proof, so that it can be told for ever which process an act came from.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from models.forms.accountability import DraftLead
from models.forms.assessment import DraftAssessment
from models.forms.delivery import AbandonDelivery, ConfirmDelivery, FailDelivery
from models.forms.recompute import RecomputeClocks
from models.forms.rectification_order import OpenRectificationOrder
from models.forms.risk_alert import BY_INSPECTION, INSPECTOR
from models.journal import format_canonical
from models.matter import Kind, is_numbered_as
from models.messages import Actor, BroughtOver, Proof, Submission
from models.origin import Origin
from models.outside import build_machine_name

# The update by which a submission is handed in; a signature over another purpose is none over this.
_PURPOSE = "louke/submit/1"
# What a delivery takes by itself: the outcome of its own sending.
_OUTCOMES = (ConfirmDelivery.rule.step, FailDelivery.rule.step, AbandonDelivery.rule.step)
_SIGNED = ("key", "body_hash", "step", "form", "actor")
_BROUGHT = "brought"
# What the watchdog puts before people in nobody's name.
_DRAFTED = (OpenRectificationOrder.rule.step, DraftLead.rule.step, DraftAssessment.rule.step)
# A proof is good for as long as a submission may be on its way; who held one back for longer hands in something stale.
FRESH = timedelta(minutes=10)


class Act(Protocol):
    """What is proved of a submission, or of the proposal that came of it."""

    @property
    def key(self) -> str: ...

    @property
    def body_hash(self) -> str:
        """What tells it from another under the same key."""
        ...

    @property
    def step(self) -> str: ...

    @property
    def form(self) -> Mapping[str, Any]: ...

    @property
    def actor(self) -> Actor | None: ...

    @property
    def brought(self) -> BroughtOver | None:
        """Of which ledger it was brought over; None of what is done here."""
        ...

    @property
    def origin(self) -> Origin | None:
        """The entry that it came of; None of what somebody hands in."""
        ...


class Speaker(Protocol):
    """One of our processes, which signs what it hands in."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def sign(self, statement: bytes) -> str:
        """Its signature over these bytes."""
        ...


def build_statement(number: str, act: Act, by: str, at: datetime) -> bytes:
    """What is signed: that this process hands in this act, for that matter, at that instant."""
    return build_stored_statement(number, {name: getattr(act, name) for name in (*_SIGNED, _BROUGHT)}, by, at)


def build_stored_statement(number: str, content: Mapping[str, Any], by: str, at: datetime) -> bytes:
    """The same of an act as the journal keeps it, member by member; KeyError where it lacks one."""
    act = {name: content[name] for name in _SIGNED}
    if brought := content.get(_BROUGHT):  # else nothing is said of it, as before there was any
        act[_BROUGHT] = brought
    return format_canonical({"purpose": _PURPOSE, "matter": number, **act, "by": by, "at": at.astimezone(UTC).isoformat()}).encode()


def add_proof(submission: Submission, number: str, speaker: Speaker) -> Submission:
    """The submission to that matter with the proof of who hands it in, now."""
    at = datetime.now(UTC)
    signature = speaker.sign(build_statement(number, submission, speaker.name, at))
    return submission.model_copy(update={"proof": Proof(by=speaker.name, at=at, signature=signature)})


def may_say(by: str, kind: str, number: str, step: str, person: str) -> bool:
    """Whether that process may hand in that step, in a matter of that kind and number, in the name of that person (empty: nobody's).

    A signature is over the number and not over the kind, which must be one that is numbered so. The API may in anybody's name, every other only what is its own business.
    """
    match by:
        case "api":
            return True
        case "worker":  # what a system answered to a delivery, or what an inspection found
            return person.startswith(build_machine_name("")) or (
                person == INSPECTOR.person and kind == Kind.RISK_ALERT and step in BY_INSPECTION
            )
        case "watchdog":
            own = kind == Kind.CANARY and is_numbered_as(kind, number)
            return own or (not person and step in _DRAFTED)
        case "clerk":  # who types a command
            return step == RecomputeClocks.rule.step
        case _:
            return False


def is_outcome(number: str, act: Act) -> bool:
    """Whether it is what a delivery learnt by its own sending, which nobody hands in."""
    return act.actor is None and act.step in _OUTCOMES and act.origin is not None and act.origin.number == number
