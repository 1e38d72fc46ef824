"""The investigation of one suspect was ended while the case went on to the procuratorate with others."""

from collections.abc import Iterator

from inspections.evidence import Happened
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from models.matter import Kind

_SENT = (Fact.CASE_SENT_TO_PROCURATORATE, Fact.CASE_SENT_AGAIN)


@inspection(
    "suspect-dropped-alone",
    label="单独终止侦查",
    kinds=(Kind.SUSPECT,),
    basis=(MPSC.article(186),),
    severity=Colour.YELLOW,
    demand="请核实终止侦查的理由是否写明、证据是否附卷",
)
def look(suspect: Snapshot) -> Iterator[Finding]:
    """Holds once both happened."""
    ended = next((each for each in suspect.facts if each.fact is Fact.INVESTIGATION_TERMINATED), None)
    sent = next((each for each in suspect.parent_facts if each.fact in _SENT), None)
    if ended and sent:
        yield Finding((Happened(ended.fact.label, ended.at), Happened(sent.fact.label, sent.at)))
