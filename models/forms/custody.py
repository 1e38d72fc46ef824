"""The forms of investigative custody (侦查羁押): extensions, restarts, what is not counted, and whether it is still needed."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from law.facts import Fact
from law.instruments import CNR, CPL, DET, MPSC, SPP
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.asked_of_matter import OnlyIn
from models.forms.chapters import Chapter
from models.forms.form import Amount, Form, Line, OptionalLine, OptionalText, Text
from models.forms.offences import ChargeCode

OFFICER = Office.CASE_OFFICER
COUNTY_HEAD = (Office.COUNTY_HEAD,)
PROCURATORATE = Office.PROCURATORATE
HIGHER = (Office.HIGHER_PROCURATORATE, Office.PROVINCIAL_PROCURATORATE)


class RequestCustodyExtension(
    Form,
    title="提请延长侦查羁押期限",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.CUSTODY_EXTENSION_REQUESTED,
    basis=(CPL.article(156), MPSC.article(148)),
    document="提请批准延长侦查羁押期限意见书",
    shares_with=(PROCURATORATE, *HIGHER),
):
    """Ask for longer custody, seven days before it ends at the latest (提请延长侦查羁押期限)."""

    grounds: Text = Field(title="延长理由")


class ExtendCustody(
    Form,
    title="批准延长侦查羁押期限",
    by=HIGHER,
    fact=Fact.CUSTODY_EXTENDED,
    basis=(CPL.article(156), CPL.article(158), CPL.article(159)),
    made_elsewhere="批准延长侦查羁押期限决定书",
):
    """The procuratorate at the level of the step approves longer custody (批准延长侦查羁押期限)."""

    extension: Amount = Field(title="延长期限", description="+1 month(上一级检察院)或者 +2 month(省级检察院)")
    grounds: Text = Field(title="延长理由")


class DiscoverNewCrime(
    Form, title="发现另有重要罪行", by=OFFICER, fact=Fact.NEW_CRIME_DISCOVERED, basis=(CPL.article(160), MPSC.article(151))
):
    """Discover that the arrested person committed another grave crime (另有重要罪行); what counts as one MPSC 151 says."""

    sort: Literal["不同种的重大犯罪", "影响罪名认定、量刑档次的同种重大犯罪"] = Field(title="与逮捕时的罪行相比")
    charge: ChargeCode = Field(title="另有罪行的罪名")
    grounds: Text = Field(title="罪行情况")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The discovery: of which crime, and how it compares with that of the arrest."""
        return replace(super().build_fact(fact, subject, at, approver), reason=self.sort, charge=self.charge)


class RestartCustody(
    Form,
    title="重新计算侦查羁押期限",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.CUSTODY_RESTARTED,
    basis=(CPL.article(160), MPSC.article(151)),
    document="变更羁押期限通知书",
    shares_with=(PROCURATORATE, Office.CUSTODY_CENTRE),
):
    """Count custody anew from the discovery (重新计算侦查羁押期限), filed with the procuratorate."""

    grounds: Text = Field(title="重新计算的理由")


class LeaveIdentityUnknown(
    Form,
    title="身份不明暂缓计算羁押期限",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.IDENTITY_UNKNOWN,
    basis=(CPL.article(160), MPSC.article(152)),
    chapter=Chapter.PEOPLE,
):
    """Put off the count while the person gives no true name and address (身份不明)."""

    grounds: Text = Field(title="身份不明的情况")


class EstablishIdentity(
    Form,
    title="查清身份",
    by=OFFICER,
    fact=Fact.IDENTITY_ESTABLISHED,
    basis=(CPL.article(160), MPSC.article(152)),
    chapter=Chapter.PEOPLE,
):
    """Establish who the person is, from when custody counts (查清身份)."""

    result: Text = Field(title="查清的身份情况")


# Only what was evaluated once is evaluated again.
_EVALUATED = OnlyIn(given=(Fact.EVALUATION_STARTED,))


class OfEvaluation(Form, chapter=Chapter.APPRAISAL):
    """What a decision to have somebody's mental state evaluated says: by whom, and why once more (精神病鉴定)."""

    reason: Line = Field(default="精神病鉴定", title="扣除事由")
    institution: Line = Field(title="鉴定机构")
    again: Annotated[Literal["补充鉴定", "重新鉴定", ""], _EVALUATED] = Field(
        default="", title="补充或者重新鉴定", description="已经作过鉴定的必填，不填不再扣除"
    )
    why: Annotated[OptionalText, _EVALUATED] = Field(default="", title="补充或者重新鉴定的法定情形")

    @model_validator(mode="after")
    def _check_reason_given(self) -> Self:
        if bool(self.again) != bool(self.why):
            raise ValueError("补充鉴定或者重新鉴定须写明法定情形（《公安机关办理刑事案件程序规定》第二百五十四条、第二百五十五条）")
        return self

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The evaluation, and before it the decision to supplement or to repeat one."""
        return ((Fact.REEVALUATION_DECIDED,) if self.again else ()) + (Fact.EVALUATION_STARTED,)


class StartEvaluation(
    OfEvaluation,
    title="决定精神病鉴定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EVALUATION_STARTED,
    or_facts=(Fact.REEVALUATION_DECIDED,),
    basis=(CPL.article(149), MPSC.article(254), MPSC.article(255), MPSC.article(257)),
    document="鉴定聘请书",
    shares_with=(PROCURATORATE, Office.CUSTODY_CENTRE),
):
    """Have the person's mental state evaluated, which alone of all examinations is not counted (精神病鉴定)."""


