"""Where a matter belongs (并案侦查 · 指定管辖): which case may take up another, what it must then know, and whose the clocks are."""

from collections.abc import Sequence

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.conditions import holds
from law.facts import Fact
from law.facts.states import SEALED
from law.history import History
from law.legal_fact import LegalFact
from models.access.read_rights import get_read_rights
from models.forms.jurisdiction import MergeCase, get_merge_target
from models.matter import ASKED_OF_OTHERS
from models.messages import Proposal, Refusal
from models.problems import FormInvalid
from models.readmodel.matter_status import KIND_OF
from models.store.connection import Query, execute, fetch_first
from models.store.hierarchy import MOVE_CLOCKS_AND_TASKS
from models.store.sealing import ABOVE, ABOVE_TO_SEAL, HOLD_FAMILY, OPEN_TO_HANDLERS, SEAL_FAMILY

feature = Feature(__name__, Concern.BELONGING)
# What seals a family or opens it again; and what makes one of two.
_SEALING = (Fact.FILE_SEALED, Fact.FILE_UNSEALED)
_CHANGES_THE_FILE = (*_SEALING, Fact.CASE_MERGED)
# Two cases that would take up each other at one moment wait in one order.
BOTH = "SELECT FROM matter WHERE number = ANY(%(numbers)s) ORDER BY number FOR UPDATE"
# A case that is itself being investigated, by the same police, and that whoever asks may know of. Held until the step is recorded, so that
# no two take up each other.
OPEN_CASE = Query[str]("""
SELECT m.number FROM matter m JOIN unit u ON u.id = m.unit_id JOIN unit own ON own.id = %(unit)s
WHERE m.number = %(into)s AND m.number <> %(number)s AND m.kind = 'criminal-case'
    AND m.stage IN ('investigation', 'supplementary_investigation') AND split_part(u.path, '/', 2) = split_part(own.path, '/', 2)
    AND (NOT m.sealed OR %(asking)s = ANY (array_append(m.handlers, m.officer)) OR %(asking)s = '')
FOR SHARE OF m
""")


@feature.hook(Phase.PREPARE)
async def apply_reparenting(draft: Draft) -> None:
    """Give the proposal the matter above as a step makes it be; unit and officer too, as another matter tells that they are."""
    proposal = draft.proposal
    moved = proposal.reparenting or (proposal.parent_event and proposal.parent_event.reparenting)
    if moved is None:
        return
    if moved.under and not moved.under_kind:  # somebody named it by its number
        kind = await fetch_first(draft.connection, KIND_OF, {"number": moved.under})
        moved = moved.model_copy(update={"under_kind": kind or ""})
    new = {"parent": moved.under, "parent_kind": moved.under_kind}
    if proposal.type != "step":
        new |= {"unit": moved.unit, "officer": moved.officer}
    draft.update(reparenting=moved, **{name: value for name, value in new.items() if value})


@feature.hook(Phase.CHECK)
async def check_mergeable(draft: Draft) -> Refusal | None:
    """What speaks against the case into which this one is to be merged, when it is asked for and again when it is approved."""
    proposal, connection = draft.proposal, draft.connection
    into = get_merge_target(proposal)
    if not into:
        return None
    # Who approves decides about what was asked, and need not know the other case.
    asking = proposal.actor.person if proposal.actor and proposal.step == MergeCase.rule.step else ""
    arguments = {"into": into, "number": proposal.number, "unit": proposal.unit, "asking": asking}
    await connection.execute(BOTH, {"numbers": [proposal.number, into]})
    if await fetch_first(connection, OPEN_CASE, arguments):
        return None
    # One sentence for every reason, since whoever asks may not know of each case.
    detail = f"没有编号为“{into}”、正在侦查的案件可以并入"
    errors = [{"field": "into", "rule": "no-open-case", "detail": detail}]
    return FormInvalid(errors=errors, basis=str(MergeCase.rule.basis[0])).to_refusal()


@feature.hook(Phase.NOTIFY, type="step")
async def admit_who_takes_part(draft: Draft) -> None:
    """Let whoever reads only what they take part in, and takes a step of theirs, take part from then on."""
    actor = draft.proposal.actor
    if actor and actor.offices and all(get_read_rights(office).by_part is not None for office in actor.offices):
        draft.update(admits=(*draft.proposal.admits, actor.person))


@feature.hook(Phase.CONCLUDE)
async def seal_or_open(draft: Draft) -> None:
    """Seal the file or open it, as the step says; seal one that comes under a sealed file, by being opened there or by moving there."""
    proposal = draft.proposal
    said = [fact.fact for fact in draft.entered if fact.fact in _SEALING and fact.about == proposal.number]
    draft.sealed = said[-1] is Fact.FILE_SEALED if said else None
    if proposal.kind in ASKED_OF_OTHERS:
        return
    if not proposal.parent or (proposal.seq and not (proposal.reparenting and proposal.reparenting.under)):
        return
    above = ABOVE_TO_SEAL if _seals(proposal, draft.entered) else ABOVE
    if await fetch_first(draft.connection, above, {"parent": proposal.parent}):
        draft.sealed = True


@feature.hook(Phase.WRITE)
async def seal_family(draft: Draft) -> None:
    """Let a matter's whole family be sealed, or opened again, and known to those who handle it from now on, where a step changes that."""
    proposal, connection = draft.proposal, draft.connection
    passed_on = bool(draft.known.successor)
    if _seals(proposal, draft.entered):
        await execute(connection, HOLD_FAMILY, {"number": proposal.number})
        await execute(connection, SEAL_FAMILY, {"number": proposal.number})
    elif draft.sealed or passed_on or proposal.admits or proposal.dismisses or "officer" in proposal.form:
        await execute(connection, OPEN_TO_HANDLERS, {"number": proposal.number})


def _seals(proposal: Proposal, facts: Sequence[LegalFact]) -> bool:
    return bool(proposal.reparenting) or any(fact.fact in _CHANGES_THE_FILE for fact in facts)


@feature.hook(Phase.WRITE_BEFORE)
async def write_reparenting(draft: Draft) -> None:
    """Let what runs in a matter that moves to another unit, and what is asked of its people, follow."""
    proposal = draft.proposal
    if proposal.reparenting and proposal.reparenting.unit:
        await draft.connection.execute(
            MOVE_CLOCKS_AND_TASKS, {"number": proposal.number, "unit": proposal.unit, "officer": proposal.officer}
        )


@feature.hook(Phase.COMMAND)
async def notify_new_parent(draft: Draft) -> None:
    """Tell a case that takes up this one what it must know besides: who of its people is held, and that its file is sealed."""
    proposal, known = draft.proposal, draft.known.facts
    draft.update(
        commands=tuple(
            each.model_copy(
                update={"facts": (*each.facts, *_list_facts_taken_along(proposal, each.number, each.reparenting.adopted, known))}
            )
            if each.verb == "tell" and each.reparenting and each.reparenting.adopted
            else each
            for each in proposal.commands
        )
    )


def _list_facts_taken_along(proposal: Proposal, into: str, adopted: Sequence[str], known: Sequence[LegalFact]) -> list[LegalFact]:
    of_people = [fact for fact in known if fact.told_by in adopted]
    states = {Fact.FILE_SEALED: SEALED, Fact.CASE_CONCERNS_MINOR: (Fact.CASE_CONCERNS_MINOR, None)}
    history = History(known)
    held = [kind for kind, state in states.items() if holds(history, state, proposal.number)]
    return [*of_people, *(LegalFact(kind, proposal.decided_at, into) for kind in held)]
