"""Bail and surveillance that procuratorate or court decides (检法决定的取保候审、监视居住), and the police execute."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from law.calendar import get_day, start_of
from law.facts import BAIL_BEGINS, SURVEILLANCE_BEGINS, Fact
from law.instruments import BAIL, CPL, MPSC, SPC, SPP
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.form import Form, Line, OnlyWhere, Term, Text
from models.instants import PastDay

OFFICER = Office.CASE_OFFICER
ANY_ORGAN = (Office.PROCURATORATE, Office.COURT, OFFICER)


class ByAnotherOrgan(Form):
    """What the papers of a measure say that procuratorate or court has decided: who, when, and for how long."""

    decides: ClassVar[Mapping[str, Fact]] = MappingProxyType({})

    sender: Line = Field(title="决定机关")
    # Any, for some papers must say it and others may.
    organ: Any = ""
    decided_on: Annotated[
        PastDay | None, OnlyWhere({"organ": ("检察院", "法院")}, elsewhere="填写决定日期的，须填写决定机关的种类")
    ] = Field(default=None, title="决定日期", description="不填即为发生之日")
    term: Term = Field(default="", title="决定的期限")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The organ's decision, where it says which organ, and that its papers have come."""
        received = self.rule.may_bring[0]
        return (self.decides[self.organ], received) if self.organ else (received,)

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """The same, the decision on its own day."""
        found = super().build_facts(subject, at, approver)
        if not self.decided_on or self.decided_on >= get_day(found[0].at):
            return found
        return (replace(found[0], at=start_of(self.decided_on)), *found[1:])


class ReceiveBailPapers(
    ByAnotherOrgan,
    title="收到检法取保候审法律文书",
    by=OFFICER,
    fact=Fact.BAIL_PAPERS_RECEIVED,
    or_facts=BAIL_BEGINS[1:],
    basis=(MPSC.article(92), BAIL.article(20)),
):
    """Receive the papers of bail that procuratorate or court decided, whose own term runs from their decision (检法取保文书)."""

    decides = MappingProxyType({"检察院": Fact.PROCURATORATE_BAIL_DECIDED, "法院": Fact.COURT_BAIL_DECIDED})
    organ: Literal["检察院", "法院", ""] = Field(
        default="", title="决定机关的种类", description="填写后，该机关的期限自其决定之日起计算"
    )


class ReceiveBailCase(
    Form,
    title="受案机关收到取保候审案件",
    by=ANY_ORGAN,
    fact=Fact.BAIL_CASE_RECEIVED,
    basis=BAIL.article(26),
):
    """The receiving organ gets the case of a person on bail, once for each time that it is handed over (收到案件)."""

    organ: Line = Field(title="受案机关", description="案件所在的人民检察院或者人民法院的名称")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The receipt, by the organ that it names."""
        return replace(super().build_fact(fact, subject, at, approver), organ=self.organ)


class ContinueBail(
    Form,
    title="受案机关决定继续或者变更措施",
    by=ANY_ORGAN,
    fact=Fact.BAIL_CONTINUATION_DECIDED,
    or_facts=(*BAIL_BEGINS[1:], *SURVEILLANCE_BEGINS[1:], Fact.BAIL_LIFTED),
    basis=(BAIL.article(26), SPP.article(103), SPC.article(162)),
):
    """The receiving organ decides on bail of its own, which ends ours and has a term of its own (继续取保或者变更)."""

    decision: Text = Field(title="决定内容")
    measure: Literal["取保候审", "监视居住", "解除取保候审", "逮捕"] = Field(
        default="取保候审", title="决定的措施", description="继续取保候审、监视居住的，期限自该机关决定之日重新计算"
    )
    organ: Literal["检察院", "法院", ""] = Field(default="", title="受案机关", description="不填即为案件所在的机关")
    term: Term = Field(default="", title="决定的期限")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it decided, and what: the court where it says so, else the procuratorate."""
        of = 2 if self.organ == "法院" else 1
        found: dict[str, Fact] = {
            "取保候审": BAIL_BEGINS[of],
            "监视居住": SURVEILLANCE_BEGINS[of],
            "解除取保候审": Fact.BAIL_LIFTED,
        }
        decided = found.get(self.measure)
        return (Fact.BAIL_CONTINUATION_DECIDED, *((decided,) if decided else ()))

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """The same; what the court's own seat says is the court's."""
        if approver == Office.COURT and not self.organ:
            return self.model_copy(update={"organ": "法院"}).build_facts(subject, at, approver)
        return super().build_facts(subject, at, approver)


