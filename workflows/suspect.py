"""The life of one suspect in one criminal case: the chain of measures, and every way out of it."""

from typing import Any, Literal

from models.forms.archive import Archive
from models.forms.bail import EXECUTING_BAIL, EXECUTING_SURVEILLANCE, FORFEITURE, DecideSurveillance
from models.forms.closing import NotifyTermination, ResumeInvestigation
from models.forms.custody import COMPLAINTS
from models.forms.detention import (
    REFUSAL_REMEDIES,
    ApproveArrest,
    ExecuteArrest,
    ExecuteDetention,
    ExtendDetention,
    FailArrest,
    ReceiveArrestRequest,
    RefuseArrest,
    RequestArrest,
    ReturnArrestReceipt,
    RevokeArrestApproval,
)
from models.forms.flight import LiftWantedOrder, NotifyDeath, Recapture, RecordDeath, RecordReturn
from models.forms.jurisdiction import HandOverSuspect, TakeBackSuspect
from models.forms.measures import ALWAYS, AT_LARGE, CUSTODY, HELD, PURSUED, SENTENCED
from models.forms.suspect import (
    QUESTIONING,
    EndCompelled,
    EndSummons,
    ExtendCompelled,
    ExtendSummons,
    OpenSuspect,
    TerminateInvestigation,
)
from models.forms.trial import ExecuteSentence, ReceiveSentencePapers
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage
from workflows.suspect_course import (
    AT_LIBERTY,
    BY_ORGANS,
    CONCERNS_THE_CASE,
    MEASURES,
    ON_BAIL,
    OUT_OF_CUSTODY,
    OUT_OF_REACH,
    SET_FREE,
    SURVEILLED,
    leads_to,
)


