"""Violence is told of, and the incident is taken for a quarrel, a call for help or a complaint."""

from collections.abc import Iterator

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from inspections.text.telling import find_violence, is_grave
from inspections.texts import list_denied_by_officer, quote_mentions, read_texts
from law.clock import Colour
from law.facts import Fact
from law.instruments import PSAPL, RPT
from models.forms.incident import ClassifyIncident, ReclassifyIncident
from models.matter import Kind

_LIGHT = {"dispute": "纠纷", "help": "求助", "consultation": "咨询", "complaint": "投诉"}


@inspection(
    "incident-fight-as-dispute",
    label="伤害警情降格为纠纷、求助",
    kinds=(Kind.INCIDENT,),
    basis=(
        PSAPL.article(90),
        RPT.article(12),
        RPT.article(14),
    ),
    severity=Colour.ORANGE,
    demand="请核实伤情和经过，依法受案调查或者说明不予受案的理由",
)
def look(incident: Snapshot) -> Iterator[Finding]:
    """Holds while it is so classified, no case came of it and none was refused; an officer's denial makes it less grave, and is shown."""
    if incident.classification not in _LIGHT or incident.has_case or incident.happened(Fact.ADMIN_CASE_REFUSED):
        return
    texts = read_texts(incident)
    if not (told := find_violence(texts)):
        return
    *_, last = incident.list_steps(ClassifyIncident, ReclassifyIncident)
    denied = list_denied_by_officer(told, texts)
    severity = (Colour.ORANGE if denied else Colour.RED) if is_grave(told) else (Colour.YELLOW if denied else Colour.ORANGE)
    yield Finding(
        (*quote_mentions(told), *quote_mentions(denied), Stepped(last.seq, f"定为{_LIGHT[last.values['classification']]}")),
        severity=severity,
    )
