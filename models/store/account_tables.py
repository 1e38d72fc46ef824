"""The tables of accounts: what is known of sign-ins, attempts at them, second factors, and accounts of before."""

from datetime import date, datetime

from sqlalchemy import BigInteger, DateTime, Index, LargeBinary
from sqlmodel import Field, SQLModel

_AT = DateTime(timezone=True)


class Session(SQLModel, table=True):
    """A sign-in (登录): its token's id, and when it was last used."""

    sid: str = Field(primary_key=True)
    username: str
    began_at: datetime = Field(sa_type=_AT)
    seen_at: datetime = Field(sa_type=_AT)
    expires_at: datetime = Field(sa_type=_AT)
    ended: bool = Field(default=False, sa_column_kwargs={"server_default": "false"})

    __table_args__ = (Index("session_by_end", "expires_at"),)


class Guess(SQLModel, table=True):
    """A sign-in attempt that failed or is not decided yet, counted for a user, an address or a device."""

    door: str = Field(primary_key=True)
    at: datetime = Field(primary_key=True, sa_type=_AT)

    __table_args__ = (Index("guess_at_door", "door", "at"), Index("guess_by_time", "at"))


class SecondFactor(SQLModel, table=True):
    """A person's second factor (动态口令): its secret, bound to them and encrypted, when it was confirmed, and the last used step of time.

    `vouched` says who vouched for it (`models.second_factors.Voucher`); None: nobody yet.
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
    """A person whose password or second factor is older than binding."""

    username: str = Field(primary_key=True, foreign_key="person.username")


class RefusalCount(SQLModel, table=True):
    """How often somebody was refused in a day without a journal entry of its own."""

    __tablename__ = "refusal_count"  # type: ignore[assignment] - SQLModel declares it as an attribute, and takes a name

    username: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    problem: str = Field(primary_key=True)
    times: int
    last_at: datetime = Field(sa_type=_AT)
