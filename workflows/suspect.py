"""The life of one suspect in one criminal case: the chain of measures, and every way out of it."""

from collections.abc import Mapping
from typing import Literal

from models.forms.archive import Archive
from models.forms.bail import (
    EXECUTING_BAIL,
    EXECUTING_SURVEILLANCE,
    FORFEITURE,
    DecideBail,
    DecideSurveillance,
    LiftBail,
    LiftSurveillance,
)
from models.forms.bail_of_organs import (
    ContinueBail,
    ExecuteOrganBail,
    ExecuteOrganSurveillance,
    LiftOrganBail,
    LiftOrganSurveillance,
)
from models.forms.closing import NotifyTermination, ResumeInvestigation
from models.forms.custody import COMPLAINTS, EVALUATION
from models.forms.detention import (
    REFUSAL_REMEDIES,
    ApproveArrest,
    ExecuteArrest,
    ExecuteDetention,
    ExecutePriorDetention,
    ExtendDetention,
    FailArrest,
    ReceiveArrestRequest,
    RefuseArrest,
    Release,
    RequestArrest,
    ReturnArrestReceipt,
    RevokeArrestApproval,
)
from models.forms.flight import LiftWantedOrder, NotifyDeath, Recapture, RecordDeath, RecordEscape, RecordFlight, RecordReturn
from models.forms.form import Form
from models.forms.jurisdiction import HandOverSuspect, TakeBackSuspect
from models.forms.measures import ALWAYS, AT_LARGE, CUSTODY, HELD, PURSUED, SENTENCED
from models.forms.suspect import (
    QUESTIONING,
    Compel,
    EndCompelled,
    EndSummons,
    ExtendCompelled,
    ExtendSummons,
    OpenSuspect,
    Summon,
    TerminateInvestigation,
)
from models.forms.trial import ExecuteSentence, ReceiveSentencePapers
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# Steps that are awaited together: a held person goes, or comes under a measure out of custody; a free one comes under a measure.
SET_FREE = Release | DecideBail | DecideSurveillance
MEASURES = ExecuteDetention | DecideBail | DecideSurveillance
# What may happen to anybody: held, they break out or die; free, they flee or die; and other organs decide measures of their own.
OUT_OF_CUSTODY = RecordEscape | RecordDeath | HandOverSuspect
OUT_OF_REACH = RecordFlight | RecordDeath
BY_ORGANS = ExecuteOrganBail | ExecuteOrganSurveillance
AT_LIBERTY = Summon | Compel | MEASURES | ExecutePriorDetention | BY_ORGANS | OUT_OF_REACH
ON_BAIL = LiftBail | ContinueBail | LiftOrganBail | DecideBail | ExecuteOrganSurveillance
SURVEILLED = LiftSurveillance | LiftOrganSurveillance | DecideSurveillance | DecideBail | BY_ORGANS
# Of which steps the case is notified.
CASE_HEARS = (
    ExecuteDetention,
    ExecutePriorDetention,
    ExecuteArrest,
    Release,
    DecideBail,
    LiftBail,
    DecideSurveillance,
    LiftSurveillance,
    TerminateInvestigation,
    ReceiveSentencePapers,
    ExecuteSentence,
    ContinueBail,
    ExecuteOrganBail,
    LiftOrganBail,
    ExecuteOrganSurveillance,
    LiftOrganSurveillance,
    RecordDeath,
    RecordEscape,
    Recapture,
    RecordFlight,
    RecordReturn,
    HandOverSuspect,
    TakeBackSuspect,
    *EVALUATION,
)
Held = Literal["detained", "arrest_review", "arrest_refused", "arrest_approved", "arrested"]
AtLarge = Literal["at_liberty", "on_bail", "surveilled"]
Sought = Literal["escaped", "absconded"]
# Where somebody is again by what they broke out of, fled from or were handed over in, named as its stage is; the law checks that it was so.
RECAPTURED: Mapping[str, Held] = {
    "刑事拘留": "detained",
    "审查批捕": "arrest_review",
    "不批准逮捕": "arrest_refused",
    "批准逮捕待执行": "arrest_approved",
    "逮捕羁押": "arrested",
}
RETURNED: Mapping[str, AtLarge] = {
    "未采取强制措施": "at_liberty",
    "取保候审": "on_bail",
    "监视居住": "surveilled",
}
SOUGHT: Mapping[str, Sought] = {"在押脱逃": "escaped", "逃跑、下落不明": "absconded"}
TAKEN_BACK: Mapping[str, Literal[Held, AtLarge, Sought]] = {**RECAPTURED, **RETURNED, **SOUGHT}
# What the receiving organ made of somebody's bail; who is to be arrested is on bail until that is executed.
CONTINUED: Mapping[str, AtLarge] = {
    "取保候审": "on_bail",
    "逮捕": "on_bail",
    "监视居住": "surveilled",
    "解除取保候审": "at_liberty",
}


