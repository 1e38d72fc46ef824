"""What a letter is linked with is looked into (进展复核): the unit that has it answers in three days, and whom the letter complains of takes no part."""

from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.steps_taken import StepsTaken, read_steps_taken
from models.ends import get_ends
from models.forms.joint_task import OpenJointTask
from models.forms.letter import LinkLetter
from models.links import Relation
from models.matter import Kind
from models.messages import PendingCommand
from models.store.connection import Query, fetch_first

feature = Feature(__name__, Concern.REVIEW)
_TERM = "72 hour"
_LOOKED_INTO = frozenset({Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE})


class _Linked(NamedTuple):
    """What the letter is linked with, and whether its unit may know of the letter and was not asked before."""

    kind: str
    stage: str
    final: bool
    unit: str
    may_know: bool
    asked: bool


# Whoever is asked to look into it learns that somebody wrote: what is for few to read, or is kept from that unit, is asked about by hand.
LINKED = Query[_Linked]("""
SELECT o.kind, o.stage, o.final, o.unit_id AS unit, NOT m.sealed AND NOT m.kept_from && string_to_array(trim('/' FROM u.path), '/') AS may_know,
    EXISTS (SELECT FROM link k WHERE k.matter = m.number AND k.other = o.number) AS asked
FROM matter o JOIN unit u ON u.id = o.unit_id JOIN matter m ON m.number = %(letter)s WHERE o.number = %(number)s
""")


class _Letter(StepsTaken):
    """The letter by what was done with it."""


@feature.hook(Phase.COMMAND, kinds=(Kind.LETTER,), steps=(LinkLetter.rule.step,), type="step")
async def ask_for_review(draft: Draft) -> None:
    """Ask the unit that has a running incident or case how it goes on, once; of what has ended people look at the file."""
    proposal, form = draft.proposal, draft.proposal.form
    if form.get("relation", Relation.ABOUT) != Relation.ABOUT or proposal.stage in get_ends()[Kind.LETTER]:
        return
    linked = await fetch_first(draft.connection, LINKED, {"letter": proposal.number, "number": form["number"]})
    if linked is None or linked.asked or not linked.may_know or Kind(linked.kind) not in _LOOKED_INTO:
        return
    if linked.final or linked.stage in get_ends().get(Kind(linked.kind), {}):
        return
    opening = (await read_steps_taken(draft, _Letter)).opening
    subject = "" if opening.get("sort") == "thanks" else opening.get("subject_officer", "")
    said = {
        "sort": "verify",
        "unit": linked.unit,
        "what": f"进展复核：{form['number']}是否依法、按期办理，下一步怎样办理，哪些内容可以告知来信人。",
        "not_by": [subject] if subject else [],
        "term": _TERM,
    }
    step = OpenJointTask.rule.step
    draft.add_commands(PendingCommand(verb="open", kind=Kind.JOINT_TASK, step=step, form=said, actor=proposal.actor))
