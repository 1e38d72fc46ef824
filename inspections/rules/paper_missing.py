"""What happened calls for a paper of ours, and a day later there is none."""

from collections.abc import Iterator

from inspections.evidence import Happened, Missing
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSC
from models.dossier import find_mandatory_title
from models.matter import Kind

_WITHIN = Parameter("paper-missing-hours", "应有文书多久未制作", 24, Measure.HOURS, 1, 168)


@inspection(
    "paper-missing",
    label="文书缺失",
    kinds=(
        Kind.CRIMINAL_CASE,
        Kind.PUBLIC_ORDER_CASE,
        Kind.SUSPECT,
    ),
    basis=(MPSC.article(283),),
    severity=Colour.YELLOW,
    demand="请补制文书，或者说明原因",
    uses=(_WITHIN,),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds until each is made or scanned; of what was entered late there may be one on paper. It is orange where somebody's liberty is limited."""
    made, missing = {*matter.papers}, dict[str, Happened]()
    for each in matter.facts:
        paper = find_mandatory_title(each.fact)
        if (
            paper
            and paper not in made
            and matter.now - each.at >= matter.get_span(_WITHIN)
            and not each.told_by
            and each.entered_at is None
        ):
            missing.setdefault(paper, Happened(each.fact.label, each.at))
    if missing:
        liberty = any(clock.liberty for clock in matter.clocks)
        listed = (part for paper, why in missing.items() for part in (why, Missing(paper)))
        yield Finding(tuple(listed), severity=Colour.ORANGE if liberty else Colour.YELLOW)
