"""What the law asks for besides an order of facts: who must be there, what must have been chosen, what may happen only once."""

from datetime import date

from law.calendar import get_day
from law.facts import Condition, Fact
from law.facts.states import FEMALE_MINOR, MINOR, State
from law.history import History
from law.legal_fact import LegalFact

# Whoever turns eighteen meanwhile is a minor no longer; the file stays sealed.
_BY_AGE = (MINOR, FEMALE_MINOR)


def check_conditions(everything: History, new: LegalFact) -> Condition | None:
    """The first condition of `new` that is not met, or None; `everything` is the log without it, of whatever instant."""
    for each in new.fact.conditions:
        if each.where and not holds(everything, each.where, new.about, get_day(new.at)):
            continue
        if each.together and any(fact.seq == new.seq for fact in everything.list_concerning(new.about, (Fact(each.together),))):
            continue
        if each.known and everything.list_concerning(new.about, (Fact(each.known),)):
            continue
        if each.during and holds(everything, each.during, new.about, get_day(new.at)):
            continue
        return each
    return None


def holds(everything: History, state: State, about: str, on: date | None = None) -> bool:
    """Whether the state has begun, of that person or matter, and not ended since, nor by itself by that day, where one is asked for."""
    kinds = [Fact(each) for each in state if each]
    known = everything.list_concerning(about, kinds)
    if not known or known[-1].fact is not kinds[0]:
        return False
    until = known[-1].term if state in _BY_AGE else ""
    return not until or on is None or on < date.fromisoformat(until)
