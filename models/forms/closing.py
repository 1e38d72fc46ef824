"""The forms around the end of an investigation (侦查终结前后): telling of it, reopening, special means, and special procedures."""

from datetime import datetime
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, MPSC, SPP
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.exhibit import EndsCriminalProcedure
from models.forms.form import Amount, Form, Line, OnlyWhere, OptionalLine, OptionalText, Term, Text
from models.forms.injuries import Mediable, declare_known_injuries_field, declare_mediation_field
from models.forms.offences import ViolationCode
from models.forms.public_order_case import FilePublicOrderCase

OFFICER = Office.CASE_OFFICER
COUNTY_HEAD = (Office.COUNTY_HEAD,)
CITY_HEAD = (Office.CITY_HEAD,)
PROCURATORATE = Office.PROCURATORATE


class NotifyCancellation(
    Form,
    title="告知撤销案件",
    by=OFFICER,
    fact=Fact.CANCELLATION_NOTIFIED,
    basis=(CPL.article(163), MPSC.article(189)),
    document="送达回证",
):
    """Tell the former suspect, the victim and whoever referred the case that it is cancelled (告知撤销案件)."""

    paper: ClassVar[str] = "撤销案件决定书"
    told: Text = Field(title="告知对象和方式")


class NotifyTermination(
    Form,
    title="告知终止侦查",
    by=OFFICER,
    fact=Fact.TERMINATION_NOTIFIED,
    basis=MPSC.article(189),
    document="送达回证",
):
    """Tell the former suspect that the investigation of them is over (告知终止侦查)."""

    paper: ClassVar[str] = "终止侦查决定书"
    means: Line = Field(title="告知方式")


class ReopenCase(
    Form,
    title="重新立案侦查",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.CASE_REOPENED,
    basis=MPSC.article(190),
    document="立案决定书",
):
    """Investigate a cancelled case again on new facts or evidence (重新立案侦查)."""

    explanation: Text = Field(title="新的事实或者证据")


class TurnAdministrative(
    EndsCriminalProcedure,
    title="转行政处理",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.CASE_TURNED_ADMINISTRATIVE,
    basis=(MPSC.article(177), MPSC.article(187)),
    document="移送行政处理通知书",
):
    """Hand over for an administrative penalty what is no crime, or not punished as one (转行政处理)."""

    explanation: Text = Field(title="转行政处理的理由")
    violation: ViolationCode | None = Field(
        default=None, title="违反治安管理行为", description="由公安机关处罚的填写，另立治安案件；移交其他机关的不填"
    )
    to: OptionalLine = Field(default="", title="接收部门")
    injured: bool | None = declare_known_injuries_field()
    mediable: Mediable = declare_mediation_field()

    def build_case(self) -> FilePublicOrderCase | None:
        """The public-order case that goes on in its place; None where another authority has it."""
        if self.violation is None:
            return None
        # What this one leaves open, the record may know.
        return FilePublicOrderCase.model_construct(
            at=self.at, violation=self.violation, summary=self.explanation, injured=self.injured, mediable=self.mediable
        )


class ResumeInvestigation(
    Form,
    title="继续侦查",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    basis=MPSC.article(190, paragraph=2),
):
    """Investigate a person again on new facts or evidence after it was ended (继续侦查)."""

    explanation: Text = Field(title="新的事实或者证据")


# Special means of investigation


class SendInquiry(
    Form,
    title="请求异地协查",
    by=OFFICER,
    fact=Fact.INQUIRY_RECEIVED,
    basis=MPSC.article(353),
    document="办案协作函",
):
    """Ask other police about a suspect's identity, age or record; `at` is when they received it (请求协查)."""

    police: Line = Field(title="协作地公安机关")
    matter: Text = Field(title="协查事项")
    base: Literal["7 day", "15 day"] = Field(default="7 day", title="回复期限", description="交通十分不便的边远地区为 15 day")


class ReceiveInquiryReply(Form, title="收到协查结果", by=OFFICER, fact=Fact.INQUIRY_ANSWERED, basis=MPSC.article(353)):
    """Receive what they found (协查结果)."""

    result: Text = Field(title="协查结果")


