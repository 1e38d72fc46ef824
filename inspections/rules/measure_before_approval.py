"""A measure was carried out, and it was approved more than an hour later."""

from collections.abc import Iterator

from inspections.approvals import list_decided
from inspections.evidence import Happened
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.said import get_event_time
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSC
from models.forms.form import get_forms
from models.matter import Kind

_LATE = Parameter("late-approval-minutes", "执行后多少分钟才批准", 60, Measure.MINUTES, 5, 1440)
_URGENT = ("现行犯",)


@inspection(
    "measure-before-approval",
    label="先执行后审批",
    kinds=(
        Kind.CRIMINAL_CASE,
        Kind.SUSPECT,
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
        Kind.EXHIBIT,
    ),
    basis=(MPSC.article(125),),
    severity=Colour.ORANGE,
    demand="请说明情况；没有紧急情形的依法处理",
    uses=(_LATE,),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of each such measure; one that needs no haste, and has no earlier approval on paper."""
    for request, approvals in list_decided(matter):
        form = get_forms().get(request.step)
        if form is None or not form.rule.may_bring or request.values.get("reason") in _URGENT or not request.values.get("at"):
            continue
        done = [
            each
            for each in matter.facts
            if each.fact in form.rule.may_bring and each.seq in (request.seq, approvals[-1].seq) and each.entered_at is None
        ]
        papered = any(step.values.get("paper_number") for step in approvals)
        approved = get_event_time(approvals[-1]) if papered else approvals[-1].recorded_at
        for each in done[:1]:
            if approved - each.at > matter.get_span(_LATE):
                severity = Colour.RED if each.fact.liberty else Colour.ORANGE
                yield Finding((Happened(each.fact.label, each.at), Happened("最后一级审批", approved)), str(request.seq), severity)
