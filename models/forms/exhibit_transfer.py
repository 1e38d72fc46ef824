"""The forms by which an exhibit goes with its case (随案移送): to the procuratorate, to the court, and back, each side confirming."""

from typing import Annotated, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, MPSA, MPSC, RULE
from law.offices import Office
from models.forms.exhibit import CUSTODIAN, OFFICER, IntoStore
from models.forms.exhibit_opening import build_holder_parties
from models.forms.form import Form, Line, OnlyWhere, OptionalLine, OptionalText, Text
from models.forms.widget import Widget
from models.matter import Kind, build_number_pattern

PROCURATORATE, COURT = Office.PROCURATORATE, Office.COURT
BASIS = (CPL.article(245), MPSC.article(288))
# More than go with any case.
Exhibits = Annotated[
    tuple[Annotated[str, Field(pattern=build_number_pattern(Kind.EXHIBIT), max_length=17)], ...],
    Field(max_length=500),
    Widget("things"),
]


class SendExhibit(
    Form, title="随案移送检察院", by=OFFICER, fact=Fact.EXHIBIT_SENT_TO_PROCURATORATE, basis=BASIS, shares_with=(PROCURATORATE,)
):
    """Send a thing to the procuratorate, with its case or after it (随案移送); the case that goes takes this step itself."""

    note: OptionalLine = Field(default="", title="处理建议")


class ForwardExhibit(
    Form,
    title="随案移送法院",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.EXHIBIT_SENT_TO_COURT,
    basis=BASIS,
    shares_with=(COURT,),
):
    """The procuratorate sends a thing on to the court, with the prosecution or after it (随案移送法院); it evidently had it."""

    note: OptionalLine = Field(default="", title="说明")


class Confirmed(Form):
    """What an organ outside says when it has received a thing."""

    receiver: OptionalLine = Field(default="", title="接收人")
    place: OptionalLine = Field(default="", title="存放位置")
    condition: OptionalText = Field(default="", title="财物状况")


class ReceiveProsecutionExhibit(
    Confirmed,
    title="检察院签收财物",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.EXHIBIT_RECEIVED_BY_PROCURATORATE,
    basis=BASIS,
):
    """The procuratorate confirms that it has received a thing (签收)."""

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The procuratorate holds it."""
        return build_holder_parties(f"人民检察院 {self.receiver}".strip(), self.place or "人民检察院")


class ReceiveTrialExhibit(Confirmed, title="法院签收财物", by=(COURT, OFFICER), fact=Fact.EXHIBIT_RECEIVED_BY_COURT, basis=BASIS):
    """The court confirms that it has received a thing (签收)."""

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The court holds it."""
        return build_holder_parties(f"人民法院 {self.receiver}".strip(), self.place or "人民法院")


class RefuseProsecutionExhibit(
    Form,
    title="检察院不予接收财物",
    by=(PROCURATORATE, OFFICER),
    fact=Fact.EXHIBIT_REFUSED_BY_PROCURATORATE,
    basis=BASIS,
):
    """The procuratorate does not take a thing, and says why; it stays with us (不予接收)."""

    why: Text = Field(title="不予接收的理由")


class RefuseTrialExhibit(Form, title="法院不予接收财物", by=(COURT, OFFICER), fact=Fact.EXHIBIT_REFUSED_BY_COURT, basis=BASIS):
    """The court does not take a thing, and says why; it comes back to us (不予接收)."""

    why: Text = Field(title="不予接收的理由")


class GiveBackExhibit(
    Form,
    title="退回公安机关",
    by=(PROCURATORATE, COURT, OFFICER),
    fact=Fact.EXHIBIT_GIVEN_BACK,
    basis=(*BASIS, RULE.section("涉案财物移送")),
):
    """An organ gives a thing back to the police, with a returned case or for them to dispose of (退回公安机关)."""

    why: Text = Field(title="退回的理由")


class TakeBackExhibit(
    IntoStore,
    title="收回入库",
    by=CUSTODIAN,
    fact=Fact.EXHIBIT_TAKEN_BACK,
    basis=(MPSC.article(235), RULE.section("涉案财物移送")),
):
    """The custodian takes a thing back into the store (收回入库)."""


class HandOverExhibit(
    Form,
    title="随案移交接办机关",
    by=(CUSTODIAN, OFFICER),
    fact=Fact.EXHIBIT_DISPOSED,
    basis=(MPSC.article(23), MPSC.article(235), MPSA.article(192)),
):
    """Hand a thing over, with a case that was transferred, to the police who have it now (随案移交): they keep, renew and dispose of it."""

    to: Line = Field(title="接收的公安机关")
    receiver: Line = Field(title="接收人")
    list_number: OptionalLine = Field(default="", title="移交清单编号")

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The other police hold it."""
        return build_holder_parties(f"{self.to} {self.receiver}", "已随案移交")


class DisposeByOrgan(
    Form,
    title="检察院、法院处理财物",
    by=(PROCURATORATE, COURT, OFFICER),
    or_facts=(Fact.EXHIBIT_RETURNED, Fact.EXHIBIT_DISPOSED),
    basis=(CPL.article(245), MPSC.article(288)),
):
    """The organ that has a thing gives it back, hands it to the treasury or destroys it, as was decided (处理)."""

    way: Literal["returned", "treasury", "destroyed"] = Field(
        title="处理方式", description="returned 发还、treasury 上缴国库、destroyed 销毁"
    )
    receiver: Line = Field(title="领取人或者执行单位")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """That it is given back, or disposed of otherwise."""
        return (Fact.EXHIBIT_RETURNED if self.way == "returned" else Fact.EXHIBIT_DISPOSED,)

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """Who has it, if anybody."""
        if self.way == "returned":
            return build_holder_parties(self.receiver, "已发还")
        return build_holder_parties("国库", "已上缴国库") if self.way == "treasury" else build_holder_parties("无", "已销毁")


# With the case


class ConfirmPapers(
    Form,
    title="核对卷宗材料",
    by=(PROCURATORATE, COURT, OFFICER),
    or_facts=(Fact.CASE_PAPERS_CONFIRMED, Fact.CASE_PAPERS_FOUND_LACKING),
    basis=(CPL.article(162), MPSC.article(289)),
):
    """The organ that received a case compares its papers with the list that came with it, and says what is missing (核对卷宗)."""

    complete: bool = Field(title="与目录一致")
    missing: Annotated[OptionalText, OnlyWhere({"complete": (False,)}, "与目录不一致的，应当写明缺少的材料")] = Field(
        default="", title="缺少的材料", description="不一致的必填", validate_default=True
    )

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """What was found."""
        return (Fact.CASE_PAPERS_CONFIRMED if self.complete else Fact.CASE_PAPERS_FOUND_LACKING,)