class OfHouseholdCertificate(Form):
    """A step that concerns one of several certificates asked for: each is answered by itself."""

    certificate: int = Field(default=1, title="请求序号", ge=1, le=200, description="本案第几份户籍证明")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about for that certificate."""
        return super().build_facts(f"{subject}/certificate-{self.certificate}", at, approver)


class AskHouseholdCertificate(
    OfHouseholdCertificate,
    title="请求出具户籍证明",
    by=OFFICER,
    fact=Fact.HOUSEHOLD_CERTIFICATE_ASKED,
    basis=(MPSC.article(347), MPSC.article(353, paragraph=2)),
    document="办案协作函",
):
    """Ask the police of a person's home over the cooperation platform for a certificate of the register (请求户籍证明)."""

    police: Line = Field(title="协作地公安机关")
    whose: Line = Field(title="何人的户籍证明")


class ReceiveHouseholdCertificate(
    OfHouseholdCertificate,
    title="收到户籍证明",
    by=OFFICER,
    fact=Fact.HOUSEHOLD_CERTIFICATE_RECEIVED,
    basis=MPSC.article(353, paragraph=2),
):
    """Receive it (收到户籍证明)."""

    note: OptionalText = Field(default="", title="证明内容")


class OfAssistance(Form):
    """A step that concerns one of several requests from abroad: each has its own time."""

    assistance: int = Field(default=1, title="请求序号", ge=1, le=200, description="第几项外国请求")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about for that request."""
        return super().build_facts(f"{subject}/assistance-{self.assistance}", at, approver)


_TERM_SAID = "请求书附有办理期限的，填写该期限；没有附的不填"


class ReceiveAssistanceRequest(
    OfAssistance,
    title="收到刑事司法协助请求",
    by=OFFICER,
    fact=Fact.ASSISTANCE_EVIDENCE_REQUESTED,
    or_facts=(Fact.ASSISTANCE_SERVICE_REQUESTED, Fact.ASSISTANCE_WITH_TERM_REQUESTED),
    basis=(MPSC.article(378), MPSC.article(379)),
):
    """Receive through the ministry what the police of another state ask for (收到刑事司法协助请求)."""

    state: Line = Field(title="请求方")
    subject: Literal["evidence", "service"] = Field(title="请求事项", description="evidence 调查取证、service 送达刑事诉讼文书")
    with_term: bool = Field(default=False, title="请求书附有办理期限")
    term: Annotated[Term, OnlyWhere({"with_term": (True,)}, _TERM_SAID, _TERM_SAID)] = Field(
        default="", title="请求书的办理期限", description="附有办理期限的必填，例如 45 day", validate_default=True
    )
    request: Text = Field(title="请求内容")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The request, whose time is its own, three months, or ten days."""
        if self.with_term:
            return (Fact.ASSISTANCE_WITH_TERM_REQUESTED,)
        return (Fact.ASSISTANCE_SERVICE_REQUESTED if self.subject == "service" else Fact.ASSISTANCE_EVIDENCE_REQUESTED,)


class CompleteAssistance(
    OfAssistance,
    title="刑事司法协助执行完毕",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.ASSISTANCE_GIVEN,
    basis=(MPSC.article(378), MPSC.article(379)),
):
    """Send the result upwards, through the province to the ministry (执行完毕，层报公安部)."""

    result: Text = Field(title="执行结果和材料")


class ApproveTechInvestigation(
    Form,
    title="采取技术侦查措施",
    by=OFFICER,
    approved_by=CITY_HEAD,
    fact=Fact.TECH_APPROVED,
    basis=(CPL.article(150), MPSC.article(265)),
    document="采取技术侦查措施决定书",
):
    """Have special technical means approved, which then hold for three months (技术侦查)."""

    grounds: Text = Field(title="采取措施的理由")
    means: Line = Field(title="措施的种类和适用对象")


class ExtendTechInvestigation(
    Form,
    title="延长技术侦查措施期限",
    by=OFFICER,
    approved_by=CITY_HEAD,
    fact=Fact.TECH_EXTENDED,
    basis=(CPL.article(151), MPSC.article(266)),
    document="延长技术侦查措施期限决定书",
):
    """Have them approved for longer, three months at most each time (延长技术侦查)."""

    extension: Amount = Field(default="+3 month", title="延长期限")
    grounds: Text = Field(title="延长理由")


class LiftTechInvestigation(
    Form,
    title="解除技术侦查措施",
    by=OFFICER,
    fact=Fact.TECH_LIFTED,
    basis=(CPL.article(151), MPSC.article(266)),
    document="解除技术侦查措施决定书",
):
    """Give them up, because they are no longer needed or have expired (解除技术侦查)."""

    note: OptionalText = Field(default="", title="解除理由")


