"""The life of a supervision: proposed, signed by those who take part, watched with a report every few days, lifted by two of them."""

from typing import Literal

from models.forms.supervision import (
    AskToLift,
    CommentProgress,
    ConfirmLift,
    DecideSupervision,
    JoinSupervision,
    LeadSupervision,
    LiftSupervision,
    OpenSupervision,
    OrderWithin,
    PlanSupervisedWork,
    RaiseLevel,
    RefuseLift,
    ReportProgress,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.SUPERVISION)
class Supervision(Lifecycle):
    """Several offices watch one slow or grave matter together (督办), until what they set is seen to be done."""

    @stage("未发起")
    def unopened(self, step: OpenSupervision) -> Literal["proposed", "signing"]:
        """Somebody proposes it, or whoever may decide sets it going."""
        return "signing" if step.decided else "proposed"

    @stage("拟督办")
    def proposed(self, step: DecideSupervision) -> Literal["signing", "not_opened"]:
        """Whoever may decide says whether it is watched."""
        return "signing" if step.adopted else "not_opened"

    @stage("会签", meanwhile=(JoinSupervision, PlanSupervisedWork))
    def signing(self, step: LeadSupervision) -> Literal["watched"]:
        """It begins with the signature of the office that leads; the others may follow."""
        return "watched"

    @stage("督办中", meanwhile=(JoinSupervision, PlanSupervisedWork, CommentProgress, OrderWithin), rests=True)
    def watched(self, step: ReportProgress | RaiseLevel | AskToLift) -> Literal["watched", "signing", "lift_review"]:
        """Reported on every few days, and spoken of."""
        match step:
            case ReportProgress():
                return "watched"
            case RaiseLevel():
                return "signing"
            case AskToLift():
                return "lift_review"

    @stage("解除审查", meanwhile=(JoinSupervision, CommentProgress))
    def lift_review(self, step: LiftSupervision | ConfirmLift | RefuseLift) -> Literal["lift_review", "lifted", "watched"]:
        """Whoever leads and another member find that it need not be watched any more; or it goes on."""
        match step:
            case LiftSupervision():
                return "lift_review"
            case ConfirmLift():
                return "lifted"
            case RefuseLift():
                return "watched"

    @stage("已解除", final=True)
    def lifted(self) -> None:
        """Watched no longer."""

    @stage("未采纳", final=True)
    def not_opened(self) -> None:
        """It was not taken up."""
