"""The life of a review sheet: given to somebody, taken on, scored; or given back."""

from typing import Literal

from models.forms.review_sheet import AcceptReview, AssignSheet, RecuseReviewer, ScoreFile, WithdrawSheet
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.REVIEW_SHEET)
class ReviewSheet(Lifecycle):
    """One file, as one person scores it (评查打分表)."""

    @stage("未分派")
    def unopened(self, step: AssignSheet) -> Literal["assigned"]:
        """The round gives it to somebody."""
        return "assigned"

    @stage("待接收", rests=True)
    def assigned(self, step: AcceptReview | RecuseReviewer | WithdrawSheet) -> Literal["scoring", "released"]:
        """They take it on, or step aside."""
        return "scoring" if isinstance(step, AcceptReview) else "released"

    @stage("打分中", rests=True)
    def scoring(self, step: ScoreFile | RecuseReviewer | WithdrawSheet) -> Literal["scored", "released"]:
        """They score it."""
        return "scored" if isinstance(step, ScoreFile) else "released"

    @stage("已打分", final=True)
    def scored(self) -> None:
        """It stands as it was sent in."""

    @stage("已解除", final=True)
    def released(self) -> None:
        """Somebody else has the seat."""