class HandBorderControl(
    Form,
    title="紧急情况下先行交控",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.BORDER_CONTROL_HANDED,
    basis=MPSC.article(278),
    document="边控函",
):
    """Have a port stop a suspect in an emergency, before the province has approved it (先行交控)."""

    grounds: Text = Field(title="紧急情况")
    port: Line = Field(title="口岸边防检查机关")


class CompleteBorderControl(
    Form,
    title="按规定程序办妥边控",
    by=OFFICER,
    fact=Fact.BORDER_CONTROL_COMPLETED,
    basis=MPSC.article(278),
    document="边控对象通知书",
):
    """Obtain the province's approval that the emergency left out (办妥边控手续)."""

    note: OptionalLine = Field(default="", title="批准情况")


# Compulsory medical treatment and confiscation (特别程序)


class FindNotResponsible(
    Form,
    title="鉴定为依法不负刑事责任的精神病人",
    by=OFFICER,
    fact=Fact.FOUND_NOT_RESPONSIBLE,
    basis=(MPSC.article(342), MPSC.article(343)),
    made_elsewhere="鉴定意见",
):
    """Learn from the appraisal that the person is not criminally responsible, and may do harm again (不负刑事责任)."""

    opinion: Text = Field(title="鉴定意见")


class ProposeCompulsoryMedical(
    Form,
    title="移送强制医疗意见书",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.SPECIAL_PROCEDURE_PROPOSED,
    basis=(CPL.article(303), MPSC.article(343)),
    document="强制医疗意见书",
    shares_with=(PROCURATORATE,),
):
    """Propose compulsory medical treatment to the procuratorate (强制医疗意见书)."""

    opinion: Text = Field(title="意见")


class ReceiveMedicalOpinion(
    Form,
    title="检察院接到强制医疗意见书",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.MEDICAL_OPINION_RECEIVED,
    basis=SPP.article(539),
):
    """The procuratorate receives the proposal (接到强制医疗意见书)."""

    note: OptionalLine = Field(default="", title="备注")


class DecideMedicalApplication(
    Form,
    title="检察院决定是否申请强制医疗",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.MEDICAL_APPLICATION_DECIDED,
    basis=SPP.article(539),
    shares_with=(Office.COURT,),
):
    """The procuratorate applies to the court, or not (是否申请强制医疗)."""

    decision: Text = Field(title="决定内容")


class AcceptMedicalApplication(
    Form,
    title="法院受理强制医疗申请",
    by=(Office.COURT, OFFICER),
    fact=Fact.MEDICAL_APPLICATION_ACCEPTED,
    basis=CPL.article(305),
):
    """The court takes up the application (受理强制医疗申请)."""

    note: OptionalLine = Field(default="", title="备注")


class DecideMedicalTreatment(
    Form,
    title="法院决定是否强制医疗",
    by=(Office.COURT, OFFICER),
    fact=Fact.MEDICAL_TREATMENT_DECIDED,
    basis=CPL.article(305),
    made_elsewhere="强制医疗决定书",
):
    """The court orders compulsory medical treatment, or not (是否强制医疗)."""

    decision: Text = Field(title="决定内容")


class ProposeConfiscation(
    Form,
    title="移送没收违法所得意见书",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.SPECIAL_PROCEDURE_PROPOSED,
    basis=(CPL.article(298), MPSC.article(339), MPSC.article(340)),
    document="没收违法所得意见书",
    shares_with=(PROCURATORATE,),
):
    """Propose to confiscate the proceeds of a suspect who has fled or died (没收违法所得)."""

    opinion: Text = Field(title="意见")


SPECIAL_MEANS = (
    SendInquiry,
    ReceiveInquiryReply,
    AskHouseholdCertificate,
    ReceiveHouseholdCertificate,
    ReceiveAssistanceRequest,
    CompleteAssistance,
    ApproveTechInvestigation,
    ExtendTechInvestigation,
    LiftTechInvestigation,
)
BORDER_CONTROL = (HandBorderControl, CompleteBorderControl)
COMPULSORY_MEDICAL = (
    FindNotResponsible,
    ProposeCompulsoryMedical,
    ReceiveMedicalOpinion,
    DecideMedicalApplication,
    AcceptMedicalApplication,
    DecideMedicalTreatment,
)
