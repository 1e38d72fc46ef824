"""The forms by which a case lays hands on things (查封、扣押、冻结、先行登记保存): a list of them, each of which becomes an exhibit."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator

from law.facts import Fact
from law.instruments import ACL, APL, CPL, MPSA, MPSC, PSAPL
from law.offices import Office
from models.forms.exhibit_opening import Item, Measure, OpenExhibit, Quantity, Username
from models.forms.form import Can, Command, Form, Line, Open, OptionalLine, Text
from models.forms.widget import Widget
from models.matter import Kind

OFFICER = Office.CASE_OFFICER
STATION_HEAD, COUNTY_HEAD = (Office.STATION_HEAD,), (Office.COUNTY_HEAD,)
CITY_HEAD, PROVINCIAL_HEAD = (Office.COUNTY_HEAD, Office.CITY_HEAD), (Office.COUNTY_HEAD, Office.PROVINCIAL_HEAD)
# More than one list can hold is seized on several.
_MOST = 100
_SEIZING = (CPL.article(141), MPSC.article(228), MPSC.article(229), MPSC.article(230))
_SEIZING_ADMIN = (PSAPL.article(105), MPSA.article(107), MPSA.article(111))


class ListOfThings(Form):
    """What every list of things laid hands on says: who did it, who saw it, and what it is."""

    measure: ClassVar[Measure]
    stays: ClassVar[bool] = False

    officers: Annotated[
        tuple[Username, ...], Field(min_length=2, max_length=6), Can((OFFICER, Office.STATION_HEAD)), Widget("officers")
    ] = Field(title="执行民警", description="用户名，不得少于二人，第一人保管至移交")
    witness: Line = Field(title="见证人")
    place: Line = Field(title="地点")
    items: Annotated[tuple[Item, ...], Field(min_length=1, max_length=_MOST)] = Field(title="物品清单")
    grounds: Text = Field(title="理由")

    @field_validator("officers")
    @classmethod
    def _check_two_people(cls, officers: tuple[str, ...]) -> tuple[str, ...]:
        if len(set(officers)) < len(officers):
            raise ValueError("执行查封、扣押的侦查人员不得少于二人，不得重复填写")
        return officers

    @field_validator("witness")
    @classmethod
    def _check_somebody_else(cls, witness: str, others: ValidationInfo) -> str:
        if witness in others.data.get("officers", ()):
            raise ValueError("见证人不得是执行民警")
        return witness

    def build_commands(self) -> tuple[Command, ...]:
        """Open an exhibit for each thing on the list."""
        return tuple(Open(Kind.EXHIBIT, self._build_exhibit(item)) for item in self.items)

    def _build_exhibit(self, item: Item) -> OpenExhibit:
        kept = {"kept_by": item.holder or "原持有人", "place": self.place} if self.stays else {"kept_by": self.officers[0]}
        values = {"place": "经办民警处"} | kept | item.model_dump(exclude_defaults=True)
        return OpenExhibit.model_validate({"measure": self.measure, "at": self.at, **values})


# In a criminal case


class SeizeProperty(
    ListOfThings,
    title="扣押",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.PROPERTY_SEIZED,
    basis=_SEIZING,
    document="扣押决定书、扣押清单",
    usual=True,
):
    """Seize things that may prove guilt or innocence (扣押)."""

    measure: ClassVar[Measure] = "seized"


class SeizeValuableProperty(
    ListOfThings,
    title="扣押价值较高的财物",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PROPERTY_SEIZED,
    basis=_SEIZING,
    document="扣押决定书、扣押清单",
):
    """Seize what is of high value, or without which a business cannot go on (扣押价值较高的财物)."""

    measure: ClassVar[Measure] = "seized"


class SeizeAtScene(
    ListOfThings,
    title="现场勘查、搜查中扣押",
    by=OFFICER,
    fact=Fact.PROPERTY_SEIZED,
    basis=_SEIZING,
    document="扣押清单",
):
    """Seize things at a scene or in a search, as the commander on site decides (现场扣押)."""

    measure: ClassVar[Measure] = "seized"
    commander: Line = Field(title="现场指挥人员")


class SealProperty(
    ListOfThings,
    title="查封",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PROPERTY_SEALED,
    basis=(CPL.article(141), MPSC.article(228)),
    document="查封决定书",
):
    """Seal what cannot be moved: real estate, vessels, large plant (查封)."""

    measure: ClassVar[Measure] = "sealed"
    stays: ClassVar[bool] = True


# Freezing


class Asset(BaseModel):
    """One thing to be frozen (冻结的财产): where it lies, under which account, whose, and how much of it."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Line = Field(title="财产名称", description="例如 存款、股票、股权")
    institution: Line = Field(title="协助冻结单位")
    account: Line = Field(title="账户号码")
    quantity: Quantity = Field(title="冻结数额")
    owner: OptionalLine = Field(default="", title="账户名称")


class Freezing(Form):
    """What every decision to freeze says."""

    measure: ClassVar[Measure]
    base: ClassVar[str] = ""

    assets: Annotated[tuple[Asset, ...], Field(min_length=1, max_length=_MOST)] = Field(title="冻结的财产")
    grounds: Text = Field(title="理由")

    def build_commands(self) -> tuple[Command, ...]:
        """Open an exhibit for each."""
        return tuple(Open(Kind.EXHIBIT, self._build_exhibit(each)) for each in self.assets)

    def _build_exhibit(self, each: Asset) -> OpenExhibit:
        lies = {"kept_by": each.institution, "place": each.institution, "features": each.account, "base": self.base}
        values = {"name": each.name, "quantity": each.quantity, "owner": each.owner, **lies}
        return OpenExhibit.model_validate({"measure": self.measure, "at": self.at, **values})


