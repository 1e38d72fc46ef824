"""A request has waited for its approval for a day, or for two hours where it decides on liberty."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.approvals import waiting
from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.forms.form import forms
from models.matter import Kind

_DAY, _HOURS, _LONG = timedelta(days=1), timedelta(hours=2), timedelta(hours=72)


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
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds while it waits."""
    for request in waiting(matter):
        form = forms()[request.step]
        liberty = any(fact.liberty for fact in form.rule.may_bring)
        waited = matter.now - request.recorded_at
        if waited >= (_HOURS if liberty else _DAY):
            severity = Colour.ORANGE if waited >= _LONG else Colour.YELLOW
            yield Finding((Happened(f"呈请{form.rule.title}", request.recorded_at), Missing("审批")), str(request.seq), severity)
