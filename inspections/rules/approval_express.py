"""What decides on liberty or a penalty was approved within seconds of being asked."""

from collections.abc import Iterator
from datetime import timedelta

from inspections.approvals import list_decided
from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import RULE
from models.forms.form import get_forms
from models.matter import Kind

_SECONDS = Parameter("express-seconds", "多少秒内同意视为秒批", 20, Measure.SECONDS, 3, 600)
_PENALTIES = (Fact.PENALTY_DECIDED, Fact.ADMIN_DETENTION_DECIDED, Fact.OTHER_LAW_PENALTY_DECIDED)


@inspection(
    "approval-express",
    label="秒批",
    kinds=(
        Kind.SUSPECT,
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(RULE.section("呈请审批"),),
    severity=Colour.YELLOW,
    demand="请抽查审批是否阅卷",
    uses=(_SECONDS,),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of each such approval."""
    for request, approvals in list_decided(matter):
        form = get_forms().get(request.step)
        grave = form is not None and any(fact.liberty or fact in _PENALTIES for fact in form.rule.may_bring)
        papered = any(step.values.get("paper_number") for step in approvals)
        if grave and not papered and timedelta() <= approvals[0].recorded_at - request.recorded_at < matter.get_span(_SECONDS):
            yield Finding(
                (Stepped(approvals[0].seq, f"在呈请后{(approvals[0].recorded_at - request.recorded_at).seconds}秒内同意"),),
                str(request.seq),
            )
