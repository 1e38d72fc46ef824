"""How a scenario is written down: who submits which step, on which matter, when, and with what filled in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from law.clock import Colour
from law.grounds import moving_an_end
from law.offices import Office
from models.forms.form import forms
from models.matter import Kind
from seeds.bureau import holders
from seeds.invention import Story

INCIDENT: Final = "incident"
AGAIN: Final = "incident:again"  # a later call about the same
CASE: Final = "case"
OTHER_CASE: Final = "criminal-case"  # one that an officer opened, and no call
SUSPECT: Final = "suspect-1"  # the first one named, whom the story follows
OFFENCE: Final = "offence"  # the public-order case
EXHIBIT: Final = "exhibit"  # the one thing that the story follows
ORDER: Final = "rectification-order"
AGREED: Final = "同意。"


@dataclass(frozen=True, slots=True)
class Move:
    """One submission by `username`: the form of `step`, filled in, on the matter that plays the role `on` in its scenario.

    `at` is the instant the fact happened. `opens` is the role of the matter that the step brings into being; one that a person opens,
    and not another matter, plays a role called by its kind, and after a colon by what tells it from another of that kind. `subject` is the role of the matter that the form names in its field `names`.
    """

    on: str
    step: str
    at: datetime
    username: str
    form: Mapping[str, object]
    opens: str = ""
    subject: str = ""
    names: str = "subject"

    def opening(self, role: str) -> Self:
        """The same, by which the matter of that role comes into being."""
        return replace(self, opens=role)

    def naming(self, role: str, *, field: str = "subject") -> Self:
        """The same, its form naming the matter of that role in `field`."""
        return replace(self, subject=role, names=field)

    @property
    def on_paper(self) -> bool:
        """Whether it approves what moved the end of a limit, and so must have been approved on paper before it was entered here."""
        asked = forms().get(str(self.form.get("request", ""))) if self.step == "approve" else None
        return asked is not None and asked.rule.fact in moving_an_end()

    @property
    def kind(self) -> Kind:
        """The kind of matter that a person opens with it."""
        return Kind(self.on.partition(":")[0])

    @property
    def by_a_person(self) -> bool:
        """Whether a person opens a matter with it, instead of another matter doing so."""
        return self.on == self.opens


@dataclass(frozen=True, slots=True)
class Scenario:
    """One call and all that came of it.

    `shows` is where its subject stands, in words; `colour` is what it shows, None where that depends on which days are rest days.
    """

    shows: str
    colour: Colour | None
    story: Story
    moves: tuple[Move, ...]

    @property
    def subject(self) -> str:
        """The role of the matter of which `shows` and `colour` speak."""
        return SUSPECT if SUSPECT in self.roles else self.roles[-1]

    @property
    def roles(self) -> tuple[str, ...]:
        """The matters of this scenario, in the order in which they come into being."""
        return tuple(move.opens for move in self.moves if move.opens)


@dataclass(frozen=True, slots=True)
class User:
    """A person in a scenario, called `zh`; calling it is submitting a form."""

    username: str
    zh: str

    def __call__(self, on: str, step: str, at: datetime, /, **form: object) -> Move:
        """Submit `step` on the matter in the role `on`, filled in like that."""
        return Move(on, step, at, self.username, form)


class Cast:
    """The story of one scenario and the people who handle it: the officers of the unit that answers, and those above."""

    def __init__(self, story: Story, unit_id: str, turn: int) -> None:
        """`turn` passes the work round, so that not every case lies on the same desk."""
        self.story = story
        self.unit_id = unit_id
        self._turn = turn
        self.walks_in = turn % 2 == 1  # every other victim comes to the station instead of calling
        self.officer = _hand(unit_id, Office.CASE_OFFICER, turn)
        self.companion = _hand(unit_id, Office.CASE_OFFICER, turn + 1)
        self.unit_head = _hand(unit_id, Office.STATION_HEAD, turn)
        self.desk = _hand("qinglan", Office.REPORTING_DESK, turn)
        self.legal = _hand("legal", Office.LEGAL_REVIEWER, turn)
        self.custodian = _hand("qinglan", Office.CASE_MANAGEMENT_OFFICER, turn)
        self.supervisor = _hand("inspection", Office.SUPERVISOR, turn)
        self.county_head = _hand("qinglan", Office.COUNTY_HEAD, turn)
        self.centre = _hand("custody", Office.CUSTODY_CENTRE, turn)
        self.procuratorate = _hand("qinglan-procuratorate", Office.PROCURATORATE, turn)
        self.court = _hand("qinglan-court", Office.COURT, turn)
        self.higher_procuratorate = _hand("anlan-procuratorate", Office.HIGHER_PROCURATORATE, turn)

    def one_of(self, several: Sequence[float]) -> float:
        """Another one for each story, so that they do not all go alike."""
        return several[self._turn % len(several)]


def approved(request: Move, by: User, at: datetime, *, opens: str = "") -> Iterator[Move]:
    """The request, and the approval that brings its fact about, and perhaps another matter."""
    yield request
    yield by(request.on, "approve", at, request=request.step, opinion=AGREED).opening(opens)


def _hand(unit_id: str, office: Office, turn: int) -> User:
    people = holders(unit_id, office)
    if office is Office.CASE_OFFICER:
        # Whoever heads the unit approves there, and so does not ask: nobody approves a request of their own.
        people = tuple(p for p in people if p not in holders(unit_id, Office.STATION_HEAD))
    person = people[turn % len(people)]
    return User(person.username, person.zh)
