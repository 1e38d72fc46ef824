"""How an exhibit (涉案财物) comes into being: one thing on a list of what was seized, sealed, frozen or registered in a case."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from law.facts import Fact
from law.instruments import MPSA, MPSC, PSAPL
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.form import Form, Line, OptionalLine
from models.forms.widget import Widget

# How the police came by a thing, or hold their hand over it where it is.
Measure = Literal[
    "seized",
    "sealed",
    "funds-frozen",
    "securities-frozen",
    "equity-frozen",
    "seized-admin",
    "seized-on-the-spot",
    "sealed-admin",
    "registered",
    "terror-frozen",
    "taken-over",
]
BROUGHT: dict[str, tuple[Fact, ...]] = {
    "seized": (Fact.EXHIBIT_TAKEN,),
    "sealed": (Fact.EXHIBIT_SEALED,),
    "funds-frozen": (Fact.FUNDS_FROZEN,),
    "securities-frozen": (Fact.SECURITIES_FROZEN,),
    "equity-frozen": (Fact.EQUITY_FROZEN,),
    "seized-admin": (Fact.EXHIBIT_TAKEN, Fact.EXHIBIT_SEIZED_ADMIN),
    "seized-on-the-spot": (Fact.EXHIBIT_TAKEN, Fact.EXHIBIT_SEIZED_ON_THE_SPOT),
    "sealed-admin": (Fact.EXHIBIT_SEALED, Fact.EXHIBIT_SEIZED_ADMIN),
    "registered": (Fact.EXHIBIT_REGISTERED_IN_ADVANCE,),
    "terror-frozen": (Fact.TERROR_PROPERTY_FROZEN,),
    "taken-over": (Fact.EXHIBIT_TAKEN, Fact.EXHIBIT_SEIZURE_TRANSFERRED),
}
IN_HAND = frozenset({"seized", "seized-admin", "seized-on-the-spot", "taken-over"})
FROZEN = frozenset({"funds-frozen", "securities-frozen", "equity-frozen", "terror-frozen"})
_EVERY = tuple(dict.fromkeys(fact for measure in get_args(Measure) for fact in BROUGHT[measure]))

Username = Annotated[str, Field(min_length=1, max_length=60, description="用户名"), Widget("officer")]
Quantity = Annotated[str, Field(min_length=1, max_length=60, description="例如 1部、12000元、3瓶")]


def build_holder_parties(who: str, where: str) -> tuple[dict[str, str], ...]:
    """Who holds a thing from now on, by user name or in words, and where it is: a row of the party table that the next hand takes over."""
    return ({"id": "holder", "role": "holder", "name": who, "place": where},)


class Item(BaseModel):
    """One line of a list (清单): what it is, how much, by what it is known, whose it is and from whom it was taken."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    name: Line = Field(title="名称")
    quantity: Quantity = Field(title="数量")
    features: OptionalLine = Field(default="", title="特征", description="型号、编号、成色等")
    owner: OptionalLine = Field(default="", title="所有人")
    holder: OptionalLine = Field(default="", title="持有人")
    remark: OptionalLine = Field(default="", title="备注")


class OpenExhibit(
    Form,
    title="涉案财物登记",
    by=Office.CASE_OFFICER,
    or_facts=_EVERY,
    basis=(MPSC.article(230), PSAPL.article(105), MPSA.article(111)),
):
    """Begin to keep one thing of one case (涉案财物); only the case itself can open it."""

    measure: Measure = Field(
        title="措施",
        description="seized 扣押、sealed 查封、funds-frozen 冻结资金、securities-frozen 冻结证券、equity-frozen 冻结股权保单、"
        "seized-admin 行政扣押、seized-on-the-spot 当场扣押、sealed-admin 行政查封、registered 先行登记保存、"
        "terror-frozen 冻结涉恐财产、taken-over 移送接收",
    )
    name: Line = Field(title="名称")
    quantity: Quantity = Field(title="数量")
    features: OptionalLine = Field(default="", title="特征")
    owner: OptionalLine = Field(default="", title="所有人")
    holder: OptionalLine = Field(default="", title="持有人")
    remark: OptionalLine = Field(default="", title="备注")
    place: Line = Field(title="所在地点")
    kept_by: Line = Field(title="保管人或者协助单位")
    base: Literal["", "1 year"] = Field(default="", title="冻结期限", description="重大、复杂案件冻结资金的为 1 year")

    def build_facts(self, subject: str, at: datetime, approver: str) -> tuple[LegalFact, ...]:
        """What the measure is in law; nobody approves it here, since that was done in the case."""
        return tuple(self.build_fact(fact, subject, at, "") for fact in self.list_fact_kinds())

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """What the measure is in law."""
        return BROUGHT[self.measure]

    def get_heading(self) -> str:
        """What it is, and how much."""
        return f"{self.name} {self.quantity}"

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The first hand that holds it."""
        return build_holder_parties(self.kept_by, self.place)
