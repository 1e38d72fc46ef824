"""Where a matter belongs (并案侦查 · 指定管辖): which case may take up another, what it must then know, and whose the clocks are."""

from collections.abc import Sequence
from typing import Any

from law.conditions import SEALED, holds
from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from models.forms.jurisdiction import MergeCase
from models.messages import Proposal, Refusal
from models.problems import FormInvalid

# A case that is itself being investigated, by the same police. Held until the step is recorded, so that no two take up each other.
OPEN_CASE = """
SELECT m.number FROM matter m JOIN unit u ON u.id = m.unit_id JOIN unit own ON own.id = %(unit)s
WHERE m.number = %(into)s AND m.number <> %(number)s AND m.kind = 'criminal-case'
    AND m.stage IN ('investigation', 'supplementary_investigation') AND split_part(u.path, '/', 2) = split_part(own.path, '/', 2)
FOR SHARE OF m
"""
# What runs or is asked of the unit that had the matter is from now on the matter of the one that has it.
REHOME = """
WITH was AS (SELECT unit_id FROM matter WHERE number = %(number)s),
ticking AS (
    UPDATE clock SET unit_id = %(unit)s, officer = %(officer)s
    WHERE matter = %(number)s AND state IN ('running', 'suspended', 'not-started')
)
UPDATE task SET unit_id = %(unit)s FROM was WHERE task.matter = %(number)s AND task.done_at IS NULL AND task.unit_id = was.unit_id
"""


def settled(proposal: Proposal) -> Proposal:
    """The proposal with the matter above as a step makes it be; with unit and officer too, as another matter tells that they are."""
    moved = proposal.moved
    if moved is None:
        return proposal
    new = {"parent": moved.under}
    if proposal.sort != "step":
        new |= {"unit": moved.unit, "officer": moved.officer}
    return proposal.model_copy(update={name: value for name, value in new.items() if value})


async def unmergeable(connection: Any, proposal: Proposal) -> Refusal | None:
    """What speaks against the case into which this one is to be merged, when it is asked for and again when it is approved."""
    asked = proposal.form.get("into", "") if proposal.step == MergeCase.rule.step else ""
    into = next((each.number for each in proposal.intentions if each.moved and each.moved.adopts), asked)
    if not into:
        return None
    arguments = {"into": into, "number": proposal.number, "unit": proposal.unit}
    if await (await connection.execute(OPEN_CASE, arguments)).fetchone():
        return None
    # One sentence for every reason, since whoever asks may not know of each case.
    detail = f"没有编号为“{into}”、正在侦查的案件可以并入"
    errors = [{"field": "into", "rule": "no-open-case", "detail": detail}]
    return FormInvalid(errors=errors, basis=str(MergeCase.rule.basis[0])).refusal()


async def rehome(connection: Any, proposal: Proposal) -> None:
    """Let what runs in a matter that moves to another unit, and what is asked of its people, follow."""
    if proposal.moved and proposal.moved.unit:
        await connection.execute(REHOME, {"number": proposal.number, "unit": proposal.unit, "officer": proposal.officer})


def told_along(proposal: Proposal, known: Sequence[LegalFact]) -> Proposal:
    """The proposal with what a case that takes up this one must know besides: who of its people is held, and that its file is sealed."""
    return proposal.model_copy(
        update={
            "intentions": tuple(
                each.model_copy(update={"facts": (*each.facts, *_along(proposal, each.number, each.moved.adopts, known))})
                if each.moved and each.moved.adopts
                else each
                for each in proposal.intentions
            )
        }
    )


def _along(proposal: Proposal, into: str, adopted: Sequence[str], known: Sequence[LegalFact]) -> list[LegalFact]:
    of_people = [fact for fact in known if fact.told_by in adopted]
    states = {Fact.FILE_SEALED: SEALED, Fact.CASE_CONCERNS_MINOR: (Fact.CASE_CONCERNS_MINOR, None)}
    history = History(known)
    held = [kind for kind, state in states.items() if holds(history, state, proposal.number)]
    return [*of_people, *(LegalFact(kind, proposal.decided_at, into) for kind in held)]
