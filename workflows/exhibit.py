"""The life of an exhibit: taken → in the store → lent and back → with the case to procuratorate and court → given back or disposed of."""

from typing import Any, Literal

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
        return self._goes_to(step)

    @stage("先行鉴定检验", meanwhile=ALWAYS)
    def under_examination(self, step: FinishExamination) -> Literal["in_hand"]:
        """Examined before it is stored, since that could not wait."""
        return "in_hand"

    @stage("在库", meanwhile=ALWAYS)
    def in_store(
        self, step: LendExhibit | SendExhibit | ReturnExhibit | LiftSeizure | HandToTreasury | DestroyExhibit | HandOverExhibit
    ) -> Literal["lent", "to_procuratorate", "handed_over", Ended]:
        """With the custodian."""
        return self._goes_to(step)

    @stage("调用中", meanwhile=ALWAYS)
    def lent(self, step: ReturnLoan) -> Literal["in_store"]:
        """Out for an examination, an identification or a questioning, to be back as promised."""
        return "in_store"

    @stage("移送检察院途中", meanwhile=(OrderDisposal,))
    def to_procuratorate(
        self, step: ReceiveProsecutionExhibit | RefuseProsecutionExhibit | ForwardExhibit
    ) -> Literal["at_procuratorate", "in_store", "to_court"]:
        """Ours until the procuratorate confirms it; what it does not take stays with us."""
        return self._goes_to(step)

    @stage("检察院保管", meanwhile=(OrderDisposal,))
    def at_procuratorate(
        self, step: ForwardExhibit | GiveBackExhibit | DisposeByOrgan
    ) -> Literal["to_court", "coming_back", Ended]:
        """The procuratorate has it."""
        return self._goes_to(step)

    @stage("移送法院途中", meanwhile=(OrderDisposal,))
    def to_court(self, step: ReceiveTrialExhibit | RefuseTrialExhibit) -> Literal["at_court", "coming_back"]:
        """The procuratorate's until the court confirms it; what the court does not take comes back to us."""
        return self._goes_to(step)

    @stage("法院保管", meanwhile=(OrderDisposal,))
    def at_court(self, step: GiveBackExhibit | DisposeByOrgan) -> Literal["coming_back", Ended]:
        """The court has it, and decides about it with the case."""
        return self._goes_to(step)

    @stage("退回途中", meanwhile=(OrderDisposal,))
    def coming_back(self, step: TakeBackExhibit) -> Literal["in_store"]:
        """On its way back, until the custodian has it."""
        return "in_store"

    @stage("就地封存、登记保存", meanwhile=(RegisterExhibit, *ALWAYS))
    def in_place(
        self, step: DecideRegistration | ReturnExhibit | LiftSeizure | HandToTreasury | DestroyExhibit | HandOverExhibit
    ) -> Literal["in_hand", "handed_over", Ended]:
        """Sealed or registered where it is; its holder may not touch it."""
        return self._goes_to(step)

    @stage("冻结", meanwhile=(RegisterExhibit, *RENEWALS, *WHOSE, FileWithSupervision, OrderDisposal))
    def frozen(
        self, step: Unfreeze | UnfreezeByCity | UnfreezeByProvince | RecordLapse | HandToTreasury | HandOverExhibit
    ) -> Literal["unfrozen", "treasury", "handed_over"]:
        """The bank lets nothing go; a freeze that is not renewed in time ends by itself."""
        return self._goes_to(step)

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

    def _goes_to(self, step: Any) -> Any:
        """Where a step leads, whatever stage it is taken in; the stages' signatures say which may be taken where."""
        if isinstance(step, DisposeByOrgan):
            return step.way
        if isinstance(step, DecideRegistration):
            return "in_hand" if step.outcome == "seize" else "returned"
        return _LEADS_TO[type(step)]


_LEADS_TO = {
    StoreExhibit: "in_store",
    ExamineExhibitFirst: "under_examination",
    LendExhibit: "lent",
    SendExhibit: "to_procuratorate",
    ReceiveProsecutionExhibit: "at_procuratorate",
    RefuseProsecutionExhibit: "in_store",
    ForwardExhibit: "to_court",
    ReceiveTrialExhibit: "at_court",
    RefuseTrialExhibit: "coming_back",
    GiveBackExhibit: "coming_back",
    ReturnExhibit: "returned",
    LiftSeizure: "returned",
    HandToTreasury: "treasury",
    DestroyExhibit: "destroyed",
    HandOverExhibit: "handed_over",
    Unfreeze: "unfrozen",
    UnfreezeByCity: "unfrozen",
    UnfreezeByProvince: "unfrozen",
    RecordLapse: "unfrozen",
}