_FREEZING = (CPL.article(144), MPSC.article(239))
_NOTICE = "协助冻结财产通知书"


class FreezeFunds(
    Freezing,
    title="冻结存款等",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PROPERTY_FROZEN,
    basis=(*_FREEZING, MPSC.article(243)),
    document="协助冻结财产通知书",
):
    """Freeze deposits and the like for six months (冻结存款、汇款)."""

    measure: ClassVar[Measure] = "funds-frozen"


class FreezeFundsForYear(
    Freezing,
    title="冻结存款等一年（重大、复杂案件）",
    by=OFFICER,
    approved_by=CITY_HEAD,
    fact=Fact.PROPERTY_FROZEN,
    basis=(*_FREEZING, MPSC.article(243)),
    document="协助冻结财产通知书",
):
    """Freeze deposits for a year in a grave or complex case, which the city's head approves (冻结一年)."""

    measure: ClassVar[Measure] = "funds-frozen"
    base: ClassVar[str] = "1 year"


class FreezeSecurities(
    Freezing,
    title="冻结债券、股票、基金份额",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.PROPERTY_FROZEN,
    basis=(*_FREEZING, MPSC.article(244)),
    document="协助冻结财产通知书",
):
    """Freeze bonds, shares and shares in funds for two years (冻结证券)."""

    measure: ClassVar[Measure] = "securities-frozen"


class FreezeEquity(
    Freezing,
    title="冻结股权、保单权益、投资权益",
    by=OFFICER,
    approved_by=CITY_HEAD,
    fact=Fact.PROPERTY_FROZEN,
    basis=(*_FREEZING, MPSC.article(245)),
    document="协助冻结财产通知书",
):
    """Freeze equity and rights from policies, which the city's head approves (冻结股权、保单权益)."""

    measure: ClassVar[Measure] = "equity-frozen"


class FreezeListedEquity(
    Freezing,
    title="冻结上市公司股权",
    by=OFFICER,
    approved_by=PROVINCIAL_HEAD,
    fact=Fact.PROPERTY_FROZEN,
    basis=(*_FREEZING, MPSC.article(245)),
    document="协助冻结财产通知书",
):
    """Freeze equity of a listed company, which the province's head approves (冻结上市公司股权)."""

    measure: ClassVar[Measure] = "equity-frozen"


# In a public-order or other administrative case


class SeizeEvidence(
    ListOfThings,
    title="扣押（证据保全）",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EVIDENCE_SEIZED,
    basis=_SEIZING_ADMIN,
    document="证据保全决定书、扣押清单",
    usual=True,
):
    """Seize evidence in an administrative case, approved beforehand (扣押)."""

    measure: ClassVar[Measure] = "seized-admin"


class SeizeEvidenceOnTheSpot(
    ListOfThings,
    title="当场扣押",
    by=OFFICER,
    fact=Fact.EVIDENCE_SEIZED,
    basis=(PSAPL.article(105), ACL.article(19), MPSA.article(56)),
    document="证据保全决定书、扣押清单",
):
    """Seize evidence on the spot, all of it recorded, and have it approved within a day (当场扣押)."""

    measure: ClassVar[Measure] = "seized-on-the-spot"
    recording: Line = Field(title="全程同步录音录像编号")


class SealEvidence(
    ListOfThings,
    title="查封（行政案件）",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EVIDENCE_SEIZED,
    basis=(MPSA.article(108), MPSA.article(111)),
    document="证据保全决定书",
):
    """Seal premises, installations or things of a business without licence (查封)."""

    measure: ClassVar[Measure] = "sealed-admin"
    stays: ClassVar[bool] = True


class RegisterEvidence(
    ListOfThings,
    title="先行登记保存",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.EVIDENCE_SEIZED,
    basis=(APL.article(56), MPSA.article(110)),
    document="证据保全决定书",
):
    """Register evidence that might be lost and leave it where it is, for seven days (先行登记保存)."""

    measure: ClassVar[Measure] = "registered"
    stays: ClassVar[bool] = True


class TakeOverEvidence(
    ListOfThings,
    title="接收移送案件的扣押物品",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.EVIDENCE_SEIZED,
    basis=MPSA.article(62),
    made_elsewhere="随案移送清单",
):
    """Take over what other police had seized in a case that they transfer; its time counts anew (接收移送的扣押物品)."""

    measure: ClassVar[Measure] = "taken-over"
    sender: Line = Field(title="移送单位")


class FreezeTerrorProperty(
    Freezing,
    title="冻结涉恐财产",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EVIDENCE_SEIZED,
    basis=MPSA.article(113),
    document="冻结决定书、冻结通知书",
):
    """Freeze what belongs to somebody suspected of terrorism, for two months (冻结涉恐财产)."""

    measure: ClassVar[Measure] = "terror-frozen"


SEIZING = (
    SeizeProperty,
    SeizeValuableProperty,
    SeizeAtScene,
    SealProperty,
    FreezeFunds,
    FreezeFundsForYear,
    FreezeSecurities,
    FreezeEquity,
    FreezeListedEquity,
)
PRESERVING = (
    SeizeEvidence,
    SeizeEvidenceOnTheSpot,
    SealEvidence,
    RegisterEvidence,
    TakeOverEvidence,
    FreezeTerrorProperty,
)
