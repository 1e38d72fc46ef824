"""When somebody last worked on a case (办案活动), and whether anybody is held in it: by what a matter and those of its people say."""

from datetime import datetime

from inspections.snapshot import Snapshot
from law.effort import EFFORT
from law.facts import Fact

_HELD = {
    Fact.DETENTION_EXECUTED: True,
    Fact.ARREST_EXECUTED: True,
    Fact.PERSON_RECAPTURED: True,
    Fact.PERSON_RELEASED: False,
    Fact.BAIL_DECIDED: False,
    Fact.SURVEILLANCE_DECIDED: False,
    Fact.PERSON_ESCAPED: False,
    Fact.PERSON_DIED: False,
}


def find_last_effort(case: Snapshot, since: Fact) -> datetime | None:
    """When somebody last worked on the case, its suspects or its things; at least when `since` happened. None before that."""
    began = max((each.at for each in case.facts if each.fact is since), default=None)
    if began is None:
        return None
    return max((each.at for each in (*case.facts, *case.children_facts) if each.fact in EFFORT and each.at > began), default=began)


def somebody_is_held(case: Snapshot) -> bool:
    """Whether one of its suspects is in custody, as the facts have it."""
    held = dict[str, bool]()
    for each in sorted(case.children_facts, key=lambda fact: fact.order):
        if each.fact in _HELD:
            held[each.about] = _HELD[each.fact]
    return any(held.values())