class EndEvaluation(
    Form,
    title="鉴定后恢复计算",
    by=OFFICER,
    fact=Fact.EVALUATION_ENDED,
    basis=(CPL.article(149), MPSC.article(257)),
    shares_with=(PROCURATORATE, Office.CUSTODY_CENTRE),
    chapter=Chapter.APPRAISAL,
):
    """Receive the evaluation, and count again (鉴定完毕)."""

    opinion: OptionalText = Field(default="", title="鉴定意见")


class StartReviewEvaluation(
    OfEvaluation,
    title="审查起诉期间决定精神病鉴定",
    by=PROCURATORATE,
    fact=Fact.EVALUATION_STARTED,
    or_facts=(Fact.REEVALUATION_DECIDED,),
    basis=(SPP.article(333), SPP.article(222)),
    shares_with=(Office.CUSTODY_CENTRE,),
):
    """The procuratorate that reviews the case has the suspect's mental state evaluated itself (审查起诉期间精神病鉴定)."""


class EndReviewEvaluation(
    Form,
    title="审查起诉期间精神病鉴定完毕",
    by=PROCURATORATE,
    fact=Fact.EVALUATION_ENDED,
    basis=(SPP.article(333), SPP.article(222)),
    shares_with=(Office.CUSTODY_CENTRE,),
    chapter=Chapter.APPRAISAL,
):
    """The procuratorate receives the evaluation that it ordered, and counts again (审查起诉期间鉴定完毕)."""

    opinion: OptionalText = Field(default="", title="鉴定意见")


class GiveCustodyNotice(
    Form,
    title="看守所通知羁押期限即将届满",
    by=Office.CUSTODY_CENTRE,
    fact=Fact.CUSTODY_NOTICE_GIVEN,
    basis=(DET.article(27), SPP.article(615)),
):
    """The custody centre warns that custody is about to end (羁押期限即将届满通知)."""

    note: OptionalLine = Field(default="", title="备注")


# Is it still needed? (羁押必要性)


class ReceiveNecessityApplication(
    Form, title="收到羁押必要性评估申请", by=OFFICER, fact=Fact.NECESSITY_APPLICATION_RECEIVED, basis=CNR.article(19)
):
    """Receive an application to assess whether custody is still needed (羁押必要性评估申请)."""

    applicant: Line = Field(title="申请人")
    note: OptionalText = Field(default="", title="申请理由")


class AssessNecessity(
    Form,
    title="羁押必要性评估",
    by=OFFICER,
    approved_by=(Office.STATION_HEAD, Office.LEGAL_REVIEWER),
    fact=Fact.NECESSITY_ASSESSED,
    basis=(CNR.article(4), CNR.article(20)),
    document="羁押必要性评估报告",
):
    """Assess whether custody is still needed (羁押必要性评估)."""

    assessment: Text = Field(title="评估意见")


class ReceiveNecessityReview(
    Form, title="检察院收到羁押必要性审查申请", by=PROCURATORATE, fact=Fact.NECESSITY_REVIEW_RECEIVED, basis=CNR.article(19)
):
    """The procuratorate receives an application for its own review (羁押必要性审查申请)."""

    note: OptionalText = Field(default="", title="申请理由")


class StartNecessityAppraisal(
    Form, title="羁押必要性审查委托鉴定或者听证", by=PROCURATORATE, fact=Fact.NECESSITY_APPRAISAL_STARTED, basis=CNR.article(19)
):
    """The procuratorate has something examined or heard, which is not counted (鉴定或者听证)."""

    reason: Line = Field(default="鉴定、专家意见或者听证", title="扣除事由")


class EndNecessityAppraisal(
    Form, title="羁押必要性审查鉴定或者听证完毕", by=PROCURATORATE, fact=Fact.NECESSITY_APPRAISAL_ENDED, basis=CNR.article(19)
):
    """That examination or hearing is over (鉴定或者听证完毕)."""

    note: OptionalLine = Field(default="", title="备注")


class ReviewNecessity(
    Form, title="作出羁押必要性审查决定", by=PROCURATORATE, fact=Fact.NECESSITY_REVIEWED, basis=(CPL.article(95), CNR.article(19))
):
    """The procuratorate decides whether custody is still needed (羁押必要性审查决定)."""

    decision: Text = Field(title="审查决定")


