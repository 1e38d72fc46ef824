"""What travels through Temporal and comes back to the caller. Structures only grow: histories hold them for years."""
# Long because every message stands here, each with what it means; what they were of old is in models/old_messages.py.

import operator
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, model_validator

from law.facts import Fact
from law.legal_fact import LegalFact
from models.links import Link
from models.matter import ASKED_OF_OTHERS, HANDLED, UNOPENED
from models.old_messages import add_kind, add_kinds, add_origin, add_outbox_origins, find_member, is_in_json
from models.origin import Origin
from models.seat import Seat


def declare_stored_name(name: str) -> Any:
    """The field's name in histories and in the journal, where it is older than the field's name here; both are read, that one is written."""
    return Field(validation_alias=name, serialization_alias=name)


class Message(BaseModel):
    """An immutable structure. Histories hold it: fields are added, and renamed only with `stored_as`."""

    model_config = ConfigDict(frozen=True, validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)


class Actor(Message):
    """Who acts: the person, and the offices by which they reach the matter at hand; `seats` are these as `office@unit`, where it matters.

    `stands_in_for` are those who are away and whose deputy they are as they act (代理), where that matters; nothing is said of nobody, so
    that what was signed before there were deputies reads as it did.
    """

    person: str
    unit: str
    offices: tuple[str, ...]
    seats: Annotated[tuple[str, ...], declare_stored_name("desks")] = ()
    stands_in_for: Annotated[tuple[str, ...], Field(exclude_if=operator.not_)] = ()


class Participant(Message):
    """Somebody who may have a hand in what awaits approval: their offices that reach the matter, as `office@unit`, none once they have left it.

    `successor` is who took over (接手) from them there; empty: nobody.
    """

    person: str
    seats: Annotated[tuple[str, ...], declare_stored_name("desks")] = ()
    successor: str = ""

    def holds(self, office: str, unit: str = "") -> bool:
        """Whether they reach the matter by that office (at that unit, where one is named); by any, where the office is empty."""
        seats = map(Seat.parse, self.seats)
        return Seat(office, unit) in seats if unit else any(office in ("", each.office) for each in seats)


class Receipt(Message):
    """What the caller is told: where the matter stands after the step, and whether it took effect or awaits approval.

    `awaits` says in words whose approval is still missing, `notes` what the law does not forbid but whoever acts should know.
    """

    number: str
    kind: str
    seq: int
    stage: str
    step: str
    status: Annotated[Literal["done", "awaiting-approval"], declare_stored_name("standing")]
    recorded_at: datetime
    opened: tuple[str, ...] = ()
    awaits: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Correction(Message):
    """What the record says wrongly (更正), of a person, of the instant of a fact, or in the words of a step.

    A person is known by `party`, their id in the matter where they are corrected, elsewhere by what was said of them before (`was`); `values`
    is what holds instead. A fact is known by `seq` and its place `n` among the facts of that entry, elsewhere by itself as it was
    (`fact`); it happened `at`. Words are known by the `seq` of the step in which somebody said them and their `field`; `text` holds instead.
    """

    party: str = ""
    values: Annotated[dict[str, str], declare_stored_name("said")] = Field(default_factory=dict)
    was: dict[str, str] = Field(default_factory=dict)
    seq: int = 0
    n: int = 0
    fact: LegalFact | None = None
    at: datetime | None = None
    field: str = ""
    text: str = ""


class Reparenting(Message):
    """Where a matter belongs from now on: `under` which matter, at which `unit`, with which `officer`; and which matters come under it.

    `under_kind` is that matter's kind (empty: whoever records it looks it up), `kinds` those of the adopted, by their numbers. `under_opened`: under the matter that this very step opens, of which no number is known yet.
    """

    under: str = ""
    under_opened: bool = False
    unit: str = ""
    officer: str = ""
    adopted: Annotated[tuple[str, ...], declare_stored_name("adopts")] = ()
    under_kind: str = ""
    kinds: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def read_old(cls, data: Any) -> Any:
        """Read what was stored before kinds travelled beside numbers."""
        return add_kinds(add_kind(data, "under"), find_member(data, "adopts"), find_member(data, "adopted"))


