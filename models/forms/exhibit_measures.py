"""The forms of a measure on a thing (查封、扣押、冻结、登记保存): approved afterwards, extended, renewed, decided on, lifted, lapsed."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from law.disposals import LAPSED
from law.facts import Fact
from law.instruments import ACL, APL, CPL, MPSA, MPSC, PSAPL
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.exhibit_opening import Username, build_holder_parties
from models.forms.form import POLICE, Amount, Form, OnlyWhere, OptionalLine, Text

OFFICER = Office.CASE_OFFICER
COUNTY_HEAD, HIGHER_POLICE = (Office.COUNTY_HEAD,), (Office.COUNTY_HEAD, Office.HIGHER_POLICE)
CITY_HEAD, PROVINCIAL_HEAD = (Office.COUNTY_HEAD, Office.CITY_HEAD), (Office.COUNTY_HEAD, Office.PROVINCIAL_HEAD)


class ApproveSeizure(
    Form,
    title="补办扣押批准手续",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_SEIZURE_APPROVED,
    basis=(PSAPL.article(105), ACL.article(19), MPSA.article(56)),
):
    """Have a seizure on the spot approved within a day; what is not approved is lifted at once (补办批准手续)."""

    grounds: Text = Field(title="当场扣押的理由")


class ExtendSeizure(
    Form,
    title="延长扣押、查封期限",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_SEIZURE_EXTENDED,
    basis=(ACL.article(25), MPSA.article(112)),
):
    """Hold a thing up to thirty days longer, and tell the party why in writing (延长扣押期限)."""

    extension: Amount = Field(default="+30 day", title="延长期限")
    grounds: Text = Field(title="延长理由")


class LiftSeizure(
    Form,
    title="解除扣押、查封",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_SEIZURE_LIFTED,
    or_facts=(Fact.EXHIBIT_RETURNED,),
    basis=(PSAPL.article(105), ACL.article(28), MPSA.article(115)),
):
    """End an administrative seizure and give the thing back at once, signed for by the party (解除扣押、查封)."""

    receiver: str = Field(title="领取人", min_length=1, max_length=100)
    explanation: Text = Field(title="解除理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is lifted, and the thing given back."""
        return (Fact.EXHIBIT_SEIZURE_LIFTED, Fact.EXHIBIT_RETURNED)

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """Who received it has it."""
        return build_holder_parties(self.receiver, "已退还")


class DecideRegistration(
    Form,
    title="处理先行登记保存的证据",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_REGISTRATION_DECIDED,
    or_facts=(Fact.EXHIBIT_TAKEN, Fact.EXHIBIT_SEIZED_ADMIN, Fact.EXHIBIT_RETURNED),
    basis=(APL.article(56), MPSA.article(110)),
):
    """Decide within seven days about evidence registered in place: seize it, or leave it to its holder (处理先行登记保存的证据)."""

    outcome: Literal["seize", "release"] = Field(title="处理决定", description="seize 予以扣押、release 解除登记保存")
    taken_by: Annotated[Username | Literal[""], POLICE, OnlyWhere({"outcome": ("seize",)})] = Field(
        default="", title="取走民警", description="不填即为呈请民警"
    )
    explanation: Text = Field(title="理由")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The decision, and what it makes of the thing."""
        then = (Fact.EXHIBIT_TAKEN, Fact.EXHIBIT_SEIZED_ADMIN) if self.outcome == "seize" else (Fact.EXHIBIT_RETURNED,)
        return (Fact.EXHIBIT_REGISTRATION_DECIDED, *then)

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The officer who takes it away; or it stays with whom it was."""
        return build_holder_parties(self.taken_by or "经办民警", "经办民警处") if self.outcome == "seize" else ()


# Freezes


class Renewal(Form):
    """What every renewal says."""

    extension: Amount = Field(default="+6 month", title="续冻期限")
    grounds: Text = Field(title="继续冻结的理由")


class RenewFreeze(
    Renewal,
    title="继续冻结",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.FREEZE_RENEWED,
    basis=(MPSC.article(240), MPSC.article(243), MPSC.article(244)),
):
    """Renew a freeze before it ends, by the authority that approved it (继续冻结)."""


class RenewFreezeByCity(
    Renewal,
    title="继续冻结（市级公安机关批准）",
    by=OFFICER,
    approved_by=CITY_HEAD,
    fact=Fact.FREEZE_RENEWED,
    basis=(MPSC.article(240), MPSC.article(243), MPSC.article(245)),
):
    """Renew a freeze of a year, or of equity and policies (市级批准的继续冻结)."""


class RenewFreezeByProvince(
    Renewal,
    title="继续冻结（省级公安机关批准）",
    by=OFFICER,
    approved_by=PROVINCIAL_HEAD,
    fact=Fact.FREEZE_RENEWED,
    basis=(MPSC.article(240), MPSC.article(245)),
):
    """Renew a freeze of a listed company's equity (省级批准的继续冻结)."""


class ExtendTerrorFreeze(
    Form,
    title="延长涉恐财产冻结",
    by=OFFICER,
    approved_by=HIGHER_POLICE,
    fact=Fact.TERROR_FREEZE_EXTENDED,
    basis=MPSA.article(114),
):
    """Keep the property of a terror suspect frozen a month longer (延长涉恐财产冻结)."""

    extension: Amount = Field(default="+1 month", title="延长期限")
    grounds: Text = Field(title="延长理由")


_UNFREEZING = (CPL.article(145), MPSC.article(241), MPSC.article(247), MPSA.article(115))
_UNFREEZING_NOTICE = "协助解除冻结财产通知书"


class Unfreeze(
    Form,
    title="解除冻结",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_UNFROZEN,
    basis=_UNFREEZING,
    document=_UNFREEZING_NOTICE,
):
    """End a freeze that is needed no more, or that has nothing to do with the case (解除冻结)."""

    explanation: Text = Field(title="解除理由")
    note: OptionalLine = Field(default="", title="原批准机关的意见", description="原由上级公安机关批准的，填写其批准文号")


class UnfreezeByCity(
    Unfreeze,
    title="解除冻结（市级公安机关批准）",
    by=OFFICER,
    approved_by=CITY_HEAD,
    fact=Fact.EXHIBIT_UNFROZEN,
    basis=_UNFREEZING,
    document=_UNFREEZING_NOTICE,
):
    """End a freeze of a year, or of equity and policies, which the city's head had approved (市级批准的解除冻结)."""


class UnfreezeByProvince(
    Unfreeze,
    title="解除冻结（省级公安机关批准）",
    by=OFFICER,
    approved_by=PROVINCIAL_HEAD,
    fact=Fact.EXHIBIT_UNFROZEN,
    basis=_UNFREEZING,
    document=_UNFREEZING_NOTICE,
):
    """End a freeze of a listed company's equity, which the province's head had approved (省级批准的解除冻结)."""


class RecordLapse(Form, title="登记冻结自动解除", by=OFFICER, fact=Fact.EXHIBIT_UNFROZEN, basis=MPSC.article(240)):
    """Write down that a freeze which nobody renewed has lapsed by itself, and tell the bank (自动解除冻结)."""

    told: Text = Field(title="通知金融机构的情况")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """An end that nobody decided."""
        return replace(super().build_fact(fact, subject, at, approver), reason=LAPSED)


SEIZURE = (ApproveSeizure, ExtendSeizure)
RENEWALS = (RenewFreeze, RenewFreezeByCity, RenewFreezeByProvince, ExtendTerrorFreeze)
