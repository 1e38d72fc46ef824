"""What the record says of a matter may make it sensitive, and nobody has said whether it is: proposed here, decided by people."""

from collections.abc import Iterator

from inspections.evidence import Evidence, Happened, Kin, Missing, Stepped
from inspections.inspection import Finding, inspection
from inspections.parameter import Measure, Parameter
from inspections.snapshot import Snapshot
from law.clock import Colour
from law.facts import Fact
from law.instruments import RULE
from models.forms.criminal_case import IssueInjuryAppraisal, NameSuspect
from models.forms.incident import OpenIncident
from models.forms.victims import InterviewVictim
from models.sensitivity import CRITERIA, MARKABLE, CriterionId

_SUSPECTS = Parameter("sensitive-suspects", "敏感案件：犯罪嫌疑人达到多少人", 5, Measure.PEOPLE, 3, 50)
_CALLS = Parameter("sensitive-calls", "敏感案件：调解以后又报警达到多少次", 2, Measure.TIMES, 1, 10)

_BY_FACT: dict[CriterionId, tuple[Fact, ...]] = {
    "death": (Fact.PERSON_DIED, Fact.DEATH_IN_QUESTIONING_REPORTED),
    "minor": (Fact.CASE_CONCERNS_MINOR,),
    "foreign": (Fact.FOUND_FOREIGN,),
    "official": (Fact.FOUND_DEPUTY, Fact.FOUND_TOWNSHIP_DEPUTY, Fact.FOUND_CONSULTATIVE_MEMBER),
    "supervised": (
        Fact.FILING_EXPLANATION_ASKED,
        Fact.FILING_DELAY_EXPLANATION_ASKED,
        Fact.FILING_ORDERED,
        Fact.CANCELLATION_ORDERED,
        Fact.PENALTY_REVOKED,
    ),
}


@inspection(
    "case-sensitive-unmarked",
    label="疑似敏感案件未列管",
    kinds=MARKABLE,
    basis=(RULE.section("敏感案件"),),
    severity=Colour.ORANGE,
    demand="请所队领导、法制员决定是否列为敏感案件；不列的说明理由",
    remedy=("mark-sensitive",),
    uses=(_SUSPECTS, _CALLS),
)
def look(matter: Snapshot) -> Iterator[Finding]:
    """Holds for each criterion that the record tells of, until somebody marks the matter; who unmarked it has looked."""
    if any(each.fact is Fact.MARKED_SENSITIVE for each in matter.facts):
        return
    for criterion, evidence in _list_told(matter):
        yield Finding((evidence, Missing(f"是否列为敏感案件的决定（{CRITERIA[criterion]}）")), about=criterion)


def _list_told(matter: Snapshot) -> Iterator[tuple[CriterionId, Evidence]]:
    known = (*matter.facts, *matter.children_facts)
    for criterion, facts in _BY_FACT.items():
        if first := next((each for each in known if each.fact in facts), None):
            yield criterion, Happened(first.fact.label, first.at)
    if harmed := next(
        (each for each in matter.list_steps(InterviewVictim) if each.values.get("situation") != "sexual-assault"), None
    ):
        yield "minor", Stepped(harmed.seq, "询问未成年被害人")
    if grave := next((each for each in matter.list_steps(IssueInjuryAppraisal) if _is_grave(each.values.get("opinion", ""))), None):
        yield "death", Stepped(grave.seq, "鉴定为重伤")
    named, enough = list(matter.list_steps(NameSuspect)), matter.get_figure(_SUSPECTS)
    if len(named) >= enough:
        yield "group", Stepped(named[enough - 1].seq, f"确定犯罪嫌疑人，已达{enough}人")
    if crowd := next((each for each in matter.list_steps(OpenIncident) if each.values.get("category") == "group"), None):
        yield "group", Stepped(crowd.seq, "接报群体性事件")
    mediated = [each for each in matter.kin if each.classification == "mediation" and each.opened_at < matter.opened_at]
    if len(mediated) >= matter.get_figure(_CALLS):
        yield "unanswered", Kin(mediated[0].number, f"等{len(mediated)}起已经调解，本次又报警")


def _is_grave(opinion: str) -> bool:
    return "重伤" in opinion and "不构成重伤" not in opinion
