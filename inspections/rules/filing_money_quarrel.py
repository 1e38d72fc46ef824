"""An economic crime was filed over what reads like a quarrel about a contract, and property was taken within three days."""

from collections.abc import Iterator

from inspections.evidence import Happened, Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import ECO, FIL
from models.forms.criminal_case import AcceptCase, FileCase
from models.forms.offences import is_economic
from models.matter import Kind

_TAKEN = (Fact.EXHIBIT_TAKEN, Fact.EXHIBIT_SEALED, Fact.FUNDS_FROZEN, Fact.SECURITIES_FROZEN, Fact.EQUITY_FROZEN)
_CIVIL = ("合同", "欠款", "已起诉", "已经起诉", "仲裁", "货款", "工程款")
_SOON = Parameter("taken-after-filing-hours", "立案后多久内采取财产措施", 72, Measure.HOURS, 1, 720)


@inspection(
    "filing-money-quarrel",
    label="疑似插手经济纠纷",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(
        FIL.section("二（二）4"),
        ECO.article(15),
    ),
    severity=Colour.ORANGE,
    demand="请法制部门审核，审核前不再采取新的查封、扣押、冻结措施",
    uses=(_SOON,),
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds once it was done."""
    filed = next((each for each in case.facts if each.fact is Fact.CASE_FILED), None)
    steps = [*case.list_steps(AcceptCase, FileCase)]
    if filed is None or not any(is_economic(str(step.values.get("charge", ""))) for step in steps):
        return
    words = [
        (step.seq, word)
        for step in steps
        for word in _CIVIL
        if word in f"{step.values.get('summary', '')}{step.values.get('grounds', '')}"
    ]
    taken = [each for each in case.children_facts if each.fact in _TAKEN and filed.at <= each.at <= filed.at + case.get_span(_SOON)]
    if words and taken:
        said = tuple(Stepped(seq, f"提到“{word}”") for seq, word in words)
        yield Finding((*said, *(Happened(each.fact.label, each.at) for each in taken[:1])))
