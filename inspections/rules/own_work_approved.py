"""Somebody approved what they had asked for, or a matter in which they had questioned people."""

from collections.abc import Iterator

from inspections.approvals import list_decided
from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import PSAPL, RULE
from models.forms.incident_questioning import Inquire
from models.forms.suspect import Interrogate
from models.matter import Kind


@inspection(
    "own-work-approved",
    label="自办自审",
    kinds=(
        Kind.CRIMINAL_CASE,
        Kind.SUSPECT,
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
        Kind.EXHIBIT,
    ),
    basis=(
        PSAPL.article(114),
        RULE.section("呈请审批"),
    ),
    severity=Colour.RED,
    demand="请由其他有权人员重新审批",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of each such request."""
    questioned = {
        name: step.seq
        for step in matter.list_steps(Interrogate, Inquire)
        for name in (step.username, str(step.values.get("companion", "")))
        if name
    }
    for request, approvals in list_decided(matter):
        for step in approvals:
            if step.values.get("paper_number"):
                continue
            if step.username and step.username == request.username:
                yield Finding((Stepped(request.seq, "的呈请由呈请人自己审批"),), f"{request.seq}/asked")
            elif step.username in questioned:
                words = f"的呈请由参加第{questioned[step.username]}步讯问、询问的人员审批"
                yield Finding((Stepped(request.seq, words),), f"{request.seq}/questioned")
