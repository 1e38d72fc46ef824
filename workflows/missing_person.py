"""The life of a search for somebody missing: registered, searched for, found, told, handed over, closed by the family."""

from typing import Literal

from models.forms.archive import Archive
from models.forms.form import Form
from models.forms.missing_found import (
    ConfirmClosure,
    FindPerson,
    HandOverPerson,
    RecordMissingDeath,
    TellFamilyOfDeath,
    TellOfDeclaration,
    TellReporter,
)
from models.forms.missing_means import PublishNotice, RequestEmergencyLocation, TakeDownNotice, TakeSample
from models.forms.missing_person import (
    AddClue,
    ConfirmGrade,
    DeclareLongTerm,
    ExcludeCrime,
    FindSuspectedCrime,
    OpenMissingPerson,
    ReopenSearch,
    ReportFalse,
    ReviewSearch,
    StartSearch,
    WithdrawReport,
)
from models.matter import Kind
from workflows.lifecycle import Lifecycle, matter
from workflows.stages import stage

# What may be learnt or decided as long as somebody is missing; and what is done to find them.
OPEN = (ConfirmGrade, AddClue, ExcludeCrime, TakeSample, WithdrawReport)
SEARCH = (ReviewSearch, RequestEmergencyLocation, PublishNotice, TakeDownNotice, TellOfDeclaration, *OPEN)
AFTERWARDS = (TellReporter, HandOverPerson, TakeDownNotice)


@matter(Kind.MISSING_PERSON)
class MissingPerson(Lifecycle):
    """One search for one person who is missing (失联人员)."""

    @stage("未登记")
    def unopened(self, step: OpenMissingPerson) -> Literal["reported"]:
        """Somebody says that a person is missing."""
        return "reported"

    @stage("已接报", meanwhile=OPEN)
    def reported(
        self, step: StartSearch | FindPerson | FindSuspectedCrime | ReportFalse
    ) -> Literal["searching", "found", "as_case", "false_report"]:
        """It is known, and the search is about to begin."""
        match step:
            case StartSearch():
                return "searching"
            case FindPerson():
                return "found"
            case FindSuspectedCrime():
                return "as_case"
            case ReportFalse():
                return "false_report"

    @stage("查找中", meanwhile=SEARCH)
    def searching(
        self, step: FindPerson | FindSuspectedCrime | DeclareLongTerm | ReportFalse
    ) -> Literal["found", "as_case", "long_term", "false_report"]:
        """Several units search together, and it is looked at again and again."""
        match step:
            case FindPerson():
                return "found"
            case FindSuspectedCrime():
                return "as_case"
            case DeclareLongTerm():
                return "long_term"
            case ReportFalse():
                return "false_report"

    @stage("已立案侦查", aside=True, meanwhile=(StartSearch, *SEARCH))
    def as_case(self, step: FindPerson) -> Literal["found"]:
        """A criminal case was opened; the search goes on."""
        return "found"

    @stage("长期查找", aside=True, meanwhile=SEARCH)
    def long_term(self, step: FindPerson | FindSuspectedCrime) -> Literal["found", "as_case"]:
        """It goes on in longer steps."""
        return "found" if isinstance(step, FindPerson) else "as_case"

    @stage("已找到", meanwhile=AFTERWARDS)
    def found(self, step: ConfirmClosure | RecordMissingDeath | ReopenSearch) -> Literal["closed", "found_dead", "searching"]:
        """They are found; whoever may know is told, whoever may have them has them."""
        match step:
            case ConfirmClosure():
                return "closed"
            case RecordMissingDeath():
                return "found_dead"
            case ReopenSearch():
                return "searching"

    @stage("确认死亡", aside=True, meanwhile=(TellFamilyOfDeath, FindSuspectedCrime, TakeDownNotice))
    def found_dead(self, step: ConfirmClosure) -> Literal["closed"]:
        """They are dead; the family is told, and of what they died is cleared up."""
        return "closed"

    @stage("不属失联", aside=True, meanwhile=(TakeDownNotice,))
    def false_report(self, step: Archive | ReopenSearch) -> Literal["archived", "searching"]:
        """Nobody was missing."""
        return "archived" if isinstance(step, Archive) else "searching"

    @stage("已办结", meanwhile=(TakeDownNotice,))
    def closed(self, step: Archive | ReopenSearch) -> Literal["archived", "searching"]:
        """The family has confirmed it."""
        return "archived" if isinstance(step, Archive) else "searching"

    @stage("已归档", final=True)
    def archived(self) -> None:
        """Nothing happens to it any more."""

    def notify_of(self, step: Form) -> None:
        """The incident by which it was learnt hears of each step, and knows so that they are found."""
        self.notify_parent()
