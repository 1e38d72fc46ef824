"""An agreement to mediate was not performed in time, and it was neither recorded so nor punished."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.evidence import Happened, Missing, Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSA
from models.matter import Kind

_GRACE = Parameter("mediation-grace-days", "调解协议届满后多少天未处理", 7, Measure.DAYS, 1, 60)
_PERFORMANCE = "mediation-performance"
_LONGEST = timedelta(days=30)
_TWICE = 3


@inspection(
    "mediation-unperformed",
    label="调解协议不履行未处理",
    kinds=(Kind.PUBLIC_ORDER_CASE,),
    basis=(
        MPSA.article(183),
        MPSA.article(185),
    ),
    severity=Colour.YELLOW,
    demand="请督促履行，不履行的依法处罚",
    uses=(_GRACE,),
    edition=2,
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds a week after the day of performance, or once it was tried a third time."""
    agreed = max((each.at for each in case.facts if each.fact is Fact.MEDIATION_AGREED), default=None)
    tried = sum(each.fact in (Fact.MEDIATION_TRIED, Fact.MEDIATION_AGREED) for each in case.facts)
    if tried >= _TWICE:
        yield Finding((Stepped(case.steps[-1].seq if case.steps else 0, "以前已调解两次以上"),), about="again")
    if agreed is None or case.happened(Fact.MEDIATION_PERFORMED, Fact.MEDIATION_FAILED, Fact.PENALTY_DECIDED):
        return
    agreed_on = (each.due_at for each in case.clocks if each.limit == _PERFORMANCE and each.due_at)
    due = max(agreed_on, default=agreed + _LONGEST)
    if case.now - due >= case.get_span(_GRACE):
        yield Finding((Happened("调解协议履行期限届满", due), Missing("履行或者不履行的记录")))
