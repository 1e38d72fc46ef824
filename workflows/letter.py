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
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# What may be done with a letter while it is open; and with one that is being answered.
OPEN = (ClassifyLetter, AssignLetter, LinkLetter, *PETITION)
Concluding = ConcludeLetter | ConcludePetition
Leaving = HandOverLetter | ObjectReferral | MergeLetter | ConveyThanks
Left = Literal["handed_over", "merged", "closed"]


@matter(Kind.LETTER)
class Letter(Lifecycle):
    """What somebody of the public wrote to the bureau (群众来信), whatever way it came."""

    @stage("未登记")
    def unopened(self, step: OpenLetter) -> Literal["received"]:
        """Somebody of the bureau, or a system outside, registers it."""
        return "received"

    @stage("待签收", meanwhile=(ClassifyLetter, AssignLetter, LinkLetter))
    def received(self, step: SignLetter) -> Literal["signed"]:
        """It has come, and nobody has taken note of it."""
        return "signed"

    @stage("已签收", meanwhile=(*OPEN, AnswerLetter))
    def signed(self, step: ContactWriter | Leaving) -> Literal["handling", Left]:
        """Its writer is to hear from us."""
        return "handling" if isinstance(step, ContactWriter) else leave(step)

    @stage("办理中", meanwhile=(ContactWriter, AnswerLetter, *OPEN))
    def handling(self, step: Concluding | Leaving) -> Literal["concluded", Left]:
        """Whoever it was given to finds out, and answers."""
        return "concluded" if isinstance(step, ConcludeLetter) else leave(step)

    @stage("已答复待评价", meanwhile=(ContactWriter, LinkLetter))
    def concluded(self, step: EvaluateLetter | RecordNoEvaluation) -> Literal["closed", "handling_again"]:
        """Its writer says what they think of the answer; who is dissatisfied has it done again."""
        return "handling_again" if isinstance(step, EvaluateLetter) and step.dissatisfied else "closed"

    @stage("重办中", aside=True, meanwhile=(ContactWriter, AnswerLetter, *OPEN))
    def handling_again(self, step: Concluding | HandOverLetter) -> Literal["concluded_again", "handed_over"]:
        """It is done again, by somebody else."""
        return "concluded_again" if isinstance(step, ConcludeLetter) else "handed_over"

    @stage("重办已答复", aside=True, meanwhile=(ContactWriter, LinkLetter))
    def concluded_again(self, step: EvaluateLetter | RecordNoEvaluation) -> Literal["closed"]:
        """Whatever its writer thinks of the second answer, it is closed: there are other remedies."""
        return "closed"

    @stage("已办结", meanwhile=(ContactWriter, LinkLetter))
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

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""


def leave(step: Leaving) -> Left:
    """The stage at which a letter is that others answer, or that needs no answer."""
    match step:
        case MergeLetter():
            return "merged"
        case ConveyThanks():
            return "closed"
        case _:
            return "handed_over"
