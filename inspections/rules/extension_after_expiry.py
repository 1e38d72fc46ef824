"""A detention was extended on paper within its time, and entered when that had long run out."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Happened
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import CPL
from models.matter import Kind

_TERM, _SURELY = timedelta(days=3), timedelta(days=4)
"""Three days to ask for arrest (CPL 91); a day more leaves no doubt about how they are counted."""


@inspection(
    "extension-after-expiry",
    label="期满后补办延长",
    kinds=(Kind.SUSPECT,),
    basis=(
        CPL.article(91),
        CPL.article(99),
    ),
    severity=Colour.RED,
    demand="请说明补录的原因，附纸质审批材料",
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds once it was entered so."""
    executed = max(
        (each for each in suspect.facts if each.fact is Fact.DETENTION_EXECUTED), key=lambda each: each.order, default=None
    )
    if executed is None:
        return
    entered = {step.seq: step.recorded_at for step in suspect.steps}
    begun = executed.entered_at or executed.at
    for each in suspect.facts:
        known = each.entered_at or entered.get(each.seq)
        in_time = each.fact is Fact.DETENTION_EXTENDED and executed.at <= each.at <= executed.at + _TERM
        # What is brought over from before is entered together with the detention itself.
        if in_time and known and known > executed.at + _SURELY and known > begun + _TERM:
            yield Finding((Happened(each.fact.label, each.at), Happened("该延长录入系统", known)), str(each.seq))
            return
