"""The kinds of legal fact (法律事实). Steps bring them about; limits listen to them.

Each is declared once, in the module of its area; `Fact` is all of them.
"""

from collections.abc import Iterable
from typing import Self

from law.citations import Article
from law.facts import persons, proceedings
from law.facts.accountability import AccountabilityFacts
from law.facts.administrative_case import AdministrativeCaseFacts
from law.facts.administrative_detention import AdministrativeDetentionFacts
from law.facts.alert import AlertFacts
from law.facts.area import Area
from law.facts.assessment import AssessmentFacts
from law.facts.bail import BailFacts
from law.facts.case import CaseFacts
from law.facts.custody import CustodyFacts
from law.facts.declaration import Condition, Declaration, DeclaredMembers, Liberty, Scope
from law.facts.defence import DefenceFacts
from law.facts.dispute import DisputeFacts
from law.facts.drive import DriveFacts
from law.facts.exhibits import ExhibitFacts
from law.facts.filing import FilingFacts
from law.facts.incident import IncidentFacts
from law.facts.incident_handing import IncidentHandingFacts
from law.facts.incident_quality import IncidentQualityFacts
from law.facts.joint_task import JointTaskFacts
from law.facts.letter import LetterFacts
from law.facts.lost_property import LostPropertyFacts
from law.facts.missing_person import MissingPersonFacts
from law.facts.outside import OutsideFacts
from law.facts.penalties import PenaltyFacts
from law.facts.persons import PersonFacts
from law.facts.proceedings import ProceedingFacts
from law.facts.questioning import QuestioningFacts
from law.facts.rectification import RectificationFacts
from law.facts.remedies import RemedyFacts
from law.facts.review import ReviewFacts
from law.facts.sensitivity import SensitivityFacts
from law.facts.series import SeriesFacts
from law.facts.supervision import SupervisionFacts
from law.labelled_enum import LabelledEnum


class Fact(
    IncidentFacts,
    IncidentHandingFacts,
    IncidentQualityFacts,
    LostPropertyFacts,
    LetterFacts,
    JointTaskFacts,
    MissingPersonFacts,
    FilingFacts,
    CaseFacts,
    QuestioningFacts,
    CustodyFacts,
    PersonFacts,
    BailFacts,
    AdministrativeCaseFacts,
    PenaltyFacts,
    AdministrativeDetentionFacts,
    RectificationFacts,
    AlertFacts,
    SupervisionFacts,
    AccountabilityFacts,
    ReviewFacts,
    DriveFacts,
    DisputeFacts,
    AssessmentFacts,
    SensitivityFacts,
    SeriesFacts,
    OutsideFacts,
    ExhibitFacts,
    RemedyFacts,
    DefenceFacts,
    ProceedingFacts,
    LabelledEnum,
    metaclass=DeclaredMembers,
):
    """A kind of legal fact; the value is the event id of the authority, `label` what people read."""

    # What was declared, with facts in the place of their ids.
    scope: Scope
    area: Area
    basis: Article | None
    uses_up: bool
    conditions: tuple[Condition, ...]
    liberty: Liberty | None
    after: "tuple[Fact, ...]"
    also_answers: "tuple[Fact, ...]"
    instead_of: "tuple[Fact, ...]"
    not_before: "tuple[Fact, ...]"

    def __new__(cls, declared: Declaration) -> Self:
        member = str.__new__(cls, declared.id)
        member._value_ = declared.id
        member.label, member.scope, member.area = declared.label, declared.scope, declared.area
        member.basis, member.uses_up = declared.basis, declared.uses_up
        member.conditions, member.liberty = declared.conditions, declared.liberty
        return member

    def __init__(self, declared: Declaration) -> None:
        self._declared = declared

    def resolve(self) -> None:
        """Put facts in the place of their ids, once all of them exist; TypeError where one is declared nowhere."""
        declared = self._declared
        self.after, self.also_answers = self._list_facts(declared.after), self._list_facts(declared.also_answers)
        self.instead_of, self.not_before = self._list_facts(declared.instead_of), self._list_facts(declared.not_before)
        for each in declared.conditions:
            named = (*(each.where or ()), each.together, each.known, *(each.during or ()))
            self._list_facts(fact for fact in named if fact)

    def _list_facts(self, ids: Iterable[str]) -> "tuple[Fact, ...]":
        try:
            return tuple(map(Fact, ids))
        except ValueError as fault:
            raise TypeError(f"the fact {self.value} names another that is declared nowhere: {fault}") from fault


for _each in Fact:
    _each.resolve()


def _list_facts_with(*effects: Liberty) -> tuple[Fact, ...]:
    return tuple(each for effect in effects for each in Fact if each.liberty is effect)


# Bail and residential surveillance, by whichever organ decided it; the police execute both.
BAIL_BEGINS, SURVEILLANCE_BEGINS = _list_facts_with(Liberty.BAILED), _list_facts_with(Liberty.SURVEILLED)
# By these a held person is set free, or comes under a measure out of custody.
SET_FREE = _list_facts_with(Liberty.FREED, Liberty.BAILED, Liberty.SURVEILLED)
# From these facts on a person is held (在押), and from those no longer.
CUSTODY_BEGINS = _list_facts_with(Liberty.HELD)
CUSTODY_ENDS = (*SET_FREE, *_list_facts_with(Liberty.GONE))
# Whoever went with a transferred case is ours again by one of these; by all but the last what ran before goes on as if they had never left.
GOES_ON_WITH_US = tuple(map(Fact, persons.GOES_ON_WITH_US))
TAKEN_BACK = (*GOES_ON_WITH_US, Fact.PERSON_TAKEN_BACK_FREE)
# By these procuratorate or court has a case that it did not have before.
HANDED_ON = tuple(map(Fact, proceedings.HANDED_ON))
