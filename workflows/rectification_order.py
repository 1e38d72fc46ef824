"""The life of a rectification order: ordered, signed for, reported on, verified."""

from typing import Literal

from models.forms.rectification_order import (
    CancelRectification,
    OpenRectificationOrder,
    ReportRectification,
    ReturnRectification,
    SignRectification,
    VerifyRectification,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.RECTIFICATION_ORDER)
class RectificationOrder(Lifecycle):
    """Something to be put right in another matter (整改指令单), ordered by whoever supervises or by a deadline that passed."""

    @stage("未下达")
    def unopened(self, step: OpenRectificationOrder) -> Literal["ordered"]:
        """Somebody, or a clock that ran out, orders it."""
        return "ordered"

    @stage("待签收")
    def ordered(
        self, step: SignRectification | ReportRectification | CancelRectification
    ) -> Literal["under_rectification", "reported", "cancelled"]:
        """The unit must take note; whoever has already put it right may say so at once."""
        match step:
            case SignRectification():
                return "under_rectification"
            case ReportRectification():
                return "reported"
            case CancelRectification():
                return "cancelled"

    @stage("整改中")
    def under_rectification(self, step: ReportRectification | CancelRectification) -> Literal["reported", "cancelled"]:
        """Being put right, by the deadline the order sets."""
        match step:
            case ReportRectification():
                return "reported"
            case CancelRectification():
                return "cancelled"

    @stage("待核查")
    def reported(self, step: VerifyRectification | ReturnRectification) -> Literal["closed", "under_rectification"]:
        """Whoever supervises looks whether it is so."""
        match step:
            case VerifyRectification():
                return "closed"
            case ReturnRectification():
                return "under_rectification"

    @stage("已销号", final=True)
    def closed(self) -> None:
        """Put right."""

    @stage("已撤销", final=True)
    def cancelled(self) -> None:
        """Taken back."""
