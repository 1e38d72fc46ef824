"""A letter tells of a breach of the law, and neither an incident nor a case stands beside it a day later."""

from collections.abc import Iterator

from inspections.evidence import Missing, Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSC
from models.forms.letter import ClassifyLetter, LinkLetter, OpenLetter, list_flags
from models.matter import Kind

_WITHIN = Parameter("letter-breach-hours", "来信标注违法犯罪线索后多久未登记警情、案件", 24, Measure.HOURS, 1, 168)
_BEING_ANSWERED = frozenset({"signed", "handling", "handling_again"})
_REGISTERED = frozenset({Kind.INCIDENT, Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE})


@inspection(
    "letter-breach-unconsidered",
    label="来信反映违法犯罪未登记",
    kinds=(Kind.LETTER,),
    basis=(MPSC.article(174),),
    severity=Colour.ORANGE,
    demand="请登记警情或者受案，并关联来信；已经登记的予以关联",
    remedy=(LinkLetter.rule.step,),
    uses=(_WITHIN,),
)
def look(letter: Snapshot) -> Iterator[Finding]:
    """Holds while a letter is being answered that is labelled as reporting a breach (R) and linked with none; a tip is verified as a tip."""
    *_, labelled = (None, *letter.list_steps(ClassifyLetter))
    opened = next(letter.list_steps(OpenLetter), None)
    if labelled is None or opened is None or opened.values.get("sort") == "tip" or letter.stage not in _BEING_ANSWERED:
        return
    is_registered = any(each.linked and each.kind in _REGISTERED for each in letter.beside)
    if (
        is_registered
        or "R" not in list_flags(labelled.values["labels"])
        or letter.now - labelled.recorded_at < letter.get_span(_WITHIN)
    ):
        return
    yield Finding((Stepped(labelled.seq, "标注为反映违法犯罪"), Missing("关联的警情、案件")))
