"""What may be done about filing or not filing: the complainant's and the agency's remedies, and the procuratorate's supervision."""

from typing import ClassVar

from pydantic import Field

from law.facts import Fact
from law.instruments import CRR, MPSC, SPP
from law.offices import Office
from models.forms.form import Amount, Form, Line, OptionalLine, OptionalText, Text

OFFICER = Office.CASE_OFFICER
REVIEWER = Office.LEGAL_REVIEWER
SUPERVISION = MPSC.article(182)


class ServeNoFilingNotice(
    Form,
    title="送达不予立案通知书",
    by=OFFICER,
    fact=Fact.NO_FILING_NOTICE_SERVED,
    basis=MPSC.article(178),
    document="送达回证",
):
    """Serve the notice on the complainant, from whose receipt the remedies run (送达)."""

    paper: ClassVar[str] = "不予立案通知书"
    recipient: Line = Field(title="受送达人")
    means: OptionalLine = Field(default="", title="送达方式")


class ReceiveReconsideration(
    Form,
    title="收到不予立案复议申请",
    by=REVIEWER,
    fact=Fact.NO_FILING_RECONSIDERATION_RECEIVED,
    basis=MPSC.article(179),
):
    """Receive the complainant's application for reconsideration (复议申请)."""

    note: OptionalText = Field(default="", title="申请事项和理由")


class DecideReconsideration(
    Form,
    title="作出不予立案复议决定",
    by=REVIEWER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.NO_FILING_RECONSIDERATION_DECIDED,
    basis=MPSC.article(179),
    document="刑事复议决定书",
):
    """Decide the reconsideration (复议决定)."""

    decision: Text = Field(title="复议决定")


class ServeReconsideration(
    Form,
    title="送达不予立案复议决定",
    by=(REVIEWER, OFFICER),
    fact=Fact.NO_FILING_RECONSIDERATION_SERVED,
    basis=MPSC.article(179),
    made_elsewhere="刑事复议决定书",
):
    """Serve the decision, from whose receipt a review may be asked for (送达复议决定)."""

    recipient: Line = Field(title="受送达人")


class ReceiveReview(
    Form,
    title="收到不予立案复核申请",
    by=(REVIEWER, Office.HIGHER_POLICE),
    fact=Fact.NO_FILING_REVIEW_RECEIVED,
    basis=MPSC.article(179),
):
    """Receive the complainant's application for review by the next higher police (复核申请)."""

    note: OptionalText = Field(default="", title="申请事项和理由")


class DecideReview(
    Form,
    title="作出不予立案复核决定",
    by=(Office.HIGHER_POLICE, REVIEWER),
    fact=Fact.NO_FILING_REVIEW_DECIDED,
    basis=MPSC.article(179),
    made_elsewhere="刑事复核决定书",
):
    """Decide the review, which binds the police below (复核决定)."""

    decision: Text = Field(title="复核决定")


class ExtendRemedy(
    Form,
    title="延长复议复核期限",
    by=REVIEWER,
    fact=Fact.NO_FILING_REMEDY_EXTENDED,
    basis=CRR.article(30),
    document="延长复议复核期限通知书",
):
    """Take longer to decide a reconsideration or review (延长复议复核期限)."""

    extension: Amount = Field(title="延长期限")
    grounds: Text = Field(title="延长理由")


class RecordObstacle(
    Form,
    title="记明不可抗力等正当事由",
    by=(REVIEWER, OFFICER),
    fact=Fact.OBSTACLE_AROSE,
    basis=CRR.article(8),
):
    """Record what kept the complainant from applying (正当事由), which is not counted."""

    reason: Line = Field(default="不可抗力或者其他正当理由", title="扣除事由")
    details: OptionalText = Field(default="", title="情况说明")


class EndObstacle(Form, title="记明正当事由消除", by=(REVIEWER, OFFICER), fact=Fact.OBSTACLE_ENDED, basis=CRR.article(8)):
    """Record that the complainant can apply again (事由消除)."""

    details: OptionalText = Field(default="", title="证明材料")


class ServeAgencyNotice(
    Form,
    title="向移送机关送达不予立案通知书",
    by=OFFICER,
    fact=Fact.AGENCY_NO_FILING_NOTICE_SERVED,
    basis=MPSC.article(181),
    document="送达回证",
):
    """Serve the notice on the agency that referred the case (送达移送机关)."""

    paper: ClassVar[str] = "不予立案通知书"
    agency: Line = Field(title="移送机关")


class ReceiveAgencyReconsideration(
    Form,
    title="收到移送机关复议申请",
    by=REVIEWER,
    fact=Fact.AGENCY_RECONSIDERATION_RECEIVED,
    basis=MPSC.article(181),
):
    """Receive the agency's application for reconsideration (移送机关复议)."""

    note: OptionalText = Field(default="", title="申请事项和理由")


class DecideAgencyReconsideration(
    Form,
    title="作出移送机关复议决定",
    by=REVIEWER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.AGENCY_RECONSIDERATION_DECIDED,
    basis=MPSC.article(181),
    document="刑事复议决定书",
):
    """Decide the agency's reconsideration (移送机关复议决定)."""

    decision: Text = Field(title="复议决定")


