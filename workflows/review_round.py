"""The life of a review round: planned, drawn, assigned, told, closed; that of a drive: planned, launched, concluded."""

from typing import Literal

from models.forms.drive import ConcludeDrive, LaunchDrive
from models.forms.review_round import (
    DRIVES,
    AssignReviewers,
    CancelReviewRound,
    CloseReviewRound,
    DrawFiles,
    OpenSpecialRound,
    PlanReviewRound,
    PublishResults,
    RedrawFiles,
    ReplaceReviewer,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.REVIEW_ROUND)
class ReviewRound(Lifecycle):
    """One drawing of files that are reviewed (评查批次)."""

    @stage("未制定")
    def unopened(self, step: PlanReviewRound | OpenSpecialRound) -> Literal["planned", "drawn", "drafted"]:
        """Whoever plans rounds does, or a file came out so that it is reviewed in any case."""
        if isinstance(step, OpenSpecialRound):
            return "drawn"
        return "drafted" if step.purpose in DRIVES else "planned"

    @stage("待抽取")
    def planned(self, step: DrawFiles | CancelReviewRound) -> Literal["drawn", "cancelled"]:
        """Drawn by lot, or taken back."""
        return "drawn" if isinstance(step, DrawFiles) else "cancelled"

    @stage("待分派")
    def drawn(self, step: AssignReviewers | RedrawFiles) -> Literal["scoring", "drawn"]:
        """Given to those who score; or drawn anew, if the head of the bureau says so."""
        return "scoring" if isinstance(step, AssignReviewers) else "drawn"

    @stage("评查中", meanwhile=(ReplaceReviewer,), rests=True)
    def scoring(self, step: PublishResults) -> Literal["told"]:
        """Each file goes its own way."""
        return "told"

    @stage("已通报", rests=True)
    def told(self, step: CloseReviewRound) -> Literal["closed"]:
        """Objected to, and put right."""
        return "closed"

    @stage("待启动")
    def drafted(self, step: LaunchDrive | CancelReviewRound) -> Literal["running", "cancelled"]:
        """Each matter is given to its officer, or the plan is taken back."""
        return "running" if isinstance(step, LaunchDrive) else "cancelled"

    @stage("清查中", rests=True)
    def running(self, step: ConcludeDrive) -> Literal["closed"]:
        """Each item goes its own way."""
        return "closed"

    @stage("已办结", final=True)
    def closed(self) -> None:
        """Every file is done with."""

    @stage("已撤销", final=True)
    def cancelled(self) -> None:
        """Nothing was drawn."""
