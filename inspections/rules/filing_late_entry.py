"""What decides a case was entered more than a day after it happened."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.inspection import Entered, Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import RPT
from models.matter import Kind

_KEY = (
    Fact.CASE_FILED,
    Fact.ADMIN_CASE_FILED,
    Fact.DETENTION_EXECUTED,
    Fact.PERSON_RELEASED,
    Fact.PERSON_SUMMONED,
    Fact.PERSON_SUMMONED_ADMIN,
    Fact.EXHIBIT_TAKEN,
    Fact.FAMILY_NOTIFIED,
    Fact.PENALTY_DECIDED,
)
_ON_LIBERTY = (Fact.DETENTION_EXECUTED, Fact.PERSON_RELEASED, Fact.PERSON_SUMMONED, Fact.PERSON_SUMMONED_ADMIN)
_LATE = timedelta(hours=24)


@inspection(
    "filing-late-entry",
    label="补录、倒录",
    kinds=(
        Kind.INCIDENT,
        Kind.CRIMINAL_CASE,
        Kind.PUBLIC_ORDER_CASE,
        Kind.SUSPECT,
        Kind.EXHIBIT,
    ),
    basis=(RPT.article(3),),
    severity=Colour.YELLOW,
    demand="请说明补录的原因，附当时的纸质文书",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of each such fact for ever: that it was entered late does not pass."""
    late = [each for each in matter.facts if each.fact in _KEY and each.entered_at and each.entered_at - each.at > _LATE]
    if late:
        severity = Colour.ORANGE if any(each.fact in _ON_LIBERTY for each in late) else Colour.YELLOW
        yield Finding(tuple(Entered(each.fact.label, each.at, each.entered_at or each.at) for each in late), severity=severity)
