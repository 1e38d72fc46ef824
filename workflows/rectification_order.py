"""The life of a rectification order: ordered, signed for, reported on, verified; objected to, found impossible, taken back."""

from typing import Literal

from models.forms.rectification_appeal import AppealRectification, DecideAppeal
from models.forms.rectification_order import (
    EXTENSIONS,
    CancelRectification,
    DeclareUnrectifiable,
    EscalateRectification,
    JoinProblem,
    OpenRectificationOrder,
    ReassignRectification,
    ReopenRectification,
    SignRectification,
    StateResponsibility,
    UrgeRectification,
)
from models.forms.rectification_report import (
    ReportGraveRectification,
    ReportRectification,
    ReturnRectification,
    VerifyRectification,
    VerifyUrgentRectification,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# What may come while it is being put right; and what may be said at any time.
ANY_TIME = (EscalateRectification, JoinProblem, StateResponsibility)
WORKING = (ReassignRectification, UrgeRectification, *ANY_TIME)
Report = ReportRectification | ReportGraveRectification


@matter(Kind.RECTIFICATION_ORDER)
class RectificationOrder(Lifecycle):
    """Something to be put right in another matter (整改指令单), ordered by whoever supervises or by a deadline that passed."""

    @stage("未下达")
    def unopened(self, step: OpenRectificationOrder) -> Literal["ordered"]:
        """Somebody, or a clock that ran out, orders it."""
        return "ordered"

    @stage("待签收", meanwhile=WORKING)
    def ordered(
        self,
        step: SignRectification | Report | AppealRectification | DeclareUnrectifiable | CancelRectification,
    ) -> Literal["under_rectification", "reported", "appealed", "closed_unrectified", "cancelled"]:
        """The unit must take note; whoever has already put it right may say so at once."""
        if isinstance(step, SignRectification):
            return "under_rectification"
        return self.find_stage_after_answer(step)

    @stage("整改中", meanwhile=(*EXTENSIONS, *WORKING))
    def under_rectification(
        self, step: Report | AppealRectification | DeclareUnrectifiable | CancelRectification
    ) -> Literal["reported", "appealed", "closed_unrectified", "cancelled"]:
        """Being put right, by the deadline the order sets."""
        return self.find_stage_after_answer(step)

    @stage("异议审查", aside=True, meanwhile=WORKING)
    def appealed(
        self, step: DecideAppeal | Report | CancelRectification
    ) -> Literal["under_rectification", "ordered", "reported", "cancelled"]:
        """Somebody who did not issue it looks whether it stands; the work goes on meanwhile, and the term runs."""
        match step:
            case DecideAppeal():
                return self.find_stage_after_decision(step, "under_rectification")
            case ReportRectification() | ReportGraveRectification():
                return "reported"
            case CancelRectification():
                return "cancelled"

    @stage("待核查", meanwhile=ANY_TIME)
    def reported(
        self,
        step: VerifyRectification | VerifyUrgentRectification | ReturnRectification | DecideAppeal,
    ) -> Literal["closed", "under_rectification", "reported", "ordered", "cancelled"]:
        """Whoever supervises looks whether it is so; an objection that is still open is decided first."""
        match step:
            case VerifyRectification() | VerifyUrgentRectification():
                return "closed"
            case ReturnRectification():
                return "under_rectification"
            case DecideAppeal():
                return self.find_stage_after_decision(step, "reported")

    @stage("已销号", final=True, meanwhile=(ReopenRectification,))
    def closed(self) -> None:
        """Put right. Where it turns out that it was not, another order takes it up."""

    @stage("已结（未能整改）", final=True)
    def closed_unrectified(self) -> None:
        """It can no longer be put right."""

    @stage("已撤销", final=True)
    def cancelled(self) -> None:
        """Taken back."""

    def find_stage_after_answer(
        self, step: Report | AppealRectification | DeclareUnrectifiable | CancelRectification
    ) -> Literal["reported", "appealed", "closed_unrectified", "cancelled"]:
        """Where what a unit says, or whoever ordered it takes back, leads."""
        match step:
            case ReportRectification() | ReportGraveRectification():
                return "reported"
            case AppealRectification():
                return "appealed"
            case DeclareUnrectifiable():
                return "closed_unrectified"
            case CancelRectification():
                return "cancelled"

    def find_stage_after_decision(
        self, step: DecideAppeal, stays: Literal["under_rectification", "reported"]
    ) -> Literal["under_rectification", "reported", "ordered", "cancelled"]:
        """Where a decision on an objection leads: as before, ordered anew, or taken back."""
        match step.result:
            case "maintained":
                return stays
            case "changed":
                return "ordered"
            case "revoked":
                return "cancelled"
