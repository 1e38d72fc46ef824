"""The life of a letter from the public: signed for, answered, concluded, evaluated by who wrote it, and done again at most once."""

from typing import Literal

from models.forms.archive import Archive
from models.forms.incident_promises import AnswerLetter, ContactWriter, SignLetter
from models.forms.letter import (
    AssignLetter,
    ClassifyLetter,
    ConcludeLetter,
    ConcludePetition,
    ConveyThanks,
    EvaluateLetter,
    HandOverLetter,
    LinkLetter,
    MergeLetter,
    OpenLetter,
    RecordNoEvaluation,
    ReopenLetter,
)
from models.forms.letter_petition import PETITION, ObjectReferral
from models.forms.letter_review import REVIEWS
from models.forms.letter_ways import ON_THE_WAY, ProceedUnreached, RefusePetition, RouteIntoProcedure, WithdrawLetter
from models.forms.tip import REWARDS, DeclineReward, ProposeReward
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# What may be done with a letter while it is open; and with one that is being answered.
OPEN = (ClassifyLetter, AssignLetter, LinkLetter, *PETITION, *ON_THE_WAY)
# And with one that was answered: whoever is not satisfied may turn to the organ above.
ANSWERED = (ContactWriter, LinkLetter, *ON_THE_WAY, *REVIEWS)
Concluding = ConcludeLetter | ConcludePetition
Ending = RefusePetition | RouteIntoProcedure | WithdrawLetter
Leaving = HandOverLetter | ObjectReferral | MergeLetter | ConveyThanks | Ending
Gone = Literal["handed_over", "refused", "in_procedure", "closed"]
Left = Literal[Gone, "merged"]


@matter(Kind.LETTER)
class Letter(Lifecycle):
    """What somebody of the public wrote to the bureau (群众来信), whatever way it came."""

    @stage("未登记")
    def unopened(self, step: OpenLetter) -> Literal["received"]:
        """Somebody of the bureau, or a system outside, registers it."""
        return "received"

    @stage("待签收", meanwhile=(ClassifyLetter, AssignLetter, LinkLetter, *ON_THE_WAY))
    def received(self, step: SignLetter | WithdrawLetter) -> Literal["signed", "closed"]:
        """It has come, and nobody has taken note of it."""
        return "signed" if isinstance(step, SignLetter) else "closed"

    @stage("已签收", meanwhile=(*OPEN, AnswerLetter))
    def signed(self, step: ContactWriter | ProceedUnreached | Leaving) -> Literal["handling", Left]:
        """Its writer is to hear from us."""
        return "handling" if isinstance(step, ContactWriter | ProceedUnreached) else leave(step)

    @stage("办理中", meanwhile=(ContactWriter, ProceedUnreached, AnswerLetter, *OPEN))
    def handling(self, step: Concluding | Leaving) -> Literal["concluded", Left]:
        """Whoever it was given to finds out, and answers."""
        return "concluded" if isinstance(step, ConcludeLetter) else leave(step)

    @stage("已答复待评价", meanwhile=ANSWERED)
    def concluded(
        self, step: EvaluateLetter | RecordNoEvaluation | ProposeReward | DeclineReward
    ) -> Literal["closed", "handling_again"]:
        """Its writer says what they think of the answer; who is dissatisfied has it done again."""
        return "handling_again" if isinstance(step, EvaluateLetter) and step.dissatisfied else "closed"

    @stage("重办中", aside=True, meanwhile=(ContactWriter, ProceedUnreached, AnswerLetter, *OPEN))
    def handling_again(self, step: Concluding | HandOverLetter | Ending) -> Literal["concluded_again", Gone]:
        """It is done again, by somebody else."""
        return "concluded_again" if isinstance(step, ConcludeLetter) else leave_for_good(step)

    @stage("重办已答复", aside=True, meanwhile=ANSWERED)
    def concluded_again(self, step: EvaluateLetter | RecordNoEvaluation | ProposeReward | DeclineReward) -> Literal["closed"]:
        """Whatever its writer thinks of the second answer, it is closed: there are other remedies. A tip is rewarded, or not."""
        return "closed"

    @stage("已办结", meanwhile=(*ANSWERED, *REWARDS))
    def closed(self, step: Archive | ReopenLetter) -> Literal["archived", "handling_again"]:
        """It is done with, unless its writer wants it done again."""
        return "archived" if isinstance(step, Archive) else "handling_again"

    @stage("已并入", aside=True)
    def merged(self, step: Archive) -> Literal["archived"]:
        """Another letter of the same cause is answered for both."""
        return "archived"

    @stage("已转出", aside=True, meanwhile=(ContactWriter,))
    def handed_over(self, step: Archive) -> Literal["archived"]:
        """Whoever is competent has it."""
        return "archived"

    @stage("不予受理", aside=True, meanwhile=(ContactWriter,))
    def refused(self, step: Archive | ReopenLetter) -> Literal["archived", "handling_again"]:
        """The same is under way elsewhere, or was finally reviewed; what was refused wrongly is taken up."""
        return "archived" if isinstance(step, Archive) else "handling_again"

    @stage("已导入法定程序", aside=True, meanwhile=(ContactWriter,))
    def in_procedure(self, step: Archive | ReopenLetter) -> Literal["archived", "handling_again"]:
        """It goes on in a procedure of its own, or comes back from where it has none."""
        return "archived" if isinstance(step, Archive) else "handling_again"

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""


def leave(step: Leaving) -> Left:
    """The stage at which a letter is that others answer, or that needs no answer."""
    return "merged" if isinstance(step, MergeLetter) else leave_for_good(step)


def leave_for_good(step: HandOverLetter | ObjectReferral | ConveyThanks | Ending) -> Gone:
    """The stage at which a letter is that nobody here answers any more."""
    match step:
        case ConveyThanks() | WithdrawLetter():
            return "closed"
        case RefusePetition():
            return "refused"
        case RouteIntoProcedure():
            return "in_procedure"
        case _:
            return "handed_over"
