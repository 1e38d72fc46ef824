"""An incident was first taken for something graver than what it is classified as now."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.instruments import RPT
from models.forms.incident import ClassifyIncident, ReclassifyIncident
from models.matter import Kind

# How grave each classification is, and what it is called.
_GRADES = {
    "criminal": (4, "刑事案件"),
    "administrative": (3, "行政案件"),
    "mediation": (2, "治安调解"),
    "dispute": (1, "纠纷"),
    "help": (0, "求助"),
    "consultation": (0, "咨询"),
    "complaint": (0, "投诉"),
}
_MANY = Parameter("classified-times", "改变定性多少次", 3, Measure.TIMES, 2, 10)


@inspection(
    "incident-graded-down",
    label="警情定性由重改轻、反复改变",
    kinds=(Kind.INCIDENT,),
    basis=(RPT.article(8), RPT.article(12)),
    demand="请核实改变定性的理由和依据",
    uses=(_MANY,),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while the classification in force is lighter than the gravest before it, or is the third or a later one."""
    classified = [
        (step.seq, *_GRADES[step.values["classification"]]) for step in incident.list_steps(ClassifyIncident, ReclassifyIncident)
    ]
    if not classified:
        return
    gravest, last = max(classified, key=lambda each: each[1]), classified[-1]
    if gravest[1] > last[1] or len(classified) >= incident.get_figure(_MANY):
        yield Finding(tuple(Stepped(seq, f"定为{label}") for seq, _, label in dict.fromkeys((gravest, last))))