class MatterEvent(Message):
    """Facts that happened in another matter, told under a key of their own so that they are heard once.

    Where a `form` comes with them, they are the step that is to be taken, in the name of the `actor`.
    """

    key: str
    source: Annotated[str, declare_stored_name("teller")]
    step: str
    facts: tuple[LegalFact, ...]
    corrects: Correction | None = None
    reparenting: Annotated[Reparenting | None, declare_stored_name("moved")] = None
    form: dict[str, Any] | None = None
    actor: Actor | None = None
    origin: Origin | None = None

    @model_validator(mode="before")
    @classmethod
    def read_old(cls, data: Any, info: ValidationInfo) -> Any:
        """Read what was stored before events said of which entry they came."""
        return add_origin(data, data.get("key")) if is_in_json(data, info) else data


class Proof(Message):
    """Who handed a submission in: one of our processes, at that instant, under its own key (`models.proofs`)."""

    by: str
    at: datetime
    signature: str


class BroughtOver(Message):
    """That a step happened before the matter was kept here, and was brought over (迁入) from the bureau's own ledger.

    `ledger` is the fingerprint of the ledger as it was released, `row` where the case or the person stands in it, `case_number` what the
    bureau called the case; `officer` is whose the matter is. `office` is which office approved the step, or took it where no approval is
    asked for (empty: as its form says), `approver` who that was and `paper` the number of the paper, as the ledger tells.
    """

    ledger: str
    row: int
    case_number: str
    officer: str = ""
    office: str = ""
    approver: str = ""
    paper: str = ""


class Submission(Message):
    """One filled-in form, handed in under a key that makes it happen once. `seen` is the sequence the caller looked at.

    `participants`: those who may have a hand in the request that it speaks of, as they were when it was handed in; `record` looks again.
    """

    key: str
    body_hash: str
    step: str
    form: dict[str, Any]
    actor: Actor | None
    seen: int | None = None
    # The sequence at which the journal was found: a workflow that has not come so far adopts the journal before it judges.
    journal: int = 0
    # Of an opening: what the matter above tells the new one, heard with it.
    parent_event: Annotated[MatterEvent | None, declare_stored_name("born_with")] = None
    participants: Annotated[tuple[Participant, ...], declare_stored_name("roll")] = ()
    # Of whatever comes from outside the workflows: without it nothing is recorded.
    proof: Proof | None = None
    # Of whatever a matter is to take unasked: the entry that promised it.
    origin: Origin | None = None
    # Of what happened before the matter was kept here.
    brought: BroughtOver | None = None

    @model_validator(mode="before")
    @classmethod
    def read_old(cls, data: Any, info: ValidationInfo) -> Any:
        """Read what was stored before submissions said of which entry they came; what somebody handed in came of none."""
        return add_origin(data, data.get("key")) if is_in_json(data, info) and not data.get("proof") else data


class History(Message):
    """What happened in a matter before it was kept here, step by step: taken as a whole, or not at all."""

    steps: tuple[Submission, ...]


class PendingCommand(Message):
    """What a stage wants done elsewhere once it is recorded: open a matter, tell one what happened, or have one take a step with it."""

    verb: Literal["open", "tell", "take"]
    kind: str
    number: str = ""
    step: str = ""
    form: dict[str, Any] = Field(default_factory=dict)
    facts: tuple[LegalFact, ...] = ()
    actor: Actor | None = None
    corrects: Correction | None = None
    reparenting: Annotated[Reparenting | None, declare_stored_name("moved")] = None
    # Once it stands in an outbox: the entry that promised it.
    origin: Origin | None = None
    # Of what is opened by a step that was brought over.
    brought: BroughtOver | None = None

    @property
    def opens_handled(self) -> bool:
        """Whether it opens a matter that people handle: the receipt names it, and it is born with what this one knows."""
        return self.verb == "open" and self.kind in HANDLED

    @property
    def opens_knowing(self) -> bool:
        """Whether it opens a matter that is born with what this one knows: all but what is asked of other units, which says itself what they may know."""
        return self.opens_handled and self.kind not in ASKED_OF_OTHERS


