"""Something was seized on the spot, and no approval followed within a day."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import ACL, MPSC
from models.matter import Kind

_WITHIN = timedelta(days=1)
_SETTLED = (Fact.EXHIBIT_SEIZURE_APPROVED, Fact.EXHIBIT_SEIZURE_LIFTED, Fact.EXHIBIT_RETURNED)


@inspection(
    "exhibit-no-decision",
    label="无扣押决定、未补批",
    kinds=(Kind.EXHIBIT,),
    basis=(
        MPSC.article(228),
        ACL.article(19),
    ),
    severity=Colour.ORANGE,
    demand="请补办批准手续，或者立即解除扣押",
)
def look(exhibit: Snapshot) -> Iterator[Finding]:
    """Holds until it is approved or lifted."""
    taken = next((each for each in exhibit.facts if each.fact is Fact.EXHIBIT_SEIZED_ON_THE_SPOT), None)
    if taken and exhibit.now - taken.at >= _WITHIN and not exhibit.happened(*_SETTLED):
        yield Finding((Happened(taken.fact.label, taken.at), Missing("补办的批准手续")))
