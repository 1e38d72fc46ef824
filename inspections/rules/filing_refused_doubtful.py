"""It was decided not to file, though what was reported tells of a fraud that reaches the threshold or of a grave injury."""

from collections.abc import Iterator
from dataclasses import replace

from inspections.evidence import Stepped
from inspections.inspection import Finding, inspection
from inspections.rules.incident_fraud_as_dispute import AMOUNT
from inspections.snapshot import Snapshot
from inspections.text.amounts import find_amount
from inspections.text.reading import read
from inspections.text.telling import find_frauds, find_violence, is_grave
from inspections.texts import quote_mentions
from law.clock import Colour
from law.instruments import CPL, MPSC
from models.forms.criminal_case import AcceptCase, RefuseFiling
from models.matter import Kind


@inspection(
    "filing-refused-doubtful",
    label="不予立案存疑",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(
        CPL.article(112),
        MPSC.article(178),
    ),
    severity=Colour.ORANGE,
    demand="请复核不予立案的理由，必要时重新审查立案",
    uses=(AMOUNT,),
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds while it stands refused."""
    refused = [*case.list_steps(RefuseFiling)]
    if case.stage != "not_filed" or not refused:
        return
    texts = [
        replace(read(str(step.values.get("summary", "")), "caller", case.settings.words), seq=step.seq, field="summary")
        for step in case.list_steps(AcceptCase)
    ]
    hurt, cheated, yuan = find_violence(texts), find_frauds(texts), find_amount(*texts)
    told = (hurt if is_grave(hurt) else []) + (cheated if yuan is not None and yuan >= case.get_figure(AMOUNT) else [])
    if told:
        yield Finding((*quote_mentions(told), Stepped(refused[-1].seq, "决定不予立案")))