class Signer(Message):
    """One approval that a request needs: by whoever holds `office` (at `unit`, where one is named), or by that `person`.

    `added_by` is empty where the form itself asks for it. The `delegate` may decide once in the `delegator`'s name; `signed_for` is
    the one in whose name `signed_by` did.
    """

    office: str = ""
    person: str = ""
    unit: str = ""
    added_by: str = ""
    delegate: str = ""
    delegator: str = ""
    signed_by: str = ""
    signed_for: str = ""


class LateEntry(Message):
    """That a step was entered so many `minutes` after it happened (补录): more than the bureau lets pass without a mark.

    `liberty` says that somebody's liberty was at stake; `paper` is the number of the paper on which an approval was given beforehand.
    """

    step: str
    at: datetime
    recorded_at: datetime
    minutes: int
    liberty: bool
    paper: str = ""


class Request(Message):
    """A step that awaits approval (呈请审批): who asked, which offices have still to approve it, who has.

    Requests made before there were `turns` have none; `chain` has them all the same. `asked_at` is when it was asked, as the asker dated
    it, `recorded_at` when that was entered (None: in a request of before this was kept), and `late` the mark it bears if that was late.

    `successors` has who stands in for each that it names and who has left (nobody: empty); `vacant` says that nobody is there who could
    give an approval that is awaited now.
    """

    step: str
    form: dict[str, Any]
    seq: int
    asked_by: Actor
    asked_at: datetime
    awaiting: tuple[str, ...]
    approved_by: tuple[str, ...] = ()
    turns: tuple[tuple[Signer, ...], ...] = ()
    recorded_at: datetime | None = None
    late: tuple[LateEntry, ...] = ()
    successors: dict[str, str] = Field(default_factory=dict)
    vacant: bool = False

    @property
    def asker(self) -> str:
        """Whose request it is now: who asked, or who took over from them; empty: they left it to nobody."""
        return self.find_stand_in(self.asked_by.person)

    @property
    def spent(self) -> frozenset[str]:
        """Those who may not approve it any more: who has, and whoever stands in for one who has."""
        return frozenset(name for each in self.approved_by for name in (each, self.find_stand_in(each)) if name)

    def find_stand_in(self, person: str) -> str:
        """Who answers for somebody that it names: they themselves, or who took over from them; empty: nobody."""
        return self.successors.get(person, person)

    @property
    def chain(self) -> tuple[tuple[Signer, ...], ...]:
        """Every turn in order, those that are over too; all signers of one turn sign, in any order, before the next comes."""
        before = tuple((Signer(person=person, signed_by=person),) for person in self.approved_by)
        return self.turns or before + tuple((Signer(office=office),) for office in self.awaiting)

    @property
    def present(self) -> tuple[Signer, ...]:
        """Whose approval is awaited now."""
        waiting = (tuple(each for each in turn if not each.signed_by) for turn in self.chain)
        return next((turn for turn in waiting if turn), ())


class Named(Message):
    """Somebody whom a form names: in which `field`, called what, and by which offices they can do what they are named for (any: none)."""

    field: str
    zh: str
    person: str
    offices: tuple[str, ...] = ()


class NoticeType(StrEnum):
    """What a notice is: said to somebody, a copy of a request for their knowledge (抄送), a clock's alert, or that it is their turn (轮到)."""

    MESSAGE = "message"
    COPY = "copy"
    CLOCK = "clock"
    TURN = "turn"


