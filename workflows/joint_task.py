"""The life of a joint task: issued, signed for, reported on, accepted; declined by who was asked, or taken back by who asked."""

from typing import Literal

from models.forms.form import Form
from models.forms.joint_task import (
    AcceptJointTask,
    AnswerJointTask,
    CancelJointTask,
    DeclineJointTask,
    OpenJointTask,
    ReportJointTask,
    ReturnJointTask,
    SignJointTask,
    UpdateJointTask,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.JOINT_TASK)
class JointTask(Lifecycle):
    """One thing that a unit is asked to do for another's matter by a time (协同任务)."""

    @stage("未下达")
    def unopened(self, step: OpenJointTask) -> Literal["issued"]:
        """Somebody, or the matter for which it is done, asks for it."""
        return "issued"

    @stage("待签收")
    def issued(
        self, step: SignJointTask | ReportJointTask | AnswerJointTask | DeclineJointTask | CancelJointTask
    ) -> Literal["under_way", "reported", "declined", "cancelled"]:
        """The unit must take it up; whoever has done it already may say so at once."""
        match step:
            case SignJointTask():
                return "under_way"
            case ReportJointTask():
                return "reported"
            case DeclineJointTask():
                return "declined"
            case CancelJointTask():
                return "cancelled"

    @stage("执行中", meanwhile=(UpdateJointTask,))
    def under_way(self, step: ReportJointTask | AnswerJointTask | CancelJointTask) -> Literal["reported", "cancelled"]:
        """It is being done."""
        return "reported" if isinstance(step, ReportJointTask) else "cancelled"

    @stage("已反馈")
    def reported(self, step: AcceptJointTask | ReturnJointTask | CancelJointTask) -> Literal["closed", "under_way", "cancelled"]:
        """Whoever asked looks whether it is what was asked."""
        match step:
            case AcceptJointTask():
                return "closed"
            case ReturnJointTask():
                return "under_way"
            case CancelJointTask():
                return "cancelled"

    @stage("已办结", final=True)
    def closed(self) -> None:
        """It is done."""

    @stage("不能执行", final=True)
    def declined(self) -> None:
        """The unit could not do it."""

    @stage("已撤销", final=True)
    def cancelled(self) -> None:
        """It was taken back."""

    def notify_of(self, step: Form) -> None:
        """The matter for which it is done hears of each step."""
        self.notify_parent()
