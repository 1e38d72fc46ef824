"""The forms of an exhibit (涉案财物) in the hands of the police: stored, lent, examined, claimed, given back or disposed of."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from law.ends import TURNED_ADMINISTRATIVE
from law.facts import Fact
from law.instruments import CPL, MPSA, MPSC, PROP, PSAPL, RULE
from law.offices import Office
from models.ends import End, Ends
from models.forms.exhibit_opening import Username, build_holder_parties
from models.forms.form import (
    POLICE,
    Amount,
    Can,
    Command,
    Form,
    Line,
    OptionalLine,
    OptionalText,
    TakeByAll,
    Term,
    Text,
    declare_duty_field,
)
from models.matter import Kind

OFFICER, CUSTODIAN = Office.CASE_OFFICER, Office.CASE_MANAGEMENT_OFFICER
STATION_HEAD, COUNTY_HEAD = (Office.STATION_HEAD,), (Office.COUNTY_HEAD,)


class IntoStore(Form):
    """What is written down whenever something comes into the store: who keeps it, where, in what condition."""

    keeper: Annotated[Username, Can((CUSTODIAN,))] = Field(title="保管人")
    place: Line = Field(title="存放位置", description="保管场所及货位，例如 涉案财物保管中心 A-03-12")
    condition: OptionalText = Field(default="", title="财物状况")

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The keeper holds it now."""
        return build_holder_parties(self.keeper, self.place)


class StoreExhibit(
    IntoStore, title="移交入库", by=CUSTODIAN, fact=Fact.EXHIBIT_HANDED_OVER, basis=(MPSA.article(190), PROP.article(12))
):
    """The custodian takes over a thing from the officer, within a day of its being taken (移交入库)."""


class BringBackExhibit(Form, title="异地提取返回单位", by=OFFICER, fact=Fact.EXHIBIT_BROUGHT_BACK, basis=MPSA.article(190)):
    """Come back with what was taken far away, from when the day counts (异地提取返回)."""

    note: OptionalLine = Field(default="", title="说明")


class ExamineExhibitFirst(
    Form,
    title="先行鉴定检验",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.EXHIBIT_EXAMINATION_APPROVED,
    basis=MPSA.article(190),
):
    """Have a thing examined before it is stored, since that cannot wait (紧急鉴定检验)."""

    examiner: Line = Field(title="鉴定、检验单位或者人员")
    purpose: Text = Field(title="事由")

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """Whoever examines it holds it."""
        return build_holder_parties(self.examiner, "鉴定检验处")


class FinishExamination(Form, title="先行鉴定检验完毕", by=OFFICER, fact=Fact.EXHIBIT_EXAMINED, basis=MPSA.article(190)):
    """Take it back from whoever examined it; it goes to the store within a day (鉴定检验完毕)."""

    received_by: Annotated[Username, POLICE] = Field(title="取回民警")
    finding: OptionalText = Field(default="", title="结果")

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """Who fetched it holds it."""
        return build_holder_parties(self.received_by, "经办民警处")


class LendExhibit(
    Form,
    title="调用",
    by=OFFICER,
    approved_by=STATION_HEAD,
    fact=Fact.EXHIBIT_LENT,
    basis=(MPSA.article(190), RULE.section("涉案财物调用")),
):
    """Take a thing out of the store for an examination, an identification or a questioning, to be back as promised (调用)."""

    borrower: Annotated[Username, POLICE] = Field(title="调用民警")
    place: Line = Field(title="调用去向")
    purpose: Text = Field(title="事由")
    term: Term = Field(default="7 day", title="调用期限", description="许诺归还的期限，写作 1 day 至 7 day 或者若干 hour")

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """Who borrows it holds it."""
        return build_holder_parties(self.borrower, self.place)


class ReturnLoan(
    IntoStore,
    title="归还入库",
    by=CUSTODIAN,
    fact=Fact.EXHIBIT_LOAN_RETURNED,
    basis=(MPSA.article(190), RULE.section("涉案财物调用")),
):
    """The custodian takes back what was lent (归还)."""


