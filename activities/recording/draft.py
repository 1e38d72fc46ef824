"""A step on its way into the journal: what the record holds of the matter, what is proposed, and what features have added so far."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from law.calendar import Calendar
from law.clock import Clock, Colour
from law.legal_fact import LegalFact
from models.forms.form import Form
from models.messages import Notice, PendingCommand, Proposal
from models.outside import System
from models.store.connection import Connection
from models.turns import Hand

T = TypeVar("T")


class Known(NamedTuple):
    """What the record holds about a matter before the proposal."""

    position: int
    hash: bytes
    facts: list[LegalFact]
    shown: dict[str, str]  # of each running clock, its colour
    next_alarm: datetime | None  # when the next rung is due
    successor: str  # who took over from the officer whom the proposal names; empty: nobody
    seq: int  # how far the matter has come in the journal
    expects: bool  # whether another matter is about to tell it something
    first: dict[str, Any] | None  # the entry already recorded under the proposal's key
    missed: list[dict[str, Any]]  # entries that the workflow has not applied
    hands: frozenset[Hand] = frozenset()  # who holds one of the offices that the matter will wait for
    hearers: Sequence[Mapping[str, Any]] = ()  # the matters that are linked with it and hear of some of its facts
    patience: Mapping[str, Any] | None = None  # how long it will wait for them, where a unit has set that


class Change(NamedTuple):
    """What the proposal makes of the matter's clocks; `gone` are those that no longer run though no fact ended them."""

    clocks: list[Clock]
    colour: Colour
    gone: tuple[str, ...] = ()


@dataclass(slots=True)
class Draft:
    """What hooks read and add to. Each phase says in `activities.recording.features` what is filled in by then."""

    connection: Connection
    proposal: Proposal
    known: Known
    calendar: Calendar
    systems: Sequence[System]
    # The facts known before, as they are after this step: a correction sets some of them right.
    log: list[LegalFact] = field(default_factory=list[LegalFact])
    # Facts that features found, to stand before and behind those of the step.
    preceding: list[LegalFact] = field(default_factory=list[LegalFact])
    following: list[LegalFact] = field(default_factory=list[LegalFact])
    # What the matter hears as it is opened; all that is known when the new facts are judged; and the new facts, with their sequence.
    born_with: list[LegalFact] = field(default_factory=list[LegalFact])
    before: list[LegalFact] = field(default_factory=list[LegalFact])
    facts: list[LegalFact] = field(default_factory=list[LegalFact])
    # What the receipt says besides.
    notes: tuple[str, ...] = ()
    change: Change = field(default_factory=lambda: Change([], Colour.NONE))
    # What the journal keeps besides, by its name in the entry.
    kept: dict[str, Any] = field(default_factory=dict[str, Any])
    # Whether the file is sealed from then on, or open; None: it stays as it is. It stands in the matter's row as who may read it does.
    sealed: bool | None = None
    # From whom it is kept from then on, and from whom no longer (`models.access.kept_from`).
    keeps: tuple[str, ...] = ()
    lets: tuple[str, ...] = ()
    # The marks that it bears from then on (`models.marks`).
    marks: tuple[str, ...] = ()
    # Whether it is somebody's turn of which another notice tells, so that nobody is told of this one.
    turn_is_quiet: bool = False
    _own: dict[type[Any], Any] = field(default_factory=dict[type[Any], Any])

    @property
    def now(self) -> datetime:
        """When the step was decided."""
        return self.proposal.decided_at

    @property
    def brought(self) -> tuple[LegalFact, ...]:
        """The facts that the step brings about, or would bring about once it is approved."""
        return (*(self.facts or self.proposal.facts), *self.proposal.foreseen)

    @property
    def entered(self) -> list[LegalFact]:
        """The facts of the entry: those of the step, and those that the matter was born with."""
        return [*self.facts, *self.born_with]

    def update(self, **fields: Any) -> None:
        """Change these fields of the proposal."""
        self.proposal = self.proposal.model_copy(update=fields)

    def add_notices(self, *notices: Notice) -> None:
        """Let people read these with the step."""
        if notices:
            self.update(notices=(*self.proposal.notices, *notices))

    def add_notes(self, *notes: str) -> None:
        """Let the receipt note these, and those who decide read them."""
        if notes:
            self.update(notes=(*self.proposal.notes, *notes))

    def add_commands(self, *commands: PendingCommand) -> None:
        """Let these be carried out once the step is recorded."""
        if commands:
            self.update(commands=(*self.proposal.commands, *commands))

    def keep(self, own: Any) -> None:
        """Keep something of a feature's own for its later hooks, by its type."""
        self._own[type(own)] = own

    def find_own(self, of: type[T]) -> T | None:
        """What a feature kept, None if it kept nothing."""
        return self._own.get(of)

    def list_brought(self, *kinds: str) -> Iterator[LegalFact]:
        """Those of the new facts that are of these kinds and happened here: not told by another matter."""
        return (fact for fact in self.facts if fact.fact in kinds and not fact.told_by)


@dataclass(slots=True)
class DocumentWords:
    """What the documents of a step may say besides what its form says, while they are made: features add to `values`."""

    form: Form
    values: dict[str, Any]
