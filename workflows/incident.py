"""The life of an incident: received → dispatched → on scene → classified → closed, handed on, or made a case."""

from typing import Any, Literal

from law.ends import ADMINISTRATIVE_MEASURES
from law.instruments import MPSA, MPSC
from models.forms.archive import Archive
from models.forms.criminal_case import INJURY
from models.forms.incident import (
    ArriveOnScene,
    ClassifyIncident,
    CloseIncident,
    ContactReporter,
    DesignateJurisdiction,
    DispatchIncident,
    ExplainDuplicate,
    FileAdministrativeCase,
    FindForeign,
    FindNotPolice,
    HandleScene,
    LeaveJurisdictionOpen,
    OpenIncident,
    RaiseJurisdictionDispute,
    ReclassifyIncident,
    RefuseAdministrativeCase,
    RegisterReport,
    TellNotOurs,
    TransferIncident,
)
from models.forms.incident_promises import PROMISES
from models.forms.incident_questioning import INQUIRY, RESTRAINT, STOPPING, ExtendInquiry, ExtendStop
from models.forms.requests_outside import OUTSIDE
from models.matter import Kind
from models.problems import LawForbids
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# A report is registered, and its writer reached, whatever has become of the incident since.
INTAKE = (RegisterReport, ContactReporter, HandleScene, *PROMISES)
JURISDICTION = (LeaveJurisdictionOpen, FindForeign, FindNotPolice, RaiseJurisdictionDispute, DesignateJurisdiction)
PEOPLE = (*STOPPING, *INQUIRY, *RESTRAINT, *INJURY)
OPEN = (*INTAKE, *JURISDICTION, *PEOPLE, *OUTSIDE)
# Nobody comes under a measure any more once the incident is settled; who was brought in before is still questioned, and let go in time.
AFTERWARDS = tuple(
    form
    for form in (*INTAKE, RefuseAdministrativeCase, *PEOPLE, *OUTSIDE)
    if form.rule.fact not in ADMINISTRATIVE_MEASURES or form in (ExtendStop, ExtendInquiry)
)

Classified = Literal["classified", "mediation", "upgraded"]


