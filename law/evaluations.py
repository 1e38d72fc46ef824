"""What stays a limit of a whole case although it befalls one person in it: the evaluation of a suspect, while nobody else is held."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS, Fact
from law.history import History
from law.legal_fact import LegalFact
from law.time_limits import NotCounted

# With these a suspect is out of the case, evaluated or not.
_OUT_OF_THE_CASE = (Fact.INVESTIGATION_TERMINATED, Fact.PERSON_DIED, Fact.PERSON_HANDED_OVER)
DEPENDS_ON = frozenset((*CUSTODY_BEGINS, *CUSTODY_ENDS, *_OUT_OF_THE_CASE))
"""What decides, besides the evaluation itself, whether the case's limit stands still meanwhile."""


def read_as_of_case(history: History, rule: NotCounted, case: str) -> History:
    """The history as a limit of the whole case reads it: each stretch in which the time is left out for everybody begins and ends there.

    That is while somebody is evaluated and whoever is held is among them: nobody is held longer for the sake of another's evaluation.
    """
    if not any(fact.fact is rule.begins for fact in history.facts):
        return history
    others = [fact for fact in history.facts if fact.fact not in (rule.begins, rule.ends)]
    return History([*others, *_list_stretches(history.facts, rule, case)])


def _list_stretches(facts: Iterable[LegalFact], rule: NotCounted, case: str) -> Iterator[LegalFact]:
    evaluated, held = set[str](), set[str]()
    stands_still = False
    for fact in facts:
        if fact.fact is rule.begins:
            evaluated.add(fact.about)
        elif fact.fact is rule.ends or fact.fact in _OUT_OF_THE_CASE:
            evaluated.discard(fact.about)
        if fact.fact in CUSTODY_BEGINS:
            held.add(fact.about)
        elif fact.fact in CUSTODY_ENDS:
            held.discard(fact.about)
        if stands_still != (stands_still := bool(evaluated) and held <= evaluated):
            yield replace(fact, fact=rule.begins if stands_still else rule.ends, about=case)
