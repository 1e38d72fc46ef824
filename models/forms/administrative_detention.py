"""Administrative detention (行政拘留), and what else deprives a person of liberty outside criminal procedure, by number."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, ValidationInfo, field_validator

from law.facts import Fact
from law.instruments import DETC, DRUG, EEL, FER, MPSA, PSAPL
from law.legal_fact import LegalFact
from law.lengths import parse_length
from law.offices import Office
from models.forms.asked_of_matter import OnlyIn
from models.forms.form import Amount, Line, OnlyWhere, OptionalText, Term, Text
from models.forms.public_order_case import COUNTY_HEAD, OFFICER, OfExecution

CENTRE = (Office.DETENTION_CENTRE, Office.CASE_OFFICER)
# What must be left as security for each day of a suspended detention (PSAPL 126).
DEPOSIT_YUAN_A_DAY = 200


class EnterDetentionCentre(
    OfExecution,
    title="送拘留所执行",
    by=CENTRE,
    fact=Fact.ADMIN_DETENTION_ENTERED,
    basis=(PSAPL.article(110), PSAPL.article(122), MPSA.article(163)),
    document="行政拘留执行回执",
):
    """Deliver the person to the detention centre for the days decided, less those already spent in custody for the same act (入所)."""

    centre: Line = Field(title="拘留所")
    term: Term = Field(title="执行日数", description="决定书所定日数减去折抵的日数，例如 10 day", min_length=1)
    not_credited: OptionalText = Field(
        default="", title="不予折抵的理由", description="此前的羁押不是因同一行为的写明；询问查证、继续盘问和约束的时间本来不折抵"
    )

    @field_validator("term")
    @classmethod
    def _is_of_days(cls, term: str) -> str:
        if not parse_length(term).days:
            raise ValueError("执行日数写作 10 day")
        return term


class EndAdminDetention(
    OfExecution,
    title="解除行政拘留",
    by=CENTRE,
    fact=Fact.ADMIN_DETENTION_ENDED,
    basis=PSAPL.article(122),
    document="解除拘留证明书",
):
    """Release the person on time, with the certificate (解除拘留)."""

    note: OptionalText = Field(default="", title="情况")


class ApplyForSuspension(
    OfExecution,
    title="收到暂缓执行申请",
    by=CENTRE,
    fact=Fact.SUSPENSION_APPLIED,
    basis=(PSAPL.article(126), MPSA.article(222)),
):
    """Take the application to suspend the detention; a centre passes it on at once (申请暂缓执行)."""

    cause: Literal["复议或者诉讼", "升学考试", "子女出生", "近亲属病危或者死亡"] = Field(title="申请事由")
    applicant: Line = Field(title="申请人")


_DEPOSIT = "保证金按每日行政拘留二百元交纳；有担保人的不得同时责令交纳"


class SuspendDetention(
    OfExecution,
    title="暂缓执行行政拘留",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.ADMIN_DETENTION_SUSPENDED,
    basis=(PSAPL.article(126), MPSA.article(223)),
    document="暂缓执行行政拘留决定书",
):
    """Suspend the detention on a guarantor or a deposit, never both; whoever is inside is let go at once (暂缓执行)."""

    surety: Literal["担保人", "保证金"] = Field(title="担保方式")
    days_left: int = Field(title="尚未执行的日数", ge=1, le=20)
    deposit_yuan: Annotated[int, OnlyWhere({"surety": ("保证金",)}, elsewhere=_DEPOSIT)] = Field(
        default=0, title="保证金数额（元）", ge=0, validate_default=True
    )
    grounds: Text = Field(title="不致发生社会危险的理由")

    @field_validator("deposit_yuan")
    @classmethod
    def _is_two_hundred_a_day(cls, deposit: int, info: ValidationInfo) -> int:
        owed = DEPOSIT_YUAN_A_DAY * info.data.get("days_left", 0) if info.data.get("surety") == "保证金" else 0
        if deposit != owed:
            raise ValueError(_DEPOSIT)
        return deposit

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The suspension with the days that it says are left."""
        return replace(super().build_fact(fact, subject, at, approver), term=f"{self.days_left} day")


class RefuseSuspension(
    OfExecution,
    title="不暂缓执行行政拘留",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.SUSPENSION_REFUSED,
    basis=MPSA.article(224),
):
    """Refuse to suspend the detention, and tell the applicant (不暂缓执行)."""

    grounds: Text = Field(title="理由")


class RecordSuspensionChange(
    OfExecution,
    title="暂缓执行期间发生变动",
    by=OFFICER,
    fact=Fact.SUSPENSION_CIRCUMSTANCES_CHANGED,
    basis=MPSA.article(226),
):
    """Record that address, employer or telephone of the person changed while the detention is suspended (情况变动)."""

    change: Text = Field(title="变动情况")


