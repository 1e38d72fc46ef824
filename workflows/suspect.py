"""The life of one suspect in one criminal case: the chain of measures, and every way out of it."""

from typing import Any, Literal

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
from models.forms.closing import NotifyTermination, ResumeInvestigation
from models.forms.custody import COMPLAINTS
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
)
from models.forms.measures import ALWAYS, AT_LARGE, CONCERNS_THE_CASE, CUSTODY, HELD, SENTENCED
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


@matter(Kind.SUSPECT)
class Suspect(Lifecycle):
    """One person suspected in one case, from being named to being charged or cleared (犯罪嫌疑人)."""

    @stage("未确定")
    def unopened(self, step: OpenSuspect) -> Literal["at_liberty"]:
        """The case names a suspect."""
        return "at_liberty"

    @stage("未采取强制措施", meanwhile=(*ALWAYS, *AT_LARGE))
    def at_liberty(
        self,
        step: Summon
        | Compel
        | ExecuteDetention
        | ExecutePriorDetention
        | DecideBail
        | DecideSurveillance
        | ApproveArrest
        | TerminateInvestigation
        | ReceiveSentencePapers
        | Archive,
    ) -> Literal[
        "summoned", "compelled", "detained", "on_bail", "surveilled", "arrest_approved", "terminated", "sentenced", "archived"
    ]:
        """Free, under no measure."""
        return self._comes_under(step)

    @stage("传唤中", meanwhile=(ExtendSummons, *ALWAYS, *AT_LARGE), aside=True)
    def summoned(
        self, step: EndSummons | ExecuteDetention | DecideBail | DecideSurveillance
    ) -> Literal["at_liberty", "detained", "on_bail", "surveilled"]:
        """Here on a summons, for twelve hours."""
        return self._comes_under(step)

    @stage("拘传中", meanwhile=(ExtendCompelled, *ALWAYS, *AT_LARGE), aside=True)
    def compelled(
        self, step: EndCompelled | ExecuteDetention | DecideBail | DecideSurveillance
    ) -> Literal["at_liberty", "detained", "on_bail", "surveilled"]:
        """Brought here, for twelve hours."""
        return self._comes_under(step)

    @stage("刑事拘留", meanwhile=(ExtendDetention, *HELD, *ALWAYS))
    def detained(
        self, step: RequestArrest | ApproveArrest | Release | DecideBail | DecideSurveillance
    ) -> Literal["arrest_review", "arrest_approved", "at_liberty", "on_bail", "surveilled"]:
        """Held on a detention warrant: the procuratorate is asked in time, or decides itself on its own warrant, or the person goes."""
        return self._comes_under(step)

    @stage("审查批捕", meanwhile=(ReceiveArrestRequest, *HELD, *ALWAYS))
    def arrest_review(
        self, step: ApproveArrest | RefuseArrest | Release | DecideBail | DecideSurveillance
    ) -> Literal["arrest_approved", "arrest_refused", "at_liberty", "on_bail", "surveilled"]:
        """Held while the procuratorate decides."""
        return self._comes_under(step)

    @stage("不批准逮捕", meanwhile=(*HELD, *REFUSAL_REMEDIES, *ALWAYS))
    def arrest_refused(
        self, step: Release | DecideBail | DecideSurveillance | ApproveArrest
    ) -> Literal["at_liberty", "on_bail", "surveilled", "arrest_approved"]:
        """To be released at once, whatever is asked of the procuratorate afterwards."""
        return self._comes_under(step)

    @stage("批准逮捕待执行", meanwhile=(FailArrest, ReturnArrestReceipt, *HELD, *ALWAYS))
    def arrest_approved(
        self, step: ExecuteArrest | Release | DecideBail | DecideSurveillance
    ) -> Literal["arrested", "at_liberty", "on_bail", "surveilled"]:
        """Approved, the warrant not yet executed."""
        return self._comes_under(step)

    @stage("逮捕羁押", meanwhile=(*CUSTODY, *HELD, *ALWAYS))
    def arrested(
        self, step: Release | DecideBail | DecideSurveillance | ReceiveSentencePapers
    ) -> Literal["at_liberty", "on_bail", "surveilled", "sentenced"]:
        """In custody, counted by months while the police investigate, and by the case's own limits after that."""
        return self._comes_under(step)

    @stage("取保候审", meanwhile=(*EXECUTING_BAIL, *QUESTIONING, *ALWAYS, *AT_LARGE), aside=True)
    def on_bail(
        self, step: LiftBail | DecideSurveillance | ExecuteDetention | ApproveArrest | ReceiveSentencePapers
    ) -> Literal["at_liberty", "surveilled", "detained", "arrest_approved", "sentenced"]:
        """Free on a guarantor or a deposit, for twelve months at most."""
        return self._comes_under(step)

    @stage("监视居住", meanwhile=(*EXECUTING_SURVEILLANCE, *QUESTIONING, *ALWAYS, *AT_LARGE), aside=True)
    def surveilled(
        self, step: LiftSurveillance | DecideBail | ExecuteDetention | ApproveArrest | ReceiveSentencePapers
    ) -> Literal["at_liberty", "on_bail", "detained", "arrest_approved", "sentenced"]:
        """Confined to a dwelling, for six months at most."""
        return self._comes_under(step)

    @stage("终止侦查", meanwhile=(NotifyTermination, *COMPLAINTS, *FORFEITURE))
    def terminated(self, step: ResumeInvestigation | Archive) -> Literal["at_liberty", "archived"]:
        """Investigated no longer, though the case goes on; to be told so within three days."""
        return self._comes_under(step)

    @stage("待交付执行", meanwhile=SENTENCED)
    def sentenced(self, step: ExecuteSentence) -> Literal["executed"]:
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
        return _LEADS_TO[type(step)]

    def besides(self, step: Any) -> None:
        """What the case must know it hears, whether the step leads on or comes meanwhile."""
        if isinstance(step, CONCERNS_THE_CASE):
            self.tell(self.parent)


_LEADS_TO = {
    Summon: "summoned",
    EndSummons: "at_liberty",
    Compel: "compelled",
    EndCompelled: "at_liberty",
    ExecuteDetention: "detained",
    ExecutePriorDetention: "detained",
    RequestArrest: "arrest_review",
    ApproveArrest: "arrest_approved",
    RefuseArrest: "arrest_refused",
    ExecuteArrest: "arrested",
    Release: "at_liberty",
    DecideBail: "on_bail",
    LiftBail: "at_liberty",
    DecideSurveillance: "surveilled",
    LiftSurveillance: "at_liberty",
    TerminateInvestigation: "terminated",
    ResumeInvestigation: "at_liberty",
    ReceiveSentencePapers: "sentenced",
    ExecuteSentence: "executed",
    Archive: "archived",
}
