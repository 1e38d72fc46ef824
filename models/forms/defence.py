"""The forms of defence (辩护): the right to a lawyer, the lawyer's visits, legal aid, guardians; recusal, complaints, appraisals."""

from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, CRR, LA, MPSC, SPP
from law.offices import Office
from models.forms.chapters import Chapter
from models.forms.form import Amount, Form, Line, OptionalLine, OptionalText, Text
from models.forms.widget import Widget

OFFICER = Office.CASE_OFFICER
CENTRE = Office.CUSTODY_CENTRE
COUNTY_HEAD = (Office.COUNTY_HEAD,)


class NotifyDefenceRight(
    Form,
    title="告知有权委托辩护人",
    by=(OFFICER, Office.PROCURATORATE, Office.COURT),
    fact=Fact.DEFENCE_RIGHT_NOTIFIED,
    basis=(CPL.article(34), SPP.article(40)),
    made_elsewhere="委托辩护人和申请法律援助告知书",
):
    """Tell the suspect of the right to a lawyer, and to legal aid (告知委托辩护权)."""

    note: OptionalText = Field(default="", title="告知情况", description="本人签名，或者电话告知、书面送达的记录")


class EngageDefender(
    Form, title="委托辩护人", by=(OFFICER, CENTRE), fact=Fact.DEFENDER_ENGAGED, basis=CPL.article(34), made_elsewhere="委托书"
):
    """Record whom the suspect or the family has engaged as a lawyer (委托辩护人)."""

    lawyer: Line = Field(title="辩护律师")
    firm: OptionalLine = Field(default="", title="律师事务所")


# The lawyer's visit (会见)


class RequestMeeting(
    Form, title="律师要求会见并查验手续", by=CENTRE, fact=Fact.MEETING_REQUESTED, basis=(CPL.article(39), MPSC.article(53))
):
    """The custody centre has checked the lawyer's three papers, from when the visit is due (要求会见)."""

    lawyer: Line = Field(title="律师")


class ArrangeMeeting(Form, title="安排律师会见", by=CENTRE, fact=Fact.LAWYER_MET, basis=(CPL.article(39), MPSC.article(53))):
    """The lawyer meets the client, who is not listened to (会见)."""

    note: OptionalLine = Field(default="", title="备注")


class ReceiveMeetingApplication(
    Form,
    title="收到会见许可申请",
    by=OFFICER,
    fact=Fact.MEETING_PERMISSION_APPLIED,
    basis=(MPSC.article(52), MPSC.article(54)),
):
    """Receive the application for a visit that needs permission, or for an interpreter at it (会见许可申请)."""

    applicant: Line = Field(title="申请人")
    note: OptionalText = Field(
        default="", title="申请事项", description="危害国家安全、恐怖活动犯罪案件的会见，或者翻译人员参与会见"
    )


class DecideMeetingPermission(
    Form,
    title="作出会见许可决定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.MEETING_PERMISSION_DECIDED,
    basis=(MPSC.article(52), MPSC.article(54)),
    document="准予会见犯罪嫌疑人决定书、不准予会见犯罪嫌疑人决定书",
    shares_with=(CENTRE,),
):
    """Permit the visit, or refuse it with reasons (会见许可)."""

    permitted: bool = Field(title="许可会见")
    explanation: OptionalText = Field(default="", title="不许可的理由")


# Legal aid (法律援助)


class FindLegalAidDuty(
    Form,
    title="发现应当通知指派律师的情形",
    by=(OFFICER, CENTRE),
    fact=Fact.LEGAL_AID_DUTY_FOUND,
    basis=(CPL.article(35), CPL.article(278), MPSC.article(46), MPSC.article(320)),
):
    """Find that a suspect without a lawyer must be given one (应当通知指派)."""

    situation: Literal["blind-deaf-mute", "limited-capacity", "life-or-death", "juvenile"] = Field(
        title="情形",
        description="blind-deaf-mute 盲聋哑、limited-capacity 尚未完全丧失辨认控制能力、life-or-death 可能判处无期徒刑或者死刑、juvenile 未成年",
    )


class NotifyLegalAidCentre(
    Form,
    title="通知法律援助机构指派律师",
    by=OFFICER,
    fact=Fact.LEGAL_AID_CENTRE_NOTIFIED,
    basis=(MPSC.article(46), LA.article(36)),
    document="提供法律援助通知书",
    shares_with=(Office.JUSTICE_BUREAU,),
):
    """Ask the legal aid centre to assign a lawyer (通知指派)."""

    centre: Line = Field(title="法律援助机构")


