"""Violence is told of, the incident is settled by mediation, and nobody was asked what happened."""

from collections.abc import Iterator

from inspections.inspection import Finding, Missing, Quoted, Stepped, inspection
from inspections.risk_words import INJURY, affirmed
from inspections.snapshot import RecordedStep, Snapshot
from law.facts import Fact
from law.instruments import MPSA
from models.forms.incident import ArriveOnScene, ClassifyIncident, HandleScene, OpenIncident, ReclassifyIncident
from models.matter import Kind

# Where the caller, and the officer on the scene, say what happened.
_TEXTS = {OpenIncident.rule.step: ("kind", "narrative"), ArriveOnScene.rule.step: ("found",), HandleScene.rule.step: ("measures",)}
_ASKED = (Fact.PERSON_INQUIRED, Fact.PERSON_INTERROGATED, Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED)


@inspection(
    "incident-fight-as-mediation",
    label="打架伤害警情按治安调解处理而没有询问记录",
    kinds=(Kind.INCIDENT,),
    basis=(MPSA.article(180), MPSA.article(184)),
    demand="请核实是否应当询问当事人、委托伤情鉴定或者重新定性",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while mediation is the last classification and no questioning is on record, in it or in a case that came of it."""
    *_, last = (None, *incident.steps_of(ClassifyIncident, ReclassifyIncident))
    if last is None or last.values.get("classification") != "mediation" or incident.happened(*_ASKED):
        return
    if quotes := [quote for step in incident.steps for quote in _quotes(step)]:
        yield Finding((*quotes, Stepped(last.seq, "定为治安调解"), Missing("询问任何人的记录")))


def _quotes(step: RecordedStep) -> Iterator[Quoted]:
    for field in _TEXTS.get(step.step, ()):
        yield from (Quoted(step.seq, field, word) for word in affirmed(str(step.values.get(field, "")), INJURY))