@matter(Kind.INCIDENT)
class Incident(Lifecycle):
    """What a citizen reports and what the police make of it (警情)."""

    @stage("未接报")
    def unopened(self, step: OpenIncident) -> Literal["received"]:
        """Somebody calls."""
        return "received"

    @stage("已接报", meanwhile=OPEN)
    def received(
        self, step: DispatchIncident | ClassifyIncident | TransferIncident | TellNotOurs | ExplainDuplicate
    ) -> Literal["dispatched", "classified", "mediation", "upgraded", "transferred", "told_not_ours", "duplicate"]:
        """A patrol is sent, unless the desk can settle whose and what it is."""
        return self._goes_on(step)

    @stage("已派警", meanwhile=OPEN)
    def dispatched(
        self, step: ArriveOnScene | DispatchIncident | ClassifyIncident | TransferIncident | TellNotOurs | ExplainDuplicate
    ) -> Literal["on_scene", "dispatched", "classified", "mediation", "upgraded", "transferred", "told_not_ours", "duplicate"]:
        """The patrol is on its way; another may be sent instead."""
        return self._goes_on(step)

    @stage("现场处置", meanwhile=OPEN)
    def on_scene(
        self, step: ClassifyIncident | TransferIncident | TellNotOurs | ExplainDuplicate
    ) -> Literal["classified", "mediation", "upgraded", "transferred", "told_not_ours", "duplicate"]:
        """The officer sees for themselves, and says what it is."""
        return self._goes_on(step)

    @stage("已定性", meanwhile=(*OPEN, RefuseAdministrativeCase))
    def classified(
        self, step: CloseIncident | ReclassifyIncident | FileAdministrativeCase | TransferIncident | TellNotOurs
    ) -> Literal["closed", "classified", "mediation", "upgraded", "transferred", "told_not_ours"]:
        """Help is given, a dispute laid to rest, an administrative case filed."""
        return self._goes_on(step)

    @stage("治安调解", meanwhile=(*OPEN, RefuseAdministrativeCase), aside=True)
    def mediation(
        self, step: CloseIncident | ReclassifyIncident | FileAdministrativeCase | TransferIncident
    ) -> Literal["closed", "classified", "mediation", "upgraded", "transferred"]:
        """The parties may agree; no mediation is closed without what they said and what they agreed."""
        if isinstance(step, CloseIncident):
            _has_agreement(step)
        return self._goes_on(step)

    @stage("已办结", meanwhile=AFTERWARDS)
    def closed(
        self, step: ReclassifyIncident | FileAdministrativeCase | Archive
    ) -> Literal["closed", "classified", "mediation", "upgraded", "archived"]:
        """The caller knows the outcome; what was taken for something else may still be set right."""
        return self._goes_on(step)

    @stage("已告知非公安职责", meanwhile=AFTERWARDS)
    def told_not_ours(
        self, step: ReclassifyIncident | FileAdministrativeCase | Archive
    ) -> Literal["told_not_ours", "classified", "mediation", "upgraded", "archived"]:
        """The caller was told where to turn."""
        return self._goes_on(step)

    @stage("重复报案", meanwhile=AFTERWARDS)
    def duplicate(self, step: ReclassifyIncident | Archive) -> Literal["classified", "mediation", "upgraded", "archived"]:
        """The caller knows that it is being dealt with; new facts make it an incident of its own."""
        return self._goes_on(step)

    @stage("已移送", meanwhile=AFTERWARDS)
    def transferred(self, step: Archive) -> Literal["archived"]:
        """Other police have it."""
        return "archived"

    @stage("已转为案件", meanwhile=AFTERWARDS, aside=True)
    def upgraded(
        self, step: ReclassifyIncident | FileAdministrativeCase | Archive
    ) -> Literal["upgraded", "classified", "mediation", "archived"]:
        """A criminal case carries on; where that is not filed, the incident may yet be an administrative one."""
        if isinstance(step, ReclassifyIncident) and step.classification == "criminal":
            raise LawForbids("本警情已经转为刑事案件，不能再次定为刑事案件", field="classification")
        return self._goes_on(step)

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""

    def _goes_on(self, step: Any) -> Any:
        """Where a step leads, whatever stage it is taken in; the stages' signatures say which may be taken where."""
        if isinstance(step, ClassifyIncident):
            return self._classify(step)
        if isinstance(step, FileAdministrativeCase):
            return self._file(step)
        if isinstance(step, ExplainDuplicate) and step.original == self.number:
            raise LawForbids("重复报案须指明此前已有的事项", field="original", basis=str(MPSC.article(175)))
        return _LEADS_TO[type(step)]

    def _file(self, step: FileAdministrativeCase) -> str:
        """The case becomes a matter of its own; the incident stays where it is, to be told to the caller and closed."""
        if any(child.startswith(Kind.PUBLIC_ORDER_CASE.prefix) for child in self.state.children):
            raise LawForbids("本警情已经立为行政案件，重复的报案不再登记", basis=str(MPSA.article(60)))
        self.open(Kind.PUBLIC_ORDER_CASE, step.case())
        return self.state.stage

    def _classify(self, step: ClassifyIncident) -> Classified:
        if step.classification == "criminal":
            self.open(Kind.CRIMINAL_CASE, step.case())
            return "upgraded"
        return "mediation" if step.classification == "mediation" else "classified"


_LEADS_TO = {
    DispatchIncident: "dispatched",
    ArriveOnScene: "on_scene",
    TransferIncident: "transferred",
    TellNotOurs: "told_not_ours",
    ExplainDuplicate: "duplicate",
    CloseIncident: "closed",
    Archive: "archived",
}


def _has_agreement(step: CloseIncident) -> None:
    for field, held, missing in (("agreement", step.agreement, "调解协议书"), ("statements", step.statements, "当事人笔录")):
        if not held:
            basis = str(MPSA.article(184 if field == "agreement" else 180))
            raise LawForbids(f"治安调解没有{missing}的，不得办结", field=field, basis=basis)
