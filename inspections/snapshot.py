"""What is known of a matter when it is inspected. `activities/inspecting.py` reads it; nothing here or in the rules reads anything."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from inspections.parameter import Parameter
from inspections.settings import HOUSE, Settings
from law.facts import Fact
from law.legal_fact import LegalFact
from models.forms.form import Form
from models.forms.incident import ClassifyIncident, OpenIncident, ReclassifyIncident
from models.matter import Kind


@dataclass(frozen=True, slots=True)
class RecordedStep:
    """A step that was recorded: its id, its place in the journal, when and by whom it was entered, and the fields of its form as JSON.

    Of a step that needs approval it is the request; that it took effect is told by its fact.
    """

    step: str
    seq: int
    recorded_at: datetime
    username: str
    values: Mapping[str, Any]

    def is_of(self, *forms: type[Form]) -> bool:
        """Whether it is the step of one of these forms."""
        return any(self.step == form.rule.step for form in forms)


@dataclass(frozen=True, slots=True)
class KnownClock:
    """A limit of a matter: its id and name, whom or what it is about, its end, and whether it shows the red card (超期).

    What must be done at once does not at the very instant at which it is due. `liberty`: somebody is held until it ends.
    """

    limit: str
    label: str
    about: str
    due_at: datetime | None
    overdue: bool
    liberty: bool = False


@dataclass(frozen=True, slots=True)
class Kindred:
    """Another incident within a year in which somebody of this matter takes part, told by telephone or number: how it was classified, where it stands."""

    number: str
    unit: str
    stage: str
    opened_at: datetime
    classification: str


@dataclass(frozen=True, slots=True)
class Agreeing:
    """Another open matter of the same unit that agrees with this one (串并案候选), neither of them sealed: by how much, and in what, in words."""

    number: str
    score: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a letter: a matter that it is about or led to (`linked`), or an earlier letter of the month with its main label, of its unit.

    `officer` is who has it.
    """

    number: str
    kind: Kind
    officer: str
    linked: bool


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One matter as the record has it at `now`.

    `facts` are the matter's own, in the order of the journal; `children_facts` those of the matters that were opened from it, and
    `children` their kinds; `parent_facts` those of the matter that it was opened from. `agreeing` are proposed as its series by one of two only.
    `papers` are the titles of the documents that were issued in it or in those, and of what was scanned there.
    `settings` are what holds in its unit.
    """

    number: str
    kind: Kind
    unit: str
    officer: str
    stage: str
    stage_since: datetime
    opened_at: datetime
    now: datetime
    steps: tuple[RecordedStep, ...] = ()
    facts: tuple[LegalFact, ...] = ()
    children_facts: tuple[LegalFact, ...] = ()
    parent_facts: tuple[LegalFact, ...] = ()
    children: tuple[Kind, ...] = ()
    papers: tuple[str, ...] = ()
    clocks: tuple[KnownClock, ...] = ()
    kin: tuple[Kindred, ...] = ()
    agreeing: tuple[Agreeing, ...] = ()
    beside: tuple[Beside, ...] = ()
    settings: Settings = HOUSE

    def get_figure(self, parameter: Parameter) -> int:
        """That figure of the bureau's own, as it holds in the matter's unit."""
        return self.settings.get_figure(parameter)

    def get_span(self, parameter: Parameter) -> timedelta:
        """Likewise, as a length of time."""
        return parameter.convert_to_span(self.settings.get_figure(parameter))

    def list_steps(self, *forms: type[Form]) -> Iterator[RecordedStep]:
        """The recorded steps of these forms, the earliest first."""
        return (step for step in self.steps if step.is_of(*forms))

    def happened(self, *facts: Fact) -> bool:
        """Whether any of these facts happened in the matter, or in one that was opened from it."""
        return any(each.fact in facts for each in (*self.facts, *self.children_facts))

    @property
    def has_case(self) -> bool:
        """Whether a case was opened from it."""
        return not {Kind.CRIMINAL_CASE, Kind.PUBLIC_ORDER_CASE}.isdisjoint(self.children)

    @property
    def channel(self) -> str:
        """The way an incident was reported; empty of another kind."""
        return next((str(step.values.get("channel", "110")) for step in self.list_steps(OpenIncident)), "")

    @property
    def classification(self) -> str | None:
        """How an incident is classified now; None before anybody did."""
        *_, last = (None, *self.list_steps(ClassifyIncident, ReclassifyIncident))
        return last and last.values.get("classification")

    def count_papers(self, title: str) -> int:
        """How many papers bear that title, or one that contains it."""
        return sum(title in each for each in self.papers)
