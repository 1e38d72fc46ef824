"""The forms of trial and sentence (审判 · 执行): what the court does with a prosecuted case, and how its judgment is carried out."""

from dataclasses import replace
from datetime import datetime
from typing import Literal

from pydantic import Field

from law.facts import Fact
from law.instruments import CPL, MPSC, SPC, SPP
from law.legal_fact import LegalFact
from law.offices import Office
from models.forms.exhibit_transfer import ConfirmPapers
from models.forms.form import Amount, Form, Line, OptionalLine, OptionalText, Text

OFFICER = Office.CASE_OFFICER
COURT = (Office.COURT, OFFICER)
HIGHER = (Office.HIGHER_COURT, Office.SUPREME_COURT)

# The figure of each procedure, and of each where the sentence to be expected is longer.
_FIGURES = {
    ("ordinary", False): "2 month",
    ("ordinary", True): "2 month",
    ("summary", False): "20 day",
    ("summary", True): "1 month 15 day",
    ("fast-track", False): "10 day",
    ("fast-track", True): "15 day",
}


class Tried(Form):
    """By which procedure a case is tried, and so for how long."""

    procedure: Literal["", "ordinary", "summary", "fast-track"] = Field(
        default="",
        title="审理程序",
        description="不填即普通程序，快速办理的为速裁程序；ordinary 普通程序、summary 简易程序、fast-track 速裁程序",
    )
    longer: bool = Field(
        default=False, title="可能判处的刑罚较重", description="简易程序超过三年有期徒刑，速裁程序超过一年有期徒刑"
    )

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The fact with the procedure as its reason, and the figure that belongs to it."""
        made = super().build_fact(fact, subject, at, approver)
        if not self.procedure:  # as the case has been handled
            return made
        return replace(made, reason=self.procedure, base=_FIGURES[self.procedure, self.longer])


class ReceiveTrialCase(
    Form, title="法院收到起诉的案件", by=COURT, fact=Fact.TRIAL_CASE_RECEIVED, basis=(CPL.article(186), SPC.article(219))
):
    """The court receives the prosecuted case and examines whether to take it (法院收案)."""

    number: OptionalLine = Field(default="", title="案号")


class AskTrialPapers(Form, title="法院通知补送材料", by=COURT, fact=Fact.TRIAL_PAPERS_ASKED, basis=SPC.article(219)):
    """The court asks the procuratorate for what is missing, to come within three days (通知补送材料)."""

    missing: Text = Field(title="需补送的材料")


class AcceptTrial(
    Tried, title="法院受理", by=COURT, fact=Fact.TRIAL_ACCEPTED, basis=(CPL.article(186), CPL.article(208), SPC.article(219))
):
    """The court takes the case, from when the time of its procedure counts (法院受理)."""


class ReturnTrialCase(Form, title="法院退回检察院", by=COURT, fact=Fact.TRIAL_NOT_ACCEPTED, basis=SPC.article(219)):
    """The court gives the case back to the procuratorate (退回检察院)."""

    explanation: Text = Field(title="退回理由")


class ConvertTrial(
    Tried,
    title="转换审理程序",
    by=COURT,
    fact=Fact.TRIAL_CONVERTED,
    basis=(CPL.article(221), CPL.article(226), SPC.article(376)),
):
    """The court goes over to another procedure, whose time counts from that decision (转换审理程序)."""


class RequestTrialExtension(
    Form,
    title="层报延长审理期限",
    by=COURT,
    basis=SPC.article(210),
    shares_with=HIGHER,
):
    """The court asks above for more time, fifteen days before its own ends (层报延长审理期限)."""

    explanation: Text = Field(title="延长理由")


class ExtendTrial(
    Form,
    title="延长审理期限",
    by=(Office.COURT, *HIGHER),
    fact=Fact.TRIAL_EXTENDED,
    basis=(CPL.article(208), SPC.article(210)),
    made_elsewhere="延长审理期限决定书",
):
    """The court takes the third month, or a court above approves more (延长审理期限)."""

    extension: Amount = Field(default="to 3 month", title="延长期限", description="to 3 month;+3 month 由上级人民法院批准")
    grounds: Text = Field(title="延长理由")


class AdjournForInvestigation(
    Form,
    title="延期审理补充侦查",
    by=COURT,
    fact=Fact.TRIAL_ADJOURNED,
    basis=(CPL.article(204), CPL.article(205), SPP.article(421)),
    made_elsewhere="延期审理决定书",
):
    """The court adjourns because the procuratorate proposes to investigate more, twice at most (延期审理)."""

    explanation: Text = Field(title="补充侦查的事项")


class SendAgainToCourt(
    Form,
    title="补充侦查完毕移送法院",
    by=(Office.PROCURATORATE, *COURT),
    fact=Fact.TRIAL_SENT_AGAIN,
    basis=(CPL.article(205), CPL.article(208)),
):
    """The procuratorate brings what it found, and the court's time counts anew (移送法院)."""

    note: OptionalText = Field(default="", title="补充侦查情况")


