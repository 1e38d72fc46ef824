"""Fresh grounds (新的法定事由): what a fact needs each time it happens again, where it answers another or moves a limit's end."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import cache

from law.facts import Fact
from law.history import History
from law.legal_fact import LegalFact
from law.time_limits import Ground, TimeLimit, get_limits


@cache
def get_demanded_grounds() -> Mapping[Fact, tuple[tuple[TimeLimit, Ground], ...]]:
    """The grounds that limits ask for, by the fact that needs them."""
    found: dict[Fact, tuple[tuple[TimeLimit, Ground], ...]] = {}
    for limit in get_limits().values():
        for ground in list_grounds(limit) if limit.armed else ():
            found[ground.fact] = (*found.get(ground.fact, ()), (limit, ground))
    return found


def list_grounds(limit: TimeLimit) -> tuple[Ground, ...]:
    """The grounds that one limit asks for: for its restarts and put-off starts, and for each time that it leaves out again."""
    again = dict.fromkeys(rule.again for edition in limit.editions for rule in edition.not_counted if rule.again)
    return (*limit.anew, *again)


def find_missing_ground(everything: History, new: LegalFact, ground: Ground) -> LegalFact | None:
    """The earlier fact of the same kind since which there is no such ground, with `new` among them; None: none is missing.

    Entered out of order it may not take away the ground of a later one either.
    """
    log = _add_fact(everything, new, (new.fact, *ground.facts))
    last: LegalFact | None = None
    fresh = True
    for fact in log:
        if fact.fact in ground.facts:
            fresh = True
        if fact.fact is new.fact:
            if last and not fresh and new in (fact, last):
                return last if fact is new else fact
            last, fresh = fact, False
    return None


def find_used_up_answer(
    everything: History, new: LegalFact, answered: Collection[Fact], beside: Collection[Fact] = ()
) -> LegalFact | None:
    """The last answer, where with `new` more would be answered than there was to answer; None: there is enough.

    What is `beside` it answers the same.
    """
    answers = frozenset((new.fact, *beside))
    log = _add_fact(everything, new, (*answers, *answered))
    if _count_surplus_answers(log, answers) <= _count_surplus_answers([fact for fact in log if fact is not new], answers):
        return None
    return next((fact for fact in reversed(log) if fact.fact in answers and fact is not new), None)


def _count_surplus_answers(log: Sequence[LegalFact], answers: Collection[Fact]) -> int:
    """How many answers of a log answer nothing; what history accepted so is not held against what comes after."""
    owed = too_many = 0
    for fact in log:
        if fact.fact not in answers:
            owed += 1
        elif owed:
            owed -= 1
        else:
            too_many += 1
    return too_many


def _add_fact(everything: History, new: LegalFact, kinds: Collection[Fact]) -> list[LegalFact]:
    return sorted((*everything.list_concerning(new.about, kinds), new), key=lambda fact: fact.order)


def list_moving_facts(limit: TimeLimit) -> Iterator[Fact]:
    """The facts that would move the end of a limit without being an extension: those that start it anew, put off its start, or hold it up."""
    yield from (limit.restarts_on,) if limit.restarts_on else ()
    yield from limit.waits[:1] if limit.waits else ()
    yield from (rule.begins for edition in limit.editions for rule in edition.not_counted)


@cache
def get_end_moving_facts() -> frozenset[Fact]:
    """The facts by which a limit comes to end otherwise than it would have: an extension, a restart, a start put off, time left out."""
    return frozenset((*get_limits_moved(), *(limit.extended_by for limit in get_limits().values() if limit.extended_by)))


@cache
def get_limits_moved() -> Mapping[Fact, tuple[TimeLimit, ...]]:
    """The limits whose end each fact would so move."""
    found: dict[Fact, tuple[TimeLimit, ...]] = {}
    for limit in get_limits().values():
        for fact in dict.fromkeys(list_moving_facts(limit)) if limit.armed else ():
            found[fact] = (*found.get(fact, ()), limit)
    return found
