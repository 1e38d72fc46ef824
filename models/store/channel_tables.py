"""Tables of outbound notifications: rules, addresses, announcements, messages, the status of channels, and calendar feeds."""

from datetime import datetime

from sqlalchemy import BigInteger, DateTime, Index, LargeBinary, UniqueConstraint, text
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


class ChannelRule(SQLModel, table=True):
    """A notification rule (`models.channels.Rule`)."""

    __tablename__ = "channel_rule"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    unit_id: str = Field(foreign_key="unit.id")
    occasion: str
    to_office: str
    channel: str
    begins: str
    ends: str
    outside: str
    delay: int
    unread: int | None = None
    then_office: str


class ChannelAddress(SQLModel, table=True):
    """A person's address of a channel: the confirmed one, and the one awaiting its code."""

    __tablename__ = "channel_address"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    username: str = Field(primary_key=True, foreign_key="person.username")
    channel: str = Field(primary_key=True)
    address: str
    confirmed_at: datetime | None = Field(default=None, sa_type=_AT)
    pending: str
    code: str
    code_at: datetime | None = Field(default=None, sa_type=_AT)
    tries: int = 0


class Announcement(SQLModel, table=True):
    """A notice or task to which the rules have not been applied yet.

    A trigger writes it in the transaction of the notice or task, so that none is lost.
    """

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    event: str
    occasion: str
    matter: str
    clock_id: str
    task_id: int | None = Field(default=None, sa_type=BigInteger)
    unit_id: str
    office: str
    username: str
    said_at: datetime = Field(sa_type=_AT)


class Sending(SQLModel, table=True):
    """A message to one person through one channel about one event (transactional outbox)."""

    id: int | None = Field(default=None, primary_key=True, sa_type=BigInteger)
    # The idempotency key of all attempts.
    key: str = Field(sa_column_kwargs={"server_default": text("gen_random_uuid()::text")})
    event: str
    occasion: str
    matter: str
    clock_id: str
    task_id: int | None = Field(default=None, sa_type=BigInteger)
    unit_id: str
    rule_id: int | None = Field(default=None, sa_type=BigInteger)
    username: str = Field(foreign_key="person.username")
    channel: str
    gone_up: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})
    said_at: datetime = Field(sa_type=_AT)
    due_at: datetime = Field(sa_type=_AT)
    state: str = Field(default="waiting", sa_column_kwargs={"server_default": "waiting"})
    tries: int = Field(default=0, sa_column_kwargs={"server_default": "0"})
    try_at: datetime = Field(sa_type=_AT)
    # The text, which names nobody, and when it was fixed; the receipt; the last error.
    words: str = Field(default="", sa_column_kwargs={"server_default": ""})
    worded_at: datetime | None = Field(default=None, sa_type=_AT)
    receipt: str = Field(default="", sa_column_kwargs={"server_default": ""})
    last_error: str = Field(default="", sa_column_kwargs={"server_default": ""})
    sent_at: datetime | None = Field(default=None, sa_type=_AT)
    read_at: datetime | None = Field(default=None, sa_type=_AT)
    # When and to which office it escalates; empty once it has, or where it never does.
    escalate_at: datetime | None = Field(default=None, sa_type=_AT)
    then_office: str = Field(default="", sa_column_kwargs={"server_default": ""})

    __table_args__ = (
        UniqueConstraint("event", "username", "channel"),
        Index("sending_due", "channel", "try_at", postgresql_where=text("state = 'waiting'")),
        Index("sending_unread", "username", "matter", postgresql_where=text("read_at IS NULL")),
        Index("sending_to_escalate", "escalate_at", postgresql_where=text("escalate_at IS NOT NULL")),
        Index("sending_by_state", "state", text("id desc")),
    )


class ChannelState(SQLModel, table=True):
    """Whether a channel is configured at the sender, and whether it fails."""

    __tablename__ = "channel_state"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    channel: str = Field(primary_key=True)
    configured: bool
    sent_at: datetime | None = Field(default=None, sa_type=_AT)
    failing_since: datetime | None = Field(default=None, sa_type=_AT)
    last_error: str = Field(default="", sa_column_kwargs={"server_default": ""})


class CalendarFeed(SQLModel, table=True):
    """A person's calendar feed: the digest of its secret token."""

    __tablename__ = "calendar_feed"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    username: str = Field(primary_key=True, foreign_key="person.username")
    digest: bytes = Field(sa_type=LargeBinary, unique=True)
    made_at: datetime = Field(sa_type=_AT)
