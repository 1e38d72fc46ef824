"""What comes before a penalty (处罚前告知、听证、法制审核、集体讨论), for each person by number."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from law.calendar import get_day
from law.facts import Fact
from law.instruments import APL, MPSA, PSAPL
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.asked_of_matter import OnlyIn, OnlyOfSeveral
from models.forms.form import Form, Line, OnlyWhere, OptionalLine, OptionalText, Text, declare_duty_field
from models.forms.public_order_case import COUNTY_HEAD, OFFICER, OfOffender
from models.forms.widget import Widget
from models.instants import Appointed

REVIEWER = Office.LEGAL_REVIEWER


class NotifyPenalty(
    OfOffender,
    title="处罚前告知",
    by=OFFICER,
    fact=Fact.PENALTY_NOTIFIED,
    or_facts=(Fact.HEARING_RIGHT_TOLD,),
    basis=(PSAPL.article(112), PSAPL.article(117), MPSA.article(167)),
    document="行政处罚告知笔录",
):
    """Tell a person what penalty is intended, why, and what they may say against it; of a minor, the guardian too (处罚前告知)."""

    penalty: Text = Field(title="拟作出的处罚")
    grounds: Text = Field(title="事实、理由和依据")
    hearing: bool = declare_duty_field("告知有权要求听证", "告知以后五日以内可以要求听证，期满以前不得决定处罚", PSAPL.article(117))
    minor: bool = declare_duty_field("违法嫌疑人不满十八周岁", "不满十八周岁的还应当告知监护人", PSAPL.article(112))
    guardian: Annotated[
        OptionalLine,
        OnlyWhere({"minor": (True,)}, "不满十八周岁的，还应当告知其父母或者其他监护人（治安管理处罚法第一百一十二条）"),
    ] = Field(default="", title="被告知的监护人", validate_default=True)

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The notice, and that of the right to a hearing."""
        return (Fact.PENALTY_NOTIFIED, *((Fact.HEARING_RIGHT_TOLD,) if self.hearing else ()))


class PublishPenaltyNotice(
    OfOffender, title="公告告知", by=OFFICER, fact=Fact.PENALTY_NOTICE_PUBLISHED, basis=MPSA.article(168), document="公告"
):
    """Publish the notice where the person has fled; after seven days without a word the decision may be made (公告告知)."""

    penalty: Text = Field(title="拟作出的处罚")
    where: Line = Field(title="公告范围和方式")


class RecordDefence(
    OfOffender,
    title="听取陈述、申辩",
    by=OFFICER,
    fact=Fact.DEFENCE_MADE,
    basis=(PSAPL.article(112), MPSA.article(169)),
    document="陈述申辩笔录",
):
    """Record what the person says against the penalty, and what became of it; nobody is punished harder for it (陈述、申辩)."""

    defence: Text = Field(title="陈述、申辩内容")
    verified: OptionalText = Field(default="", title="复核情况")


# The hearing (听证)


class RequestHearing(
    OfOffender, title="要求听证", by=OFFICER, fact=Fact.HEARING_REQUESTED, basis=(PSAPL.article(117), APL.article(64))
):
    """Take a person's request to be heard (要求听证)."""

    grounds: OptionalText = Field(default="", title="理由")


class WaiveHearing(OfOffender, title="放弃听证", by=OFFICER, fact=Fact.HEARING_WAIVED, basis=MPSA.article(134)):
    """Record that the person gives up a hearing not yet accepted; they may still change their mind in time (放弃听证)."""

    record: Line = Field(title="记载放弃的笔录")


class AcceptHearing(
    OfOffender,
    title="受理听证",
    by=REVIEWER,
    fact=Fact.HEARING_ACCEPTED,
    or_facts=(Fact.HEARING_OPENED,),
    basis=MPSA.article(135),
):
    """Decide to hold the hearing; the case's time stands still until it is over (受理听证)."""

    presiding: Annotated[Line, Widget("colleague")] = Field(title="听证主持人", description="不得为本案调查人员")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The acceptance, from which the time of the hearing is not counted."""
        return (Fact.HEARING_ACCEPTED, Fact.HEARING_OPENED)


class OneHearing(OfOffender):
    """The end of one person's hearing, with which the hearing is over unless others of the case still await theirs."""

    others_pending: Annotated[bool, OnlyOfSeveral()] = Field(default=False, title="尚有其他人的听证")


