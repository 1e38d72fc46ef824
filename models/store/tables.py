"""The tables. They describe matter-ness: a new step needs no migration."""
# Long because every table stands here, where migrations and grades are held against them.

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Computed,
    Date,
    DateTime,
    Index,
    LargeBinary,
    Sequence,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

from models.journal import BUREAU
from models.store.epochs import BEGIN_EPOCH, MAKE_BACKUP, RESUME_MATTERS

_AT = DateTime(timezone=True)
_LATEST_ENTRY = ("recorded_at desc", "chain desc", "position desc", "step")
_OF_UPKEEP = f"chain = '{BUREAU}' AND step IN ('{BEGIN_EPOCH}', '{RESUME_MATTERS}', '{MAKE_BACKUP}')"
_OF_SENSITIVITY = "fact IN ('case.marked-sensitive', 'case.unmarked-sensitive')"
_OF_URGENCY = "fact IN ('incident.urgent', 'incident.not-urgent')"
_RUNNING = text("state in ('running', 'suspended', 'not-started')")
_OF_LIBERTY = text("state in ('running', 'suspended', 'not-started') and liberty")
# As lists show them, so that what ends first of a matter is read from the index alone.
_SHOWN = text("state in ('running', 'suspended', 'not-started') and limit_id <> 'canary'")

# One sequence numbers all matters: a number says in which order the bureau learnt of things, and is never used twice.
matter_number = Sequence("matter_number", metadata=SQLModel.metadata)
# What no paper's number is at or below: 0, until the bureau is restored. A sequence, for it holds one number and is never put back by what
# is rolled back.
paper_beyond = Sequence("paper_beyond", start=0, minvalue=0, metadata=SQLModel.metadata)


def _list(kind: Any = Text) -> Any:
    return Column(ARRAY(kind), nullable=False, server_default="{}")


def build_folded_column(column: str) -> Any:
    """A column that the database keeps: another, as words are compared (`models.folding`)."""
    return Column(Text, Computed(f"folded({column})", persisted=True))


class Unit(SQLModel, table=True):
    """A unit (单位) of the tree; `path` is `/root/…/id/`. `serves` is the unit whose matters an organ outside the bureau deals with."""

    id: str = Field(primary_key=True)
    parent_id: str | None = Field(default=None, foreign_key="unit.id")
    path: str = Field(index=True)
    zh: str
    kind: str
    serves: str | None = Field(default=None, foreign_key="unit.id")


class Person(SQLModel, table=True):
    """A person who signs in; `username` names them everywhere in the record."""

    username: str = Field(primary_key=True)
    # Of a system outside, by the beginning that `models.outside` gives their names; kept by the database itself.
    machine: bool | None = Field(
        default=None, sa_column=Column(Boolean, Computed("starts_with(username, 'system:')", persisted=True))
    )
    zh: str
    badge: str = ""
    # None: signs in with no password, as no machine does.
    password_hash: str | None = None
    active: bool = True
    # Invented, with a password that everybody knows: dead where there is no demonstration.
    demo: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    # Whose unit's administrator looks after them while they hold no office.
    home: str | None = Field(default=None, foreign_key="unit.id")
    # Tokens of an earlier one are dead: it grows with each password, and where somebody signs out everywhere.
    generation: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    # Somebody else knows the password, which may do nothing but be changed.
    must_change: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    # Tokens of the identity provider from before then are dead.
    signed_out_at: datetime | None = Field(default=None, sa_type=_AT)


class Holding(SQLModel, table=True):
    """An office that a person holds in a unit."""

    username: str = Field(primary_key=True, foreign_key="person.username")
    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    office: str = Field(primary_key=True)


class Appointment(SQLModel, table=True):
    """An office that is proposed for a person, until a second one confirms it."""

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    username: str = Field(foreign_key="person.username")
    unit_id: str = Field(foreign_key="unit.id")
    office: str
    proposed_by: str
    proposed_at: datetime = Field(sa_type=_AT)

    __table_args__ = (UniqueConstraint("username", "unit_id", "office"),)


class Succession(SQLModel, table=True):
    """Who took over (接手) what was somebody's in a unit when they left it: what their matters still say is theirs is the successor's."""

    username: str = Field(primary_key=True, foreign_key="person.username")
    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    successor: str = Field(foreign_key="person.username")