class Notice(Message):
    """A notice to a person, or to an office of a unit (that of the matter, where none is named); `step` is theirs to take, if any, of that `clock`."""

    words: str
    person: str = ""
    office: str = ""
    unit: str = ""
    step: str = ""
    clock: str = ""
    type: NoticeType = NoticeType.MESSAGE


class Awaited(Message):
    """The step that a stage waits for (轮到), and the offices that take it, the one whose turn it is before those who may as well."""

    step: str
    offices: tuple[str, ...]


class Refusal(Message):
    """A problem as it travels: its slug, a sentence for the officer, and the members its document carries besides."""

    slug: str
    detail: str
    members: dict[str, Any] = Field(default_factory=dict)


class Proposal(Message):
    """What the workflow asks `record` to make history: the submission, what the stage decided, and what it noted to do."""

    number: str
    kind: str
    unit: str
    parent: str
    parent_kind: str = ""
    key: str
    body_hash: str
    type: Annotated[Literal["step", "told"], declare_stored_name("sort")]
    step: str
    form: dict[str, Any]
    actor: Actor | None
    seq: int
    stage_before: str
    stage: str
    final: bool
    decided_at: datetime
    facts: tuple[LegalFact, ...] = ()
    # Facts that a request would bring about once approved: the law is asked about them now, they are recorded then.
    foreseen: tuple[LegalFact, ...] = ()
    commands: Annotated[tuple[PendingCommand, ...], declare_stored_name("intentions")] = ()
    requests: tuple[Request, ...] = ()
    title: str = ""
    officer: str = ""
    share_with: tuple[str, ...] = ()
    parties: tuple[dict[str, str], ...] = ()
    # Whom a request would bring in once approved: looked at now, recorded then.
    foreseen_parties: tuple[dict[str, str], ...] = ()
    # What is set right: once it is approved, and where another matter tells of it.
    corrects: Correction | None = None
    # With which other matters it is linked from now on.
    links: tuple[Link, ...] = ()
    # Where the matter belongs from now on, and what comes under it.
    reparenting: Annotated[Reparenting | None, declare_stored_name("moved")] = None
    # Who joins those that may open a sealed file, and who leaves them.
    admits: tuple[str, ...] = ()
    dismisses: tuple[str, ...] = ()
    # The clocks are to be reckoned anew, by the law and the calendar as they are now.
    recompute: bool = False
    notices: Annotated[tuple[Notice, ...], declare_stored_name("words")] = ()
    # What the receipt is to note, and those who decide are to read.
    notes: tuple[str, ...] = ()
    # Whom the form of a request that has now been approved names, and those who had a hand in it as they were when it was handed in.
    named: tuple[Named, ...] = ()
    participants: Annotated[tuple[Participant, ...], declare_stored_name("roll")] = ()
    # A request that has come to its end with this step, with everyone who signed and in whose name; its form is in the entry it began with.
    ended: Request | None = None
    # What the matter above tells the one that this opens: heard with the opening, so that the law is never asked without it.
    parent_event: Annotated[MatterEvent | None, declare_stored_name("born_with")] = None
    # What was entered late, filled in where it is recorded.
    late: tuple[LateEntry, ...] = ()
    # Where the matter would come once a request is approved; and the facts that can still be brought about where it stands, of a matter
    # that comes to its end.
    foreseen_stage: str = ""
    can_still: tuple[Fact, ...] = ()
    # What the matter waits for where this leaves it; None: for nobody, or for the approval of what was asked for.
    awaited: Awaited | None = None
    # Whether it is to be judged only once the matter has heard what another is about to tell it.
    waits: bool = False
    # Whether somebody handed it in, and the proof of who that was; what a matter takes unasked must have been promised to it.
    asked: bool = False
    proof: Proof | None = None
    origin: Origin | None = None
    brought: BroughtOver | None = None
    # What already speaks against the proposal: `record` hands it back, so that history and not today's code refuses.
    refusal: Refusal | None = None


