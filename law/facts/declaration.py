"""How a kind of fact is declared: all that it means stands beside its id, in the module of its area.

A declaration names other facts by their ids, so that facts of two modules may name each other; what no module declares is refused
when the enumeration is made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, EnumType
from typing import Any, TypeVar

from law.citations import Article
from law.facts.area import Area
from law.facts.states import State

_Enumeration = TypeVar("_Enumeration")


class Scope(Enum):
    """Whom a fact concerns: everybody and everything in the matter, or only the person or thing that it is about."""

    MATTER = "matter"
    SUBJECT = "subject"


MATTER, SUBJECT = Scope.MATTER, Scope.SUBJECT


class Liberty(Enum):
    """What a fact does to the liberty of the person whom it is about.

    From HELD on they are held (在押). FREED lets them go; BAILED and SURVEILLED put them under bail or residential surveillance, by
    whichever organ; with GONE they are held no longer though nobody let them go.
    """

    HELD = "held"
    FREED = "freed"
    BAILED = "bailed"
    SURVEILLED = "surveilled"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Condition:
    """What a fact needs `where` a state holds: another fact in the same step (`together`) or before it (`known`), or a state (`during`).

    One of them is enough; with none it may not happen there at all. `field` is what was not filled in, `detail` the sentence for the
    officer. Facts are named by their ids.
    """

    field: str
    detail: str
    basis: tuple[Article, ...]
    where: State | None = None
    together: str | None = None
    known: str | None = None
    during: State | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Declaration:
    """A kind of fact as it is declared; `fact` says what its parts mean. In the enumeration it is the member of that name."""

    id: str
    label: str
    scope: Scope
    area: Area
    after: tuple[str, ...]
    uses_up: bool
    also_answers: tuple[str, ...]
    instead_of: tuple[str, ...]
    not_before: tuple[str, ...]
    basis: Article | None
    conditions: tuple[Condition, ...]
    liberty: Liberty | None

    def __get__(self, instance: object, owner: type[_Enumeration]) -> _Enumeration:
        """Tell the type checker that `Fact.X` is a `Fact`; where the program runs, the member has taken this place."""
        raise AttributeError(f"{self.id} is a member of Fact, not of {owner.__name__}")


def fact(
    id: str,  # noqa: A002 -- its name wherever it is told
    label: str,
    *,
    scope: Scope | None = None,
    area: Area | None = None,
    after: str | tuple[str, ...] = (),
    uses_up: bool = False,
    also_answers: tuple[str, ...] = (),
    instead_of: str | tuple[str, ...] = (),
    not_before: str | tuple[str, ...] = (),
    basis: Article | None = None,
    conditions: tuple[Condition, ...] = (),
    liberty: Liberty | None = None,
) -> Declaration:
    """Declare a kind of fact: its id as the authority has it, and what officers call it.

    `scope` and `area` (the phase in which the limits that it starts are listed) must be said. One of the facts `after` must have
    happened first; `basis` is the article that says so. Where it `uses_up` what it comes after, it answers each of those once: what has
    been received, decided or executed once is not so a second time. It may then answer one of `also_answers` too, though none of them
    lets it happen the first time; what it happens `instead_of` answers the same, as a refusal does beside an approval. What it is about
    it may not precede, though that need not be on record (`not_before`). `conditions` are what else the law asks for, `liberty` what it
    does to the person. TypeError where scope or area is missing.
    """
    if scope is None or area is None:
        raise TypeError(f"the fact {id} must say its {'scope' if scope is None else 'area'}")
    return Declaration(
        id=id,
        label=label,
        scope=scope,
        area=area,
        after=_list_values(after),
        uses_up=uses_up,
        also_answers=also_answers,
        instead_of=_list_values(instead_of),
        not_before=_list_values(not_before),
        basis=basis,
        conditions=conditions,
        liberty=liberty,
    )


def _list_values(ids: str | tuple[str, ...]) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else ids


class DeclaredMembers(EnumType):
    """Makes an enumeration whose members are the facts that its bases declare; two of one id or one name are a TypeError."""

    @classmethod
    def __prepare__(cls, name: str, bases: tuple[type, ...], **more: Any) -> Any:
        """The namespace of the enumeration, with the declared members in the order of the bases."""
        namespace = super().__prepare__(name, bases, **more)
        names: dict[str, str] = {}
        for base in bases:
            for member, declared in _get_declared(base).items():
                if member in namespace:
                    raise TypeError(f"two facts are called {member}; the second is {declared.id} of {base.__name__}")
                if declared.id in names:
                    raise TypeError(f"two facts have the id {declared.id}: {names[declared.id]} and {member} of {base.__name__}")
                names[declared.id] = member
                # In a tuple, since a descriptor of its own would be no member.
                namespace[member] = (declared,)
        return namespace


def _get_declared(base: type) -> Mapping[str, Declaration]:
    return {name: value for name, value in vars(base).items() if isinstance(value, Declaration)}