class SuspendTrial(
    Form, title="中止审理", by=COURT, fact=Fact.TRIAL_SUSPENDED, basis=CPL.article(206), made_elsewhere="中止审理裁定书"
):
    """The court suspends the trial, for a time that does not count (中止审理)."""

    explanation: Text = Field(title="中止理由")


class ResumeTrial(Form, title="恢复审理", by=COURT, fact=Fact.TRIAL_RESUMED, basis=CPL.article(206)):
    """The court takes the trial up again (恢复审理)."""

    note: OptionalLine = Field(default="", title="备注")


class StartTrialEvaluation(
    Form, title="审判期间决定精神病鉴定", by=COURT, fact=Fact.TRIAL_EVALUATION_STARTED, basis=SPC.article(211)
):
    """The court has the accused's mental state evaluated, for a time that does not count (审判期间精神病鉴定)."""

    institution: Line = Field(title="鉴定机构")


class EndTrialEvaluation(Form, title="审判期间精神病鉴定完毕", by=COURT, fact=Fact.TRIAL_EVALUATION_ENDED, basis=SPC.article(211)):
    """That evaluation is over (鉴定完毕)."""

    opinion: OptionalText = Field(default="", title="鉴定意见")


class WithdrawProsecution(
    Form,
    title="准许撤回起诉",
    by=COURT,
    fact=Fact.PROSECUTION_WITHDRAWN,
    basis=(SPP.article(424), SPC.article(296)),
    made_elsewhere="准许撤回起诉裁定书",
):
    """The court lets the procuratorate withdraw the prosecution (撤回起诉)."""

    explanation: Text = Field(title="撤回理由")


