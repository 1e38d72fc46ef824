"""The life of a criminal case: accepted for review → filed → investigated → prosecuted → tried → sentence executed → closed."""

from typing import Any, Literal

from models.forms import case_handling as beside
from models.forms import prosecution as procuratorate
from models.forms import trial as court
from models.forms.archive import Archive
from models.forms.case_handling import HandedOver
from models.forms.closing import ReopenCase, TurnAdministrative
from models.forms.criminal_case import (
    AcceptCase,
    CancelCase,
    CloseCase,
    CloseInvestigation,
    FileCase,
    NameSuspect,
    RefuseFiling,
    SendCase,
    TransferCase,
)
from models.forms.jurisdiction import MergeCase, RetakeCase, handed_to, moved_by
from models.matter import Kind
from models.messages import Reparenting
from workflows.carrying_on import carry_on
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# Who hears what becomes of the case: its suspects, and the cases that were merged into it.
_CONCERNED = (Kind.SUSPECT.prefix, Kind.CRIMINAL_CASE.prefix)


@matter(Kind.CRIMINAL_CASE)
class CriminalCase(Lifecycle):
    """A case of suspected crime, which opens a matter for each of its suspects (刑事案件)."""

    @stage("未受案")
    def unopened(self, step: AcceptCase) -> Literal["review"]:
        """A report, a surrender or a referral is accepted."""
        return "review"

    @stage("立案审查", meanwhile=beside.IN_REVIEW)
    def review(self, step: FileCase | RefuseFiling | HandedOver) -> Literal["review", "investigation", "not_filed", "transferred"]:
        """Is there a crime, and is it ours?"""
        return self._comes_to(step)

    @stage("不予立案", meanwhile=beside.NOT_FILED)
    def not_filed(self, step: FileCase | Archive) -> Literal["investigation", "archived"]:
        """The complainant may contest it, the procuratorate may have it filed after all."""
        return self._comes_to(step)

    @stage("侦查", meanwhile=beside.INVESTIGATING)
    def investigation(
        self, step: NameSuspect | CloseInvestigation | SendCase | CancelCase | HandedOver | MergeCase | TurnAdministrative
    ) -> Literal[
        "investigation",
        "investigation_closed",
        "prosecution_review",
        "cancelled",
        "transferred",
        "merged",
        "turned_administrative",
    ]:
        """Who did it? Each suspect becomes a matter of their own."""
        return self._comes_to(step)

    @stage("侦查终结", meanwhile=beside.INVESTIGATED)
    def investigation_closed(
        self, step: SendCase | CancelCase | TurnAdministrative
    ) -> Literal["prosecution_review", "cancelled", "turned_administrative"]:
        """Facts clear and evidence sufficient: the dossier goes to the procuratorate, whose clock is its own."""
        return self._comes_to(step)

    @stage("审查起诉", meanwhile=beside.UNDER_PROSECUTION)
    def prosecution_review(
        self,
        step: procuratorate.ProsecuteCase | procuratorate.ReturnForInvestigation | procuratorate.DecideNotToProsecute | CloseCase,
    ) -> Literal["court_acceptance", "supplementary_investigation", "not_prosecuted", "closed"]:
        """The procuratorate prosecutes, does not, or wants to know more; one that sends no word until the end is believed then."""
        return self._comes_to(step)

    @stage("退回补充侦查", meanwhile=beside.BACK_FOR_INVESTIGATION)
    def supplementary_investigation(
        self, step: NameSuspect | procuratorate.SendCaseAgain | CancelCase | TurnAdministrative
    ) -> Literal["supplementary_investigation", "prosecution_review", "cancelled", "turned_administrative"]:
        """Back with the police for a month, twice at most."""
        return self._comes_to(step)

    @stage("不起诉", meanwhile=beside.NOT_PROSECUTED)
    def not_prosecuted(
        self, step: procuratorate.ProsecuteCase | TurnAdministrative | CloseCase
    ) -> Literal["court_acceptance", "turned_administrative", "closed"]:
        """Whoever is held goes free at once; police, victim and the person may contest it."""
        return self._comes_to(step)

    @stage("法院审查受理", meanwhile=beside.BEFORE_COURT)
    def court_acceptance(self, step: court.AcceptTrial | court.ReturnTrialCase) -> Literal["trial", "prosecution_review"]:
        """The court looks whether it must take the case."""
        return self._comes_to(step)

    @stage("一审", meanwhile=beside.TRIED)
    def trial(
        self, step: court.JudgeCase | court.AdjournForInvestigation | court.WithdrawProsecution
    ) -> Literal["judged", "adjourned", "prosecution_review"]:
        """The court of first instance tries the case."""
        return self._comes_to(step)

    @stage("延期审理", meanwhile=court.TRYING)
    def adjourned(
        self, step: court.SendAgainToCourt | court.JudgeCase | court.WithdrawProsecution
    ) -> Literal["trial", "judged", "prosecution_review"]:
        """The procuratorate investigates more; what it brings is tried, or else what there is."""
        return self._comes_to(step)

    @stage("宣判", meanwhile=(court.ServeJudgment,))
    def judged(self, step: court.FileAppeal | court.TakeEffect) -> Literal["second_instance", "sentence"]:
        """Judged, in the first or the second instance, and not yet in effect."""
        return self._comes_to(step)

    @stage("二审", meanwhile=(court.FileAppeal, court.ServeJudgment, *court.ON_APPEAL), aside=True)
    def second_instance(self, step: court.JudgeOnAppeal | court.RemandCase) -> Literal["judged", "court_acceptance"]:
        """The court above decides, or has the case tried anew."""
        return self._comes_to(step)

    @stage("交付执行", meanwhile=beside.EXECUTED)
    def sentence(self, step: CloseCase) -> Literal["closed"]:
        """In effect: each convict is handed over in a matter of their own."""
        return self._comes_to(step)

    @stage("已移送管辖", meanwhile=beside.TRANSFERRED)
    def transferred(self, step: RetakeCase | Archive) -> Literal["review", "investigation", "archived"]:
        """Other police have it, unless it is designated to come back; the reporter is to be told."""
        return self._comes_to(step)

    @stage("已并案", meanwhile=beside.MERGED)
    def merged(self, step: Archive) -> Literal["archived"]:
        """Part of another case, of whose fate it hears; what was begun in it before is still to be done."""
        return "archived"

    @stage("已撤销案件", meanwhile=beside.CANCELLED)
    def cancelled(self, step: ReopenCase | Archive) -> Literal["investigation", "archived"]:
        """No crime after all; whoever is held must be released, and all concerned told."""
        return self._comes_to(step)

    @stage("已转行政处理", meanwhile=beside.TURNED)
    def turned_administrative(self, step: Archive) -> Literal["archived"]:
        """No crime, or none that is punished as one; an administrative case goes on."""
        return "archived"

    @stage("已结案", meanwhile=beside.CLOSED)
    def closed(self, step: Archive) -> Literal["archived"]:
        """It has been decided."""
        return "archived"

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""

    def _comes_to(self, step: Any) -> Any:
        """Where a step leads, the same in every stage; what becomes of the case all whom it concerns are told."""
        if isinstance(step, NameSuspect):
            self.open(Kind.SUSPECT, step.suspect())
            return self.state.stage
        self.tell(self.parent if isinstance(step, (FileCase, RefuseFiling)) else "")
        moved = moved_by(step)
        for child in self.state.children if not isinstance(step, (CloseInvestigation, Archive)) else ():
            self.tell(child if moved or child.startswith(_CONCERNED) else "", moved)
        self.tell(step.into if isinstance(step, MergeCase) else "", Reparenting(adopted=(self.number, *self.state.children)))
        if isinstance(step, TurnAdministrative) and (goes_on := step.case()):
            carry_on(self, Kind.PUBLIC_ORDER_CASE, goes_on)
        return _LEADS_TO.get(type(step)) or handed_to(step, self.state.stage)


_LEADS_TO = {
    FileCase: "investigation",
    RefuseFiling: "not_filed",
    TransferCase: "transferred",
    MergeCase: "merged",
    CancelCase: "cancelled",
    CloseInvestigation: "investigation_closed",
    ReopenCase: "investigation",
    TurnAdministrative: "turned_administrative",
    SendCase: "prosecution_review",
    procuratorate.SendCaseAgain: "prosecution_review",
    procuratorate.ReturnForInvestigation: "supplementary_investigation",
    procuratorate.DecideNotToProsecute: "not_prosecuted",
    procuratorate.ProsecuteCase: "court_acceptance",
    court.ReturnTrialCase: "prosecution_review",
    court.AcceptTrial: "trial",
    court.AdjournForInvestigation: "adjourned",
    court.SendAgainToCourt: "trial",
    court.WithdrawProsecution: "prosecution_review",
    court.JudgeCase: "judged",
    court.FileAppeal: "second_instance",
    court.JudgeOnAppeal: "judged",
    court.RemandCase: "court_acceptance",
    court.TakeEffect: "sentence",
    CloseCase: "closed",
    Archive: "archived",
}