class ReportSuspensionChange(
    OfExecution,
    title="被处罚人报告变动",
    by=OFFICER,
    fact=Fact.SUSPENSION_CHANGE_REPORTED,
    basis=MPSA.article(226),
):
    """The person tells those who decided, as promised, within a day of the change (报告变动)."""

    report: Text = Field(title="报告内容")


class TakeSuspensionDeposit(
    OfExecution,
    title="先行收取暂缓执行保证金",
    by=OFFICER,
    fact=Fact.SUSPENSION_DEPOSIT_TAKEN,
    basis=MPSA.article(231),
    made_elsewhere="收取保证金凭证",
):
    """Take the deposit by hand because the bank is closed (先行收取保证金)."""

    amount_yuan: int = Field(title="收取数额（元）", ge=1, le=1_000_000)
    cause: Line = Field(title="银行非营业的情形")


class BankSuspensionDeposit(
    OfExecution,
    title="暂缓执行保证金存入银行",
    by=OFFICER,
    fact=Fact.SUSPENSION_DEPOSIT_BANKED,
    basis=MPSA.article(231),
):
    """Pay that deposit into the appointed account (存入指定银行)."""

    receipt: Line = Field(title="银行回单")


class ApplyForLeave(
    OfExecution, title="收到请假出所申请", by=CENTRE, fact=Fact.LEAVE_APPLIED, basis=(DETC.article(27), PSAPL.article(126))
):
    """Take the application for leave of somebody in the centre (申请请假出所)."""

    cause: Literal["升学考试", "子女出生", "近亲属病危或者死亡"] = Field(title="申请事由")


class GrantLeave(
    OfExecution,
    title="准许请假出所",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.LEAVE_GRANTED,
    basis=(DETC.article(27), PSAPL.article(126)),
    document="请假出所决定书",
):
    """Grant the leave on security (准许请假出所)."""

    surety: Literal["担保人", "保证金"] = Field(title="担保方式")
    back_by: Line = Field(title="应当回所的时间")


class RefuseLeave(
    OfExecution,
    title="不准许请假出所",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.LEAVE_REFUSED,
    basis=(DETC.article(27), PSAPL.article(126)),
):
    """Refuse the leave (不准许请假出所)."""

    grounds: Text = Field(title="理由")


class BeginLeave(OfExecution, title="请假出所", by=CENTRE, fact=Fact.LEAVE_BEGUN, basis=PSAPL.article(126)):
    """Let the person out; until they are back the days do not count (出所)."""


class EndLeave(OfExecution, title="请假回所", by=CENTRE, fact=Fact.LEAVE_ENDED, basis=PSAPL.article(126)):
    """Take the person back in; the days count again (回所)."""


class DoubtDetention(
    OfExecution, title="拘留所通知可能错误拘留", by=CENTRE, fact=Fact.DETENTION_FOUND_DOUBTFUL, basis=DETC.article(12)
):
    """Tell those who decided that the detention may be wrong (可能错误拘留)."""

    grounds: Text = Field(title="发现的情况")


class SettleDetentionDoubt(
    OfExecution,
    title="处理可能错误的拘留",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.DETENTION_DOUBT_SETTLED,
    basis=DETC.article(12),
):
    """Examine that doubt, and release whoever should not be there (处理可能错误的拘留)."""

    outcome: Text = Field(title="处理结果")


class HandInPapers(OfExecution, title="被拘留人提交材料", by=CENTRE, fact=Fact.DETAINEE_PAPERS_HANDED_IN, basis=DETC.article(29)):
    """Take a detained person's complaint, application for review, or statement of claim (提交材料)."""

    papers: Line = Field(title="材料名称和受送机关")


class ForwardPapers(
    OfExecution, title="转送被拘留人的材料", by=CENTRE, fact=Fact.DETAINEE_PAPERS_FORWARDED, basis=DETC.article(29)
):
    """Forward those papers unopened (转送材料)."""

    to: Line = Field(title="转送至")


# Foreigners and addicts (外国人拘留审查、强制隔离戒毒)


