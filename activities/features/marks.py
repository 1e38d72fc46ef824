"""Marks (敏感标记): which a matter bears once a step is recorded, and how its title then calls people."""

from collections.abc import Iterable

from activities.identity import build_party
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from activities.recording.refusals import refuse_field
from law.legal_fact import LegalFact
from models.forms.marks import BASIS, ClearMarks, MarkMatter
from models.marks import BY_HAND, CODED, MARKS, MarkId, Said, list_marks, replace_names
from models.messages import Refusal
from models.store import statements as sql
from models.store.connection import Query, fetch_all, fetch_first

# Once a case has its name.
feature = Feature(__name__, Concern.REVIEW)

TITLE = Query[str]("SELECT title FROM matter WHERE number = %(number)s")


def _list_borne(facts: Iterable[LegalFact]) -> tuple[MarkId, ...]:
    return list_marks(Said(each.fact, each.item, each.charge, each.told_by) for each in facts)


@feature.hook(Phase.CHECK, steps=(MarkMatter.rule.step,), type="step")
async def check_new(draft: Draft) -> Refusal | None:
    """Refuse to add what the matter bears already."""
    borne = _list_borne(draft.known.facts)
    if twice := [MARKS[each] for each in borne if each in draft.proposal.form["marks"]]:
        return refuse_field("marks", "already-marked", f"本事项已有“{twice[0]}”标记", basis=BASIS)
    return None


@feature.hook(Phase.CHECK, steps=(ClearMarks.rule.step,), type="step")
async def check_borne(draft: Draft) -> Refusal | None:
    """Refuse to take away what the matter does not bear."""
    borne = _list_borne(draft.known.facts)
    if absent := [MARKS[each] for each in BY_HAND if each in draft.proposal.form["marks"] and each not in borne]:
        return refuse_field("marks", "not-marked", f"本事项没有“{absent[0]}”标记", basis=BASIS)
    return None


@feature.hook(Phase.CONCLUDE)
async def keep_marks(draft: Draft) -> None:
    """Keep the marks that follow from its facts, and call people in its title by codes where one of them asks for that."""
    before, proposal = _list_borne(draft.known.facts), draft.proposal
    draft.marks = _list_borne((*draft.known.facts, *draft.entered)) if draft.entered else before
    changed = {*before} ^ {*draft.marks}
    if not (changed & CODED.keys() or (proposal.title and CODED.keys() & {*draft.marks})):
        return
    asked = {"number": proposal.number}
    title = proposal.title or (await fetch_first(draft.connection, TITLE, asked) if proposal.seq else "") or ""
    known = {row.id: build_party(row) for row in (await fetch_all(draft.connection, sql.PEOPLE, asked) if proposal.seq else ())}
    people = list((known | {each["id"]: each for each in proposal.parties}).values())
    called = replace_names(title, proposal.number, people, before, draft.marks)
    if called != title:
        draft.update(title=called)
