"""Violence is told of, the incident is settled by mediation, and neither agreement nor statements of the parties are on record."""

from collections.abc import Iterator

from inspections.evidence import Missing, Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import find_violence, is_grave
from inspections.texts import quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSA, PSAPL
from models.forms.incident import ClassifyIncident, CloseIncident, ReclassifyIncident
from models.matter import Kind

_ASKED = (Fact.PERSON_INQUIRED, Fact.PERSON_INTERROGATED, Fact.PERSON_SUMMONED_ADMIN, Fact.PERSON_SUMMONED)


@inspection(
    "incident-fight-as-mediation",
    label="打架伤害警情按治安调解处理而没有询问记录",
    kinds=(Kind.INCIDENT,),
    basis=(PSAPL.article(9), MPSA.article(178), MPSA.article(180), MPSA.article(184)),
    severity=Colour.ORANGE,
    demand="请核实是否应当询问当事人、委托伤情鉴定或者重新定性",
    remedy=("ask-recording", "reclassify-incident"),
    edition=2,
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while mediation is the last classification and its papers are missing: the agreement, and the statements of two parties.

    Whoever closes it by ticking papers that are not there is told so (勾选无据).
    """
    if incident.classification != "mediation" or incident.happened(*_ASKED):
        return
    agreed, statements = incident.count_papers("调解协议书"), incident.count_papers("笔录")
    if (agreed and statements >= 2) or not (told := find_violence(read_texts(incident))):
        return
    *_, last = incident.list_steps(ClassifyIncident, ReclassifyIncident)
    closing = [*incident.list_steps(CloseIncident)][-1:]
    missing = [Missing("治安调解协议书")] * (not agreed) + [Missing("双方当事人的询问笔录")] * (statements < 2)
    lacking = {"agreement": not agreed, "statements": statements < 2}
    ticked = [
        Stepped(step.seq, f"勾选“{CloseIncident.model_fields[box].title}”而卷内未见，勾选无据")
        for step in closing
        for box, lacks in lacking.items()
        if lacks and step.values.get(box)
    ]
    severity = Colour.RED if closing or is_grave(told) else Colour.ORANGE
    yield Finding((*quote_mentions(told), Stepped(last.seq, "定为治安调解"), *missing, *ticked), severity=severity)