class ReceiveMisfiledApplication(
    Form, title="收到误投的羁押必要性审查申请", by=OFFICER, fact=Fact.NECESSITY_APPLICATION_MISFILED, basis=CNR.article(10)
):
    """Receive an application meant for the procuratorate (误投的申请)."""

    applicant: Line = Field(title="申请人")


class ForwardMisfiledApplication(
    Form,
    title="移送误投的羁押必要性审查申请",
    by=OFFICER,
    fact=Fact.NECESSITY_APPLICATION_FORWARDED,
    basis=CNR.article(10),
    shares_with=(PROCURATORATE,),
):
    """Pass that application on (移送申请)."""

    to: Line = Field(title="移送至")


class SuggestRelease(
    Form,
    title="建议释放或者变更强制措施",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.CUSTODY_SUGGESTION_RECEIVED,
    basis=(CPL.article(95), MPSC.article(159)),
    made_elsewhere="羁押必要性审查建议书",
):
    """The procuratorate suggests release or another measure (羁押必要性审查建议)."""

    suggestion: Text = Field(title="建议内容")


class AnswerSuggestion(
    Form,
    title="回复羁押必要性审查建议",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.CUSTODY_SUGGESTION_ANSWERED,
    basis=(CPL.article(95), MPSC.article(159)),
    shares_with=(PROCURATORATE,),
):
    """Tell the procuratorate what was done about it, and why (回复建议)."""

    answer: Text = Field(title="处理情况和理由")


# What is wrong with it?


class ApplyMeasureChange(
    Form, title="收到变更强制措施申请", by=OFFICER, fact=Fact.MEASURE_CHANGE_APPLIED, basis=(CPL.article(97), MPSC.article(160))
):
    """Receive an application to change the measure (变更强制措施申请)."""

    applicant: Line = Field(title="申请人")
    note: OptionalText = Field(default="", title="申请理由")


class AnswerMeasureChange(
    Form,
    title="答复变更强制措施申请",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.MEASURE_CHANGE_DECIDED,
    basis=(CPL.article(97), MPSC.article(160)),
):
    """Decide on that application, with reasons if it is refused (答复申请)."""

    decision: Text = Field(title="决定和理由")


class FindCustodyImproper(
    Form,
    title="发现羁押不当",
    by=(OFFICER, Office.LEGAL_REVIEWER, Office.SUPERVISOR),
    fact=Fact.CUSTODY_FOUND_IMPROPER,
    basis=(CPL.article(96), DET.article(8), MPSC.article(158)),
):
    """Find that the person should not be held (羁押不当)."""

    grounds: Text = Field(title="不当的情形")


class ComplainOfOverdueCustody(
    Form,
    title="收到超期羁押申诉或者纠正违法通知书",
    by=(OFFICER, PROCURATORATE, Office.CUSTODY_CENTRE),
    fact=Fact.OVERDUE_CUSTODY_COMPLAINT_RECEIVED,
    basis=(CPL.article(99), DET.article(31)),
):
    """Receive a complaint, or a notice to correct, about custody beyond its limit (超期羁押申诉)."""

    complaint: Text = Field(title="申诉内容")


class AnswerOverdueComplaint(
    Form,
    title="答复超期羁押申诉",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.OVERDUE_CUSTODY_COMPLAINT_ANSWERED,
    basis=(CPL.article(99), DET.article(33)),
):
    """Answer it (答复申诉)."""

    answer: Text = Field(title="审查结果")


class TakeForeignerMeasure(
    Form, title="对外国人采取强制措施", by=OFFICER, fact=Fact.FOREIGNER_MEASURE_TAKEN, basis=MPSC.article(367)
):
    """Record that the person under a measure is a foreigner (外国人)."""

    nationality: Line = Field(title="国籍")


class ReportForeignerMeasure(
    Form, title="报告外国人强制措施", by=OFFICER, fact=Fact.FOREIGNER_MEASURE_REPORTED, basis=MPSC.article(367)
):
    """Report that measure to the provincial police and the foreign office (报告)."""

    recipients: Line = Field(title="报告对象")


EVALUATION = (StartEvaluation, EndEvaluation, StartReviewEvaluation, EndReviewEvaluation)
IDENTITY = (LeaveIdentityUnknown, EstablishIdentity)
NECESSITY = (
    ReceiveNecessityApplication,
    AssessNecessity,
    ReceiveNecessityReview,
    StartNecessityAppraisal,
    EndNecessityAppraisal,
    ReviewNecessity,
    ReceiveMisfiledApplication,
    ForwardMisfiledApplication,
    SuggestRelease,
    AnswerSuggestion,
)
COMPLAINTS = (
    ApplyMeasureChange,
    AnswerMeasureChange,
    FindCustodyImproper,
    ComplainOfOverdueCustody,
    AnswerOverdueComplaint,
    TakeForeignerMeasure,
    ReportForeignerMeasure,
)
