"""The life of a dispute over jurisdiction: raised, spoken of, agreed or put before the common superior, decided, taken over."""

from typing import Literal

from models.forms.jurisdiction_dispute import (
    AcceptDesignation,
    AgreeJurisdiction,
    ConfirmAgreement,
    ConsultJurisdiction,
    DecideJurisdiction,
    DeclineAgreement,
    HandleOurselves,
    JudgeShirking,
    OpenDispute,
    RefuseDesignation,
    SubmitDispute,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.JURISDICTION_DISPUTE)
class JurisdictionDispute(Lifecycle):
    """Units differ over whose a matter is (管辖争议); whoever received it first has it until they agree, or their superior decides."""

    @stage("未提出")
    def unopened(self, step: OpenDispute) -> Literal["raised"]:
        """The step of a matter raises it."""
        return "raised"

    @stage("待协商", meanwhile=(JudgeShirking,))
    def raised(
        self, step: ConsultJurisdiction | HandleOurselves | SubmitDispute
    ) -> Literal["consulting", "withdrawn", "submitted"]:
        """Those who differ have yet to speak with each other."""
        match step:
            case ConsultJurisdiction():
                return "consulting"
            case HandleOurselves():
                return "withdrawn"
            case SubmitDispute():
                return "submitted"

    @stage("协商中", meanwhile=(JudgeShirking,))
    def consulting(
        self, step: AgreeJurisdiction | ConsultJurisdiction | HandleOurselves | SubmitDispute
    ) -> Literal["agreeing", "consulting", "withdrawn", "submitted"]:
        """They speak with each other."""
        match step:
            case AgreeJurisdiction():
                return "agreeing"
            case ConsultJurisdiction():
                return "consulting"
            case HandleOurselves():
                return "withdrawn"
            case SubmitDispute():
                return "submitted"

    @stage("待会签", aside=True, meanwhile=(JudgeShirking,))
    def agreeing(self, step: ConfirmAgreement | DeclineAgreement | SubmitDispute) -> Literal["settled", "consulting", "submitted"]:
        """One has said whose it is; another has yet to sign it."""
        match step:
            case ConfirmAgreement():
                return "settled"
            case DeclineAgreement():
                return "consulting"
            case SubmitDispute():
                return "submitted"

    @stage("待指定", meanwhile=(JudgeShirking,))
    def submitted(self, step: DecideJurisdiction | HandleOurselves) -> Literal["decided", "withdrawn"]:
        """Their common superior decides."""
        return "decided" if isinstance(step, DecideJurisdiction) else "withdrawn"

    @stage("待接办", meanwhile=(RefuseDesignation, JudgeShirking))
    def decided(self, step: AcceptDesignation) -> Literal["settled"]:
        """Whoever was designated takes it over; a refusal changes nothing."""
        return "settled"

    @stage("已确定", final=True, meanwhile=(JudgeShirking,))
    def settled(self) -> None:
        """It is known whose it is."""

    @stage("首接单位自行承办", final=True, meanwhile=(JudgeShirking,))
    def withdrawn(self) -> None:
        """Whoever received it first goes on with it."""
