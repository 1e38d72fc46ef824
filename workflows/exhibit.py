"""The life of an exhibit: taken → in the store → lent and back → with the case to procuratorate and court → given back or disposed of."""

from typing import Literal

from models.forms.exhibit import (
    APPRAISING,
    WHOSE,
    BringBackExhibit,
    DestroyExhibit,
    ExamineExhibitFirst,
    FileWithSupervision,
    FinishExamination,
    HandToTreasury,
    LendExhibit,
    OrderDisposal,
    RegisterExhibit,
    ReturnExhibit,
    ReturnLoan,
    StoreExhibit,
)
from models.forms.exhibit_measures import (
    RENEWALS,
    SEIZURE,
    DecideRegistration,
    LiftSeizure,
    RecordLapse,
    Unfreeze,
    UnfreezeByCity,
    UnfreezeByProvince,
)
from models.forms.exhibit_opening import FROZEN, IN_HAND, OpenExhibit
from models.forms.exhibit_transfer import (
    DisposeByOrgan,
    ForwardExhibit,
    GiveBackExhibit,
    HandOverExhibit,
    ReceiveProsecutionExhibit,
    ReceiveTrialExhibit,
    RefuseProsecutionExhibit,
    RefuseTrialExhibit,
    SendExhibit,
    TakeBackExhibit,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# What may turn out, and be decided, wherever the police have the thing.
ALWAYS = (*WHOSE, *SEIZURE, *APPRAISING, FileWithSupervision, OrderDisposal)
# What was still owed when it ended; and the case may end later than its things.
AFTERWARDS = (FileWithSupervision, OrderDisposal)
Ended = Literal["returned", "treasury", "destroyed"]


@matter(Kind.EXHIBIT)
class Exhibit(Lifecycle):
    """One thing of one case (涉案财物): at every moment somebody holds it, somewhere, and has said so."""

    @stage("未登记")
    def unopened(self, step: OpenExhibit) -> Literal["in_hand", "in_place", "frozen"]:
        """It stands on a list: taken away, left where it is, or frozen."""
        if step.measure in IN_HAND:
            return "in_hand"
        return "frozen" if step.measure in FROZEN else "in_place"

    @stage("经办民警保管", meanwhile=(BringBackExhibit, *ALWAYS))
    def in_hand(
        self,
        step: StoreExhibit | ExamineExhibitFirst | ReturnExhibit | LiftSeizure | HandToTreasury | DestroyExhibit | HandOverExhibit,
    ) -> Literal["in_store", "under_examination", "handed_over", Ended]:
        """With the officer who took it, for a day at most."""
        match step:
            case StoreExhibit():
                return "in_store"
            case ExamineExhibitFirst():
                return "under_examination"
            case ReturnExhibit() | LiftSeizure():
                return "returned"
            case HandToTreasury():
                return "treasury"
            case DestroyExhibit():
                return "destroyed"
            case HandOverExhibit():
                return "handed_over"

    @stage("先行鉴定检验", meanwhile=ALWAYS)
    def under_examination(self, step: FinishExamination) -> Literal["in_hand"]:
        """Examined before it is stored, since that could not wait."""
        return "in_hand"

    @stage("在库", meanwhile=ALWAYS, rests=True)
    def in_store(
        self, step: LendExhibit | SendExhibit | ReturnExhibit | LiftSeizure | HandToTreasury | DestroyExhibit | HandOverExhibit
    ) -> Literal["lent", "to_procuratorate", "handed_over", Ended]:
        """With the custodian."""
        match step:
            case LendExhibit():
                return "lent"
            case SendExhibit():
                return "to_procuratorate"
            case ReturnExhibit() | LiftSeizure():
                return "returned"
            case HandToTreasury():
                return "treasury"
            case DestroyExhibit():
                return "destroyed"
            case HandOverExhibit():
                return "handed_over"

    @stage("调用中", meanwhile=ALWAYS)
    def lent(self, step: ReturnLoan) -> Literal["in_store"]:
        """Out for an examination, an identification or a questioning, to be back as promised."""
        return "in_store"

    @stage("移送检察院途中", meanwhile=(OrderDisposal,))
    def to_procuratorate(
        self, step: ReceiveProsecutionExhibit | RefuseProsecutionExhibit | ForwardExhibit
    ) -> Literal["at_procuratorate", "in_store", "to_court"]:
        """Ours until the procuratorate confirms it; what it does not take stays with us."""
        match step:
            case ReceiveProsecutionExhibit():
                return "at_procuratorate"
            case RefuseProsecutionExhibit():
                return "in_store"
            case ForwardExhibit():
                return "to_court"

    @stage("检察院保管", meanwhile=(OrderDisposal,), rests=True)
    def at_procuratorate(
        self, step: ForwardExhibit | GiveBackExhibit | DisposeByOrgan
    ) -> Literal["to_court", "coming_back", Ended]:
        """The procuratorate has it."""
        match step:
            case ForwardExhibit():
                return "to_court"
            case GiveBackExhibit():
                return "coming_back"
            case DisposeByOrgan():
                return step.way

    @stage("移送法院途中", meanwhile=(OrderDisposal,))
    def to_court(self, step: ReceiveTrialExhibit | RefuseTrialExhibit) -> Literal["at_court", "coming_back"]:
        """The procuratorate's until the court confirms it; what the court does not take comes back to us."""
        match step:
            case ReceiveTrialExhibit():
                return "at_court"
            case RefuseTrialExhibit():
                return "coming_back"

    @stage("法院保管", meanwhile=(OrderDisposal,), rests=True)
    def at_court(self, step: GiveBackExhibit | DisposeByOrgan) -> Literal["coming_back", Ended]:
        """The court has it, and decides about it with the case."""
        match step:
            case GiveBackExhibit():
                return "coming_back"
            case DisposeByOrgan():
                return step.way

    @stage("退回途中", meanwhile=(OrderDisposal,))
    def coming_back(self, step: TakeBackExhibit) -> Literal["in_store"]:
        """On its way back, until the custodian has it."""
        return "in_store"

    @stage("就地封存、登记保存", meanwhile=(RegisterExhibit, *ALWAYS), rests=True)
    def in_place(
        self, step: DecideRegistration | ReturnExhibit | LiftSeizure | HandToTreasury | DestroyExhibit | HandOverExhibit
    ) -> Literal["in_hand", "handed_over", Ended]:
        """Sealed or registered where it is; its holder may not touch it."""
        match step:
            case DecideRegistration():
                return "in_hand" if step.outcome == "seize" else "returned"
            case ReturnExhibit() | LiftSeizure():
                return "returned"
            case HandToTreasury():
                return "treasury"
            case DestroyExhibit():
                return "destroyed"
            case HandOverExhibit():
                return "handed_over"

    @stage("冻结", meanwhile=(RegisterExhibit, *RENEWALS, *WHOSE, FileWithSupervision, OrderDisposal), rests=True)
    def frozen(
        self, step: Unfreeze | UnfreezeByCity | UnfreezeByProvince | RecordLapse | HandToTreasury | HandOverExhibit
    ) -> Literal["unfrozen", "treasury", "handed_over"]:
        """The bank lets nothing go; a freeze that is not renewed in time ends by itself."""
        match step:
            case Unfreeze() | UnfreezeByCity() | UnfreezeByProvince() | RecordLapse():
                return "unfrozen"
            case HandToTreasury():
                return "treasury"
            case HandOverExhibit():
                return "handed_over"

    @stage("已发还", meanwhile=AFTERWARDS, final=True)
    def returned(self) -> None:
        """With whose it is."""

    @stage("已上缴国库", meanwhile=AFTERWARDS, final=True)
    def treasury(self) -> None:
        """The state's."""

    @stage("已销毁", meanwhile=AFTERWARDS, final=True)
    def destroyed(self) -> None:
        """No more."""

    @stage("已解除冻结", meanwhile=AFTERWARDS, final=True)
    def unfrozen(self) -> None:
        """Its owner may use it again."""

    @stage("已随案移交", meanwhile=AFTERWARDS, final=True)
    def handed_over(self) -> None:
        """With the police to whom the case was transferred; should the case come back, it is taken over as a thing anew."""
