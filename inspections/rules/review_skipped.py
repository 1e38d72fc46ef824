"""A penalty that the law wants reviewed or discussed was decided without that."""

from collections.abc import Iterator

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import APL, PSAPL
from models.matter import Kind

_ASKED = ((Fact.PENALTY_REVIEW_DUE, Fact.LEGAL_REVIEW_DONE), (Fact.PENALTY_DISCUSSION_DUE, Fact.PENALTY_DISCUSSED))


@inspection(
    "review-skipped",
    label="应当法制审核、集体讨论未作",
    kinds=(Kind.PUBLIC_ORDER_CASE,),
    basis=(
        PSAPL.article(114),
        APL.article(57),
        APL.article(58),
    ),
    severity=Colour.RED,
    demand="请自行纠正，重新审核、讨论后作出决定",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds once it was decided so."""
    for decision in (each for each in case.facts if each.fact is Fact.PENALTY_DECIDED):
        for due, done in _ASKED:
            called_for = any(each.fact is due and each.about == decision.about for each in case.facts)
            if called_for and not any(each.fact is done and each.order <= decision.order for each in case.facts):
                yield Finding((Happened(decision.fact.label, decision.at), Missing(done.label)), f"{decision.about}/{done}")
