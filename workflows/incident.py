"""The life of an incident: received → dispatched → on scene → classified → closed, handed on, or made a case."""

from typing import Literal

from law.ends import ADMINISTRATIVE_MEASURES
from law.instruments import MPSA, MPSC
from models.forms.archive import Archive
from models.forms.call_back import CALL_BACKS
from models.forms.criminal_case import INJURY
from models.forms.dispatching import (
    AcceptDispatch,
    ArriveOnScene,
    DispatchIncident,
    FeedBack,
    GradeIncident,
    HandleScene,
    TellCaller,
)
from models.forms.incident import (
    ClassifyIncident,
    CloseIncident,
    ContactReporter,
    DesignateJurisdiction,
    ExplainDuplicate,
    FileAdministrativeCase,
    FindForeign,
    FindNotPolice,
    LeaveJurisdictionOpen,
    OpenIncident,
    RaiseJurisdictionDispute,
    ReclassifyIncident,
    RefuseAdministrativeCase,
    RegisterReport,
    TellNotOurs,
    TransferIncident,
)
from models.forms.incident_again import ReopenIncident, ReopenIncidentAgain, SeparateIncident
from models.forms.incident_handing import HANDING
from models.forms.incident_hotline import HandToHotline, ReceiveHotlineOrder, ReportOrderResult, ReturnOrder
from models.forms.incident_promises import PROMISES
from models.forms.incident_questioning import INQUIRY, RESTRAINT, STOPPING, ExtendInquiry, ExtendStop
from models.forms.lost_property import LOST_PROPERTY
from models.forms.public_order_case import FilePublicOrderCase
from models.forms.recordings import OF_RECORDINGS
from models.forms.requests_outside import OUTSIDE, TRACK, AskOwnTrip
from models.matter import Kind
from models.problems import LawForbids
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# A report is registered, and its writer reached, whatever has become of the incident since.
INTAKE = (RegisterReport, ContactReporter, HandleScene, FeedBack, TellCaller, *PROMISES)
JURISDICTION = (LeaveJurisdictionOpen, FindForeign, FindNotPolice, RaiseJurisdictionDispute, DesignateJurisdiction)
# What somebody left behind is sought and given back, and what a camera saw is linked, whatever has become of the call.
THINGS = (*LOST_PROPERTY, AskOwnTrip, *TRACK, *OF_RECORDINGS)
PEOPLE = (*STOPPING, *INQUIRY, *RESTRAINT, *INJURY)
OPEN = (*INTAKE, GradeIncident, *HANDING, *JURISDICTION, *PEOPLE, *OUTSIDE, *THINGS)
# Nobody comes under a measure any more once the incident is settled; who was brought in before is still questioned, and let go in time.
AFTERWARDS = tuple(
    form
    for form in (*INTAKE, RefuseAdministrativeCase, *PEOPLE, *OUTSIDE, *THINGS)
    if form.rule.fact not in ADMINISTRATIVE_MEASURES or form in (ExtendStop, ExtendInquiry)
)

Classified = Literal["classified", "mediation", "upgraded"]
# What settles whose matter a report is, and what it is, wherever it stands before that.
Settling = ClassifyIncident | TransferIncident | TellNotOurs | ExplainDuplicate
Settled = Literal[Classified, "transferred", "told_not_ours", "duplicate"]
Reopening = ReopenIncident | ReopenIncidentAgain


