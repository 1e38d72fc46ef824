"""How a case is called in lists (案件名称的叫法): as officers call it, from when it was taken up; its papers name the offence."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from activities.identity import build_party
from activities.known_twice import is_carried
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.legal_fact import sort_facts
from law.offences import get_charges
from models.case_names import build_case_name, describe_renaming
from models.forms.form import get_forms
from models.instants import AS_STORED
from models.matter import Kind
from models.parties import Party
from models.store import statements as sql
from models.store.connection import Query, fetch_all, fetch_first

# Once people have been joined.
feature = Feature(__name__, Concern.RECORD)


class _Called(NamedTuple):
    """How a case is called, for what it was filed, and the form that opened it."""

    title: str
    filed_for: str | None
    step: str
    form: dict[str, Any]


CALLED = Query[_Called]("""
SELECT m.title, (SELECT said ->> 'charge' FROM fact WHERE matter = m.number AND fact = 'criminal.filed' AND said ? 'charge'
    ORDER BY seq DESC LIMIT 1) AS filed_for, e.step, e.content::json -> 'form' AS form
FROM matter m JOIN entry e ON e.chain = m.number AND e.position = 1 WHERE m.number = %(number)s
""")


@feature.hook(Phase.ENRICH, kinds=[Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE])
async def name_case(draft: Draft) -> None:
    """Give a case the name that officers give it, of the day on which it was taken up, where a step names the offence.

    It is taken anew, with a note, by whatever says otherwise whom the case befell.
    """
    proposal = draft.proposal
    if not (proposal.title or proposal.parties or _is_set_right(draft)):
        return
    before = await fetch_first(draft.connection, CALLED, {"number": proposal.number}) if proposal.seq else None
    offence = proposal.title or (_get_offence(before) if before else "")
    own = [fact for fact in (*draft.known.facts, *proposal.facts) if not fact.told_by]
    at = sort_facts(own)[0].at if own else draft.now
    name = build_case_name(offence, at, (await _load_people(draft)).values()) if offence else ""
    if proposal.title or (before and before.title != name):
        draft.update(title=name)
    if before and name not in ("", before.title):
        draft.add_notes(describe_renaming(before.title, name))


def _is_set_right(draft: Draft) -> bool:
    """Whether the step sets right what is known of a person, and does not only ask for that."""
    corrects, asked = draft.proposal.corrects, draft.proposal.seq + 1
    return bool(corrects and corrects.values) and all(request.seq != asked for request in draft.proposal.requests)


def _get_offence(called: _Called) -> str:
    """What the case is about, as cases of that offence are called: as it was filed, or else as it was opened."""
    if charge := get_charges().get(called.filed_for or ""):
        return charge.case_zh
    opening = get_forms().get(called.step)
    return opening.model_validate(called.form, context=AS_STORED).get_heading() if opening else ""


async def _load_people(draft: Draft) -> Mapping[str, Party]:
    """The people of the case by their ids, as they are once the step is recorded."""
    proposal = draft.proposal
    rows = await fetch_all(draft.connection, sql.PEOPLE, {"number": proposal.number}) if proposal.seq else []
    people = {row.id: build_party(row) for row in rows} | {each["id"]: each for each in proposal.parties}
    if (right := proposal.corrects) and _is_set_right(draft):
        told = proposal.type == "told"
        for row in rows:
            if is_carried(row._asdict(), right.was) if told else row.id == right.party:
                people[row.id] = {**people[row.id], **right.values}
    return people
