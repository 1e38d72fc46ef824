"""The review whether to file was extended, and the record does not show why."""

from collections.abc import Iterator

from inspections.evidence import Missing, Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.effort import EFFORT
from law.facts import Fact
from law.instruments import FIL
from models.forms.criminal_case import CheckFacts, ExtendEconomicReview, ExtendFilingReview
from models.matter import Kind

_SHORT = Parameter("extension-grounds-length", "延长理由的最少字数", 30, Measure.CHARACTERS, 5, 200)


@inspection(
    "filing-extended-thin",
    label="立案审查延长依据不足",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(FIL.section("二（一）2"),),
    severity=Colour.YELLOW,
    demand="请作出立案或者不予立案的决定，或者写明延长的理由",
    uses=(_SHORT,),
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds while it is under review: the grounds are short, or nothing was looked into."""
    extended = [*case.list_steps(ExtendFilingReview, ExtendEconomicReview)]
    if case.stage != "review" or not extended or not case.happened(Fact.FILING_REVIEW_EXTENDED):
        return
    short = len(str(extended[-1].values.get("grounds", "")).strip()) < case.get_figure(_SHORT)
    worked = any(case.list_steps(CheckFacts)) or case.happened(*EFFORT)
    if short or not worked:
        missing = () if worked else (Missing("调查核实的记录"),)
        yield Finding(
            (Stepped(extended[-1].seq, "延长立案审查" + (f"，理由不足{case.get_figure(_SHORT)}字" if short else "")), *missing)
        )
