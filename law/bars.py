"""What bars a step for certain: the law refuses what it would bring about, whatever is filled in and whenever it is said to have happened.

So a page need not offer it. Nothing is barred that the record could take: where what is filled in decides, nothing is said here.
"""

from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from itertools import product

from law.ends import ADMINISTRATIVE_ENDS, ENDED, GOES_ON
from law.facts import Fact
from law.grounds import get_demanded_grounds
from law.history import History
from law.legal_fact import LegalFact, get_minute, sort_facts
from law.rule_violation import RuleViolation
from law.rules import check_whatever_is_said

# On these any fact may hang.
_EVERYWHERE = frozenset((Fact.CASE_FILED, *ENDED, *GOES_ON, *ADMINISTRATIVE_ENDS))


class Bars:
    """What speaks now against what the steps of one matter would bring about; all of them are judged on the same few histories."""

    def __init__(self, log: Sequence[LegalFact], now: datetime) -> None:
        self._log = sort_facts(log)
        self._orders = [fact.order for fact in self._log]
        self._now, self._seq = now, max((fact.seq for fact in log), default=0) + 1
        self._everything = History(self._log)
        # By how many of the facts had happened by then.
        self._until: dict[int, History] = {}

    def find_bar(self, brings: Collection[Fact], abouts: Collection[str]) -> RuleViolation | None:
        """What speaks against each of the facts that a step may bring about, about whichever of these; None where one of them may be.

        The sentence is that against the first of them.
        """
        first: RuleViolation | None = None
        for against in self._ask(brings, abouts):
            if against is None:
                return None
            first = first or against
        return first

    def _ask(self, brings: Collection[Fact], abouts: Collection[str]) -> Iterator[RuleViolation | None]:
        """What speaks against each at each of its instants: alone, and beside what else the step may bring about."""
        for kind, about in product(brings, abouts):
            for at in self._list_instants(kind):
                new = LegalFact(kind, at, about, seq=self._seq)
                yield check_whatever_is_said(self._everything, self._get_until(self._count_until(at)), new)
            others = [other for other in brings if other is not kind]
            for at in self._list_instants(kind) if others else ():
                new = LegalFact(kind, at, about, seq=self._seq)
                yield self._check_beside(new, [replace(new, fact=other) for other in others])

    def _check_beside(self, new: LegalFact, others: Sequence[LegalFact]) -> RuleViolation | None:
        cut = self._count_until(new.at)
        until = [*self._log[:cut], *others]
        return check_whatever_is_said(History([*until, *self._log[cut:]]), History(until), new)

    def _count_until(self, at: datetime) -> int:
        return bisect_right(self._orders, (get_minute(at), self._seq))

    def _get_until(self, cut: int) -> History:
        if cut not in self._until:
            self._until[cut] = History(self._log[:cut])
        return self._until[cut]

    def _list_instants(self, kind: Fact) -> Iterator[datetime]:
        """The instants between which it makes no difference when such a fact happens: now, then and just before what it may hang on."""
        yield self._now
        hangs_on, asked = _list_decisive_facts(kind), {self._count_until(self._now)}
        for fact in self._log:
            if fact.fact in hangs_on:
                then = min(fact.at, self._now)
                for at in (then, then - timedelta(minutes=1)):
                    if (cut := self._count_until(at)) not in asked:
                        asked.add(cut)
                        yield at


@cache
def _list_decisive_facts(kind: Fact) -> frozenset[str]:
    """The facts on whose instants it may hang whether one of this kind is refused."""
    states = {each for one in kind.conditions for state in (one.where, one.during) if state for each in state if each}
    grounds = {fact for limit, ground in get_demanded_grounds().get(kind, ()) for fact in (*ground.facts, *limit.starts_on)}
    named = (
        *kind.after,
        *kind.also_answers,
        *kind.instead_of,
        *kind.not_before,
        *(one.known for one in kind.conditions if one.known),
    )
    return frozenset((kind, *named, *states, *grounds, *_EVERYWHERE))
