"""Somebody was inquired of by one officer alone, and it was not recorded throughout."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSA, PSAPL
from models.forms.incident_questioning import Inquire
from models.matter import Kind


@inspection(
    "single-officer",
    label="单人办案无全程录音录像",
    kinds=(
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(
        PSAPL.article(108),
        MPSA.article(52),
    ),
    severity=Colour.RED,
    demand="请由二名民警重新询问；该笔录不得作为证据",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of each such record."""
    for step in matter.list_steps(Inquire):
        if not step.values.get("companion") and not step.values.get("recorded"):
            yield Finding((Stepped(step.seq, "由一名民警询问，没有全程同步录音录像"),), str(step.seq))
