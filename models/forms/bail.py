"""The forms of bail and residential surveillance (取保候审 · 监视居住)."""

from typing import ClassVar, Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import BAIL, CPL, MPSC
from law.offices import Office
from models.forms.bail_of_organs import ReceiveBailCase, ReceiveBailPapers, ReceiveSurveillancePapers
from models.forms.form import Form, Line, OptionalLine, OptionalText, Term, Text

OFFICER = Office.CASE_OFFICER
COUNTY_HEAD = (Office.COUNTY_HEAD,)
# The smallest deposit that may be set at all, a minor's (MPSC 87).
LEAST_DEPOSIT_YUAN = 500


class DecideBail(
    Form,
    title="取保候审",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.BAIL_DECIDED,
    basis=(CPL.article(67), MPSC.article(81), MPSC.article(83)),
    document="取保候审决定书、取保候审执行通知书",
):
    """Leave a suspect free on a guarantor or a deposit (取保候审)."""

    surety: Literal["保证人", "保证金"] = Field(title="保证方式")
    deposit_yuan: int | None = Field(default=None, title="保证金数额（元）", ge=LEAST_DEPOSIT_YUAN)
    guarantor: OptionalLine = Field(default="", title="保证人")
    grounds: Text = Field(title="取保理由")
    term: Term = Field(default="", title="取保期限")


class LiftBail(
    Form,
    title="解除取保候审",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.BAIL_LIFTED,
    basis=(CPL.article(79), MPSC.article(108)),
    document="解除取保候审决定书",
):
    """End bail (解除取保候审)."""

    grounds: Text = Field(title="解除理由")


class ServeDepositNotice(
    Form,
    title="送达收取保证金通知书",
    by=OFFICER,
    fact=Fact.BAIL_DEPOSIT_NOTICE_SERVED,
    basis=(BAIL.article(11), BAIL.article(12)),
    document="收取保证金通知书",
):
    """Serve the notice to pay the deposit (收取保证金通知)."""

    amount_yuan: int = Field(title="保证金数额（元）", ge=LEAST_DEPOSIT_YUAN)


class PayDeposit(Form, title="交纳保证金", by=OFFICER, fact=Fact.BAIL_DEPOSIT_PAID, basis=BAIL.article(12)):
    """Record that the deposit was paid (交纳保证金)."""

    receipt: OptionalLine = Field(default="", title="票据号")


class ReceiveRemoteBail(
    Form, title="异地取保人收到取保候审决定书", by=OFFICER, fact=Fact.BAIL_REMOTE_DECISION_RECEIVED, basis=BAIL.article(17)
):
    """Record that a person bailed to another place received the decision (异地取保)."""

    place: Line = Field(title="执行地")


class ReportIn(Form, title="取保人报到", by=OFFICER, fact=Fact.BAIL_REPORTED_IN, basis=BAIL.article(17)):
    """Record that the person reported to the police who execute the bail (报到)."""

    station: Line = Field(title="执行派出所")


class AssignBailStation(
    Form, title="指定派出所执行取保候审", by=OFFICER, fact=Fact.BAIL_STATION_ASSIGNED, basis=(MPSC.article(92), BAIL.article(20))
):
    """Name the station that executes the bail (指定执行派出所)."""

    station: Line = Field(title="执行派出所")


class ChangeBailCircumstances(
    Form, title="取保人住址、工作或者联系方式变动", by=OFFICER, fact=Fact.BAIL_CIRCUMSTANCES_CHANGED, basis=CPL.article(71)
):
    """Learn that address, work or contact changed, which the person must report (情况变动)."""

    change: Text = Field(title="变动情况")


class ReportBailChange(Form, title="取保人报告变动", by=OFFICER, fact=Fact.BAIL_CHANGE_REPORTED, basis=CPL.article(71)):
    """Record that the person reported it (报告变动)."""

    note: OptionalText = Field(default="", title="报告内容")


class FindGuarantorUnfit(
    Form, title="发现保证人情况变化", by=OFFICER, fact=Fact.GUARANTOR_FOUND_UNFIT, basis=(MPSC.article(106), BAIL.article(22))
):
    """Find that the guarantor can or will guarantee no longer (保证人情况变化)."""

    grounds: Text = Field(title="变化情况")


class NotifyGuarantorProblem(
    Form, title="通知决定机关保证人情况变化", by=OFFICER, fact=Fact.GUARANTOR_PROBLEM_NOTIFIED, basis=BAIL.article(22)
):
    """Tell whoever decided the bail (通知决定机关)."""

    recipient: Line = Field(title="决定机关")


class GiveBailExpiryNotice(
    Form,
    title="通知受案机关取保候审将届满",
    by=(OFFICER, Office.PROCURATORATE),
    fact=Fact.BAIL_EXPIRY_NOTICE_GIVEN,
    basis=BAIL.article(26),
    shares_with=(Office.PROCURATORATE, Office.COURT),
):
    """Tell the organ that now has the case that bail is about to end (届满通知)."""

    recipient: Line = Field(title="受案机关")


class ForfeitBail(
    Form,
    title="决定没收保证金或者罚保证人",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.BAIL_FORFEITED,
    basis=(MPSC.article(97), MPSC.article(104)),
    document="没收保证金决定书、对保证人罚款决定书",
):
    """Forfeit the deposit, or fine the guarantor (没收保证金 · 对保证人罚款)."""

    amount_yuan: int = Field(title="数额（元）", ge=1)
    grounds: Text = Field(title="违反规定的情形")
    against: Literal["", "没收保证金", "对保证人罚款"] = Field(
        default="", title="决定的种类", description="不填的，决定书须另行制作"
    )