class ProposedHistory(Message):
    """Proposals that become history in one transaction, each as if those before it had been recorded."""

    steps: tuple[Proposal, ...]


class Recorded(Message):
    """What became history; the workflow applies this and nothing else."""

    seq: int
    key: str
    stage: str
    final: bool
    unit: str
    officer: str = ""
    parent: str = ""
    parent_kind: str = ""
    adopted: tuple[str, ...] = ()
    # Of what it opened and adopted, by their numbers.
    kinds: dict[str, str] = Field(default_factory=dict)
    requests: tuple[Request, ...] = ()
    ended: Request | None = None
    commands: Annotated[tuple[PendingCommand, ...], declare_stored_name("intentions")] = ()
    receipt: Receipt

    @model_validator(mode="before")
    @classmethod
    def read_old(cls, data: Any) -> Any:
        """Read what was stored before kinds travelled beside numbers."""
        data = add_kinds(data, find_member(find_member(data, "receipt"), "opened"), find_member(data, "adopted"))
        return add_kind(data, "parent")


class OutboxEntry(Message):
    """What a step promises to do elsewhere, and the key under which it happens once."""

    key: str
    command: Annotated[PendingCommand, declare_stored_name("intention")]

    @model_validator(mode="before")
    @classmethod
    def read_old(cls, data: Any, info: ValidationInfo) -> Any:
        """Read what was stored before commands said which entry promised them."""
        return {**data, "intention": add_origin(data.get("intention"), data.get("key"))} if is_in_json(data, info) else data


def list_outbox(number: str, recorded: Recorded) -> tuple[tuple[str, PendingCommand], ...]:
    """What an entry of that matter promises: each command with its origin, under the key by which it happens once."""
    origins = (Origin(number=number, seq=recorded.seq, item=n) for n in range(len(recorded.commands)))
    commands = zip(origins, recorded.commands, strict=True)
    return tuple((origin.key, each.model_copy(update={"origin": origin})) for origin, each in commands)


class RecordResult(Message):
    """`record`'s answer: the refusal, or everything the workflow has not applied yet, and when the next rung is due to ring.

    `owed` are the keys of what is not done yet of all that these entries promise; None: all of it.
    """

    refusal: Refusal | None = None
    recorded: tuple[Recorded, ...] = ()
    next_alarm: datetime | None = None
    owed: tuple[str, ...] | None = None


class State(Message):
    """All that a matter's workflow remembers from one run to the next; the journal remembers the rest."""

    stage: str = UNOPENED
    final: bool = False
    seq: int = 0
    unit: str = ""
    officer: str = ""
    requests: tuple[Request, ...] = ()
    next_alarm: datetime | None = None
    outbox: Annotated[
        tuple[tuple[str, PendingCommand], ...], declare_stored_name("undone"), BeforeValidator(add_outbox_origins)
    ] = ()
    inbox: tuple[MatterEvent, ...] = ()
    # A repeat that comes after the stage moved on must reach `record`, which knows every key for ever; these let it through.
    recent_keys: tuple[str, ...] = ()
    # The matters that this one opened, and those that came under it since; and the kind of each.
    children: tuple[str, ...] = ()
    kinds: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def read_old(cls, data: Any) -> Any:
        """Read what was stored before kinds travelled beside numbers."""
        return add_kinds(data, find_member(data, "children"))


class Opening(Message):
    """What a matter's workflow is started with: its number, where it comes from, and the form that opens it if nobody waits."""

    number: str
    unit: str
    parent: str = ""
    parent_kind: str = ""
    submission: Submission | None = None
    event: Annotated[MatterEvent | None, declare_stored_name("told")] = None
    state: State = State()
    # The matter is not new: its workflow ended, or was lost with its engine, and begins by adopting the journal.
    resumed: bool = False

    @model_validator(mode="before")
    @classmethod
    def read_old(cls, data: Any) -> Any:
        """Read what was stored before kinds travelled beside numbers."""
        return add_kind(data, "parent")
