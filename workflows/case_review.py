"""The life of a case review: scored twice, settled, told to the unit, objected to, sent back, closed; of a drive's item: answered, verified."""

from typing import Literal

from models.forms.case_review import (
    ArbitrateScore,
    CloseReview,
    CompareScores,
    ObjectToReview,
    OpenCaseReview,
    RecheckReview,
    SeatReviewers,
    SendFileBack,
    SettleScore,
    TellUnit,
    VoidReview,
)
from models.forms.drive_item import AnswerBacklogItem, AnswerIdentityItem, OpenDriveItem, ReturnDriveItem, VerifyDriveItem
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.CASE_REVIEW)
class CaseReview(Lifecycle):
    """One file, scored by two who do not know of each other (案件评查)."""

    @stage("未列入")
    def unopened(self, step: OpenCaseReview | OpenDriveItem) -> Literal["scoring", "examining"]:
        """It was drawn, or a drive goes through it."""
        return "examining" if isinstance(step, OpenDriveItem) else "scoring"

    @stage("打分中", rests=True, meanwhile=(SeatReviewers,))
    def scoring(self, step: CompareScores | VoidReview) -> Literal["settling", "arbitration", "voided"]:
        """Two score it; nobody reads either sheet before both are in."""
        match step:
            case CompareScores():
                return "settling" if step.agree else "arbitration"
            case VoidReview():
                return "voided"

    @stage("待定分")
    def settling(self, step: SettleScore) -> Literal["settled"]:
        """They agree: the mean is confirmed."""
        return "settled"

    @stage("待仲裁", aside=True)
    def arbitration(self, step: ArbitrateScore) -> Literal["settled"]:
        """They differ: the legal department decides item by item."""
        return "settled"

    @stage("已定分")
    def settled(self, step: TellUnit) -> Literal["told"]:
        """The unit does not know of it yet."""
        return "told"

    @stage("已反馈", rests=True)
    def told(self, step: CloseReview | ObjectToReview | SendFileBack) -> Literal["closed", "objected", "sent_back"]:
        """The unit may object for three days; only then it counts."""
        match step:
            case CloseReview():
                return "closed"
            case ObjectToReview():
                return "objected"
            case SendFileBack():
                return "sent_back"

    @stage("复核中", aside=True)
    def objected(self, step: RecheckReview) -> Literal["rechecked"]:
        """Two others look at what was objected to."""
        return "rechecked"

    @stage("已复核", aside=True, rests=True)
    def rechecked(self, step: CloseReview | SendFileBack) -> Literal["closed", "sent_back"]:
        """What they decided stands."""
        return "closed" if isinstance(step, CloseReview) else "sent_back"

    @stage("退查中", aside=True, rests=True)
    def sent_back(self, step: CloseReview) -> Literal["closed"]:
        """What can be cured is being put right."""
        return "closed"

    @stage("清查中")
    def examining(self, step: AnswerBacklogItem | AnswerIdentityItem) -> Literal["checking"]:
        """Its officer says how it stands, and what becomes of it."""
        return "checking"

    @stage("待核验")
    def checking(self, step: VerifyDriveItem | ReturnDriveItem) -> Literal["closed", "examining"]:
        """Somebody else finds it so, or sends it back."""
        return "closed" if isinstance(step, VerifyDriveItem) else "examining"

    @stage("已办结", final=True)
    def closed(self) -> None:
        """It counts as it was settled or rechecked."""

    @stage("已作废", final=True)
    def voided(self) -> None:
        """It was drawn anew."""
