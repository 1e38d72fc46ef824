"""The forms of an appraisal (鉴定) in an administrative case: commissioned, received, served, and asked for anew."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import INJ, MPSA, PSAPL
from law.legal_fact import LegalFact
from models.forms.chapters import Chapter
from models.forms.form import Form, Line, OnlyWhere, Text, declare_duty_field
from models.forms.public_order_case import COUNTY_HEAD, OFFICER


class OfAppraisal(Form, chapter=Chapter.APPRAISAL):
    """A step that concerns one of the case's appraisals: each opinion is served by itself."""

    appraisal: int = Field(default=1, title="鉴定序号", ge=1, le=200, description="本案第几项鉴定")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What it brings about for that appraisal."""
        return super().build_facts(f"{subject}/appraisal-{self.appraisal}", at, approver)


class OrderAdminAppraisal(
    OfAppraisal,
    title="委托鉴定（行政案件）",
    by=OFFICER,
    fact=Fact.APPRAISAL_ORDERED,
    or_facts=(Fact.INJURY_APPRAISAL_COMMISSIONED,),
    basis=(PSAPL.article(106), INJ.article(18)),
    document="鉴定聘请书",
):
    """Have a disputed question answered by an expert; the time does not count towards handling (委托鉴定)."""

    question: Text = Field(title="鉴定事项")
    institution: Line = Field(title="鉴定机构")
    injury: bool = declare_duty_field("伤情鉴定", "关系到伤情鉴定的委托和出具意见的期限", INJ.article(18))
    base: Annotated[Literal["", "24 hour", "7 day"], OnlyWhere({"injury": (True,)})] = Field(
        default="", title="伤情鉴定出具意见的期限", description="不填为 24 hour；伤情复杂的为 7 day"
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The commission, and that of an injury, whose opinion has a limit of its own."""
        return (Fact.APPRAISAL_ORDERED, *((Fact.INJURY_APPRAISAL_COMMISSIONED,) if self.injury else ()))


class ReceiveAppraisal(
    OfAppraisal,
    title="收到鉴定意见",
    by=OFFICER,
    fact=Fact.APPRAISAL_RETURNED,
    or_facts=(Fact.INJURY_APPRAISAL_ISSUED,),
    basis=(PSAPL.article(106), MPSA.article(97)),
    made_elsewhere="鉴定意见",
):
    """Receive the opinion and examine it (收到鉴定意见)."""

    opinion: Text = Field(title="鉴定意见")
    injury: bool = declare_duty_field("伤情鉴定", "关系到伤情鉴定意见的期限", INJ.article(19))

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The opinion, and that on an injury."""
        return (Fact.APPRAISAL_RETURNED, *((Fact.INJURY_APPRAISAL_ISSUED,) if self.injury else ()))


class ServeAppraisal(OfAppraisal, title="送达鉴定意见复印件", by=OFFICER, fact=Fact.APPRAISAL_SERVED, basis=MPSA.article(97)):
    """Serve copies of the opinion on suspect and victim (送达鉴定意见)."""

    recipients: Line = Field(title="受送达人")


class ApplyForAdminReappraisal(
    OfAppraisal, title="收到重新鉴定申请", by=OFFICER, fact=Fact.REAPPRAISAL_APPLIED, basis=MPSA.article(97)
):
    """Take a party's application for another appraisal (申请重新鉴定)."""

    grounds: Text = Field(title="异议理由")


class RefuseAdminReappraisal(
    OfAppraisal,
    title="不准予重新鉴定",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.REAPPRAISAL_REFUSED,
    basis=MPSA.article(98),
    document="不准予重新鉴定决定书",
):
    """Refuse another appraisal (不准予重新鉴定)."""

    grounds: Text = Field(title="理由")


class NotifyAdminReappraisalRefusal(
    OfAppraisal, title="书面通知不准予重新鉴定", by=OFFICER, fact=Fact.REAPPRAISAL_REFUSAL_NOTIFIED, basis=MPSA.article(98)
):
    """Tell the applicant in writing (通知不准予重新鉴定)."""

    recipient: Line = Field(title="受送达人")


APPRAISALS = (
    OrderAdminAppraisal,
    ReceiveAppraisal,
    ServeAppraisal,
    ApplyForAdminReappraisal,
    RefuseAdminReappraisal,
    NotifyAdminReappraisalRefusal,
)
