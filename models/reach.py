"""Who may know of what: an office reaches the matters of its unit and of those below, an outside organ those shared with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the tree; `path` is `/root/…/id/`, `serves` the unit whose matters an organ outside the bureau deals with."""

    id: str
    parent: str | None
    path: str
    zh: str
    kind: str
    serves: str | None


Tree = Mapping[str, Unit]


def below(unit: str, tree: Tree) -> frozenset[str]:
    """A unit and all units under it; nothing for a unit that does not exist."""
    path = tree[unit].path if unit in tree else None
    return frozenset(each.id for each in tree.values() if path and each.path.startswith(path))


@dataclass(frozen=True, slots=True)
class Held:
    """An office that somebody holds: it reaches its `own` units, and in `served` units what is shared with the office."""

    office: str
    unit: Unit
    own: frozenset[str]
    served: frozenset[str]

    def reaches(self, unit: str, shared_with: Sequence[str]) -> bool:
        """Whether this office may know of a matter of that unit."""
        return unit in self.own or (unit in self.served and self.office in shared_with)


def held(office: str, unit: Unit, tree: Tree) -> Held:
    """That office in that unit, with all it reaches."""
    return Held(office, unit, below(unit.id, tree), below(unit.serves, tree) if unit.serves else frozenset())


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, with every office they hold, the one nearest to the street first."""

    username: str
    zh: str
    badge: str
    offices: tuple[Held, ...]

    def reaching(self, unit: str, shared_with: Sequence[str]) -> tuple[Held, ...]:
        """The offices by which this person may know of a matter; none: for them it does not exist."""
        return tuple(each for each in self.offices if each.reaches(unit, shared_with))

    def holds(self, office: str) -> bool:
        """Whether this person holds that office anywhere."""
        return any(each.office == office for each in self.offices)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list may show: matters of these units, and matters of served units that are shared with the serving office."""

    units: tuple[str, ...]
    shared: tuple[tuple[str, tuple[str, ...]], ...]


def scope_of(person: Person, within: frozenset[str] | None = None) -> Scope:
    """What this person's lists may show, narrowed to the units `within`."""

    def narrowed(units: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(units if within is None else units & within))

    own = frozenset[str]().union(*(each.own for each in person.offices))
    shared = {(each.office, narrowed(each.served)) for each in person.offices}
    return Scope(narrowed(own), tuple(sorted(pair for pair in shared if pair[1])))


def desks_of(person: Person) -> tuple[list[str], list[str]]:
    """Every (unit, office) whose tasks and notices are this person's, as two lists of one length."""
    desks = sorted({(unit, each.office) for each in person.offices for unit in each.own | each.served})
    return [unit for unit, _ in desks], [office for _, office in desks]
