"""How a case is called in lists (案件名称的叫法): as officers call it, from when it was taken up; its papers name the offence."""

from activities.identity import build_party
from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.legal_fact import sort_facts
from models.case_names import build_case_name
from models.matter import Kind
from models.store import statements as sql
from models.store.connection import fetch_all

# Once people have been joined.
feature = Feature(__name__, Concern.RECORD)


@feature.hook(Phase.ENRICH, kinds=[Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE], type="step")
async def name_case(draft: Draft) -> None:
    """Give a case that its step names by the offence the name that officers give it, of the day on which it was taken up."""
    proposal = draft.proposal
    if not proposal.title:
        return
    own = [fact for fact in (*draft.known.facts, *proposal.facts) if not fact.told_by]
    at = sort_facts(own)[0].at if own else draft.now
    known = (
        []
        if not proposal.seq
        else [build_party(row) for row in await fetch_all(draft.connection, sql.PEOPLE, {"number": proposal.number})]
    )
    draft.update(title=build_case_name(proposal.title, at, (*known, *proposal.parties)))
