"""The language of scenarios: who submits which step, on which matter, when, with which form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Self

from law.clock import Colour
from law.grounds import get_end_moving_facts
from law.offices import Office
from models.forms.form import get_forms
from models.matter import Kind
from seeds.bureau import list_holders
from seeds.invention import Story

INCIDENT: Final = "incident"
AGAIN: Final = "incident:again"  # a later call about the same
CASE: Final = "case"
OTHER_CASE: Final = "criminal-case"  # one that an officer opened, and no call
SUSPECT: Final = "suspect-1"  # the first one named, whom the story follows
OFFENCE: Final = "offence"  # the public-order case
EXHIBIT: Final = "exhibit"  # the one thing that the story follows
ORDER: Final = "rectification-order"
ALERT: Final = "risk-alert"
AGREED: Final = "同意。"


@dataclass(frozen=True, slots=True)
class Move:
    """One submission by `username`: the `form` of `step` on a matter. Matters are called by their roles in the scenario.

    `on` is the role of the matter, `at` the instant of the fact, `opens` the role of the matter that the step opens, `subject` the role of the
    matter that the form refers to in its field `names`. The role of a matter that a person opens is its kind, with a suffix after a colon
    where there are several.
    """

    on: str
    step: str
    at: datetime
    username: str
    form: Mapping[str, object]
    opens: str = ""
    subject: str = ""
    names: str = "subject"
    # The title of a paper that whoever makes the move scans into the matter's dossier first; empty: none.
    scan: str = ""

    def scan_first(self, title: str) -> Self:
        """The same move, after a paper of that title was scanned."""
        return replace(self, scan=title)

    def open_as(self, role: str) -> Self:
        """The same move, opening the matter of that role."""
        return replace(self, opens=role)

    def name_as(self, role: str, *, field: str = "subject") -> Self:
        """The same move, referring to the matter of that role in `field`."""
        return replace(self, subject=role, names=field)

    @property
    def on_paper(self) -> bool:
        """Whether it approves a step that moves the end of a limit; such an approval must have been given on paper in time."""
        asked = get_forms().get(str(self.form.get("request", ""))) if self.step == "approve" else None
        return asked is not None and asked.rule.fact in get_end_moving_facts()

    @property
    def kind(self) -> Kind:
        """The kind of matter that a person opens with this move."""
        return Kind(self.on.partition(":")[0])

    @property
    def by_a_person(self) -> bool:
        """Whether a person opens a matter with this move, instead of another matter's workflow."""
        return self.on == self.opens


@dataclass(frozen=True, slots=True)
class Scenario:
    """One incident and everything that followed.

    `shows` describes the state its subject ends in; `colour` is the colour shown, None where that depends on rest days.
    """

    shows: str
    colour: Colour | None
    story: Story
    moves: tuple[Move, ...]

    @property
    def subject(self) -> str:
        """The role of the matter that `shows` and `colour` describe."""
        return SUSPECT if SUSPECT in self.roles else self.roles[-1]

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles of this scenario, in the order in which their matters are opened."""
        return tuple(move.opens for move in self.moves if move.opens)


@dataclass(frozen=True, slots=True)
class User:
    """A user in a scenario, with display name `zh`. Calling it makes a move."""

    username: str
    zh: str

    def __call__(self, on: str, step: str, at: datetime, /, **form: object) -> Move:
        """The move that submits `step` with this form on the matter in role `on`."""
        return Move(on, step, at, self.username, form)


class Cast:
    """The story of one scenario and the users who handle it: officers of the responsible unit and their superiors."""

    def __init__(self, story: Story, unit_id: str, turn: int) -> None:
        """Choose the users; `turn` distributes cases among them."""
        self.story = story
        self.unit_id = unit_id
        self._turn = turn
        self.walks_in = turn % 2 == 1  # half of the victims come to the station instead of calling
        self.officer = _choose_user(unit_id, Office.CASE_OFFICER, turn)
        self.companion = _choose_user(unit_id, Office.CASE_OFFICER, turn + 1)
        self.unit_head = _choose_user(unit_id, Office.STATION_HEAD, turn)
        self.desk = _choose_user("qinglan", Office.REPORTING_DESK, turn)
        self.legal = _choose_user("legal", Office.LEGAL_REVIEWER, turn)
        self.custodian = _choose_user("qinglan", Office.CASE_MANAGEMENT_OFFICER, turn)
        self.supervisor = _choose_user("inspection", Office.SUPERVISOR, turn)
        self.county_head = _choose_user("qinglan", Office.COUNTY_HEAD, turn)
        self.centre = _choose_user("custody", Office.CUSTODY_CENTRE, turn)
        self.procuratorate = _choose_user("qinglan-procuratorate", Office.PROCURATORATE, turn)
        self.court = _choose_user("qinglan-court", Office.COURT, turn)
        self.higher_procuratorate = _choose_user("anlan-procuratorate", Office.HIGHER_PROCURATORATE, turn)

    def choose_one(self, several: Sequence[float]) -> float:
        """One of several values, varying with the story."""
        return several[self._turn % len(several)]


def approve_request(request: Move, by: User, at: datetime, *, opens: str = "") -> Iterator[Move]:
    """A request and its approval, which may open the matter of the role `opens`."""
    yield request
    yield by(request.on, "approve", at, request=request.step, opinion=AGREED).open_as(opens)


def _choose_user(unit_id: str, office: Office, turn: int) -> User:
    people = list_holders(unit_id, office)
    if office is Office.CASE_OFFICER:
        # The head of the unit approves requests, so somebody else has to make them.
        people = tuple(p for p in people if p not in list_holders(unit_id, Office.STATION_HEAD))
    person = people[turn % len(people)]
    return User(person.username, person.zh)
