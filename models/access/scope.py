"""Who may know of what: an office reaches the matters of its unit and of those below, an outside organ those shared with it.

What of these it reads `models.access.read_rights` declares.

A sealed file (封存) is open to those who handle the matter, to whoever approves what happens in it, to the legal reviewer, and to an organ
outside with which it is shared; for everybody else it does not exist. Whoever supervises knows of a limit on somebody's liberty that has run
out in it, and of nothing else there: sealing a file takes no red card off the wall.

Whoever may open a sealed file without handling it says why. Until they do, lists tell them what they must act on in time, its number, stage
and limits, and not what it is about; and it is found by its number alone (`Person.owes_reason`, and `models.readmodel.pagination.told` in lists).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from law.offices import HEADS, Office
from models.access.read_rights import MINDS, is_outside, reads_of
from models.access.sealing import KEPT_BY
from models.administration import HANDLING, POLICE
from models.matter import Kind

_EVERY_KIND = frozenset(Kind)
# Heads, who approve what those who handle a matter ask for, and the legal reviewer.
OPENS_SEALED = HEADS | {Office.LEGAL_REVIEWER}


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


class Reachable(Protocol):
    """What decides who may know of a matter."""

    @property
    def kind(self) -> str:
        """What kind of matter it is."""
        ...

    @property
    def unit(self) -> str:
        """The unit whose matter it is."""
        ...

    @property
    def officer(self) -> str:
        """The user name of its officer."""
        ...

    @property
    def shared_with(self) -> Sequence[str]:
        """The offices outside its unit with which it is shared, and to whom it was copied."""
        ...

    @property
    def sealed(self) -> bool:
        """Whether its file is sealed."""
        ...

    @property
    def final(self) -> bool:
        """Whether it has come to its end."""
        ...

    @property
    def handlers(self) -> Sequence[str]:
        """The user names of those who handle it beside its officer."""
        ...


def opens(matter: Reachable, username: str, office: str) -> bool:
    """Whether somebody who reaches the matter by that office of its bureau may open its file."""
    keeps = any(matter.kind == kind and office == keeper for kind, keeper in KEPT_BY.items())
    return not matter.sealed or username == matter.officer or username in matter.handlers or office in OPENS_SEALED or keeps


def reads(matter: Reachable, username: str, office: str) -> bool:
    """Whether somebody who reaches the matter by that office reads it, as far as their office goes."""
    what = reads_of(office)
    if matter.kind in what.kinds:
        return True
    if what.by_part is None:
        return False
    return (matter.kind in what.by_part and not matter.final) or username == matter.officer or username in matter.handlers


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
    # Whether they have said why they read sealed files, and a trace of it can be written.
    reasoned: bool = False

    def reaching(self, matter: Reachable) -> tuple[Held, ...]:
        """The offices by which this person may know of a matter; none: for them it does not exist."""
        return tuple(
            each
            for each in self.offices
            if each.reaches(matter.unit, matter.shared_with)
            and (matter.unit not in each.own or opens(matter, self.username, each.office))
            and reads(matter, self.username, each.office)
        )

    def reads_from(self, matter: Reachable, shared_at: Mapping[str, int]) -> int:
        """From which position of its journal on this person reads a matter: an organ outside from when it was shared with it."""
        offices = self.reaching(matter)
        if any(matter.unit in each.own for each in offices) or not offices:
            return 1
        return min(shared_at.get(each.office, 1) for each in offices)

    def minding(self, matter: Reachable) -> tuple[Held, ...]:
        """The offices by which this person may do something to a matter that they do not read."""
        return tuple(each for each in self.offices if matter.kind in MINDS.get(Office(each.office), ()) and matter.unit in each.own)

    def is_outsider(self) -> bool:
        """Whether every office that this person holds, if any, is of an organ beside the chain of command."""
        return all(is_outside(each.office) for each in self.offices)

    def may_read(self, matter: Reachable) -> bool:
        """Whether this person may know of a matter, by an office or because it was copied (抄送) to them while it was not sealed."""
        copied = not matter.sealed and not set(copies_to(self)).isdisjoint(matter.shared_with)
        return copied or bool(self.reaching(matter))

    def owes_reason(self, matter: Reachable) -> bool:
        """Whether this person says why they read a sealed file: who handles it, supervises it or was told of it by law does not."""
        if not matter.sealed or self.username == matter.officer or self.username in matter.handlers:
            return False
        by = self.reaching(matter)
        return bool(by) and all(each.office != Office.SUPERVISOR and matter.unit in each.own for each in by)

    def may_owe_reason(self) -> bool:
        """Whether there are sealed files that this person may open without handling them."""
        return any(each.office in OPENS_SEALED or each.office in KEPT_BY.values() for each in self.offices)

    def supervising(self, matter: Reachable) -> tuple[Held, ...]:
        """The offices by which this person supervises how people are held there, whether or not its file is open to them."""
        return tuple(each for each in self.offices if each.office == Office.SUPERVISOR and matter.unit in each.own)

    def holds(self, office: str) -> bool:
        """Whether this person holds that office anywhere."""
        return any(each.office == office for each in self.offices)

    def holds_in_bureau(self, office: str) -> bool:
        """Whether this person holds that office in a unit of the police, and not in another organ alone."""
        return any(each.office == office and each.unit.kind in POLICE for each in self.offices)

    def holds_over_bureau(self, office: str, tree: Tree) -> bool:
        """Whether this person holds that office over every unit of the police that handles cases: what concerns the whole house is nobody else's."""
        own = (each.own for each in self.offices if each.office == office and each.unit.kind in POLICE)
        over = frozenset[str]().union(*own)
        return bool(over) and all(each.id in over for each in tree.values() if each.kind in HANDLING)