class Absence(SQLModel, table=True):
    """Somebody is away, and who stands in for them (代理) until then; `ended_at`: came back, or stayed, before that."""

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    username: str = Field(foreign_key="person.username")
    deputy: str = Field(foreign_key="person.username")
    begins: datetime = Field(sa_type=_AT)
    ends: datetime = Field(sa_type=_AT)
    reason: str
    named_by: str
    named_at: datetime = Field(sa_type=_AT)
    ended_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (
        Index("absence_of", "username", postgresql_where=text("ended_at IS NULL")),
        Index("absence_for", "deputy", postgresql_where=text("ended_at IS NULL")),
    )


class Matter(SQLModel, table=True):
    """Where a matter stands, for reading; its workflow is what moves it."""

    number: str = Field(primary_key=True)
    kind: str
    stage: str
    final: bool = False
    seq: int
    unit_id: str
    title: str = ""
    officer: str = ""
    parent: str | None = Field(default=None, index=True)
    colour: str = "none"
    shared_with: list[str] = Field(sa_column=_list())
    # At which position of its journal it was shared with each; whoever is outside reads the journal from there on.
    shared_at: Any = Field(sa_column=Column(JSONB, nullable=False, server_default="{}"))
    # A sealed file is opened by its officer, these handlers, and whoever approves or reviews it.
    sealed: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    handlers: list[str] = Field(sa_column=_list())
    # For these people and units it does not exist, whatever office reaches it.
    kept_from: list[str] = Field(sa_column=_list())
    # What everybody must know before they speak of it, as its facts say (`models.marks`).
    marks: list[str] = Field(sa_column=_list())
    requests: Any = Field(sa_column=Column(JSONB, nullable=False, server_default="[]"))
    # When what opened it happened, and what brought it to its stage; the journal knows when each was typed.
    opened_at: datetime = Field(sa_type=_AT)
    updated_at: datetime = Field(sa_type=_AT)
    stage_since: datetime = Field(sa_type=_AT, sa_column_kwargs={"server_default": text("now()")})
    # How much in it was entered late (补录), and when the last of that was.
    late_entries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    late_at: datetime | None = Field(default=None, sa_type=_AT)
    # Of an incident, into which group it was sorted as it was opened (警情大类); empty: into none.
    category: str = Field(default="", sa_column_kwargs={"server_default": ""})

    __table_args__ = (
        Index("matter_by_unit", "unit_id", text("opened_at desc"), text("number desc")),
        Index("matter_by_age", text("opened_at desc"), text("number desc")),
        Index("matter_by_colour", "colour", text("opened_at desc"), text("number desc"), postgresql_where=text("colour <> 'none'")),
        Index("matter_by_officer", "officer", text("opened_at desc")),
        Index("matter_open", "unit_id", "kind", "stage", "colour", postgresql_where=text("NOT final")),
        Index("matter_awaiting", "unit_id", postgresql_where=text("requests <> '[]'")),
        Index("matter_by_stay", "kind", "stage", "stage_since", postgresql_where=text("NOT final")),
        Index("matter_shared", "shared_with", postgresql_using="gin"),
        Index("matter_sealed", "number", postgresql_where=text("sealed")),
        Index("matter_kept", "number", postgresql_where=text("cardinality(kept_from) > 0")),
        Index("matter_marked", "number", postgresql_where=text("cardinality(marks) > 0")),
        Index("matter_late", "unit_id", "late_at", postgresql_where=text("late_at IS NOT NULL")),
    )


class Chain(SQLModel, table=True):
    """The head of one hash chain. Whoever appends locks this row first."""

    chain: str = Field(primary_key=True)
    position: int
    hash: bytes = Field(sa_type=LargeBinary)
    sealed: int = 0

    __table_args__ = (Index("chain_unsealed", "chain", postgresql_where=text("position > sealed")),)


class Entry(SQLModel, table=True):
    """The journal (案件日志): append-only, hash-chained. `content` is canonical JSON and holds everything; the rest is for finding it."""

    chain: str = Field(primary_key=True)
    position: int = Field(primary_key=True)
    seq: int
    sort: str
    step: str
    key: str | None = Field(default=None, unique=True)
    # The entry that it came of, as `models.origin.Origin` has it.
    origin_number: str | None = None
    origin_seq: int | None = None
    origin_item: int | None = None
    username: str | None = None
    recorded_at: datetime = Field(sa_type=_AT)
    content: str
    previous: bytes = Field(sa_type=LargeBinary)
    hash: bytes = Field(sa_type=LargeBinary)

    __table_args__ = (
        Index("entry_by_person", "username", *map(text, _LATEST_ENTRY), postgresql_where=text("sort = 'step'")),
        Index("entry_of_upkeep", "position", postgresql_where=text(_OF_UPKEEP)),
    )