class RefuseHearing(
    OneHearing,
    title="不予受理听证",
    by=REVIEWER,
    approved_by=COUNTY_HEAD,
    fact=Fact.HEARING_REFUSED,
    basis=MPSA.article(135),
    document="不予受理听证通知书",
):
    """Refuse a hearing to which the person has no right (不予受理听证)."""

    grounds: Text = Field(title="理由")


class AppointHearing(
    OfOffender,
    title="确定听证日期",
    by=REVIEWER,
    fact=Fact.HEARING_APPOINTED,
    or_facts=(Fact.HEARING_POSTPONED,),
    basis=(APL.article(64), MPSA.article(138)),
):
    """Appoint the day, so that the notice can be served seven working days before it (确定听证日期)."""

    hearing_at: Appointed = Field(title="听证时间")
    place: Line = Field(title="听证地点")
    postponed: Annotated[OptionalText, OnlyIn(given=(Fact.HEARING_APPOINTED,))] = Field(
        default="", title="改期的理由", description="已经确定过日期的必填"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The appointment, and before it that an earlier one is given up."""
        return ((Fact.HEARING_POSTPONED,) if self.postponed else ()) + (Fact.HEARING_APPOINTED,)

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The appointment, whose term is the day."""
        term = get_day(self.hearing_at).isoformat() if fact is Fact.HEARING_APPOINTED else ""
        return LegalFact(fact, self.at or at, subject, term=term)


class ServeHearingNotice(
    OfOffender,
    title="送达举行听证通知书",
    by=(REVIEWER, OFFICER),
    fact=Fact.HEARING_NOTICE_SERVED,
    basis=(APL.article(64), MPSA.article(136)),
    document="举行听证通知书",
):
    """Serve the notice of the hearing (送达听证通知书)."""

    recipients: Line = Field(title="受送达人")


class HoldHearing(
    OneHearing,
    title="举行听证",
    by=REVIEWER,
    fact=Fact.HEARING_HELD,
    or_facts=(Fact.HEARING_CLOSED,),
    basis=(PSAPL.article(117), MPSA.article(137)),
    document="听证笔录、听证报告书",
):
    """Hold the hearing and close it; what follows is the legal review (举行听证)."""

    record: Text = Field(title="听证情况")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The hearing, and that time counts again."""
        return (Fact.HEARING_HELD, Fact.HEARING_CLOSED)


class WithdrawHearing(
    OneHearing,
    title="撤回听证要求",
    by=(REVIEWER, OFFICER),
    fact=Fact.HEARING_WITHDRAWN,
    or_facts=(Fact.HEARING_CLOSED,),
    basis=MPSA.article(134),
):
    """Record that the person withdraws a request already accepted (撤回听证要求)."""

    record: Line = Field(title="记载撤回的笔录")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The withdrawal, and that time counts again."""
        return (Fact.HEARING_WITHDRAWN, Fact.HEARING_CLOSED)


# Review and discussion (法制审核、集体讨论)


class SendForLegalReview(Form, title="送法制审核", by=OFFICER, basis=(PSAPL.article(114), MPSA.article(170))):
    """Send the case to the legal reviewer (送法制审核)."""

    opinion: Text = Field(title="处理意见")


class PassLegalReview(
    Form,
    title="法制审核通过",
    by=REVIEWER,
    fact=Fact.LEGAL_REVIEW_DONE,
    basis=(PSAPL.article(114), MPSA.article(170)),
    document="法制审核意见书",
):
    """Find facts, evidence, law, procedure and measure in order (审核通过)."""

    opinion: Text = Field(title="审核意见")


class RejectInLegalReview(
    Form, title="法制审核不通过", by=REVIEWER, basis=(PSAPL.article(114), MPSA.article(170)), document="法制审核意见书"
):
    """Send the case back to be put right; no penalty may be decided as it stands (审核不通过)."""

    opinion: Text = Field(title="审核意见")


class DiscussPenalty(
    Form, title="集体讨论", by=COUNTY_HEAD, fact=Fact.PENALTY_DISCUSSED, basis=PSAPL.article(113), document="集体讨论记录"
):
    """Discuss a complex or grave violation among the heads of the bureau before it is punished (集体讨论)."""

    taking_part: Line = Field(title="参加人")
    conclusion: Text = Field(title="讨论意见")


HEARING = (RequestHearing, WaiveHearing, AcceptHearing, AppointHearing, ServeHearingNotice)
DEFENCE = (PublishPenaltyNotice, RecordDefence, WaiveHearing)
