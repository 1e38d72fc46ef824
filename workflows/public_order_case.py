"""The life of a public-order case: filed → inquiry → notice → hearing → review → discussion → decision → execution → closed."""

from typing import Literal

from law.ends import ADMINISTRATIVE_MEASURES
from models.forms.administrative_detention import ADDICTION, DETENTION, FOREIGNERS
from models.forms.archive import Archive
from models.forms.incident_questioning import INQUIRY, RESTRAINT
from models.forms.investigation_work import RecordInvestigation
from models.forms.penalty_orders import DISCLOSURE, ORDERS
from models.forms.public_order_appraisal import APPRAISALS
from models.forms.public_order_case import (
    HANDLING,
    OFFENDERS,
    AgreeMediation,
    ClosePublicOrderCase,
    FailMediation,
    FilePublicOrderCase,
    InspectPlace,
    PerformMediation,
    PermitMediation,
    SamplePerson,
    TerminatePublicOrderCase,
    TransferPublicOrderCase,
    TryMediation,
    TurnCriminal,
)
from models.forms.public_order_execution import ENFORCEMENT, FINES
from models.forms.public_order_hearing import (
    DEFENCE,
    HEARING,
    DiscussPenalty,
    HoldHearing,
    NotifyPenalty,
    PassLegalReview,
    RefuseHearing,
    RejectInLegalReview,
    RequestHearing,
    SendForLegalReview,
    WithdrawHearing,
)
from models.forms.public_order_penalty import (
    SERVICE,
    AgreeExpedited,
    DecideNoPenalty,
    DecidePenalty,
    DecideStationPenalty,
    DropExpedited,
    FileOnsitePenalty,
    PenalizeOnTheSpot,
)
from models.forms.requests_outside import OUTSIDE
from models.forms.seizure import PRESERVING
from models.matter import Kind
from workflows.conversion import convert_case
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# People are brought in, tested and let go until the case is decided, and after that until the last of them has left.
PEOPLE = (*OFFENDERS, *INQUIRY, *RESTRAINT, *FOREIGNERS, *ADDICTION)
EVIDENCE = (RecordInvestigation, InspectPlace, SamplePerson, *PRESERVING, *APPRAISALS, *OUTSIDE)
EXPEDITED = (AgreeExpedited, DropExpedited)
EXECUTION = (FileOnsitePenalty, *SERVICE, *FINES, *ENFORCEMENT, *DETENTION, *ORDERS, *DISCLOSURE)
# What was decided of one person is executed while the others still await their decision.
# What had begun before an end is still to be finished after it.
# Nobody comes under a measure, or stays longer under one, in a case that has ended.
AFTERWARDS = (
    *(*APPRAISALS, *OUTSIDE, *EXECUTION),
    *(form for form in PEOPLE if form.rule.fact not in ADMINISTRATIVE_MEASURES),
)
OPEN = (*PEOPLE, *EVIDENCE, *EXPEDITED, *HANDLING, *EXECUTION)

Left = Literal["turned_criminal", "transferred", "terminated"]


