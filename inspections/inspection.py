"""What an inspection (巡查规则) is, what it finds, and how all of them are found: by walking `inspections/rules/`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType

from inspections.snapshot import Snapshot
from law.citations import Article
from law.clock import Colour
from law.discovery import discover
from law.reasons import minute_of
from models.matter import Kind


@dataclass(frozen=True, slots=True)
class Quoted:
    """Evidence: a word of our own lists that a field of a recorded step contains. Never more of what people wrote.

    `start` and `end` are its place in that field.
    """

    seq: int
    field: str
    word: str
    start: int = 0
    end: int = 0

    def __str__(self) -> str:
        return f"第{self.seq}步提到“{self.word}”"


@dataclass(frozen=True, slots=True)
class Stepped:
    """Evidence: what a recorded step said, in our words."""

    seq: int
    words: str

    def __str__(self) -> str:
        return f"第{self.seq}步{self.words}"


@dataclass(frozen=True, slots=True)
class Missing:
    """Evidence: what ought to be on record and is not."""

    words: str

    def __str__(self) -> str:
        return f"没有{self.words}"


@dataclass(frozen=True, slots=True)
class Expired:
    """Evidence: a limit that ran out, and when."""

    label: str
    due_at: datetime

    def __str__(self) -> str:
        return f"“{self.label}”已于{minute_of(self.due_at)}届满"


@dataclass(frozen=True, slots=True)
class Happened:
    """Evidence: a fact, and when it happened."""

    label: str
    at: datetime

    def __str__(self) -> str:
        return f"“{self.label}”记为{minute_of(self.at)}"


@dataclass(frozen=True, slots=True)
class Since:
    """Evidence: what happened last, since when nothing has."""

    label: str
    at: datetime

    def __str__(self) -> str:
        return f"自{minute_of(self.at)}{self.label}以来没有新的办案活动"


Evidence = Quoted | Stepped | Missing | Expired | Happened | Since


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks wrong, and on what that rests. It is no judgement: it opens work for a person, and changes nothing else.

    `about` tells findings of one inspection in one matter apart: a person, a thing; empty where there can be but one. `severity` is how
    grave it is, where that differs from its inspection's.
    """

    evidence: tuple[Evidence, ...]
    about: str = ""
    severity: Colour | None = None


@dataclass(frozen=True, slots=True)
class Inspection:
    """One thing that may look wrong: its id, its name, the kinds of matter it looks at, the rule that would be broken, and the predicate.

    `severity` is how grave a finding is, by the colours of warnings, unless it says otherwise; `demand` is what the person to whom a finding is given is asked to do.
    """

    id: str
    label: str
    kinds: frozenset[Kind]
    basis: tuple[Article, ...]
    severity: Colour
    demand: str
    look: Callable[[Snapshot], Iterable[Finding]]

    def words(self, finding: Finding) -> str:
        """The finding as a task says it to a person: what, why, by which rule, and what is asked of them."""
        why = "，".join(map(str, finding.evidence))
        return f"{self.label}：{why}（{'、'.join(map(str, self.basis))}）。{self.demand}"


def inspection(
    id_: str, *, label: str, kinds: Iterable[Kind], basis: Iterable[Article], demand: str, severity: Colour = Colour.YELLOW
) -> Callable[[Callable[[Snapshot], Iterable[Finding]]], Inspection]:
    """Declare the decorated predicate, a pure function of a snapshot, as an inspection of that id."""
    return lambda look: Inspection(id_, label, frozenset(kinds), tuple(basis), severity, demand, look)


@cache
def inspections() -> Mapping[str, Inspection]:
    """Every inspection by its id; ValueError where two share one."""
    found: dict[str, Inspection] = {}
    for each in discover("inspections.rules", Inspection):
        if found.setdefault(each.id, each) is not each:
            raise ValueError(f"two inspections are called {each.id}")
    return MappingProxyType(found)
