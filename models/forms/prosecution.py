"""The forms of prosecution (审查起诉): review, the return for more investigation, prosecution or none, and what may be done about it."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from law.ends import CONDITIONALLY
from law.facts import Fact
from law.instruments import CPL, MPSC, SPP
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.asked_of_matter import OnlyIn
from models.forms.exhibit_transfer import ConfirmPapers, Exhibits, ForwardExhibit, SendExhibit
from models.forms.form import Amount, Command, Form, Line, OptionalLine, OptionalText, Take, Text

OFFICER = Office.CASE_OFFICER
COUNTY_HEAD = (Office.COUNTY_HEAD,)
PROCURATORATE = Office.PROCURATORATE


class ReceiveProsecutionCase(
    Form,
    title="检察院收到移送起诉的案件",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.PROSECUTION_CASE_RECEIVED,
    basis=(CPL.article(172), CPL.article(175)),
):
    """The procuratorate, or another one that takes the case over, receives it, from when its review counts (收到移送起诉案件)."""

    base: Literal["", "1 month", "10 day", "15 day"] = Field(
        default="",
        title="审查期限",
        description="不填即一个月，快速办理的按其期限；10 day 认罪认罚、符合速裁程序适用条件；15 day 其中可能判处超过一年有期徒刑",
    )
    procuratorate: OptionalLine = Field(default="", title="检察院", description="改变管辖以后必填，即改变后的检察院")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The receipt, by the procuratorate that it names."""
        return replace(super().build_fact(fact, subject, at, approver), organ=self.procuratorate)


class ExtendProsecutionReview(
    Form,
    title="延长审查起诉期限",
    by=PROCURATORATE,
    fact=Fact.PROSECUTION_REVIEW_EXTENDED,
    basis=(CPL.article(172), SPP.article(351)),
):
    """The procuratorate takes longer over a grave or complex case (延长审查起诉期限)."""

    extension: Amount = Field(default="+15 day", title="延长期限")
    grounds: Text = Field(title="延长理由")


class TransferProsecution(
    Form,
    title="审查起诉改变管辖",
    by=PROCURATORATE,
    fact=Fact.PROSECUTION_TRANSFERRED,
    basis=SPP.article(351, paragraph=2),
    made_elsewhere="改变管辖通知",
):
    """The case goes to another procuratorate, whose review counts from when it receives it (改变管辖); only a procuratorate says so."""

    sender: Line = Field(title="改变前的检察院")
    to: Line = Field(title="改变后的检察院")
    explanation: Text = Field(title="改变管辖的理由")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The transfer, to the procuratorate that has the case from now on."""
        return replace(super().build_fact(fact, subject, at, approver), reason=self.sender, organ=self.to)


class ReturnForInvestigation(
    Form,
    title="退回补充侦查",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.CASE_RETURNED,
    basis=(CPL.article(175), MPSC.article(295)),
    made_elsewhere="补充侦查决定书、补充侦查提纲",
):
    """The procuratorate returns the case for more investigation, twice at most; `at` is when the police received it (退回补充侦查)."""

    outline: Text = Field(title="补充侦查提纲")


class SendCaseAgain(
    Form,
    title="补充侦查后再次移送",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.CASE_SENT_AGAIN,
    or_facts=(Fact.PROPERTY_SENT_WITH_CASE,),
    basis=(CPL.article(175), MPSC.article(296)),
    document="补充侦查报告书、起诉意见书、随案移送清单",
    shares_with=(PROCURATORATE,),
):
    """Send the case back to the procuratorate after more investigation (再次移送)."""

    outcome: Literal["supplemented", "new-opinion", "unobtainable", "improper-return"] = Field(
        title="处理方式",
        description="supplemented 补充侦查报告书、new-opinion 重新制作起诉意见书、"
        "unobtainable 确实无法查明或者补充的书面说明、improper-return 退查不当说明理由",
    )
    report: Text = Field(title="补充侦查情况")
    summary: OptionalText = Field(
        default="", title="案情", description="重新制作起诉意见书时，补充侦查后查明的犯罪事实；不填即沿用受案时的案情"
    )
    opinion: OptionalText = Field(default="", title="起诉意见", description="重新制作起诉意见书的填写")
    exhibits: Exhibits = Field(default=(), title="随案移送的财物", description="财物编号，逐一由接收机关签收")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That the case goes, and that things go with it."""
        return (Fact.CASE_SENT_AGAIN, Fact.PROPERTY_SENT_WITH_CASE) if self.exhibits else (Fact.CASE_SENT_AGAIN,)

    def build_commands(self) -> tuple[Command, ...]:
        """The things named go with it."""
        return tuple(Take(number, SendExhibit.model_validate({"at": self.at})) for number in dict.fromkeys(self.exhibits))