class FactRow(SQLModel, table=True):
    """A legal fact, as law.facts.LegalFact has it."""

    __tablename__ = "fact"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    matter: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    n: int = Field(primary_key=True)
    fact: str
    at: datetime = Field(sa_type=_AT)
    about: str
    said: Any = Field(sa_column=Column(JSONB, nullable=False, server_default="{}"))

    __table_args__ = (
        Index("fact_sensitivity", "matter", "seq", "n", postgresql_where=text(_OF_SENSITIVITY)),
        Index("fact_urgency", "matter", "seq", "n", postgresql_where=text(_OF_URGENCY)),
        # What reports and sheets count of a period.
        Index("fact_by_time", "fact", "at"),
    )


class ClockRow(SQLModel, table=True):
    """A clock as law.clock.Clock has it, with the colour it shows and the unit that must meet it."""

    __tablename__ = "clock"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: str = Field(primary_key=True)
    matter: str = Field(index=True)
    unit_id: str
    officer: str = ""
    limit_id: str
    zh: str
    edition: str
    basis: str
    about: str
    started_at: datetime | None = Field(default=None, sa_type=_AT)
    due_at: datetime | None = Field(default=None, sa_type=_AT)
    date_only: bool
    liberty: bool
    state: str
    colour: str = "none"
    ended_at: datetime | None = Field(default=None, sa_type=_AT)
    overrun_due_at: datetime | None = Field(default=None, sa_type=_AT)
    overrun_until: datetime | None = Field(default=None, sa_type=_AT)
    overrun_entered_at: datetime | None = Field(default=None, sa_type=_AT)
    overrun_acknowledged_at: datetime | None = Field(default=None, sa_type=_AT)
    overrun_acknowledged_by: str | None = None
    calendar: str
    answerable: str
    at_expiry: str
    reasons: list[str] = Field(sa_column=_list())
    rungs: Any = Field(sa_column=Column(JSONB, nullable=False, server_default="[]"))
    # The kind of its matter.
    kind: str | None = None

    __table_args__ = (
        Index("clock_by_due", "due_at", "id", postgresql_where=_RUNNING),
        Index("clock_by_unit", "unit_id", "due_at", "id", postgresql_where=_RUNNING),
        Index("clock_by_colour", "colour", "due_at", "id", postgresql_where=_RUNNING),
        Index("clock_by_unit_colour", "unit_id", "colour", "due_at", "id", postgresql_where=_RUNNING),
        Index("clock_by_officer", "officer", "due_at", "id", postgresql_where=_RUNNING),
        Index("clock_by_limit", "limit_id", "due_at", "id", postgresql_where=_RUNNING),
        Index("clock_by_overrun", "unit_id", "overrun_due_at", postgresql_where=text("overrun_due_at IS NOT NULL")),
        Index("clock_by_kind", "kind", "due_at", "id", postgresql_where=_RUNNING),
        Index("clock_nearest", "matter", "due_at", postgresql_where=_SHOWN),
        Index("clock_of_liberty", "due_at", "id", postgresql_where=_OF_LIBERTY),
        # What was met or ran out in a unit in a period (`figure_tallies.SETTLED_AT`), and the minors of a month.
        Index(
            "clock_settled",
            "unit_id",
            text("least(coalesce(ended_at, due_at), due_at)"),
            postgresql_where=text("due_at IS NOT NULL"),
        ),
        Index("clock_of_minors", "started_at", postgresql_where=text("limit_id = 'juvenile-guardian-presence'")),
    )


class RungRow(SQLModel, table=True):
    """A rung that has still to ring. Ringing deletes it, so this table holds the future only."""

    __tablename__ = "rung"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    clock_id: str = Field(primary_key=True)
    colour: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=_AT)
    matter: str = Field(index=True)
    # A rung that had passed when its fact was recorded could ring no earlier than then.
    armed_at: datetime = Field(sa_type=_AT)

    __table_args__ = (Index("rung_by_at", "at"),)