class RegisterExhibit(
    Form,
    title="登记查封、冻结、先行登记保存的财物",
    by=CUSTODIAN,
    fact=Fact.EXHIBIT_REGISTERED,
    basis=(MPSA.article(190), PROP.article(12)),
):
    """The custodian registers what stays where it is (财物管理人员登记)."""

    papers: Line = Field(title="法律文书", description="收到的法律文书复印件")


class FileWithSupervision(Form, title="报督察备案", by=CUSTODIAN, fact=Fact.EXHIBIT_FILED_WITH_SUPERVISION, basis=PROP.article(13)):
    """Tell supervision what was taken in or registered (报督察备案)."""

    note: OptionalLine = Field(default="", title="说明")


# Appraisal during an administrative seizure


class StartExhibitAppraisal(Form, title="送检鉴定", by=OFFICER, fact=Fact.EXHIBIT_APPRAISAL_STARTED, basis=MPSA.article(112)):
    """Send a seized thing to be appraised; the time is left out once the party was told of its length in writing (送检)."""

    institution: Line = Field(title="鉴定机构")
    told: Line = Field(title="书面告知当事人的鉴定期间")


class EndExhibitAppraisal(Form, title="鉴定完毕", by=OFFICER, fact=Fact.EXHIBIT_APPRAISAL_ENDED, basis=MPSA.article(112)):
    """Receive the appraiser's opinion (鉴定完毕)."""

    opinion: Text = Field(title="鉴定意见")


# Whose is it?


class FindIrrelevant(
    Form, title="查明与案件无关", by=OFFICER, fact=Fact.EXHIBIT_FOUND_IRRELEVANT, basis=(CPL.article(145), MPSC.article(233))
):
    """Find that a thing has nothing to do with the case: it goes back within three days (与案件无关)."""

    finding: Text = Field(title="查明的情况")


class NotifyOwner(
    Form,
    title="通知原主或者公告认领",
    by=OFFICER,
    or_facts=(Fact.EXHIBIT_OWNER_NOTIFIED, Fact.EXHIBIT_ADMIN_OWNER_NOTIFIED),
    basis=(MPSC.article(233), PSAPL.article(105), MPSA.article(197)),
):
    """Tell the owner to come for it, or give public notice, from when six months run (通知、公告认领)."""

    means: Line = Field(title="通知对象、方式或者公告载体")
    administrative: bool = declare_duty_field("行政案件的财物", "两种程序的认领期限和延长各不相同", MPSA.article(197))

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The notice, by the rules of its procedure."""
        return (Fact.EXHIBIT_ADMIN_OWNER_NOTIFIED if self.administrative else Fact.EXHIBIT_OWNER_NOTIFIED,)


class ExtendClaim(
    Form,
    title="延长认领期限",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_CLAIM_EXTENDED,
    basis=MPSA.article(197),
):
    """Wait longer for the owner, in special circumstances (延长认领期限)."""

    extension: Amount = Field(default="+3 month", title="延长期限")
    grounds: Text = Field(title="特殊情况")


class ClaimExhibit(Form, title="认领", by=OFFICER, fact=Fact.EXHIBIT_CLAIMED, basis=(MPSC.article(233), MPSA.article(197))):
    """Somebody comes for it and shows that it is theirs (认领)."""

    claimant: Line = Field(title="认领人")
    proof: Text = Field(title="权属证明")


# Where it goes in the end


class OrderDisposal(
    Form,
    title="决定处理",
    by=(Office.COURT, Office.PROCURATORATE, OFFICER),
    fact=Fact.EXHIBIT_DISPOSAL_ORDERED,
    basis=(CPL.article(245), RULE.section("涉案财物处理")),
):
    """Judgment, or a decision of whoever ended the case, says what becomes of a thing; it is to be carried out in time (决定处理)."""

    decision: Text = Field(title="处理决定", description="判决书、裁定书、决定书的文号和对该财物的处理")
    reason: Literal["", "turned-administrative"] = Field(
        default="", title="缘由", description="turned-administrative 案件转行政处理：冻结的应当解除，其他财物随行政案件处理"
    )


class EndsCase(Form):
    """What every step has in common by which a case ends: what becomes of things that are still held is decided with it, or at once."""

    def build_commands(self) -> tuple[Command, ...]:
        """The time for that begins for each thing of the case."""
        ordered = OrderDisposal.model_validate({"at": self.at, "decision": f"案件已{self.rule.title}，尚在保管的财物应当依法处理"})
        return (TakeByAll(Kind.EXHIBIT, ordered),)


class EndsCriminalProcedure(Form):
    """What is frozen in a criminal case cannot stay so in an administrative one; what was seized may be evidence there (转行政处理)."""

    def build_commands(self) -> tuple[Command, ...]:
        """Each thing of the case hears of it; where it is frozen the time for lifting that begins."""
        decision = f"案件已{self.rule.title}，冻结的财产应当解除冻结并通知当事人（{MPSC.article(187)}），其他财物随行政案件依法处理"
        return (TakeByAll(Kind.EXHIBIT, OrderDisposal(at=self.at, decision=decision, reason=TURNED_ADMINISTRATIVE)),)


class ReturnExhibit(
    Form,
    title="发还",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_RETURNED,
    basis=(CPL.article(245), MPSC.article(234), MPSA.article(192)),
    document="发还清单",
):
    """Give a thing back to whose it is, against a receipt (发还)."""

    receiver: Line = Field(title="领取人")
    proxy_letter: OptionalLine = Field(default="", title="委托书", description="委托他人领取的必填")
    explanation: Text = Field(title="返还理由")

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The owner has it."""
        return build_holder_parties(self.receiver, "已发还")