@matter(Kind.SUSPECT)
class Suspect(Lifecycle):
    """One person suspected in one case, from being named to being charged or cleared (犯罪嫌疑人)."""

    @stage("未确定")
    def unopened(self, step: OpenSuspect) -> Literal["at_liberty"]:
        """The case names a suspect."""
        return "at_liberty"

    @stage("未采取强制措施", meanwhile=(*ALWAYS, *AT_LARGE))
    def at_liberty(
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
        return self._comes_under(step)

    @stage("传唤中", meanwhile=(ExtendSummons, *ALWAYS, *AT_LARGE), aside=True)
    def summoned(
        self, step: EndSummons | MEASURES | OUT_OF_REACH
    ) -> Literal["at_liberty", "detained", "on_bail", "surveilled", "absconded", "dead"]:
        """Here on a summons, for twelve hours."""
        return self._comes_under(step)

    @stage("拘传中", meanwhile=(ExtendCompelled, *ALWAYS, *AT_LARGE), aside=True)
    def compelled(
        self, step: EndCompelled | MEASURES | OUT_OF_REACH
    ) -> Literal["at_liberty", "detained", "on_bail", "surveilled", "absconded", "dead"]:
        """Brought here, for twelve hours."""
        return self._comes_under(step)

    @stage("刑事拘留", meanwhile=(ExtendDetention, *HELD, *ALWAYS))
    def detained(
        self, step: RequestArrest | ApproveArrest | SET_FREE | OUT_OF_CUSTODY
    ) -> Literal["arrest_review", "arrest_approved", "at_liberty", "on_bail", "surveilled", "escaped", "dead"]:
        """Held on a detention warrant: the procuratorate is asked in time, or decides itself on its own warrant, or the person goes."""
        return self._comes_under(step)

    @stage("审查批捕", meanwhile=(ReceiveArrestRequest, *HELD, *ALWAYS))
    def arrest_review(
        self, step: ApproveArrest | RefuseArrest | SET_FREE | OUT_OF_CUSTODY
    ) -> Literal["arrest_approved", "arrest_refused", "at_liberty", "on_bail", "surveilled", "escaped", "dead"]:
        """Held while the procuratorate decides."""
        return self._comes_under(step)

    @stage("不批准逮捕", meanwhile=(*HELD, *REFUSAL_REMEDIES, *ALWAYS))
    def arrest_refused(
        self, step: SET_FREE | ApproveArrest | OUT_OF_CUSTODY | OUT_OF_REACH
    ) -> Literal["at_liberty", "on_bail", "surveilled", "arrest_approved", "escaped", "absconded", "dead"]:
        """To be released at once, whatever is asked of the procuratorate afterwards."""
        return self._comes_under(step)

    @stage("批准逮捕待执行", meanwhile=(FailArrest, ReturnArrestReceipt, *HELD, *ALWAYS))
    def arrest_approved(
        self, step: ExecuteArrest | SET_FREE | RevokeArrestApproval | OUT_OF_CUSTODY | OUT_OF_REACH
    ) -> Literal["arrested", "at_liberty", "on_bail", "surveilled", "arrest_refused", "escaped", "absconded", "dead"]:
        """Approved, the warrant not yet executed."""
        return self._comes_under(step)

    @stage("逮捕羁押", meanwhile=(*CUSTODY, *HELD, *ALWAYS))
    def arrested(
        self, step: SET_FREE | ReceiveSentencePapers | RevokeArrestApproval | BY_ORGANS | OUT_OF_CUSTODY
    ) -> Literal["at_liberty", "on_bail", "surveilled", "sentenced", "arrest_refused", "escaped", "dead"]:
        """In custody, counted by months while the police investigate, and by the case's own limits after that."""
        return self._comes_under(step)

    @stage("取保候审", meanwhile=(*EXECUTING_BAIL, *QUESTIONING, *ALWAYS, *AT_LARGE), aside=True)
    def on_bail(
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
        return self._comes_under(step)

    @stage("监视居住", meanwhile=(*EXECUTING_SURVEILLANCE, *QUESTIONING, *ALWAYS, *AT_LARGE), aside=True)
    def surveilled(
        self, step: SURVEILLED | ExecuteDetention | ApproveArrest | ReceiveSentencePapers | OUT_OF_REACH | HandOverSuspect
    ) -> Literal["at_liberty", "on_bail", "surveilled", "detained", "arrest_approved", "sentenced", "absconded", "dead"]:
        """Confined to a dwelling, for six months at most."""
        return self._comes_under(step)

    @stage("在押脱逃", meanwhile=(*PURSUED, *AT_LARGE, *ALWAYS), aside=True)
    def escaped(
        self, step: Recapture | RecordDeath | HandOverSuspect
    ) -> Literal["at_liberty", "detained", "arrest_review", "arrest_refused", "arrest_approved", "arrested", "dead"]:
        """Broken out, and sought; custody goes on where it stood."""
        return self._comes_under(step)

    @stage("逃跑、下落不明", meanwhile=(*PURSUED, *AT_LARGE, *ALWAYS), aside=True)
    def absconded(
        self, step: RecordReturn | ExecuteDetention | ExecuteArrest | TerminateInvestigation | RecordDeath | HandOverSuspect
    ) -> Literal["at_liberty", "on_bail", "surveilled", "detained", "arrested", "terminated", "dead"]:
        """Fled from no custody: sought, and found again or detained."""
        return self._comes_under(step)

    @stage("已死亡", meanwhile=(NotifyDeath, LiftWantedOrder, *COMPLAINTS, *FORFEITURE), aside=True)
    def dead(self, step: TerminateInvestigation | Archive) -> Literal["terminated", "archived"]:
        """Pursued no longer; in custody, the family and the procuratorate are told at once."""
        return self._comes_under(step)

    @stage("终止侦查", meanwhile=(NotifyTermination, *COMPLAINTS, *FORFEITURE))
    def terminated(self, step: ResumeInvestigation | Archive) -> Literal["at_liberty", "archived"]:
        """Investigated no longer, though the case goes on; to be told so within three days."""
        return self._comes_under(step)

    @stage("待交付执行", meanwhile=SENTENCED)
    def sentenced(self, step: ExecuteSentence | RecordDeath) -> Literal["executed", "dead"]:
        """Judged for good, and to be handed over to whoever carries out the sentence within a month."""
        return self._comes_under(step)

    @stage("已交付执行", meanwhile=SENTENCED)
    def executed(self, step: Archive) -> Literal["archived"]:
        """The sentence is being carried out."""
        return "archived"

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""

    def _comes_under(self, step: Any) -> Any:
        """Where a step leads, the same in every stage; the stages' signatures say which may be taken where."""
        self.besides(step)
        return leads_to(step)

    def besides(self, step: Any) -> None:
        """What the case must know it hears, whether the step leads on or comes meanwhile."""
        if isinstance(step, CONCERNS_THE_CASE):
            self.tell(self.parent)
