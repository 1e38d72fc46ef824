"""The life of a risk alert: raised, looked into, and dismissed, answered by a reminder or an order, or gone by itself."""

from typing import Literal

from models.forms.risk_alert import (
    AcknowledgeAlert,
    ClearAlert,
    CloseAlert,
    DismissAlert,
    DismissGraveAlert,
    IssueOrder,
    RaiseAlert,
    RefreshAlert,
    RemindOfficer,
    ReportProblem,
    SettleAlert,
    SuperviseAlert,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# What may come once somebody has taken it up.
TAKEN_UP = (RefreshAlert, SuperviseAlert)


@matter(Kind.RISK_ALERT)
class RiskAlert(Lifecycle):
    """Something that looks wrong in a matter (风险提示), until a person has judged it."""

    @stage("未提示")
    def unopened(self, step: ReportProblem | RaiseAlert) -> Literal["raised"]:
        """An inspection finds it, or a person does."""
        return "raised"

    @stage("待签收", meanwhile=(RefreshAlert,))
    def raised(self, step: AcknowledgeAlert | ClearAlert) -> Literal["checking", "cleared"]:
        """Whoever manages the cases must take it up."""
        return "cleared" if isinstance(step, ClearAlert) else "checking"

    @stage("核查中", meanwhile=TAKEN_UP)
    def checking(
        self, step: IssueOrder | RemindOfficer | DismissAlert | DismissGraveAlert | ClearAlert
    ) -> Literal["ordered", "reminded", "dismissed", "cleared"]:
        """A person looks into the matter, and says what follows."""
        match step:
            case IssueOrder():
                self.open(Kind.RECTIFICATION_ORDER, step.order(self.number, self.parent))
                return "ordered"
            case RemindOfficer():
                return "reminded"
            case DismissAlert():
                return "dismissed"
            case ClearAlert():
                return "cleared"

    @stage("已提醒", meanwhile=TAKEN_UP, aside=True)
    def reminded(self, step: CloseAlert | IssueOrder | ClearAlert) -> Literal["closed", "ordered", "cleared"]:
        """Whoever handles the matter knows of it; where that is not enough, it is ordered."""
        match step:
            case CloseAlert():
                return "closed"
            case IssueOrder():
                self.open(Kind.RECTIFICATION_ORDER, step.order(self.number, self.parent))
                return "ordered"
            case ClearAlert():
                return "cleared"

    @stage("已转整改", meanwhile=TAKEN_UP, rests=True)
    def ordered(self, step: SettleAlert) -> Literal["closed", "dismissed"]:
        """Being put right; the order tells how it ends."""
        return "closed" if step.verified else "dismissed"

    @stage("已办结", final=True)
    def closed(self) -> None:
        """Put right."""

    @stage("已排除", final=True)
    def dismissed(self) -> None:
        """Nothing is wrong."""

    @stage("已自行消除", final=True)
    def cleared(self) -> None:
        """It holds no more."""