class AskFilingExplanation(
    Form,
    title="要求说明立案或者不立案理由",
    by=(Office.PROCURATORATE, OFFICER),
    fact=Fact.FILING_EXPLANATION_ASKED,
    basis=SUPERVISION,
    made_elsewhere="要求说明（不）立案理由通知书",
):
    """The procuratorate asks why the case was, or was not, filed (立案监督)."""

    note: OptionalText = Field(default="", title="要求说明的事项")


class AskDelayExplanation(
    Form,
    title="要求说明逾期未立案理由",
    by=(Office.PROCURATORATE, OFFICER),
    fact=Fact.FILING_DELAY_EXPLANATION_ASKED,
    basis=SPP.article(562),
):
    """The procuratorate asks why nothing was decided in time (逾期未决定)."""

    note: OptionalText = Field(default="", title="要求说明的事项")


class ExplainFiling(
    Form,
    title="书面说明理由",
    by=OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.FILING_EXPLAINED,
    basis=SUPERVISION,
    document="(不)立案理由说明书",
    shares_with=(Office.PROCURATORATE,),
):
    """Explain to the procuratorate in writing (说明理由)."""

    grounds: Text = Field(title="理由")


class OrderFiling(
    Form,
    title="通知立案",
    by=(Office.PROCURATORATE, OFFICER),
    fact=Fact.FILING_ORDERED,
    basis=SUPERVISION,
    made_elsewhere="通知立案书",
):
    """The procuratorate orders the case to be filed (通知立案)."""

    note: OptionalText = Field(default="", title="通知立案的理由")


class OrderCancellation(
    Form,
    title="通知撤销案件",
    by=(Office.PROCURATORATE, OFFICER),
    fact=Fact.CANCELLATION_ORDERED,
    basis=(SPP.article(561), SPP.article(563)),
    made_elsewhere="通知撤销案件书",
    shares_with=(Office.PROCURATORATE,),
):
    """The procuratorate orders the case to be cancelled (通知撤销案件); it is cancelled, or contested, within fifteen days."""

    grounds: Text = Field(title="通知撤销案件的理由")


class RequestCancellationReconsideration(
    Form,
    title="要求复议撤案通知",
    by=OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.CANCELLATION_RECONSIDERATION_REQUESTED,
    basis=SPP.article(565),
    document="要求复议意见书",
    shares_with=(Office.PROCURATORATE,),
):
    """Ask the procuratorate to think again about its order to cancel (要求复议)."""

    explanation: Text = Field(title="复议理由")


class ReceiveCancellationReconsideration(
    Form,
    title="检察院收到要求复议撤案通知",
    by=(Office.PROCURATORATE, OFFICER),
    fact=Fact.CANCELLATION_RECONSIDERATION_RECEIVED,
    basis=SPP.article(565),
):
    """The procuratorate receives that request with the file (收到要求复议意见书)."""

    note: OptionalText = Field(default="", title="备注")


class ReconsiderCancellation(
    Form,
    title="收到撤案通知复议决定",
    by=(Office.PROCURATORATE, OFFICER),
    fact=Fact.CANCELLATION_RECONSIDERED,
    basis=SPP.article(565),
    made_elsewhere="复议决定书",
):
    """The procuratorate's decision on it arrives (复议决定)."""

    decision: Text = Field(title="复议决定")


class RequestCancellationReview(
    Form,
    title="提请复核撤案通知",
    by=OFFICER,
    approved_by=(Office.COUNTY_HEAD,),
    fact=Fact.CANCELLATION_REVIEW_REQUESTED,
    basis=SPP.article(565, paragraph=2),
    document="提请复核意见书",
    shares_with=(Office.HIGHER_PROCURATORATE,),
):
    """Ask the next higher procuratorate (提请复核)."""

    explanation: Text = Field(title="复核理由")


class ReceiveCancellationReview(
    Form,
    title="上一级检察院收到提请复核撤案通知",
    by=(Office.HIGHER_PROCURATORATE, OFFICER),
    fact=Fact.CANCELLATION_REVIEW_RECEIVED,
    basis=SPP.article(565, paragraph=2),
):
    """The higher procuratorate receives that request with the file (收到提请复核意见书)."""

    note: OptionalText = Field(default="", title="备注")


class ReviewCancellation(
    Form,
    title="收到撤案通知复核决定",
    by=(Office.HIGHER_PROCURATORATE, OFFICER),
    fact=Fact.CANCELLATION_REVIEWED,
    basis=SPP.article(565, paragraph=2),
    made_elsewhere="复核决定书",
):
    """The higher procuratorate's decision arrives (复核决定)."""

    decision: Text = Field(title="复核决定")


REMEDIES = (
    ServeNoFilingNotice,
    ReceiveReconsideration,
    DecideReconsideration,
    ServeReconsideration,
    ReceiveReview,
    DecideReview,
    ExtendRemedy,
    RecordObstacle,
    EndObstacle,
    ServeAgencyNotice,
    ReceiveAgencyReconsideration,
    DecideAgencyReconsideration,
)
FILING_SUPERVISION = (AskFilingExplanation, AskDelayExplanation, ExplainFiling, OrderFiling)
# A case once filed may be found not to be one.
CANCELLATION_SUPERVISION = (
    OrderCancellation,
    RequestCancellationReconsideration,
    ReceiveCancellationReconsideration,
    ReconsiderCancellation,
    RequestCancellationReview,
    ReceiveCancellationReview,
    ReviewCancellation,
)