@matter(Kind.SUSPECT)
class Suspect(Lifecycle):
    """One person suspected in one case, from being named to being charged or cleared (犯罪嫌疑人)."""

    @stage("未确定")
    def unopened(self, step: OpenSuspect) -> Literal["at_liberty"]:
        """The case names a suspect."""
        return "at_liberty"

    @stage("未采取强制措施", meanwhile=(*ALWAYS, *AT_LARGE), rests=True)
    def at_liberty(  # noqa: C901 - one flat case for each step that is awaited
        self, step: AT_LIBERTY | TakeBackSuspect | ApproveArrest | TerminateInvestigation | ReceiveSentencePapers | Archive
    ) -> Literal[
        "summoned",
        "compelled",
        "detained",
        "on_bail",
        "surveilled",
        "arrest_review",
        "arrest_refused",
        "arrest_approved",
        "arrested",
        "terminated",
        "sentenced",
        "archived",
        "at_liberty",
        "escaped",
        "absconded",
        "dead",
    ]:
        """Free, under no measure of ours: whoever was handed over stands here until they are taken back."""
        match step:
            case Summon():
                return "summoned"
            case Compel():
                return "compelled"
            case ExecuteDetention() | ExecutePriorDetention():
                return "detained"
            case DecideBail() | ExecuteOrganBail():
                return "on_bail"
            case DecideSurveillance() | ExecuteOrganSurveillance():
                return "surveilled"
            case ApproveArrest():
                return "arrest_approved"
            case TakeBackSuspect():
                return TAKEN_BACK[step.reason]
            case TerminateInvestigation():
                return "terminated"
            case ReceiveSentencePapers():
                return "sentenced"
            case RecordFlight():
                return "absconded"
            case RecordDeath():
                return "dead"
            case Archive():
                return "archived"

    @stage("传唤中", meanwhile=(ExtendSummons, *ALWAYS, *AT_LARGE), aside=True)
    def summoned(
        self, step: EndSummons | MEASURES | OUT_OF_REACH
    ) -> Literal["at_liberty", "detained", "on_bail", "surveilled", "absconded", "dead"]:
        """Here on a summons, for twelve hours."""
        match step:
            case EndSummons():
                return "at_liberty"
            case ExecuteDetention():
                return "detained"
            case DecideBail():
                return "on_bail"
            case DecideSurveillance():
                return "surveilled"
            case RecordFlight():
                return "absconded"
            case RecordDeath():
                return "dead"

    @stage("拘传中", meanwhile=(ExtendCompelled, *ALWAYS, *AT_LARGE), aside=True)
    def compelled(
        self, step: EndCompelled | MEASURES | OUT_OF_REACH
    ) -> Literal["at_liberty", "detained", "on_bail", "surveilled", "absconded", "dead"]:
        """Brought here, for twelve hours."""
        match step:
            case EndCompelled():
                return "at_liberty"
            case ExecuteDetention():
                return "detained"
            case DecideBail():
                return "on_bail"
            case DecideSurveillance():
                return "surveilled"
            case RecordFlight():
                return "absconded"
            case RecordDeath():
                return "dead"

    @stage("刑事拘留", meanwhile=(ExtendDetention, *HELD, *ALWAYS))
    def detained(
        self, step: RequestArrest | ApproveArrest | SET_FREE | OUT_OF_CUSTODY
    ) -> Literal["arrest_review", "arrest_approved", "at_liberty", "on_bail", "surveilled", "escaped", "dead"]:
        """Held on a detention warrant: the procuratorate is asked in time, or decides itself on its own warrant, or the person goes."""
        match step:
            case RequestArrest():
                return "arrest_review"
            case ApproveArrest():
                return "arrest_approved"
            case Release():
                return "at_liberty"
            case DecideBail():
                return "on_bail"
            case DecideSurveillance():
                return "surveilled"
            case RecordEscape():
                return "escaped"
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("审查批捕", meanwhile=(ReceiveArrestRequest, *HELD, *ALWAYS))
    def arrest_review(
        self, step: ApproveArrest | RefuseArrest | SET_FREE | OUT_OF_CUSTODY
    ) -> Literal["arrest_approved", "arrest_refused", "at_liberty", "on_bail", "surveilled", "escaped", "dead"]:
        """Held while the procuratorate decides."""
        match step:
            case ApproveArrest():
                return "arrest_approved"
            case RefuseArrest():
                return "arrest_refused"
            case Release():
                return "at_liberty"
            case DecideBail():
                return "on_bail"
            case DecideSurveillance():
                return "surveilled"
            case RecordEscape():
                return "escaped"
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("不批准逮捕", meanwhile=(*HELD, *REFUSAL_REMEDIES, *ALWAYS))
    def arrest_refused(
        self, step: SET_FREE | ApproveArrest | OUT_OF_CUSTODY | OUT_OF_REACH
    ) -> Literal["at_liberty", "on_bail", "surveilled", "arrest_approved", "escaped", "absconded", "dead"]:
        """To be released at once, whatever is asked of the procuratorate afterwards."""
        match step:
            case ApproveArrest():
                return "arrest_approved"
            case Release():
                return "at_liberty"
            case DecideBail():
                return "on_bail"
            case DecideSurveillance():
                return "surveilled"
            case RecordEscape():
                return "escaped"
            case RecordFlight():
                return "absconded"
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("批准逮捕待执行", meanwhile=(FailArrest, ReturnArrestReceipt, *HELD, *ALWAYS))
    def arrest_approved(
        self, step: ExecuteArrest | SET_FREE | RevokeArrestApproval | OUT_OF_CUSTODY | OUT_OF_REACH
    ) -> Literal["arrested", "at_liberty", "on_bail", "surveilled", "arrest_refused", "escaped", "absconded", "dead"]:
        """Approved, the warrant not yet executed."""
        match step:
            case ExecuteArrest():
                return "arrested"
            case RevokeArrestApproval():
                return "arrest_refused"
            case Release():
                return "at_liberty"
            case DecideBail():
                return "on_bail"
            case DecideSurveillance():
                return "surveilled"
            case RecordEscape():
                return "escaped"
            case RecordFlight():
                return "absconded"
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("逮捕羁押", meanwhile=(*CUSTODY, *HELD, *ALWAYS), rests=True)
    def arrested(
        self, step: SET_FREE | ReceiveSentencePapers | RevokeArrestApproval | BY_ORGANS | OUT_OF_CUSTODY
    ) -> Literal["at_liberty", "on_bail", "surveilled", "sentenced", "arrest_refused", "escaped", "dead"]:
        """In custody, counted by months while the police investigate, and by the case's own limits after that."""
        match step:
            case RevokeArrestApproval():
                return "arrest_refused"
            case Release():
                return "at_liberty"
            case DecideBail() | ExecuteOrganBail():
                return "on_bail"
            case DecideSurveillance() | ExecuteOrganSurveillance():
                return "surveilled"
            case ReceiveSentencePapers():
                return "sentenced"
            case RecordEscape():
                return "escaped"
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("取保候审", meanwhile=(*EXECUTING_BAIL, *QUESTIONING, *ALWAYS, *AT_LARGE), aside=True, rests=True)
    def on_bail(  # noqa: C901 - one flat case for each step that is awaited
        self,
        step: ON_BAIL
        | DecideSurveillance
        | ExecuteDetention
        | ApproveArrest
        | ReceiveSentencePapers
        | OUT_OF_REACH
        | HandOverSuspect,
    ) -> Literal["at_liberty", "on_bail", "surveilled", "detained", "arrest_approved", "sentenced", "absconded", "dead"]:
        """Free on a guarantor or a deposit, for twelve months at most."""
        match step:
            case LiftBail() | LiftOrganBail():
                return "at_liberty"
            case ContinueBail():
                return CONTINUED[step.measure]
            case DecideBail():
                return "on_bail"
            case DecideSurveillance() | ExecuteOrganSurveillance():
                return "surveilled"
            case ExecuteDetention():
                return "detained"
            case ApproveArrest():
                return "arrest_approved"
            case ReceiveSentencePapers():
                return "sentenced"
            case RecordFlight():
                return "absconded"
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("监视居住", meanwhile=(*EXECUTING_SURVEILLANCE, *QUESTIONING, *ALWAYS, *AT_LARGE), aside=True, rests=True)
    def surveilled(
        self, step: SURVEILLED | ExecuteDetention | ApproveArrest | ReceiveSentencePapers | OUT_OF_REACH | HandOverSuspect
    ) -> Literal["at_liberty", "on_bail", "surveilled", "detained", "arrest_approved", "sentenced", "absconded", "dead"]:
        """Confined to a dwelling, for six months at most."""
        match step:
            case LiftSurveillance() | LiftOrganSurveillance():
                return "at_liberty"
            case DecideBail() | ExecuteOrganBail():
                return "on_bail"
            case DecideSurveillance() | ExecuteOrganSurveillance():
                return "surveilled"
            case ExecuteDetention():
                return "detained"
            case ApproveArrest():
                return "arrest_approved"
            case ReceiveSentencePapers():
                return "sentenced"
            case RecordFlight():
                return "absconded"
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("在押脱逃", meanwhile=(*PURSUED, *AT_LARGE, *ALWAYS), aside=True, rests=True)
    def escaped(
        self, step: Recapture | RecordDeath | HandOverSuspect
    ) -> Literal["at_liberty", "detained", "arrest_review", "arrest_refused", "arrest_approved", "arrested", "dead"]:
        """Broken out, and sought; custody goes on where it stood."""
        match step:
            case Recapture():
                return RECAPTURED[step.reason]
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("逃跑、下落不明", meanwhile=(*PURSUED, *AT_LARGE, *ALWAYS), aside=True, rests=True)
    def absconded(
        self, step: RecordReturn | ExecuteDetention | ExecuteArrest | TerminateInvestigation | RecordDeath | HandOverSuspect
    ) -> Literal["at_liberty", "on_bail", "surveilled", "detained", "arrested", "terminated", "dead"]:
        """Fled from no custody: sought, and found again or detained."""
        match step:
            case RecordReturn():
                return RETURNED[step.reason]
            case ExecuteDetention():
                return "detained"
            case ExecuteArrest():
                return "arrested"
            case TerminateInvestigation():
                return "terminated"
            case RecordDeath():
                return "dead"
            case HandOverSuspect():
                return "at_liberty"

    @stage("已死亡", meanwhile=(NotifyDeath, LiftWantedOrder, *COMPLAINTS, *FORFEITURE), aside=True)
    def dead(self, step: TerminateInvestigation | Archive) -> Literal["terminated", "archived"]:
        """Pursued no longer; in custody, the family and the procuratorate are told at once."""
        match step:
            case TerminateInvestigation():
                return "terminated"
            case Archive():
                return "archived"

    @stage("终止侦查", meanwhile=(NotifyTermination, *COMPLAINTS, *FORFEITURE))
    def terminated(self, step: Archive | ResumeInvestigation) -> Literal["at_liberty", "archived"]:
        """Investigated no longer, though the case goes on; to be told so within three days."""
        match step:
            case ResumeInvestigation():
                return "at_liberty"
            case Archive():
                return "archived"

    @stage("待交付执行", meanwhile=SENTENCED)
    def sentenced(self, step: ExecuteSentence | RecordDeath) -> Literal["executed", "dead"]:
        """Judged for good, and to be handed over to whoever carries out the sentence within a month."""
        match step:
            case ExecuteSentence():
                return "executed"
            case RecordDeath():
                return "dead"

    @stage("已交付执行", meanwhile=SENTENCED)
    def executed(self, step: Archive) -> Literal["archived"]:
        """The sentence is being carried out."""
        return "archived"

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""

    def notify_of(self, step: Form) -> None:
        """The case hears who is held and who no longer, and whose evaluation its limits leave out."""
        if isinstance(step, CASE_HEARS):
            self.notify_parent()