class AssignLegalAidLawyer(
    Form,
    title="法律援助机构指派律师",
    by=(Office.JUSTICE_BUREAU, OFFICER),
    fact=Fact.LEGAL_AID_LAWYER_ASSIGNED,
    basis=LA.article(36),
    made_elsewhere="法律援助公函",
):
    """The centre assigns a lawyer (指派律师)."""

    lawyer: Line = Field(title="指派的律师")


class DeclineLegalAidLawyer(
    Form,
    title="拒绝指派的律师",
    by=(OFFICER, CENTRE),
    fact=Fact.LEGAL_AID_LAWYER_DECLINED,
    basis=MPSC.article(47),
):
    """Record that the suspect does not want the lawyer whom the centre assigned (拒绝指派的律师)."""

    reason: OptionalText = Field(default="", title="拒绝的理由")


class TellLegalAidCentre(
    Form,
    title="告知法律援助机构不再需要指派",
    by=OFFICER,
    fact=Fact.LEGAL_AID_CENTRE_TOLD,
    basis=MPSC.article(47),
    shares_with=(Office.JUSTICE_BUREAU,),
):
    """Tell the centre that its lawyer was declined, or that the suspect has one of their own (告知法律援助机构)."""

    centre: Line = Field(title="法律援助机构")
    situation: Literal["declined", "engaged"] = Field(title="情形", description="declined 拒绝指派的律师、engaged 自行委托了辩护人")


class ReceiveLegalAidApplication(
    Form,
    title="收到在押人的法律援助申请",
    by=(OFFICER, CENTRE),
    fact=Fact.LEGAL_AID_APPLIED,
    basis=(MPSC.article(47), LA.article(39)),
):
    """Receive a held suspect's application for legal aid (法律援助申请)."""

    note: OptionalText = Field(default="", title="申请内容")


class ForwardLegalAidApplication(
    Form,
    title="转交法律援助申请",
    by=(OFFICER, CENTRE),
    fact=Fact.LEGAL_AID_FORWARDED,
    basis=(MPSC.article(47), LA.article(39)),
    shares_with=(Office.JUSTICE_BUREAU,),
):
    """Pass the application on, and ask the family for the papers it needs (转交申请)."""

    centre: Line = Field(title="法律援助机构")


class RequestDutyLawyer(
    Form, title="申请值班律师帮助", by=CENTRE, fact=Fact.DUTY_LAWYER_REQUESTED, basis=(CPL.article(36), MPSC.article(49))
):
    """A held suspect without a lawyer asks for the duty lawyer (申请值班律师)."""

    note: OptionalLine = Field(default="", title="备注")


class NotifyDutyLawyer(Form, title="通知值班律师", by=CENTRE, fact=Fact.DUTY_LAWYER_NOTIFIED, basis=MPSC.article(49)):
    """The custody centre calls the duty lawyer (通知值班律师)."""

    lawyer: OptionalLine = Field(default="", title="值班律师")


# A minor (未成年人)


class PlanJuvenileQuestioning(
    Form,
    title="拟讯问未成年犯罪嫌疑人",
    by=OFFICER,
    fact=Fact.JUVENILE_QUESTIONING_PLANNED,
    basis=(CPL.article(281), MPSC.article(323)),
):
    """Plan to question a minor, whose guardian is to be there (拟讯问未成年人)."""

    note: OptionalLine = Field(default="", title="拟讯问的时间、地点")


class NotifyGuardian(
    Form,
    title="通知法定代理人或者合适成年人到场",
    by=OFFICER,
    fact=Fact.GUARDIAN_NOTIFIED,
    basis=(CPL.article(281), MPSC.article(323)),
    document="未成年人法定代理人到场通知书",
):
    """Ask the guardian to come, or another fit adult where the guardian cannot (通知到场)."""

    adult: Line = Field(title="到场人及关系")
    instead: OptionalText = Field(default="", title="法定代理人不能到场的情况")


# Recusal (回避)


class ReceiveCriminalRecusal(
    Form, title="收到回避申请", by=(OFFICER, Office.LEGAL_REVIEWER), fact=Fact.CASE_RECUSAL_APPLIED, basis=MPSC.article(36)
):
    """Receive a party's application that an investigator be recused (回避申请)."""

    applicant: Line = Field(title="申请人")
    investigator: Annotated[Line, Widget("colleague")] = Field(title="被申请回避的人员")
    note: Text = Field(title="申请理由")


class ExtendCriminalRecusal(
    Form,
    title="延长回避决定期限",
    by=(OFFICER, Office.LEGAL_REVIEWER),
    approved_by=COUNTY_HEAD,
    fact=Fact.CASE_RECUSAL_EXTENDED,
    basis=MPSC.article(36),
):
    """Take up to five days over a complex recusal (延长回避决定期限)."""

    extension: Amount = Field(default="to 5 day", title="延长期限")
    grounds: Text = Field(title="延长理由")


