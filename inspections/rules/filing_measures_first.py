"""A measure was taken before the case was filed."""

from collections.abc import Iterator

from inspections.evidence import Happened
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_MEASURES = (
    Fact.PERSON_COMPELLED,
    Fact.DETENTION_EXECUTED,
    Fact.BAIL_DECIDED,
    Fact.SURVEILLANCE_DECIDED,
    Fact.TECH_APPROVED,
    Fact.FUNDS_FROZEN,
    Fact.SECURITIES_FROZEN,
    Fact.EQUITY_FROZEN,
)


@inspection(
    "filing-measures-first",
    label="先办后立",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(MPSC.article(174),),
    severity=Colour.RED,
    demand="请解除没有依据的措施并说明情况",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds of each measure that is dated before the filing, or taken where there is none."""
    filed = min((each.at for each in case.facts if each.fact is Fact.CASE_FILED), default=None)
    early = [each for each in (*case.facts, *case.children_facts) if each.fact in _MEASURES and (filed is None or each.at < filed)]
    if early:
        yield Finding(tuple(Happened(each.fact.label, each.at) for each in early))