class ExecuteOrganBail(
    ByAnotherOrgan,
    title="执行检法决定的取保候审",
    by=ANY_ORGAN,
    fact=Fact.BAIL_PAPERS_RECEIVED,
    or_facts=BAIL_BEGINS[1:],
    basis=(CPL.article(67), MPSC.article(92), BAIL.article(20)),
):
    """Put a suspect on bail that procuratorate or court has decided; the police execute it (执行检法决定的取保候审)."""

    decides = MappingProxyType({"检察院": Fact.PROCURATORATE_BAIL_DECIDED, "法院": Fact.COURT_BAIL_DECIDED})
    organ: Literal["检察院", "法院"] = Field(title="决定机关的种类")


class LiftOrganBail(
    Form,
    title="检法决定解除取保候审",
    by=ANY_ORGAN,
    fact=Fact.BAIL_LIFTED,
    basis=(CPL.article(79), MPSC.article(108, paragraph=2)),
    made_elsewhere="解除取保候审通知书",
):
    """The organ that decided the bail ends it, and the police let the person go at once (检法解除取保候审)."""

    organ: Line = Field(title="决定机关")
    grounds: Text = Field(title="解除理由")


class ReceiveSurveillancePapers(
    ByAnotherOrgan,
    title="收到检法监视居住法律文书",
    by=OFFICER,
    fact=Fact.SURVEILLANCE_PAPERS_RECEIVED,
    or_facts=SURVEILLANCE_BEGINS[1:],
    basis=MPSC.article(118),
):
    """Receive the papers of surveillance that procuratorate or court decided, from when its own term runs (检法监视居住文书)."""

    decides = MappingProxyType({"检察院": Fact.PROCURATORATE_SURVEILLANCE_DECIDED, "法院": Fact.COURT_SURVEILLANCE_DECIDED})
    organ: Literal["检察院", "法院", ""] = Field(
        default="", title="决定机关的种类", description="填写后，该机关的期限自其决定之日起计算"
    )


class ExecuteOrganSurveillance(
    ByAnotherOrgan,
    title="执行检法决定的监视居住",
    by=ANY_ORGAN,
    fact=Fact.SURVEILLANCE_PAPERS_RECEIVED,
    or_facts=SURVEILLANCE_BEGINS[1:],
    basis=(CPL.article(74), MPSC.article(118)),
):
    """Place a suspect under surveillance that procuratorate or court has decided (执行检法决定的监视居住)."""

    decides = MappingProxyType({"检察院": Fact.PROCURATORATE_SURVEILLANCE_DECIDED, "法院": Fact.COURT_SURVEILLANCE_DECIDED})
    organ: Literal["检察院", "法院"] = Field(title="决定机关的种类")


class LiftOrganSurveillance(
    Form,
    title="检法决定解除监视居住",
    by=ANY_ORGAN,
    fact=Fact.SURVEILLANCE_LIFTED,
    basis=(CPL.article(79), MPSC.article(123, paragraph=2)),
    made_elsewhere="解除监视居住通知书",
):
    """The organ that decided the surveillance ends it, and the police do so at once (检法解除监视居住)."""

    organ: Line = Field(title="决定机关")
    grounds: Text = Field(title="解除理由")