class AnnounceForfeiture(
    Form,
    title="宣读送达没收或者罚款决定",
    by=OFFICER,
    fact=Fact.BAIL_FORFEITURE_ANNOUNCED,
    basis=(MPSC.article(98), MPSC.article(104)),
    document="送达回证",
):
    """Read the decision to the person, from when it may be contested (宣读送达)."""

    paper: ClassVar[str] = "没收保证金（对保证人罚款）决定书"
    recipient: Line = Field(title="受送达人")


class ReceiveForfeitureRemedy(
    Form,
    title="收到没收或者罚款复议复核申请",
    by=(Office.LEGAL_REVIEWER, OFFICER),
    fact=Fact.BAIL_REMEDY_RECEIVED,
    basis=(MPSC.article(99), MPSC.article(104)),
):
    """Receive an application against it (复议复核申请)."""

    note: OptionalText = Field(default="", title="申请理由")


class DecideForfeitureRemedy(
    Form,
    title="作出没收或者罚款复议复核决定",
    by=(Office.LEGAL_REVIEWER, Office.HIGHER_POLICE),
    fact=Fact.BAIL_REMEDY_DECIDED,
    basis=(MPSC.article(99), MPSC.article(104)),
):
    """Decide that application (复议复核决定)."""

    decision: Text = Field(title="决定")


class FinalizeForfeiture(
    Form,
    title="没收或者罚款决定已经确定",
    by=OFFICER,
    fact=Fact.BAIL_FORFEITURE_FINAL,
    or_facts=(Fact.BAIL_FORFEITURE_OF_ORGAN_FINAL,),
    basis=(MPSC.article(100), MPSC.article(105)),
):
    """Record that nobody can contest the forfeiture any more: the money goes to the treasury, an organ that had decided is told (决定确定)."""

    decided_by: Literal["police", "organ"] = Field(
        title="取保候审的决定机关", description="police 公安机关、organ 人民检察院或者人民法院"
    )
    how: Literal["已过复议期限", "复议、复核后维持", "复议、复核后变更数额"] = Field(title="确定的情形")
    amount_yuan: int = Field(title="确定的数额（元）", ge=1)

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The end of the matter, and that procuratorate or court must hear of it."""
        of_organ = (Fact.BAIL_FORFEITURE_OF_ORGAN_FINAL,) if self.decided_by == "organ" else ()
        return (Fact.BAIL_FORFEITURE_FINAL, *of_organ)


class TellBailOrgan(
    Form,
    title="将没收或者罚款通知决定取保候审的机关",
    by=OFFICER,
    fact=Fact.BAIL_ORGAN_TOLD,
    basis=(MPSC.article(100), MPSC.article(105)),
):
    """Tell the procuratorate or court that had decided on bail what was forfeited (通知决定机关)."""

    organ: Line = Field(title="决定取保候审的机关")


class DecideSurveillance(
    Form,
    title="监视居住",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.SURVEILLANCE_DECIDED,
    basis=(CPL.article(74), MPSC.article(110)),
    document="监视居住决定书、监视居住通知书",
):
    """Confine a suspect to a dwelling under surveillance (监视居住)."""

    place: Line = Field(title="执行处所")
    grounds: Text = Field(title="监视居住理由")
    term: Term = Field(default="", title="监视居住期限")


class ExecuteDesignatedSurveillance(
    Form,
    title="执行指定居所监视居住",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.DESIGNATED_SURVEILLANCE_EXECUTED,
    basis=(CPL.article(75), MPSC.article(113)),
):
    """Begin surveillance at a place named by the police instead of the dwelling (指定居所监视居住)."""

    place: Line = Field(title="指定居所")
    grounds: Text = Field(title="指定理由")


class AssignSurveillanceStation(
    Form, title="通知派出所执行监视居住", by=OFFICER, fact=Fact.SURVEILLANCE_STATION_ASSIGNED, basis=MPSC.article(118)
):
    """Tell the station that executes it (通知执行派出所)."""

    station: Line = Field(title="执行派出所")


class LiftSurveillance(
    Form,
    title="解除监视居住",
    by=OFFICER,
    approved_by=COUNTY_HEAD,
    fact=Fact.SURVEILLANCE_LIFTED,
    basis=(CPL.article(79), MPSC.article(123)),
    document="解除监视居住决定书",
):
    """End surveillance (解除监视居住)."""

    grounds: Text = Field(title="解除理由")


EXECUTING_BAIL = (
    ServeDepositNotice,
    PayDeposit,
    ReceiveRemoteBail,
    ReportIn,
    ReceiveBailPapers,
    AssignBailStation,
    ChangeBailCircumstances,
    ReportBailChange,
    FindGuarantorUnfit,
    NotifyGuarantorProblem,
    GiveBailExpiryNotice,
    ReceiveBailCase,
    ForfeitBail,
)
# What was forfeited may be contested whatever measure has followed.
FORFEITURE = (AnnounceForfeiture, ReceiveForfeitureRemedy, DecideForfeitureRemedy, FinalizeForfeiture, TellBailOrgan)
EXECUTING_SURVEILLANCE = (ExecuteDesignatedSurveillance, ReceiveSurveillancePapers, AssignSurveillanceStation)
