"""The log of one matter's facts, indexed so that each limit reads only what concerns it."""

from collections.abc import Iterable
from datetime import datetime

from law.facts import CUSTODY_BEGINS, CUSTODY_ENDS, WHOLE_MATTER, Fact, LegalFact, in_order


class History:
    """The facts of one matter in the order they happened; a naive instant is a TypeError."""

    def __init__(self, facts: Iterable[LegalFact]) -> None:
        self.facts = in_order(facts)
        self._of: dict[Fact, list[tuple[int, LegalFact]]] = {}
        for place, fact in enumerate(self.facts):
            if fact.at.tzinfo is None:
                raise TypeError(f"{fact.fact} has an instant without a time zone")
            self._of.setdefault(fact.fact, []).append((place, fact))

    def after(self, place: int, about: str, kinds: Iterable[Fact]) -> list[LegalFact]:
        """The facts of these kinds that concern `about` and come after the one at `place`, in order."""
        of = self._of
        found = [
            entry
            for kind in kinds
            if kind in of
            for entry in of[kind]
            if entry[0] > place and (entry[1].about == about or kind in WHOLE_MATTER)
        ]
        found.sort(key=_place)
        return [fact for _, fact in found]

    def place_of(self, fact: LegalFact) -> int:
        """The place of one of these facts in the order they happened."""
        return next(place for place, known in self._of[fact.fact] if known is fact)

    def latest(self, kinds: Iterable[Fact], about: str, until: datetime) -> LegalFact | None:
        """The last fact of these kinds that concerns `about` and happened by `until`."""
        found = [
            entry
            for kind in kinds
            for entry in self._of.get(kind, ())
            if entry[1].at <= until and (entry[1].about == about or kind in WHOLE_MATTER)
        ]
        return max(found, key=_place)[1] if found else None

    def knows(self, kind: Fact, about: str, until: datetime) -> bool:
        """Whether such a fact concerning `about` had happened by `until`."""
        return self.latest((kind,), about, until) is not None

    def in_custody(self, about: str, at: datetime) -> bool:
        """Whether the person is held (在押) at that instant, as far as the facts tell."""
        held = self.latest((*CUSTODY_BEGINS, *CUSTODY_ENDS), about, at)
        return held is not None and held.fact in CUSTODY_BEGINS


def _place(entry: tuple[int, LegalFact]) -> int:
    return entry[0]