class HandToTreasury(
    Form,
    title="上缴国库",
    by=(CUSTODIAN, OFFICER),
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_DISPOSED,
    basis=(CPL.article(245), MPSC.article(233), MPSA.article(196), MPSA.article(197)),
):
    """Hand a thing, or what it was sold for, to the treasury: nobody's once nobody came for it in time, or confiscated (上缴国库)."""

    reason: Literal["unclaimed", "judgment", "decision"] = Field(
        title="缘由", description="unclaimed 无人认领、judgment 生效裁判、decision 收缴追缴决定"
    )
    voucher: Line = Field(title="缴库凭证")

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """The treasury has it."""
        return build_holder_parties("国库", "已上缴国库")


class DestroyExhibit(
    Form,
    title="销毁",
    by=(CUSTODIAN, OFFICER),
    approved_by=COUNTY_HEAD,
    fact=Fact.EXHIBIT_DISPOSED,
    basis=(CPL.article(245), MPSC.article(236), MPSA.article(196)),
):
    """Destroy what nobody may have, two people watching (销毁)."""

    reason: Literal["judgment", "decision", "contraband"] = Field(
        default="judgment", title="缘由", description="judgment 生效裁判、decision 处理决定、contraband 不作证据使用的违禁品"
    )
    way: Line = Field(title="销毁方式和地点")
    first_watcher: Annotated[Username, POLICE] = Field(title="监销人")
    second_watcher: Annotated[Username, POLICE] = Field(title="另一名监销人")

    @model_validator(mode="after")
    def _check_two_people(self) -> Self:
        if self.first_watcher == self.second_watcher:
            raise ValueError("监销人不得少于二人")
        return self

    def build_parties(self) -> tuple[dict[str, str], ...]:
        """Nobody has it any more."""
        return build_holder_parties("无", "已销毁")


WHOSE = (FindIrrelevant, NotifyOwner, ExtendClaim, ClaimExhibit)
APPRAISING = (StartExhibitAppraisal, EndExhibitAppraisal)


# A thing ends by being disposed of, which is recorded where it is.
ENDS = Ends(Kind.EXHIBIT, dict.fromkeys(("returned", "treasury", "destroyed", "unfrozen", "handed_over"), End()))
