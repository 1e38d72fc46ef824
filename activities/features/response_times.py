"""The times of a dispatch (处警时限): a call bears those that its unit had set when it was sent, and keeps them until it has been reported on."""

from dataclasses import replace

from activities.recording.draft import Draft
from activities.recording.features import Concern, Feature, Phase
from law.facts import Fact
from law.legal_fact import LegalFact, sort_facts
from law.time_limits import get_limits
from models.matter import Kind
from models.store import response_times

feature = Feature(__name__, Concern.RECORD)
# The facts that begin a limit whose time a unit sets itself.
_BEGIN = frozenset(fact for limit in get_limits().values() if limit.by_unit for fact in limit.starts_on)


@feature.hook(Phase.ENRICH, kinds=[Kind.INCIDENT], facts=_BEGIN, type="step")
async def bear_times(draft: Draft) -> None:
    """Let a dispatch bear the times of the unit that is sent, and what follows those of the dispatch."""
    facts = list[LegalFact]()
    for fact in draft.proposal.facts:
        if fact.fact in _BEGIN:
            sent = None if fact.fact is Fact.INCIDENT_DISPATCHED else _dispatch(draft)
            times = sent.unit_times if sent else await response_times.list_times(draft.connection, draft.proposal.unit, fact.at)
            fact = replace(fact, unit_times=times)
        facts.append(fact)
    draft.update(facts=tuple(facts))


def _dispatch(draft: Draft) -> LegalFact | None:
    sent = [
        each for each in (*draft.known.facts, *draft.proposal.facts) if each.fact is Fact.INCIDENT_DISPATCHED and not each.told_by
    ]
    return sort_facts(sent)[-1] if sent else None
