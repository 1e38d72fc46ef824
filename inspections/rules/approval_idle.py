"""A request has waited for its approval for a day, or for two hours where it decides on liberty."""

from collections.abc import Iterator

from inspections.approvals import list_waiting
from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.forms.form import get_forms
from models.matter import Kind

_IDLE = Parameter("approval-idle-hours", "呈请多久未审批", 24, Measure.HOURS, 1, 240)
_LIBERTY = Parameter("approval-idle-hours-liberty", "限制人身自由的呈请多久未审批", 2, Measure.HOURS, 1, 48)
_LONG = Parameter("approval-idle-hours-orange", "未审批升为橙色的小时数", 72, Measure.HOURS, 2, 720)


@inspection(
    "approval-idle",
    label="呈请久未审批",
    kinds=(
        Kind.CRIMINAL_CASE,
        Kind.SUSPECT,
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
        Kind.EXHIBIT,
    ),
    basis=(RULE.section("呈请审批"),),
    severity=Colour.YELLOW,
    demand="请审批，或者转办他人",
    uses=(_IDLE, _LIBERTY, _LONG),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while it waits."""
    for request in list_waiting(matter):
        form = get_forms()[request.step]
        liberty = any(fact.liberty for fact in form.rule.may_bring)
        waited = matter.now - request.recorded_at
        if waited >= matter.get_span(_LIBERTY if liberty else _IDLE):
            severity = Colour.ORANGE if waited >= matter.get_span(_LONG) else Colour.YELLOW
            yield Finding((Happened(f"呈请{form.rule.title}", request.recorded_at), Missing("审批")), str(request.seq), severity)
