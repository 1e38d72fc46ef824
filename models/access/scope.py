"""Scope: which matters an office reaches. An office reaches the matters of its unit and of those below; an outside organ, those shared with it.

What it may read of them is declared in `models.access.read_rights`.

A sealed file (封存) is open to those who handle the matter, to those who approve in it, to the legal reviewer, and to an outside organ with
which it is shared; for everybody else it does not exist. A supervisor sees limits on liberty that ran out in it, and nothing else: sealing
a file hides no red card.

Whoever may open a sealed file without handling it states a reason. Until they do, lists show its number, stage and limits and not what it
is about, and only its number finds it (`Person.owes_reason`, and `models.readmodel.pagination.told` in lists). Whoever reads what concerns a
minor, a sexual offence or a protected writer without handling it states one as well; lists call its people by codes (`models.marks`).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from law.offices import HEADS, Office
from models.access.kept_from import list_kept_by
from models.access.read_rights import MINDS, get_read_rights, is_outside
from models.access.sealing import KEEPERS, KEPT_BY
from models.administration import HANDLING, POLICE
from models.marks import asks_reason
from models.matter import Kind
from models.seat import Seat, build_copied_person

_EVERY_KIND = frozenset(Kind)
# Nobody but its officer knows of such a matter, whatever offices others hold: before both are in, no sheet is read by anybody else.
OWN = frozenset({Kind.REVIEW_SHEET})
# Heads, who approve what those who handle a matter ask for, and the legal reviewer.
OPENS_SEALED = HEADS | {Office.LEGAL_REVIEWER}
# In these several units take part: the seat to which such a matter was copied (抄送) acts in it as its own unit does.
ACTED_IN_BY_COPY = frozenset({Kind.JURISDICTION_DISPUTE, Kind.JOINT_TASK})


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
    def kind(self) -> str: ...

    @property
    def unit(self) -> str: ...

    @property
    def officer(self) -> str:
        """The user name of its officer."""
        ...

    @property
    def shared_with(self) -> Sequence[str]:
        """The outside offices with which it is shared, and the people and seats to whom it was copied."""
        ...

    @property
    def sealed(self) -> bool: ...

    @property
    def final(self) -> bool: ...

    @property
    def handlers(self) -> Sequence[str]:
        """The user names of those who handle it besides its officer."""
        ...

    @property
    def kept_from(self) -> Sequence[str]:
        """The people and units for whom it does not exist (`models.access.kept_from`)."""
        ...


def may_open_file(matter: Reachable, username: str, office: str) -> bool:
    """Whether that office of the matter's bureau may open its file, if it is sealed."""
    keeps = (matter.kind, office) in KEPT_BY
    return not matter.sealed or username == matter.officer or username in matter.handlers or office in OPENS_SEALED or keeps


def may_read(matter: Reachable, username: str, office: str) -> bool:
    """Whether that office reads the matter, as far as its rights go."""
    what = get_read_rights(office)
    if matter.kind in what.kinds:
        return True
    if what.by_part is None:
        return False
    return (matter.kind in what.by_part and not matter.final) or username == matter.officer or username in matter.handlers


def list_units_below(unit: str, tree: Tree) -> frozenset[str]:
    """A unit and all units below it; empty for a unit that does not exist."""
    path = tree[unit].path if unit in tree else None
    return frozenset(each.id for each in tree.values() if path and each.path.startswith(path))


@dataclass(frozen=True, slots=True)
class Held:
    """An office of somebody: it reaches its `own` units, and in `served` units what is shared with the office."""

    office: str
    unit: Unit
    own: frozenset[str]
    served: frozenset[str]

    def reaches(self, unit: str, shared_with: Sequence[str]) -> bool:
        """Whether this office reaches a matter of that unit."""
        return unit in self.own or (unit in self.served and self.office in shared_with)


