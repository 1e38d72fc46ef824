"""The log of one matter's facts, indexed so that each limit reads only what concerns it."""

from collections.abc import Collection, Iterable
from datetime import datetime

from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS, GOES_ON_WITH_US, TAKEN_BACK, Fact, Scope
from law.legal_fact import LegalFact, get_minute, sort_facts


class History:
    """The facts of one matter in the order they happened; a naive instant is a TypeError."""

    def __init__(self, facts: Iterable[LegalFact]) -> None:
        self.facts = sort_facts(facts)
        self._places = {id(fact): place for place, fact in enumerate(self.facts)}
        # The people with a matter of their own, from which what befell them was heard.
        self.tellers = {fact.told_by for fact in self.facts if fact.told_by == fact.about}
        self._of: dict[Fact, list[tuple[int, LegalFact]]] = {}
        for place, fact in enumerate(self.facts):
            if fact.at.tzinfo is None:
                raise TypeError(f"{fact.fact} has an instant without a time zone")
            self._of.setdefault(fact.fact, []).append((place, fact))

    def list_concerning(self, about: str, kinds: Collection[Fact], of_anybody: Collection[Fact] = ()) -> list[LegalFact]:
        """The facts of these kinds that concern `about`, in order; those of `of_anybody` whomever they concern."""
        return [fact for _, fact in self._list_placed(about, kinds, of_anybody)]

    def _list_placed(self, about: str, kinds: Collection[Fact], of_anybody: Collection[Fact] = ()) -> list[tuple[int, LegalFact]]:
        of = self._of
        found = [
            placed
            for kind in kinds
            if kind in of
            for placed in of[kind]
            if placed[1].about == about or kind.scope is Scope.MATTER or kind in of_anybody
        ]
        if len(found) > 1:
            found.sort()  # by place, of which there are no two
        return found

    def find_first(self, about: str, kinds: Collection[Fact]) -> LegalFact | None:
        """The first fact of these kinds that concerns `about`."""
        of = self._of
        firsts = (
            next((placed for placed in of[kind] if placed[1].about == about or kind.scope is Scope.MATTER), None)
            for kind in kinds
            if kind in of
        )
        found = min((placed for placed in firsts if placed), default=None)
        return found[1] if found else None

    def list_after(self, earlier: LegalFact, about: str, kinds: Collection[Fact]) -> list[LegalFact]:
        """The facts of these kinds that concern `about` and come after `earlier`, in order."""
        first = self._places.get(id(earlier))
        if first is None:  # not one of ours
            first = sum(fact.order <= earlier.order for fact in self.facts) - 1
        return [fact for place, fact in self._list_placed(about, kinds) if place > first]

    def find_latest(self, kinds: Collection[Fact], about: str, until: datetime) -> LegalFact | None:
        """The last fact of these kinds that concerns `about` and happened by `until`."""
        latest = get_minute(until)
        return next((fact for fact in reversed(self.list_concerning(about, kinds)) if get_minute(fact.at) <= latest), None)

    def knows(self, kind: Fact, about: str, until: datetime) -> bool:
        """Whether such a fact concerning `about` had happened by `until`."""
        return self.find_latest((kind,), about, until) is not None

    def left_for_good(self, fact: LegalFact) -> bool:
        """Whether somebody was handed over by `fact`, and not taken back under what they had left with us."""
        if fact.fact is not Fact.PERSON_HANDED_OVER:
            return False
        back = next(iter(self.list_after(fact, fact.about, TAKEN_BACK)), None)
        return back is None or back.fact not in GOES_ON_WITH_US

    def in_custody(self, about: str, at: datetime) -> bool:
        """Whether the person is held (在押) at that instant, as far as the facts tell."""
        held = self.find_latest((*CUSTODY_BEGINS, *CUSTODY_ENDS), about, at)
        return held is not None and held.fact in CUSTODY_BEGINS

    def not_let_go(self, about: str, at: datetime) -> bool:
        """Whether the person is held at that instant, or has only broken out: caught, they would be held again."""
        held = self.find_latest((*CUSTODY_BEGINS, *CUSTODY_ENDS), about, at)
        return held is not None and held.fact in (*CUSTODY_BEGINS, Fact.PERSON_ESCAPED)

    def in_custody_before(self, fact: LegalFact) -> bool:
        """Whether the person whom `fact` is about was held (在押) when it happened, by what had happened before it."""
        held = [each for each in self.list_concerning(fact.about, (*CUSTODY_BEGINS, *CUSTODY_ENDS)) if each.order < fact.order]
        return bool(held) and held[-1].fact in CUSTODY_BEGINS

    def anybody_in_custody(self, at: datetime) -> bool:
        """Whether any person of the matter is held (在押) at that instant, as far as the facts tell."""
        return bool(self.list_people_in_custody(at))

    def list_people_in_custody(self, at: datetime) -> list[str]:
        """Whoever of the matter is held (在押) at that instant, as far as the facts tell."""
        people = {fact.about for kind in CUSTODY_BEGINS for _, fact in self._of.get(kind, ())}
        return sorted(person for person in people if self.in_custody(person, at))
