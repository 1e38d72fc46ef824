"""Somebody was detained and is free again, and the case was neither sent on nor ended."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_FREE = ("at_liberty", "on_bail", "surveilled")
_ENDED = (
    Fact.CASE_SENT_TO_PROCURATORATE,
    Fact.CASE_SENT_AGAIN,
    Fact.CASE_CANCELLED,
    Fact.CASE_TURNED_ADMINISTRATIVE,
    Fact.INVESTIGATION_TERMINATED,
)
_BY_AGE = ((730, Colour.RED), (365, Colour.ORANGE), (183, Colour.YELLOW))


@inspection(
    "case-detained-never-sent",
    label="刑拘后未移诉",
    kinds=(Kind.SUSPECT,),
    basis=(
        MPSC.article(187),
        MPSC.article(191),
    ),
    severity=Colour.YELLOW,
    demand="请作出移送、撤案或者终止侦查的决定",
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds from half a year on; the longer, the graver."""
    detained = next((each for each in suspect.facts if each.fact is Fact.DETENTION_EXECUTED), None)
    if (
        detained is None
        or suspect.stage not in _FREE
        or any(each.fact in _ENDED for each in (*suspect.facts, *suspect.parent_facts))
    ):
        return
    age = suspect.now - detained.at
    severity = next((colour for days, colour in _BY_AGE if age >= timedelta(days=days)), None)
    if severity:
        yield Finding((Happened(detained.fact.label, detained.at), Missing("移送起诉、撤案或者终止侦查的记录")), severity=severity)
