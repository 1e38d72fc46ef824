"""Somebody reported in person, and was not given a receipt on the spot."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RPT
from models.forms.incident import RegisterReport
from models.matter import Kind


@inspection(
    "incident-three-on-the-spot",
    label="三个当场未落实",
    kinds=(Kind.INCIDENT,),
    basis=(
        RPT.article(4),
        RPT.article(8),
    ),
    severity=Colour.ORANGE,
    demand="请立即登记并出具接报案回执",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while it is not registered in time, or was registered without a receipt."""
    if incident.channel != "walk-in":
        return
    yield from find_overdue(incident, ("incident-onsite-registration",))
    registered = [*incident.list_steps(RegisterReport)]
    if registered and not registered[-1].values.get("receipt"):
        yield Finding((Missing("已交付的接报案回执"),), about="receipt")
