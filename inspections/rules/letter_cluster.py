"""The same is written again and again of one unit: it is looked at once for all, not letter by letter."""

from collections.abc import Iterator

from inspections.evidence import Kin
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import RULE
from models.matter import Kind

_LETTERS = Parameter("letter-cluster-letters", "三十日内同一单位同一标签的来信", 5, Measure.TIMES, 2, 100)


@inspection(
    "letter-cluster",
    label="同类诉求集中",
    kinds=(Kind.LETTER,),
    basis=(RULE.section("来信来访"),),
    severity=Colour.YELLOW,
    demand="请核查同类诉求的原因，开展专题整改和培训",
    uses=(_LETTERS,),
)
def look(letter: Snapshot) -> Iterator[Finding]:
    """Holds of the letter with which there are so many within thirty days."""
    alike = [each for each in letter.beside if not each.linked]
    if len(alike) + 1 == letter.get_figure(_LETTERS):
        yield Finding(tuple(Kin(each.number, "标签相同") for each in alike))
