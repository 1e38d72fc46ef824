"""Money was paid and nothing came of it, and the incident is taken for a quarrel over money or for no matter of the police."""

from collections.abc import Iterator

from inspections.evidence import Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from inspections.text.amounts import find_loss
from inspections.text.telling import find_frauds
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.instruments import CPL
from models.matter import Kind

AMOUNT = Parameter("fraud-amount", "疑似诈骗起点金额", 3_000, Measure.YUAN, 100, 100_000)
_LARGE = Parameter("fraud-large-amount", "疑似诈骗升为红色的金额", 50_000, Measure.YUAN, 1_000, 10_000_000)


@inspection(
    "incident-fraud-as-dispute",
    label="疑似诈骗按经济纠纷处理",
    kinds=(Kind.INCIDENT,),
    basis=(CPL.article(112),),
    severity=Colour.ORANGE,
    demand="请先核实收款账户并请求紧急止付，再审查是否有犯罪事实",
    remedy=("request-stop-payment", "reclassify-incident"),
    uses=(AMOUNT, _LARGE),
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while no criminal case came of it and the sum paid reaches the threshold."""
    foreign = incident.stage == "told_not_ours"
    if not (foreign or incident.classification in ("dispute", "consultation")) or Kind.CRIMINAL_CASE in incident.children:
        return
    texts = read_texts(incident)
    paid, yuan = find_frauds(texts), find_loss(*texts)
    if paid and yuan is not None and yuan >= incident.get_figure(AMOUNT):
        severity = Colour.RED if yuan >= incident.get_figure(_LARGE) else Colour.ORANGE
        yield Finding((*quote_mentions(paid), Missing("刑事立案审查")), severity=severity)
