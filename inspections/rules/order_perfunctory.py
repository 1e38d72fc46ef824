"""What was reported on a rectification order says next to nothing, or what an earlier report said."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.forms.rectification_report import ReportGraveRectification, ReportRectification
from models.matter import Kind

_SHORT = Parameter("rectification-length", "整改情况的最少字数", 20, Measure.CHARACTERS, 5, 200)


@inspection(
    "order-perfunctory",
    label="虚假、敷衍整改",
    kinds=(Kind.RECTIFICATION_ORDER,),
    basis=(RULE.section("整改"),),
    severity=Colour.ORANGE,
    demand="请退回重新整改",
    uses=(_SHORT,),
)
def look(order: Snapshot) -> Iterator[Finding]:
    """Holds while it awaits verification."""
    said = [
        (step.seq, str(step.values.get("done", "")).strip())
        for step in order.list_steps(ReportRectification, ReportGraveRectification)
    ]
    if order.stage != "reported" or not said:
        return
    seq, last = said[-1]
    if len(last) < order.get_figure(_SHORT):
        yield Finding((Stepped(seq, f"的整改情况不足{order.get_figure(_SHORT)}字"),))
    elif any(earlier == last for _, earlier in said[:-1]):
        yield Finding((Stepped(seq, "的整改情况与前次相同"),))