class Ring(SQLModel, table=True):
    """A rung that rang: claimed once, by the workflow's timer, the worker or the watchdog, with how late it was in milliseconds."""

    clock_id: str = Field(primary_key=True)
    colour: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=_AT)
    matter: str = Field(index=True)
    rung_at: datetime = Field(sa_type=_AT)
    late_ms: int = Field(sa_type=BigInteger)
    rung_by: str

    __table_args__ = (Index("ring_by_time", "rung_at"),)


class Notice(SQLModel, table=True):
    """A warning sent to an office of a unit, once for each ring and office; or a word to an office or a person, of no clock."""

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    matter: str = Field(index=True)
    clock_id: str
    colour: str
    unit_id: str
    office: str
    username: str = ""
    words: str
    sent_at: datetime = Field(sa_type=_AT)
    # A value of `models.messages.NoticeType`.
    type: str = Field(default="message", sa_column_kwargs={"server_default": "message"})

    __table_args__ = (
        Index("notice_to", "unit_id", "office", text("id desc")),
        Index("notice_to_person", "username", text("id desc"), postgresql_where=text("office = ''")),
        Index("notice_of_copy", "unit_id", "office", postgresql_where=text("type = 'copy'")),
    )


class Task(SQLModel, table=True):
    """Something a person must do (待办): approve a request, or release or change a measure whose limit has passed."""

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    matter: str = Field(index=True)
    key: str = Field(unique=True)
    sort: str
    words: str
    unit_id: str
    office: str
    # Whose alone it is; empty: whoever holds the office.
    username: str = Field(default="", sa_column_kwargs={"server_default": ""})
    step: str = ""
    clock_id: str | None = None
    # What it is about: a request, by the step that asked; what an inspection found; an appointment that waits.
    request_seq: int | None = None
    inspection: str | None = None
    appointment: int | None = Field(default=None, sa_type=BigInteger)
    mandatory: bool = False
    opened_at: datetime = Field(sa_type=_AT)
    # Of a turn: when somebody hears of it next, and when and to which office above it goes up.
    remind_at: datetime | None = Field(default=None, sa_type=_AT)
    goes_up_at: datetime | None = Field(default=None, sa_type=_AT)
    above: str = Field(default="", sa_column_kwargs={"server_default": ""})
    done_at: datetime | None = Field(default=None, sa_type=_AT)
    # What a finding said when it was dismissed; empty: it never was, or has been found anew.
    dismissed: str = Field(default="", sa_column_kwargs={"server_default": ""})

    __table_args__ = (
        Index("task_open", "unit_id", "office", "id", postgresql_where=text("done_at is null")),
        Index("task_of_person", "username", "id", postgresql_where=text("done_at is null and username <> ''")),
        Index("task_to_remind", "remind_at", postgresql_where=text("done_at is null and remind_at is not null")),
        Index("task_gone_up", "unit_id", "above", "goes_up_at", postgresql_where=text("done_at is null and above <> ''")),
    )


class Party(SQLModel, table=True):
    """A person or organisation in a matter. Personal data live here and in the journal, nowhere else."""

    matter: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    # The weightiest role of those in which they take part, and all of them.
    role: str
    roles: list[str] = Field(sa_column=_list())
    name: str
    citizen_id: str = ""
    said: Any = Field(sa_column=Column(JSONB, nullable=False, server_default="{}"))
    # By what it is found, which the database keeps: the name folded, and every beginning of it as it is spoken (hewentao, hwt).
    folded: str | None = Field(sa_column=build_folded_column("name"))
    sounds: list[str] = Field(sa_column=_list())

    __table_args__ = (
        Index("party_words", text("bigrams(folded)"), postgresql_using="gin"),
        Index("party_by_sound", "sounds", postgresql_using="gin"),
        Index("party_by_citizen_id", text("citizen_id text_pattern_ops"), postgresql_where=text("citizen_id <> ''")),
        Index("party_by_phone", text("telephone(said ->> 'phone') text_pattern_ops")),
        Index("party_by_travel_document", text("(said ->> 'travel_document')"), postgresql_where=text("said ? 'travel_document'")),
    )


class LinkRow(SQLModel, table=True):
    """That a matter has to do with another (关联), since the step `seq` of its own; `hears` are the facts of that one which it is told."""

    __tablename__ = "link"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    matter: str = Field(primary_key=True)
    other: str = Field(primary_key=True)
    relation: str = Field(primary_key=True)
    hears: list[str] = Field(sa_column=_list())
    seq: int

    __table_args__ = (Index("link_from_there", "other"),)


