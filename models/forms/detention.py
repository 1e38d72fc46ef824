"""The forms of detention and arrest (拘留 · 逮捕): from the warrant to the receipt, and the way out."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, DET, MPSC, SPP
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.asked_of_matter import OnlyIn
from models.forms.form import Amount, Form, Line, OptionalLine, OptionalText, Term, Text

OFFICER = Office.CASE_OFFICER
COUNTY_HEAD = (Office.COUNTY_HEAD,)
PROCURATORATE = Office.PROCURATORATE


class ExecuteDetention(
    Form,
    title="执行拘留",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.DETENTION_EXECUTED,
    or_facts=(Fact.RENEWED_DETENTION_GROUNDED,),
    basis=(CPL.article(82), CPL.article(85), MPSC.article(125)),
    document="拘留证",
    shares_with=(Office.CUSTODY_CENTRE,),
):
    """Announce the detention warrant to the suspect, who signs it (执行拘留); `at` is the time written on it."""

    place: Line = Field(title="执行地点")
    grounds: Text = Field(title="拘留理由")
    new_facts: Annotated[OptionalText, OnlyIn(given=(Fact.DETENTION_EXECUTED, Fact.PRIOR_DETENTION_EXECUTED))] = Field(
        default="",
        title="再次拘留的新事实、新证据",
        description="本案中曾经拘留的必填：此前释放以后新发现的事实、证据或者违反取保候审、监视居住规定的情形",
    )
    reason: Literal["现行犯", "违反取保候审、监视居住规定", ""] = Field(
        default="",
        title="拘留情形",
        description="对现行犯先行拘留的，或者对违反取保候审、监视居住规定、需要逮捕的先行拘留的选择",
    )
    term: Term = Field(default="", title="批准的拘留期限")
    elsewhere: OptionalText = Field(
        default="", title="与另案羁押的衔接", description="该人正在本局另案羁押的必填：并案、换押的商定情况"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The detention, and where it is not the first in this case, what is new."""
        return (Fact.RENEWED_DETENTION_GROUNDED, Fact.DETENTION_EXECUTED) if self.new_facts else (Fact.DETENTION_EXECUTED,)


class ExecutePriorDetention(
    Form,
    title="执行先行拘留（监察机关移送）",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PRIOR_DETENTION_EXECUTED,
    basis=(CPL.article(170), MPSC.article(132), SPP.article(142)),
    document="拘留证",
    shares_with=(Office.CUSTODY_CENTRE, PROCURATORATE),
):
    """Execute the procuratorate's decision to detain whom a supervisory commission hands over; its own custody ends with it (先行拘留)."""

    place: Line = Field(title="执行地点")
    decision: Line = Field(title="人民检察院拘留决定书文号")
    grounds: Text = Field(default="监察机关移送起诉、已采取留置措施，人民检察院决定先行拘留", title="拘留理由")


class ExtendPriorDetention(
    Form,
    title="延长先行拘留后的决定期限",
    by=PROCURATORATE,
    fact=Fact.PRIOR_DETENTION_EXTENDED,
    basis=(CPL.article(170), SPP.article(143)),
):
    """The procuratorate takes up to four days more to decide on arrest, bail or surveillance (延长决定期限)."""

    extension: Amount = Field(title="延长期限", description="+1 day 至 +4 day")
    grounds: Text = Field(title="特殊情况")


class DeliverToCustodyCentre(
    Form,
    title="送看守所",
    by=OFFICER,
    fact=Fact.DELIVERED_TO_CUSTODY_CENTRE,
    basis=(CPL.article(85), MPSC.article(126)),
    made_elsewhere="拘留证回执",
    shares_with=(Office.CUSTODY_CENTRE,),
):
    """Hand the detained person over to the custody centre (送看守所羁押)."""

    centre: Line = Field(title="看守所")


class ExtendDetention(
    Form,
    title="延长拘留",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.DETENTION_EXTENDED,
    basis=(CPL.article(91), MPSC.article(129)),
    document="延长拘留期限通知书",
):
    """Take longer to ask for arrest (延长拘留)."""

    extension: Amount = Field(title="延长期限", description="+1 day 至 +4 day，或者至多 to 30 day")
    grounds: Text = Field(title="延长理由")


