"""Series (串案): what a person says of two matters that agree stands in both journals, and is not proposed again on the same evidence."""

from typing import NamedTuple

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from law.facts import Fact
from models.forms.series import BASIS, LINKABLE, DismissLink, LinkCase, UnlinkCase
from models.messages import PendingCommand, Refusal
from models.store.connection import Query, fetch_first
from models.store.series import CANDIDATE, SETTLE, UNLINK

feature = Feature(__name__, Concern.REVIEW)
_SAYS = (Fact.CASE_LINKED, Fact.CASE_UNLINKED)
_UNLINKS, _DISMISSES = (UnlinkCase.rule.step,), (DismissLink.rule.step,)


class _Linked(NamedTuple):
    """The kind of the other matter, whether it still goes on, and which of the two links to the other; empty: neither."""

    kind: str
    final: bool
    by: str


OTHER = Query[_Linked]("""
SELECT m.kind, m.final, coalesce((SELECT l.matter FROM link l WHERE l.relation = 'series'
    AND ((l.matter, l.other) = (%(number)s, m.number) OR (l.matter, l.other) = (m.number, %(number)s)) LIMIT 1), '') AS by
FROM matter m WHERE m.number = %(other)s
""")


async def _read_other(draft: Draft) -> _Linked | None:
    return await fetch_first(draft.connection, OTHER, {"number": draft.proposal.number, "other": draft.proposal.form["other"]})


@feature.hook(Phase.CHECK, kinds=LINKABLE, steps=(LinkCase.rule.step, *_UNLINKS), type="step")
async def check_pair(draft: Draft) -> Refusal | None:
    """Refuse to link with what is no incident and no case, or twice; and to unlink what is not linked, or was linked in the other one."""
    other, number = await _read_other(draft), draft.proposal.form["other"]
    if draft.proposal.step in _UNLINKS:
        if other and other.by == number:
            return refuse_field("other", "linked-there", f"串案登记在{number}，请在该事项解除", basis=BASIS[1])
        return None if other and other.by else refuse_field("other", "not-linked", "与该事项没有串案", basis=BASIS[1])
    if other and other.kind not in LINKABLE:
        return refuse_field("other", "no-case", "只有警情和案件可以串案", basis=BASIS[1])
    return refuse_field("other", "already-linked", "与该事项已经串案", basis=BASIS[1]) if other and other.by else None


@feature.hook(Phase.CHECK, kinds=LINKABLE, steps=_DISMISSES, type="step")
async def check_candidate(draft: Draft) -> Refusal | None:
    """Refuse to dismiss what is not proposed; keep by what it is, so that the same is not proposed again."""
    low, high = sorted((draft.proposal.number, draft.proposal.form["other"]))
    candidate = await fetch_first(draft.connection, CANDIDATE, {"low": low, "high": high})
    if candidate is None or candidate.judged or candidate.linked:
        return refuse_field("other", "no-candidate", "与该事项没有待核对的串并案候选", basis=BASIS[1])
    draft.kept["not_linked"] = {"pair": f"{low}/{high}", "keys": candidate.keys}
    return None


@feature.hook(Phase.COMMAND, kinds=LINKABLE, facts=_SAYS, type="step")
async def tell_other(draft: Draft) -> None:
    """Let the other's journal say so too, unless it is over for good."""
    other = await _read_other(draft)
    if other and not other.final:
        for each in draft.list_brought(*_SAYS):
            draft.add_commands(
                PendingCommand(verb="tell", kind=other.kind, number=each.about, step=draft.proposal.step, facts=(each,))
            )


@feature.hook(Phase.CONCLUDE, kinds=LINKABLE, facts=(Fact.CASE_UNLINKED,), type="step")
async def keep_end(draft: Draft) -> None:
    """The journal keeps which link ended, by which the table is held against it."""
    draft.kept["unlinked"] = [{"number": each.about, "relation": "series"} for each in draft.list_brought(Fact.CASE_UNLINKED)]


@feature.hook(Phase.WRITE, kinds=LINKABLE, steps=(*_UNLINKS, *_DISMISSES), type="step")
async def write_judgement(draft: Draft) -> None:
    """What is judged is proposed no more; what was linked is so no longer."""
    number, other = draft.proposal.number, draft.proposal.form["other"]
    if draft.proposal.step in _UNLINKS:
        await draft.connection.execute(UNLINK, {"matter": number, "other": other})
    else:
        low, high = sorted((number, other))
        await draft.connection.execute(SETTLE, {"low": low, "high": high, "keys": draft.kept["not_linked"]["keys"]})