class JudgeCase(
    Form,
    title="宣判",
    by=COURT,
    fact=Fact.CASE_JUDGED,
    or_facts=(Fact.DEFENDANT_ACQUITTED,),
    basis=(CPL.article(202), CPL.article(208), CPL.article(260)),
    made_elsewhere="判决书",
):
    """The court pronounces its judgment (宣判); who is acquitted or not punished is released at once."""

    outcome: Literal["guilty", "not-punished", "acquitted"] = Field(
        title="判决结果", description="guilty 有罪判处刑罚、not-punished 免予刑事处罚、acquitted 宣告无罪"
    )
    judgment: Text = Field(title="判决主文")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The judgment, and that nobody is held on it."""
        return (Fact.CASE_JUDGED,) if self.outcome == "guilty" else (Fact.CASE_JUDGED, Fact.DEFENDANT_ACQUITTED)


class ServeJudgment(
    Form, title="接到判决书、裁定书", by=COURT, fact=Fact.JUDGMENT_SERVED, basis=(CPL.article(230), SPC.article(380))
):
    """A party receives the judgment or ruling, and the time to appeal counts from the next day (送达判决书)."""

    recipient: Line = Field(title="受送达人")
    base: Literal["10 day", "5 day"] = Field(default="10 day", title="上诉期限", description="判决 10 day,裁定 5 day")


class FileAppeal(
    Form,
    title="上诉、抗诉",
    by=COURT,
    fact=Fact.APPEALED,
    basis=(CPL.article(227), CPL.article(228), CPL.article(230)),
    made_elsewhere="上诉状、抗诉书",
    shares_with=(Office.HIGHER_COURT,),
):
    """The accused appeals, or the procuratorate protests (上诉、抗诉)."""

    appellant: Line = Field(title="上诉人或者抗诉机关")


class AcceptSecondInstance(
    Form,
    title="第二审法院受理",
    by=(Office.HIGHER_COURT, *COURT),
    fact=Fact.SECOND_INSTANCE_ACCEPTED,
    basis=CPL.article(243),
):
    """The court of second instance takes the case (第二审受理)."""

    number: OptionalLine = Field(default="", title="案号")


class ExtendSecondInstance(
    Form,
    title="延长第二审审理期限",
    by=HIGHER,
    fact=Fact.SECOND_INSTANCE_EXTENDED,
    basis=CPL.article(243),
    made_elsewhere="延长审理期限决定书",
):
    """A court above approves more time for the second instance (延长第二审审理期限)."""

    extension: Amount = Field(default="+2 month", title="延长期限")
    grounds: Text = Field(title="延长理由")


class JudgeOnAppeal(
    Form,
    title="第二审审结",
    by=(Office.HIGHER_COURT, *COURT),
    fact=Fact.SECOND_INSTANCE_JUDGED,
    or_facts=(Fact.DEFENDANT_ACQUITTED,),
    basis=(CPL.article(236), CPL.article(244), CPL.article(260)),
    made_elsewhere="第二审判决书、裁定书",
):
    """The court of second instance has the last word (第二审审结), in effect at once but for a death sentence still to be approved.

    Who is acquitted or not punished in the second instance is released as in the first.
    """

    outcome: Literal["upheld", "changed", "not-punished", "acquitted"] = Field(
        title="第二审结果",
        description="upheld 维持、changed 改判、not-punished 改判免予刑事处罚、acquitted 改判宣告无罪",
    )
    judgment: Text = Field(title="裁判主文")

    def list_fact_kinds(self) -> tuple[Fact, ...]:
        """The judgment, and that nobody is held on it."""
        freed = (Fact.DEFENDANT_ACQUITTED,) if self.outcome in ("not-punished", "acquitted") else ()
        return (Fact.SECOND_INSTANCE_JUDGED, *freed)


class RemandCase(
    Form,
    title="发回重审",
    by=(Office.HIGHER_COURT, *COURT),
    fact=Fact.CASE_REMANDED,
    basis=(CPL.article(236), CPL.article(238), CPL.article(241)),
    made_elsewhere="刑事裁定书",
):
    """The court of second instance sends the case back to be tried again (发回重审); on its facts once."""

    kind: Literal["facts", "procedure"] = Field(
        default="facts", title="发回的情形", description="facts 事实不清或者证据不足，以一次为限、procedure 第一审违反法定诉讼程序"
    )
    explanation: Text = Field(title="发回理由")

    def build_fact(self, fact: Fact, subject: str, at: datetime, approver: str) -> LegalFact:
        """The remand, and on what."""
        return replace(super().build_fact(fact, subject, at, approver), reason=self.kind)


class TakeEffect(
    Form,
    title="判决、裁定生效",
    by=COURT,
    fact=Fact.SENTENCE_EFFECTIVE,
    basis=(CPL.article(230), CPL.article(244), CPL.article(259), CPL.article(264), SPC.article(413)),
):
    """The judgment takes effect: nobody appealed in time, the appeal is decided, or a death sentence approved (判决生效)."""

    note: OptionalLine = Field(default="", title="备注")


# Of each convict


class ReceiveSentencePapers(
    Form,
    title="收到执行的法律文书",
    by=(Office.CUSTODY_CENTRE, OFFICER),
    fact=Fact.SENTENCE_PAPERS_RECEIVED,
    basis=(CPL.article(264), MPSC.article(298), MPSC.article(300)),
    made_elsewhere="判决书、裁定书、执行通知书",
    shares_with=(Office.CUSTODY_CENTRE,),
):
    """The police receive the court's papers about one convict, and a month to hand them over counts (收到执行文书)."""

    sentence: Line = Field(title="判处的刑罚")


class ExecuteSentence(
    Form,
    title="交付执行",
    by=(Office.CUSTODY_CENTRE, OFFICER),
    fact=Fact.SENTENCE_EXECUTED,
    basis=(CPL.article(264), MPSC.article(298), MPSC.article(300)),
    made_elsewhere="罪犯结案登记表、执行通知书",
):
    """Hand a convict over to whoever carries out the sentence (交付执行)."""

    way: Literal["prison", "juvenile-reformatory", "custody-centre", "detained-labour", "community-correction", "released"] = Field(
        title="执行方式",
        description="prison 监狱、juvenile-reformatory 未成年犯管教所、custody-centre 余刑三个月以下看守所代为执行、"
        "detained-labour 拘役、community-correction 社区矫正、released 刑满或者免予处罚释放",
    )
    place: OptionalLine = Field(default="", title="执行场所")


TRYING = (
    RequestTrialExtension,
    ExtendTrial,
    SuspendTrial,
    ResumeTrial,
    StartTrialEvaluation,
    EndTrialEvaluation,
    ServeJudgment,
)
ACCEPTING = (ReceiveTrialCase, ConfirmPapers, AskTrialPapers)
ON_APPEAL = (
    AcceptSecondInstance,
    RequestTrialExtension,
    ExtendSecondInstance,
    SuspendTrial,
    ResumeTrial,
    StartTrialEvaluation,
    EndTrialEvaluation,
)
EXECUTING = (ReceiveSentencePapers, ExecuteSentence)