class Release(
    Form,
    title="释放",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PERSON_RELEASED,
    basis=(CPL.article(86), CPL.article(91), MPSC.article(161)),
    document="释放通知书",
    shares_with=(Office.CUSTODY_CENTRE,),
):
    """Set a held person free (释放)."""

    grounds: Text = Field(title="释放理由")


class RequestArrest(
    Form,
    title="提请批准逮捕",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.ARREST_REQUESTED,
    basis=(CPL.article(87), MPSC.article(137)),
    document="提请批准逮捕书",
    shares_with=(PROCURATORATE,),
):
    """Ask the procuratorate to approve arrest (提请批准逮捕)."""

    summary: OptionalText = Field(
        default="", title="案情", description="侦查至今查明的犯罪事实，写入提请批准逮捕书；不填即沿用受案时的案情"
    )
    grounds: Text = Field(title="提请理由")


class ReceiveArrestRequest(
    Form, title="收到提请批准逮捕书", by=PROCURATORATE, fact=Fact.ARREST_REQUEST_RECEIVED, basis=(CPL.article(91), SPP.article(282))
):
    """The procuratorate receives the request, and its own time begins (收到提请批准逮捕书)."""

    note: OptionalLine = Field(default="", title="备注")


class ExtendArrestReview(
    Form, title="延长审查批捕期限", by=PROCURATORATE, fact=Fact.ARREST_REVIEW_EXTENDED, basis=SPP.article(282)
):
    """The procuratorate takes longer over a person who is not detained (延长审查逮捕)."""

    extension: Amount = Field(default="to 20 day", title="延长期限")
    grounds: Text = Field(title="延长理由")


class ApproveArrest(
    Form,
    title="批准逮捕",
    by=PROCURATORATE,
    fact=Fact.ARREST_APPROVED,
    or_facts=(Fact.ARREST_DECIDED_UNASKED,),
    basis=(CPL.article(80), CPL.article(90), MPSC.article(142), SPP.article(289)),
    made_elsewhere="批准逮捕决定书",
):
    """The procuratorate approves the arrest (批准逮捕), or decides one that nobody had asked it for."""

    unasked: Literal["撤销原不批准逮捕决定", "审查起诉中决定逮捕", ""] = Field(
        default="", title="没有提请而决定逮捕的情形", description="不是就提请批准逮捕、要求复议、提请复核作出的决定必填"
    )
    note: OptionalText = Field(default="", title="备注")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The approval, and before it that nobody had asked for it."""
        return (Fact.ARREST_DECIDED_UNASKED, Fact.ARREST_APPROVED) if self.unasked else (Fact.ARREST_APPROVED,)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The decision; of one that nobody had asked for, why it is taken."""
        brought = super().build_fact(fact, subject, at, approver)
        return replace(brought, reason=self.unasked) if fact is Fact.ARREST_DECIDED_UNASKED else brought


class RefuseArrest(
    Form,
    title="不批准逮捕",
    by=PROCURATORATE,
    fact=Fact.ARREST_REFUSED,
    basis=(CPL.article(90), CPL.article(91), MPSC.article(140)),
    made_elsewhere="不批准逮捕决定书",
):
    """The procuratorate refuses the arrest; whoever is held must be released at once (不批准逮捕)."""

    grounds: Text = Field(title="不批准理由")
    reason: Literal["no-crime", "insufficient-evidence", "unnecessary", ""] = Field(
        default="", title="不批准的类别", description="no-crime 不构成犯罪、insufficient-evidence 证据不足、unnecessary 无逮捕必要"
    )


class RevokeArrestApproval(
    Form,
    title="撤销批准逮捕决定",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.ARREST_APPROVAL_REVOKED,
    basis=SPP.article(289),
    made_elsewhere="撤销批准逮捕决定书",
    shares_with=(Office.CUSTODY_CENTRE,),
):
    """The procuratorate revokes its approval as wrong; whoever is held is released, or the measure changed, at once (撤销批准逮捕)."""

    grounds: Text = Field(title="撤销理由")


