"""Somebody was summoned again within twelve hours."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from inspections.evidence import Happened
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import CPL, MPSA
from law.legal_fact import LegalFact
from models.matter import Kind

_CAME = (Fact.PERSON_SUMMONED, Fact.PERSON_COMPELLED, Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED_OTHER_LAW)
_WENT = (Fact.SUMMONS_ENDED, Fact.COMPELLED_ENDED, Fact.ADMIN_SUMMONS_ENDED)
_REST = timedelta(hours=12)


@inspection(
    "person-chained-summons",
    label="连续传唤",
    kinds=(
        Kind.SUSPECT,
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(
        CPL.article(119),
        MPSA.article(69),
    ),
    severity=Colour.RED,
    demand="请立即结束传唤并说明情况",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of each person of whom that is on record."""
    about = dict[str, list[LegalFact]]()
    for each in sorted(matter.facts, key=lambda fact: fact.order):
        if each.fact in (*_CAME, *_WENT):
            about.setdefault(each.about, []).append(each)
    for person, facts in about.items():
        for went, came in pairwise(facts):
            if went.fact in _WENT and came.fact in _CAME and came.at - went.at < _REST:
                yield Finding((Happened(went.fact.label, went.at), Happened(came.fact.label, came.at)), person)
                break
