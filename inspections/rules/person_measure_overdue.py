"""A limit on somebody's liberty has run out."""

from collections.abc import Iterator

from inspections.evidence import Expired
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import CPL, PSAPL
from models.matter import Kind


@inspection(
    "person-measure-overdue",
    label="强制措施超期",
    kinds=(
        Kind.SUSPECT,
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(
        CPL.article(99),
        PSAPL.article(97),
    ),
    severity=Colour.RED,
    demand="请立即释放、解除或者变更措施",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of each such limit while it is overdue; the order to put it right opens by itself."""
    for clock in matter.clocks:
        if clock.liberty and clock.overdue and clock.due_at:
            yield Finding((Expired(clock.label, clock.due_at),), f"{clock.about}/{clock.limit}")