class ProsecuteCase(
    Form,
    title="提起公诉",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.CASE_PROSECUTED,
    or_facts=(Fact.RENEWED_PROSECUTION_GROUNDED,),
    basis=(CPL.article(176), MPSC.article(288), SPP.article(424)),
    made_elsewhere="起诉书",
    shares_with=(Office.COURT,),
):
    """The procuratorate prosecutes before the court (提起公诉)."""

    charge: Line = Field(title="起诉的罪名")
    court: OptionalLine = Field(default="", title="受诉法院")
    new_facts: Annotated[OptionalText, OnlyIn(given=(Fact.CASE_PROSECUTED, Fact.PROSECUTION_WITHDRAWN))] = Field(
        default="",
        title="再行起诉的新事实、新证据",
        description="曾经撤回起诉的必填：原起诉书中没有指控的事实，或者撤回以后收集的证据",
    )
    exhibits: Exhibits = Field(default=(), title="随案移送的财物", description="财物编号，逐一由接收机关签收")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The prosecution, and where one was withdrawn before, what is new."""
        return (Fact.RENEWED_PROSECUTION_GROUNDED, Fact.CASE_PROSECUTED) if self.new_facts else (Fact.CASE_PROSECUTED,)

    def build_commands(self) -> tuple[Command, ...]:
        """The things named go with it."""
        return tuple(Take(number, ForwardExhibit.model_validate({"at": self.at})) for number in dict.fromkeys(self.exhibits))


class DecideNotToProsecute(
    Form,
    title="不起诉",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.CASE_NOT_PROSECUTED,
    basis=(CPL.article(177), CPL.article(178), MPSC.article(293)),
    made_elsewhere="不起诉决定书",
):
    """The procuratorate does not prosecute, and whoever is held is released at once; `at` is when the police received it (不起诉)."""

    kind: Literal["statutory", "discretionary", "insufficient-evidence", "conditional"] = Field(
        title="不起诉的种类",
        description="statutory 法定不起诉、discretionary 酌定不起诉、insufficient-evidence 证据不足不起诉、conditional 附条件不起诉",
    )
    explanation: Text = Field(title="不起诉理由")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The decision; of one on conditions it is said, since bail may last through the probation."""
        brought = super().build_fact(fact, subject, at, approver)
        return replace(brought, reason=CONDITIONALLY) if self.kind == "conditional" else brought


# After a decision not to prosecute


class RequestNonProsecutionReconsideration(
    Form,
    title="要求复议不起诉决定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.NON_PROSECUTION_RECONSIDERATION_REQUESTED,
    basis=(CPL.article(179), MPSC.article(294)),
    document="要求复议意见书",
    shares_with=(PROCURATORATE,),
):
    """Ask the same procuratorate to think again (要求复议)."""

    explanation: Text = Field(title="复议理由")


class ReceiveNonProsecutionReconsideration(
    Form,
    title="检察院收到不起诉要求复议意见书",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.NON_PROSECUTION_RECONSIDERATION_RECEIVED,
    basis=SPP.article(379),
):
    """The procuratorate receives that request (收到要求复议意见书)."""

    note: OptionalLine = Field(default="", title="备注")


class ReconsiderNonProsecution(
    Form,
    title="收到不起诉复议决定书",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.NON_PROSECUTION_RECONSIDERED,
    basis=(SPP.article(379), MPSC.article(294)),
    made_elsewhere="复议决定书",
):
    """The procuratorate's decision arrives (复议决定书); a reversal is a prosecution besides."""

    decision: Text = Field(title="复议决定")


class RequestNonProsecutionReview(
    Form,
    title="提请复核不起诉决定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.NON_PROSECUTION_REVIEW_REQUESTED,
    basis=(CPL.article(179), MPSC.article(294)),
    document="提请复核意见书",
    shares_with=(Office.HIGHER_PROCURATORATE,),
):
    """Ask the next higher procuratorate (提请复核)."""

    explanation: Text = Field(title="复核理由")


class ReceiveNonProsecutionReview(
    Form,
    title="上一级检察院收到不起诉提请复核意见书",
    by=(Office.HIGHER_PROCURATORATE, OFFICER),
    fact=Fact.NON_PROSECUTION_REVIEW_RECEIVED,
    basis=SPP.article(380),
):
    """The higher procuratorate receives that request (收到提请复核意见书)."""

    note: OptionalLine = Field(default="", title="备注")


class ReviewNonProsecution(
    Form,
    title="收到不起诉复核决定书",
    by=(Office.HIGHER_PROCURATORATE, OFFICER),
    fact=Fact.NON_PROSECUTION_REVIEWED,
    basis=(SPP.article(380), MPSC.article(294)),
    made_elsewhere="复核决定书",
):
    """The higher procuratorate's decision arrives (复核决定书)."""

    decision: Text = Field(title="复核决定")


class ServeNonProsecution(
    Form,
    title="被害人或者被不起诉人收到不起诉决定书",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.NON_PROSECUTION_SERVED,
    basis=(CPL.article(180), CPL.article(181)),
):
    """The decision is served on the victim, or on the person not prosecuted, who may contest it (送达不起诉决定书)."""

    recipient: Line = Field(title="受送达人")


class AppealNonProsecution(
    Form,
    title="对不起诉决定提出申诉",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.NON_PROSECUTION_APPEALED,
    basis=(CPL.article(180), CPL.article(181)),
):
    """The victim, or the person not prosecuted, contests the decision (不起诉申诉)."""

    appellant: Line = Field(title="申诉人")
    note: OptionalText = Field(default="", title="申诉理由")


NON_PROSECUTION_REMEDIES = (
    RequestNonProsecutionReconsideration,
    ReceiveNonProsecutionReconsideration,
    ReconsiderNonProsecution,
    RequestNonProsecutionReview,
    ReceiveNonProsecutionReview,
    ReviewNonProsecution,
    ServeNonProsecution,
    AppealNonProsecution,
)
UNDER_REVIEW = (ReceiveProsecutionCase, ConfirmPapers, ExtendProsecutionReview, TransferProsecution)