class ExecuteArrest(
    Form,
    title="执行逮捕",
    by=OFFICER,
    fact=Fact.ARREST_EXECUTED,
    or_facts=(Fact.RENEWED_ARREST_GROUNDED,),
    basis=(CPL.article(93), MPSC.article(142), MPSC.article(143)),
    document="逮捕证",
    shares_with=(Office.CUSTODY_CENTRE,),
):
    """Announce the arrest warrant to the suspect, who signs it (执行逮捕)."""

    place: Line = Field(title="执行地点")
    new_facts: Annotated[OptionalText, OnlyIn(given=(Fact.ARREST_EXECUTED,))] = Field(
        default="",
        title="再次逮捕的新事实、新证据",
        description="本案中曾经逮捕的必填：此前释放或者变更强制措施以后新发现的事实、证据或者情形",
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The arrest, and where it is not the first in this case, what is new."""
        return (Fact.RENEWED_ARREST_GROUNDED, Fact.ARREST_EXECUTED) if self.new_facts else (Fact.ARREST_EXECUTED,)


class FailArrest(Form, title="逮捕未能执行", by=OFFICER, fact=Fact.ARREST_FAILED, basis=MPSC.article(142)):
    """Record that an approved arrest could not be executed (未能执行)."""

    grounds: Text = Field(title="未能执行的原因")


class ReturnArrestReceipt(
    Form,
    title="送回逮捕执行回执",
    by=OFFICER,
    fact=Fact.ARREST_RECEIPT_RETURNED,
    basis=MPSC.article(142),
    made_elsewhere="执行回执",
    shares_with=(PROCURATORATE,),
):
    """Tell the procuratorate that the arrest was, or could not be, executed (执行回执)."""

    note: OptionalLine = Field(default="", title="备注")


# After a refusal


class RequestArrestReconsideration(
    Form,
    title="要求复议不批准逮捕",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.ARREST_RECONSIDERATION_REQUESTED,
    basis=(CPL.article(92), MPSC.article(141)),
    document="要求复议意见书",
    shares_with=(PROCURATORATE,),
):
    """Ask the same procuratorate to think again; the person is free meanwhile (要求复议)."""

    grounds: Text = Field(title="复议理由")


class ReceiveArrestReconsideration(
    Form, title="收到要求复议意见书", by=PROCURATORATE, fact=Fact.ARREST_RECONSIDERATION_RECEIVED, basis=SPP.article(290)
):
    """The procuratorate receives that request (收到要求复议意见书)."""

    note: OptionalLine = Field(default="", title="备注")


class ReconsiderArrest(
    Form,
    title="作出复议决定",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.ARREST_RECONSIDERED,
    basis=(SPP.article(290), MPSC.article(141)),
    made_elsewhere="复议决定书",
):
    """The procuratorate's decision on it arrives (复议决定书); a reversal is an approval besides."""

    decision: Text = Field(title="复议决定")


class RequestArrestReview(
    Form,
    title="提请复核不批准逮捕",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.ARREST_REVIEW_REQUESTED,
    basis=(CPL.article(92), MPSC.article(141)),
    document="提请复核意见书",
    shares_with=(Office.HIGHER_PROCURATORATE,),
):
    """Ask the next higher procuratorate (提请复核)."""

    grounds: Text = Field(title="复核理由")


class ReceiveArrestReview(
    Form, title="收到提请复核意见书", by=Office.HIGHER_PROCURATORATE, fact=Fact.ARREST_REVIEW_RECEIVED, basis=SPP.article(291)
):
    """The higher procuratorate receives that request (收到提请复核意见书)."""

    note: OptionalLine = Field(default="", title="备注")


class ReviewArrest(
    Form,
    title="作出复核决定",
    by=(Office.HIGHER_PROCURATORATE, OFFICER),
    fact=Fact.ARREST_REVIEWED,
    basis=(SPP.article(291), MPSC.article(141)),
    made_elsewhere="复核决定书",
):
    """The higher procuratorate's decision arrives (复核决定书)."""

    decision: Text = Field(title="复核决定")


class GiveDetentionNotice(
    Form, title="看守所提示拘留期限", by=Office.CUSTODY_CENTRE, fact=Fact.DETENTION_NOTICE_GIVEN, basis=DET.article(27)
):
    """The custody centre reminds the investigators that a detention is about to end (提示拘留期限)."""

    note: OptionalLine = Field(default="", title="备注")


REFUSAL_REMEDIES = (
    RequestArrestReconsideration,
    ReceiveArrestReconsideration,
    ReconsiderArrest,
    RequestArrestReview,
    ReceiveArrestReview,
    ReviewArrest,
)
