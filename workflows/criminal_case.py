"""The life of a criminal case: accepted for review → filed → investigated → prosecuted → tried → sentence executed → closed."""

from typing import Literal

from models.forms import case_handling as beside
from models.forms import prosecution as procuratorate
from models.forms import trial as court
from models.forms.archive import Archive
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
from models.forms.jurisdiction import DesignateCaseJurisdiction, MergeCase, RetakeCase
from models.matter import Kind
from models.messages import Reparenting
from workflows.conversion import convert_case
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.CRIMINAL_CASE)
class CriminalCase(Lifecycle):
    """A case of suspected crime, which opens a matter for each of its suspects (刑事案件)."""

    @stage("未受案")
    def unopened(self, step: AcceptCase) -> Literal["review"]:
        """A report, a surrender or a referral is accepted."""
        return "review"

    @stage("立案审查", meanwhile=beside.IN_REVIEW)
    def review(
        self, step: FileCase | RefuseFiling | TransferCase | DesignateCaseJurisdiction
    ) -> Literal["review", "investigation", "not_filed", "transferred"]:
        """Is there a crime, and is it ours?"""
        match step:
            case FileCase():
                self.notify_parent()
                self.notify_concerned()
                return "investigation"
            case RefuseFiling():
                self.notify_parent()
                self.notify_concerned()
                return "not_filed"
            case TransferCase():
                self.notify_concerned()
                return "transferred"
            case DesignateCaseJurisdiction():
                self.notify_designated(step)
                return "transferred" if step.handler == "elsewhere" else "review"

    @stage("不予立案", meanwhile=beside.NOT_FILED)
    def not_filed(self, step: Archive | FileCase) -> Literal["investigation", "archived"]:
        """The complainant may contest it, the procuratorate may have it filed after all."""
        match step:
            case FileCase():
                self.notify_parent()
                self.notify_concerned()
                return "investigation"
            case Archive():
                return "archived"

    @stage("侦查", meanwhile=beside.INVESTIGATING)
    def investigation(
        self,
        step: CloseInvestigation
        | NameSuspect
        | SendCase
        | CancelCase
        | TransferCase
        | DesignateCaseJurisdiction
        | MergeCase
        | TurnAdministrative,
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
        match step:
            case NameSuspect():
                self.open(Kind.SUSPECT, step.build_suspect())
                return "investigation"
            case CloseInvestigation():
                return "investigation_closed"
            case SendCase():
                self.notify_concerned()
                return "prosecution_review"
            case CancelCase():
                self.notify_concerned()
                return "cancelled"
            case TransferCase():
                self.notify_concerned()
                return "transferred"
            case DesignateCaseJurisdiction():
                self.notify_designated(step)
                return "transferred" if step.handler == "elsewhere" else "investigation"
            case MergeCase():
                self.merge_into(step.into)
                return "merged"
            case TurnAdministrative():
                self.turn_administrative(step)
                return "turned_administrative"

    @stage("侦查终结", meanwhile=beside.INVESTIGATED)
    def investigation_closed(
        self, step: SendCase | CancelCase | TurnAdministrative
    ) -> Literal["prosecution_review", "cancelled", "turned_administrative"]:
        """Facts clear and evidence sufficient: the dossier goes to the procuratorate, whose clock is its own."""
        match step:
            case SendCase():
                self.notify_concerned()
                return "prosecution_review"
            case CancelCase():
                self.notify_concerned()
                return "cancelled"
            case TurnAdministrative():
                self.turn_administrative(step)
                return "turned_administrative"

    @stage("审查起诉", meanwhile=beside.UNDER_PROSECUTION)
    def prosecution_review(
        self,
        step: procuratorate.ProsecuteCase | procuratorate.ReturnForInvestigation | procuratorate.DecideNotToProsecute | CloseCase,
    ) -> Literal["court_acceptance", "supplementary_investigation", "not_prosecuted", "closed"]:
        """The procuratorate prosecutes, does not, or wants to know more; one that sends no word until the end is believed then."""
        self.notify_concerned()
        match step:
            case procuratorate.ProsecuteCase():
                return "court_acceptance"
            case procuratorate.ReturnForInvestigation():
                return "supplementary_investigation"
            case procuratorate.DecideNotToProsecute():
                return "not_prosecuted"
            case CloseCase():
                return "closed"

    @stage("退回补充侦查", meanwhile=beside.BACK_FOR_INVESTIGATION)
    def supplementary_investigation(
        self, step: procuratorate.SendCaseAgain | NameSuspect | CancelCase | TurnAdministrative
    ) -> Literal["supplementary_investigation", "prosecution_review", "cancelled", "turned_administrative"]:
        """Back with the police for a month, twice at most."""
        match step:
            case NameSuspect():
                self.open(Kind.SUSPECT, step.build_suspect())
                return "supplementary_investigation"
            case procuratorate.SendCaseAgain():
                self.notify_concerned()
                return "prosecution_review"
            case CancelCase():
                self.notify_concerned()
                return "cancelled"
            case TurnAdministrative():
                self.turn_administrative(step)
                return "turned_administrative"

    @stage("不起诉", meanwhile=beside.NOT_PROSECUTED)
    def not_prosecuted(
        self, step: CloseCase | procuratorate.ProsecuteCase | TurnAdministrative
    ) -> Literal["court_acceptance", "turned_administrative", "closed"]:
        """Whoever is held goes free at once; police, victim and the person may contest it."""
        match step:
            case procuratorate.ProsecuteCase():
                self.notify_concerned()
                return "court_acceptance"
            case TurnAdministrative():
                self.turn_administrative(step)
                return "turned_administrative"
            case CloseCase():
                self.notify_concerned()
                return "closed"

    @stage("法院审查受理", meanwhile=beside.BEFORE_COURT)
    def court_acceptance(self, step: court.AcceptTrial | court.ReturnTrialCase) -> Literal["trial", "prosecution_review"]:
        """The court looks whether it must take the case."""
        self.notify_concerned()
        match step:
            case court.AcceptTrial():
                return "trial"
            case court.ReturnTrialCase():
                return "prosecution_review"

    @stage("一审", meanwhile=beside.TRIED)
    def trial(
        self, step: court.JudgeCase | court.AdjournForInvestigation | court.WithdrawProsecution
    ) -> Literal["judged", "adjourned", "prosecution_review"]:
        """The court of first instance tries the case."""
        self.notify_concerned()
        match step:
            case court.JudgeCase():
                return "judged"
            case court.AdjournForInvestigation():
                return "adjourned"
            case court.WithdrawProsecution():
                return "prosecution_review"

    @stage("延期审理", meanwhile=court.TRYING)
    def adjourned(
        self, step: court.SendAgainToCourt | court.JudgeCase | court.WithdrawProsecution
    ) -> Literal["trial", "judged", "prosecution_review"]:
        """The procuratorate investigates more; what it brings is tried, or else what there is."""
        self.notify_concerned()
        match step:
            case court.SendAgainToCourt():
                return "trial"
            case court.JudgeCase():
                return "judged"
            case court.WithdrawProsecution():
                return "prosecution_review"

    @stage("宣判", meanwhile=(court.ServeJudgment,))
    def judged(self, step: court.TakeEffect | court.FileAppeal) -> Literal["second_instance", "sentence"]:
        """Judged, in the first or the second instance, and not yet in effect."""
        self.notify_concerned()
        match step:
            case court.FileAppeal():
                return "second_instance"
            case court.TakeEffect():
                return "sentence"

    @stage("二审", meanwhile=(court.FileAppeal, court.ServeJudgment, *court.ON_APPEAL), aside=True)
    def second_instance(self, step: court.JudgeOnAppeal | court.RemandCase) -> Literal["judged", "court_acceptance"]:
        """The court above decides, or has the case tried anew."""
        self.notify_concerned()
        match step:
            case court.JudgeOnAppeal():
                return "judged"
            case court.RemandCase():
                return "court_acceptance"

    @stage("交付执行", meanwhile=beside.EXECUTED)
    def sentence(self, step: CloseCase) -> Literal["closed"]:
        """In effect: each convict is handed over in a matter of their own."""
        self.notify_concerned()
        return "closed"

    @stage("已移送管辖", meanwhile=beside.TRANSFERRED)
    def transferred(self, step: Archive | RetakeCase) -> Literal["review", "investigation", "archived"]:
        """Other police have it, unless it is designated to come back; the reporter is to be told."""
        match step:
            case RetakeCase():
                self.notify_concerned()
                return step.resumes
            case Archive():
                return "archived"

    @stage("已并案", meanwhile=beside.MERGED)
    def merged(self, step: Archive) -> Literal["archived"]:
        """Part of another case, of whose fate it hears; what was begun in it before is still to be done."""
        return "archived"

    @stage("已撤销案件", meanwhile=beside.CANCELLED)
    def cancelled(self, step: Archive | ReopenCase) -> Literal["investigation", "archived"]:
        """No crime after all; whoever is held must be released, and all concerned told."""
        match step:
            case ReopenCase():
                self.notify_concerned()
                return "investigation"
            case Archive():
                return "archived"

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

    # Who hears of it

    def notify_concerned(self) -> None:
        """Notify whoever follows the case's fate: its suspects, and the cases that were merged into it."""
        self.notify_children(*self.list_children(Kind.SUSPECT, Kind.CRIMINAL_CASE))

    def notify_designated(self, step: DesignateCaseJurisdiction) -> None:
        """Notify whoever follows the case; where another of our units has it, all that belongs to the case goes there."""
        if not step.unit:
            self.notify_concerned()
            return
        self.notify_children(*self.state.children, reparenting=Reparenting(unit=step.unit, officer=step.officer))

    def merge_into(self, other: str) -> None:
        """Move all that belongs to this case under the other, which adopts the case itself with it."""
        self.notify_children(*self.state.children, reparenting=Reparenting(under=other, under_kind=self.kind))
        kinds = {self.number: self.kind.value, **self.state.kinds}
        self.notify(self.kind, other, Reparenting(adopted=(self.number, *self.state.children), kinds=kinds))

    def turn_administrative(self, step: TurnAdministrative) -> None:
        """Notify whoever follows the case, and open the public-order case that goes on, unless another authority has it."""
        self.notify_concerned()
        if opening := step.build_case():
            convert_case(self, Kind.PUBLIC_ORDER_CASE, opening)
