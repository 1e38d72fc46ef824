"""Another open matter of the same unit agrees with this one in a number, or in how, where and when it was done."""

from collections.abc import Iterator

from inspections.evidence import Kin
from inspections.inspection import Finding, inspection
from inspections.series import GRAVE
from inspections.snapshot import Snapshot
from inspections.traits import COMPARED
from law.clock import Colour
from law.instruments import MPSC, RULE


@inspection(
    "case-link-candidate",
    label="串并案候选",
    kinds=COMPARED,
    basis=(MPSC.article(21), RULE.section("串并案")),
    severity=Colour.BLUE,
    demand="请核对一致的特征，串案、并案，或者写明不予采纳的理由",
    remedy=("link-case", "merge-case", "dismiss-link"),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds of one of the two, until a person has linked them or said why not; what lies in another unit or is sealed is no finding of this one."""
    for each in matter.agreeing:
        found = Kin(each.number, f"与本事项一致（{each.score}分）：{'、'.join(each.words)}")
        yield Finding((found,), about=each.number, severity=Colour.YELLOW if each.score >= GRAVE else Colour.BLUE)