class Heading(SQLModel, table=True):
    """What a matter is called, for whoever searches by words: the database keeps it by each title, so that only a new title writes the index."""

    matter: str = Field(primary_key=True)
    words: str
    folded: str | None = Field(sa_column=build_folded_column("words"))

    __table_args__ = (Index("heading_words", text("bigrams(folded)"), postgresql_using="gin"),)


class Narrative(SQLModel, table=True):
    """What a step tells of what happened (案情), for whoever searches by words; the index knows every two neighbouring characters of it."""

    matter: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    words: str
    folded: str | None = Field(sa_column=build_folded_column("words"))

    __table_args__ = (Index("narrative_words", text("bigrams(folded)"), postgresql_using="gin"),)


class Mention(SQLModel, table=True):
    """A telephone or number plate that a step mentions and no party is recorded with."""

    matter: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    sort: str = Field(primary_key=True)
    value: str = Field(primary_key=True)

    __table_args__ = (Index("mention_by_value", text("value text_pattern_ops")),)


class LedgerWords(SQLModel, table=True):
    """What a unit's ledgers mean: the field of each heading (empty: not read), and by field what a word in its cells stands for."""

    __tablename__ = "ledger_words"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    headings: Any = Field(sa_column=Column(JSONB, nullable=False))
    words: Any = Field(sa_column=Column(JSONB, nullable=False))
    # Of its ledgers of open cases, by sheet, the field of each heading.
    case_headings: Any = Field(sa_column=Column(JSONB, nullable=False, server_default="{}"))


class CaseLedger(SQLModel, table=True):
    """A ledger of open cases (在办案件台账), put forward to be brought over; `content` is what its rows came to, `digest` the hash of that.

    `keys` are those under which the first step of each case is entered.
    """

    __tablename__ = "case_ledger"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    digest: str = Field(primary_key=True)
    file: str
    unit_id: str = Field(foreign_key="unit.id")
    content: Any = Field(sa_column=Column(JSONB, nullable=False))
    keys: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))
    cases: int
    people: int
    proposed_by: str
    proposed_at: datetime = Field(sa_type=_AT)
    released_by: str | None = None
    released_at: datetime | None = Field(default=None, sa_type=_AT)


class Pinyin(SQLModel, table=True):
    """How a character is spoken (拼音), in letters without tones, the commonest first; nobody writes it but a migration."""

    sign: str = Field(primary_key=True)
    sounds: list[str] = Field(sa_column=Column(ARRAY(Text), nullable=False))


class Reservation(SQLModel, table=True):
    """The number kept for an opening handed in under a key, so that a repeat opens the same matter."""

    key: str = Field(primary_key=True)
    number: str
    body_hash: str


class Origin(SQLModel, table=True):
    """What bears a number elsewhere (来文编号), and the key under which its matter is opened, once."""

    origin: str = Field(primary_key=True)
    key: str
    claimed_at: datetime = Field(sa_type=_AT)


class DeliveryRow(SQLModel, table=True):
    """What a system outside is to be told (外部送达), noted when it happened; the matter of this number carries it there.

    `subject` is the matter in which it happened: what happens there is told to each system in the order of the numbers.
    """

    __tablename__ = "delivery"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    number: str = Field(primary_key=True)
    subject: str
    system: str
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    tried_at: datetime | None = Field(default=None, sa_type=_AT)
    last_error: str = Field(default="", sa_column_kwargs={"server_default": ""})

    __table_args__ = (Index("delivery_in_order", "subject", "system", "number"), Index("delivery_by_system", "system", "number"))


class Inbound(SQLModel, table=True):
    """A message of a system outside (来文), as it came, and what was answered; until then it waits, perhaps for the one it names."""

    system: str = Field(primary_key=True)
    message_id: str = Field(primary_key=True)
    after: str | None = None
    body: str
    body_hash: str
    # What in it nobody knew, by dotted names.
    ignored: list[str] = Field(sa_column=_list())
    received_at: datetime = Field(sa_type=_AT)
    status: int | None = None
    answer: str | None = None
    answered_at: datetime | None = Field(default=None, sa_type=_AT)

    __table_args__ = (
        Index("inbound_held", "system", "after", "received_at", postgresql_where=text("status is null")),
        Index("inbound_by_time", "system", "received_at"),
    )


class Expiry(SQLModel, table=True):
    """A limit on somebody's liberty that has run out, until a rectification order (`number`) has been opened over it."""

    clock_id: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=_AT)
    matter: str
    number: str | None = None


