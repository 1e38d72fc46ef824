"""The tables of accounts: what is known of sign-ins, attempts at them, second factors, and accounts of before."""

from datetime import date, datetime

from sqlalchemy import BigInteger, DateTime, Index, LargeBinary
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


class Session(SQLModel, table=True):
    """A sign-in (登录): of which token, and when it was last used by somebody at the keyboard."""

    sid: str = Field(primary_key=True)
    username: str
    began_at: datetime = Field(sa_type=_AT)
    seen_at: datetime = Field(sa_type=_AT)
    expires_at: datetime = Field(sa_type=_AT)
    ended: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})

    __table_args__ = (Index("session_by_end", "expires_at"),)


class Guess(SQLModel, table=True):
    """An attempt to sign in that did not succeed, or has not yet, at the door of a user, an address or a device."""

    door: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=_AT)

    __table_args__ = (Index("guess_at_door", "door", "at"), Index("guess_by_time", "at"))


class SecondFactor(SQLModel, table=True):
    """A person's second factor (动态口令): its secret, bound to them, under our key ring, since when it holds, and the last step of time it was used for.

    `vouched` says by whose word it counts (`models.store.second_factor_vouching.Word`); None: by nobody's yet.
    """

    __tablename__ = "second_factor"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    username: str = Field(primary_key=True, foreign_key="person.username")
    secret: bytes = Field(sa_type=LargeBinary)
    key_id: str
    begun_at: datetime = Field(sa_type=_AT)
    confirmed_at: datetime | None = Field(default=None, sa_type=_AT)
    last_step: int = Field(default=0, sa_type=BigInteger, sa_column_kwargs={"server_default": "0"})
    vouched: str | None = None


class Unbound(SQLModel, table=True):
    """Whose account was there before what opens it was bound to its person."""

    username: str = Field(primary_key=True, foreign_key="person.username")


class RefusalCount(SQLModel, table=True):
    """How often somebody was refused in a day without an entry of its own in the journal."""

    __tablename__ = "refusal_count"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    username: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    problem: str = Field(primary_key=True)
    times: int
    last_at: datetime = Field(sa_type=_AT)