def get_held_office(office: str, unit: Unit, tree: Tree) -> Held:
    """That office in that unit, with the units that it reaches."""
    return Held(office, unit, list_units_below(unit.id, tree), list_units_below(unit.serves, tree) if unit.serves else frozenset())


@dataclass(frozen=True, slots=True)
class Person:
    """The signed-in person with every office they hold, those of the lowest units first."""

    username: str
    zh: str
    badge: str
    offices: tuple[Held, ...]
    # Whether they have said why they read sealed files, and a trace of it can be written.
    reasoned: bool = False

    @property
    def kept_by(self) -> Sequence[str]:
        """The words by which a matter is kept from this person."""
        return list_kept_by(self.username, ((each.office, each.unit.path) for each in self.offices))

    def is_kept_from(self, matter: Reachable) -> bool:
        """Whether the matter does not exist for this person, whatever office of theirs reaches it."""
        return bool(matter.kept_from) and not set(self.kept_by).isdisjoint(matter.kept_from)

    def list_reaching_offices(self, matter: Reachable) -> tuple[Held, ...]:
        """The offices by which this person may know of a matter; without one it does not exist for them."""
        if self.is_kept_from(matter):
            return ()
        if matter.kind in OWN:
            return self.offices if matter.officer == self.username else ()
        return tuple(
            each
            for each in self.offices
            if (each.reaches(matter.unit, matter.shared_with) or _acts_by_copy(each, matter))
            and (matter.unit not in each.own or may_open_file(matter, self.username, each.office))
            and may_read(matter, self.username, each.office)
        )

    def find_first_readable_entry(self, matter: Reachable, shared_at: Mapping[str, int]) -> int:
        """The position of its journal from which this person reads a matter: an outside organ, from when it was shared."""
        offices = self.list_reaching_offices(matter)
        if any(matter.unit in each.own for each in offices) or not offices:
            return 1
        return min(shared_at.get(each.office, 1) for each in offices)

    def list_copied_offices(self, matter: Reachable) -> tuple[Held, ...]:
        """The offices by which this person answers what a matter asks of the seats to which it was copied; of a sealed one none does."""
        if matter.sealed or self.is_kept_from(matter):
            return ()
        return tuple(each for each in self.offices if str(Seat(each.office, each.unit.id)) in matter.shared_with)

    def list_minding_offices(self, matter: Reachable) -> tuple[Held, ...]:
        """The offices by which this person may act on a matter that they do not read."""
        if self.is_kept_from(matter):
            return ()
        return tuple(each for each in self.offices if matter.kind in MINDS.get(Office(each.office), ()) and matter.unit in each.own)

    def is_outsider(self) -> bool:
        """Whether every office that this person holds is of an outside organ; also where they hold none."""
        return all(is_outside(each.office) for each in self.offices)

    def may_read(self, matter: Reachable) -> bool:
        """Whether this person may read a matter, by an office or because it was copied (抄送) to them while it was not sealed."""
        copied = not matter.sealed and matter.kind not in OWN and not set(list_copy_seats(self)).isdisjoint(matter.shared_with)
        return (copied and not self.is_kept_from(matter)) or bool(self.list_reaching_offices(matter))

    def owes_reason(self, matter: Reachable, marks: Sequence[str] = ()) -> bool:
        """Whether this person must state why they read a sealed file, or a matter with one of these marks that asks for it.

        Not its handlers, its supervisor, or those told of it by law.
        """
        if not (matter.sealed or asks_reason(marks)) or self.username == matter.officer or self.username in matter.handlers:
            return False
        by = self.list_reaching_offices(matter)
        return bool(by) and all(each.office != Office.SUPERVISOR and matter.unit in each.own for each in by)

    def may_owe_reason(self) -> bool:
        """Whether there are sealed files that this person may open without handling them."""
        return any(each.office in OPENS_SEALED or each.office in KEEPERS for each in self.offices)

    def list_supervising_offices(self, matter: Reachable) -> tuple[Held, ...]:
        """The offices by which this person supervises detention there, whether or not the file is open to them."""
        supervises = (each for each in self.offices if each.office == Office.SUPERVISOR and matter.unit in each.own)
        return () if self.is_kept_from(matter) else tuple(supervises)

    def holds(self, office: str) -> bool:
        """Whether this person holds that office anywhere."""
        return any(each.office == office for each in self.offices)

    def holds_in_bureau(self, office: str) -> bool:
        """Whether this person holds that office in a unit of the police, and not only in another organ."""
        return any(each.office == office and each.unit.kind in POLICE for each in self.offices)

    def holds_over_bureau(self, office: str, tree: Tree) -> bool:
        """Whether this person holds that office over every unit of the police that handles cases."""
        own = (each.own for each in self.offices if each.office == office and each.unit.kind in POLICE)
        over = frozenset[str]().union(*own)
        return bool(over) and all(each.id in over for each in tree.values() if each.kind in HANDLING)


