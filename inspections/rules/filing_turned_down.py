"""A criminal case in which somebody was detained, or whose crime weighs three years or more, was turned administrative."""

from collections.abc import Iterator

from inspections.evidence import Happened
from inspections.inspection import Finding, inspection
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import MPSC
from law.offences import get_charges
from models.forms.criminal_case import AcceptCase, FileCase
from models.matter import Kind

_GRAVE = ("death", "life")
_YEARS = 3.0


@inspection(
    "filing-turned-down",
    label="刑事案件转行政处理",
    kinds=(Kind.CRIMINAL_CASE,),
    basis=(
        MPSC.article(177),
        MPSC.article(187),
    ),
    severity=Colour.ORANGE,
    demand="请法制部门在三个工作日内审核转处的依据",
)
def look(case: Snapshot) -> Iterator[Finding]:
    """Holds once it was turned."""
    turned = next((each for each in case.facts if each.fact is Fact.CASE_TURNED_ADMINISTRATIVE), None)
    if turned is None:
        return
    held = [each for each in case.children_facts if each.fact is Fact.DETENTION_EXECUTED]
    *_, last = ("", *(str(step.values.get("charge", "")) for step in case.list_steps(AcceptCase, FileCase)))
    heaviest = get_charges()[last].max_penalty if last in get_charges() else "0"
    grave = heaviest in _GRAVE or float(heaviest) >= _YEARS
    if held or grave:
        chain = tuple(Happened(each.fact.label, each.at) for each in (*held[:1], turned))
        yield Finding(chain)