class OrderCriminalRecusal(
    Form,
    title="决定回避",
    by=Office.COUNTY_HEAD,
    fact=Fact.CASE_RECUSAL_ORDERED,
    basis=MPSC.article(36),
    document="回避决定书",
):
    """Order that the investigator be recused (决定回避)."""

    decision: Text = Field(title="决定内容")


class RefuseCriminalRecusal(
    Form,
    title="驳回申请回避",
    by=Office.COUNTY_HEAD,
    fact=Fact.CASE_RECUSAL_REFUSED,
    basis=MPSC.article(36),
    document="驳回申请回避决定书",
):
    """Refuse it and serve the refusal, which may be contested (驳回申请回避)."""

    decision: Text = Field(title="驳回理由")


class ReceiveRecusalReconsideration(
    Form,
    title="收到驳回回避的复议申请",
    by=Office.LEGAL_REVIEWER,
    fact=Fact.CASE_RECUSAL_RECONSIDERATION_RECEIVED,
    basis=(MPSC.article(37), CRR.article(27)),
):
    """Receive the application to think again about a refusal (回避复议申请)."""

    note: OptionalText = Field(default="", title="申请理由")


class ReconsiderRecusal(
    Form,
    title="作出回避复议决定",
    by=Office.LEGAL_REVIEWER,
    approved_by=COUNTY_HEAD,
    fact=Fact.CASE_RECUSAL_RECONSIDERED,
    basis=(MPSC.article(37), CRR.article(27)),
    document="回避复议决定书",
):
    """Decide it, and tell the applicant in writing (回避复议决定)."""

    decision: Text = Field(title="复议决定")


# Complaints and appraisals (申诉控告 · 鉴定)


class ReceiveCriminalComplaint(
    Form,
    title="收到对超期、违法查扣等的申诉控告",
    by=(Office.LEGAL_REVIEWER, Office.SUPERVISOR, OFFICER),
    fact=Fact.COMPLAINT_RECEIVED,
    basis=(CPL.article(117), MPSC.article(196)),
):
    """Receive a complaint about a measure not ended, or a thing wrongly taken or kept (申诉控告)."""

    complainant: Line = Field(title="申诉人、控告人")
    complaint: Text = Field(title="申诉控告内容")


class AnswerCriminalComplaint(
    Form,
    title="书面答复申诉控告",
    by=Office.LEGAL_REVIEWER,
    approved_by=COUNTY_HEAD,
    fact=Fact.COMPLAINT_ANSWERED,
    basis=(CPL.article(117), MPSC.article(196)),
):
    """Decide on it and answer in writing (答复申诉控告)."""

    answer: Text = Field(title="处理决定")


class RefuseCriminalReappraisal(
    Form,
    title="决定不准补充鉴定、重新鉴定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.CRIMINAL_REAPPRAISAL_REFUSED,
    basis=(MPSC.article(254), MPSC.article(255)),
    chapter=Chapter.APPRAISAL,
):
    """Refuse a further or a new appraisal (不准重新鉴定)."""

    decision: Text = Field(title="不准的理由")


class NotifyCriminalReappraisalRefusal(
    Form,
    title="书面通知不准补充鉴定、重新鉴定",
    by=OFFICER,
    fact=Fact.CRIMINAL_REAPPRAISAL_REFUSAL_NOTIFIED,
    basis=(MPSC.article(254), MPSC.article(255)),
    chapter=Chapter.APPRAISAL,
):
    """Tell the applicant of the refusal in writing (通知不准重新鉴定)."""

    applicant: Line = Field(title="申请人")


# What concerns one suspect, held or not
DEFENCE = (
    NotifyDefenceRight,
    EngageDefender,
    ReceiveMeetingApplication,
    DecideMeetingPermission,
    FindLegalAidDuty,
    NotifyLegalAidCentre,
    AssignLegalAidLawyer,
    DeclineLegalAidLawyer,
    TellLegalAidCentre,
    PlanJuvenileQuestioning,
    NotifyGuardian,
)
# What only the custody centre's inmates need
DEFENCE_IN_CUSTODY = (
    RequestMeeting,
    ArrangeMeeting,
    ReceiveLegalAidApplication,
    ForwardLegalAidApplication,
    RequestDutyLawyer,
    NotifyDutyLawyer,
)
# What concerns the whole case
RECUSAL = (
    ReceiveCriminalRecusal,
    ExtendCriminalRecusal,
    OrderCriminalRecusal,
    RefuseCriminalRecusal,
    ReceiveRecusalReconsideration,
    ReconsiderRecusal,
)
CASE_COMPLAINTS = (
    ReceiveCriminalComplaint,
    AnswerCriminalComplaint,
    RefuseCriminalReappraisal,
    NotifyCriminalReappraisalRefusal,
)
