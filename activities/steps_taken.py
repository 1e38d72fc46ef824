"""What was done in a matter so far, and in the matter that it is about: what several features judge the next step by."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from activities.recording.draft import Draft
from models.messages import Refusal
from models.problems import DutiesNotSeparated
from models.readmodel.matter_status import KIND_OF
from models.store.connection import Query, fetch_all, fetch_first


class StepTaken(NamedTuple):
    """A step of a matter, as it was taken; `username` is empty and `actor` None where the house took it."""

    seq: int
    step: str
    username: str
    form: dict[str, Any]
    actor: dict[str, Any] | None
    recorded_at: datetime


STEPS_TAKEN = Query[StepTaken]("""
SELECT seq, step, coalesce(username, '') AS username, content::json -> 'form' AS form, content::json -> 'actor' AS actor, recorded_at
FROM entry WHERE chain = %(number)s AND sort = 'step' ORDER BY position
""")
TAKEN_SINCE = Query[int]("""
SELECT seq FROM entry WHERE chain = %(number)s AND sort = 'step' AND recorded_at >= %(since)s AND seq = ANY(%(cited)s)
""")


@dataclass(frozen=True, slots=True)
class StepsTaken:
    """The steps of a matter so far, and the form by which it was opened, or is being opened."""

    steps: Sequence[StepTaken]
    opening: dict[str, Any]

    def of(self, *steps: str) -> list[StepTaken]:
        """Those of these steps."""
        return [each for each in self.steps if each.step in steps]

    def find_last(self, *steps: str) -> StepTaken | None:
        """The last of these steps; None where none was taken."""
        return next((each for each in reversed(self.steps) if each.step in steps), None)


S = TypeVar("S", bound=StepsTaken)


async def read_steps_taken(draft: Draft, of: type[S]) -> S:
    """The steps so far of the matter in which a step is taken; read once."""
    if (taken := draft.find_own(of)) is None:
        steps = await fetch_all(draft.connection, STEPS_TAKEN, {"number": draft.proposal.number})
        taken = of(steps, steps[0].form if steps else draft.proposal.form)
        draft.keep(taken)
    return taken


def refuse_who_took(draft: Draft, steps: Iterable[StepTaken], detail: str, basis: object) -> Refusal | None:
    """Refuse, in these words, whoever took one of these steps before; the refusal names the first of theirs. None for everybody else."""
    actor = draft.proposal.actor
    own = next((each for each in steps if actor and each.username == actor.person), None)
    return DutiesNotSeparated(detail, conflicting_entry=own.seq, basis=str(basis)).to_refusal() if own else None


async def find_not_taken_since(draft: Draft, since: datetime, cited: Collection[int]) -> list[int]:
    """Those of the cited entries that are no step of the matter above since then."""
    if not cited:
        return []
    arguments = {"number": draft.proposal.parent, "since": since, "cited": sorted(cited)}
    return sorted({*cited} - {*await fetch_all(draft.connection, TAKEN_SINCE, arguments)})


async def put_under_subject(draft: Draft) -> None:
    """Let a matter that another opens stand under its `subject`, the matter that it is about."""
    proposal = draft.proposal
    subject = proposal.form.get("subject", "")
    if subject and subject != proposal.parent and (kind := await fetch_first(draft.connection, KIND_OF, {"number": subject})):
        draft.update(parent=subject, parent_kind=kind)
