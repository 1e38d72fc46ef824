"""What bars a step for certain: the law refuses what it would bring about, whatever is filled in and whenever it is said to have happened.

So a page need not offer it. Nothing is barred that the record could take: where what is filled in decides, nothing is said here.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from law.ends import ADMINISTRATIVE_ENDS, ENDED, GOES_ON
from law.facts import Fact
from law.grounds import get_demanded_grounds
from law.history import History
from law.legal_fact import LegalFact
from law.rule_violation import RuleViolation
from law.rules import check_whatever_is_said

# On these any fact may hang.
_EVERYWHERE = frozenset((Fact.CASE_FILED, *ENDED, *GOES_ON, *ADMINISTRATIVE_ENDS))


def find_bar(log: Sequence[LegalFact], brings: Collection[Fact], abouts: Collection[str], now: datetime) -> RuleViolation | None:
    """What speaks now against each of the facts that a step may bring about, about whichever of these; None where one of them may be.

    The sentence is that against the first of them.
    """
    violations = [_find_bar_of(log, fact, brings, about, now) for fact in brings for about in abouts]
    return violations[0] if violations and all(violations) else None


def _find_bar_of(log: Sequence[LegalFact], kind: Fact, brings: Collection[Fact], about: str, now: datetime) -> RuleViolation | None:
    seq = max((fact.seq for fact in log), default=0) + 1
    found: RuleViolation | None = None
    for at in _list_instants(log, kind, now):
        new = LegalFact(kind, at, about, seq=seq)
        # What else the step may bring about may be there, or not.
        beside = [replace(new, fact=other) for other in brings if other is not kind]
        for known in ([*log, *beside], log) if beside else (log,):
            until = History(fact for fact in known if fact.order <= new.order)
            against = check_whatever_is_said(History(known), until, new)
            if against is None:
                return None
            found = found or against
    return found


def _list_instants(log: Sequence[LegalFact], kind: Fact, now: datetime) -> Iterator[datetime]:
    """The instants between which it makes no difference when such a fact happens: now, then and just before what it may hang on."""
    yield now
    ids = {*kind.after, *kind.also_answers, *kind.instead_of, *kind.not_before, kind}
    states = {each for one in kind.conditions for state in (one.where, one.during) if state for each in state if each}
    hangs_on = ids | {one.known for one in kind.conditions} | states | _EVERYWHERE
    grounds = {fact for limit, ground in get_demanded_grounds().get(kind, ()) for fact in (*ground.facts, *limit.starts_on)}
    for fact in log:
        if fact.fact in hangs_on or fact.fact in grounds:
            yield min(fact.at, now)
            yield min(fact.at, now) - timedelta(minutes=1)
