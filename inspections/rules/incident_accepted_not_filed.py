"""An incident or a case was accepted, and the time to decide on filing ran out."""

from collections.abc import Iterator

from inspections.clock_findings import find_overdue
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import PSAPL, RPT
from models.matter import Kind

_LIMITS = (
    "admin-case-filing-immediate",
    "criminal-filing-review",
    "criminal-filing-review-economic",
)
_GRAVE = Parameter("not-filed-days-red", "超期未立案升为红色的天数", 7, Measure.DAYS, 1, 60)


@inspection(
    "incident-accepted-not-filed",
    label="应立不立、超期未立",
    kinds=(
        Kind.INCIDENT,
        Kind.CRIMINAL_CASE,
    ),
    basis=(
        PSAPL.article(90),
        RPT.article(12),
    ),
    severity=Colour.ORANGE,
    demand="请立即作出立案或者不予立案的决定",
    uses=(_GRAVE,),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while such a limit is overdue."""
    yield from find_overdue(matter, _LIMITS, worse_after=matter.get_span(_GRAVE))
