"""The life of a criminal case: accepted for review → filed → investigated → sent to the procuratorate → closed."""

from typing import Literal

from models.forms.archive import Archive
from models.forms.criminal_case import (
    INJURY,
    AcceptCase,
    AskSupplement,
    CancelCase,
    CheckFacts,
    CloseCase,
    CloseInvestigation,
    ExtendEconomicReview,
    ExtendFilingReview,
    FileCase,
    FindCaseForeign,
    NameSuspect,
    NotifyTransfer,
    RefuseFiling,
    SendCase,
    TransferCase,
)
from models.forms.filing_remedies import FILING_SUPERVISION, REMEDIES
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

REVIEW = (ExtendFilingReview, ExtendEconomicReview, CheckFacts, FindCaseForeign, AskSupplement)


@matter(Kind.CRIMINAL_CASE)
class CriminalCase(Lifecycle):
    """A case of suspected crime, which opens a matter for each of its suspects (刑事案件)."""

    @stage("未受案")
    def unopened(self, step: AcceptCase) -> Literal["review"]:
        """A report, a surrender or a referral is accepted."""
        return "review"

    @stage("立案审查", meanwhile=(*REVIEW, *INJURY, *FILING_SUPERVISION))
    def review(self, step: FileCase | RefuseFiling | TransferCase) -> Literal["investigation", "not_filed", "transferred"]:
        """Is there a crime, and is it ours?"""
        match step:
            case FileCase():
                self._tell_the_incident()
                return "investigation"
            case RefuseFiling():
                self._tell_the_incident()
                return "not_filed"
            case TransferCase():
                return "transferred"

    @stage("不予立案", meanwhile=(*REMEDIES, *FILING_SUPERVISION, *INJURY))
    def not_filed(self, step: FileCase | Archive) -> Literal["investigation", "archived"]:
        """The complainant may contest it, the procuratorate may have it filed after all."""
        if isinstance(step, FileCase):
            self._tell_the_incident()
            return "investigation"
        return "archived"

    @stage("侦查", meanwhile=(NameSuspect, *INJURY, *FILING_SUPERVISION, *REMEDIES))
    def investigation(
        self, step: NameSuspect | CloseInvestigation | CancelCase | TransferCase
    ) -> Literal["investigation", "investigation_closed", "cancelled", "transferred"]:
        """Who did it? Each suspect becomes a matter of their own."""
        match step:
            case NameSuspect():
                self.open(Kind.SUSPECT, step.suspect())
                return "investigation"
            case CloseInvestigation():
                return "investigation_closed"
            case CancelCase():
                self._tell_the_suspects()
                return "cancelled"
            case TransferCase():
                self._tell_the_suspects()
                return "transferred"

    @stage("侦查终结", meanwhile=INJURY)
    def investigation_closed(self, step: SendCase | CancelCase) -> Literal["prosecution_review", "cancelled"]:
        """Facts clear and evidence sufficient: the dossier goes to the procuratorate, whose clock on custody is its own."""
        self._tell_the_suspects()
        return "prosecution_review" if isinstance(step, SendCase) else "cancelled"

    @stage("审查起诉")
    def prosecution_review(self, step: CloseCase) -> Literal["closed"]:
        """Procuratorate and court decide."""
        self._tell_the_suspects()
        return "closed"

    @stage("已移送管辖", meanwhile=(NotifyTransfer, *REMEDIES))
    def transferred(self, step: Archive) -> Literal["archived"]:
        """Other police have it; the reporter is to be told."""
        return "archived"

    @stage("已撤销案件", meanwhile=INJURY)
    def cancelled(self, step: Archive) -> Literal["archived"]:
        """No crime after all; whoever is held must be released."""
        return "archived"

    @stage("已结案")
    def closed(self, step: Archive) -> Literal["archived"]:
        """It has been decided."""
        return "archived"

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""

    def _tell_the_incident(self) -> None:
        # A case that was accepted without a call has no incident to tell.
        if self.parent:
            self.tell(self.parent)

    def _tell_the_suspects(self) -> None:
        for suspect in self.state.children:
            self.tell(suspect)