def copies_to(person: Person) -> list[str]:
    """What a matter that was copied (抄送) to this person, or to a seat of theirs, has among those it is shared with."""
    return [f"@{person.username}", *(f"{each.office}@{each.unit.id}" for each in person.offices)]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list may show: matters of these units, and matters of served units that are shared with the serving office.

    `of_kinds` are kinds that it shows in further units, `taking_part` the units in which it shows what `username` takes part in, and the
    kinds that are under way there.

    Of sealed matters it shows those that `username` handles, those of the units `opens_sealed`, and those of a
    kind that are kept in units (`keeping`). Of limits on somebody's liberty that have run out it shows all in the units `supervising`.
    """

    units: tuple[str, ...]
    shared: tuple[tuple[str, tuple[str, ...]], ...]
    username: str
    opens_sealed: tuple[str, ...]
    keeping: tuple[tuple[str, tuple[str, ...]], ...] = ()
    supervising: tuple[str, ...] = ()
    of_kinds: tuple[tuple[str, tuple[str, ...]], ...] = ()
    taking_part: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    # Whether what sealed files are about is told to whoever may open them without handling them: they have said why.
    reasoned: bool = False

    @property
    def whole(self) -> bool:
        """Whether it shows the units whole, or nothing of them: what is counted by unit is then what it shows."""
        return not (self.shared or self.of_kinds or self.taking_part[1])


def scope_of(person: Person, within: frozenset[str] | None = None) -> Scope:
    """What this person's lists may show, narrowed to the units `within`."""

    def narrowed(units: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(units if within is None else units & within))

    def where(holds: Callable[[Held], bool]) -> frozenset[str]:
        return frozenset[str]().union(*(each.own for each in person.offices if holds(each)))

    own = where(lambda each: reads_of(each.office).kinds == _EVERY_KIND)
    kinds = {kind: where(lambda each, kind=kind: kind in reads_of(each.office).kinds) - own for kind in Kind}
    part = where(lambda each: reads_of(each.office).by_part is not None) - own
    under_way = frozenset[Kind]().union(*(reads_of(each.office).by_part or () for each in person.offices))
    shared = {(each.office, narrowed(each.served)) for each in person.offices}
    opens_sealed = where(lambda each: each.office in OPENS_SEALED)
    keeping = {kind: where(lambda each, office=office: each.office == office) for kind, office in KEPT_BY.items()}
    return Scope(
        units=narrowed(own),
        shared=tuple(sorted(pair for pair in shared if pair[1])),
        username=person.username,
        opens_sealed=tuple(sorted(opens_sealed)),
        keeping=tuple((str(kind), tuple(sorted(units))) for kind, units in keeping.items() if units),
        supervising=narrowed(where(lambda each: each.office == Office.SUPERVISOR)),
        of_kinds=tuple((str(kind), narrowed(units)) for kind, units in kinds.items() if narrowed(units)),
        taking_part=(tuple(sorted(map(str, under_way))), narrowed(part)),
        reasoned=person.reasoned,
    )


def seats_of(person: Person) -> tuple[list[str], list[str]]:
    """Every (unit, office) whose tasks and notices are this person's, as two lists of one length."""
    seats = sorted({(unit, each.office) for each in person.offices for unit in each.own | each.served})
    return [unit for unit, _ in seats], [office for _, office in seats]
