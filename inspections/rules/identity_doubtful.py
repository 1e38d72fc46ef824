"""The register says that name and number do not match, or that the person is dead, and nobody corrected the record within a day."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.instruments import MPSA, MPSC
from models.forms.corrections import CorrectRecord
from models.forms.requests_outside import AnswerHousehold
from models.matter import Kind

_WITHIN = Parameter("identity-hours", "身份不符多久未更正", 24, Measure.HOURS, 1, 168)


@inspection(
    "identity-doubtful",
    label="身份存疑、冒用",
    kinds=(
        Kind.CRIMINAL_CASE,
        Kind.SUSPECT,
        Kind.INCIDENT,
        Kind.PUBLIC_ORDER_CASE,
    ),
    basis=(
        MPSA.article(242),
        MPSC.article(264),
    ),
    severity=Colour.ORANGE,
    demand="请查清身份并更正记录",
    uses=(_WITHIN,),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds until the record is corrected."""
    for step in matter.list_steps(AnswerHousehold):
        doubtful = step.values.get("matches") is False or bool(step.values.get("deceased"))
        corrected = any(each.seq > step.seq for each in matter.list_steps(CorrectRecord))
        if doubtful and not corrected and matter.now - step.recorded_at >= matter.get_span(_WITHIN):
            words = "的户籍核查结果为已注销（死亡）" if step.values.get("deceased") else "的户籍核查结果与登记的姓名、号码不一致"
            yield Finding((Stepped(step.seq, words),), str(step.seq))
