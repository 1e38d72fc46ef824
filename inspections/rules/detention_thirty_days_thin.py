"""A detention was extended to thirty days, and the grounds do not say what the law asks for."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import CPL, MPSC
from models.forms.detention import ExtendDetention
from models.matter import Kind

_ASKED = ("流窜", "多次", "结伙")


@inspection(
    "detention-thirty-days-thin",
    label="延长拘留至三十日依据不足",
    kinds=(Kind.SUSPECT,),
    basis=(
        CPL.article(91),
        MPSC.article(129),
    ),
    severity=Colour.ORANGE,
    demand="请法制部门在24小时内审核，不符合的立即提请批捕或者释放",
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds once it was asked for so."""
    for step in suspect.list_steps(ExtendDetention):
        grounds = str(step.values.get("grounds", ""))
        if "30" in str(step.values.get("extension", "")) and not any(word in grounds for word in _ASKED):
            yield Finding((Stepped(step.seq, "延长拘留至三十日，理由中没有流窜作案、多次作案、结伙作案"),), str(step.seq))
