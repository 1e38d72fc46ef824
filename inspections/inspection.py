"""What an inspection (巡查规则) is, what it finds, and how all of them are found: by walking `inspections/rules/`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from inspections.evidence import Evidence
from inspections.parameter import Parameter
from inspections.snapshot import Snapshot
from law.citations import Article
from law.clock import Colour
from law.discovery import discover
from models.journal import format_canonical, hash_sm3
from models.matter import Kind


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

    `severity` is how grave a finding is, by the colours of warnings, unless it says otherwise; `demand` is what the person to whom a
    finding is given is asked to do, `remedy` the steps that would cure it, the first to be taken first. `edition` counts the wordings of
    the predicate: whoever changes what it finds raises it, and what was dismissed under the one before is looked at anew. `uses` are the
    figures of the bureau's own by which it finds.
    """

    id: str
    label: str
    kinds: frozenset[Kind]
    basis: tuple[Article, ...]
    severity: Colour
    demand: str
    look: Callable[[Snapshot], Iterable[Finding]]
    remedy: tuple[str, ...] = ()
    edition: int = 1
    uses: tuple[Parameter, ...] = ()

    def describe_finding(self, finding: Finding) -> str:
        """The finding as a task says it to a person: what, why, by which rule, and what is asked of them."""
        why = "，".join(map(str, finding.evidence))
        return f"{self.label}：{why}（{'、'.join(map(str, self.basis))}）。{self.demand}"

    def get_severity(self, finding: Finding) -> Colour:
        """How grave it is."""
        return finding.severity or self.severity

    def compute_fingerprint(self, finding: Finding) -> str:
        """By which a finding is known again (SM3): the same as long as it rests on the same evidence, whatever the order it is found in."""
        keys = sorted(format_canonical(each.build_pointer().model_dump(exclude_defaults=True)) for each in finding.evidence)
        return hash_sm3(format_canonical([self.id, self.edition, *keys]).encode()).hex()


def inspection(
    id_: str,
    *,
    label: str,
    kinds: Iterable[Kind],
    basis: Iterable[Article],
    demand: str,
    severity: Colour = Colour.YELLOW,
    remedy: tuple[str, ...] = (),
    edition: int = 1,
    uses: tuple[Parameter, ...] = (),
) -> Callable[[Callable[[Snapshot], Iterable[Finding]]], Inspection]:
    """Declare the decorated predicate, a pure function of a snapshot, as an inspection of that id."""
    return lambda look: Inspection(id_, label, frozenset(kinds), tuple(basis), severity, demand, look, remedy, edition, uses)


@cache
def get_parameters() -> Mapping[str, Parameter]:
    """Every figure of the bureau's own that an inspection uses, by its id; ValueError where two share one."""
    found: dict[str, Parameter] = {}
    for each in (parameter for rule in get_inspections().values() for parameter in rule.uses):
        if found.setdefault(each.id, each) != each:
            raise ValueError(f"two parameters are called {each.id}")
    return MappingProxyType(found)


@cache
def get_inspections() -> Mapping[str, Inspection]:
    """Every inspection by its id; ValueError where two share one."""
    found: dict[str, Inspection] = {}
    for each in discover("inspections.rules", Inspection):
        if found.setdefault(each.id, each) is not each:
            raise ValueError(f"two inspections are called {each.id}")
    return MappingProxyType(found)