@matter(Kind.PUBLIC_ORDER_CASE)
class PublicOrderCase(Lifecycle):
    """A violation of public order, or of other law the police administer, from filing to its penalty (治安案件、行政案件)."""

    @stage("未立案")
    def unopened(self, step: FilePublicOrderCase) -> Literal["investigation"]:
        """A report, a surrender or a transfer is filed at once."""
        return "investigation"

    @stage("调查", meanwhile=(PermitMediation, TryMediation, FailMediation, *DEFENCE, *OPEN))
    def investigation(
        self,
        step: NotifyPenalty
        | AgreeMediation
        | PenalizeOnTheSpot
        | DecideNoPenalty
        | TurnCriminal
        | TransferPublicOrderCase
        | TerminatePublicOrderCase,
    ) -> Literal["notified", "mediated", "decided", "investigation", Left]:
        """What happened, and who did it?"""
        match step:
            case NotifyPenalty():
                return "notified"
            case AgreeMediation():
                return "mediated"
            case PenalizeOnTheSpot() | DecideNoPenalty():
                return "investigation" if step.others_pending else "decided"
            case TurnCriminal():
                convert_case(self, Kind.CRIMINAL_CASE, step.build_case())
                return "turned_criminal"
            case TransferPublicOrderCase():
                return "transferred"
            case TerminatePublicOrderCase():
                return "terminated"

    @stage("调解协议履行", meanwhile=OPEN)
    def mediated(self, step: PerformMediation | FailMediation) -> Literal["closed", "investigation"]:
        """The parties agreed: if they keep to it, nobody is punished; if not, time begins anew."""
        match step:
            case PerformMediation():
                return "closed"
            case FailMediation():
                return "investigation"

    @stage("处罚告知", meanwhile=(*DEFENCE, *OPEN))
    def notified(
        self,
        step: SendForLegalReview
        | NotifyPenalty
        | RequestHearing
        | DiscussPenalty
        | DecidePenalty
        | DecideStationPenalty
        | DecideNoPenalty
        | TurnCriminal
        | TransferPublicOrderCase
        | TerminatePublicOrderCase,
    ) -> Literal["notified", "hearing", "legal_review", "discussed", "decided", Left]:
        """The person knows what is intended, and may speak against it."""
        match step:
            case NotifyPenalty():
                return "notified"
            case RequestHearing():
                return "hearing"
            case SendForLegalReview():
                return "legal_review"
            case DiscussPenalty():
                return "discussed"
            case DecidePenalty() | DecideStationPenalty() | DecideNoPenalty():
                return "notified" if step.others_pending else "decided"
            case TurnCriminal():
                convert_case(self, Kind.CRIMINAL_CASE, step.build_case())
                return "turned_criminal"
            case TransferPublicOrderCase():
                return "transferred"
            case TerminatePublicOrderCase():
                return "terminated"

    @stage("听证", meanwhile=(*HEARING, *DEFENCE, *OPEN), aside=True)
    def hearing(
        self, step: HoldHearing | RefuseHearing | WithdrawHearing | TurnCriminal
    ) -> Literal["hearing", "notified", "turned_criminal"]:
        """The person is heard before somebody who did not investigate."""
        match step:
            case HoldHearing() | RefuseHearing() | WithdrawHearing():
                return "hearing" if step.others_pending else "notified"
            case TurnCriminal():
                convert_case(self, Kind.CRIMINAL_CASE, step.build_case())
                return "turned_criminal"

    @stage("法制审核", meanwhile=OPEN)
    def legal_review(self, step: PassLegalReview | RejectInLegalReview) -> Literal["reviewed", "investigation"]:
        """Are facts, evidence, law, procedure and measure in order?"""
        match step:
            case PassLegalReview():
                return "reviewed"
            case RejectInLegalReview():
                return "investigation"

    @stage("审核通过待决定", meanwhile=(*DEFENCE, *OPEN))
    def reviewed(
        self, step: DecidePenalty | DecideStationPenalty | DecideNoPenalty | DiscussPenalty | NotifyPenalty | TurnCriminal
    ) -> Literal["discussed", "decided", "reviewed", "notified", "turned_criminal"]:
        """The reviewer agrees; the heads discuss what is grave, and decide."""
        match step:
            case DiscussPenalty():
                return "discussed"
            case DecidePenalty() | DecideStationPenalty() | DecideNoPenalty():
                return "reviewed" if step.others_pending else "decided"
            case NotifyPenalty():
                return "notified"
            case TurnCriminal():
                convert_case(self, Kind.CRIMINAL_CASE, step.build_case())
                return "turned_criminal"

    @stage("集体讨论后待决定", meanwhile=(*DEFENCE, *OPEN), aside=True)
    def discussed(
        self, step: DecidePenalty | DecideNoPenalty | SendForLegalReview | NotifyPenalty | TurnCriminal
    ) -> Literal["legal_review", "decided", "discussed", "notified", "turned_criminal"]:
        """The heads have discussed it; who decides is bound by what they found."""
        match step:
            case SendForLegalReview():
                return "legal_review"
            case DecidePenalty() | DecideNoPenalty():
                return "discussed" if step.others_pending else "decided"
            case NotifyPenalty():
                return "notified"
            case TurnCriminal():
                convert_case(self, Kind.CRIMINAL_CASE, step.build_case())
                return "turned_criminal"

    @stage("送达与执行", meanwhile=(*EXECUTION, *PEOPLE))
    def decided(
        self, step: ClosePublicOrderCase | NotifyPenalty | TurnCriminal
    ) -> Literal["closed", "notified", "turned_criminal"]:
        """The decision is served, the fine paid, the detention served or suspended; another offender may still turn up."""
        match step:
            case ClosePublicOrderCase():
                return "closed"
            case NotifyPenalty():
                return "notified"
            case TurnCriminal():
                convert_case(self, Kind.CRIMINAL_CASE, step.build_case())
                return "turned_criminal"

    @stage("已转刑事", meanwhile=AFTERWARDS)
    def turned_criminal(self, step: Archive) -> Literal["archived"]:
        """A criminal case carries on; this one need not be cancelled."""
        return "archived"

    @stage("已移送管辖", meanwhile=AFTERWARDS)
    def transferred(self, step: Archive) -> Literal["archived"]:
        """Other police have it."""
        return "archived"

    @stage("已终止调查", meanwhile=AFTERWARDS)
    def terminated(self, step: Archive) -> Literal["archived"]:
        """There is nothing to punish; whoever is under a measure is let go at once."""
        return "archived"

    @stage("已结案", meanwhile=AFTERWARDS)
    def closed(self, step: Archive) -> Literal["archived"]:
        """Decided and executed, or mediated and made good."""
        return "archived"

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""