def _acts_by_copy(office: Held, matter: Reachable) -> bool:
    """Whether a matter of several units was copied to that seat; of a sealed one no copy is read."""
    copied = str(Seat(office.office, office.unit.id)) in matter.shared_with
    return matter.kind in ACTED_IN_BY_COPY and copied and not matter.sealed


def list_copy_seats(person: Person) -> list[str]:
    """The members of `shared_with` by which a matter is copied (抄送) to this person or to a seat of theirs."""
    return [build_copied_person(person.username), *(str(Seat(each.office, each.unit.id)) for each in person.offices)]


@dataclass(frozen=True, slots=True)
class Scope:
    """What a list may show: matters of these units, and matters of served units that are shared with the serving office.

    `of_kinds` are kinds that it shows in further units; `taking_part` the units in which it shows what `username` takes part in, of the
    kinds that are under way there. Of sealed matters it shows those that `username` handles, those of the units `opens_sealed`, and those
    of a kind that are kept in units (`keeping`). Of limits on liberty that ran out it shows all in the units `supervising`. It shows nothing
    that is kept from somebody by one of the words `kept_by`; where those are None, as for a report that many read, nothing that is kept from anybody.
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
    kept_by: tuple[str, ...] | None = None

    @property
    def whole(self) -> bool:
        """Whether it shows each unit completely or not at all, so that counts by unit equal what it shows."""
        return not (self.shared or self.of_kinds or self.taking_part[1])


def build_scope(person: Person, within: frozenset[str] | None = None) -> Scope:
    """What this person's lists may show, narrowed to the units `within`."""

    def narrowed(units: frozenset[str]) -> tuple[str, ...]:
        return tuple(sorted(units if within is None else units & within))

    def where(holds: Callable[[Held], bool]) -> frozenset[str]:
        return frozenset[str]().union(*(each.own for each in person.offices if holds(each)))

    own = where(lambda each: get_read_rights(each.office).kinds == _EVERY_KIND)
    kinds = {kind: where(lambda each, kind=kind: kind in get_read_rights(each.office).kinds) - own for kind in Kind}
    part = where(lambda each: get_read_rights(each.office).by_part is not None) - own
    under_way = frozenset[Kind]().union(*(get_read_rights(each.office).by_part or () for each in person.offices))
    shared = {(each.office, narrowed(each.served)) for each in person.offices}
    opens_sealed = where(lambda each: each.office in OPENS_SEALED)
    keeping = {kind: where(lambda each, kind=kind: (kind, each.office) in KEPT_BY) for kind, _ in KEPT_BY}
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
        kept_by=tuple(person.kept_by),
    )


def list_seats(person: Person) -> tuple[list[str], list[str]]:
    """The units and offices whose tasks and notices are this person's, as two lists of one length."""
    seats = sorted({(unit, each.office) for each in person.offices for unit in each.own | each.served})
    return [unit for unit, _ in seats], [office for _, office in seats]
