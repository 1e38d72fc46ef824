"""An administrative case was ended for another reason than the law names, or for want of facts though people had been named and asked.

Or while it was under supervision or gone through in a drive.
"""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.supervised import find_supervision
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSA
from models.forms.incident_questioning import Inquire
from models.forms.public_order_case import NameOffender, TerminatePublicOrderCase
from models.matter import Kind


@inspection(
    "case-terminated-doubtful",
    label="终止调查存疑",
    kinds=(Kind.PUBLIC_ORDER_CASE,),
    basis=(MPSA.article(259),),
    severity=Colour.ORANGE,
    demand="请法制部门复核终止调查的理由",
    edition=3,
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds once it is ended so: of a case that was watched or gone through always, and red where the cause is doubtful besides."""
    ended = [*case.list_steps(TerminatePublicOrderCase)]
    if case.stage != "terminated" or not ended:
        return
    cause, asked = ended[-1].values.get("cause"), len([*case.list_steps(Inquire)])
    contradicted = cause == "没有违法事实" and any(case.list_steps(NameOffender)) and asked >= 2
    doubtful = cause == "其他" or contradicted
    at = next((each.at for each in reversed(case.facts) if each.fact is Fact.PUBLIC_ORDER_CASE_TERMINATED), case.stage_since)
    watched = find_supervision(case, at)
    if doubtful or watched:
        words = f"以“{cause}”终止调查" + (f"，此前已制作{asked}份询问笔录" if contradicted else "")
        severity = Colour.RED if watched and doubtful else Colour.ORANGE
        yield Finding((Stepped(ended[-1].seq, words), *filter(None, (watched,))), severity=severity)
