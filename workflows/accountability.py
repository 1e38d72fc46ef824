"""The life of a lead: drafted or registered, the person heard, an opinion given, spoken of or referred or let be; objected to, and closed."""

from typing import Literal

from models.forms.accountability import (
    AppealAccountability,
    CloseAccountability,
    ConfirmLead,
    DecideLeadAppeal,
    DraftLead,
    DropLead,
    FindNoFault,
    HearPerson,
    HoldTalk,
    OpineFault,
    ReferLead,
    RegisterLead,
    StateOwnPart,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage


@matter(Kind.ACCOUNTABILITY)
class Accountability(Lifecycle):
    """What follows for somebody of the bureau from what was found wrong (责任线索): they are heard, and whoever is competent decides."""

    @stage("未登记")
    def unopened(self, step: RegisterLead | DraftLead) -> Literal["registered", "drafted"]:
        """Somebody registers it; or what happened elsewhere puts it before whoever decides."""
        return "registered" if isinstance(step, RegisterLead) else "drafted"

    @stage("待确认")
    def drafted(self, step: ConfirmLead | DropLead) -> Literal["registered", "dropped"]:
        """A person decides whether it is registered; until then the one concerned knows of nothing."""
        return "registered" if isinstance(step, ConfirmLead) else "dropped"

    @stage("待听取说明", meanwhile=(StateOwnPart,))
    def registered(self, step: HearPerson | ReferLead) -> Literal["heard", "referred"]:
        """The person says what is to be said; where discipline is at issue it is for others to ask."""
        return "heard" if isinstance(step, HearPerson) else "referred"

    @stage("待法制意见", meanwhile=(StateOwnPart,))
    def heard(self, step: OpineFault | ReferLead) -> Literal["opined", "referred"]:
        """The legal department says whether it is a fault."""
        return "opined" if isinstance(step, OpineFault) else "referred"

    @stage("待处理", meanwhile=(StateOwnPart,))
    def opined(self, step: HoldTalk | ReferLead | FindNoFault) -> Literal["talk", "referred", "no_fault"]:
        """Whoever decides speaks to the person, refers it or lets it be."""
        match step:
            case HoldTalk():
                return "talk"
            case ReferLead():
                return "referred"
            case FindNoFault():
                return "no_fault"

    @stage("已谈话")
    def talk(self, step: CloseAccountability | AppealAccountability) -> Literal["closed", "appealed"]:
        """Two people have spoken to them."""
        return self.find_stage_after_talk(step)

    @stage("已移送")
    def referred(self, step: CloseAccountability | AppealAccountability) -> Literal["closed", "appealed"]:
        """Whoever is competent has it."""
        return self.find_stage_after_talk(step)

    @stage("不予追究")
    def no_fault(self, step: CloseAccountability) -> Literal["closed"]:
        """They do not answer for it."""
        return "closed"

    @stage("异议审查", aside=True)
    def appealed(self, step: DecideLeadAppeal) -> Literal["upheld", "no_fault"]:
        """Somebody who took no part looks whether it stands."""
        return "no_fault" if step.result == "revoked" else "upheld"

    @stage("异议已审查", aside=True)
    def upheld(self, step: CloseAccountability) -> Literal["closed"]:
        """It stands, as it was or as it was changed."""
        return "closed"

    @stage("已办结", final=True)
    def closed(self) -> None:
        """Nothing but its form, its day and the organ is kept of what followed."""

    @stage("未登记（不予登记）", final=True)
    def dropped(self) -> None:
        """It was not registered."""

    def find_stage_after_talk(self, step: CloseAccountability | AppealAccountability) -> Literal["closed", "appealed"]:
        """Where what comes after a talk or a referral leads."""
        return "closed" if isinstance(step, CloseAccountability) else "appealed"
