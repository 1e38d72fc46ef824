"""What becomes known of a suspect's age (未成年人) when the record says otherwise who they are. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from law.calendar import get_day
from law.conditions import holds
from law.facts import Fact
from law.facts.states import MINOR
from law.history import History
from law.juveniles import is_minor, parse_birth_date
from law.legal_fact import LegalFact
from models.forms.suspect import of_a_minor
from models.matter import Kind
from models.messages import Proposal


def list_minor_findings(proposal: Proposal, person: dict[str, Any], log: Sequence[LegalFact]) -> tuple[LegalFact, ...]:
    """What becomes known of a suspect whose row now says this: that they are a minor, or no minor after all."""
    born = person["said"].get("born_on") or (person["citizen_id"] and parse_birth_date(person["citizen_id"]).isoformat())
    named = next((fact for fact in log if fact.fact is Fact.PERSON_NAMED), None)
    if proposal.kind != Kind.SUSPECT or person["role"] != "suspect" or not born or named is None:
        return ()
    acted = person["said"].get("acted_on")
    minor = is_minor(date.fromisoformat(born), date.fromisoformat(acted) if acted else get_day(named.at))
    if minor is holds(History(log), MINOR, proposal.number):
        return ()
    kinds = of_a_minor(person["said"].get("sex", "")) if minor else (Fact.PERSON_FOUND_ADULT,)
    return tuple(LegalFact(kind, proposal.decided_at, proposal.number, seq=proposal.seq + 1) for kind in kinds)