class ReviewForeigner(
    OfExecution,
    title="拘留审查",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.FOREIGNER_REVIEW_EXECUTED,
    or_facts=(Fact.FOREIGNER_RESTRICTED, Fact.RENEWED_RESTRAINT_GROUNDED),
    basis=MPSA.article(242),
    document="拘留审查决定书",
):
    """Hold a foreigner for review where questioning on the spot does not clear the suspicion (拘留审查)."""

    grounds: Text = Field(title="理由")
    new_facts: Annotated[OptionalText, OnlyIn(given=(Fact.FOREIGNER_REVIEW_EXECUTED,))] = Field(
        default="", title="再次采取的新事实、新证据", description="本案中曾经对该人采取同样措施的必填"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The review, the restriction that must be reported, and where it is not the first in this case, what is new."""
        anew = (Fact.RENEWED_RESTRAINT_GROUNDED,) if self.new_facts else ()
        return (*anew, Fact.FOREIGNER_REVIEW_EXECUTED, Fact.FOREIGNER_RESTRICTED)


class ExtendForeignerReview(
    OfExecution,
    title="延长拘留审查",
    by=OFFICER,
    approved_by=(Office.HIGHER_POLICE,),
    fact=Fact.FOREIGNER_REVIEW_EXTENDED,
    basis=MPSA.article(242),
):
    """Hold a foreigner for up to sixty days where the case is complex (延长拘留审查)."""

    extension: Amount = Field(default="to 60 day", title="延长期限", description="to 60 day")
    grounds: Text = Field(title="案情复杂的情形")


class LiftForeignerReview(
    OfExecution,
    title="解除拘留审查",
    by=OFFICER,
    fact=Fact.FOREIGNER_REVIEW_LIFTED,
    basis=MPSA.article(243),
    document="解除拘留审查决定书",
):
    """End the review (解除拘留审查)."""

    outcome: Text = Field(title="处理结果")


class DeliverForeigner(
    OfExecution,
    title="送拘留所或者遣返场所",
    by=OFFICER,
    fact=Fact.FOREIGNER_DELIVERED,
    basis=(FER.article(29), MPSA.article(248)),
    document="拘留审查执行回执",
):
    """Hand a foreigner under review over to the detention centre or the place of repatriation (送拘留所、遣返场所)."""

    place: Line = Field(title="拘留所或者遣返场所")


class RestrictForeignerActivity(
    OfExecution,
    title="限制活动范围",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.FOREIGNER_ACTIVITY_RESTRICTED,
    or_facts=(Fact.FOREIGNER_RESTRICTED, Fact.RENEWED_RESTRAINT_GROUNDED),
    basis=(EEL.article(61), MPSA.article(244)),
    document="限制活动范围决定书",
):
    """Keep a foreigner who may not be held for review within an area, for sixty days at most (限制活动范围)."""

    ground: Literal["患有严重疾病", "怀孕或者哺乳自己婴儿", "未满十六周岁或者已满七十周岁", "不宜适用拘留审查的其他情形"] = Field(
        title="不适用拘留审查的情形"
    )
    area: Line = Field(title="限定的区域")
    grounds: Text = Field(title="理由")
    term: Term = Field(default="", title="期限", description="不超过六十日，例如 30 day；不填即为六十日")
    new_facts: Annotated[OptionalText, OnlyIn(given=(Fact.FOREIGNER_ACTIVITY_RESTRICTED,))] = Field(
        default="", title="再次采取的新事实、新证据", description="本案中曾经对该人采取同样措施的必填"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The restriction, that a foreigner is restricted, which must be reported, and where it is not the first here, what is new."""
        anew = (Fact.RENEWED_RESTRAINT_GROUNDED,) if self.new_facts else ()
        return (*anew, Fact.FOREIGNER_ACTIVITY_RESTRICTED, Fact.FOREIGNER_RESTRICTED)


class RestoreForeignerActivity(
    OfExecution,
    title="解除限制活动范围",
    by=OFFICER,
    fact=Fact.FOREIGNER_ACTIVITY_RESTORED,
    basis=MPSA.article(244),
    document="解除限制活动范围决定书",
):
    """End that restriction (解除限制活动范围)."""

    outcome: Text = Field(title="处理结果")


class ReportForeigner(
    OfExecution,
    title="向省级公安机关报告",
    by=OFFICER,
    fact=Fact.FOREIGNER_RESTRICTION_REPORTED,
    basis=MPSA.article(254),
):
    """Report the measure against a foreigner to the provincial police (报告)."""

    to: Line = Field(title="报告至")


class ServeDrugIsolation(
    OfExecution,
    title="送达强制隔离戒毒决定书",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.DRUG_ISOLATION_SERVED,
    basis=(DRUG.article(38), DRUG.article(40)),
    document="强制隔离戒毒决定书",
):
    """Decide the isolation of an addict for treatment, and serve it (强制隔离戒毒)."""

    grounds: Text = Field(title="理由")


DETENTION = (
    EnterDetentionCentre,
    EndAdminDetention,
    ApplyForSuspension,
    SuspendDetention,
    RefuseSuspension,
    ApplyForLeave,
    GrantLeave,
    RefuseLeave,
    BeginLeave,
    EndLeave,
    DoubtDetention,
    SettleDetentionDoubt,
    HandInPapers,
    ForwardPapers,
    RecordSuspensionChange,
    ReportSuspensionChange,
    TakeSuspensionDeposit,
    BankSuspensionDeposit,
)
FOREIGNERS = (
    ReviewForeigner,
    ExtendForeignerReview,
    DeliverForeigner,
    LiftForeignerReview,
    RestrictForeignerActivity,
    RestoreForeignerActivity,
    ReportForeigner,
)
ADDICTION = (ServeDrugIsolation,)