@matter(Kind.INCIDENT)
class Incident(Lifecycle):
    """What a citizen reports and what the police make of it (警情)."""

    @stage("未接报")
    def unopened(self, step: OpenIncident) -> Literal["received", "closed"]:
        """Somebody calls; or what was dealt with before this house stood is brought over from a ledger, with its outcome."""
        return "closed" if step.outcome else "received"

    @stage("已接报", meanwhile=OPEN, assigned=ClassifyIncident)
    def received(self, step: DispatchIncident | HandToHotline | Settling) -> Literal["dispatched", "with_hotline", Settled]:
        """A patrol is sent, unless the desk can settle whose and what it is, or hand it to the city's line."""
        match step:
            case DispatchIncident():
                return "dispatched"
            case HandToHotline():
                return "with_hotline"
            case _:
                return self.settle(step)

    @stage("已派警", meanwhile=OPEN)
    def dispatched(
        self, step: AcceptDispatch | ArriveOnScene | DispatchIncident | HandToHotline | Settling
    ) -> Literal["accepted", "on_scene", "dispatched", "with_hotline", Settled]:
        """A patrol is sent, and says that it has heard; whoever is there already need not."""
        match step:
            case AcceptDispatch():
                return "accepted"
            case ArriveOnScene():
                return "on_scene"
            case DispatchIncident():
                return "dispatched"
            case HandToHotline():
                return "with_hotline"
            case _:
                return self.settle(step)

    @stage("已签收", meanwhile=OPEN)
    def accepted(self, step: ArriveOnScene | DispatchIncident | Settling) -> Literal["on_scene", "dispatched", Settled]:
        """The patrol is on its way; another may be sent instead."""
        match step:
            case ArriveOnScene():
                return "on_scene"
            case DispatchIncident():
                return "dispatched"
            case _:
                return self.settle(step)

    @stage("现场处置", meanwhile=OPEN)
    def on_scene(self, step: FeedBack | Settling) -> Literal["fed_back", Settled]:
        """The officer sees for themselves, tells the desk how it came out, and says what it is."""
        match step:
            case FeedBack():
                return "fed_back"
            case _:
                return self.settle(step)

    @stage("已反馈", meanwhile=OPEN)
    def fed_back(self, step: Settling) -> Settled:
        """The desk knows how it came out; what it is has yet to be said."""
        return self.settle(step)

    @stage("已定性", meanwhile=(*OPEN, RefuseAdministrativeCase))
    def classified(
        self, step: CloseIncident | ReclassifyIncident | FileAdministrativeCase | TransferIncident | TellNotOurs
    ) -> Literal["closed", Classified, "transferred", "told_not_ours"]:
        """Help is given, a dispute laid to rest, an administrative case filed."""
        match step:
            case CloseIncident():
                return "closed"
            case ReclassifyIncident():
                return self.classify(step)
            case FileAdministrativeCase():
                self.open_administrative_case(step.build_case())
                return "classified"
            case TransferIncident():
                return "transferred"
            case TellNotOurs():
                return "told_not_ours"

    @stage("治安调解", meanwhile=(*OPEN, RefuseAdministrativeCase), aside=True)
    def mediation(
        self, step: CloseIncident | ReclassifyIncident | FileAdministrativeCase | TransferIncident
    ) -> Literal["closed", Classified, "transferred"]:
        """The parties may agree; no mediation is closed without what they said and what they agreed."""
        match step:
            case CloseIncident():
                check_agreed(step)
                return "closed"
            case ReclassifyIncident():
                return self.classify(step)
            case FileAdministrativeCase():
                self.open_administrative_case(step.build_case())
                return "mediation"
            case TransferIncident():
                return "transferred"

    @stage("已办结", meanwhile=(*AFTERWARDS, *CALL_BACKS))
    def closed(
        self, step: Archive | ReclassifyIncident | FileAdministrativeCase | Reopening
    ) -> Literal["closed", Classified, "archived", "received"]:
        """The caller knows the outcome; what was taken for something else may still be set right."""
        match step:
            case ReclassifyIncident():
                return self.classify(step)
            case FileAdministrativeCase():
                self.open_administrative_case(step.build_case())
                return "closed"
            case ReopenIncident():
                return "received"
            case Archive():
                return "archived"

    @stage("已转12345", meanwhile=(ReceiveHotlineOrder, *AFTERWARDS), aside=True, rests=True)
    def with_hotline(self, step: ReportOrderResult | ReturnOrder) -> Literal["told_not_ours", "with_hotline", "received"]:
        """The city's line has it, says what came of it, or gives it back."""
        match step:
            case ReturnOrder():
                return "received"
            case ReportOrderResult(result="under-way"):
                return "with_hotline"
            case ReportOrderResult():
                return "told_not_ours"

    @stage("已告知非警务警情", meanwhile=(*AFTERWARDS, ReportOrderResult))
    def told_not_ours(
        self, step: Archive | ReclassifyIncident | FileAdministrativeCase | Reopening
    ) -> Literal["told_not_ours", Classified, "archived", "received"]:
        """The caller was told where to turn."""
        match step:
            case ReclassifyIncident():
                return self.classify(step)
            case FileAdministrativeCase():
                self.open_administrative_case(step.build_case())
                return "told_not_ours"
            case ReopenIncident():
                return "received"
            case Archive():
                return "archived"

    @stage("重复报案", meanwhile=AFTERWARDS)
    def duplicate(self, step: Archive | ReclassifyIncident | SeparateIncident) -> Literal[Classified, "archived", "received"]:
        """The caller knows that it is being dealt with; new facts, or another place or time, make it an incident of its own."""
        match step:
            case ReclassifyIncident():
                return self.classify(step)
            case SeparateIncident():
                return "received"
            case Archive():
                return "archived"

    @stage("已移送", meanwhile=AFTERWARDS)
    def transferred(self, step: Archive) -> Literal["archived"]:
        """Other police have it."""
        return "archived"

    @stage("已转为案件", meanwhile=AFTERWARDS, aside=True, rests=True)
    def upgraded(
        self, step: ReclassifyIncident | FileAdministrativeCase | Archive
    ) -> Literal["upgraded", "classified", "mediation", "archived"]:
        """A criminal case carries on; where that is not filed, the incident may yet be an administrative one."""
        match step:
            case ReclassifyIncident(classification="criminal"):
                raise LawForbids("本警情已经转为刑事案件，不能再次定为刑事案件", field="classification")
            case ReclassifyIncident():
                return self.classify(step)
            case FileAdministrativeCase():
                self.open_administrative_case(step.build_case())
                return "upgraded"
            case Archive():
                return "archived"

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""

    # What a stage does with a step

    def settle(self, step: Settling) -> Settled:
        """The stage by whose matter the report is, and what it is."""
        match step:
            case ClassifyIncident():
                return self.classify(step)
            case TransferIncident():
                return "transferred"
            case TellNotOurs():
                return "told_not_ours"
            case ExplainDuplicate():
                self.check_names_another(step)
                return "duplicate"

    def classify(self, step: ClassifyIncident) -> Classified:
        """The stage by classification; a crime opens its criminal case."""
        match step.classification:
            case "criminal":
                self.open(Kind.CRIMINAL_CASE, step.build_case())
                return "upgraded"
            case "mediation":
                return "mediation"
            case _:
                if step.filed:
                    self.open_administrative_case(step.build_administrative_case())
                return "classified"

    def open_administrative_case(self, case: FilePublicOrderCase) -> None:
        """Open the case as a matter of its own; LawForbids where there is one. The incident stays, to be explained and closed."""
        if self.list_children(Kind.PUBLIC_ORDER_CASE):
            raise LawForbids("本警情已经立为行政案件，重复的报案不再登记", basis=str(MPSA.article(60)))
        self.open(Kind.PUBLIC_ORDER_CASE, case)

    def check_names_another(self, step: ExplainDuplicate) -> None:
        """LawForbids where the earlier report that a duplicate names is this one."""
        if step.original == self.number:
            raise LawForbids("重复报案须指明此前已有的事项", field="original", basis=str(MPSC.article(175)))


def check_agreed(step: CloseIncident) -> None:
    """LawForbids where a mediation is closed without the agreement, or without the parties' statements."""
    for field, held, missing in (("agreement", step.agreement, "调解协议书"), ("statements", step.statements, "当事人笔录")):
        if not held:
            basis = str(MPSA.article(184 if field == "agreement" else 180))
            raise LawForbids(f"治安调解没有{missing}的，不得办结", field=field, basis=basis)
