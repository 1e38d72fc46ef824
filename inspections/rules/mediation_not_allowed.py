"""What was mediated is told of in words that exclude mediation."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import INJ, MPSA
from models.forms.criminal_case import IssueInjuryAppraisal
from models.forms.public_order_case import AgreeMediation, PermitMediation
from models.matter import Kind

_EXCLUDED = ("雇凶", "雇佣他人", "结伙", "寻衅滋事", "聚众", "多次殴打", "多次违法", "一方不愿意")
_DENIED = ("没有", "不是", "并非", "不存在", "不属于")


@inspection(
    "mediation-not-allowed",
    label="不适用调解而调解",
    kinds=(
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(
        MPSA.article(179),
        INJ.article(31),
    ),
    severity=Colour.ORANGE,
    demand="请终止调解，依法处罚",
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds once an agreement was made."""
    if not matter.happened(Fact.MEDIATION_AGREED):
        return
    told = [
        (step.seq, word)
        for step in matter.list_steps(PermitMediation, AgreeMediation, IssueInjuryAppraisal)
        for written in map(str, step.values.values())
        for word in _EXCLUDED
        if word in written and not any(written.partition(word)[0][-6:].find(denial) >= 0 for denial in _DENIED)
    ]
    if told:
        yield Finding(tuple(Stepped(seq, f"提到“{word}”") for seq, word in dict.fromkeys(told)))