class CalendarYear(SQLModel, table=True):
    """A year's rest days as published by the State Council, entered by an administrator before the library knows them."""

    __tablename__ = "calendar_year"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rest_days: list[date] = Field(sa_column=_list(Date))
    notice: str
    published_by: str
    published_at: datetime = Field(sa_type=_AT)


class PatienceEdition(SQLModel, table=True):
    """How long a turn of a step waits in a unit, as two people set it (催办时限), in seconds; None: for ever. The latest is in force."""

    __tablename__ = "patience"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    unit_id: str = Field(foreign_key="unit.id")
    step: str
    reminded_s: int | None = None
    goes_up_s: int | None = None
    taken_back: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    proposed_by: str
    confirmed_by: str
    since: datetime = Field(sa_type=_AT)

    __table_args__ = (Index("patience_of", "step", "unit_id"),)


class PatienceProposal(SQLModel, table=True):
    """What one person proposes for a unit and a step, until another confirms it."""

    __tablename__ = "patience_proposal"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    step: str = Field(primary_key=True)
    reminded_s: int | None = None
    goes_up_s: int | None = None
    taken_back: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    proposed_by: str
    proposed_at: datetime = Field(sa_type=_AT)


class ResponseTime(SQLModel, table=True):
    """In how many seconds a limit of a dispatch ends in a unit, as two people set it (处警时限). The latest is in force."""

    __tablename__ = "response_time"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    unit_id: str = Field(foreign_key="unit.id")
    limit_id: str
    seconds: int
    taken_back: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    proposed_by: str
    confirmed_by: str
    since: datetime = Field(sa_type=_AT)

    __table_args__ = (Index("response_time_of", "unit_id", "limit_id"),)


class ResponseTimeProposal(SQLModel, table=True):
    """What one person proposes for a unit and a limit of a dispatch, until another confirms it."""

    __tablename__ = "response_time_proposal"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    unit_id: str = Field(primary_key=True, foreign_key="unit.id")
    limit_id: str = Field(primary_key=True)
    seconds: int
    taken_back: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    proposed_by: str
    proposed_at: datetime = Field(sa_type=_AT)


class CalendarProposal(SQLModel, table=True):
    """A year's rest days as one person proposes them, until another confirms them."""

    __tablename__ = "calendar_proposal"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    year: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    rest_days: list[date] = Field(sa_column=_list(Date))
    notice: str
    proposed_by: str
    proposed_at: datetime = Field(sa_type=_AT)


class Report(SQLModel, table=True):
    """A report of a unit (报告), as it was made: its content as canonical JSON, and the digest of that, which the bureau's chain has too.

    A report that was wrong stays, and has a corrected edition (更正版) beside it, with the reason. What circulates has a number (通报〔2026〕3号).
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    type: str
    unit_id: str = Field(foreign_key="unit.id")
    period: str
    due_at: datetime = Field(sa_type=_AT)
    made_at: datetime = Field(sa_type=_AT)
    content: str
    sm3: str
    edition: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    reason: str = Field(default="", sa_column_kwargs={"server_default": ""})
    number: str = Field(default="", sa_column_kwargs={"server_default": ""})

    __table_args__ = (
        UniqueConstraint("type", "unit_id", "period", "edition", name="report_is_made_once"),
        Index("report_by_number", "unit_id", "number", "edition", unique=True, postgresql_where=text("number <> ''")),
        Index("report_of_unit", "unit_id", "due_at"),
    )


class ReportPaper(SQLModel, table=True):
    """The PDF of a report, set once from what it said when it was made: its digest, under which it is kept, and which the bureau's chain has too."""

    __tablename__ = "report_paper"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    report: int = Field(primary_key=True, foreign_key="report.id", sa_type=BigInteger)
    sm3: str
    size: int = Field(sa_type=BigInteger)
    made_at: datetime = Field(sa_type=_AT)


class Verification(SQLModel, table=True):
    """A verification of the journal that somebody asked for; the watchdog carries it out, and keeps its report or why there is none."""

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    asked_by: str
    asked_at: datetime = Field(sa_type=_AT)
    begun_at: datetime | None = Field(default=None, sa_type=_AT)
    ended_at: datetime | None = Field(default=None, sa_type=_AT)
    report: str | None = None
    failure: str | None = None

    __table_args__ = (Index("verification_under_way", text("(true)"), unique=True, postgresql_where=text("ended_at is null")),)
